"""A time that a question names."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Time:
    """A day or a range of days; without its year, a day or a month of every year.

    Attributes
    ----------
    text
        The words that name it.
    since, until
        Its first and last day; None of a day or month without its year.
    month, day
        Of a time without its year; a month alone has no day.
    is_relative
        Whether it depends on the day the question is asked: "năm ngoái".
    is_year
        Whether it is only a year's number, which says little of when a text was published.
    """

    text: str
    since: date | None = None
    until: date | None = None
    month: int | None = None
    day: int | None = None
    is_relative: bool = False
    is_year: bool = False

    def holds(self, day: date) -> bool:
        """Return whether a day lies in the time, of any year where none is named."""
        if self.since is None or self.until is None:
            return day.month == self.month and self.day in (None, day.day)
        return self.since <= day <= self.until

    def described(self) -> str:
        """Return the time in figures: ``26/11/2020``, ``11/2020``, ``2020``, or first–last day."""
        if self.since is None or self.until is None:
            return f"{self.day:02}/{self.month:02}" if self.day else f"tháng {self.month}"
        if (self.since, self.until) == months(self.since.year, 1, 12):
            return f"{self.since.year}"
        if (self.since, self.until) == months(self.since.year, self.since.month):
            return f"{self.since:%m/%Y}"
        first, last = f"{self.since:%d/%m/%Y}", f"{self.until:%d/%m/%Y}"
        return first if first == last else f"{first}–{last}"

    def as_json(self) -> dict[str, object]:
        """Return the time in the form of the commands' JSON."""
        return {
            "text": self.text,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
        }


def months(year: int, first: int, last: int | None = None) -> tuple[date, date]:
    """Return the first and the last day of a month, or of several in a row."""
    last = last or first
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
