"""Two articles of other days give other values; the bundled models answer over both."""

from datetime import date

import pytest

from documents.document import Document
from documents.source import MemorySource
from index.embedding import load_embedder
from index.query import Query
from index.reranking import BUNDLED
from index.syncing import sync
from qa.answer import DISAGREEMENT
from qa.cli import as_text
from qa.loading import load_pipeline
from qa.pipeline import Pipeline, Written

OLD = Document(
    "cu.txt",
    "Cầu Mỹ Lợi bắc qua sông Vàm Cỏ, nối Long An với Tiền Giang.\n\nCầu Mỹ Lợi dài 1.422 mét.",
    "Khánh thành cầu Mỹ Lợi",
    published=date(2015, 8, 30),
)
NEW = Document(
    "moi.txt",
    "Báo cáo rà soát các cầu lớn.\n\nTheo số liệu đo lại, cầu Mỹ Lợi có chiều dài 1.691 mét.",
    "Rà soát cầu lớn",
    published=date(2021, 3, 2),
)
OTHER = Document(
    "khac.txt", "Hội nghị tổng kết công tác thi đua có 312 đại biểu tham dự.", "Thi đua"
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    folder = tmp_path_factory.mktemp("index")
    sync(MemorySource([OLD, NEW, OTHER]), folder, embedder=load_embedder(BUNDLED))
    return load_pipeline(folder)


@pytest.mark.parametrize(
    "question", ["Cầu Mỹ Lợi dài bao nhiêu mét?", "cau My Loi dai bao nhieu met"]
)
def test_both_values_are_shown_with_their_dates_the_newest_first(
    pipeline: Pipeline, question: str
) -> None:
    answer = pipeline.ask(Query(question))
    assert answer.disagreement
    assert [citation.document for citation in answer.citations] == ["moi.txt", "cu.txt"]
    assert answer.text == (
        "02/03/2021: Theo số liệu đo lại, cầu Mỹ Lợi có chiều dài 1.691 mét. [1]"
        " 30/08/2015: Cầu Mỹ Lợi dài 1.422 mét. [2]"
    )
    assert answer.as_json(pipeline.explain(answer))["disagreement"] is True
    assert as_text(answer).startswith(DISAGREEMENT)


def test_the_text_grows_value_by_value(pipeline: Pipeline) -> None:
    events = list(pipeline.stream(Query("Cầu Mỹ Lợi dài bao nhiêu mét?")))
    written = [event.text for event in events if isinstance(event, Written)]
    assert [text.count("mét.") for text in written] == [1, 2]


def test_what_one_document_says_alone_is_no_disagreement(pipeline: Pipeline) -> None:
    answer = pipeline.ask(Query("Hội nghị tổng kết có bao nhiêu đại biểu?"))
    assert not answer.disagreement
    assert answer.as_json(pipeline.explain(answer))["disagreement"] is False
    assert answer.text.startswith("Hội nghị tổng kết")
