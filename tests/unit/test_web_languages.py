"""Both languages of the page have the same texts, with the same things in them."""

import inspect
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from index.reasons import _GROUPS, _KIND, _KINDS
from qa.answer import refusal_text
from web.english_texts import ENGLISH
from web.languages import LANGUAGES, texts_of, view_paths, way_to
from web.permitted import VIEWS, is_permitted
from web.texts import VIETNAMESE

PAIRS = [
    (VIETNAMESE, ENGLISH),
    (VIETNAMESE.evaluation, ENGLISH.evaluation),
    (VIETNAMESE.library, ENGLISH.library),
    (VIETNAMESE.settings, ENGLISH.settings),
]
SAME = {"NAME", "LANGUAGES", "EXPORT_MARKDOWN", "EXPORT_DOCX"}
"""Names, the same in both languages."""
FROM_BELOW = {"refusal", "reason"}
"""Methods that the Vietnamese page answers with what it is given."""
PROGRESS = {"documents": 11, "of": 13, "passages": 17, "seconds_left": 19}
REPORT = {
    "documents": {"added": 11, "changed": 13, "moved": 17, "removed": 19, "failed": [1] * 23},
    "passages": {"embedded": 29},
}


def names(texts: object) -> list[str]:
    return [name for name in dir(texts) if not name.startswith("_")]


CASES = [
    pytest.param(vietnamese, english, name, id=f"{type(vietnamese).__name__}.{name}")
    for vietnamese, english in PAIRS
    for name in names(vietnamese)
]


def is_vietnamese(text: str) -> bool:
    return bool(re.search("[\u0300-\u036fđĐ]", unicodedata.normalize("NFD", text)))


def sample(name: str, kind: object, place: int) -> Any:  # noqa: ANN401
    """Return an argument that can be found again in a text."""
    moment = "2020-12-22T11:13:00+00:00"
    known = {"progress": PROGRESS, "report": REPORT, "stamp": moment, "started": moment}
    known |= {"counts": {"worse": 11, "better": 13, "other": 17}}
    if name in known:
        return known[name]
    if kind is str:
        return f"<{name}>"
    if kind is float:
        return 100.5 + place
    return date(2020, 12, 10 + place) if "date" in str(kind) else 101 + place


def said(texts: object, name: str) -> list[str]:
    """Return all that is said under a name."""
    value = getattr(texts, name)
    if inspect.ismethod(value):
        kinds = {key: kind for key, kind in get_type_hints(value).items() if key != "return"}
        given = [sample(key, kind, place) for place, (key, kind) in enumerate(kinds.items())]
        return [value(*given)]
    if isinstance(value, Mapping):
        return list(value.values())
    return list(value) if isinstance(value, tuple) else [value]


def marks(texts: list[str]) -> list[str]:
    """Return what was put into texts; a day's month is a number or a name."""
    found = re.findall(r"<\w+>|“|\d+", " ".join(texts).replace("Dec", "12"))
    return sorted(one for one in found if one not in {"12", "2020"})


@pytest.mark.parametrize(("vietnamese", "english", "name"), CASES)
def test_a_text_is_in_both_languages_with_the_same_things_in_it(
    vietnamese: object, english: object, name: str
) -> None:
    if name in {"evaluation", "library", "settings"} | FROM_BELOW:
        return
    theirs, ours = said(vietnamese, name), said(english, name)
    assert len(theirs) == len(ours)
    if name not in {"VIEWS", "CHAT", "LIBRARY", "EVALUATION", *SAME}:
        assert marks(theirs) == marks(ours)
    if name not in SAME:
        assert not any(map(is_vietnamese, ours))
    if any(map(is_vietnamese, theirs)) and name not in SAME:
        assert theirs != ours


@pytest.mark.parametrize(("vietnamese", "english"), PAIRS)
def test_english_has_no_text_of_its_own_and_the_same_choices(
    vietnamese: object, english: object
) -> None:
    assert names(vietnamese) == names(english)
    for name in names(vietnamese):
        value = getattr(vietnamese, name)
        if isinstance(value, Mapping) and name != "VIEWS":
            assert list(value) == list(getattr(english, name))


def test_every_reason_of_the_index_has_english_words() -> None:
    kinds = [f"{_KIND} ({kind})" for kind in _KINDS.values()]
    for reason in [group.text for group in _GROUPS] + kinds:
        assert VIETNAMESE.reason(reason) == reason
        assert ENGLISH.reason(reason) != reason
        assert not is_vietnamese(ENGLISH.reason(reason))


def test_a_refusal_names_what_was_not_found_in_both_languages() -> None:
    text = refusal_text(("sao Hỏa",), has_leads=True)
    assert VIETNAMESE.refusal(text, ("sao Hỏa",), has_leads=True) == text
    english = ENGLISH.refusal(text, ("sao Hỏa",), has_leads=True)
    assert english == (
        "Not found in the documents. Nothing about: “sao Hỏa”. The nearest passages are below."
    )
    assert ENGLISH.refusal(text, (), has_leads=False) == "Not found in the documents."


def test_one_is_in_the_singular() -> None:
    assert ENGLISH.document_count(1) == "1 document"
    assert ENGLISH.document_count(1_234) == "1,234 documents"
    assert ENGLISH.evaluation.exam_name(1, 7) == "Exam, 1 question, seed 7"
    assert ENGLISH.evaluation.progress("ask", 2, 3, 1.2) == (
        "Asking: 2/3 questions, about 1 second left."
    )
    assert ENGLISH.day(date(2020, 12, 2)) == "2 Dec 2020"


@pytest.mark.parametrize(
    ("code", "path", "query", "there"),
    [
        ("en", "/", b"", "/en"),
        ("en", "/thu-vien", b"a=1", "/library?a=1"),
        ("vi", "/en", b"document=x%20y", "/?document=x%20y"),
        ("vi", "/thu-vien", b"", ""),
        ("en", "/library", b"a=1", ""),
        ("en", "/assets/x.js", b"", ""),
        ("fr", "/library", b"", "/thu-vien"),
    ],
)
def test_a_view_has_an_address_in_each_language(
    code: str, path: str, query: bytes, there: str
) -> None:
    assert way_to(code, path, query) == there


def test_every_view_of_every_language_is_permitted() -> None:
    for texts in LANGUAGES.values():
        for path in view_paths(texts):
            assert path in VIEWS
            assert is_permitted("GET", path, files=Path("/nowhere"), takes_files=False)
    assert texts_of("no such language") is VIETNAMESE
