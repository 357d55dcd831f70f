"""What has been said so far: the turns of one conversation, as values."""

from dataclasses import dataclass, replace
from typing import Literal

from qa import history
from qa.answer import Answer

State = Literal["busy", "done", "stopped"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what came of it.

    Attributes
    ----------
    question
        As typed, without the blanks around it.
    understood
        What is looked for, where that differs from what was typed; else empty.
    found
        How many passages were found; None while they are being looked for.
    text
        The answer's text so far.
    is_draft
        Whether that is a model's own text, not checked yet.
    answer
        The finished answer, or None while it is being made and when it never came.
    notice
        Why there is no finished answer: a key of `web.texts.Texts.ENDS`, or empty.
    detail
        What an error says of it, or empty.
    opinion
        What the visitor said of the answer: ``good``, ``bad`` or nothing.
    next_questions
        Questions that the cited documents answer, to go on with.
    """

    question: str
    understood: str = ""
    found: int | None = None
    text: str = ""
    is_draft: bool = False
    answer: Answer | None = None
    notice: str = ""
    detail: str = ""
    opinion: str = ""
    next_questions: tuple[str, ...] = ()

    @property
    def asked(self) -> str:
        """The question that can be asked again without the turns before it."""
        answer = self.answer
        return answer.understood if answer is not None and answer.follows else self.question

    @property
    def state(self) -> State:
        """Whether the turn is being answered, is answered, or ended without an answer."""
        if self.answer is not None:
            return "done"
        return "stopped" if self.notice else "busy"


Turns = tuple[Turn, ...]


def settle(turns: Turns, notice: str) -> Turns:
    """Return the turns with every unfinished one ended by the notice, a key of `Texts.ENDS`."""
    return tuple(replace(turn, notice=notice) if turn.state == "busy" else turn for turn in turns)


def past(turns: Turns) -> tuple[history.Turn, ...]:
    """Return the answered turns as the history of the next question."""
    return tuple(history.remember(turn.answer) for turn in turns if turn.answer is not None)
