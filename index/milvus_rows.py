"""The passages of a store as rows of a Milvus collection: what is new, what changed, what went."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.records import StoredPassage
from index.store import PLACED, VISIBLE_PASSAGE, Store


@dataclass(frozen=True, slots=True)
class Row:
    """A passage with its vector, and the generations that added and removed it."""

    stored: StoredPassage
    vector: NDArray[np.float32]
    added: int
    removed: int | None


class RowReader(Store):
    """Reads the store of an index folder for a collection."""

    def added(self, *, after: int, generation: int, most: int) -> Iterator[Sequence[Row]]:
        """Yield by id, at most so many at a time, the visible passages with an id above one."""
        while True:
            ids = self._ids(
                f"SELECT passage_id FROM passages p WHERE passage_id > :after"  # noqa: S608
                f" AND {VISIBLE_PASSAGE} ORDER BY 1 LIMIT :most",
                after=after,
                generation=generation,
                most=most,
            )
            if not len(ids):
                return
            yield self.rows(ids, generation=generation)
            after = int(ids[-1])

    def rows(self, ids: NDArray[np.int64], *, generation: int) -> Sequence[Row]:
        """Return the visible ones among some passages, by id, as their documents were then."""
        stored = self.passages(ids.tolist(), generation=generation)
        found = self._rows(
            "SELECT passage_id, added, removed, vector FROM passages"
            " WHERE passage_id IN (SELECT value FROM json_each(:ids)) ORDER BY 1",
            ids=json.dumps(ids.tolist()),
        )
        return [
            Row(stored[key], np.frombuffer(vector, np.float16).astype(np.float32), added, removed)
            for key, added, removed, vector in found
            if key in stored
        ]

    def moved(self, *, after: int, generation: int) -> NDArray[np.int64]:
        """Return the passages whose document has another path, source or date since then."""
        return self._ids(
            f"SELECT DISTINCT l.passage_id {PLACED} JOIN placements o"
            " ON o.passage_id = l.passage_id AND o.document_id != l.document_id"
            " JOIN documents old ON old.document_id = o.document_id"
            " WHERE d.added > :after AND d.added <= :generation"
            " AND (d.removed IS NULL OR d.removed > :generation)"
            " AND (old.source_key != d.source_key OR old.published IS NOT d.published"
            " OR old.path != d.path) ORDER BY 1",
            after=after,
            generation=generation,
        )
