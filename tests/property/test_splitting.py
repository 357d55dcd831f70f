"""Splitting is an exact partition, for any text."""

import unicodedata
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from documents.document import Document, Passage
from documents.normalising import normalise
from documents.residue import is_residue
from documents.sentences import split_sentences
from documents.splitting import MOST_SYLLABLES, length_in_syllables, split, split_again

WORDS = (
    "làng sông nước chợ người đi về mùa gạo đường Đông Bắc nghiêng khuya TP. PGS. 98,5% 03 "
    "26/11/2020 127/129 (kênh) “mưa” nắng. gió! trăng? mây… rồi; thì, là: 😀 - –"
)
RESIDUE = ["(0) bình luận", "Về đầu trang", "Chia sẻ: Facebook", "Ảnh: Tư liệu", ""]
ENDS = [" ", "\n", "\n\n", "\n \n", "  ", "\u00a0", "\u2028", "\x0b"]

_sentence = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=60).map(" ".join)
_line = st.one_of(
    _sentence,
    _sentence.map(lambda sentence: unicodedata.normalize("NFD", sentence)),
    st.sampled_from(RESIDUE),
    st.text(alphabet="aàđ\u0301 .\n\t😀A1", max_size=30),
    st.integers(1, 3000).map(lambda length: "a" * length),
)
_block = st.tuples(_line, st.sampled_from(ENDS), st.integers(1, 4)).map(
    lambda parts: (parts[0] + parts[1]) * parts[2]
)
TEXTS = st.lists(_block, max_size=12).map("".join).map(normalise)


def _split(text: str) -> list[Passage]:
    return split(Document("bài.txt", text, "Bài"))


@given(TEXTS)
@example("một hai.\n\nmột hai.\n\n" * 200)
@example("a" * 10_000)
@example("\n" * 5000 + "a")
@settings(deadline=None, max_examples=50)
def test_passages_partition_the_text(text: str) -> None:
    passages = _split(text)
    if not passages:
        assert all(is_residue(line) for line in text.splitlines())
        return
    assert "".join(passage.text for passage in passages) == text
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))
    assert passages[0].start == 0
    for passage, following in pairwise(passages):
        assert passage.end == following.start
    for passage in passages:
        assert passage.document == "bài.txt"
        assert text[passage.start : passage.end] == passage.text


@given(TEXTS)
@example("một hai ba. " * 400)
@settings(deadline=None, max_examples=50)
def test_passages_are_not_too_long(text: str) -> None:
    for passage in _split(text):
        lines = passage.text.splitlines()
        residue = sum(length_in_syllables(line) + 1 for line in lines if is_residue(line))
        assert length_in_syllables(passage.text) <= MOST_SYLLABLES + residue + 2


@given(TEXTS)
@example("một hai ba. " * 60 + "\n" + "Về đầu trang\n" * 100)
@settings(deadline=None, max_examples=50)
def test_no_passage_is_residue_alone(text: str) -> None:
    for passage in _split(text):
        assert not all(is_residue(line) for line in passage.text.splitlines())


@given(TEXTS)
@settings(deadline=None, max_examples=50)
def test_composed_and_decomposed_documents_are_split_alike(text: str) -> None:
    assert _split(normalise(unicodedata.normalize("NFD", text))) == _split(text)


@given(TEXTS)
@settings(deadline=None, max_examples=50)
def test_sentences_are_ordered_and_hold_every_character(text: str) -> None:
    end = 0
    for sentence in split_sentences(text):
        assert end <= sentence.start < sentence.end
        assert not text[end : sentence.start].strip()
        piece = text[sentence.start : sentence.end]
        assert piece == piece.strip()
        end = sentence.end
    assert not text[end:].strip()


@given(TEXTS, TEXTS, TEXTS)
def test_an_edited_text_is_partitioned_too(before: str, edit: str, after: str) -> None:
    old = [passage.text for passage in _split(before + after)]
    document = Document("bài.txt", normalise(before + edit + after), "Bài")
    passages = split_again(document, old)
    assert "".join(passage.text for passage in passages) in ("", document.text)
    assert bool(passages) == bool(split(document))
    assert all(document.text[one.start : one.end] == one.text for one in passages)


@given(TEXTS)
def test_an_unedited_text_keeps_its_passages(text: str) -> None:
    passages = _split(text)
    document = Document("bài.txt", text, "Bài")
    assert split_again(document, [passage.text for passage in passages]) == passages
