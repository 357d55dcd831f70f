"""From what a model wrote to an answer whose every sentence is held by its quote."""

from dataclasses import replace
from datetime import date

import pytest

from documents.document import Document
from documents.splitting import split
from index.hit import Hit
from index.query import Query
from qa.answer import Answer, Citation, ShortAnswer
from qa.prompting import NO_ANSWER
from qa.written_answer import STANDING_IN, check, written_answer

BRIDGE = Document(
    "cau.txt",
    "Cầu Trường Tiền bắc qua sông Hương ở Huế. Cầu khánh thành năm 1899 và có sáu nhịp.",
    "Cầu Trường Tiền",
)
TOWER = Document(
    "thap.txt", "Tháp Rùa đứng giữa hồ Hoàn Kiếm ở Hà Nội.", "Tháp Rùa", "", date(2019, 3, 1)
)
LIBRARY = {document.path: document for document in (BRIDGE, TOWER)}
HITS = [
    Hit(split(document)[0], document.title, document.source, document.published, 1.0, rank)
    for rank, document in enumerate(LIBRARY.values(), start=1)
]
STAND_IN = Answer("Hỏi?", "Câu trích. [1]", refused=False, confidence=0.7)
GOOD = "Cầu Trường Tiền bắc qua sông Hương [1]. Tháp Rùa đứng giữa hồ Hoàn Kiếm. [2]"


def answer(text: str, question: str = "Cầu và tháp ở đâu?", *, hits: list[Hit] = HITS) -> Answer:
    return written_answer(
        text, Query(question), hits, document=LIBRARY.get, stand_in=replace(STAND_IN)
    )


def test_sentences_that_stand_are_numbered_anew_and_cite_exact_spans() -> None:
    made = answer("Tháp Rùa đứng giữa hồ Hoàn Kiếm [2]. Cầu có sáu nhịp [1]. Tháp ở Hà Nội [2].")
    assert made.text == (
        "Tháp Rùa đứng giữa hồ Hoàn Kiếm. [1] Cầu có sáu nhịp. [2] Tháp ở Hà Nội. [1]"
    )
    assert [citation.quote for citation in made.citations] == [
        "Tháp Rùa đứng giữa hồ Hoàn Kiếm ở Hà Nội.",
        "Cầu khánh thành năm 1899 và có sáu nhịp.",
    ]
    for citation in made.citations:
        text = LIBRARY[citation.document].text
        assert text[citation.start : citation.end] == citation.quote
    assert not made.refused
    assert (made.struck, made.note, made.confidence) == ((), "", 0.7)


def test_what_stands_keeps_nothing_that_was_said_of_the_other_answer() -> None:
    short = ShortAnswer("cau.txt", 0, 3, "Cầu")
    nearest = Citation(0, "cau.txt", "Cầu", "", None, 0, 3, "Cầu")
    other = replace(STAND_IN, refused=True, missing=("tháp",), short=short, nearest=nearest)
    other = replace(other, disagreement=True)
    made = written_answer(GOOD, Query("Gì?"), HITS, document=LIBRARY.get, stand_in=other)
    assert (made.refused, made.missing, made.short, made.nearest) == (False, (), None, None)
    assert not made.disagreement


def test_lies_and_sentences_without_a_passage_are_struck_and_kept_apart() -> None:
    made = answer(
        "Cầu khánh thành năm 1999 [1]. Cầu có sáu nhịp [1]. Cầu rất đẹp. Tháp ở Hà Nội [1]."
    )
    assert made.text == "Cầu có sáu nhịp. [1]"
    assert made.struck == ("Cầu khánh thành năm 1999.", "Cầu rất đẹp.", "Tháp ở Hà Nội.")


def test_of_several_passages_only_those_that_hold_the_sentence_are_cited() -> None:
    made = answer("Tháp Rùa đứng giữa hồ Hoàn Kiếm [1][2].")
    assert [citation.document for citation in made.citations] == ["thap.txt"]


def test_two_passages_do_not_hold_together_what_neither_says() -> None:
    made = answer("Tháp Rùa bắc qua sông Hương ở Hà Nội [1][2].")
    assert made.struck == ("Tháp Rùa bắc qua sông Hương ở Hà Nội.",)


def test_each_of_two_passages_that_hold_a_sentence_is_cited() -> None:
    copy = replace(BRIDGE, path="ban-sao.txt")
    hits = [*HITS, replace(HITS[0], passage=replace(HITS[0].passage, document=copy.path), rank=3)]
    library = {**LIBRARY, copy.path: copy}
    checked = check("Cầu có sáu nhịp [1][3].", hits, library.get)
    assert checked.text == "Cầu có sáu nhịp. [1] [2]"
    assert [citation.document for citation in checked.citations] == ["cau.txt", "ban-sao.txt"]


def test_markers_of_no_passage_are_dropped_and_counted() -> None:
    made = answer("Cầu có sáu nhịp [1][9].")
    assert made.text == "Cầu có sáu nhịp. [1]"
    assert "Đã bỏ 1 số dẫn" in made.note


@pytest.mark.parametrize(
    ("text", "said", "struck"),
    [
        ("Cầu rất đẹp.", "Không câu nào", ("Cầu rất đẹp.",)),
        ("Cầu có bảy nhịp, năm 1999 [1].", "Không câu nào", ("Cầu có bảy nhịp, năm 1999.",)),
        ("KHÔNG CÓ TRONG TÀI LIỆU", "không thấy câu trả lời", ()),
        (" \n", "không viết gì", ()),
    ],
)
def test_when_nothing_stands_the_extractive_answer_stands_in_and_says_so(
    text: str, said: str, struck: tuple[str, ...]
) -> None:
    made = answer(text)
    assert made.text == STAND_IN.text
    assert said in made.note
    assert made.note.endswith(STANDING_IN)
    assert made.struck == struck


def test_where_the_other_reader_refuses_too_nothing_is_said_to_stand_in() -> None:
    refusal = replace(STAND_IN, text="Không tìm thấy.", refused=True)
    made = written_answer(NO_ANSWER, Query("Gì?"), HITS, document=LIBRARY.get, stand_in=refusal)
    assert made.refused
    assert made.note == "Mô hình không thấy câu trả lời trong các đoạn tìm được."


@pytest.mark.parametrize(
    ("question", "stands"),
    [
        ("Cầu khánh thành năm 1899 có mấy nhịp?", True),
        ("Cầu khánh thành năm 1900 có mấy nhịp?", False),
    ],
)
def test_passages_about_another_number_than_the_question_are_no_answer(
    question: str, *, stands: bool
) -> None:
    made = answer("Cầu có sáu nhịp [1].", question)
    assert (made.text == "Cầu có sáu nhịp. [1]") == stands
    assert ("1900" in made.note) != stands


def test_the_day_of_publication_counts_for_the_question_with_or_without_zeros() -> None:
    made = answer("Tháp Rùa đứng giữa hồ Hoàn Kiếm [2].", "Bài ngày 1/3/2019 nói tháp ở đâu?")
    assert made.note == ""


def test_a_document_that_changed_meanwhile_is_not_cited() -> None:
    changed = {**LIBRARY, "cau.txt": replace(BRIDGE, text="Văn bản khác.")}
    checked = check(GOOD, HITS, changed.get)
    assert checked.struck == ("Cầu Trường Tiền bắc qua sông Hương.",)
    assert checked.text == "Tháp Rùa đứng giữa hồ Hoàn Kiếm. [1]"
