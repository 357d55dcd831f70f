"""How a document falls into passages."""

import pytest

from documents.document import Document
from documents.splitting import split, split_again

SENTENCE = "Nước từ trên nguồn chảy về qua ba làng ven sông rồi ra biển."
PARAGRAPH = " ".join([SENTENCE] * 10)


def _pieces(text: str) -> list[str]:
    return [passage.text for passage in split(Document("bai.txt", text, "Bài"))]


def test_passages_end_at_paragraphs() -> None:
    assert _pieces("\n\n".join([PARAGRAPH] * 3)) == [f"{PARAGRAPH}\n\n"] * 2 + [PARAGRAPH]


def test_a_long_paragraph_is_split_at_sentences() -> None:
    pieces = _pieces(" ".join([SENTENCE] * 40))
    assert len(pieces) > 2
    assert all(piece.strip().startswith("Nước") for piece in pieces)
    assert all(piece.strip().endswith("biển.") for piece in pieces)


def test_a_heading_joins_its_text() -> None:
    assert _pieces(f"Ba làng\n\n{PARAGRAPH}") == [f"Ba làng\n\n{PARAGRAPH}"]


def test_residue_joins_the_passage_before_it() -> None:
    text = f"{PARAGRAPH}\n\n{PARAGRAPH}\n\n(0) bình luận\n\nVề đầu trang\n"
    assert _pieces(text)[-1] == f"{PARAGRAPH}\n\n(0) bình luận\n\nVề đầu trang\n"


def test_residue_alone_has_no_passage() -> None:
    assert _pieces("(0) bình luận\n\nVề đầu trang\n") == []


def _article(*, edited: int | None = None, words: str = "thêm một câu") -> str:
    """Return an article of twenty paragraphs, of which one is longer when it is edited."""
    paragraphs = [f"Đoạn {n} kể về làng số {n}. " + "Nước lên rồi xuống. " * 30 for n in range(20)]
    if edited is not None:
        paragraphs[edited] = f"{paragraphs[edited]}Rồi người ta {words}."
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize("words", ["thêm một câu", "kể chuyện mưa nắng " * 40])
@pytest.mark.parametrize("edited", [0, 7, 19])
def test_an_edited_paragraph_leaves_the_other_passages_as_they_were(
    edited: int, words: str
) -> None:
    old = [passage.text for passage in split(Document("a.txt", _article(), "A"))]
    again = split_again(Document("a.txt", _article(edited=edited, words=words), "A"), old)
    assert 1 <= len([passage for passage in again if passage.text not in old]) <= 2


def test_words_added_at_the_end_do_not_begin_a_passage_within_a_sentence() -> None:
    long = "Nước lên rồi xuống. " * 50 + "Làng ở bên sông"
    again = split_again(Document("a.txt", long + " Hồng.", "A"), [long])
    assert not any(passage.text.lstrip().startswith("Hồng") for passage in again)
