"""Keep the Tantivy index equal to the store.

`stamp.json` says what it holds: every visible passage up to an id, and removals up to a generation.
"""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import tantivy

from index.lexical_schema import FOLDER_NAME, lexical_schema, register
from index.manifest import write_json
from index.store import Store
from index.stored_terms import terms_of_stored
from index.terms import PassageTerms

_HEAP_BYTES = 128_000_000


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the searcher holds: passages up to ``newest``, removals up to ``generation``."""

    newest: int = 0
    generation: int = 0


class PassageWriter:
    """Brings in the passages of a generation, in as many steps as the caller likes.

    Tantivy works on what it was given in a thread of its own. Nothing is kept before `commit`, and
    whatever an interrupted writer left is overwritten by the next. Passages that were removed stay
    until `drop_passages`.
    """

    def __init__(self, folder: Path, store: Store, *, generation: int) -> None:
        self._folder = folder
        self._store = store
        self._generation = generation
        self._stamp = _read_stamp(folder)
        self._newest = self._stamp.newest
        self._index = _open_index(folder)
        self._writer: tantivy.IndexWriter | None = None

    def catch_up(self) -> None:
        """Give Tantivy the visible passages that it was not given yet, read from the store."""
        for stored in self._store.passages_after(self._newest, generation=self._generation):
            self.add(stored.passage_id, terms_of_stored(stored))

    def add(self, passage_id: int, terms: PassageTerms) -> None:
        """Give Tantivy the next passage, whose id is above all that it was given before."""
        if self._writer is None:
            self._writer = self._open_writer()
        self._writer.add_document(_as_tantivy(passage_id, terms))
        self._newest = passage_id

    def commit(self) -> None:
        """Keep what was given; the writer cannot be used afterwards."""
        if self._writer is not None:
            self._writer.commit()
            self._writer.wait_merging_threads()
        _write_stamp(self._folder, Stamp(self._newest, self._stamp.generation))

    def _open_writer(self) -> tantivy.IndexWriter:
        writer = _writer_of(self._folder, self._index)
        unfinished = tantivy.Query.range_query(
            lexical_schema(),
            "passage_id",
            tantivy.FieldType.Unsigned,
            self._stamp.newest,
            None,
            include_lower=False,
        )
        writer.delete_documents_by_query(unfinished)
        return writer


def add_passages(folder: Path, store: Store, *, generation: int) -> None:
    """Bring in the passages visible at a generation that the index does not hold yet."""
    writer = PassageWriter(folder, store, generation=generation)
    writer.catch_up()
    writer.commit()


def drop_passages(folder: Path, store: Store, *, generation: int) -> None:
    """Take out the passages removed up to a generation."""
    stamp = _read_stamp(folder)
    removed = store.ids_removed(after=stamp.generation, until=generation)
    if len(removed):
        writer = _writer_of(folder, _open_index(folder))
        # Not delete_documents_by_term: on an unsigned field it deletes nothing, silently.
        gone = tantivy.Query.term_set_query(lexical_schema(), "passage_id", removed.tolist())
        writer.delete_documents_by_query(gone)
        writer.commit()
        writer.wait_merging_threads()
    if stamp.generation != generation:
        _write_stamp(folder, Stamp(stamp.newest, generation))


def reset(folder: Path) -> None:
    """Delete the index; the next `add_passages` makes it again from the store."""
    shutil.rmtree(folder / FOLDER_NAME, ignore_errors=True)


def _read_stamp(folder: Path) -> Stamp:
    """Return the stamp; of an index that cannot be opened, an empty one, and make it new."""
    try:
        stamp = Stamp(**json.loads((folder / FOLDER_NAME / "stamp.json").read_text("utf-8")))
        tantivy.Index.open(str(folder / FOLDER_NAME))
    except (OSError, ValueError, TypeError):
        reset(folder)
        return Stamp()
    return stamp


def _write_stamp(folder: Path, stamp: Stamp) -> None:
    write_json(folder / FOLDER_NAME / "stamp.json", asdict(stamp))


def _open_index(folder: Path) -> tantivy.Index:
    path = folder / FOLDER_NAME
    path.mkdir(parents=True, exist_ok=True)
    return register(tantivy.Index(lexical_schema(), str(path)))


def _writer_of(folder: Path, index: tantivy.Index) -> tantivy.IndexWriter:
    """Open Tantivy's writer, where one that was killed left a list of deleted passages.

    Tantivy gives the next one the same name, and does not overwrite it.
    """
    path = folder / FOLDER_NAME
    for stray in set(path.glob("*.del")) - _deletions(path):
        stray.unlink(missing_ok=True)
    return index.writer(_HEAP_BYTES, 1)


def _deletions(path: Path) -> set[Path]:
    """Return the lists of deleted passages that belong to the last commit."""
    segments = json.loads((path / "meta.json").read_text(encoding="utf-8"))["segments"]
    return {
        path / f"{segment['segment_id'].replace('-', '')}.{segment['deletes']['opstamp']}.del"
        for segment in segments
        if segment["deletes"]
    }


def _as_tantivy(passage_id: int, terms: PassageTerms) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("passage_id", passage_id)
    document.add_text("exact_syllables", terms.syllables)
    document.add_text("exact_pairs", terms.pairs)
    document.add_text("folded_syllables", terms.syllables)
    document.add_text("folded_pairs", terms.pairs)
    document.add_text("title", terms.title)
    return document
