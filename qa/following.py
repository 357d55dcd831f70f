"""From a follow-up question and the turns before it to a question that stands alone.

"Ông ấy yêu cầu gì?" gets the name that the last answer gave, "Còn tỷ lệ vượt thì sao?" what the
last question was about. By rules on words, without a language model. A question that has all it
needs is left as it is, byte for byte.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.normalising import search_key
from index.question import Idf
from qa.asking import asked_spans, own_words, topic_of
from qa.history import Turn, recent
from qa.mentions import names_in
from qa.references import Reference, references_in
from qa.resolving import resolve
from qa.spoken import WORD, Form, Spoken, content_of, is_function_word, spoken

MOST_WORDS = 40
"""A longer question says itself what it is about."""
_ENOUGH = 3
"""Content words, beside the names filled in, of a question that needs no topic."""
_ELLIPTIC = 4
"""The most content words of a question that lacks its subject."""
_COVERED = 0.7
"""The least share of them that the conversation holds."""

_OPENING = Form(
    r"^(?:(?:thế|vậy|à|ừ|ờ|nhưng|nhưng mà|rồi|và|ok|thế thì|vậy thì)(?:,)? )*"
    r"còn(?:,)? (?=\w)"
    r"|^(?:(?:thế(?! (?:giới|kỷ|nào|hệ|chấp|vận|mạnh|lực|năng|là)(?!\w))|vậy|rồi|thế thì|vậy thì"
    r"|nhưng|nhưng mà)(?:,)? )+(?=\w)"
)
_CHILD = Form(r"^con (?:người|đường|cái|trai|gái|vật|số|nuôi|nước|dấu|tàu|em|cháu|giáp)(?!\w)")
_THEN_WHAT = Form(r",? thì (?:sao|thế nào|như thế nào|ra sao)\W*$")


@dataclass(frozen=True, slots=True)
class _Said:
    """The words that the conversation holds, and how rare they are."""

    words: frozenset[str]
    idf: Idf

    def coverage(self, words: Sequence[str]) -> float:
        """Return the share of the words' weight that the conversation holds; 1 of no words."""
        weights = [(self.idf(word), word in self.words) for word in words]
        total = sum(weight for weight, _ in weights)
        return sum(weight for weight, known in weights if known) / total if total else 1.0


def follow(
    question: str, history: Sequence[Turn], *, idf: Idf, accented: bool = True, context: str = ""
) -> str:
    """Return the question with what it leaves to the turns before it.

    Parameters
    ----------
    question
        As understood by itself: accents restored.
    history
        Past turns, the latest last; only the last few are looked at.
    idf
        How rare a word is.
    accented
        Whether it was typed with accents.
    context
        What the documents cited last say: a short question made of their words is about them.
    """
    turns = recent(history)
    asked = spoken(question, accented=accented)
    if not turns or not asked.words or len(asked.words) > MOST_WORDS:
        return question
    rest = _without_opening(asked)
    references = _pointing_back(rest)
    said = _said(turns, context, idf)
    if not references and not _is_elliptic(rest, said, opened=rest is not asked):
        return question
    names = [resolve(reference, turns) for reference in references]
    resolved = _filled_in(rest, references, names)
    if references and all(names) and len(_beside(rest, references)) >= _ENOUGH:
        return resolved
    return _with_topic(topic_of(turns[0].question), resolved)


def _said(turns: Sequence[Turn], context: str, idf: Idf) -> _Said:
    texts = [text for turn in turns for text in (turn.question, turn.answer, *turn.titles)]
    words = WORD.finditer(search_key("\n".join([*texts, context])))
    return _Said(frozenset(word.group() for word in words), idf)


def _without_opening(asked: Spoken) -> Spoken:
    """Return the question behind "thế còn" and the like; the same object where there is none."""
    match = _OPENING.search(asked)
    if not match or (not asked.accented and _CHILD.search(asked)):
        return asked
    return asked.cut(match.end(), len(asked.text))


def _pointing_back(rest: Spoken) -> tuple[Reference, ...]:
    """Return the references but those to something that the question itself has named before."""
    return tuple(one for one in references_in(rest) if not _has_named(rest, one))


def _has_named(rest: Spoken, reference: Reference) -> bool:
    before = rest.cut(0, reference.start)
    return bool(names_in(before.text)) or len(content_of(before)) >= _ENOUGH


def _is_elliptic(rest: Spoken, said: _Said, *, opened: bool) -> bool:
    """Return whether it lacks its subject: short, and made of words of the conversation.

    Or a comparison: "thế còn …", "… thì sao?", of whatever words.
    """
    own = own_words(rest)
    if _THEN_WHAT.search(rest) or (opened and not asked_spans(rest)):
        return opened or len(own) <= _ELLIPTIC
    return len(own) <= _ELLIPTIC and said.coverage(own) >= _COVERED


def _beside(rest: Spoken, references: Sequence[Reference]) -> tuple[str, ...]:
    """Return the content words outside the references and the words that ask."""
    key = list(rest.key)
    for reference in references:
        key[reference.start : reference.end] = " " * (reference.end - reference.start)
    return own_words(Spoken(rest.text, "".join(key), rest.accented))


def _filled_in(rest: Spoken, references: Sequence[Reference], names: Sequence[str | None]) -> str:
    """Return the question with the names found in the place of the references."""
    pieces, end = [], 0
    for reference, name in zip(references, names, strict=True):
        if name:
            pieces += [rest.text[end : reference.start], name]
            end = reference.end
    text = "".join([*pieces, rest.text[end:]])
    return _capital(text) if rest.text[:1].isupper() else text


def _with_topic(topic: str, question: str) -> str:
    """Return the topic and the question; the question alone where it holds the topic."""
    known = {word.group() for word in WORD.finditer(search_key(question))}
    if all(word in known for word in content_of(spoken(topic))):
        return question
    first = question.split(" ", 1)[0].lower()
    if is_function_word(first) or first in {"ông", "bà"}:  # else a capital may be a name's
        question = question[:1].lower() + question[1:]
    return f"{_capital(topic)}: {question}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
