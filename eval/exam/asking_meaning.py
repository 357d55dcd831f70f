"""Questions for what something is, what it is made of, and why something is so."""

import re
from collections.abc import Iterator

from documents.document import Document
from eval.exam.clauses import Clause, is_named, verb_place
from eval.exam.drafts import Draft, asked, lowered, opening
from eval.near_misses import PROVINCES

_IS = re.compile(r"^(?:là|được định nghĩa là|được hiểu là)\s+(?P<what>.+)$")
_NO_DEFINITION = re.compile(
    r"^(?:một trong|do|vì|của|không|rất|điều|việc|để|khi|bao|những|các|người (?:đã|được|có)|ai"
    r"|nhờ|cách|\d|ngày|năm|nơi"
    r"|ông|bà|hơn|khoảng|thành viên|con|chuyện|lúc|dịp|mục tiêu|kết quả|đầu tiên|đối thủ|hai|ba"
    r"|bốn)(?!\w)"
)
_ADVERB = re.compile(
    r"(?:^|\s)(?:cũng|còn|từng|luôn|đều|hiện|vốn|chỉ|vẫn|thường|ngày nay|tất cả|mọi|với|ngoài|và"
    r"|tại|ở|trong|nay"
    r"|sẽ|ông|bà|anh|chị|bé|của|có thể|trước)(?!\w)",
    re.IGNORECASE,
)
_GENUS = re.compile(
    r"(?:một |cơ quan|tổ chức|thành phố|thủ đô|tỉnh|quốc gia|đất nước|nước|công ty|tập đoàn|hãng"
    r"|nhà (?:văn|thơ|khoa|báo|vật"
    r"|toán|soạn|hát|máy|thờ|nước|sản xuất)|loài|loại|chi|họ|trường|đại học|ngôn ngữ|lễ hội|lễ"
    r"|hòn đảo|đảo|quần đảo|sông|con sông|núi"
    r"|ngọn núi|dãy núi|hồ|vịnh|biển|di sản|công trình|ca sĩ|diễn viên|nhạc sĩ|họa sĩ|bộ phim"
    r"|phim|cuốn|tác phẩm|bài|album|hệ thống"
    r"|phương pháp|thuật ngữ|môn|trò chơi|câu lạc bộ|đội|tôn giáo|triều đại|đơn vị|chất|hợp chất"
    r"|nguyên tố|ngành|kỹ thuật"
    r"|phần mềm|ứng dụng|mạng|sân bay|sân vận động|cây cầu|cầu|chùa|đền|bảo tàng|lâu đài|tòa nhà"
    r"|trung tâm|khu|vùng|dân tộc|nền"
    r"|vị vua|vua|ngân hàng|sở giao dịch|nhật báo|tờ báo|tạp chí|hang động|người (?:đứng|sáng"
    r"|đầu tiên)|trận|chiến|cuộc|tên lửa"
    r"|nhật|pháp luật|tòa án|đường|tuyến|ga|cảng|văn bản|hội|đảng|bang|huyện|quận|xã|phường"
    r"|thị trấn|làng|đạo luật|giải|thẻ|giống|món)"
    r"(?!\w)"
)
_MOST_SUBJECT = 8
_FEWEST_OF_NAME = 4
_SHORT = 5
_PERSON = re.compile(
    r"(?:nhà (?:văn|thơ|khoa|báo|vật|toán|soạn)|nam|nữ|ca sĩ|diễn viên|vua|vị|cầu thủ|họa sĩ"
    r"|nhạc sĩ|chính khách|tướng|hoàng đế|người|luật sư|danh|đạo diễn|tỷ phú|chính trị gia)(?!\w)"
)
_SET = re.compile(r"^(?:bao )?gồm (?:có )?(?P<items>.+)$")
_TOLD = re.compile(r"\s(?:nói|cho biết|cho hay|cho rằng|khẳng định)(?:\s|$)")
_BECAUSE = re.compile(r"^(?P<said>.+?)\s(?:vì|bởi vì)\s(?P<cause>.{12,})$")
_ITEMS = re.compile(r",\s+|;\s+|\s+và\s+")
_FEWEST_WORDS, _MOST_WORDS = 4, 30
_FEWEST_ITEMS, _MOST_ITEMS = 2, 8
_LONGEST_ITEM = 9


def asking_meaning(
    clause: Clause, law: str, document: Document, sentence_end: int
) -> Iterator[Draft]:
    """Yield questions for the definition, the members or the cause that a clause gives."""
    yield from _definition(clause, law, document, sentence_end)
    yield from _members(clause, law, document, sentence_end)
    yield from _cause(clause, law, document, sentence_end)


def _definition(clause: Clause, law: str, document: Document, sentence_end: int) -> Iterator[Draft]:
    match = _IS.match(clause.text)
    if not match or clause.front or _NO_DEFINITION.match(match["what"]):
        return
    end = sentence_end if clause.is_open else clause.end
    start = clause.start + match.start("what")
    what = document.text[start:end].rstrip(" ,;")
    end = start + len(what)
    question = _what_is(clause, law, what) if _is_meaning(what) else None
    if question:
        yield Draft("definition", "definition", question, (what,), start, end, clause.start)


def _is_meaning(what: str) -> bool:
    """Return whether what is said tells something: more than "di sản đầu tiên"."""
    words = what.split()
    if re.search(r"(?:đầu tiên|duy nhất|thứ \w+)$", what) and len(words) <= _SHORT:
        return False
    return _FEWEST_WORDS <= len(words) <= _MOST_WORDS and what[0].islower()


def _what_is(clause: Clause, law: str, what: str) -> str | None:
    subject = clause.subject
    if is_named(subject):
        if not _is_thing(subject, what):
            return None
        return asked(subject, _asking(what), fewest=_FEWEST_OF_NAME)
    begin = opening(clause, law) if law and "được" not in subject else None
    return asked(begin, "là gì") if begin else None


def _is_thing(subject: str, what: str) -> bool:
    """Return whether a name alone is told to be one of a genus, not praised or compared."""
    bare = not _ADVERB.search(subject) and verb_place(subject) is None
    return bare and len(subject.split()) <= _MOST_SUBJECT and bool(_GENUS.match(what))


def _asking(what: str) -> str:
    return "là ai" if _PERSON.match(what) else "là gì"


def _members(clause: Clause, law: str, document: Document, sentence_end: int) -> Iterator[Draft]:
    match = _SET.match(clause.text)
    begin = opening(clause, law)
    if not match or begin is None or _TOLD.search(begin):
        return
    start = clause.start + match.start("items")
    end = sentence_end if clause.is_open else clause.end
    what = document.text[start:end]
    items = tuple(item.strip() for item in _ITEMS.split(what))
    if not _FEWEST_ITEMS <= len(items) <= _MOST_ITEMS or ";" in what or any(map(str.isdigit, what)):
        return
    if ":" in what or max(len(item.split()) for item in items) > _LONGEST_ITEM or "(" in what:
        return
    places = sum(item.removeprefix("TP. ") in PROVINCES or item in PROVINCES for item in items)
    noun = "những tỉnh, thành phố nào" if places == len(items) else "những gì"
    question = asked(begin, "gồm", noun, fewest=_FEWEST_OF_NAME)
    if question:
        yield Draft("list", "members", question, (what,), start, end, clause.start, items)


def _cause(clause: Clause, law: str, document: Document, sentence_end: int) -> Iterator[Draft]:
    match = _BECAUSE.match(clause.text)
    if not match or not is_named(clause.subject) or clause.is_open:
        return
    if re.search(r"(?:được|bị|phần lớn|là|chủ yếu)$", match["said"]) or re.search(
        r"\sdo\s\S+\s\S+\s(?:\S+\s)?(?:làm|tổ chức|xây|sáng|thực|chủ|ban)", clause.text
    ):
        return
    if not re.search(r"\s(?:vì|bởi vì)\s", clause.text):
        return
    begin = opening(clause, law)
    if len(match["said"].split()) < _FEWEST_WORDS or re.search(
        r"\b(?:nếu|nhưng|tuy|là|nổi tiếng)\b", match["said"]
    ):
        return
    if re.search(r"\s(?:và|đã|sẽ|đang)$", match["said"]):
        return
    question = begin and asked("Vì sao", lowered(begin), match["said"])
    if question and begin:
        start, end = clause.start + match.start("cause"), clause.end
        yield Draft("why", "cause", question, (document.text[start:end],), start, end, clause.start)
