"""Whatever a model writes, only existing passages are named and only exact quotes are shown."""

from hypothesis import given
from hypothesis import strategies as st

from documents.document import Document
from documents.splitting import split
from index.hit import Hit
from qa.draft import parse_draft
from qa.written_answer import check

TEXT = (
    "Sông Hương chảy qua thành phố Huế. Cầu Trường Tiền bắc qua sông này từ năm 1899.\n\n"
    "Cầu có 6 nhịp. Người dân không thu phí."
)
DOCUMENT = Document("hue.txt", TEXT, "Huế")
HITS = [
    Hit(passage, DOCUMENT.title, "", None, 1.0, rank)
    for rank, passage in enumerate(split(DOCUMENT), start=1)
]
PIECES = [
    "[1]", "[0]", "[999999999]", "[1-999999999]", "[[1]]", "[1[2]]", "[", "]", "[1", "[đoạn 1]",
    ".", " ", "\n", "?", "“", "”", "<think>", "</think>", "**", "- ", "1. ", "\ue000", "\ud800",
    "Sông Hương chảy qua thành phố Huế", "Cầu có 6 nhịp", "Cầu có 7 nhịp", "không",
]  # fmt: skip
REPLIES = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=30).map("".join)


@given(REPLIES, st.integers(0, 4))
def test_every_claim_names_existing_passages_each_once(reply: str, passages: int) -> None:
    for claim in parse_draft(reply, passages=passages).claims:
        assert set(claim.passages) <= set(range(passages))
        assert len(set(claim.passages)) == len(claim.passages)
        assert claim.text == " ".join(claim.text.split())


@given(REPLIES)
def test_what_stands_has_exact_quotes_and_nothing_stands_twice(reply: str) -> None:
    checked = check(reply, HITS, lambda path: DOCUMENT if path == DOCUMENT.path else None)
    assert [citation.marker for citation in checked.citations] == list(
        range(1, len(checked.citations) + 1)
    )
    for citation in checked.citations:
        assert TEXT[citation.start : citation.end] == citation.quote
        assert f"[{citation.marker}]" in checked.text
    assert "7" not in checked.text
