import pytest

from index.terms import terms_of


@pytest.mark.parametrize(
    ("text", "syllables", "pairs"),
    [
        ("Viện kiểm sát", ("viện", "kiểm", "sát"), ("viện_kiểm", "kiểm_sát")),
        ("127/129", ("127", "129"), ("127_129",)),
        ("84-KL/TW", ("84", "kl", "tw"), ("84_kl", "kl_tw")),
        ("hoà", ("hòa",), ()),
        ("?! …", (), ()),
        ("", (), ()),
    ],
)
def test_terms_are_syllables_and_pairs(
    text: str, syllables: tuple[str, ...], pairs: tuple[str, ...]
) -> None:
    terms = terms_of(text)
    assert terms.syllables == syllables
    assert terms.pairs == pairs


def test_folded_terms_keep_their_places() -> None:
    folded = terms_of("Đường Nguyễn Huệ").folded()
    assert folded.syllables == ("duong", "nguyen", "hue")
    assert folded.pairs == ("duong_nguyen", "nguyen_hue")


def test_decomposed_text_gives_the_same_terms() -> None:
    assert terms_of("Vie\u0323\u0302n") == terms_of("Viện")
