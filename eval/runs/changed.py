"""The answer changed: questions that were answered once are asked again, and why they differ. Pure.

A difference is laid to the documents it comes from: those cited now that were added or changed
since, and those cited then that were changed or removed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from eval.grading import short_answer
from qa.answer import Answer


class Fate(StrEnum):
    """What became of a document since a question was answered."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    SAME = "same"


FATES = {Fate.ADDED: "mới thêm", Fate.CHANGED: "đã đổi", Fate.REMOVED: "đã gỡ"}


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """What a question was answered with.

    Attributes
    ----------
    asked
        The question as typed.
    short
        The short answer, or the text without its markers; empty of a refusal.
    quotes, documents
        Of the citations, in their order.
    fate
        From a path to what became of the document since.
    """

    id: str
    asked: str
    short: str
    refused: bool
    quotes: tuple[str, ...]
    documents: tuple[str, ...]
    fate: Callable[[str], Fate]


@dataclass(frozen=True, slots=True)
class Cause:
    """A cited document that is not what it was."""

    document: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """A question that is answered otherwise now.

    Attributes
    ----------
    causes
        Empty when no cited document changed: then others, or the models, are behind it.
    """

    id: str
    question: str
    before: str
    after: str
    refused_before: bool
    refused_after: bool
    causes: tuple[Cause, ...]

    def as_json(self) -> dict[str, object]:
        """Return the change in the form of the commands' JSON."""
        return {**asdict(self), "causes": [asdict(cause) for cause in self.causes]}

    def as_lines(self) -> Sequence[str]:
        """Return the change for reading."""
        causes = ", ".join(f"{cause.document} ({FATES[cause.fate]})" for cause in self.causes)
        return (
            f"- {self.id}: {self.question}",
            f"  - trước: {'từ chối' if self.refused_before else self.before}",
            f"  - nay: {'từ chối' if self.refused_after else self.after}",
            f"  - do: {causes or 'không tài liệu nào được dẫn đã đổi; thứ hạng hoặc mô hình đổi'}",
        )


def changed_answers(
    past: Sequence[PastAnswer], ask: Callable[[str], Answer]
) -> Iterator[ChangedAnswer | None]:
    """Yield for each past answer how it changed, or None; it is asked when its turn comes.

    An answer changed when it is a refusal and was none, or the other way round, or says or quotes
    other words; blanks and the order of citations do not count.
    """
    for one in past:
        yield _change(one, ask(one.asked))


def _change(past: PastAnswer, answer: Answer) -> ChangedAnswer | None:
    quotes = [citation.quote for citation in answer.citations]
    now = "" if answer.refused else _plain(short_answer(answer))
    same = past.refused == answer.refused and past.short == now
    if same and _bag(past.quotes) == _bag(quotes):
        return None
    cited = [citation.document for citation in answer.citations]
    documents = dict.fromkeys((*cited, *past.documents))
    fates = [Cause(document, past.fate(document)) for document in documents]
    return ChangedAnswer(
        past.id,
        past.asked,
        past.short,
        now,
        past.refused,
        answer.refused,
        tuple(cause for cause in fates if cause.fate is not Fate.SAME),
    )


def _bag(quotes: Sequence[str]) -> list[str]:
    return sorted(map(_plain, quotes))


def _plain(text: str) -> str:
    return " ".join(text.split())
