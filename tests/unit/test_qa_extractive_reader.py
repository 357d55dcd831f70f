import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from reading_hits import read_hits

from documents.document import Document
from documents.errors import DanChungError
from documents.splitting import split
from index.hit import Hit
from index.passage_reading import load_passage_reading
from index.query import Query
from index.span_reader import load_span_reader
from qa.confidence import CONFIDENCE_NAMES
from qa.extractive_reader import ExtractiveReader, Weights, load_weights
from qa.reader import Reading
from qa.sentence_reading import FEATURE_NAMES


def weights(threshold: float = 0.5, **ranking: float) -> Weights:
    """Return weights that look at the named features alone; confidence is their share found."""
    chosen = np.array([ranking.get(name, 0.0) for name in FEATURE_NAMES])
    sure = np.array([10.0 if name == "syllables_found" else 0.0 for name in CONFIDENCE_NAMES])
    sure[-1] = -5.0
    return Weights(chosen, sure, threshold)


def read(question: str, *texts: str, threshold: float = 0.5) -> Reading:
    hits = [
        Hit(passage, "Tin", "", None, score=-float(place), rank=place + 1)
        for place, text in enumerate(texts)
        for passage in split(Document(f"{place}.txt", text, "Tin"))
    ]
    reader = ExtractiveReader(weights(threshold, syllables_found=1.0), load_passage_reading())
    return reader.read(Query(question), hits, idf=lambda _: 1.0)


def texts(reading: Reading) -> list[str]:
    return [sentence.text for sentence in reading.evidence]


def test_the_sentence_that_holds_the_words_of_the_question_comes_first() -> None:
    reading = read(
        "Ai ký kết giao ước thi đua?",
        "Hội nghị khai mạc. Sáu tỉnh ký kết giao ước thi đua. Hội nghị bế mạc.",
    )
    assert texts(reading)[0] == "Sáu tỉnh ký kết giao ước thi đua."
    assert not reading.refused


def test_an_unaccented_question_reads_accented_sentences() -> None:
    reading = read("ai ky ket giao uoc thi dua", "Trời mưa. Sáu tỉnh ký kết giao ước thi đua.")
    assert texts(reading)[0] == "Sáu tỉnh ký kết giao ước thi đua."


def test_a_definition_is_sure_and_comes_first() -> None:
    text = "Sinh viên đăng ký học phần. Học phần (HP) là khối lượng kiến thức. Trường có học phần."
    reading = read("Học phần là gì?", text, threshold=0.8)
    assert texts(reading)[0] == "Học phần (HP) là khối lượng kiến thức."
    assert read("Học phần gồm gì?", text, threshold=0.8).evidence[0].text != texts(reading)[0]
    assert (reading.refused, reading.confidence >= 0.9) == (False, True)
    assert read("Tín chỉ là gì?", text, threshold=0.8).refused


def test_a_short_form_is_defined_by_its_long_one_beside_it() -> None:
    text = "Trường họp. Hội đồng nhân dân (HĐND) có nhiệm kỳ năm năm. Hội đồng nhân dân họp kín."
    hits = [
        Hit(passage, "Tin", "", None, score=0.0, rank=1)
        for passage in split(Document("0.txt", text, "Tin"))
    ]
    reader = ExtractiveReader(weights(0.8, syllables_found=1.0), load_passage_reading())
    asked = Query("Hội đồng nhân dân là gì?", typed="HĐND là gì?")
    reading = reader.read(asked, hits, idf=lambda _: 1.0)
    assert texts(reading)[0] == "Hội đồng nhân dân (HĐND) có nhiệm kỳ năm năm."
    assert (reading.refused, reading.confidence >= 0.9, reading.short) == (False, True, None)


def test_weak_evidence_is_refused() -> None:
    assert read("Giá vàng hôm nay bao nhiêu?", "Sáu tỉnh ký kết giao ước thi đua.").refused


def test_a_refusal_keeps_the_nearest_sentence() -> None:
    reading = read("Ngân sách thi đua năm 2031?", "Sáu tỉnh ký kết giao ước thi đua năm 2020.")
    assert texts(reading) == ["Sáu tỉnh ký kết giao ước thi đua năm 2020."]
    assert (reading.refused, reading.short) == (True, None)


def test_the_few_words_that_answer_stand_in_the_first_sentence() -> None:
    reading = read(
        "Cầu Long Biên khánh thành năm nào?", "Cầu Long Biên khánh thành năm 1902 ở Hà Nội."
    )
    assert reading.short is not None
    assert "1902" in reading.short.text
    assert len(reading.short.text) < len(reading.evidence[0].text)


def test_a_name_of_the_question_must_stand_somewhere_in_the_document() -> None:
    question = "Cầu nào ở Nha Trang khánh thành năm 1902?"
    bridge = "Cầu khánh thành năm 1902 và được sửa nhiều lần."
    assert read(question, bridge, threshold=0.1).refused
    assert not read(question, f"Tin từ Nha Trang. {bridge}", threshold=0.1).refused
    elsewhere = read(question, bridge, "Nha Trang có nhiều cầu.", threshold=0.1)
    assert elsewhere.refused


def test_the_same_said_of_another_name_is_passed_over_or_refused() -> None:
    question = "Thành phố Hải Phòng mới gồm những tỉnh nào?"
    other = "Thành phố Cần Thơ mới gồm Cần Thơ, Sóc Trăng và Hậu Giang."
    right = "Thành phố Hải Phòng mới gồm Hải Phòng và Hải Dương."
    assert read(question, other, threshold=0.1).refused
    assert texts(read(question, f"{other} {right}", threshold=0.1)) == [right]


def test_what_is_said_of_the_counterpart_is_passed_over_or_refused() -> None:
    question = "Thời hạn kháng cáo bản án phúc thẩm là bao nhiêu ngày?"
    other = "Thời hạn kháng cáo bản án sơ thẩm là 15 ngày."
    assert read(question, other, threshold=0.0).refused
    right = "Bản án phúc thẩm có thời hạn kháng cáo là 7 ngày."
    assert texts(read(question, other, right, threshold=0.0))[0] == right


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        ("sông", "Trị", "sông Bến Hải (tỉnh Quảng Trị)"),
        ("12", "7", "12/7/1952"),
        ("7", "1952", "12/7/1952"),
        ("178", "178", "178,5"),
        ("Quảng", "12/7/1952", "ngày 12/7/1952"),
    ],
)
def test_no_number_is_cut_in_two_and_no_bracket_left_open(
    first: str, last: str, whole: str
) -> None:
    text = "Cầu Hiền Lương bắc qua sông Bến Hải (tỉnh Quảng Trị) ngày 12/7/1952, dài 178,5 mét."
    [passage] = split(Document("0.txt", text, "Tin"))
    hit = Hit(passage, "Tin", "", None, 0.0, 1)
    question = "Cầu Hiền Lương bắc qua sông nào?"
    [reading] = read_hits(load_span_reader(), question, [hit])
    begins = ((reading.starts >= text.index(first)).cumsum() == 1).astype(np.float32)
    end = text.index(last, text.index(first)) + len(last)
    finishes = ((reading.ends >= end).cumsum() == 1).astype(np.float32)
    told = replace(reading, read=replace(reading.read, starts=begins, ends=finishes))
    reader = ExtractiveReader(weights(0.1, syllables_found=1.0), load_passage_reading())
    result = reader.read(Query(question), [replace(hit, reading=told)], idf=lambda _: 1.0)
    assert result.short is not None
    assert result.short.text == whole


@pytest.mark.parametrize("copies", [1, 2, 5])
def test_a_fact_that_several_documents_tell_is_as_sure_as_that_of_one(copies: int) -> None:
    text = "Nhà máy thủy điện Hòa Bình có công suất 1.920 MW, khánh thành năm 1994."
    hits = [
        Hit(passage, "Thủy điện", "", None, score=0.0, rank=rank + 1)
        for rank in range(copies)
        for passage in split(Document(f"{rank}.txt", text, "Thủy điện"))
    ]
    reader = ExtractiveReader(load_weights(), load_passage_reading())
    question = Query("Nhà máy thủy điện Hòa Bình có công suất bao nhiêu?")
    assert not reader.read(question, hits, idf=lambda _: 5.0).refused


def test_a_list_comes_whole_without_a_few_words_at_its_head() -> None:
    text = "Cụm thi đua gồm những tỉnh Thanh Hóa, Nghệ An và Hà Tĩnh."
    reading = read("Cụm thi đua gồm những tỉnh nào?", text)
    assert texts(reading) == [text]
    assert reading.short is None


@pytest.mark.parametrize("question", ["", "?", "ai là gì"])
def test_a_question_without_content_is_refused(question: str) -> None:
    assert read(question, "Sáu tỉnh ký kết giao ước.", threshold=0.0).refused


def test_no_passages_are_a_refusal() -> None:
    assert read("ký kết giao ước").refused


def test_a_caption_is_no_answer() -> None:
    text = "Toàn cảnh hội nghị.\n\nHội nghị diễn ra tại Hà Nội."
    reading = read("toàn cảnh hội nghị", text, threshold=0.0)
    assert texts(reading) == ["Hội nghị diễn ra tại Hà Nội."]


def test_repeats_are_said_once_and_at_most_three_sentences() -> None:
    same = "Sáu tỉnh ký kết giao ước thi đua năm nay."
    reading = read("vì sao ký kết giao ước thi đua", same, same, f"{same} Hết.")
    assert texts(reading).count(same) == 1
    assert len(reading.evidence) <= 3


def test_sentences_of_one_document_are_in_reading_order() -> None:
    reading = read(
        "vì sao vụ việc tăng nhiều",
        "Vụ việc tăng nhiều trong năm. Mưa lớn. Vụ việc tăng do dân số tăng nhiều. Tăng.",
    )
    places = [sentence.start for sentence in reading.evidence]
    assert places == sorted(places)


def test_weights_for_other_features_are_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({"ranking": {"old": 1}, "confidence": {}, "threshold": 0.5}))
    with pytest.raises(DanChungError, match=r"weights\.json.*make reader"):
        load_weights(path)


def test_the_bundled_weights_load() -> None:
    assert 0 < load_weights().threshold < 1


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ("Hội nghị thi đua năm 2020 ký kết gì?", False),
        ("Hội nghị thi đua năm 2019 ký kết gì?", True),
        ("Hội nghị thi đua ngày 30/11/2020 ký kết gì?", False),
        ("Hội nghị thi đua ngày 29/11/2020 ký kết gì?", True),
        ("hoi nghi thi dua so 7 nam 2020 ky ket gi", True),
    ],
)
def test_another_year_day_or_number_is_a_near_miss_not_an_answer(
    question: str, *, refused: bool
) -> None:
    text = "Sáng 30/11/2020, hội nghị thi đua số 6 khai mạc. Hội nghị thi đua ký kết giao ước."
    assert read(question, text, threshold=0.1).refused is refused
