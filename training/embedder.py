"""Train the bundled static embedder: python -m training.embedder --data DIR --output DIR."""

import argparse
import logging
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from documents.command_line import run_command
from training.contrastive import FloatMatrix, Source, TrainingSettings, draw_batches, learn
from training.corpus import (
    QUESTION_FILES,
    TEXT_FILES,
    TrainingPassage,
    read_articles,
    read_questions,
    require_data,
)
from training.exporting import save_embedder
from training.packing import PackedCorpus, pack
from training.pairs import PairMaker, PairSettings
from training.vocabulary import UNKNOWN, TokenTables, build_tokenizer, count_words, token_tables

_LOG = logging.getLogger(__name__)
_COUNTED = 1 / 3  # of the articles is enough to tell frequent words from rare ones
# No ViQuAD questions: they cost nothing fused with BM25 (see LOG.md), and a ranker that learns from
# them needs an embedder that has not.
_SHARES = {
    "text/news.jsonl.xz": 0.40,
    "text/wiki.jsonl.xz": 0.30,
    "text/law.jsonl.xz": 0.08,
    "qa/persons_train.json.xz": 0.01,
    "qa/zalo2019_pairs.jsonl.xz": 0.01,
    "qa/covid_faq_train.jsonl.xz": 0.06,
}


@dataclass(frozen=True, slots=True)
class EmbedderSettings:
    """Everything the embedder depends on besides the data.

    Attributes
    ----------
    sample
        Share of the articles and of the steps; 1 is all.
    words, pieces
        Size of the vocabulary, as ``build_tokenizer`` takes it.
    dimensions
        Of a vector.
    rarity
        Constant a of the initial token weights a / (a + share of the token in the texts)
        (Arora, Liang & Ma 2017, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings").
    """

    sample: float = 1.0
    words: int = 24_000
    pieces: int = 6_000
    dimensions: int = 256
    rarity: float = 1e-3
    pairs: PairSettings = field(default_factory=PairSettings)
    training: TrainingSettings = field(default_factory=TrainingSettings)


def train(data: Path, output: Path, settings: EmbedderSettings) -> int:
    """Read the data, train, write the model folder; return 0."""
    require_data(data)
    _LOG.info("counting words")
    counts = count_words(_texts(data, settings))
    tokenizer = build_tokenizer(counts, words=settings.words, pieces=settings.pieces)
    tables = token_tables(tokenizer)
    _LOG.info("%d tokens; reading passages", tokenizer.get_vocab_size())
    corpora = {
        name: pack(_passages(data, name, settings), tokenizer, tables.canonical)
        for name in (*TEXT_FILES, *QUESTION_FILES)
    }
    _LOG.info("%d passages; training", sum(map(len, corpora.values())))
    start = initial_vectors(list(corpora.values()), tables, settings)
    batches = draw_batches(
        _sources(corpora, tables, settings),
        batch=settings.training.batch,
        seed=settings.training.seed,
    )
    vectors = learn(start, batches, settings.training, _report)
    save_embedder(output, vectors[tables.canonical] * _known(tokenizer), tokenizer)
    return 0


def initial_vectors(
    corpora: Sequence[PackedCorpus], tables: TokenTables, settings: EmbedderSettings
) -> FloatMatrix:
    """Return random directions, shorter the more frequent the token.

    A token without accents counts as often as all tokens that it may stand for.
    """
    size = len(tables.canonical)
    counts = np.zeros(size)
    for corpus in corpora:
        counts += np.bincount(corpus.sentences.values, minlength=size)
    bare = np.bincount(tables.folded, weights=counts, minlength=size)
    shares = np.maximum(counts, bare) / counts.sum()
    generator = np.random.default_rng(settings.training.seed)
    vectors = generator.standard_normal((size, settings.dimensions))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    weights = settings.rarity / (settings.rarity + shares)
    return np.asarray(vectors * weights[:, None], dtype=np.float32)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train from the command line; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.embedder", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with text/ and qa/")
    parser.add_argument("--output", type=Path, default=Path("models/embedder"))
    parser.add_argument("--sample", type=float, default=1.0, help="share of data and steps, to 1")
    parser.add_argument("--seed", type=int, default=TrainingSettings().seed)
    options = parser.parse_args(arguments)
    if not 0 < options.sample <= 1:
        parser.error(f"--sample must be above 0 and at most 1, not {options.sample}")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    settings = _scaled(options.sample, options.seed)
    return run_command(lambda: train(options.data, options.output, settings))


def _scaled(sample: float, seed: int) -> EmbedderSettings:
    training = TrainingSettings()
    steps = max(20, round(training.steps * sample))
    return EmbedderSettings(sample=sample, training=replace(training, steps=steps, seed=seed))


def _texts(data: Path, settings: EmbedderSettings) -> Iterator[str]:
    counted = replace(settings, sample=settings.sample * _COUNTED)
    for name in TEXT_FILES:
        for passage in _passages(data, name, counted):
            yield " ".join([passage.title, passage.lead, *passage.sentences])


def _passages(data: Path, name: str, settings: EmbedderSettings) -> Iterator[TrainingPassage]:
    if name in QUESTION_FILES:
        return iter(read_questions(data, name))
    seed = settings.training.seed
    articles = read_articles(data, name, sample=settings.sample, seed=seed)
    return chain.from_iterable(articles)


def _sources(
    corpora: dict[str, PackedCorpus], tables: TokenTables, settings: EmbedderSettings
) -> list[Source]:
    return [
        Source(
            maker=PairMaker(corpora[name], tables.folded, settings.pairs),
            passages=len(corpora[name]),
            share=share,
            # Neighbouring question passages may answer each other's questions.
            run=settings.pairs.run if name in TEXT_FILES else 1,
        )
        for name, share in _SHARES.items()
    ]


def _known(tokenizer: Tokenizer) -> FloatMatrix:
    """Return a column that silences the unknown token, as model2vec leaves it out anyway."""
    known = np.ones((tokenizer.get_vocab_size(), 1), np.float32)
    known[tokenizer.token_to_id(UNKNOWN)] = 0
    return known


def _report(step: int, loss: float) -> None:
    _LOG.info("step %d: loss %.4f", step, loss)


if __name__ == "__main__":
    sys.exit(main())
