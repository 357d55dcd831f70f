"""python -m training.judge_typing: how much of a typed question is understood.

Prints, for each development set and typing style, the share of syllables that come back exactly,
with the statistics of the set's own passages and with the bundled table alone.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from documents.command_line import run_command
from documents.normalising import normalise, search_key, syllables
from eval.typing_styles import TypingStyle, typed
from index.terms import terms_of
from index.typed_text import understand_typing
from index.typing_table import TypingTable, load_typing_table
from index.word_statistics import NoStatistics, WordStatistics
from training.judging_data import read_collections


class PassageStatistics:
    """Document frequencies of words and pairs, counted over passages."""

    def __init__(self, passages: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        self._pairs: Counter[str] = Counter()
        for passage in passages:
            terms = terms_of(passage)
            self._words.update(set(terms.syllables))
            self._pairs.update(set(terms.pairs))

    def word_count(self, word: str) -> int:
        """Return in how many passages the word stands."""
        return self._words[word]

    def pair_count(self, first: str, second: str) -> int:
        """Return in how many passages the second word stands right after the first."""
        return self._pairs[f"{first}_{second}"]


def share_restored(
    questions: Sequence[str],
    style: TypingStyle,
    *,
    table: TypingTable,
    statistics: WordStatistics,
) -> float:
    """Return the share of the questions' syllables that are understood as published, 0 to 1."""
    right = of = 0
    for place, question in enumerate(map(normalise, questions)):
        asked = typed(question, style, seed=str(place))
        understood = understand_typing(asked, table, statistics).text
        gold, found = (syllables(search_key(text)) for text in (question, understood))
        blocks = SequenceMatcher(None, gold, found, autojunk=False).get_matching_blocks()
        right += sum(block.size for block in blocks)
        of += len(gold)
    return right / of if of else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.judge_typing", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with qa/")
    parser.add_argument("--every", type=int, default=3, help="ask every so many questions")
    options = parser.parse_args(arguments)

    def run() -> int:
        table = load_typing_table()
        for collection in read_collections(options.data):
            questions = collection.questions[:: options.every]
            own = PassageStatistics(collection.texts)
            for style in TypingStyle:
                shares = [
                    share_restored(questions, style, table=table, statistics=statistics)
                    for statistics in (own, NoStatistics())
                ]
                print(collection.name, style, *(f"{share:.4f}" for share in shares))  # noqa: T201
        return 0

    return run_command(run)


if __name__ == "__main__":
    sys.exit(main())
