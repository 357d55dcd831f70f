"""The words of a question that point at something said before: "ông ấy", "ở đó", "luật này"."""

import re
from dataclasses import dataclass
from enum import Enum

from qa.spoken import Form, Spoken


class Kind(Enum):
    """What a reference points at."""

    PERSON = "person"
    PLACE = "place"
    DOCUMENT = "document"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a question that points back.

    Attributes
    ----------
    start, end
        Half-open span in the question's text.
    head
        The noun in small letters, as typed: "ông", "tỉnh", "nghị quyết".
    """

    kind: Kind
    start: int
    end: int
    head: str


_THIS = r"(?:này|đó|ấy|đấy|kia|nói trên)"
_PERSONS = (
    r"ông|bà|anh|chị|cô|chú|bác|cậu|người|vị|nhân vật|đồng chí|(?:phó )?viện trưởng|chủ tịch"
    r"|bộ trưởng|thủ tướng|giám đốc|trưởng ban|chánh án|bí thư|tổng thống|chủ nhiệm|trưởng phòng"
    r"|hiệu trưởng|vua|hoàng đế|nhà vua|tác giả"
)
_PLACES = (
    r"tỉnh|thành phố|huyện|xã|phường|quận|thị xã|thị trấn|nước|quốc gia|vùng|khu vực|địa phương"
    r"|thủ đô|đảo|đặc khu|nơi|chỗ"
)
_DOCUMENTS = (
    r"văn bản|bộ luật|đạo luật|luật|nghị quyết|nghị định|thông tư|quyết định|chỉ thị|kết luận"
    r"|hiến pháp|pháp lệnh|công văn|tuyên ngôn|sắc lệnh|báo cáo|kế hoạch"
)
_OTHERS = (
    r"khi|lúc|hồi|năm|ngày|hôm|tháng|thời điểm|thời gian|thời|dịp|buổi|giai đoạn|sau|trước"
    r"|việc|điều|chuyện|vấn đề|sự kiện|sự việc|hội nghị|cuộc họp|cuộc|cơ quan|đơn vị|tổ chức"
    r"|ngành|cụm|khóa|quyền|tội|quy định|cái|vụ|trong|bài|bài viết|bài báo|bản tin|tài liệu"
)
_SURNAMES = (  # a surname after "ông" begins a name, however it is typed
    r"nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|trịnh|đinh|tạ|mai"
    r"|lương|đào|đoàn|vương|tô|trương|hà|cao|phùng|thái|chu|châu"
)
_RULES = tuple(
    (kind, Form(rf"(?<!\w)(?:{pattern})(?!\w)"))
    for kind, pattern in (
        (Kind.OTHER, rf"(?:những|các|hai|ba|bốn|mấy) (?P<head>{_PERSONS}) {_THIS}"),
        (Kind.PERSON, r"(?P<head>ông|bà|anh|chị|cô) ta"),
        (Kind.PERSON, rf"(?P<head>{_PERSONS}) {_THIS}"),
        (Kind.PLACE, r"(?P<head>ở|tại|đến|từ) (?:đó|đấy|đây)"),
        (Kind.PLACE, rf"(?P<head>{_PLACES})(?: mới)? {_THIS}"),
        (Kind.DOCUMENT, rf"(?:bản )?(?P<head>{_DOCUMENTS})(?: mới)? {_THIS}"),
        (Kind.OTHER, rf"(?P<head>{_OTHERS}) {_THIS}"),
        (
            Kind.PERSON,
            r"(?<!các )(?<!những )(?<!mấy )(?<!hai )(?<!đàn )(?<!quý )(?P<head>ông|bà)(?= [^\W\d_])"
            rf"(?! (?:ông|bà|già|ngoại|nội|chủ|nào|bầu|đỡ|con|cụ|tổ|trùm|{_SURNAMES})(?!\w))",
        ),
    )
)
# Without accents these are other words: "ho" is also "hồ", "do" also "do".
_ACCENTED = re.compile(
    r"(?<!\w)(?:(?!do |hơn )(?P<word>[^\W\d_]+) (?:đó|ấy|đấy)|(?:đó|đấy)(?= là)|nó|như vậy|nói thế"
    r"|như thế(?! nào)|bấy giờ|(?<!dòng )họ(?! (?:tên|hàng|tộc|và tên)(?!\w)))(?!\w)"
)


def references_in(question: Spoken) -> tuple[Reference, ...]:
    """Return the references of a question in reading order, without overlaps.

    "Ông" before a name is none, nor are words that only join sentences ("do đó").
    """
    found: list[Reference] = []
    for kind, form in _RULES:
        for match in form.finditer(question):
            head = question.key[slice(*match.span("head"))]
            _add(found, Reference(kind, match.start(), match.end(), head), question)
    for match in _ACCENTED.finditer(question.key):
        _add(found, Reference(Kind.OTHER, match.start(), match.end(), match.group()), question)
    return tuple(sorted(found, key=lambda reference: reference.start))


def _add(found: list[Reference], one: Reference, question: Spoken) -> None:
    """Append a reference unless it overlaps one, or a name follows: "ông An", "họ Hồ"."""
    followed = question.text[one.end : one.end + 2].strip().isupper()
    is_name = followed and one.head in {"ông", "bà", "họ"} and one.end - one.start == len(one.head)
    if not is_name and not any(o.start < one.end and one.start < o.end for o in found):
        found.append(one)
