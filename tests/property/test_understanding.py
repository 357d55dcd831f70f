"""Whatever is asked: times are read without a fault, required parts stand above the rest."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.preferring import preferred
from index.question_times import times_of, without_relative
from index.required import parts_held, required_parts, required_terms
from index.terms import terms_of
from index.time_agreement import agreement, naming_terms

WORD = st.sampled_from(
    ("ngày", "tháng", "năm", "quý", "đầu", "cuối", "tuần", "trước", "ngoái", "qua", "nam", "hôm")
)
FIGURE = st.sampled_from(
    ("26/11/2020", "29/2", "31-4", "1999", "2/3", "III/2020", "Điều", "khoản", "84-KL/TW")
)
OTHER = st.sampled_from(
    ("“", "”", '"', "'", "«", "May 5", "on 30 February", "127/129", "\n", "Hội chợ", "İ", "🙂")
)
PIECE = WORD | FIGURE | OTHER | st.text(max_size=5)
QUESTION = st.lists(PIECE, max_size=20).map(" ".join)
DAY = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@given(QUESTION, QUESTION, DAY, st.none() | st.dates())
def test_times_are_read_whatever_is_typed(
    question: str, text: str, today: date, published: date | None
) -> None:
    times = times_of(question, today)
    for time in times:
        assert time.described()
        assert (time.since is None) == (time.until is None)
        assert time.since is None or time.until is None or time.since <= time.until
    assert 0 <= agreement(times, text, published) <= 1
    assert bool(naming_terms(times)) == bool(times)
    assert without_relative(question, times).split() or not question.split()


@given(QUESTION, QUESTION)
def test_what_holds_a_part_has_its_terms(question: str, text: str) -> None:
    parts = required_parts(question)
    for part in parts_held(parts, "", f"{text} {parts[0]}" if parts else text):
        terms = terms_of(f"{text} {parts[0]}").folded()
        assert {*terms.syllables, *terms.pairs}.issuperset(required_terms(part))
    assert parts_held(parts, "", question)[:1] == parts[:1]


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(0, 1), st.integers(0, 3)), max_size=20))
def test_more_required_parts_always_stand_above_fewer(rows: list[tuple[float, float, int]]) -> None:
    scores, of_time, held = (np.array(column) for column in zip(*rows, strict=True)) if rows else (
        np.zeros(0), np.zeros(0), np.zeros(0, np.int64)
    )  # fmt: skip
    new = preferred(scores, of_time, held)
    for first in range(len(rows)):
        for second in range(len(rows)):
            if held[first] > held[second]:
                assert new[first] > new[second]
