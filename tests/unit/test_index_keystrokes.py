"""Telex and VNI keystrokes of one syllable."""

import pytest

from index.keystrokes import as_cased, decode, foreign_readings, plain_letters, toneless

SYLLABLES = "viện kiểm trưởng được thuở là quý xoong hươu ngoèo mưa để già hòa à môn đắk"
KNOWN = {toneless(syllable): syllable for syllable in SYLLABLES.split()}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Vieejn", "Viện"),
        ("vieenj", "viện"),
        ("vietej", None),  # "việt" is not in this table
        ("kieemr", "kiểm"),
        ("kieerm", "kiểm"),
        ("truwowrng", "trưởng"),
        ("truowngr", "trưởng"),
        ("dduwowcj", "được"),
        ("duocwdj", "được"),
        ("thuowr", "thuở"),
        ("quys", "quý"),
        ("xooong", "xoong"),
        ("huowu", "hươu"),
        ("ngoeof", "ngoèo"),
        ("muaw", "mưa"),
        ("hoaf", "hòa"),
        ("DDeer", "Để"),
        ("VIEEJN", "VIỆN"),
        ("DDawsk", "Đắk"),
        ("Vie65n", "Viện"),
        ("Vie6n5", "Viện"),
        ("d9u7o7c5", "được"),
        ("d9uoc75", "được"),
        ("A2", "À"),
    ],
)
def test_keystrokes_are_read(typed: str, meant: str | None) -> None:
    decoded = decode(typed, KNOWN)
    assert (decoded and decoded.syllable) == meant


@pytest.mark.parametrize(
    "word", ["", "a", "la", "viên", "COVID", "VKSND", "TW", "F0", "B1", "26", "laff", "x" * 300]
)
def test_what_is_no_keystrokes_is_not_read(word: str) -> None:
    assert decode(word, KNOWN) is None


def test_modifier_keys_are_counted() -> None:
    counts = [decode(typed, KNOWN) for typed in ("laf", "moon", "vieejn", "d9u7o7c5")]
    assert [found and found.keys for found in counts] == [1, 1, 2, 4]


@pytest.mark.parametrize("typed", ["Quesbec", "Quebecs", "Que1bec", "Quebec1"])
def test_foreign_words_may_have_a_tone(typed: str) -> None:
    assert "Québec" in list(foreign_readings(typed))


@pytest.mark.parametrize("typed", ["Québec", "as1", "x" * 300])
def test_other_words_have_no_foreign_reading(typed: str) -> None:
    assert not list(foreign_readings(typed))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("HDDND", "HĐND"), ("HD9ND", "HĐND"), ("faceboook", "facebook"), ("daddy", "daddy")],
)
def test_what_is_no_syllable_still_loses_its_keys(typed: str, meant: str) -> None:
    assert plain_letters(typed) == meant


def test_letters_without_a_modifier_key_are_no_keystrokes() -> None:
    assert decode("mua", {"mua": "mua", "mưa": "mưa"}) is None


@pytest.mark.parametrize("syllable", ["hoà", "hòa"])
def test_either_tone_placement_has_one_key(syllable: str) -> None:
    assert toneless(syllable) == "hoa\u0300"


@pytest.mark.parametrize(
    ("typed", "cased"), [("Bn", "Bao nhiêu"), ("BN", "BAO NHIÊU"), ("bn", "bao nhiêu")]
)
def test_capitals_are_those_typed(typed: str, cased: str) -> None:
    assert as_cased("bao nhiêu", typed) == cased
