"""What the browser sends as filters, checked."""

from datetime import date

import pytest

from index.query import Query
from index.records import DocumentInfo
from web.filters import Filters, filters_of, kinds_of, sources_of, timeline


def info(path: str, source: str = "", published: date | None = None) -> DocumentInfo:
    return DocumentInfo(path, path, source, published, 1)


@pytest.mark.parametrize(
    ("value", "filters"),
    [
        ({}, Filters()),
        (None, Filters()),
        ([1], Filters()),
        ({"since": "2020-11-26", "kind": ".PDF"}, Filters(since=date(2020, 11, 26), kind="pdf")),
        (
            {"since": "2021-01-01", "until": "2020-01-01"},
            Filters(date(2020, 1, 1), date(2021, 1, 1)),
        ),
        ({"since": "ngày mai", "until": 7, "source": ["x"], "documents": "a"}, Filters()),
        ({"documents": ["a", "a", 7, "", "b"]}, Filters(documents=("a", "b"))),
        ({"source": "\ud800"}, Filters()),
        ({"source": "x" * 2000}, Filters()),
    ],
)
def test_only_what_is_well_formed_limits(value: object, filters: Filters) -> None:
    assert filters_of(value) == filters
    assert bool(filters) == (filters != Filters())
    assert filters_of(filters.as_json()) == filters


def test_a_query_takes_the_limits_and_keeps_its_words() -> None:
    filters = Filters(date(2020, 1, 1), None, "báo", "pdf", ("a.pdf",))
    query = filters.of(Query("ai", asked=date(2024, 1, 1)))
    assert (query.text, query.asked) == ("ai", date(2024, 1, 1))
    assert (query.since, query.source, query.kind, query.documents) == (
        date(2020, 1, 1),
        "báo",
        "pdf",
        ("a.pdf",),
    )


def test_sources_come_by_frequency_and_kinds_by_name() -> None:
    documents = [info("a.txt", "b"), info("b.PDF", "a"), info("c.txt", "b"), info("d", "c")]
    assert sources_of(documents) == ["b", "a", "c"]
    assert kinds_of(documents) == ["pdf", "txt"]


def test_a_short_time_is_shown_by_month_with_its_gaps() -> None:
    days = [date(2020, 11, 26), date(2020, 11, 3), date(2021, 1, 31)]
    bars = timeline([info(str(day), published=day) for day in days])
    assert [(bar.since, bar.until, bar.count) for bar in bars] == [
        (date(2020, 11, 1), date(2020, 11, 30), 2),
        (date(2020, 12, 1), date(2020, 12, 31), 0),
        (date(2021, 1, 1), date(2021, 1, 31), 1),
    ]


def test_a_long_time_is_shown_by_year() -> None:
    bars = timeline([info("a", published=date(1945, 9, 2)), info("b", published=date(2024, 2, 29))])
    assert (bars[-1].since, bars[-1].until, bars[-1].count) == (
        date(2024, 1, 1),
        date(2024, 12, 31),
        1,
    )
    assert len(bars) == 40
    assert timeline([info("a")]) == []
