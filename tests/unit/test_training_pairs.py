"""Pairs from two passages, with settings that leave nothing to chance but what is tested."""

from dataclasses import replace

import numpy as np
import pytest
from tokenizers import Tokenizer

from training.contrastive import Source, draw_batches, false_negatives
from training.corpus import TrainingPassage
from training.packing import PackedCorpus, pack
from training.pairs import Pair, PairMaker, PairSettings, draw_starts, drop_accents
from training.vocabulary import TokenTables, build_tokenizer, count_words, token_tables

NEVER = PairSettings(
    title_query=0,
    lead_query=0,
    keyword_query=0,
    span_query=0,
    keep_sentence=0,
    title_in_front=0,
    title_in_query=0,
    unaccented=0,
    half_accented=0,
    run=1,
)
NEWS = TrainingPassage("a", "giá vàng", "vàng tăng", ("một hai", "ba bốn năm"))
ASKED = TrainingPassage("b", "biển đông", "", ("sóng lớn", "gió to"), ("sóng nào", "gió nào"))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    texts = [t for p in (NEWS, ASKED) for t in (p.title, p.lead, *p.sentences, *p.questions)]
    return build_tokenizer(count_words(texts), words=100, pieces=10)


@pytest.fixture(scope="module")
def tables(tokenizer: Tokenizer) -> TokenTables:
    return token_tables(tokenizer)


@pytest.fixture(scope="module")
def corpus(tokenizer: Tokenizer, tables: TokenTables) -> PackedCorpus:
    return pack([NEWS, ASKED], tokenizer, tables.canonical)


def made(
    corpus: PackedCorpus, tokenizer: Tokenizer, settings: PairSettings, *, number: int, seed: int
) -> tuple[str, str]:
    tables = token_tables(tokenizer)
    pair = PairMaker(corpus, tables.folded, settings).make(number, np.random.default_rng(seed))
    assert pair is not None
    return tokenizer.decode(pair.query.tolist()), tokenizer.decode(pair.passage.tolist())


def test_a_passage_with_questions_is_asked_for_by_one_of_them(
    corpus: PackedCorpus, tokenizer: Tokenizer
) -> None:
    pairs = {made(corpus, tokenizer, NEVER, number=1, seed=seed) for seed in range(20)}
    assert pairs == {("sóng nào", "sóng lớn gió to"), ("gió nào", "sóng lớn gió to")}


def test_a_sentence_asks_for_the_rest_of_its_passage(
    corpus: PackedCorpus, tokenizer: Tokenizer
) -> None:
    pairs = {made(corpus, tokenizer, NEVER, number=0, seed=seed) for seed in range(20)}
    assert pairs == {("một hai", "ba bốn năm"), ("ba bốn năm", "một hai")}


@pytest.mark.parametrize(
    ("settings", "query", "passage"),
    [
        pytest.param(replace(NEVER, title_query=1), "giá vàng", "một hai ba bốn năm", id="title"),
        pytest.param(replace(NEVER, lead_query=1), "vàng tăng", "một hai ba bốn năm", id="lead"),
        pytest.param(
            replace(NEVER, title_query=1, title_in_front=1),
            "giá vàng",
            "giá vàng một hai ba bốn năm",
            id="title-in-front",
        ),
        pytest.param(
            replace(NEVER, lead_query=1, unaccented=1),
            "vang tang",
            "một hai ba bốn năm",
            id="unaccented-query-accented-passage",
        ),
        pytest.param(replace(NEVER, lead_query=1, longest=3), "vàng tăng", "một hai ba", id="cut"),
    ],
)
def test_settings_choose_the_pair(
    corpus: PackedCorpus, tokenizer: Tokenizer, settings: PairSettings, query: str, passage: str
) -> None:
    assert made(corpus, tokenizer, settings, number=0, seed=1) == (query, passage)


def test_keywords_and_spans_are_parts_of_a_sentence_in_order(
    corpus: PackedCorpus, tokenizer: Tokenizer
) -> None:
    for settings in (replace(NEVER, keyword_query=1), replace(NEVER, span_query=1)):
        for seed in range(20):
            maker = PairMaker(corpus, token_tables(tokenizer).folded, settings)
            pair = maker.make(0, np.random.default_rng(seed))
            if pair is not None:
                words = iter(["một", "hai", "ba", "bốn", "năm"])
                assert all(word in words for word in tokenizer.decode(pair.query.tolist()).split())


def test_a_passage_without_words_makes_no_pair(tokenizer: Tokenizer, tables: TokenTables) -> None:
    corpus = pack([TrainingPassage("a", "", "", ("…",))], tokenizer, tables.canonical)
    maker = PairMaker(corpus, tables.folded, NEVER)
    assert maker.make(0, np.random.default_rng(1)) is None


def test_half_of_the_accents_are_dropped_word_by_word(tables: TokenTables) -> None:
    query = np.flatnonzero(tables.folded != np.arange(len(tables.folded))).repeat(50)
    settings = replace(NEVER, half_accented=1)
    dropped = drop_accents(query, tables.folded, settings, np.random.default_rng(1)) != query
    assert 0.4 < dropped.mean() < 0.6


def test_runs_cover_every_passage(tables: TokenTables) -> None:
    for size in (1, 3, 4, 9, 10):
        for seed in range(5):
            starts = draw_starts(size, run=4, generator=np.random.default_rng(seed))
            covered = {i for s in starts for i in range(int(s), min(size, int(s) + 4))}
            assert covered == set(range(size))


def test_a_topical_query_has_no_negatives_in_its_group() -> None:
    ids = np.array([1])
    pairs = [
        Pair(ids, ids, group=7, passage_id=0, topical=True),
        Pair(ids, ids, group=7, passage_id=1, topical=False),
        Pair(ids, ids, group=8, passage_id=2, topical=False),
        Pair(ids, ids, group=8, passage_id=2, topical=False),
    ]
    assert false_negatives(pairs).astype(int).tolist() == [
        [0, 1, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 1],
        [0, 0, 1, 0],
    ]


def test_batches_hold_each_source_s_share_and_repeat_with_the_seed(
    corpus: PackedCorpus, tables: TokenTables
) -> None:
    maker = PairMaker(corpus, tables.folded, NEVER)
    sources = [
        Source(maker, passages=2, share=0.75, run=2),
        Source(maker, passages=2, share=0.25, run=2),
    ]
    first, again = (next(draw_batches(sources, batch=16, seed=3)) for _ in range(2))
    assert [pair.passage_id >> 32 for pair in first] == [0] * 12 + [1] * 4
    assert [p.query.tolist() for p in first] == [p.query.tolist() for p in again]
