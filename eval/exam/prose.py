"""The sentences of a document that something can be asked about, and what the document is about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.document import Document
from documents.sentences import split_sentences
from index.abbreviations import UPPER
from qa.mentions import Person, persons_in

FEWEST_SYLLABLES, MOST_SYLLABLES = 5, 60
_DATELINE = re.compile(
    r"\s*(?:\([^()]{2,30}\)|[^\W\d_]{2,12}\.vn)\s*[-–—:]?\s*|[-–—•*+]\s+|\d{1,2}[.)]\s+"
    r"|\*\*[^*\n]{5,120}\*\*\s+|Điều \d+[.:]\s+|Dân trí\s+(?=[A-ZĐ])"
)
_UNSUITABLE = re.compile(r"[“”\"«»…?!|\[\]{}<>@#*_=]|\.\.\.|http|www\.|[‘’'`]")
_LAW = re.compile(
    r"(?:Bộ luật|Luật|Hiến pháp|Nghị định|Thông tư|Pháp lệnh)(?: (?:số )?\d[\w/.-]*\d*[\w/-]*)?"
    r"(?:(?:,? (?!quy định|có hiệu|và ngày|năm|về)[^\W\d_]+){0,9}?)"
    r"(?:,? (?:năm )?(?:19|20)\d\d(?!\w)|(?<=\d)(?= (?:quy định|có hiệu|và ngày)|[:,]|$)"
    r"|(?<=[A-ZĐ])(?=[:,]|$))"
)
_BEGINS_WITH_LAW = re.compile(
    rf"(?m)^(?P<name>(?:Bộ luật|Luật) [{UPPER}][^\n.0-9]{{2,60}}?),? số \d+/(?P<year>\d{{4}})/QH"
)
_BEGINNING = 400
_MOST_OF_NAME = 5
_GLUED = re.compile(
    r"(?<=[^\W\d_]\s)(?:Trên|Theo|Cặp|Ngày|Khi|Toàn|Để|Với|Dù|Tờ|Trong|Sau|Trước|Tuy|Nếu|Được"
    r"|Đây|Tại|Ảnh|Những"
    r"|Các|Một|Nhiều|Đã|Là|Có|Không|Cũng|Từ|Và|Hiện|Vì|Do|Bởi|Như|Theo|Cùng|Sáng|Chiều|Tối|Năm"
    r"|Gửi|Bên|Qua|Đến|Mới"
    r"|Diễn viên|Hành khách|Nữ|Cô|Cựu|Giám khảo|Video|Clip|Xem|Dưới|Ông [^\W\d_]+ Ông"
    r"|Bà [^\W\d_]+ Bà|Chị"
    r"|Anh [^\W\d_]+ Anh|Ai|Cập nhật|Đặc biệt|Bị|Thì|Tổng số)(?=\s)"
)
"""A caption or heading has run into the sentence."""


@dataclass(frozen=True, slots=True)
class Prose:
    """One sentence of a document: ``document.text[start:end]``, without its full stop.

    Attributes
    ----------
    person
        Whom "Ông" or "Bà" at its beginning is about, where that is clear; or empty.
    """

    start: int
    end: int
    text: str
    person: str = ""


def law_of(document: Document) -> str:
    """Return the law a document is about, with its year or number; or empty.

    Its title names it, or its first sentence: "Luật Căn cước, số 26/2023/QH15, được …".
    """
    match = _LAW.search(document.title)
    name = match.group().strip(" ,") if match else ""
    if re.search(r"\d{4}", name) and len(name.split()) > 2:  # noqa: PLR2004 (the kind, a word, the year)
        return name
    begins = _BEGINS_WITH_LAW.search(document.text[:_BEGINNING])
    return f"{begins['name']} năm {begins['year']}" if begins else ""


def sentences_of(document: Document) -> Iterator[Prose]:
    """Yield the sentences that end in a full stop and quote nobody, in reading order.

    Headings, captions, tables, lists of links and the like have no full stop, or signs that prose
    does not have.
    """
    person = ""
    subject = _title_person(document)
    for span in split_sentences(document.text):
        text = document.text[span.start : span.end]
        if not text.endswith(".") or "\n" in text.strip():
            continue
        lead = _DATELINE.match(text)
        start = span.start + (lead.end() if lead else 0)
        body = document.text[start : span.end].rstrip(" .")
        persons = persons_in(body)
        if FEWEST_SYLLABLES <= len(body.split()) <= MOST_SYLLABLES and _is_prose(body):
            yield Prose(start, start + len(body), body, subject or person)
        person = _carried(body, persons, person)


def _is_prose(body: str) -> bool:
    return (
        not (_UNSUITABLE.search(body) or _GLUED.search(body))
        and ": " not in body[:25]
        and not body.startswith("Thời điểm")
    )


def _title_person(document: Document) -> str:
    """Return the person whom the whole document is about: its title is a name it begins with."""
    title = re.sub(r"\s*\(.*\)$", "", document.title).strip()
    words = title.split()
    is_name = 1 < len(words) <= _MOST_OF_NAME and all(word[0].isupper() for word in words)
    begins = re.search(rf"(?m)^{re.escape(title)} (?:\(|là |, )", document.text)
    is_person = re.search(r"(?:^|\. )(?:Ông|Bà) (?!\w*[A-ZĐ])", document.text)
    return title if is_name and begins and is_person else ""


def _carried(body: str, persons: tuple[Person, ...], before: str) -> str:
    """Return the person whom the next sentence may call "Ông": the only one of this one."""
    if len(persons) == 1 and persons[0].is_sure:
        return persons[0].name
    return before if not persons and re.match(r"(?:Ông|Bà) [^\W\dA-ZĐ]", body) else ""
