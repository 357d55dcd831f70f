"""How a document falls into passages."""

from documents.document import Document
from documents.splitting import split

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
