"""Hold dialogues with a pipeline and sum up: each question with what was said before, and alone.

Alone is the baseline. Both are asked over the same index in the same run.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from documents.normalising import search_key
from eval.conversing.dialogues import Dialogue, DialogueTurn
from eval.markdown import aligned
from eval.metrics import mean
from index.query import Query
from qa.answer import Answer
from qa.history import Turn, remember

TOP = 3
_DEPTH = 50
_GROUPS = {"first": "câu đầu", "follow_ups": "câu nối tiếp", "new_topics": "chuyện khác"}


class Converser(Protocol):
    """What is evaluated: `qa.pipeline.Pipeline`, or a fake."""

    def ask(self, query: Query, *, k: int, history: Sequence[Turn]) -> Answer:
        """Return the finished answer, with the ``k`` best passages as its hits."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What one way of asking a question came to.

    Attributes
    ----------
    understood
        The question that was looked for.
    follows
        Whether it was understood with the turns before it.
    rank
        Of the first right document, from 1; None when it is not among those found.
    answered
        Whether a citation of a right document holds a right answer; None when not judged.
    """

    understood: str
    follows: bool
    rank: int | None
    answered: bool | None


@dataclass(frozen=True, slots=True)
class Held:
    """One question of a dialogue, asked both ways; ``place`` counts from 0."""

    dialogue: str
    turn: DialogueTurn
    place: int
    with_history: Asked
    alone: Asked


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of questions: right document first, in the first `TOP`; right answer cited.

    None where there was no question to judge.
    """

    first: float | None
    top: float | None
    answered: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of a group of questions; ``follow`` is the share understood as follow-ups."""

    questions: int
    follow: float | None
    with_history: Rates
    alone: Rates


def hold_all(converser: Converser, dialogues: Sequence[Dialogue]) -> Iterator[Held]:
    """Yield every question of every dialogue, in order, asked both ways."""
    for dialogue in dialogues:
        history: tuple[Turn, ...] = ()
        for place, turn in enumerate(dialogue.turns):
            answer = converser.ask(Query(turn.question), k=_DEPTH, history=history)
            alone = converser.ask(Query(turn.question), k=_DEPTH, history=()) if history else answer
            yield Held(dialogue.id, turn, place, _asked(answer, turn), _asked(alone, turn))
            history = (*history, remember(answer))


def groups_of(held: Sequence[Held]) -> dict[str, Figures]:
    """Return the figures of first questions, follow-ups, new topics, and kinds of follow-ups."""
    follow_ups = [one for one in held if one.turn.follow_up]
    kinds = sorted({one.turn.kind for one in follow_ups if one.turn.kind})
    groups = {
        "first": [one for one in held if not one.place],
        "follow_ups": follow_ups,
        "new_topics": [one for one in held if one.place and not one.turn.follow_up],
        **{kind: [one for one in follow_ups if one.turn.kind == kind] for kind in kinds},
    }
    return {name: _figures(group) for name, group in groups.items()}


def missed(held: Sequence[Held]) -> list[Held]:
    """Return the follow-ups whose document is not among the first `TOP`, and changed new topics."""
    return [
        one
        for one in held
        if (one.turn.follow_up and not _is_top(one.with_history))
        or (not one.turn.follow_up and one.with_history.follows)
    ]


def as_json(held: Sequence[Held]) -> dict[str, object]:
    """Return the figures in the form of the command's JSON."""
    return {
        "dialogues": len({one.dialogue for one in held}),
        "questions": len(held),
        "groups": {name: asdict(figures) for name, figures in groups_of(held).items()},
        "missed": [
            {
                "dialogue": one.dialogue,
                "question": one.turn.question,
                "understood": one.with_history.understood,
                "rank": one.with_history.rank,
            }
            for one in missed(held)
        ],
    }


def as_table(held: Sequence[Held]) -> str:
    """Return the figures and what was missed, in Vietnamese; "alone" in brackets."""
    head = ("nhóm", "số câu", "hiểu nối tiếp", "đúng hạng 1", f"trong {TOP} hạng", "đúng câu")
    rows = [
        (
            _GROUPS.get(name, f"· {name}"),
            str(one.questions),
            _shown(one.follow),
            _both(one.with_history.first, one.alone.first),
            _both(one.with_history.top, one.alone.top),
            _both(one.with_history.answered, one.alone.answered),
        )
        for name, one in groups_of(held).items()
    ]
    misses = [
        f"- {one.dialogue}: {one.turn.question} → {one.with_history.understood}"
        f" (hạng {one.with_history.rank or '—'})"
        for one in missed(held)
    ]
    notes = ["", "Trong ngoặc: hỏi riêng, không có các câu trước.", *misses]
    return "\n".join([*aligned([head, *rows]), *notes]) + "\n"


def _figures(held: Sequence[Held]) -> Figures:
    with_history, alone = [one.with_history for one in held], [one.alone for one in held]
    follow = mean([one.follows for one in with_history])
    return Figures(len(held), follow, _rates(with_history), _rates(alone))


def _rates(asked: Sequence[Asked]) -> Rates:
    return Rates(
        mean([one.rank == 1 for one in asked]),
        mean([_is_top(one) for one in asked]),
        mean([one.answered for one in asked if one.answered is not None]),
    )


def _is_top(asked: Asked) -> bool:
    return asked.rank is not None and asked.rank <= TOP


def _asked(answer: Answer, turn: DialogueTurn) -> Asked:
    documents = tuple(dict.fromkeys(hit.passage.document for hit in answer.hits))
    ranks = (rank for rank, path in enumerate(documents, start=1) if path in turn.documents)
    understood = answer.understood or answer.question
    return Asked(understood, answer.follows, next(ranks, None), _answered(answer, turn))


def _answered(answer: Answer, turn: DialogueTurn) -> bool | None:
    if not turn.answers:
        return None
    quotes = [search_key(c.quote) for c in answer.citations if c.document in turn.documents]
    return any(search_key(gold) in quote for gold in turn.answers for quote in quotes)


def _shown(share: float | None) -> str:
    return "—" if share is None else f"{share:.3f}"


def _both(with_history: float | None, alone: float | None) -> str:
    return f"{_shown(with_history)} ({_shown(alone)})"
