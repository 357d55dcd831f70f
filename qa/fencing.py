"""What a document orders its reader to do is not read: blanks stand in its place.

Offsets hold, so that what is chosen from such a passage is a span of the stored text as ever.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from documents.orders import find_orders
from index.hit import Hit

_TEXTS_REMEMBERED = 2048  # the same passages are found again and again


def without_orders(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits with blanks for every sentence that gives orders to a machine.

    A hit of which nothing is left is left out.
    """
    fenced = [_fenced(hit) for hit in hits]
    return [hit for hit in fenced if hit.passage.text.strip()]


def as_found(hits: Sequence[Hit], found: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits with their passages as they were found, orders and all, to be shown.

    What was read in them for the question is eight times as large, and left out.
    """
    passages = {(hit.passage.document, hit.passage.start): hit.passage for hit in found}
    return tuple(
        replace(hit, passage=passages[hit.passage.document, hit.passage.start], reading=None)
        for hit in hits
    )


def _fenced(hit: Hit) -> Hit:
    text = _blanked(hit.passage.text)
    if text == hit.passage.text:
        return hit
    return replace(hit, passage=replace(hit.passage, text=text))


@lru_cache(_TEXTS_REMEMBERED)
def _blanked(text: str) -> str:
    for order in find_orders(text):
        text = text[: order.start] + " " * (order.end - order.start) + text[order.end :]
    return text
