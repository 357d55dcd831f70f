from dataclasses import replace

import numpy as np
import pytest
from reading_hits import read_hits

from documents.document import Document
from documents.splitting import split
from index.hit import Hit
from index.question import analyse
from index.span_reader import load_span_reader
from qa.sentence_reading import FEATURE_NAMES, QUESTION_NAMES, ReadSentences, read_sentences

QUESTION = "Cầu Long Biên khánh thành năm nào?"
TEXTS = (
    "Cầu Long Biên bắc qua sông Hồng. Cầu khánh thành năm 1902, dài 2.290 mét.",
    "Chùa Một Cột ở Hà Nội. Chùa có từ thời Lý.",
)


def hits() -> list[Hit]:
    documents = [Document(f"{place}.txt", text, "Tin") for place, text in enumerate(TEXTS)]
    passages = [passage for document in documents for passage in split(document)]
    return [Hit(p, "Tin", "", None, 1.0 - rank, rank) for rank, p in enumerate(passages, start=1)]


def read(question: str, found: list[Hit]) -> ReadSentences:
    readings = read_hits(load_span_reader(), question, found)
    known = [replace(hit, reading=one) for hit, one in zip(found, readings, strict=True)]
    return read_sentences(analyse(question, lambda _: 1.0), known)


@pytest.fixture(scope="module")
def sentences() -> ReadSentences:
    return read(QUESTION, hits())


def column(sentences: ReadSentences, name: str) -> list[float]:
    return list(map(float, sentences.features[:, FEATURE_NAMES.index(name)]))


def test_every_sentence_has_its_own_best_span(sentences: ReadSentences) -> None:
    assert len(sentences.sentences) == len(sentences.spans) == len(sentences.features) == 4
    for sentence, span in zip(sentences.sentences, sentences.spans, strict=True):
        assert span is not None
        assert sentence.start <= span.start < span.end <= sentence.end


def test_the_best_span_of_all_has_no_gap_and_fits_what_is_asked(sentences: ReadSentences) -> None:
    gaps = column(sentences, "span_gap")
    assert max(gaps) == 0
    assert gaps.index(0) == 1
    span = sentences.spans[1]
    assert span is not None
    assert "1902" in TEXTS[0][span.start : span.end]
    assert column(sentences, "span_fits")[1] == 1
    assert column(sentences, "span_fits")[2:] == [0, 0]


def test_the_shares_of_all_sentences_are_of_one_whole(sentences: ReadSentences) -> None:
    nothing = sentences.question[QUESTION_NAMES.index("nothing")]
    assert len(set(sentences.answers)) == 4
    assert sum(column(sentences, "share")) + nothing == pytest.approx(1, abs=1e-3)


def test_one_fact_in_several_documents_is_one_answer(sentences: ReadSentences) -> None:
    copies = [Document(f"{place}.txt", TEXTS[0], "Tin") for place in range(5)]
    passages = [passage for document in copies for passage in split(document)]
    found = [Hit(p, "Tin", "", None, 1.0, rank) for rank, p in enumerate(passages, start=1)]
    several, alone = read(QUESTION, found), read(QUESTION, found[:1])
    for name in ("start_share", "end_share", "share"):
        assert column(several, name)[1] >= column(alone, name)[1] - 0.02
    assert several.question[1:] == pytest.approx(alone.question[1:], abs=0.1)
    assert len(set(several.answers)) == len(set(alone.answers)) == 2
    assert several.answers[1] == sentences.answers[1]


@pytest.mark.parametrize("found", [[], [Hit(hits()[0].passage, "Tin", "", None, 1.0, 1)]])
def test_few_passages_are_read_too(found: list[Hit]) -> None:
    result = read(QUESTION, found)
    assert result.features.shape == (len(result.sentences), len(FEATURE_NAMES))
    assert np.isfinite(result.question).all()
    assert len(result.question) == len(QUESTION_NAMES)
