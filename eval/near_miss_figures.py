"""What happened to near misses, beside the questions they were made from. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from eval.grading import Result
from eval.markdown import aligned
from eval.metrics import mean
from eval.near_misses import Change, NearMiss

_ALL = "all"
_CHANGES: Mapping[str, str] = {
    Change.YEAR: "năm khác",
    Change.NUMBER: "số khác",
    Change.PLACE: "tỉnh, nước khác",
    Change.PERSON: "người khác",
    _ALL: "tất cả",
}
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Answered:
    """Shares of questions that were answered; None without questions.

    Attributes
    ----------
    questions
        How many near misses.
    answered
        The share of the near misses that were answered: each wrongly.
    originals_answered
        The share of the questions they were made from that were answered.
    """

    questions: int
    answered: float | None
    originals_answered: float | None


@dataclass(frozen=True, slots=True)
class NearMissFigures:
    """The figures by change; ``all`` holds those of all together."""

    changes: Mapping[str, Answered]

    def as_json(self) -> dict[str, object]:
        """Return the figures of all, and those of each change under ``changes``."""
        values = {name: _rounded(asdict(answered)) for name, answered in self.changes.items()}
        total = values.pop(_ALL)
        return {**total, "changes": values}

    def as_table(self) -> str:
        """Return the figures as aligned Markdown, in Vietnamese."""
        rows = [["Câu bị đổi một chi tiết", "số câu", "trả lời (đều sai)", "câu gốc được trả lời"]]
        for name, figures in self.changes.items():
            shares = (figures.answered, figures.originals_answered)
            spelled = ["–" if share is None else f"{share:.3f}" for share in shares]
            rows.append([_CHANGES[name], str(figures.questions), *spelled])
        return "\n".join(aligned(rows)) + "\n"


def near_miss_figures(
    misses: Sequence[NearMiss], asked: Sequence[Result], results: Sequence[Result]
) -> NearMissFigures:
    """Return the figures of near misses.

    Parameters
    ----------
    asked
        The results of the near misses.
    results
        Among them those of the questions they were made from.
    """
    answered = {result.question.id: result.answered for result in (*results, *asked)}
    groups = {str(change): [m for m in misses if m.change is change] for change in Change}
    return NearMissFigures(
        {name: _answered(group, answered) for name, group in {**groups, _ALL: misses}.items()}
    )


def _answered(misses: Sequence[NearMiss], answered: Mapping[str, bool]) -> Answered:
    return Answered(
        len(misses),
        mean([answered[miss.question.id] for miss in misses]),
        mean([answered[miss.original.id] for miss in misses]),
    )


def _rounded(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: round(value, _DIGITS) if isinstance(value, float) else value
        for name, value in values.items()
    }
