"""Typing styles: examples, and that keystrokes can be read back to what was meant."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.normalising import fold
from eval.typing_styles import TEENCODE, TypingStyle, telex, typed, vni

INITIALS = "b c ch d đ g gh gi h kh l m n ng ngh nh p ph qu r s t th tr v x"
RHYMES = (
    "a ac ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăt âm ân âng ât âu ây e em eo ep et ê êch"
    " ên ênh êt êu i ia ich iêc iêm iên iêng iêt iêu im in inh it o oa oai oan oang oanh oăn oe oi"
    " om on ong oong ot ô ôi ôm ôn ông ôt ơ ơi ơm ơn ơt u ua uân uây uê ui um un ung uôc uôi uôn"
    " uông uôt uơ uy uya uych uyên uyêt uynh ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưu y"
    " yêm yên yêng yêu"
)
TONES = ["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"]
CASES = [str.lower, str.upper, str.capitalize]


def _syllable(initial: str, rhyme: str, tone: str) -> str:
    """Put a tone on a marked vowel of the rhyme, or else on its first vowel."""
    marked = [place for place, letter in enumerate(rhyme) if letter in "ăâêôơư"]
    place = marked[-1] if marked else 0
    return unicodedata.normalize("NFC", initial + rhyme[: place + 1] + tone + rhyme[place + 1 :])


syllables = st.builds(
    _syllable,
    st.sampled_from(["", *INITIALS.split()]),
    st.sampled_from(RHYMES.split()),
    st.sampled_from(TONES),
).filter(lambda syllable: not fold(syllable).startswith("quu"))
texts = st.lists(
    st.tuples(syllables, st.sampled_from(CASES)).map(lambda pair: pair[1](pair[0])), min_size=1
).map(" ".join)
seeds = st.text(max_size=5)
styles = st.sampled_from(TypingStyle)


@pytest.mark.parametrize(
    ("syllable", "expected"),
    [
        ("Viện", "Vieejn Vieenj Vie65n Vie6n5"),
        ("được", "dduowjc dduowcj d9uo75c d9uo7c5"),
        ("Đức", "Dduwsc Dduwcs D9u71c D9u7c1"),
        ("ĐỨC", "DDUWSC DDUWCS D9U71C D9U7C1"),
        ("thuở", "thuowr thuowr thuo73 thuo73"),
        ("lửa", "luwar luwar lu7a3 lu7a3"),
        ("hoàng", "hoafng hoangf hoa2ng hoang2"),
        ("ngoằn", "ngoawfn ngoawnf ngoa82n ngoa8n2"),
        ("xoong", "xooong xooong xoong xoong"),
        ("Ấn", "Aasn Aans A61n A6n1"),
        ("Müller", "Müller Müller Müller Müller"),
    ],
)
def test_keystrokes_of_a_syllable(syllable: str, expected: str) -> None:
    keystrokes = [
        telex(syllable),
        telex(syllable, tone_last=True),
        vni(syllable),
        vni(syllable, tone_last=True),
    ]
    assert " ".join(keystrokes) == expected


@given(syllables, st.booleans())
def test_telex_can_be_read_back(syllable: str, tone_last: bool) -> None:  # noqa: FBT001
    assert _read(telex(syllable, tone_last=tone_last), TELEX_KEYS) == _sorted(syllable)


@given(syllables, st.booleans())
def test_vni_can_be_read_back(syllable: str, tone_last: bool) -> None:  # noqa: FBT001
    assert _read(vni(syllable, tone_last=tone_last), VNI_KEYS) == _sorted(syllable)


@given(texts, seeds)
def test_keystrokes_are_ascii(text: str, seed: str) -> None:
    assert typed(text, TypingStyle.TELEX, seed=seed).isascii()
    assert typed(text, TypingStyle.VNI, seed=seed).isascii()


@given(st.text(), seeds)
def test_unaccented_is_fold_for_any_text(text: str, seed: str) -> None:
    assert typed(text, TypingStyle.UNACCENTED, seed=seed) == fold(text)


@given(texts, styles, seeds)
def test_the_same_seed_types_the_same(text: str, style: TypingStyle, seed: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert typed(text, style, seed=seed) == typed(decomposed, style, seed=seed)


@given(texts, seeds)
def test_half_keeps_or_folds_each_syllable(text: str, seed: str) -> None:
    result = typed(text, TypingStyle.HALF, seed=seed).split()
    for before, after in zip(text.split(), result, strict=True):
        assert after in (before, fold(before))


def test_half_folds_about_half() -> None:
    text = " ".join(["đường"] * 1000)
    assert 450 <= typed(text, TypingStyle.HALF, seed="1").split().count("duong") <= 550


def test_teencode_takes_about_a_third_and_keeps_capitals() -> None:
    text = " ".join(["Không", "Hà"] * 1000)
    result = typed(text, TypingStyle.TEENCODE, seed="1").split()
    assert set(result) == {"Không", "Ko", "Hà"}
    assert 250 <= result.count("Ko") <= 350


def test_teencode_changes_every_syllable_of_its_table() -> None:
    for formal, informal in TEENCODE.items():
        assert formal != informal
        assert formal == unicodedata.normalize("NFC", formal).lower()


def test_typists_differ_in_where_they_put_the_tone() -> None:
    habits = {typed("Viện", TypingStyle.TELEX, seed=str(number)) for number in range(20)}
    assert habits == {"Vieejn", "Vieenj"}


def test_punctuation_and_digits_stay() -> None:
    assert typed("98,5% – “gì”?", TypingStyle.TEENCODE, seed="x") in (
        "98,5% – “gì”?",
        "98,5% – “j”?",
    )


# What each key does: a combining tone, or letters with their keys → the letters meant.
TELEX_KEYS = (
    dict(zip("sfrxj", TONES[1:], strict=True)),
    {"ooo": "oo", "aa": "â", "aw": "ă", "ee": "ê", "oo": "ô", "ow": "ơ", "uw": "ư", "dd": "đ"},
    "w",
)
VNI_KEYS = (
    dict(zip("12345", TONES[1:], strict=True)),
    {"a6": "â", "a8": "ă", "e6": "ê", "o6": "ô", "o7": "ơ", "u7": "ư", "d9": "đ"},
    "7",
)


def _read(keys: str, table: tuple[dict[str, str], dict[str, str], str]) -> str:
    """Undo keystrokes: marked letters, then the tone, wherever it stands after the vowels."""
    tones, marks, horn = table
    first_vowel = next(place for place, key in enumerate(keys) if key in "aeiouy")
    tone = ""
    rest = keys[:first_vowel]
    for key in keys[first_vowel:]:
        tone += tones.get(key, "")
        rest += "" if key in tones else key
    if f"uo{horn}" in rest and not rest.startswith("q") and not rest.endswith(f"uo{horn}"):
        rest = rest.replace(f"uo{horn}", "ươ")
    rest = re.sub("|".join(marks), lambda match: marks[match.group()], rest)
    return _sorted(rest + tone)


def _sorted(syllable: str) -> str:
    """Return the toneless letters and then the tone: where the tone stood is no matter."""
    letters = unicodedata.normalize("NFD", syllable)
    tones = "".join(letter for letter in letters if letter in TONES[1:])
    bare = "".join(letter for letter in letters if letter not in TONES[1:])
    return unicodedata.normalize("NFC", bare) + tones
