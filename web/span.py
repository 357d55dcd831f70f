"""What of a document is shown as evidence, and where it is now."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """What to highlight: the place and the text that was cited, and its marker (0: a lead)."""

    document: str
    start: int
    end: int
    quote: str
    marker: int = 0


def locate(text: str, span: Span) -> int | None:
    """Return where the quote starts: its place, else the nearest equal text, else None."""
    if not span.quote:
        return None
    if text[span.start : span.end] == span.quote:
        return span.start
    found = [
        text.rfind(span.quote, 0, span.start + len(span.quote)),
        text.find(span.quote, span.start),
    ]
    found = [place for place in found if place >= 0]
    return min(found, key=lambda place: (abs(place - span.start), place), default=None)
