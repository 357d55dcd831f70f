"""The likeliest way through the choices, by table and by index."""

import numpy as np
import pytest

from index.lattice import Choice, best_ways
from index.typing_table import SPECIAL, TypingTable, make_table
from index.word_statistics import NoStatistics, WordStatistics


class Counted:
    """Statistics given as two dictionaries."""

    def __init__(self, words: dict[str, int], pairs: dict[tuple[str, str], int]) -> None:
        self._words, self._pairs = words, pairs

    def word_count(self, word: str) -> int:
        return self._words.get(word, 0)

    def pair_count(self, first: str, second: str) -> int:
        return self._pairs.get((first, second), 0)


@pytest.fixture(scope="module")
def table() -> TypingTable:
    """Make a table: "kiểm sát" 50 times of 60 "kiểm", "kiếm" 40, "sát" 60, "sắt" 30."""
    words = (*SPECIAL, "kiểm", "sát", "kiếm", "sắt")
    return make_table(
        {
            "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
            "counts": np.array([100, 0, 0, 0, 60, 60, 40, 30]),
            "is_syllable": np.array([False] * 4 + [True] * 4),
            "guarded": np.frombuffer(b"has", dtype=np.uint8),
            "followers": np.array([0, 0, 0, 0, 1, 0, 0, 0]),
            "gaps": np.array([[5], [0]], dtype=np.uint8),
            "levels": np.array([round(19 * np.log(50))], dtype=np.uint8),
        }
    )


SLOTS = [[Choice(("kiếm",)), Choice(("kiểm",))], [Choice(("sắt",)), Choice(("sát",))]]
CORPUS = Counted({"kiếm": 90, "sắt": 90}, {("kiếm", "sắt"): 90})


@pytest.mark.parametrize(
    ("statistics", "places"), [(NoStatistics(), (1, 1)), (CORPUS, (0, 0))], ids=["table", "index"]
)
def test_the_index_outweighs_the_table(
    table: TypingTable, statistics: WordStatistics, places: tuple[int, ...]
) -> None:
    assert best_ways(SLOTS, [[0], [0]], table, statistics).best.places == places


def test_the_kept_way_takes_only_what_it_may_and_is_never_better(table: TypingTable) -> None:
    ways = best_ways(SLOTS, [[0], [0, 1]], table, NoStatistics())
    assert ways.kept.places[0] == 0
    assert ways.kept.score < ways.best.score
    free = best_ways(SLOTS, [[0, 1], [0, 1]], table, NoStatistics())
    assert free.kept == free.best


def test_a_penalty_is_paid_in_full(table: TypingTable) -> None:
    def score(penalty: float) -> float:
        slots = [[Choice(("kiểm",), penalty)], [Choice(("sát",))]]
        return best_ways(slots, [[0], [0]], table, CORPUS).best.score

    assert score(-3) == pytest.approx(score(0) - 3)


def test_two_words_for_one_score_as_two(table: TypingTable) -> None:
    together = best_ways([[Choice(("kiểm", "sát"))]], [[0]], table, NoStatistics())
    apart = best_ways([[Choice(("kiểm",))], [Choice(("sát",))]], [[0], [0]], table, NoStatistics())
    assert together.best.score == pytest.approx(apart.best.score)


def test_an_unknown_word_is_rarer_than_any_known(table: TypingTable) -> None:
    slots = [[Choice(("blorp",)), Choice(("sắt",))]]
    assert best_ways(slots, [[0]], table, NoStatistics()).best.places == (1,)


def test_nothing_to_choose_is_no_failure(table: TypingTable) -> None:
    assert best_ways([], [], table, NoStatistics()).best.places == ()
