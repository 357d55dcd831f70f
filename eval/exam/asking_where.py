"""Questions for the place of what a clause says."""

import re
from collections.abc import Iterator

from eval.exam.clauses import Clause, verb_place
from eval.exam.drafts import Draft, asked, opening
from index.abbreviations import UPPER

_KIND = (
    r"(?:tỉnh|thành phố|thủ đô|huyện|quận|xã|phường|thị xã|thị trấn|làng|thôn|bản|đảo|sông|núi"
    r"|vùng|khu vực|số"
    r"|nhà hát|trung tâm|sân vận động|bảo tàng|cung|quảng trường|khách sạn|trường|bệnh viện"
    r"|căn nhà|đường|phố"
    r"|vịnh|hồ|thung lũng|cảng|sân bay|công viên|chùa|đền|nhà thờ|hội trường|phía (?:đông|tây"
    r"|nam|bắc)(?: [^\W\d_]+)?)"
)
_PLACE = re.compile(
    rf"\s(?P<preposition>tại|ở|trên đất"
    rf"|trên địa bàn)\s(?P<place>(?:(?i:{_KIND}) )*(?:TP\.? ?)?[{UPPER}][^\W_]*"
    rf"(?:(?: |-| - |\. )(?:[{UPPER}][^\W_]*|(?i:{_KIND})|\d+|ở|của))*)$"
)
_NO_PLACE = re.compile(
    r"^(?:Điều|Khoản|Chương|Luật|Nghị|Thông|Hội nghị|Đại hội|Giải|Olympic|World|SEA|V-League"
    r"|Euro|Cúp|Kỳ|Lễ|Tết|Facebook"
    r"|YouTube|Google|Covid|ông|bà|Premier|Champions|La Liga|Asiad|AFF|Serie|Bundesliga|Ngoại hạng)"
)
_NO_SCENE = re.compile(
    r"(?:đến|tới|về|từ|sang|cho)\s*$|(?:^|\s)(?:cho (?:biết|hay|rằng)|nói rằng|một trong|nhất"
    r"|cảnh báo|mục tiêu)(?:\s|$)"
)
"""Behind such words a place is no scene of what is said."""
_ACRONYM = re.compile(rf"[{UPPER}]+")
_FEWEST = 3


def asking_where(clause: Clause, law: str) -> Iterator[Draft]:
    """Yield a question for the place at the end of a clause, or in front of it."""
    yield from _of_front(clause)
    yield from _behind_time(clause)
    match = _PLACE.search(clause.text)
    if not match or clause.is_open or _NO_PLACE.match(match["place"]) or _more_follows(clause):
        return
    head = clause.text[: match.start()].strip()
    if re.search(r"(?:ở|tại)\s", head) or len(head.split()) < 1 or verb_place(head) is None:
        return
    if _NO_SCENE.search(head) or _ACRONYM.fullmatch(match["place"]):
        return
    begin = opening(clause, law)
    asking = {"tại": "tại đâu", "ở": "ở đâu"}.get(match["preposition"], "ở đâu")
    question = begin and asked(begin, head, asking)
    if question:
        start, end = match.span("place")
        yield Draft(
            "where",
            "where_end",
            question,
            (match["place"],),
            clause.start + start,
            clause.start + end,
            clause.start,
        )


def _of_front(clause: Clause) -> Iterator[Draft]:
    front = clause.front
    if front is None or front.kind != "place" or clause.is_open:
        return
    bare = Clause(clause.subject, clause.start, clause.end, clause.text)
    begin = opening(bare, "")
    if len(clause.text.split()) < _FEWEST or re.search(r"\s(?:ở|tại)\s", clause.text):
        return
    question = begin and asked(begin, clause.text, "ở đâu")
    if question:
        place = re.sub(r"^(?:tại|ở)\s+", "", front.text, flags=re.IGNORECASE)
        start = front.end - len(place)
        yield Draft("where", "where_front", question, (place,), start, front.end, clause.start)


def _behind_time(clause: Clause) -> Iterator[Draft]:
    place = clause.place
    if place is None or clause.is_open or re.search(r"\s(?:ở|tại)\s", clause.text):
        return
    begin = opening(clause, "")
    question = begin and asked(begin, clause.text, "ở đâu")
    if question:
        start = place.start + place.text.index(" ") + 1
        yield Draft(
            "where",
            "where_second",
            question,
            (place.text[start - place.start :],),
            start,
            place.end,
            clause.start,
        )


def _more_follows(clause: Clause) -> bool:
    """Return whether the place goes on behind a comma: "tại Hà Nội, Đà Nẵng"."""
    return bool(clause.after) and clause.is_open
