"""Opinions gone through page by page, and the passage that is marked as right."""

import pytest

from documents.document import Document
from documents.errors import DanChungError
from eval.feedback import Opinion, Passage
from eval.hashes import text_hash
from web.marking import PAGE_SIZE, Shown, marked_passage, opinion_page
from web.texts import VIETNAMESE

TEXT = "Mở đầu.\nCầu thông xe\nnăm 2019, dài 2 km."
DOCUMENT = Document("cầu.txt", TEXT, "Cầu")
WHOLE = text_hash(TEXT)


def opinion(number: int, *, good: bool = False, marked: bool = False) -> Opinion:
    passage = Passage("a", 0, 1, "x") if marked else None
    return Opinion("lan", good, "", {"question": str(number)}, "s:1", passage, number)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", Passage("cầu.txt", 8, 40, TEXT[8:40], WHOLE, is_answer=False)),
        ("  ", Passage("cầu.txt", 8, 40, TEXT[8:40], WHOLE, is_answer=False)),
        ("2019", Passage("cầu.txt", 25, 29, "2019", WHOLE)),
        (" thông  xe năm ", Passage("cầu.txt", 12, 24, "thông xe\nnăm", WHOLE)),
        ("na\u0306m 2019", Passage("cầu.txt", 21, 29, "năm 2019", WHOLE)),
    ],
    ids=["whole", "blank", "words", "other white space", "decomposed"],
)
def test_a_passage_or_words_in_it_are_marked(words: str, expected: Passage) -> None:
    passage = marked_passage(VIETNAMESE.evaluation, DOCUMENT, 8, 40, words)
    assert passage == expected
    assert TEXT[passage.start : passage.end] == passage.quote


@pytest.mark.parametrize(
    ("document", "start", "end", "words", "message"),
    [
        (None, 0, 3, "", "không còn như vậy"),
        (DOCUMENT, 3, 3, "", "không còn như vậy"),
        (DOCUMENT, 0, 99, "", "không còn như vậy"),
        (DOCUMENT, 8, 40, "2020", "“2020” không có nguyên văn"),
        (DOCUMENT, 8, 40, "Mở đầu", "“Mở đầu” không có nguyên văn"),
        (DOCUMENT, 8, 40, "20.9", "“20.9” không có nguyên văn"),
    ],
    ids=["no document", "empty", "outside", "other words", "elsewhere", "no pattern"],
)
def test_what_does_not_stand_there_is_refused(
    document: Document | None, start: int, end: int, words: str, message: str
) -> None:
    with pytest.raises(DanChungError, match=message):
        marked_passage(VIETNAMESE.evaluation, document, start, end, words)


@pytest.mark.parametrize(
    ("part", "expected"), [("all", [3, 2, 1]), ("good", [1]), ("bad", [3, 2]), ("open", [2])]
)
def test_the_latest_opinions_of_a_part_come_first(part: str, expected: list[int]) -> None:
    given = [opinion(1, good=True), opinion(2), opinion(3, marked=True)]
    page = opinion_page(given, Shown(part))
    assert [one.opinion_id for one in page.opinions] == expected


def test_past_the_last_page_is_the_last_one() -> None:
    given = [opinion(number) for number in range(PAGE_SIZE + 1)]
    page = opinion_page(given, Shown(page=9))
    assert (page.shown.page, page.pages, len(page.opinions)) == (1, 2, 1)
    assert opinion_page([], Shown(page=9)).pages == 1
