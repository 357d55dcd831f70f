"""What happened to questions whose documents were taken away: all should be refused. Pure."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from eval.grading import Result
from eval.markdown import aligned
from eval.metrics import auroc, mean

_DIGITS = 6


@dataclass(frozen=True, slots=True)
class WithoutGoldFigures:
    """Figures of a collection asked with and without its gold documents; None without questions.

    Attributes
    ----------
    questions
        How many were asked without.
    auroc
        Of the confidence: how well it tells a question with its documents from one without.
    answered
        The share of the questions that were answered without them: each wrongly.
    """

    questions: int
    auroc: float | None
    answered: float | None

    def as_json(self) -> dict[str, object]:
        """Return the figures by name."""
        return {
            name: round(value, _DIGITS) if isinstance(value, float) else value
            for name, value in asdict(self).items()
        }

    def as_table(self) -> str:
        """Return the figures as aligned Markdown, in Vietnamese."""
        spelled = ["–" if x is None else f"{x:.3f}" for x in (self.auroc, self.answered)]
        rows = [
            ["Bỏ tài liệu chứa câu trả lời", "số câu", "AUROC", "trả lời (đều sai)"],
            ["mọi câu", str(self.questions), *spelled],
        ]
        return "\n".join(aligned(rows)) + "\n"


def without_gold_figures(
    results: Sequence[Result], removed: Sequence[Result]
) -> WithoutGoldFigures:
    """Return the figures of ``results`` beside those of the same questions without documents."""
    return WithoutGoldFigures(
        len(removed),
        auroc(
            [result.answer.confidence for result in results if not result.question.refuse],
            [result.answer.confidence for result in removed],
        ),
        mean([result.answered for result in removed]),
    )
