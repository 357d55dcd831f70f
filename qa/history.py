"""What was asked and answered before: the past turns of a conversation, as values."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.normalising import normalise
from qa.answer import Answer

MOST_TURNS = 3
"""Past turns that are looked at; what lies further back is no longer referred to."""
_MOST_IN_QUESTION, _MOST_IN_ANSWER, _MOST_IN_TITLE, _MOST_CITED = 400, 3_000, 200, 5


@dataclass(frozen=True, slots=True)
class Turn:
    """One past question and what came of it.

    Attributes
    ----------
    question
        As it was understood, so that it can be read without the turns before it.
    answer
        The quotes of the answer; empty when there was none.
    titles
        Of the cited documents, in the order of the answer.
    documents
        Their paths.
    """

    question: str
    answer: str = ""
    titles: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


def remember(answer: Answer) -> Turn:
    """Return a finished answer as a turn of the history."""
    return Turn(
        answer.understood or answer.question,
        "\n".join(citation.quote for citation in answer.citations),
        tuple(dict.fromkeys(citation.title for citation in answer.citations)),
        tuple(dict.fromkeys(citation.document for citation in answer.citations)),
    )


def recent(history: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the last turns that asked something, the latest first, each cut to a bounded size."""
    latest = (_cut(turn) for turn in reversed(history[-MOST_TURNS:]))
    return tuple(turn for turn in latest if turn.question)


def _cut(turn: Turn) -> Turn:
    return Turn(
        " ".join(normalise(turn.question[:_MOST_IN_QUESTION]).split()),
        normalise(turn.answer[:_MOST_IN_ANSWER]),
        tuple(
            " ".join(normalise(title[:_MOST_IN_TITLE]).split())
            for title in turn.titles[:_MOST_CITED]
        ),
        turn.documents[:_MOST_CITED],
    )
