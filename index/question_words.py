"""What a Vietnamese question asks for, read off its question words; accents are not needed."""

import re
from enum import Enum

from documents.normalising import fold, has_accents, search_key, syllables


class AnswerType(Enum):
    """What would answer a question."""

    PERSON = "person"
    TIME = "time"
    PLACE = "place"
    NUMBER = "number"
    REASON = "reason"
    MANNER = "manner"
    LIST = "list"
    OTHER = "other"


# Ordered: the first pattern found decides. Written folded, matched against the folded question.
_PATTERNS = [
    (AnswerType.REASON, r"\b(?:vi sao|tai sao|vi ly do|ly do gi|do dau|nguyen nhan)\b"),
    (
        AnswerType.LIST,
        r"\b(?:nhung|cac) (?:\w+ ){0,4}nao\b|\bnhung (?:ai|gi)\b|\bgom\b|\bliet ke\b",
    ),
    (AnswerType.TIME, r"\b(?:khi nao|bao gio|luc nao|hoi nao|bao lau)\b"),
    (
        AnswerType.TIME,
        r"\b(?:nam|ngay|thang|gio|thoi (?:gian|diem)|the ky|dip|thu)\s*(?:nao|may|gi)\b",
    ),
    (AnswerType.TIME, r"\b(?:nam|ngay|thang|luc) (?:[^\W\d]+ ){0,2}(?:bao nhieu|may)\b"),
    (AnswerType.NUMBER, r"\b(?:bao nhieu|may|bao xa|bao nhiu|dai bao|cao bao|so may)\b"),
    (
        AnswerType.NUMBER,
        r"\b(?:ty le|ti le|so luong|dien tich|dan so) (?:\w+ ){0,8}(?:la|dat) (?:gi|the nao)",
    ),
    (AnswerType.PERSON, r"\bai\b|\b(?:nguoi|nhan vat|ong|ba|vua|(?<!\bdon )vi|dong chi) nao\b"),
    (AnswerType.PLACE, r"\b(?:o dau|tai dau|noi nao|cho nao|dia diem|tu dau|den dau)\b"),
    (
        AnswerType.PLACE,
        r"\b(?:tinh|thanh pho|nuoc|quoc gia|huyen|quan|xa|vung|khu vuc|chau luc) nao\b",
    ),
    (AnswerType.MANNER, r"\b(?:the nao|lam sao|ra sao|bang cach nao)\b"),
]
_COMPILED = [(kind, re.compile(pattern)) for kind, pattern in _PATTERNS]

_WHO_IS = re.compile(
    r"(?:(?:ông|bà|đồng chí|anh|chị|ong|ba|dong chi|chi) )?(?P<name>\w+(?: \w+){1,4}) l[àa] ai\W*",
    re.IGNORECASE,
)
_FAMILY_NAME_WORDS = """
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý trịnh đinh tạ mai lương đào
đoàn vương tô trương phùng
"""
FAMILY_NAMES = frozenset(_FAMILY_NAME_WORDS.split())
"""The usual ones that are seldom anything else: "Hà" and "Cao" begin names of places."""

# What offices begin with: "chủ tịch", "tổng thống".
_TITLE_WORDS = "bộ bí cục chánh chủ đại giám hiệu phó thủ thượng tổng trưởng viện"
_TITLES = frozenset(_TITLE_WORDS.split())

# Syllables that ask rather than say: they are not looked for in the evidence.
_ASKING_WORDS = """
ai gi nao sao dau may bao nhieu la co khong phai the ra hay chua a nhi vay ha u vi tai khi luc gio
thi ma cho hoi biet duoc do cua va o trong nhung cac mot nay kia voi ve bi boi nhu
"""
_ASKING = frozenset(_ASKING_WORDS.split())


def answer_type(question: str) -> AnswerType:
    """Return what would answer the question; `OTHER` when no question word says."""
    if _person_named(question):
        return AnswerType.OTHER
    folded = " ".join(syllables(fold(search_key(question))))
    return next((kind for kind, found in _COMPILED if found.search(folded)), AnswerType.OTHER)


def plainly_put(question: str) -> str:
    """Return a question with "who is NAME" asked as what NAME's office is; others as they are.

    "Ai" mostly asks for a name. Where the name is given, what it asks for is said otherwise.
    """
    person = _person_named(question)
    if not person:
        return question
    return f"{person} giữ chức vụ gì?" if has_accents(question) else f"{person} giu chuc vu gi?"


def _person_named(question: str) -> str:
    """Return the person whom a question of the form "NAME là ai?" is about; empty for others."""
    found = _WHO_IS.fullmatch(question.strip())
    if not found:
        return ""
    name: str = found["name"]
    words = name.split()
    spelled = str if has_accents(question) else fold
    first = words[0].lower()
    if first in map(spelled, _TITLES):
        return ""
    is_capital = all(word[0].isupper() for word in words)
    return name if is_capital or first in map(spelled, FAMILY_NAMES) else ""


def is_asking(syllable: str) -> bool:
    """Return whether a lower-case syllable is a question or function word, accents ignored."""
    return fold(syllable) in _ASKING
