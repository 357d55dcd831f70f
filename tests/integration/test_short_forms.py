"""Short forms from the documents into the index and out of it again."""

from pathlib import Path

import pytest
from fakes import HashEmbedder

from documents.document import Document
from documents.source import MemorySource
from index.lexical import LexicalSearcher
from index.query import Query
from index.retriever import Retriever
from index.store import Store
from index.syncing import remove, sync

MARKET = Document("cho.txt", "Ban quản trị (BQT) họp. Năm nay BQT thu phí của 40 sạp.", "Chợ")
CLINIC = Document("kham.txt", "BQT là một bệnh hiếm, khó chữa.", "Phòng khám")
COUNCIL = Document("xa.txt", "Chủ tịch HĐND xã trình bày tờ trình.", "Tin xã")
FOREST = Document("rung.txt", "Kiểm lâm viên tuần tra rừng mỗi tuần hai lần.", "Giữ rừng")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sync(
        MemorySource([MARKET, CLINIC, COUNCIL, FOREST]), tmp_path / "index", embedder=HashEmbedder()
    )
    return tmp_path / "index"


def holding(folder: Path, words: str) -> list[str]:
    """Return the documents that the word index holds any of the words of."""
    ids = LexicalSearcher(folder).search(words, 10).ids.tolist()
    store = Store(folder)
    stored = store.passages(ids, generation=1)
    store.close()
    return sorted(stored[key].passage.document for key in ids)


def test_a_long_question_finds_what_is_written_short(folder: Path) -> None:
    retriever = Retriever(folder, HashEmbedder())
    first = retriever.search(Query("chủ tịch hội đồng nhân dân"))[0]
    assert (first.passage.document, first.passage.text) == ("xa.txt", COUNCIL.text)
    assert retriever.search(Query("chu tich HDND"))[0].passage.document == "xa.txt"


def test_neighbours_in_the_word_index_are_those_of_the_long_form(folder: Path) -> None:
    searcher = LexicalSearcher(folder)
    assert searcher.pair_count("nay", "ban") == searcher.pair_count("trị", "thu") == 1
    assert searcher.pair_count("tịch", "hội") == searcher.pair_count("dân", "xã") == 1
    assert searcher.word_count("hđnd") == 1


def test_the_query_tells_what_was_typed_and_what_was_understood(folder: Path) -> None:
    retriever = Retriever(folder, HashEmbedder())
    query = retriever.understand(Query("hđnd xã họp"))
    assert (query.typed, query.text) == ("hđnd xã họp", "Hội đồng nhân dân xã họp")
    plain = Query("hội đồng nhân dân xã họp")
    understood = retriever.understand(plain)
    assert (understood.text, understood.typed) == (plain.text, "")


def test_a_definition_touches_no_other_document(folder: Path) -> None:
    assert holding(folder, "quản trị") == ["cho.txt"]
    assert holding(folder, "BQT") == ["cho.txt", "kham.txt"]
    retriever = Retriever(folder, HashEmbedder())
    meanings = {
        hit.passage.document: hit.meanings for hit in retriever.search(Query("BQT, HĐND, rừng"))
    }
    assert meanings["cho.txt"] == {"BQT": "Ban quản trị"}
    assert meanings["kham.txt"] == meanings["rung.txt"] == {}
    assert meanings["xa.txt"] == {"HĐND": "Hội đồng nhân dân"}


def test_what_was_learned_comes_and_goes_with_the_documents(folder: Path) -> None:
    retriever = Retriever(folder, HashEmbedder())
    assert retriever.understand(Query("bqt thu gì")).text == "bqt thu gì"
    remove("kham.txt", folder)
    retriever.refresh()
    assert retriever.understand(Query("bqt thu gì")).text == "Ban quản trị (BQT) thu gì"
    remove("cho.txt", folder)
    retriever.refresh()
    assert retriever.understand(Query("bqt thu gì")).text == "bqt thu gì"


def test_long_forms_are_embedded_and_the_text_stays(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    sync(MemorySource([COUNCIL]), tmp_path / "index", embedder=embedder)
    assert embedder.embedded == ["Tin xã\nChủ tịch Hội đồng nhân dân xã trình bày tờ trình."]
    assert Retriever(tmp_path / "index", embedder).document("xa.txt") == COUNCIL
