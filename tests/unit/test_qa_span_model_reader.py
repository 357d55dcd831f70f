"""The sentence around the span that a model chooses."""

import pytest

from documents.document import Passage
from qa.span_model_reader import FoundSpan, sentence_around

TEXT = "Mở đầu. Bà Mai chủ trì.\nÔng Nam dự."
PASSAGE = Passage("a.txt", 0, 0, len(TEXT), TEXT)


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        ("Mai", "Bà Mai chủ trì."),
        ("Mở đầu.", "Mở đầu."),
        ("trì.\nÔng", "Bà Mai chủ trì.\nÔng Nam dự."),
        ("\n", "\n"),
    ],
)
def test_the_sentence_around_a_span_is_cited(span: str, sentence: str) -> None:
    start = TEXT.index(span)
    evidence = sentence_around(FoundSpan(PASSAGE, start, start + len(span), 1.0))
    assert evidence.text == sentence
