"""What the documents of an index say of a short form."""

from collections.abc import Collection, Sequence

from index.candidates import Snapshot
from index.records import Abbreviation

_PASSAGES = 1000
"""How many passages that hold a short form are looked at; one held by more is common anyway."""


class LearnedAbbreviations:
    """The definitions of a snapshot's documents, and how widely a short form is used."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def definitions(self, keys: Collection[str]) -> Sequence[Abbreviation]:
        """Return what documents define, as `index.store.Store.abbreviations` does."""
        snapshot = self._snapshot
        return snapshot.store.abbreviations(keys, generation=snapshot.manifest.generation)

    def documents_with(self, short: str) -> int:
        """Return how many documents hold a short form, in their text or title."""
        snapshot = self._snapshot
        ids = snapshot.lexical.search(short, _PASSAGES).ids.tolist()
        return snapshot.store.document_count(ids, generation=snapshot.manifest.generation)
