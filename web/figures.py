"""Numbers and times as each language of the page writes them."""

from datetime import date, datetime


class Figures:
    """The Vietnamese way: ``12.345``, ``0,5``, ``26/11/2020``."""

    def grouped(self, number: int) -> str:
        """Return a whole number with its thousands apart."""
        return f"{number:,}".replace(",", ".")

    def decimal(self, number: float, places: int) -> str:
        """Return a number with so many decimals."""
        return f"{number:.{places}f}".replace(".", ",")

    def day(self, day: date | None) -> str:
        """Return a day, or an empty string for an unknown one."""
        return f"{day.day:02}/{day.month:02}/{day.year:04}" if day else ""

    def moment(self, stamp: str) -> str:
        """Return a UTC ISO 8601 time as local hours, minutes and day."""
        when = datetime.fromisoformat(stamp).astimezone()
        return f"{when:%H:%M} {self.day(when.date())}"

    def megabytes(self, count: int) -> str:
        """Return a number of bytes in megabytes."""
        return f"{self.decimal(count / 1e6, 1)} MB"


class EnglishFigures(Figures):
    """The English way: ``12,345``, ``0.5``, ``26 Nov 2020``."""

    def grouped(self, number: int) -> str:
        """Return a whole number with its thousands apart."""
        return f"{number:,}"

    def decimal(self, number: float, places: int) -> str:
        """Return a number with so many decimals."""
        return f"{number:.{places}f}"

    def day(self, day: date | None) -> str:
        """Return a day, or an empty string for an unknown one."""
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year:04}" if day else ""


def counted(number: str, noun: str) -> str:
    """Return a number with its English noun, in the plural unless it is one."""
    return f"{number} {noun}" if number == "1" else f"{number} {noun}s"


# Not `strftime`: its names are those of the machine's locale.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
