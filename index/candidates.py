"""Which passages are considered for a question, and what they score before any reranking."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.among import Allowed, Among
from index.fusion import Fused, fuse, prefer
from index.manifest import Manifest
from index.query import Query
from index.question_times import without_relative
from index.required import parts_held, required_terms
from index.scores import Scores, merged
from index.searching import DenseSearch, LexicalSearch
from index.store import Store
from index.time_agreement import agreement, naming_terms
from index.times import Time

DENSE_WEIGHT = 0.35
"""Share of the dense score in the sum."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published generation: what a question works on from beginning to end."""

    manifest: Manifest
    store: Store
    lexical: LexicalSearch
    dense: DenseSearch


def words_of_search(query: Query) -> str:
    """Return what both searchers look for: the question without "năm ngoái" and the like.

    What those words mean is looked for by `find_candidates`; as words they only mislead.
    """
    return without_relative(query.text, query.times)


def find_candidates(
    snapshot: Snapshot, query: Query, vector: NDArray[np.float32], depth: int
) -> Fused:
    """Return the best ``depth`` passages of each search, best first by their fused scores.

    Beside the search by words and that by meaning there is one for each time of the question among
    the passages of that time, and one for its required parts among those that hold them: a
    passage may be wanted that is far down for its words alone. ``vector`` is that of
    `words_of_search`, shape (dimension,).
    """
    text, allowed = words_of_search(query), _allowed(snapshot, query)
    narrower: list[Among] = [allowed, *_published_then(snapshot, query)]
    by_words = merged(
        [
            *(snapshot.lexical.search(text, depth, among=ids) for ids in narrower),
            *(
                snapshot.lexical.search(text, depth, among=allowed, holding=terms)
                for terms in (*_naming(query.times), *_holding(query.required))
            ),
        ]
    )
    by_meaning = merged([snapshot.dense.search(vector, depth, among=ids) for ids in narrower])
    if not vector.any():
        by_meaning = Scores(by_meaning.ids[:0], by_meaning.values[:0])
    unscored = np.setdiff1d(by_words.ids, by_meaning.ids)
    if len(unscored) and len(by_meaning.ids):
        by_meaning = snapshot.dense.with_scores(by_meaning, vector, unscored)
    fused = fuse(by_words, by_meaning, dense_weight=DENSE_WEIGHT)
    return _preferring(snapshot, query, fused) if query.times or query.required else fused


def _allowed(snapshot: Snapshot, query: Query) -> Allowed | None:
    """Return the passages a query's filters allow, or None when it has none."""
    if not query.is_filtered:
        return None
    return Allowed(query, snapshot.store, snapshot.manifest.generation)


def _published_then(snapshot: Snapshot, query: Query) -> list[Allowed]:
    """Return for each time the passages published then that the filters allow.

    Not of a bare year, which says little of when a text was published, nor of days of every year.
    """
    return [
        Allowed(
            replace(
                query,
                since=max(time.since, query.since or time.since),
                until=min(time.until, query.until or time.until),
            ),
            snapshot.store,
            snapshot.manifest.generation,
        )
        for time in query.times
        if time.since and time.until and not time.is_year
    ]


def _naming(times: Sequence[Time]) -> list[Sequence[Sequence[str]]]:
    return [naming_terms(times)] if times else []


def _holding(required: Sequence[str]) -> list[Sequence[Sequence[str]]]:
    """Return what to look for: all required parts together, and each of several by itself."""
    terms = [required_terms(part) for part in required]
    together = tuple(dict.fromkeys(term for part in terms for term in part))
    alone = [[part] for part in terms] if len(terms) > 1 else []
    return [[together], *alone] if terms else []


def _preferring(snapshot: Snapshot, query: Query, fused: Fused) -> Fused:
    """Return the candidates in the order that the question's times and required parts ask for."""
    naming: frozenset[int] = frozenset()
    if query.times:
        found = snapshot.lexical.search(
            words_of_search(query),
            len(fused.ids),
            among=fused.ids,
            holding=naming_terms(query.times),
        )
        naming = frozenset(found.ids.tolist())
    stored = snapshot.store.passages(fused.ids.tolist(), generation=snapshot.manifest.generation)
    of_time = np.zeros(len(fused.ids))
    held = np.zeros(len(fused.ids), np.int64)
    for place, passage_id in enumerate(fused.ids.tolist()):
        if passage_id in stored:
            one = stored[passage_id]
            # Dates are read only where the index says that there may be some: reading takes
            # longer than the search.
            text = one.passage.text if passage_id in naming else ""
            of_time[place] = agreement(query.times, text, one.published)
            held[place] = len(parts_held(query.required, one.title, one.passage.text))
    return prefer(fused, of_time, held)
