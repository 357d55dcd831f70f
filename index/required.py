"""The parts of a question that a passage must hold: quoted words and numbers of documents.

"84-KL/TW", "Điều 174 BLHS" and “nhà nước pháp quyền” name one thing; a passage without them is
about another, however much it shares with the question.
"""

import re
from collections.abc import Iterator, Sequence

from documents.normalising import fold, syllables
from index.phrases import has_phrase
from index.terms import terms_of
from index.times import Time

MOST_PARTS = 6
"""Parts that count; a question with more is pasted text."""
_QUOTED = re.compile(
    r"“([^“”\n]{2,200})”|\"([^\"\n]{2,200})\"|«([^«»\n]{2,200})»"
    r"|(?<!\w)['‘](?!\s)([^'‘’\n]{2,200})['’](?!\w)"
)
_ARTICLE = r"(?:điều|dieu)\s+\d{1,4}[a-zđ]?(?!\w)"
_NUMBERED = re.compile(
    # 15/2020/NĐ-CP, 41/2024/QH15, 84-KL/TW, 51-NQ/TW
    r"(?<![\w/.,-])\d{1,5}[a-z]?(?:/\d{4})?(?:[/-](?=[^\W\d_]{2})\w{2,12}){1,4}(?![\w/-])"
    # 127/129, 30/2021
    r"|(?<![\w/.,-])\d{1,5}/\d{1,5}(?![\w/%-]|[.,]\d)"
    # Khoản 2 Điều 5, Điều 174
    rf"|(?<!\w)(?:(?:khoản|khoan)\s+\d{{1,3}}[a-zđ]?,?\s+(?:của\s+)?)?{_ARTICLE}",
    re.IGNORECASE,
)
_SHORT_ARTICLE = re.compile(
    r"(?<![\w/.-])(?:(?:k\.?|clause|paragraph)\s?(?P<clause>\d{1,3}),?\s(?:of\s)?)?"
    r"(?:đ\.?|article\s|art\.\s?)(?P<article>\d{1,4})(?![\w/-]|[.,]\d)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    rf"(?:khoản|khoan)\s+(?P<clause>\d+[a-zđ]?),?\s+(?:của\s+)?(?P<article>{_ARTICLE})",
    re.IGNORECASE,
)


def required_parts(question: str, times: Sequence[Time] = ()) -> tuple[str, ...]:
    """Return the parts of a question that must match, as they stand in it, in order.

    Quoted phrases of two syllables and more, numbers of documents and of their articles, which may
    be short ("k2 Đ5") or English ("Article 5"): they are given as laws write them. A clause
    ("Khoản 2 Điều 5") gives its article besides, for passages that hold only that. Dates are no
    numbers of documents: what ``times`` name is left out. At most `MOST_PARTS` count.
    """
    question = _SHORT_ARTICLE.sub(_article_in_full, question)
    quoted = [next(filter(None, match.groups())) for match in _QUOTED.finditer(question)]
    parts = [phrase.strip() for phrase in quoted if len(syllables(phrase)) > 1]
    for match in _NUMBERED.finditer(question):
        clause = _CLAUSE.fullmatch(match.group())
        if clause:
            parts.append(clause["article"])
        if not any(match.group() in time.text for time in times):
            parts.append(match.group())
    return tuple(dict.fromkeys(parts))[:MOST_PARTS]


def without_accents(parts: Sequence[str]) -> tuple[str, ...]:
    """Return parts that match whatever the accents are."""
    return tuple(map(fold, parts))


def parts_held(parts: Sequence[str], title: str, text: str) -> tuple[str, ...]:
    """Return those parts that a passage or the title of its document holds.

    Case and punctuation do not matter, nor accents where a part has none; only whole syllables
    count. The clause of an article may be written as laws do, "2." at the start of a line.
    """
    return tuple(part for part in parts if _holds(part, title, text))


def required_terms(part: str) -> tuple[str, ...]:
    """Return the folded terms of a part that every passage holding it has (`index.terms`).

    Pairs only of ordinary words: beside a short form the index may hold its long form.
    """
    clause = _CLAUSE.fullmatch(part)
    words = (clause["article"] if clause else part).split()
    runs = [" ".join(run) for run in _plain_runs(words)]
    pairs = [pair for run in runs for pair in terms_of(run).folded().pairs]
    return tuple(dict.fromkeys([*terms_of(" ".join(words)).folded().syllables, *pairs]))


def _article_in_full(match: re.Match[str]) -> str:
    clause = f"Khoản {match['clause']} " if match["clause"] else ""
    return f"{clause}Điều {match['article']}"


def _holds(part: str, title: str, text: str) -> bool:
    clause = _CLAUSE.fullmatch(part)
    if clause is None:
        return has_phrase(text, part) or has_phrase(title, part)
    number = clause["clause"]
    is_listed = re.search(rf"^\s*{number}[.)]", text, re.MULTILINE | re.IGNORECASE) is not None
    return _holds(clause["article"], title, text) and (
        is_listed or has_phrase(text, f"khoan {number}")
    )


def _plain_runs(words: Sequence[str]) -> Iterator[list[str]]:
    """Yield the stretches of words without capitals in a row ("VKSND") and marks inside."""
    run: list[str] = []
    for word in words:
        if (word.isupper() and len(word) > 1) or len(syllables(word)) != 1:
            yield run
            run = []
        else:
            run.append(word)
    yield run
