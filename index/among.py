"""Which passages a search is limited to: a list, or what dates and a source allow."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.query import Query
from index.store import Store


@dataclass(frozen=True)
class Allowed:
    """The passages of a generation that a query's dates and source allow.

    A searcher that knows dates and sources itself need not ask for the list, which may be long.
    """

    query: Query
    store: Store
    generation: int

    @cached_property
    def ids(self) -> NDArray[np.int64]:
        """The passages by id, asked of the store once."""
        return self.store.ids_allowed(self.query, generation=self.generation)


Among = NDArray[np.int64] | Allowed | None
"""Passages by id, those allowed, or (None) all."""


def ids_among(among: Among) -> NDArray[np.int64] | None:
    """Return the list of the passages a search is limited to, or None when it is not."""
    return among.ids if isinstance(among, Allowed) else among
