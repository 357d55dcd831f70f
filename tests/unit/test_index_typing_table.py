"""The bundled table of words: its arithmetic and its refusals."""

from pathlib import Path

import numpy as np
import pytest

from index.typing_table import (
    ARRAYS,
    FILE_NAME,
    SPECIAL,
    TypingTable,
    TypingTableError,
    load_typing_table,
    make_table,
)


def lines(*words: str) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def small(*, gaps: list[list[int]] | None = None) -> TypingTable:
    """Words 4 to 6 are "là", "la", "gì"; "là gì" was met 3 times of 6, "gì là" once."""
    return make_table(
        {
            "words": lines(*SPECIAL, "là", "la", "gì"),
            "counts": np.array([0, 0, 0, 0, 6, 2, 4]),
            "is_syllable": np.array([False] * 4 + [True] * 3),
            "guarded": lines("has"),
            "followers": np.array([0, 0, 0, 0, 1, 0, 1]),
            "gaps": np.array(gaps or [[6, 4], [0, 0]], dtype=np.uint8),
            "levels": np.array([round(19 * np.log(3)), 0], dtype=np.uint8),
        }
    )


def test_pairs_are_discounted_and_what_is_left_goes_to_single_words() -> None:
    table = small()
    seen = (3 - 0.75) / 6
    word = (4 + 0.1) / (12 + 0.1 * 7)
    assert table.pair_keys.tolist() == [4 * 7 + 6, 6 * 7 + 4]
    assert np.exp(table.pair_log[0]) == pytest.approx(seen + (1 - seen) * word, rel=0.03)
    assert np.exp(table.backoff_log[4]) == pytest.approx(1 - seen, rel=0.03)
    assert np.exp(table.word_log).sum() == pytest.approx(1)


def test_words_are_found_by_what_is_left_without_accents() -> None:
    table = small()
    assert table.forms["la"] == ["là", "la"]
    assert table.count("gì") == 4
    assert table.count("khác") == 0
    assert table.words[table.number("khác")] == "\ufffd"
    assert table.known["la\u0300"] == "là"


@pytest.mark.parametrize("gaps", [[[7, 4], [0, 0]], [[6], [0]]])
def test_contradicting_arrays_are_refused(gaps: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="pair"):
        small(gaps=gaps)


def test_the_bundled_table_knows_the_language() -> None:
    table = load_typing_table()
    assert {"viện", "đắk", "kông", "thuở"} <= table.syllables
    assert "đựơc" not in table.syllables
    assert {"has", "of", "co2"} <= table.guarded
    assert table.forms["duoc"][0] == "được"


def test_a_missing_table_is_said_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(TypingTableError, match=r"không có bảng từ; .*training\.typing_table"):
        load_typing_table(tmp_path)


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 cut"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(TypingTableError, match=FILE_NAME):
        load_typing_table(tmp_path)


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    arrays = {name: np.zeros(3, dtype=np.uint8) for name in ARRAYS}
    np.savez_compressed(tmp_path / FILE_NAME, allow_pickle=False, **arrays)
    with pytest.raises(TypingTableError, match=FILE_NAME):
        load_typing_table(tmp_path)
    whole = (tmp_path / FILE_NAME).read_bytes()
    (tmp_path / FILE_NAME).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(TypingTableError, match=FILE_NAME):
        load_typing_table(tmp_path)


def test_no_object_is_ever_loaded(tmp_path: Path) -> None:
    arrays = {name: np.array([None, {}]) for name in ARRAYS}
    np.savez(tmp_path / FILE_NAME, **arrays)  # type: ignore[arg-type]
    with pytest.raises(TypingTableError, match=FILE_NAME):
        load_typing_table(tmp_path)
