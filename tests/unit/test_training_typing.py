"""Counting words and their pairs for the typing table."""

import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from index.typing_table import FILE_NAME, SPECIAL, load_typing_table
from training.corpus import QUESTION_FILES, TEXT_FILES
from training.typing_table import (
    Pairs,
    Settings,
    choose_words,
    count_pairs,
    guarded_words,
    main,
    pack_pairs,
    prune,
    train,
)

SYLLABLES = frozenset({"được", "viện", "kiểm", "sát", "là", "lá", "la"})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Every file that training reads, with little in it."""
    for name in (*TEXT_FILES, *QUESTION_FILES):
        record: dict[str, object] = {"title": "Viện kiểm sát", "lead": "", "text": "Viện là. Viện"}
        if name in QUESTION_FILES:
            record = {"question": "Là viện?", "answer": "x"}
        if name.endswith(".json.xz"):
            record = {"data": [{"paragraphs": [{"qas": [{"question": "Là viện?"}]}]}]}
        (tmp_path / name).parent.mkdir(exist_ok=True)
        with lzma.open(tmp_path / name, "wt", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons/syllables_all.txt").write_text("\n".join(sorted(SYLLABLES)), "utf-8")
    return tmp_path


def test_misspellings_and_rare_foreign_words_are_left_out() -> None:
    counts = {"được": 1000, "đựơc": 50, "usd": 60, "rare": 3, "đắk": 40, "dak": 10, "2020": 99}
    words = choose_words(counts, SYLLABLES, least=20)
    assert words[:8] == [*SPECIAL, "được", "usd", "đắk", "kiểm"]
    assert set(words) == {*SPECIAL, *SYLLABLES, "usd", "đắk"}


def test_words_that_look_like_keystrokes_are_guarded() -> None:
    counts = {"las": 9, "laf": 2, "usd": 60, "là": 100, "duwocj": 1, "la1": 8}
    assert guarded_words(counts, SYLLABLES, least=8) == ["la1", "las"]


def test_neighbours_are_counted_and_a_question_ends_as_a_sentence_does() -> None:
    end, asked, first, second = 0, 1, 4, 5
    pairs = count_pairs([np.array([end, first, second, asked, first, second, end])], 6)
    counted = {divmod(key, 6): count for key, count in zip(pairs.keys, pairs.counts, strict=True)}
    assert counted == {
        (end, first): 2, (first, second): 2, (second, asked): 1, (second, end): 1,
    }  # fmt: skip


def test_the_pairs_that_tell_most_are_kept_in_order() -> None:
    words = np.array([100, 100, 100])
    pairs = Pairs(np.array([1, 2, 5]), np.array([33, 90, 1]))  # 33 of 100 is what is foretold
    kept = prune(pairs, words, Settings(pairs=1, least_pair=2))
    assert (kept.keys.tolist(), kept.counts.tolist()) == ([2], [90])


def test_packed_pairs_restart_at_every_word_and_reach_far() -> None:
    packed = pack_pairs(Pairs(np.array([3, 700, 1000 + 2]), np.array([1, 2, 3])), 1000)
    assert packed["followers"][:3].tolist() == [2, 1, 0]
    assert (packed["gaps"][0] + 256 * packed["gaps"][1].astype(int)).tolist() == [3, 697, 2]
    assert packed["levels"].tolist() == [0, 13, 21]


def test_training_counts_texts_and_questions_and_repeats_itself(data: Path, tmp_path: Path) -> None:
    settings = Settings(question_weight=2, least_word=1)
    figures = train(data, tmp_path / "one", settings)
    train(data, tmp_path / "two", settings)
    table = load_typing_table(tmp_path / "one")
    # Three texts "Viện là. Viện" and titles but the law's; one question a file, twice each.
    assert table.count("viện") == 3 * 2 + 2 + 2 * len(QUESTION_FILES)
    assert table.count("kiểm") == 2
    assert figures["words"] == len(table.words)
    one, two = ((tmp_path / name / FILE_NAME).read_bytes() for name in ("one", "two"))
    assert one == two


def test_missing_data_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path), "--output", str(tmp_path / "out")]) == 1
    assert "name its folder with --data" in capsys.readouterr().err


def test_the_command_prints_what_it_made(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(data), "--output", str(data / "out"), "--pairs", "2"]) == 0
    assert json.loads(capsys.readouterr().out)["pairs"] == 2
