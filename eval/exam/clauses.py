"""Sentences taken apart: what stands in front, the subject, and what is said of it.

Vietnamese asks in place ("Hội nghị diễn ra ngày nào?"), so a clause whose subject is named becomes
a question when the part asked for is replaced. Without a grammar, a clause is accepted only in
forms that a list of verbs and the commas show; most sentences of a text have none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from documents.dates import find_dates
from eval.exam.fronts import Front, Piece, front_of, place_behind
from eval.exam.prose import Prose
from eval.exam.vocabulary import COMPOUNDS, LEADING, NOMINALISERS, VERBS
from index.abbreviations import UPPER

_WORD = re.compile(r"[^\s,;()]+")
_COMMA = re.compile(r"[,;]\s+(?![^()]*\))")
_AND = re.compile(r"\s+và\s+")
_UNSURE = re.compile(
    r"(?:là|gồm|bao gồm|có|thuộc|nằm|được|bị|do|cho|khiến|không|chỉ|mang|làm|gây|tăng|giảm|đạt"
    r"|giúp|phải|cấm"
    r"|theo|vào|ra|lên|đến|về|đang|để|đưa|chuyển|sử dụng|thực hiện|yêu cầu|đề nghị|ghi danh"
    r"|công nhận)(?!\w)"
)
"""What begins so may be said of what stands right before as well as of the subject."""
_INITIAL = re.compile(rf"(?:^|\s)[{UPPER}]\.(?:\s|$)")
"""A name kept secret: "cháu H."."""
_NAME_WORD = re.compile(rf"[{UPPER}][^\W\d_]|[IVXL]+$|\d+/")
_JOINING = re.compile(r"(?:và|rồi|đồng thời|nhưng)\s+")
_CONTINUES = re.compile(
    r"(?:nhằm|để|với|trong đó|khi|sau khi|trước khi|do|vì|nên|bởi|nhờ|theo|tại|ở|vào|từ|bằng"
    r"|kể từ|cùng|so với|tức|tương đương|trong|qua|dưới|trên|đặc biệt|nhưng|song|mà|còn|hiện"
    r"|sớm hơn|sau|căn cứ|trừ|hằng năm|loại|đúng|thuộc|nếu)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement.

    Attributes
    ----------
    subject
        As it stands in a question: pronouns replaced, insertions left out.
    start, end
        Of the predicate in the document; it begins with a verb and has no comma.
    text
        The predicate.
    is_open
        Whether an enumeration that begins in the predicate goes on behind it.
    place
        A place that stands behind the time in front.
    whole
        The predicate with the rest of that enumeration.
    following
        The piece right behind, as text; or empty.
    after
        The pieces behind, as spans of the document.
    """

    subject: str
    start: int
    end: int
    text: str
    front: Front | None = None
    is_open: bool = False
    whole: str = ""
    following: str = ""
    place: Front | None = None
    after: tuple[tuple[int, int], ...] = ()


def clauses_of(prose: Prose, law: str) -> list[Clause]:
    """Return the clauses of a sentence, in order; empty when its form is not a known one.

    Parameters
    ----------
    law
        What "Luật" as a subject means; or empty.
    """
    pieces = _with_law_whole(_pieces(prose), law)
    front, pieces = front_of(pieces)
    place, pieces = place_behind(front, pieces)
    if not pieces or _first_word(pieces[0].text).lower() in LEADING:
        return []
    found = [replace(one, place=place) for one in _clauses(pieces, front, prose.person, law)]
    return [part for clause in found for part in _apart(clause)]


def verb_place(text: str) -> int | None:
    """Return where the first verb of a text begins, or None.

    A verb behind a noun that takes verbs as attributes ("Ban tổ chức") is none.
    """
    words = list(_WORD.finditer(text))
    for place, word in enumerate(words):
        token = word.group()
        before = words[place - 1].group().lower() if place else ""
        if token in {"đến", "tới", "lên"} and before[:1].isdigit():
            continue
        if token[0].isupper() or (before in NOMINALISERS and not (place == 1 and before == "luật")):
            continue
        following = words[place + 1].group() if place + 1 < len(words) else ""
        if f"{before} {token}" in COMPOUNDS or f"{token} {following}" in COMPOUNDS:
            continue
        if token in VERBS or f"{token} {following}" in VERBS:
            return word.start()
    return None


def is_named(subject: str) -> bool:
    """Return whether a subject holds a name or number of its own, not just a capital to begin."""
    if _INITIAL.search(subject) or re.search(r"\s(?:gốc|quốc tịch)\s", subject):
        return False
    words = subject.split()
    rest = [word for word in words[1:] if _NAME_WORD.match(word)]
    return bool(rest) or (len(words) == 1 and words[0][1:] != words[0][1:].lower())


def _pieces(prose: Prose) -> list[Piece]:
    pieces, begin = [], 0
    for match in (*_COMMA.finditer(prose.text), None):
        end = match.start() if match else len(prose.text)
        pieces.append(Piece(prose.start + begin, prose.start + end, prose.text[begin:end]))
        begin = match.end() if match else end
    return [piece for piece in pieces if piece.text]


def _with_law_whole(pieces: list[Piece], law: str) -> list[Piece]:
    """Return the pieces with a law's name in one that has a comma of its own."""
    name = re.sub(r"(?: năm)? \d{4}$", "", law)
    if len(pieces) > 1 and "," in name and f"{pieces[0].text}, {pieces[1].text}".startswith(name):
        first, second = pieces[:2]
        return [Piece(first.start, second.end, f"{first.text}, {second.text}"), *pieces[2:]]
    return pieces


def _apart(clause: Clause) -> Iterator[Clause]:
    """Yield the two clauses of a predicate with two times: "thông qua ngày … và có hiệu lực …"."""
    dates = find_dates(clause.text)
    joint = next(
        (m for m in _AND.finditer(clause.text) if verb_place(clause.text[m.end() :]) == 0), None
    )
    if len(dates) != 2 or clause.front or joint is None or not dates[0].end <= joint.start():  # noqa: PLR2004
        yield clause
        return
    first, second = clause.text[: joint.start()], clause.text[joint.end() :]
    middle = clause.start + joint.start()
    yield replace(clause, end=middle, text=first, whole=first, is_open=False)
    yield replace(clause, start=clause.start + joint.end(), text=second, whole=second)


def _clauses(
    pieces: Sequence[Piece], front: Front | None, person: str, law: str
) -> Iterator[Clause]:
    first = verb_place(pieces[0].text)
    if first:
        subject = _resolved(pieces[0].text[:first].strip(), person, law)
        yield _clause(pieces, 0, first, subject, front)
        yield from _further(pieces, subject, is_alone=front is None)
    elif first is None:  # "Hang Sơn Đoòng, hang lớn nhất thế giới, nằm trong vườn"
        place = next((n for n, p in enumerate(pieces[:4]) if n and verb_place(p.text) == 0), 0)
        if place > 1:  # an insertion stands between two commas
            subject = _resolved(pieces[0].text, person, law)
            yield _clause(pieces, place, 0, subject, front)


def _further(pieces: Sequence[Piece], subject: str, *, is_alone: bool) -> Iterator[Clause]:
    """Yield the clauses behind the first comma, of the same subject or of one of their own."""
    for number in range(1, len(pieces)):
        text = pieces[number].text
        joining = _JOINING.match(text)
        skipped = joining.end() if joining else 0
        found = verb_place(text[skipped:])
        if found == 0:
            if not is_alone or not is_named(subject) or (not skipped and _UNSURE.match(text)):
                return
            yield _clause(pieces, number, skipped, subject, None)
        elif found is not None and is_named(text[skipped : skipped + found]):
            if _CONTINUES.match(text[skipped:]) or _first_word(text).lower() in LEADING:
                return
            subject = text[skipped : skipped + found].strip()
            subject = subject[0].upper() + subject[1:]
            yield _clause(pieces, number, skipped + found, subject, None)


def _clause(
    pieces: Sequence[Piece], number: int, begin: int, subject: str, front: Front | None
) -> Clause:
    piece = pieces[number]
    after = [(one.start, one.end) for one in pieces[number + 1 :]]
    return Clause(
        subject,
        piece.start + begin,
        piece.end,
        piece.text[begin:],
        front,
        is_open=number + 1 < len(pieces) and _goes_on(pieces[number + 1].text),
        whole=_whole(pieces, number)[begin:],
        following=pieces[number + 1].text if number + 1 < len(pieces) else "",
        after=tuple(after),
    )


def _whole(pieces: Sequence[Piece], number: int) -> str:
    """Return a piece with those behind it that go on with its enumeration."""
    text = pieces[number].text
    for piece in pieces[number + 1 :]:
        if not _goes_on(piece.text):
            break
        text += f", {piece.text}"
    return text


def _goes_on(text: str) -> bool:
    """Return whether a piece behind a comma is a further item rather than another statement.

    What cannot be told counts as an item: nothing is cut off in the middle.
    """
    if _CONTINUES.match(text) or _JOINING.match(text):
        return False
    return verb_place(text) is None or (text[0].islower() and verb_place(text) != 0)


def _resolved(subject: str, person: str, law: str) -> str:
    """Return the subject with its pronoun or bare noun in full, where that is known."""
    subject = re.sub(r"\s*\([^()]*\)", "", subject)
    if subject in {"Ông", "Bà"} and person:
        return person
    if law and subject in {"Luật", "Bộ luật", "Hiến pháp", "Nghị định", "Thông tư"}:
        return law
    return subject


def _first_word(text: str) -> str:
    match = _WORD.search(text)
    return match.group() if match else ""
