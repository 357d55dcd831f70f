"""A measure of two runs."""

from dataclasses import dataclass

SURE = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """Second less first, with its 95 % interval and the chance of it by accident.

    Attributes
    ----------
    low, high
        Of second − first.
    count
        Questions or citations of the second run that the measure is about.
    """

    name: str
    first: float
    second: float
    low: float
    high: float
    p: float
    count: int

    @property
    def difference(self) -> float:
        """Second − first."""
        return self.second - self.first

    @property
    def is_sure(self) -> bool:
        """Whether chance alone would seldom do it."""
        return self.p < SURE
