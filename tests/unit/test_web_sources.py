"""Opening a source on a request that may be anything."""

import pytest

from documents.document import Document, Passage
from index.explaining import Why, explain
from index.hit import Hit
from qa.pipeline import Pipeline
from web.sources import explain_source, open_source, span_of
from web.texts import VIETNAMESE

DOCUMENT = Document("a.txt", "Một hai ba bốn.", "Bài A")


class OneDocument(Pipeline):
    def __init__(self) -> None:
        self.looked_up: list[str] = []

    def why(self, question: str, document: str, start: int) -> Why | None:
        self.looked_up.append(f"{question} {document} {start}")
        passage = Passage(DOCUMENT.path, 0, 0, len(DOCUMENT.text), DOCUMENT.text)
        return explain(question, Hit(passage, DOCUMENT.title, "", None, 1.0, 1))

    def document(self, path: str) -> Document | None:
        self.looked_up.append(path)
        return DOCUMENT if path == DOCUMENT.path else None


def request(**changes: object) -> dict[str, object]:
    asked: dict[str, object] = {
        "document": "a.txt",
        "start": 4,
        "end": 7,
        "quote": "hai",
        "citation": 2,
        "whole": False,
    }
    return {**asked, **changes}


def test_a_request_is_answered_with_the_quote_highlighted() -> None:
    html = open_source(VIETNAMESE, OneDocument(), request())
    assert 'Một <mark id="quote">hai</mark> ba bốn.' in html
    assert "Trích dẫn 2" in html


def test_a_near_passage_is_not_called_a_citation() -> None:
    html = open_source(VIETNAMESE, OneDocument(), request(citation=0))
    assert VIETNAMESE.LEADS in html
    assert 'class="eyebrow">Trích dẫn' not in html


@pytest.mark.parametrize("path", ["../a.txt", "/etc/passwd", "a.txt\0", "", "A.TXT"])
def test_only_what_the_index_holds_is_opened(path: str) -> None:
    pipeline = OneDocument()
    assert VIETNAMESE.NOT_IN_LIBRARY in open_source(VIETNAMESE, pipeline, request(document=path))
    assert pipeline.looked_up == [path]


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(None, id="nothing"),
        pytest.param([1, 2], id="list"),
        pytest.param({}, id="empty"),
        pytest.param(request(document=7), id="path-number"),
        pytest.param(request(start="4"), id="start-text"),
        pytest.param(request(start=-3, end=0), id="start-negative"),
        pytest.param(request(start=True, end=4), id="start-bool"),
        pytest.param(request(end=9), id="span-unlike-quote"),
        pytest.param(request(quote=None), id="no-quote"),
        pytest.param(request(citation="<b>"), id="citation-text"),
        pytest.param(request(start=4.0), id="start-float"),
    ],
)
def test_a_malformed_request_is_refused_without_a_look_up(bad: object) -> None:
    pipeline = OneDocument()
    assert VIETNAMESE.BAD_REQUEST in open_source(VIETNAMESE, pipeline, bad)
    assert pipeline.looked_up == []


def test_a_span_beyond_the_text_finds_the_quote_or_nothing() -> None:
    far = 10**12
    assert "<mark" in open_source(VIETNAMESE, OneDocument(), request(start=far, end=far + 3))
    gone = open_source(VIETNAMESE, OneDocument(), request(start=far, end=far + 4, quote="năm!"))
    assert VIETNAMESE.QUOTE_MOVED in gone


def test_a_path_that_no_file_can_have_is_malformed() -> None:
    request = {"document": "\ud800", "quote": "x", "start": 0, "end": 1, "citation": 1}
    assert span_of(request) is None


def test_the_question_of_a_source_is_explained_at_its_place() -> None:
    pipeline = OneDocument()
    html = explain_source(VIETNAMESE, pipeline, request(question="Hai là gì?"))
    assert pipeline.looked_up == ["Hai là gì? a.txt 4"]
    assert '<span class="word" lang="vi">Hai</span>' in html


@pytest.mark.parametrize(
    "asked",
    [
        request(),
        request(question=5),
        request(question="\ud800"),
        request(start=-1, question="a"),
        7,
    ],
)
def test_a_malformed_request_to_explain_asks_nothing_of_the_index(asked: object) -> None:
    pipeline = OneDocument()
    assert VIETNAMESE.WHY_GONE in explain_source(VIETNAMESE, pipeline, asked)
    assert pipeline.looked_up == []
