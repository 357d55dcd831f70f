"""What a search found, as JSON: one form for the command and for other programs."""

from collections.abc import Sequence
from typing import Any

from index.explaining import explain
from index.hit import Hit
from index.query import Query


def search_report(typed: str, query: Query, hits: Sequence[Hit]) -> dict[str, Any]:
    """Return what ``python -m index search --json`` prints.

    Parameters
    ----------
    typed
        The query as it was typed.
    query
        As it was understood.
    """
    return {
        "query": typed,
        "understood": query.text,
        "times": [time.as_json() for time in query.times],
        "required": list(query.required),
        "hits": [
            {
                **hit.as_json(),
                "why": explain(query.text, hit, required=query.required).as_json(),
            }
            for hit in hits
        ],
    }
