"""What a document orders its reader to do is not read: blanks stand in its place.

Offsets hold, so that what is chosen from such a passage is a span of the stored text as ever.
"""

from collections.abc import Sequence
from dataclasses import replace

from documents.document import Passage
from documents.orders import find_orders
from index.hit import Hit


def without_orders(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits with blanks for every sentence that gives orders to a machine.

    A hit of which nothing is left is left out.
    """
    fenced = [replace(hit, passage=_blanked(hit.passage)) for hit in hits]
    return [hit for hit in fenced if hit.passage.text.strip()]


def as_found(hits: Sequence[Hit], found: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits with their passages as they were found, orders and all."""
    passages = {(hit.passage.document, hit.passage.start): hit.passage for hit in found}
    return tuple(
        replace(hit, passage=passages[hit.passage.document, hit.passage.start]) for hit in hits
    )


def _blanked(passage: Passage) -> Passage:
    text = passage.text
    for order in find_orders(text):
        text = text[: order.start] + " " * (order.end - order.start) + text[order.end :]
    return passage if text is passage.text else replace(passage, text=text)
