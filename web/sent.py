"""What the browser sends with an event of `evaluation.js`: anything may be in it."""

from dataclasses import dataclass
from typing import Any

_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Sent:
    """The data of the control that was used, and of a form its fields.

    What is malformed is as if it were not there.
    """

    data: dict[str, Any]

    def text(self, name: str) -> str:
        """Return what a control says of itself."""
        value = self.data.get(name)
        return value[:_MOST] if isinstance(value, str) else ""

    def whole(self, name: str) -> int:
        """Return a whole number that a control says of itself; 0 where it is none."""
        return _whole(self.text(name), 0)

    def fields(self, name: str) -> list[str]:
        """Return all values of a field."""
        fields = self.data.get("fields")
        values = fields.get(name) if isinstance(fields, dict) else None
        listed = values if isinstance(values, list) else []
        return [value[:_MOST] for value in listed if isinstance(value, str)]

    def field(self, name: str) -> str:
        """Return the first value of a field."""
        return next(iter(self.fields(name)), "")

    def number(self, name: str, usual: int, least: int, most: int) -> int:
        """Return a field's whole number within bounds; where it is none, the usual one."""
        return min(max(_whole(self.field(name), usual), least), most)


def sent(event: object) -> Sent:
    """Return what came with an event of Gradio's."""
    data = getattr(event, "data", None)
    return Sent(data if isinstance(data, dict) else {})


def _whole(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else usual  # noqa: PLR2004
