"""Questions with times and required parts, from typing to the ranked passages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fakes import HashEmbedder

import index.cli
from documents.document import Document
from documents.source import MemorySource
from index.candidates import find_candidates
from index.hit import Hit
from index.passage_reading import load_passage_reading
from index.query import MOST_CHARACTERS, Query
from index.question_times import times_of
from index.reranking import RERANKED, load_learned
from index.retriever import CANDIDATES, Retriever
from index.syncing import sync
from qa.extractive_reader import ExtractiveReader, load_weights
from qa.pipeline import Pipeline

TODAY = date(2026, 3, 18)
NEARER = 5
CROWD = [
    Document(
        f"tin/{number:03}.txt",
        "Hội chợ hoa xuân mở mỗi năm một lần, sau quý đầu, tháng nào đẹp trời thì mở."
        + " Ông Lê Văn Nam khai mạc hội chợ hoa xuân." * (number < NEARER)
        + " Khách đến từ khắp nơi xem hoa lan." * (number % 4),
        "Hội chợ hoa xuân",
        "Báo Chợ",
        date(2015, 1, 1 + number % 28),
    )
    for number in range(CANDIDATES + 60)
]
"""Passages that share more words with a question about the fair than the ones of its time do."""
NAMED = Document(
    "cu/ngay.txt",
    "Bà Đỗ Thị Hương khai mạc buổi trưng bày cây cảnh, có cả hoa, ngày 26 tháng 11 năm 2020 tại"
    " khu vườn phía đông của thị trấn, nơi đã nhiều lần đón khách tham quan từ các nơi.",
    "Trưng bày cây cảnh",
)
PUBLISHED = Document(
    "cu/dang.txt",
    "Hội chợ hoa xuân mở cửa giữa mưa, rồi khách đi thăm sân khấu và quán nước, nơi ít người lui"
    " tới vì đường hẹp." + " Khách đến từ khắp nơi xem hoa lan." * 4,
    "Tin địa phương",
    "Báo Vườn",
    date(2025, 6, 7),
)
RULE = Document(
    "luat/quy-che.txt",
    "Điều 17. Cấp giấy phép mở hội chợ\n1. Nộp đơn trước mười ngày.\n2. Đơn nộp tại ủy ban theo"
    " Quyết định số 45-QĐ/HC về “an toàn cháy nổ”.",
    "Quy chế chợ phiên",
)
OTHER_RULE = Document(
    "luat/khac.txt",
    "Điều 171. Hội chợ, giấy phép hội chợ, hội chợ hoa xuân và giấy phép mở hội chợ hoa.",
    "Quy chế khác",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    documents = [*CROWD, NAMED, PUBLISHED, RULE, OTHER_RULE]
    sync(MemorySource(documents), folder, embedder=HashEmbedder())
    return folder


@pytest.fixture(scope="module")
def retriever(folder: Path) -> Iterator[Retriever]:
    retriever = Retriever(folder, HashEmbedder())
    yield retriever
    retriever.close()


def search(
    retriever: Retriever, question: str, *, until: date | None = None, source: str = ""
) -> list[Hit]:
    query = Query(question, until=until, source=source, asked=TODAY)
    return retriever.search(retriever.understand(query), 30)


@pytest.mark.parametrize(
    "question",
    [
        "Ai khai mạc hội chợ hoa ngày 26/11/2020?",
        "ai khai mac hoi cho hoa ngay 26/11/2020",
        "Ai khai mạc buổi trưng bày cây cảnh sáng 26-11?",
        "Ai khai mạc hội chợ hoa cuối tháng 11 năm 2020?",
        "Who opened the hoa fair on 26 November 2020?",
    ],
)
def test_a_passage_that_names_the_day_is_preferred(retriever: Retriever, question: str) -> None:
    best, *others = search(retriever, question)
    assert (best.passage.document, best.of_time) == ("cu/ngay.txt", 1)
    assert not any(hit.of_time for hit in others)


@pytest.mark.parametrize(
    "question",
    [
        "Ai khai mạc hội chợ hoa xuân năm ngoái?",
        "ai khai mac hoi cho hoa xuan nam ngoai",
        "Ai khai mạc hội chợ hoa xuân tháng 6/2025?",
        "Ai khai mạc hội chợ hoa xuân quý II năm 2025?",
    ],
)
def test_a_passage_published_then_is_found_however_far_down_its_words_are(
    retriever: Retriever, question: str
) -> None:
    query = retriever.understand(Query(question, asked=TODAY))
    [hit] = [hit for hit in retriever.search(query) if hit.passage.document == "cu/dang.txt"]
    assert hit.of_time == 1
    assert hit.rank <= NEARER + 1
    untimed = Query("Ai khai mạc hội chợ hoa xuân?")
    assert "cu/dang.txt" not in documents(retriever.search(untimed, CANDIDATES))


def test_times_prefer_and_filters_decide(retriever: Retriever) -> None:
    question = "Ai khai mạc hội chợ hoa xuân năm ngoái?"
    hits = search(retriever, question, until=date(2016, 1, 1))
    assert {hit.published.year for hit in hits if hit.published} == {2015}
    assert documents(search(retriever, question, source="bao vuon")) == ["cu/dang.txt"]
    assert len(search(retriever, question)) == 30


def test_what_holds_a_part_or_names_a_time_is_found_though_its_words_are_not_asked_for(
    retriever: Retriever,
) -> None:
    far = Query("Ai khai mạc hội chợ hoa xuân?")
    assert "cu/dang.txt" not in documents(retriever.search(far, CANDIDATES))
    required = replace(far, required=("lui tới vì", "quán nước"))
    assert retriever.search(required)[0].passage.document == "cu/dang.txt"
    assert retriever.search(required)[0].held == 2


def test_every_part_of_a_time_is_looked_for_by_itself(retriever: Retriever) -> None:
    query = Query("khách xem hoa lan")
    timed = replace(query, times=times_of("cuối tháng 11/2020", TODAY))
    vector = HashEmbedder().embed_query(query.text)
    few = find_candidates(retriever._snapshot, query, vector, NEARER)
    more = find_candidates(retriever._snapshot, timed, vector, NEARER)
    assert not few.of_time.any()
    assert more.of_time.tolist().count(1) == 1
    assert set(few.ids.tolist()) < set(more.ids.tolist())


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Giấy phép hội chợ hoa xuân theo Điều 17", "luat/quy-che.txt"),
        ("giay phep hoi cho hoa xuan theo dieu 17", "luat/quy-che.txt"),
        ("Giấy phép mở hội chợ hoa theo Điều 171", "luat/khac.txt"),
        ("Hội chợ hoa xuân theo khoản 2 Điều 17", "luat/quy-che.txt"),
        ("Hội chợ hoa xuân và quyết định 45-QĐ/HC", "luat/quy-che.txt"),
        ("hoi cho hoa xuan va quyet dinh 45-qd/hc", "luat/quy-che.txt"),
        ('Hội chợ hoa xuân và "an toàn cháy nổ"', "luat/quy-che.txt"),
        ("Hội chợ hoa xuân và “an toàn cháy nổ”, có từ “không đâu có”", "luat/quy-che.txt"),
        ("Hội chợ hoa xuân có “sân khấu và quán nước”", "cu/dang.txt"),
    ],
)
def test_passages_that_hold_what_is_required_come_first(
    retriever: Retriever, question: str, document: str
) -> None:
    best, *others = search(retriever, question)
    assert best.passage.document == document
    assert best.held > max(hit.held for hit in others)
    assert best.score > others[0].score


def test_a_part_typed_without_accents_matches_whatever_they_are(retriever: Retriever) -> None:
    query = retriever.understand(Query('hoi cho "san khau va quan nuoc"'))
    assert retriever.search(query)[0].passage.document == "cu/dang.txt"
    typed = retriever.understand(Query('hoi cho co "san khau va quan nuoc"'))
    assert (typed.typed != "", typed.required) == (True, ("san khau va quan nuoc",))


def test_what_no_allowed_passage_holds_is_dropped(retriever: Retriever) -> None:
    question = "Ai khai mạc hội chợ hoa xuân theo Điều 17?"
    hits = search(retriever, question, source="Báo Chợ")
    plain = search(retriever, "Ai khai mạc hội chợ hoa xuân", source="Báo Chợ")
    assert len(hits) == len(plain) == 30
    assert {hit.held for hit in hits} == {0}


def test_the_order_survives_the_bundled_reranker(retriever: Retriever) -> None:
    question = "Ai khai mạc hội chợ hoa xuân theo quyết định 45-QĐ/HC năm ngoái?"
    query = retriever.understand(Query(question, asked=TODAY))
    hits = retriever.search(query, 60)
    reranked = load_learned(HashEmbedder()).rerank(query, hits, idf=retriever.idf(query.text))
    assert reranked[0].passage.document == "luat/quy-che.txt"
    held = [hit.held for hit in reranked]
    assert held == sorted(held, reverse=True)
    scores = [hit.score for hit in reranked]
    assert scores == sorted(scores, reverse=True)


def test_rerankers_prefer_and_put_first_as_the_searchers_do(retriever: Retriever) -> None:
    query = Query("Ai khai mạc hội chợ hoa xuân?")
    hits = retriever.search(query, 40)
    reranker = load_learned(HashEmbedder())

    def reranked(*changed: Hit) -> list[Hit]:
        by_rank = {hit.rank: hit for hit in changed}
        given = [by_rank.get(hit.rank, hit) for hit in hits]
        return reranker.rerank(query, given, idf=retriever.idf(query.text))

    last = reranked()[RERANKED - 1]
    marked = hits[last.rank_before - 1]
    assert reranked(replace(marked, held=1))[0].passage == marked.passage
    places = [hit.passage for hit in reranked(replace(marked, of_time=1.0))]
    assert places.index(marked.passage) < RERANKED - 1


def test_a_time_is_understood_though_its_accents_were_restored_otherwise(
    retriever: Retriever,
) -> None:
    query = retriever.understand(Query("hoi cho nam ngoai theo dieu 17", asked=TODAY))
    assert [time.described() for time in query.times] == ["2025"]
    assert query.understood().endswith("ngoai → 2025)")


def test_the_answer_tells_the_times_it_understood(retriever: Retriever) -> None:
    pipeline = Pipeline(retriever, ExtractiveReader(load_weights(), load_passage_reading()))
    answer = pipeline.ask(Query("Hội chợ năm ngoái theo Điều 17", asked=TODAY))
    told = answer.as_json(pipeline.explain(answer))
    assert told["times"] == [{"text": "năm ngoái", "since": "2025-01-01", "until": "2025-12-31"}]
    assert told["required"] == ["Điều 17"]


@pytest.mark.parametrize(
    "question",
    [
        "là gì vậy",
        "的是什么？",
        "Кто открыл ярмарку?",
        "من افتتح المعرض؟",
        "🙂 hội chợ 🙂",
        '"',
        '"' * 1000,
        "“ " * 900,
        "'a b' " * 300,
        "Điều 1 khoản 2 " * 130,
        "26/11/2020 " * 180,
        "năm ngoái " * 199,
        "(a+)+$" * 300,
        "1/" * 999,
        "a" * MOST_CHARACTERS,
        "hội chợ " * 249,
        "hội chợ " * 2000,
        "\ud800",
    ],
)
def test_whatever_is_typed_gets_an_answer_or_a_refusal(retriever: Retriever, question: str) -> None:
    pipeline = Pipeline(
        retriever,
        ExtractiveReader(load_weights(), load_passage_reading()),
        reranker=load_learned(HashEmbedder()),
    )
    answer = pipeline.ask(Query(question))
    assert answer.text
    assert answer.refused or answer.citations


def test_the_command_refuses_what_is_too_long_and_finds_nothing_in_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        index.cli.main(["search", "a " * MOST_CHARACTERS, "--index", str(folder)])
    assert stopped.value.code == 2
    assert f"nhiều nhất là {MOST_CHARACTERS}" in capsys.readouterr().err


def documents(hits: list[Hit]) -> list[str]:
    return [hit.passage.document for hit in hits]
