"""The documents of an index as an exam sees them: texts, and sentences that share words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from documents.document import Document, Passage
from documents.normalising import search_key, syllables
from documents.sentences import split_sentences
from index.abbreviations import expand, meanings_in
from index.lexical import LexicalSearcher
from index.manifest import read_manifest
from index.question_words import is_asking
from index.store import Store
from qa.function_words import is_function_word

NEAR = 25
"""How many passages are looked through for another answer."""
_MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Nearby:
    """A sentence found for a question: ``text`` begins at ``start`` of its document.

    Attributes
    ----------
    words
        Its syllables in lower case, short forms in full.
    """

    document: str
    start: int
    text: str
    words: frozenset[str]


class Corpus:
    """What is published in an index folder; read only, no model needed."""

    def __init__(self, folder: Path) -> None:
        """Open an index; raise `IndexMissingError` or `IndexDamagedError` where there is none."""
        self._generation = read_manifest(folder).generation
        self._store = Store(folder)
        self._lexical = LexicalSearcher(folder)
        self._idf = lru_cache(_MOST_KEPT)(partial(self._lexical.idf, folded=False))
        self._sentences: dict[int, list[Nearby]] = {}

    def close(self) -> None:
        """Close the store; the corpus cannot be used afterwards."""
        self._store.close()

    def paths(self) -> list[str]:
        """Return the paths of the documents, in order."""
        return [info.path for info in self._store.documents(generation=self._generation)]

    def document(self, path: str) -> Document | None:
        """Return a document with its text, or None."""
        return self._store.document(path, generation=self._generation)

    def near(self, question: str) -> Iterator[Nearby]:
        """Yield the sentences of the passages that share most words with a question, best first."""
        found = self._lexical.search(long_forms(question), NEAR).ids.tolist()
        unread = [key for key in found if key not in self._sentences]
        passages = self._store.passages(unread, generation=self._generation)
        if len(self._sentences) > _MOST_KEPT:
            self._sentences.clear()
            passages = self._store.passages(found, generation=self._generation)
        for key, stored in passages.items():
            self._sentences[key] = list(_sentences(stored.passage))
        for key in found:
            yield from self._sentences.get(key, ())

    def share_held(self, words: Sequence[str], near: Nearby) -> float:
        """Return how much of some words a sentence holds, 0 to 1, rare ones counting more."""
        weights = [(self._idf(word), word in near.words) for word in words]
        total = sum(weight for weight, _ in weights)
        return sum(weight for weight, is_held in weights if is_held) / total if total else 0.0


def _sentences(passage: Passage) -> Iterator[Nearby]:
    for span in split_sentences(passage.text):
        text = passage.text[span.start : span.end]
        words = frozenset(syllables(search_key(long_forms(text))))
        yield Nearby(passage.document, passage.start + span.start, text, words)


def content_words(text: str) -> list[str]:
    """Return the words of a question that say what it is about, each once, in order."""
    words = dict.fromkeys(syllables(search_key(long_forms(text))))
    return [
        word for word in words if not is_function_word(word, folded=False) and not is_asking(word)
    ]


def long_forms(text: str) -> str:
    """Return the text with the bundled short forms in full."""
    return expand(text, meanings_in(text, {}))
