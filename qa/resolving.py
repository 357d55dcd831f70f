"""What a reference of a question stands for, found in the turns before it."""

from collections.abc import Callable, Iterator, Sequence

from documents.normalising import fold
from index.question_words import AnswerType, answer_type
from qa.history import Turn
from qa.mentions import Gender, Person, documents_in, persons_in, places_in
from qa.references import Kind, Reference

_MALE = frozenset({"ong", "anh", "chu", "cau", "vua", "hoang de", "nha vua"})
_FEMALE = frozenset({"ba", "chi", "co"})
_UNNAMED = frozenset({"nguoi", "vi", "nhan vat", "tac gia"})
_ANY_DOCUMENT = frozenset({"van ban", "dao luat"})
_PREPOSITIONS = frozenset({"o", "tai", "den", "tu"})
_ANY_PLACE = frozenset({"noi", "cho", "dia phuong"})
_SPELLINGS = ("ông", "bà", "đồng chí", "tỉnh", "thành phố", "ở", "tại", "đến")
"""What a head typed without accents is spelt."""


def resolve(reference: Reference, turns: Sequence[Turn]) -> str | None:
    """Return the words to read in a reference's place, or None when nothing said is of its kind.

    ``turns`` come latest first; the first of them that names something fitting decides.
    """
    find = _FINDERS.get(reference.kind)
    found = (find(reference.head, turn) for turn in turns) if find else iter(())
    return next((words for words in found if words), None)


def _person(head: str, turn: Turn) -> str | None:
    wanted, is_named = _gender(fold(head)), fold(head) not in _UNNAMED
    for person in _persons(turn):
        if wanted is Gender.UNKNOWN or person.gender in {wanted, Gender.UNKNOWN}:
            return f"{_spelt(head)} {person.name}" if is_named else person.name
    return None


def _persons(turn: Turn) -> Iterator[Person]:
    """Yield the persons of a turn: those of the answer first where it was asked for persons."""
    if answer_type(turn.question) in {AnswerType.PERSON, AnswerType.LIST}:
        yield from persons_in(turn.answer)
    yield from persons_in(turn.question)
    yield from persons_in(turn.answer)


def _place(head: str, turn: Turn) -> str | None:
    asked_where = answer_type(turn.question) is AnswerType.PLACE
    texts = (turn.answer, turn.question) if asked_where else (turn.question, turn.answer)
    for place in (place for text in texts for place in places_in(text)):
        if fold(head) in _ANY_PLACE:
            return place.name
        of_kind = fold(place.kind) == fold(head) or (fold(head) == "tinh" and not place.kind)
        if of_kind or fold(head) in _PREPOSITIONS:
            return f"{_spelt(head)} {place.name}"
    return None


def _document(head: str, turn: Turn) -> str | None:
    texts = (turn.question, turn.answer, *turn.titles)
    named = (name for text in texts for name in documents_in(text))
    return next((name for name in named if _is_of(fold(head), name)), None)


def _is_of(head: str, name: str) -> bool:
    return head in _ANY_DOCUMENT or fold(name).lower().startswith((head, f"bo {head}"))


def _gender(head: str) -> Gender:
    if head in _MALE:
        return Gender.MALE
    return Gender.FEMALE if head in _FEMALE else Gender.UNKNOWN


def _spelt(head: str) -> str:
    return next((word for word in _SPELLINGS if fold(word) == head), head)


_FINDERS: dict[Kind, Callable[[str, Turn], str | None]] = {
    Kind.PERSON: _person,
    Kind.PLACE: _place,
    Kind.DOCUMENT: _document,
}
