"""How ViQuAD's training articles are dealt to folds, so that nothing is judged on what it saw."""

FOLDS = 5
HELD_FOLD = FOLDS - 1
"""The span reader does not learn from the questions of this fold: its scores are weighed there."""


def fold_of(document: str) -> int:
    """Return the fold of a document (``0012/0003.txt``): no article is in two."""
    return _number(document) % FOLDS


def inner_fold_of(document: str) -> int:
    """Return a fold that deals the articles of one fold again."""
    return _number(document) // FOLDS % FOLDS


def _number(document: str) -> int:
    article = document.split("/", maxsplit=1)[0]
    return sum(article.encode())
