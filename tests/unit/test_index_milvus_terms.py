"""A passage's terms as a sparse vector: its product with a question's is the BM25 score."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import HashEmbedder

from documents.document import Document
from documents.source import MemorySource
from index import milvus_statistics
from index.errors import IndexDamagedError
from index.lexical import LexicalSearcher
from index.lexical_schema import folding
from index.lexical_weights import PAIR_WEIGHT, TITLE_WEIGHT, idf
from index.milvus_rows import RowReader
from index.milvus_searching import MilvusLexical, condition, kind_of
from index.milvus_statistics import Progress, TermStatistics, averages_of
from index.milvus_terms import (
    FIELDS,
    MOST_HELD,
    CountedTerms,
    count_terms,
    dimension,
    dimensions_of,
    held_terms,
    sparse_vector,
)
from index.scores import Scores
from index.stored_terms import terms_of_stored
from index.syncing import sync
from index.terms import PassageTerms, passage_terms, title_terms

QUESTIONS = ("tòa án xét xử vụ án số 7", "toi pham va hinh phat", "Quy định 12", "thẩm phán")


def counted(text: str, title: str = "") -> CountedTerms:
    return count_terms(passage_terms(text, title_terms(title)), folding())


def test_terms_are_counted_by_field_with_and_without_accents() -> None:
    found = counted("Tòa án, tòa", "Án lệ")
    by_field = dict(zip(FIELDS, found.counts, strict=True))
    assert by_field["exact_syllables"] == {"tòa": 2, "án": 1}
    assert by_field["folded_syllables"] == {"toa": 2, "an": 1}
    assert by_field["exact_pairs"] == {"tòa_án": 1, "án_tòa": 1}
    assert by_field["folded_pairs"] == {"toa_an": 1, "an_toa": 1}
    assert by_field["title"] == {"an": 1, "le": 1, "an_le": 1}
    assert found.lengths == (3, 2, 3, 2, 3)


def test_a_weight_is_what_bm25_gives_a_term_in_a_passage() -> None:
    vector = sparse_vector(counted("tòa án tòa"), (6.0, 2.0, 3.0, 2.0, 0.0))
    # k1 1.2, b 0.75; the field is half as long as the average, then just as long.
    assert vector[dimension("exact_syllables", "tòa")] == pytest.approx(
        2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 6))
    )
    assert vector[dimension("folded_syllables", "an")] == pytest.approx(2.2 / (1 + 1.2))


def test_a_passage_without_words_has_a_vector_all_the_same() -> None:
    assert sparse_vector(counted("…"), (1.0,) * 5) == {0: 1.0}
    assert held_terms(counted("…")) == []


def test_dimensions_fit_in_31_bits_and_tell_fields_apart() -> None:
    places = [dimension(field, term) for field in FIELDS for term in ("tòa", "toa", "x" * 500)]
    assert len(set(places)) == len(places)
    assert all(0 < place < 2**31 for place in places)


def test_held_terms_are_the_folded_ones_and_not_too_many() -> None:
    held = held_terms(counted("Tòa án", "Tiêu đề"))
    assert held == sorted(
        [
            dimension("folded_syllables", "toa"),
            dimension("folded_syllables", "an"),
            dimension("folded_pairs", "toa_an"),
        ]
    )
    assert len(held_terms(counted(" ".join(map(str, range(5000)))))) == MOST_HELD


class Products:
    """Stands for a collection: every row's product with a question's vector."""

    def __init__(self, rows: dict[int, dict[int, float]]) -> None:
        self.rows = rows

    def search(self, field: str, vector: dict[int, float], k: int, wanted: str) -> Scores:
        import numpy as np

        from index.scores import ranked

        assert (field, wanted) == ("words", condition(1))
        products = {
            key: sum(weight * row.get(place, 0.0) for place, weight in vector.items())
            for key, row in self.rows.items()
        }
        found = {key: value for key, value in products.items() if value}
        best = ranked(np.array(list(found), np.int64), np.array(list(found.values()), np.float32))
        return Scores(best.ids[:k], best.values[:k])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = [
        Document(
            f"{number}.txt",
            f"Tòa án cấp {number} xét xử vụ án số {number}. " * (1 + number % 3)
            + ("Tội phạm và hình phạt. " if number % 5 == 0 else "")
            + "Thẩm phán quyết định." * (number % 2),
            f"Quy định {number}",
        )
        for number in range(40)
    ]
    sync(MemorySource(documents), tmp_path, embedder=HashEmbedder())
    return tmp_path


@pytest.fixture
def lexical(folder: Path) -> Iterator[MilvusLexical]:
    reader = RowReader(folder)
    [rows] = reader.added(after=0, generation=1, most=1000)
    reader.close()
    terms = [count_terms(terms_of_stored(row.stored), folding()) for row in rows]
    averages = averages_of([one.lengths for one in terms])
    ids = [row.stored.passage_id for row in rows]
    progress = Progress("c", "u", ids[-1], 1, len(ids), averages)
    milvus_statistics.begin(folder, progress)
    milvus_statistics.keep(folder, progress, map(dimensions_of, terms), 1)
    vectors = {key: sparse_vector(one, averages) for key, one in zip(ids, terms, strict=True)}
    statistics = TermStatistics(folder)
    yield MilvusLexical(Products(vectors), statistics, 1)  # type: ignore[arg-type]
    statistics.close()


@pytest.mark.parametrize("question", QUESTIONS)
def test_products_are_the_scores_of_tantivy(
    folder: Path, lexical: MilvusLexical, question: str
) -> None:
    expected = LexicalSearcher(folder).search(question, 40)
    found = lexical.search(question, 40)
    assert len(found.ids)
    scores = dict(zip(found.ids.tolist(), found.values.tolist(), strict=True))
    for key, value in zip(expected.ids.tolist(), expected.values.tolist(), strict=True):
        assert scores[key] == pytest.approx(value, rel=0.02)
    assert set(found.ids[:5].tolist()) & set(expected.ids[:5].tolist())


def test_counts_of_words_are_those_of_tantivy(folder: Path, lexical: MilvusLexical) -> None:
    tantivy = LexicalSearcher(folder)
    for word in ("tòa", "phạm", "7", "không có"):
        assert lexical.word_count(word) == tantivy.word_count(word)
        assert lexical.idf(word, folded=False) == tantivy.idf(word, folded=False)
    assert lexical.idf("toi", folded=True) == tantivy.idf("toi", folded=True)
    assert lexical.pair_count("tòa", "án") == tantivy.pair_count("tòa", "án") == 40
    assert lexical.pair_count("án", "tòa") == tantivy.pair_count("án", "tòa")


def test_what_is_no_more_is_counted_no_more(tmp_path: Path) -> None:
    progress = Progress("c", "u", 3, 1, 3, (1.0,))
    milvus_statistics.begin(tmp_path, progress)
    milvus_statistics.keep(tmp_path, progress, [{1, 2}, {2}], 1)
    milvus_statistics.keep(tmp_path, Progress("c", "u", 3, 2, 1, (1.0,)), [{1}, {9}], -1)
    statistics = TermStatistics(tmp_path)
    assert statistics.counts([1, 2, 9]) == {2: 2}
    assert statistics.passages() == 1
    statistics.close()
    kept = milvus_statistics.read_progress(tmp_path)
    assert kept is not None
    assert (kept.generation, kept.averages) == (2, (1.0,))


def test_spoilt_counts_are_no_progress_and_refused(tmp_path: Path) -> None:
    assert milvus_statistics.read_progress(tmp_path) is None
    (tmp_path / "milvus.sqlite3").write_bytes(b"hong" * 1000)
    assert milvus_statistics.read_progress(tmp_path) is None
    with pytest.raises(IndexDamagedError, match="verify --repair"):
        TermStatistics(tmp_path).passages()


def test_the_weights_are_those_of_the_search_by_words() -> None:
    assert idf(1, 10) == pytest.approx(math.log(1 + 9.5 / 1.5))
    assert 0 < TITLE_WEIGHT < PAIR_WEIGHT < 1
    assert kind_of("tin/Bài.PDF") == "pdf"
    assert counted("a").counts != count_terms(PassageTerms("", "", ""), folding()).counts
