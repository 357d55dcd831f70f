"""Search by words: a Tantivy index derived from the store.

It holds each passage's syllables and syllable pairs, with accents and folded, and the title's, of
the text with long forms for short ones (`index.abbreviations.expand_and_keep`).
`index.lexical_writing` keeps it so.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.among import Among, ids_among
from index.errors import IndexDamagedError
from index.lexical_schema import (
    EXACT_FIELDS,
    FOLDED_FIELDS,
    FOLDER_NAME,
    folding,
    lexical_schema,
    register,
)
from index.lexical_weights import field_of, imagined_idf, weighted_terms
from index.scores import Scores, ranked


class LexicalSearcher:
    """An unchanging view of the Tantivy index; searches may run in several threads."""

    def __init__(self, folder: Path) -> None:
        """Open the index as it was last committed; raise ValueError or OSError if it cannot be."""
        self._folder = folder
        self._schema = lexical_schema()
        self._searcher = _open_searcher(folder / FOLDER_NAME)
        self._folding = folding()

    def search(
        self,
        text: str,
        k: int,
        *,
        among: Among = None,
        holding: Sequence[Sequence[str]] = (),
    ) -> Scores:
        """Return at most ``k`` passages that share terms with the text, best first.

        BM25 (k1 1.2, b 0.75; Robertson and Zaragoza 2009) over five fields, summed with weights.
        A text without accents is looked for in the folded fields alone: there "toi" is meant as
        "tôi", "tối" or "tới". ``among`` limits the search to some passages, ``holding`` to those
        that have all the folded terms of one of its alternatives.
        """
        clauses = [
            (tantivy.Occur.Should, self._clause(one.field, one.term, one.weight))
            for one in weighted_terms(text, self._folding)
        ]
        if not clauses or k < 1:
            return Scores(np.empty(0, np.int64), np.empty(0, np.float32))
        query = tantivy.Query.boolean_query(clauses)
        ids = ids_among(among)
        limits = [self._among(ids)] if ids is not None else []
        limits += [self._holding(holding)] if holding else []
        if limits:
            unscored = [tantivy.Query.const_score_query(limit, 0.0) for limit in limits]
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, one) for one in (*unscored, query)]
            )
        with self._guarded():
            found = self._searcher.search(query, k, count=False).hits
            hits = self._searcher.fast_field_values("passage_id", [a for _, a in found])
        scores = np.array([score for score, _ in found], dtype=np.float32)
        return ranked(np.array(hits, dtype=np.int64), scores)

    def idf(self, syllable: str, *, folded: bool) -> float:
        """Return the inverse document frequency of a lower-case syllable, above 0.

        As `index.lexical_weights.imagined_idf` says.
        """
        field = "folded_syllables" if folded else "exact_syllables"
        return imagined_idf(self._frequency(field, syllable), self._searcher.num_docs)

    def word_count(self, word: str) -> int:
        """Return in how many passages a word stands (`index.word_statistics`)."""
        return self._frequency("exact_syllables", word)

    def pair_count(self, first: str, second: str) -> int:
        """Return in how many passages the second word stands right after the first."""
        return self._frequency("exact_pairs", f"{first}_{second}")

    def count(self) -> int:
        """Return how many passages the index holds."""
        return int(self._searcher.num_docs)

    def read_through(self) -> None:
        """Read every term of every field; raise `IndexDamagedError` where one cannot be."""
        with self._guarded():
            for field in (*EXACT_FIELDS, *FOLDED_FIELDS):
                self._searcher.terms_with_prefix(field, "")

    def _frequency(self, field: str, term: str) -> int:
        with self._guarded():
            return int(self._searcher.doc_freq(field, term))

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Tell damage from a bug: on damaged files Tantivy panics, which is no Exception."""
        try:
            yield
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:
            raise IndexDamagedError(
                f"{self._folder / FOLDER_NAME}: chỉ mục từ bị hỏng;"
                " hãy xóa thư mục này rồi chạy lại:"
                f" python -m index sync THƯ_MỤC --index {self._folder}"
            ) from error

    def _among(self, ids: NDArray[np.int64]) -> tantivy.Query:
        return tantivy.Query.term_set_query(self._schema, "passage_id", ids.tolist())

    def _holding(self, alternatives: Sequence[Sequence[str]]) -> tantivy.Query:
        """Return what finds the passages with all folded terms of one alternative."""
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, self._all_of(terms)) for terms in alternatives]
        )

    def _all_of(self, terms: Sequence[str]) -> tantivy.Query:
        return tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Must,
                    self._clause(field_of(term), term, 1.0),
                )
                for term in terms
            ]
        )

    def _clause(self, field: str, term: str, weight: float) -> Any:  # noqa: ANN401 - untyped library
        query = tantivy.Query.term_query(self._schema, field, term, "freq")
        return tantivy.Query.boost_query(query, weight)


def _open_searcher(path: Path) -> tantivy.Searcher:
    """Open Tantivy's files; where no lock may be written, by way of links in a folder of its own.

    They are mapped into memory, so that the links need not stay.
    """
    if os.access(path, os.W_OK) or not path.exists():
        return register(tantivy.Index.open(str(path))).searcher()
    with TemporaryDirectory() as links:
        for file in path.iterdir():
            if not file.name.endswith(".lock"):
                Path(links, file.name).symlink_to(file.absolute())
        return register(tantivy.Index.open(links)).searcher()
