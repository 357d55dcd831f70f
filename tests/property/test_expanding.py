"""Whatever the text: expanding keeps what is around, and never raises."""

from hypothesis import given
from hypothesis import strategies as st

from index.abbreviation_definitions import definitions_in
from index.abbreviations import expand, expand_and_keep, find_short_forms, load_table, vocabulary

PIECES = st.sampled_from(
    ("VKSND", "TP.", "TP", "GD&ĐT", "HĐND-UBND", "84-KL/TW", "Viện kiểm sát nhân dân", "BQT", "A",
     "(", ")", "[", "]", " ", ", ", ".", "-", "/", "&", "\n", "ban quản trị", "gọi tắt là ", "1",
     "sau đây ", "e\u0301", "ß", "İ", "🙂", "\ud800", "viết tắt: ", ": ", "“", "”")
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=80))


@given(TEXTS)
def test_all_but_the_short_forms_stays(text: str) -> None:
    known = vocabulary(definitions_in(text))
    found = find_short_forms(text, known)
    outside, end = [], 0
    for form in found:
        assert end <= form.start < form.end <= len(text)
        assert known[form.short] == form.long
        outside.append(text[end : form.start])
        end = form.end
    rest = expand(text, known)
    for piece in (*outside, text[end:]):
        place = rest.index(piece)
        rest = rest[place + len(piece) :]
    assert expand_and_keep(text, known).startswith(expand(text, known))


@given(TEXTS)
def test_definitions_are_spelled_as_in_the_text(text: str) -> None:
    words = " ".join(text.split()).lower()
    for short, long in definitions_in(text).items():
        assert long.lower() in words
        assert len(short) > 1


def test_hostile_texts_end() -> None:
    for text in (
        "(A" * 50_000,
        "A" * 100_000 + "1",
        "gọi là A" * 12_000,
        "AB (" * 5_000,
        "(AB" * 5_000,
    ):
        assert expand(text, load_table()) == text
        assert definitions_in(text) == {}
