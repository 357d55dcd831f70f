"""Pairs (what one asks, the passage that tells) made from packed passages at random."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.packing import PackedCorpus, Ragged

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PairSettings:
    """How pairs are made; every number but the last two is a probability.

    Attributes
    ----------
    title_query, lead_query
        That the query is the title, the lead (if there is one).
    keyword_query, span_query
        That a sentence as query is thinned to some of its words, cut to a run of them.
    keep_sentence
        That the sentence asked with stays in the passage.
    title_in_front
        That the passage begins with its title, as passages do in an index.
    title_in_query
        That the title goes before a sentence as query, as people name what they ask about.
    unaccented, half_accented
        That the query loses all, about half of its accents.
    run
        How many neighbouring passages are drawn together, as each other's hard negatives.
    longest
        Tokens of a passage beyond this many are cut.
    """

    title_query: float = 0.12
    lead_query: float = 0.12
    keyword_query: float = 0.35
    span_query: float = 0.35
    keep_sentence: float = 0.1
    title_in_front: float = 0.4
    title_in_query: float = 0.25
    unaccented: float = 0.4
    half_accented: float = 0.1
    run: int = 4
    longest: int = 300


@dataclass(frozen=True, slots=True)
class Pair:
    """One query and its passage, as token ids.

    ``group`` is the article; a ``topical`` query asks for each passage of the group alike.
    ``passage_id`` tells passages apart.
    """

    query: Ids
    passage: Ids
    group: int
    passage_id: int
    topical: bool


def draw_starts(size: int, *, run: int, generator: np.random.Generator) -> NDArray[np.int64]:
    """Return the first passages of runs that cover so many passages once, in random order."""
    shift = int(generator.integers(run))
    starts = np.arange(-shift, size, run)
    return generator.permutation(np.clip(starts, 0, max(0, size - run)))


class PairMaker:
    """Makes pairs from one corpus.

    Parameters
    ----------
    corpus
        Passages; those with questions are asked for by their questions.
    folded
        For every token id, the id without accents.
    settings
        How pairs are made.
    """

    def __init__(self, corpus: PackedCorpus, folded: Ids, settings: PairSettings) -> None:
        self._corpus = corpus
        self._folded = folded
        self._settings = settings

    def make(self, number: int, generator: np.random.Generator) -> Pair | None:
        """Return a pair for a passage, or ``None`` where its query or the rest has no tokens."""
        corpus, settings = self._corpus, self._settings
        title = corpus.titles[number].astype(np.int64)
        sentences = _rows(corpus.sentences, corpus.sentence_starts, number)
        questions = _rows(corpus.questions, corpus.question_starts, number)
        topical = False
        kind = generator.random()
        if questions:
            query = questions[int(generator.integers(len(questions)))]
        elif len(title) and kind < settings.title_query:
            query, topical = title, True
        elif len(corpus.leads[number]) and kind < settings.title_query + settings.lead_query:
            query, topical = corpus.leads[number].astype(np.int64), True
        else:
            query, sentences = self._cloze(sentences, generator)
            if generator.random() < settings.title_in_query:
                query = np.concatenate([title, query])
        passage = np.concatenate([title, *sentences] if self._in_front(generator) else sentences)
        if not len(query) or not len(passage):
            return None
        query = drop_accents(query, self._folded, settings, generator)
        group = int(corpus.groups[number])
        return Pair(query, passage[: settings.longest], group, number, topical)

    def _in_front(self, generator: np.random.Generator) -> bool:
        return bool(generator.random() < self._settings.title_in_front)

    def _cloze(self, sentences: list[Ids], generator: np.random.Generator) -> tuple[Ids, list[Ids]]:
        """Return a random sentence, whole or in part, and the sentences that stay."""
        if not sentences:
            return np.empty(0, np.int64), sentences
        chosen = int(generator.integers(len(sentences)))
        query = sentences[chosen]
        stays = len(sentences) == 1 or generator.random() < self._settings.keep_sentence
        rest = sentences if stays else sentences[:chosen] + sentences[chosen + 1 :]
        kind = generator.random()
        if kind < self._settings.keyword_query:
            query = query[generator.random(len(query)) < generator.uniform(0.3, 0.8)]
        elif kind < self._settings.keyword_query + self._settings.span_query:
            length = int(generator.integers(4, 16))
            start = int(generator.integers(max(1, len(query) - length + 1)))
            query = query[start : start + length]
        return query, rest


def drop_accents(
    query: Ids, folded: Ids, settings: PairSettings, generator: np.random.Generator
) -> Ids:
    """Return the query with all, half or none of its accents, at random."""
    kind = generator.random()
    if kind < settings.unaccented:
        return folded[query]
    if kind < settings.unaccented + settings.half_accented:
        return np.where(generator.integers(2, size=len(query)) == 0, folded[query], query)
    return query


def _rows(ragged: Ragged, starts: NDArray[np.int64], number: int) -> list[Ids]:
    rows = range(int(starts[number]), int(starts[number + 1]))
    return [ragged[row].astype(np.int64) for row in rows]
