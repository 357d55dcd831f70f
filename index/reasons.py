"""The learned reranker's features as a handful of reasons that a reader understands."""

from collections.abc import Mapping
from dataclasses import dataclass

from index.question_words import AnswerType

MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that raised a passage.

    Attributes
    ----------
    text
        In Vietnamese, a phrase without capital and full stop.
    contribution
        What its features added to the score, above 0; comparable within one ranking only.
    """

    text: str
    contribution: float


@dataclass(frozen=True, slots=True)
class _Group:
    """Features that tell a reader the same.

    The words hold only where one of ``signs`` is over ``above``: of what a question does not name,
    such as a date, a middling value may raise a score too.
    """

    text: str
    features: frozenset[str]
    signs: tuple[str, ...]
    above: float = 0.0


_FITS = ("person_fits", "time_fits", "place_fits", "number_fits", "unit_fits", "reason_fits")
_KINDS = {
    AnswerType.PERSON: "người",
    AnswerType.TIME: "thời gian",
    AnswerType.PLACE: "nơi chốn",
    AnswerType.NUMBER: "con số",
    AnswerType.REASON: "lý do",
}
_KIND = "đúng kiểu trả lời"
_FEW = 0.3  # share of the question's words, by weight
_LIKELY = 0.3  # probability that the answer stands in the passage
_UNDECIDED = 0.5  # value of a share of nothing (`index.sentence_features.share_of_words`)

_GROUPS = (
    _Group(
        "nhiều từ của câu hỏi trong một câu",
        frozenset(
            ("best_syllables_found", "best_pairs_found", "best_found_with_previous",
             "most_syllables_found", "most_pairs_found", "second_sentence")
        ),
        ("most_syllables_found",),
        above=_FEW,
    ),
    _Group(
        "nhiều từ của câu hỏi trong đoạn",
        frozenset(
            ("lexical_share", "passage_syllables_found", "passage_pairs_found", "rarest_found",
             "longest_run")
        ),
        ("passage_syllables_found",),
        above=_FEW,
    ),
    _Group(
        "gần nghĩa với câu hỏi",
        frozenset(
            ("cosine", "cosine_gap", "sentence_cosine", "second_sentence_cosine",
             "best_sentence_cosine", "sentence_cosine_gap")
        ),
        ("cosine", "sentence_cosine"),
    ),
    _Group(
        "đọc thấy câu trả lời trong đoạn",
        frozenset(("answer_read",)),
        ("answer_share",),
        above=_LIKELY,
    ),
    _Group(
        "có ngày được hỏi",
        frozenset(("best_dates_found", "best_dates_in_context")),
        ("best_dates_found", "best_dates_in_context"),
        above=_UNDECIDED,
    ),
    _Group(
        "có tên được hỏi", frozenset(("best_names_found",)), ("best_names_found",), above=_UNDECIDED
    ),
    _Group(
        "có số được hỏi",
        frozenset(("best_numbers_found",)),
        ("best_numbers_found",),
        above=_UNDECIDED,
    ),
    _Group(
        _KIND,
        frozenset((*(f"best_{name}" for name in _FITS), "best_fit_missing")),
        tuple(f"best_{name}" for name in _FITS),
    ),
    _Group(
        "tài liệu hợp với câu hỏi",
        frozenset(
            ("title_found", "passage_or_title_found", "best_found_with_title", "siblings",
             "sibling_gap")
        ),
        ("title_found", "siblings"),
    ),
    _Group(
        "đứng cao ngay khi tìm",
        frozenset(("score_gap", "reciprocal_rank")),
        ("reciprocal_rank",),
        above=0.19,  # the first five
    ),
)  # fmt: skip


def strongest_reasons(
    contributions: Mapping[str, float], values: Mapping[str, float]
) -> tuple[Reason, ...]:
    """Return at most `MOST_REASONS` reasons for a passage, the strongest first.

    Features of no group (lengths, what is asked for, names unknown here) give no reason in words.

    Parameters
    ----------
    contributions
        What each feature added to the score; one that is missing added nothing.
    values
        The passage's features; one that is missing is 0.
    """
    reasons = [
        Reason(_worded(group, values), sum(contributions.get(name, 0.0) for name in group.features))
        for group in _GROUPS
        if any(values.get(sign, 0.0) > group.above for sign in group.signs)
    ]
    raising = [reason for reason in reasons if reason.contribution > 0]
    return tuple(sorted(raising, key=lambda reason: -reason.contribution)[:MOST_REASONS])


def _worded(group: _Group, values: Mapping[str, float]) -> str:
    if group.text != _KIND:
        return group.text
    kinds = [name for kind, name in _KINDS.items() if values.get(f"asks_{kind.value}", 0.0) > 0]
    return f"{_KIND} ({kinds[0]})" if kinds else _KIND
