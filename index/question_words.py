"""What a Vietnamese question asks for, read off its question words; accents are not needed."""

import re
from enum import Enum

from documents.normalising import fold, search_key, syllables


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
    (AnswerType.TIME, r"\b(?:nam|ngay|thang|luc) (?:\w+ ){0,2}(?:bao nhieu|may)\b"),
    (AnswerType.NUMBER, r"\b(?:bao nhieu|may|bao xa|bao nhiu|dai bao|cao bao|so may)\b"),
    (
        AnswerType.NUMBER,
        r"\b(?:ty le|ti le|so luong|dien tich|dan so) (?:\w+ ){0,8}(?:la|dat) (?:gi|the nao)",
    ),
    (AnswerType.PERSON, r"\bai\b|\b(?:nguoi|nhan vat|ong|ba|vua|vi|dong chi) nao\b"),
    (AnswerType.PLACE, r"\b(?:o dau|tai dau|noi nao|cho nao|dia diem|tu dau|den dau)\b"),
    (
        AnswerType.PLACE,
        r"\b(?:tinh|thanh pho|nuoc|quoc gia|huyen|quan|xa|vung|khu vuc|chau luc) nao\b",
    ),
    (AnswerType.MANNER, r"\b(?:the nao|lam sao|ra sao|bang cach nao)\b"),
]
_COMPILED = [(kind, re.compile(pattern)) for kind, pattern in _PATTERNS]

# Syllables that ask rather than say: they are not looked for in the evidence.
_ASKING_WORDS = """
ai gi nao sao dau may bao nhieu la co khong phai the ra hay chua a nhi vay ha u vi tai khi luc gio
thi ma cho hoi biet duoc do cua va o trong nhung cac mot nay kia voi ve bi boi nhu
"""
_ASKING = frozenset(_ASKING_WORDS.split())


def answer_type(question: str) -> AnswerType:
    """Return what would answer the question; `OTHER` when no question word says."""
    folded = " ".join(syllables(fold(search_key(question))))
    return next((kind for kind, found in _COMPILED if found.search(folded)), AnswerType.OTHER)


def is_asking(syllable: str) -> bool:
    """Return whether a lower-case syllable is a question or function word, accents ignored."""
    return fold(syllable) in _ASKING
