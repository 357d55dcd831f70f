"""A library that changes at random, its index, and what every reader of it must find."""

import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from documents.folder import FolderSource
from documents.loading import load
from index.dense import load_searcher
from index.embedding import Embedder
from index.lexical import LexicalSearcher
from index.manifest import read_manifest
from index.query import Query
from index.retriever import Retriever
from index.store import Store
from index.syncing import sync
from index.verifying import find_problems

EVERYWHERE = "nước"
"""A word of every paragraph."""
ALL = 10_000
State = dict[str, str]
"""Path → text of every document."""


class Library:
    """A folder of articles that changes at random, and remembers what it should hold."""

    def __init__(self, folder: Path, chance: random.Random, *, documents: int) -> None:
        self.folder = folder
        self._chance = chance
        self._paragraphs: dict[str, list[str]] = {}
        self._texts: State = {}
        self._count = 0
        for _ in range(documents):
            self._add()

    def change(self) -> None:
        """Add, edit, move, remove and swap a few articles."""
        acts = [self._add, self._edit, self._edit, self._move, self._remove, self._swap]
        for act in self._chance.choices(acts, k=self._chance.randint(1, 6)):
            act()

    def state(self) -> State:
        """Return what an index of the folder should hold now."""
        return dict(self._texts)

    def _add(self) -> None:
        path = f"{self._chance.choice(['', 'xã/', 'xã/thôn/'])}bài {self._number()}.txt"
        self._write(path, [self._paragraph() for _ in range(self._chance.randint(1, 6))])

    def _edit(self) -> None:
        path = self._any()
        paragraphs = list(self._paragraphs[path])
        paragraphs[self._chance.randrange(len(paragraphs))] = self._paragraph()
        self._write(path, paragraphs)

    def _move(self) -> None:
        path, other = self._any(), f"dời {self._number()}.txt"
        (self.folder / path).rename(self.folder / other)
        self._paragraphs[other] = self._paragraphs.pop(path)
        del self._texts[path]
        self._texts[other] = load(self.folder, other).text

    def _remove(self) -> None:
        if len(self._paragraphs) > 5:
            path = self._any()
            (self.folder / path).unlink()
            del self._paragraphs[path], self._texts[path]

    def _swap(self) -> None:
        one, other = self._any(), self._any()
        held = self._paragraphs[one]
        self._write(one, self._paragraphs[other])
        self._write(other, held)

    def _any(self) -> str:
        return self._chance.choice(sorted(self._paragraphs))

    def _write(self, path: str, paragraphs: list[str]) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n\n".join(paragraphs), encoding="utf-8")
        self._paragraphs[path] = paragraphs
        self._texts[path] = load(self.folder, path).text

    def _paragraph(self) -> str:
        number = self._number()
        filler = " ".join(self._chance.choices(["sông", "lúa", "đê", "mưa", "đò"], k=90))
        return f"Chuyện {number}: {EVERYWHERE} lên ở làng mang số {number}, {filler}."

    def _number(self) -> int:
        self._count += 1
        return self._count


@dataclass
class Trial:
    """A library, its index, and what each published generation should say."""

    library: Library
    index: Path
    embedder: Embedder
    states: dict[int, State] = field(default_factory=lambda: {0: {}})

    def sync(self) -> None:
        """Sync undisturbed; what it publishes is the library as it is."""
        self.expect()
        sync(FolderSource(self.library.folder), self.index, embedder=self.embedder)

    def expect(self) -> None:
        """Remember what the next generation should say.

        It is the one after the next where the first of all was killed between store and manifest.
        """
        generation = self.generation()
        for ahead in (1, 2):
            self.states[generation + ahead] = self.library.state()

    def generation(self) -> int:
        """Return the last published generation."""
        exists = (self.index / "manifest.json").exists()
        return read_manifest(self.index).generation if exists else 0

    def open(self) -> Retriever:
        """Open a reader."""
        return Retriever(self.index, self.embedder)

    def check_as_fresh(self, index: Path) -> None:
        """Check that the index tells of its documents what one made anew does."""
        sync(FolderSource(self.library.folder), index, embedder=self.embedder)
        known = [
            [(one.path, one.title, one.source, one.published) for one in reader.documents()]
            for reader in (self.open(), Retriever(index, self.embedder))
        ]
        assert known[0] == known[1]

    def forget(self) -> None:
        """Begin again without an index."""
        shutil.rmtree(self.index)
        self.states = {0: {}}

    def check_clean(self) -> None:
        """Check that all parts hold exactly what the library does, each passage once."""
        assert find_problems(self.index) == []
        reader = self.open()
        check(reader, self.library.state())
        manifest = read_manifest(self.index)
        store = Store(self.index)
        held = store.ids_visible(generation=manifest.generation).tolist()
        words = LexicalSearcher(self.index).search(EVERYWHERE, ALL)
        assert sorted(words.ids.tolist()) == held
        vector = self.embedder.embed_query(EVERYWHERE)
        meaning = load_searcher(self.index, store, manifest).search(vector, ALL)
        assert sorted(meaning.ids.tolist()) == held
        store.close()
        reader.close()
        names = [path.name for path in self.index.rglob("*") if path.is_file()]
        assert [name for name in names if ".tmp" in name] == []
        assert len([name for name in names if name.endswith(".faiss")]) == 1


def check(reader: Retriever | None, state: State) -> None:
    """Check that a reader answers exactly as a state says: every passage once, and no other."""
    if not reader:
        assert state == {}
        return
    assert [info.path for info in reader.documents()] == sorted(state)
    found: dict[str, list[tuple[int, int, str]]] = {}
    for hit in reader.search(Query(EVERYWHERE), ALL):
        passage = hit.passage
        found.setdefault(passage.document, []).append((passage.start, passage.end, passage.text))
    assert sorted(found) == sorted(state)
    for path, text in state.items():
        document = reader.document(path)
        assert document is not None
        assert document.text == text
        passages = sorted(found[path])
        assert "".join(part for _, _, part in passages) == text
        assert [start for start, _, _ in passages] == [0, *(end for _, end, _ in passages[:-1])]


def trial_of(folder: Path, embedder: Embedder, *, seed: int) -> Trial:
    chance = random.Random(seed)  # noqa: S311 - the same changes every time
    library = Library(folder / "bài", chance, documents=24)
    trial = Trial(library, folder / "index", embedder)
    trial.sync()
    return trial
