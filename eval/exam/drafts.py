"""A question in the making: what is asked, and where the answer stands."""

import re
from dataclasses import dataclass

from eval.exam.clauses import Clause, is_named
from eval.exam.vocabulary import stands_alone

FEWEST_SYLLABLES, MOST_SYLLABLES = 6, 34
_ASIDE = re.compile(
    r"\s[-–]\s(?:nơi|người|một|nguyên|cựu|trưởng|phó|giám|chủ)|rằng (?:bao nhiêu|mấy)"
)
_TOLD = re.compile(
    r"(?:^|\s)(?:cảnh báo|cho rằng|cho biết|cho hay|cho thấy|đề nghị|nói|khẳng định|thừa nhận"
    r"|tiết lộ"
    r"|ước tính|dự kiến|sở dĩ|ví dụ|muốn|vai trò|lấy cớ|đứng đầu|quốc gia (?:Nam|Bắc|Đông|Tây) Á)"
    r"(?=\s)",
    re.IGNORECASE,
)
"""What is told, wished or expected is no fact yet; and what names nothing."""
_COMMON = frozenset(("Người", "Nước", "Vua", "Tướng", "Ông", "Bà", "Dân", "Tàu", "Đảo", "Sông"))
_ENDS_BADLY = re.compile(
    r"(?:^| )(?:cho biết|cho hay|và|hoặc|với|của|là|thì|rằng|mà|so với|hồi|lần|cùng|trong|bằng"
    r"|về việc|cho|để|các|những"
    r"|khi|một|như|đối|theo|nhưng|nếu|do|vì|rồi|ở|tại|về|trên)(?: vào (?:ngày|năm|tháng|thời"
    r"|thế).*| (?:từ|kể từ) (?:ngày|năm).*| ở đâu| tại đâu)?$"
)
_OF_LAW = re.compile(r"(?:(?:Điều|Khoản|Mục) \d+[a-zđ]?|Chương [IVXL\d]+)(?: Điều \d+)?$")
_VAGUE = re.compile(
    r"(?:điều kiện|lý do|kết quả|nội dung|mục đích|nguyên nhân|thời gian|bài|bản|cách|việc"
    r"|quy định|luật|bộ luật)\b(?! \w+ \w+ \w+)",
    re.IGNORECASE,
)
_ASKS = re.compile(r"(?i)(?<!\w)(?:bao nhiêu|mấy|nào|ai|đâu|gì|vì sao)(?!\w)")
_PARENTHESIS = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Draft:
    """A question with its answer at ``[start:end]`` of the document.

    Attributes
    ----------
    kind
        As in `eval.kinds.KINDS`.
    template
        The rule that made it.
    value
        What another text would have to say differently: the answer in short.
    answers
        Ways to write the answer, the exact text of the span first.
    sentence
        Where the sentence begins that the question was made from.
    """

    kind: str
    template: str
    question: str
    answers: tuple[str, ...]
    start: int
    end: int
    sentence: int
    items: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """The answer as it stands."""
        return self.answers[0]


def opening(clause: Clause, law: str) -> str | None:
    """Return the beginning of a question about a clause: what stands in front, and the subject.

    None when the subject is not named and no law lends it its name.
    """
    front = clause.front
    if _OF_LAW.match(clause.subject):
        return f"{clause.subject} của {law}" if law and not front else None
    if law and not is_named(clause.subject) and _VAGUE.match(clause.subject):
        return None
    if front and front.kind != "article":
        return f"{front.text}, {clause.subject}" if is_named(clause.subject) else None
    if is_named(clause.subject) and not front:
        return clause.subject
    if law and law not in clause.subject:
        return f"Theo {law}, {lowered(clause.subject)}"
    return clause.subject if law else None


def lowered(text: str) -> str:
    """Return the text as it stands within a sentence: a name keeps its capital."""
    words = text.split()
    named = len(words) > 1 and words[1][0].isupper()
    if words[0] in _COMMON:
        named = False
    return text if named or words[0].isupper() else text[0].lower() + text[1:]


def asked(*parts: str, fewest: int = FEWEST_SYLLABLES) -> str | None:
    """Return the parts as one question; None where it is too short, long or cannot stand alone."""
    text = " ".join(_PARENTHESIS.sub("", " ".join(filter(None, parts))).split())
    text = re.sub(r"\s+([,.])", r"\1", text).rstrip(" ,.;:-–")
    if not fewest <= len(text.split()) <= MOST_SYLLABLES or not stands_alone(text):
        return None
    if not _ASKS.search(text):
        return None
    if (
        text.count("(") != text.count(")")
        or ":" in text
        or _ASIDE.search(text)
        or _TOLD.search(text)
        or _ENDS_BADLY.search(text)
    ):
        return None
    return f"{text[0].upper()}{text[1:]}?"
