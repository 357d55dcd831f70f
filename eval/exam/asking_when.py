"""Questions for the day, month, year or century of what a clause says."""

import re
from collections.abc import Iterator

from documents.dates import find_dates
from eval.exam.clauses import Clause, verb_place
from eval.exam.drafts import Draft, asked, opening
from index.abbreviations import UPPER
from qa.mentions import documents_in

_YEAR = re.compile(r"(?P<year>[12]\d{3})(?![\w/-]|[.,]\d)")
_CENTURY = re.compile(r"thế k[ỷỉ] (?P<year>[IVX]+)(?!\w)")
_BEFORE = re.compile(
    r"(?:^|\s)(?P<preposition>vào|từ|kể từ|đến|trước|sau|là|trong|đến hết)?\s*"
    r"(?:lúc \d+ giờ(?: \d+)?(?: phút)?,? )?(?P<part>sáng sớm|sáng|trưa|chiều|tối|đêm|rạng sáng"
    r"|cuối|đầu|giữa)?"
    r"\s*(?P<unit>các năm|năm|ngày|hôm|mùng)?\s*$",
    re.IGNORECASE,
)
_KEPT = {"từ": "từ", "kể từ": "kể từ", "là": "là"}
_UNCLEAR = {"đến", "trước", "sau", "trong", "đến hết"}
_ATTRIBUTE = re.compile(
    rf"(?:[{UPPER}][^\s,]*|số|khóa|hội nghị|đại hội|luật|mùa|giải|kỳ|bản|lần|so với|đầu|đến|từ)\s*$"
)
_STATE = re.compile(r"(?:có|là|đạt|chiếm|gồm|đã có|còn|lên đến|tăng|giảm|đứng|xếp)\s.*\d|là\s")
"""What holds for a time rather than happens: its number is asked for instead."""
_TELLS = re.compile(
    r"(?:\S+ ){0,3}(?:đưa tin|tiết lộ|cho biết|thừa nhận|chia sẻ|hé lộ|lên tiếng|nói|khẳng định"
    r"|đăng tải|viết|cho hay|dự kiến)(?!\w)"
)
_AGAIN = re.compile(r"(?:và|rồi)\s|(?:năm|ngày)\s")
_TWICE = re.compile(r"\s(?:vào|lúc|hồi)\s(?:\S+\s?){0,4}$")
_SUBORDINATE = re.compile(r"(?:^|\s)(?:khi|nếu|nhưng)\s")
_FEWEST = 3


def asking_when(clause: Clause, law: str) -> Iterator[Draft]:
    """Yield questions for the one time that a clause names."""
    yield from _of_front(clause)
    times = list(_times(clause.text))
    if len(times) != 1 or (clause.front and clause.front.kind == "time"):
        return
    start, end, noun = times[0]
    before = _BEFORE.search(clause.text[:start])
    if before is None or not noun or _is_within_name(clause.text, start):
        return
    head = clause.text[: before.start()].strip()
    noun = _noun(noun, before["part"])
    preposition = (before["preposition"] or "").lower()
    if list(_times(clause.following)) and _AGAIN.match(clause.following):
        return  # "ghi danh năm 1994 …, rồi năm 2000 …"
    if re.match(r"là\s", head) or _TWICE.search(head):
        return
    if (
        preposition in _UNCLEAR
        or not _is_whole(head)
        or (_ATTRIBUTE.search(head) and noun == "năm nào")
    ):
        return
    if noun == "năm nào" and before["unit"] is None and not clause.text[:start].endswith("thế kỷ "):
        return
    begin = opening(clause, law)
    question = begin and asked(begin, head, _KEPT.get(preposition, "vào"), noun)
    if question:
        answers = _answers(clause.text[start:end], noun)
        place = clause.start + start
        end += clause.start
        yield Draft("when", "when_within", question, answers, place, end, clause.start)


def _of_front(clause: Clause) -> Iterator[Draft]:
    front = clause.front
    said = clause.whole or clause.text
    if front is None or front.kind != "time" or re.search(r"\d/\d+/\d{4}|tháng \d", said):
        return
    times = list(_times(front.text))
    if len(times) != 1 or not _is_whole(said):
        return
    if list(_times(said)) and "/" not in front.text and "tháng" not in front.text:
        return
    start, end, noun = times[0]
    before = _BEFORE.search(front.text[:start])
    if (
        before is None
        or not noun
        or _STATE.match(said)
        or (before["preposition"] or "").lower() in _UNCLEAR
    ):
        return
    preposition = _KEPT.get((before["preposition"] or "").lower(), "vào")
    bare = Clause(clause.subject, clause.start, clause.end, clause.text)
    begin = opening(bare, "")
    noun = _noun(noun, before["part"])
    question = begin and asked(begin, said, preposition, noun)
    if question:
        answers = _answers(front.text[start:end], noun)
        place = front.start + start
        end += front.start
        yield Draft("when", "when_front", question, answers, place, end, clause.start)


def _times(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the complete times of a text with the words that ask for each."""
    taken = []
    for mention in find_dates(text):
        taken.append((mention.start, mention.end))
        if mention.year:
            noun = "ngày nào" if mention.day else "tháng, năm nào"
            yield mention.start, mention.end, noun
        else:
            yield mention.start, mention.end, ""
    for match in _YEAR.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield match.start(), match.end(), "năm nào"
    for match in _CENTURY.finditer(text):
        yield match.start(), match.end(), "thế kỷ nào"


def _noun(noun: str, part: str | None) -> str:
    return "thời gian nào" if part and part.lower() in {"cuối", "đầu", "giữa"} else noun


def _is_within_name(text: str, start: int) -> bool:
    """Return whether a time is part of the name of a law or the like."""
    return any(
        text.find(name) <= start < text.find(name) + len(name) for name in documents_in(text)
    )


def _is_whole(head: str) -> bool:
    """Return whether what is said has a verb and something with it."""
    if _TELLS.match(head) or _SUBORDINATE.search(head):
        return False
    return len(head.split()) >= _FEWEST - 1 and verb_place(head) is not None


def _answers(text: str, noun: str) -> tuple[str, ...]:
    lead = {"ngày nào": "ngày ", "năm nào": "năm "}.get(noun)
    return (text, f"{lead}{text}") if lead else (text,)
