"""Legacy encodings lead back to the text that was written; good texts stay as they are."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.legacy_encodings import from_tcvn3, from_vni, western
from documents.normalising import normalise
from documents.repairing import decode_legacy, repair

WORDS = (
    "Hội nghị triển khai công tác năm tổng kết đồng chí chủ trì tại Hà Nội tự do là quý nghị định"
    " ruộng đồng khuya khoắt nguyễn thuở trường ngoằn ngoèo quyết huỷ hủy thuỳ được những bằng mẫu"
    " giỏi ghềnh khẳng kỹ ý ở ủa yếu ớt ỷ lại sẽ nghĩa giữa đẩy ậm ừ lẫn lộn"
)
TEXTS = st.lists(
    st.lists(
        st.sampled_from([*WORDS.split(), "2021,", "15/2020", "ASEAN"]), min_size=1, max_size=12
    ),
    min_size=1,
    max_size=6,
).map(lambda lines: "\n".join(["Đại hội đã bầu chủ tịch mới", *map(" ".join, lines)]))


def _inverse(convert: Callable[[str], str], letters: list[str]) -> dict[str, str]:
    """Map each letter to the Western letters that a legacy program wrote for it."""
    inverse: dict[str, str] = {}
    for written in letters:
        meant = convert(written)
        if len(meant) == 1 and meant != written:
            inverse.setdefault(meant, written)
    return inverse


HIGH = [western(bytes([byte])) for byte in range(0xA1, 0x100)]
TCVN3 = _inverse(from_tcvn3, HIGH)
VNI = _inverse(from_vni, [base + mark for base in "aeouyôöAEOUYÔÖ" for mark in HIGH] + HIGH)


def tcvn3(text: str) -> bytes:
    return "".join(TCVN3.get(letter, letter) for letter in text).encode("cp1252")


def vni(text: str) -> bytes:
    return "".join(VNI.get(letter, letter) for letter in text).encode("cp1252")


def windows_1258(text: str) -> bytes:
    """Write each letter as it is where the code page has it, else with its tone apart."""
    written = b""
    for letter in text:
        parts = [letter]
        for tone in "\u0300\u0301\u0303\u0309\u0323":
            bare = unicodedata.normalize("NFD", letter).replace(tone, "")
            if tone in unicodedata.normalize("NFD", letter):
                parts = [unicodedata.normalize("NFC", bare), tone]
        try:
            written += letter.encode("cp1258")
        except UnicodeEncodeError:
            written += "".join(parts).encode("cp1258")
    return written


def utf_16(text: str) -> bytes:
    return text.encode("utf-16-le")


ENCODINGS = [tcvn3, vni, windows_1258]


@pytest.mark.parametrize("encode", [*ENCODINGS, utf_16])
@given(text=TEXTS)
def test_legacy_bytes_are_read(encode: Callable[[str], bytes], text: str) -> None:
    assert decode_legacy(encode(text)) == text


@pytest.mark.parametrize("encode", [*ENCODINGS, str.encode])
@given(text=TEXTS)
def test_legacy_bytes_shown_as_western_letters_are_mended(
    encode: Callable[[str], bytes], text: str
) -> None:
    text = f"{text}\nNghị quyết về phát triển kinh tế, đẩy mạnh cải cách, tiết kiệm"
    assert repair(normalise(western(encode(text)))) == text


@given(TEXTS)
def test_good_vietnamese_stays(text: str) -> None:
    assert repair(text) == text


@given(st.text(max_size=60))
def test_mending_twice_is_mending_once(text: str) -> None:
    once = repair(normalise(text))
    assert repair(once) == once


@given(TEXTS)
def test_accents_that_stand_apart_join_their_letters(text: str) -> None:
    broken = "".join(_broken(letter) for letter in text)
    assert repair(normalise(broken)) == text


def _broken(letter: str) -> str:
    """Return a letter with its tone behind a blank."""
    for tone in "\u0300\u0301\u0303\u0309\u0323":
        if tone in unicodedata.normalize("NFD", letter):
            bare = unicodedata.normalize("NFD", letter).replace(tone, "")
            return f"{unicodedata.normalize('NFC', bare)} {tone}"
    return letter
