"""What can come of a question."""

from enum import Enum


class Outcome(Enum):
    """What came of a question, the worst first."""

    WRONG = "wrong"
    """Answered, and wrong; or answered although the documents do not hold the answer."""
    REFUSED = "refused"
    """Refused although the documents hold the answer."""
    UNKNOWN = "unknown"
    """Nobody knows what is right."""
    RIGHT = "right"
