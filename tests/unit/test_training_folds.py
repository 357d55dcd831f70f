from training.folds import FOLDS, HELD_FOLD, fold_of, inner_fold_of


def test_documents_of_one_article_share_their_folds() -> None:
    assert fold_of("0012/0003.txt") == fold_of("0012/0099.txt")
    assert inner_fold_of("0012/0003.txt") == inner_fold_of("0012/0099.txt")


def test_articles_are_dealt_to_every_fold_and_those_of_one_fold_again() -> None:
    articles = [f"{number:04}/0000.txt" for number in range(138)]
    assert {fold_of(article) for article in articles} == set(range(FOLDS))
    held = [article for article in articles if fold_of(article) == HELD_FOLD]
    assert {inner_fold_of(article) for article in held} == set(range(FOLDS))
