"""Whether the answer of a question is the only one, and a changed question has none."""

import re
from collections.abc import Callable, Iterable, Mapping

from documents.normalising import search_key
from eval.exam.asking_who import SURNAME
from eval.exam.corpus import Corpus, Nearby, content_words
from eval.exam.drafts import Draft
from eval.near_misses import Change
from index.abbreviations import UPPER
from index.question_dates import dates_of
from qa.mentions import names_in, persons_in
from qa.quantities import quantities_in

ABOUT_THE_SAME = 0.72
"""Share of a question's words that a sentence which answers it otherwise holds, at least."""
ABOUT_THE_CHANGED = 0.5
"""The same for a changed question, whose new particular the sentence holds."""
_LABEL = re.compile(
    r"(?:điều|khoản|chương|mục|số|khóa|thứ|lần|quận|phường|tập|cụm|ngày|tháng|hạng|vòng|tầng)\s*$",
    re.IGNORECASE,
)
_OF_PLACE = re.compile(r"(?:TP\.?|tỉnh|thành phố|xã|huyện|quận|phường|đường|phố|trường|-)\s*[^ ]*$")
_PART_OF_NAME = re.compile(
    rf"(?:đảo|quần đảo|học|trường|vịnh|sông|núi|biển|hải quân|ngân hàng|quận|vườn|hồ|đèo|cầu"
    rf"|thị trường|[{UPPER}][^\W\d_]*)\s+$"
)
_YEAR = re.compile(r"(?<![\d/.,-])[12]\d{3}(?![\d/]|[.,]\d)")
_DOCUMENT_NUMBER = re.compile(r"\d{1,5}(?:/\d{4})?(?:[/-][^\W\d_][\w-]*)+|Điều \d+")

_FINDS: Mapping[str, Callable[[str], object]] = {
    "when": lambda text: dates_of(text) or _YEAR.search(text),
    "who": persons_in,
    "where": names_in,
    "why": re.compile(r"\b(?:vì|do|nhờ)\b").search,
    "document": _DOCUMENT_NUMBER.search,
}
"""What an answer to a kind of question would be."""


def is_unique(draft: Draft, path: str, corpus: Corpus) -> bool:
    """Return whether no sentence of the documents answers a question otherwise."""
    answer = _key(draft.value)
    if f" {answer} " in f" {_key(draft.question)} ":
        return False
    words = content_words(draft.question)
    for near in corpus.near(draft.question):
        if near.document == path and near.start <= draft.start < near.start + len(near.text):
            continue
        is_other = f" {answer} " not in f" {_key(near.text)} "
        is_near = corpus.share_held(words, near) >= ABOUT_THE_SAME
        if is_near and is_other and _answers(draft, near):
            return False
    return True


def is_unanswered(changed: str, original: str, corpus: Corpus) -> bool:
    """Return whether no sentence holds what was changed together with the rest of a question."""
    particular = _changed_part(_key(changed).split(), _key(original).split())
    new = set(particular.split())
    words = [word for word in content_words(changed) if word not in new]
    if not new:
        return False
    return not any(
        f" {particular} " in f" {_key(near.text)} "
        and (not words or corpus.share_held(words, near) >= ABOUT_THE_CHANGED)
        for near in corpus.near(changed)
    )


def _changed_part(changed: list[str], original: list[str]) -> str:
    """Return the words between what both wordings begin and end with, names whole."""
    begin = 0
    while begin < min(len(changed), len(original)) and changed[begin] == original[begin]:
        begin += 1
    end = 0
    while (
        end < min(len(changed), len(original)) - begin and changed[-1 - end] == original[-1 - end]
    ):
        end += 1
    return " ".join(changed[begin : len(changed) - end])


def _answers(draft: Draft, near: Nearby) -> bool:
    """Return whether a sentence holds something of the kind asked for."""
    text = near.text
    if draft.kind == "number":
        units = {one.unit for one in quantities_in(draft.value, folded=False)}
        return any(one.unit in units for one in quantities_in(text, folded=False))
    if draft.kind == "definition":
        subject, *_ = draft.question.split(" là ", maxsplit=1)
        return f"{_key(subject)} là " in _key(text)
    if draft.kind == "list":
        subject, *_ = draft.question.split(" gồm ", maxsplit=1)
        return f"{_key(subject)} gồm " in _key(text)
    finds = _FINDS.get(draft.kind)
    return finds is None or bool(finds(text))


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+(?:[./-]\w+)*", search_key(text)))


def differing(drafts: Iterable[Draft]) -> set[str]:
    """Return the wordings that are asked of several places with different answers."""
    answers: dict[str, str] = {}
    wrong = set()
    for draft in drafts:
        key = _key(draft.question)
        if answers.setdefault(key, _key(draft.value)) != _key(draft.value):
            wrong.add(draft.question)
    return wrong


def is_natural(changed: str, original: str, change: Change) -> bool:
    """Return whether a particular was changed that tells one thing from another.

    A number must count or name in an order ("Điều 9", "ngày 2"): another amount leaves a question
    that is answered all the same. A place must not be part of another's name ("đảo Thái Lan").
    """
    place = next((n for n, (a, b) in enumerate(zip(changed, original, strict=False)) if a != b), 0)
    before = changed[:place].rstrip("0123456789")
    if change is Change.NUMBER:
        return bool(_LABEL.search(before))
    if change is Change.PLACE:
        before = original[: original.rfind(" ", 0, place) + 1]
        return not _PART_OF_NAME.search(before)
    if change is Change.PERSON:
        name = changed[before.rfind(" ") + 1 :]
        is_name = re.match(rf"(?:[^ ]+ )?{SURNAME} [{UPPER}][^\W\d_{UPPER}]+\b", name) is not None
        ahead = before[: before.rfind(" ") + 1]
        is_part = re.search(rf"\w [{UPPER}][^\W\d_]* $", ahead) or _OF_PLACE.search(ahead)
        return is_name and not is_part and "-" not in changed[place : place + 40]
    return True
