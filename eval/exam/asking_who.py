"""Questions for a person, and for the office a person holds."""

import re
from collections.abc import Iterator

from eval.exam.clauses import Clause, is_named, verb_place
from eval.exam.drafts import Draft, asked
from eval.exam.prose import Prose
from eval.near_misses import COUNTRIES
from index.abbreviations import UPPER
from qa.mentions import persons_in

_NAME = rf"[{UPPER}][^\W\d_]+(?: [{UPPER}][^\W\d_]*){{1,3}}"
SURNAME = (
    "(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Trịnh"
    "|Tạ|Mai|Lương|Đào"
    "|Vương|Tô|Trương|Phùng|Cao|Hà|Chu|Lâm|Thái|Tôn|Quách|La|Kiều|Lưu|Mạc|Nông|Triệu|Đàm|Tống"
    "|Văn|Từ|Thân|Nghiêm)"
)
_VIETNAMESE = rf"{SURNAME}(?: [{UPPER}][^\W\d_]*){{1,3}}"
_OFFICES = (
    "Viện trưởng|Chủ tịch|Giám đốc|Tổng giám đốc|Bộ trưởng|Thứ trưởng|Bí thư|Trưởng ban|Cục trưởng"
    "|Vụ trưởng|Hiệu trưởng|Chánh án|Tổng Bí thư|Thủ tướng|Tổng thống|Trưởng phòng|Chánh Văn phòng"
    "|Tư lệnh|Chỉ huy trưởng|Huấn luyện viên trưởng|HLV trưởng|Chủ nhiệm|Tổng Biên tập"
    "|Tổng thư ký|Đại sứ|Tổng Tư lệnh"
    "|Trưởng đoàn|Tổng cục trưởng|Chi cục trưởng|Hạt trưởng|Chánh thanh tra|Ngoại trưởng"
    "|Thống đốc|Thị trưởng"
)
_OFFICE = rf"(?:(?:[Nn]guyên |[Cc]ựu )?(?:[Pp]hó )?(?:(?i:{_OFFICES}))(?: [Tt]hường trực)?)"
_TITLED = (
    r"(?:(?i:ông|bà|đồng chí|ThS|TS|PGS|GS|BS|thượng tá|đại tá|trung tá|thiếu tướng"
    r"|trung tướng|thượng tướng|đại tướng)\.? ?)*"
)
_APPOSITION = re.compile(
    rf"(?<![\w])(?P<lead>{_TITLED})(?P<name>{_NAME})\s*(?:,|-|–)\s*(?:(?:Ủy viên|Bí thư"
    rf"|Phó Bí thư)[^,;()]{{3,60}}, ){{0,3}}"
    rf"(?P<office>{_OFFICE} [^,;()–:]{{4,80}}?)"
    rf"(?=,| cho biết| cho hay| chủ trì| phát biểu| khẳng định| đã | nói | nhấn mạnh| thông tin"
    rf"| và |$)"
)
_DIRECT = re.compile(
    rf"(?<!\w)(?P<office>{_OFFICE} [^,;():]{{4,70}}?) (?P<name>{_VIETNAMESE})(?= cho biết"
    rf"| cho hay| chủ trì"
    rf"| phát biểu| khẳng định| đã | nói | nhấn mạnh| thông tin|,|$)"
)
_IS = re.compile(
    rf"^là (?:{_TITLED}|(?i:vua|nhà \w+|giáo sư|nhạc sĩ|họa sĩ|kiến trúc sư"
    rf"|tướng) )*(?P<name>{_NAME})$"
)
_BY = re.compile(
    rf"^(?P<before>.*?\bdo (?:(?i:vua|ông|bà|nhà \w+|kiến trúc sư|nhạc sĩ|đạo diễn|tướng"
    rf"|hoàng đế) )?)(?P<name>{_NAME}) (?P<after>.+)$"
)
_ORGANISATION = re.compile(
    r"^(?:Mỹ|Nga|Pháp|Đức|Nhật|Anh|Ý|Úc|Hàn|Trung Quốc|Thái Lan|Việt Nam|TP|Quốc|Chính|Bộ|Ủy"
    r"|UBND|HĐND|Công|Hội|Đảng|Nhà|Tòa|Viện|Ban|Sở|Cục|Tổng|Liên|Mặt|Trường|Đại|Tập|Ngân)\b"
)
_SHORTEST = 2
_FEWEST_OF_OFFICE = 4
_SUBJECT = re.compile(
    rf"^(?P<lead>{_TITLED}(?:(?i:vua|tướng|chủ tịch|thủ tướng|tổng thống|nhà thơ|nhà văn|nhạc sĩ"
    rf"|giáo sư|hoàng đế|nữ hoàng) )?)(?P<name>{_NAME})$"
)
_SAID = re.compile(
    r"^(?:đã |sẽ |đang )?(?:cho biết|cho rằng|cho hay|nói|khẳng định|nhấn mạnh|phát biểu|đề nghị"
    r"|yêu cầu"
    r"|là|chia|sinh|mất|có|không|được|bị|nằm|thuộc|chỉ|về|đến|ở|sống|học|làm|ghi nhận|theo|mang"
    r"|phải|tuyên bố|dự)(?!\w)"
)


def asking_who(clause: Clause, text: str) -> Iterator[Draft]:
    """Yield questions for the person whom a clause names.

    Parameters
    ----------
    text
        The document.
    """
    named = _IS.match(clause.text)
    if (
        named
        and is_named(clause.subject)
        and (_is_titled(clause.text) or (_is_person(text, named["name"]) and not clause.is_open))
    ):
        question = asked(_before(clause), "là ai")
        if question and len(clause.subject.split()) > _SHORTEST:
            yield _draft("who_is", clause, *named.span("name"), named["name"], question)
    by = _BY.match(clause.text)
    if by and _is_person(text, by["name"]) and (is_named(clause.subject)):
        question = asked(
            _before(clause),
            by["before"] and re.sub(r"\bdo .*$", "do ai", by["before"]),
            by["after"],
        )
        if question:
            yield _draft("who_by", clause, *by.span("name"), by["name"], question)
    yield from _as_subject(clause, text)


def asking_office(prose: Prose) -> Iterator[Draft]:
    """Yield questions for who holds an office, and for the office that a person holds."""
    for pattern in (_APPOSITION, _DIRECT):
        for match in pattern.finditer(prose.text):
            office, name = match["office"].strip(), match["name"]
            if not _is_whole_office(office) or not _is_person(prose.text, name):
                continue
            start, end = (prose.start + place for place in match.span("office"))
            holds = asked(name, "giữ chức vụ gì") or f"{name} giữ chức vụ gì?"
            yield Draft("fact", "office", holds, (office,), start, end, prose.start)
            is_one = not re.match(r"(?i)(?:nguyên |cựu )?phó|thứ trưởng", office)
            who = asked("Ai là", office[0].upper() + office[1:]) if is_one else None
            if who:
                start, end = (prose.start + place for place in match.span("name"))
                yield Draft("who", "who_office", who, (name,), start, end, prose.start)


def _as_subject(clause: Clause, text: str) -> Iterator[Draft]:
    match, said = _SUBJECT.match(clause.subject), clause.whole or clause.text
    if not match or _SAID.match(said) or not _is_person(text, match["name"]):
        return
    place = text.rfind(clause.subject, max(0, clause.start - 200), clause.start)
    rest = [word for word in said.split() if word[0].isupper() or any(map(str.isdigit, word))]
    if not (match["lead"] or re.match(rf"{SURNAME} ", match["name"])) or match["name"] in COUNTRIES:
        return
    if place < 0 or not (len(rest) > 1 or clause.front) or len(said.split()) < 4:  # noqa: PLR2004
        return
    front = f"{clause.front.text}," if clause.front and clause.front.kind != "article" else ""
    question = asked(front, "ai", said)
    if question:
        start = place + match.start("name")
        yield Draft(
            "who",
            "who_subject",
            question,
            (match["name"],),
            start,
            start + len(match["name"]),
            place,
        )


def _before(clause: Clause) -> str:
    front = clause.front
    return (
        f"{front.text}, {clause.subject}" if front and front.kind != "article" else clause.subject
    )


def _is_titled(text: str) -> bool:
    return bool(
        re.match(
            r"là (?i:ông|bà|đồng chí|đại tướng|trung tướng|thiếu tướng|vua|nhạc sĩ|nhà thơ) ", text
        )
    )


def _is_person(text: str, name: str) -> bool:
    """Return whether a text shows a name to be a person's."""
    if _ORGANISATION.match(name):
        return False
    return any(person.name == name for person in persons_in(text))


def _is_whole_office(office: str) -> bool:
    """Return whether an office says of which body: "Giám đốc Sở Du lịch tỉnh Bến Tre"."""
    words = office.split()
    place = re.search(
        r"tối cao|Chính phủ|Quốc hội|nước|(?:tỉnh|TP\.?|thành phố|huyện|quận|xã|phường|Bộ"
        r"|Công ty|Tập đoàn"
        rf"|Trường|Đại học|Bệnh viện|Trung tâm|Viện|Hội|Liên đoàn|Cục|Tổng cục) [{UPPER}]|{_NAME}$",
        " ".join(words[1:]),
    )
    if (
        re.search(rf"\s(?:Ông|Bà|Anh|Chị)(?:\s|$)|\s[-–]|\svà\s|\s{SURNAME} [{UPPER}]", office)
        or verb_place(office) is not None
    ):
        return False
    return (
        bool(place)
        and len(words) >= _FEWEST_OF_OFFICE
        and not re.search(r"\b(?:này|đó|vừa|được|là|đã|cho|cùng|tỉnh)$", office)
    )


def _draft(template: str, clause: Clause, start: int, end: int, name: str, question: str) -> Draft:
    return Draft(
        "who", template, question, (name,), clause.start + start, clause.start + end, clause.start
    )
