"""python -m training.typing_table: count words and pairs of neighbours for `index.typing_table`."""

import argparse
import json
import lzma
import re
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from documents.command_line import print_json, run_command
from documents.normalising import fold, has_accents, search_key
from index.keystrokes import decode, toneless
from index.typing_table import ASKED, END, FILE_NAME, LEVELS_PER_NAT, NUMBER, SPECIAL, UNKNOWN
from training.corpus import QUESTION_FILES, TEXT_FILES, TrainingDataError, require_data

SYLLABLE_FILE = "lexicons/syllables_all.txt"
_PIECE = re.compile(r"[^\W_]+|[.?!;:…\n]")
_ENDS = frozenset(".!;:…\n")
_SPELLED_SHARE = 0.1
_CHUNK = 8_000_000

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Settings:
    """What is counted and what is kept.

    Attributes
    ----------
    sample
        Share of the articles that are read; the seed draws them.
    pairs
        How many pairs of words are kept.
    question_weight
        How many times a question is counted: articles hardly ask.
    least_word, least_guarded, least_pair
        How often a word that is no syllable, a foreign word that looks like keystrokes, a pair
        must be met to be kept.
    """

    sample: float = 1.0
    seed: int = 1
    pairs: int = 1_500_000
    question_weight: int = 10
    least_word: int = 200
    least_guarded: int = 8
    least_pair: int = 2


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of words by their key (first times the number of words, plus second), rising."""

    keys: Counts
    counts: Counts


class _Numbers(dict[str, int]):
    """Numbers words in the order in which they are first met."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def train(data: Path, output: Path, settings: Settings) -> dict[str, object]:
    """Write ``table.npz`` and return how much was counted and kept."""
    require_data(data)
    syllables = read_syllables(data)
    numbers = _Numbers()
    runs = [
        np.frombuffer(_numbered(texts, numbers), dtype=np.int32)
        for texts in _sources(data, settings)
    ]
    met = np.sum([np.bincount(run, minlength=len(numbers)) for run in runs], axis=0)
    counts = dict(zip(numbers, met.tolist(), strict=True))
    words = choose_words(counts, syllables, least=settings.least_word)
    places = {word: place for place, word in enumerate(words)}
    stands_for = np.array([_place(word, places) for word in numbers], dtype=np.int64)
    sequences = [stands_for[run] for run in runs]
    word_counts = np.sum([np.bincount(one, minlength=len(words)) for one in sequences], axis=0)
    pairs = prune(count_pairs(sequences, len(words)), word_counts, settings)
    accepted = [word in syllables or _is_accented_name(word) for word in words]
    arrays = {
        "words": _bytes(words),
        "counts": word_counts.astype(np.int64),
        "is_syllable": np.array(accepted, dtype=np.bool_),
        "guarded": _bytes(guarded_words(counts, syllables, least=settings.least_guarded)),
        **pack_pairs(pairs, len(words)),
    }
    output.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(output / FILE_NAME, allow_pickle=False, **arrays)
    return {
        "running_words": int(met.sum()),
        "words": len(words),
        "pairs": len(pairs.keys),
        "megabytes": round((output / FILE_NAME).stat().st_size / 1e6, 2),
    }


def read_syllables(data: Path) -> frozenset[str]:
    """Return the lexicon's syllables as search keys."""
    try:
        lines = (data / SYLLABLE_FILE).read_text(encoding="utf-8").split()
    except FileNotFoundError as error:
        raise TrainingDataError(
            f"{data / SYLLABLE_FILE} missing; name the folder with --data"
        ) from error
    return frozenset(map(search_key, lines))


def choose_words(counts: dict[str, int], syllables: frozenset[str], *, least: int) -> list[str]:
    """Return `SPECIAL`, then syllables and frequent other words, the most frequent first.

    A misspelling (``đựơc``) is no word: another spelling without accents equal to it must not
    be ten times as frequent.
    """
    group: defaultdict[str, int] = defaultdict(int)
    for word, count in counts.items():
        group[fold(word)] += count
    kept = {
        word
        for word, count in counts.items()
        if count >= least
        and not word.isdigit()
        and word[0].isalnum()
        and (not has_accents(word) or count >= _SPELLED_SHARE * group[fold(word)])
    }
    return [*SPECIAL, *sorted(kept | syllables, key=lambda word: (-counts.get(word, 0), word))]


def guarded_words(counts: dict[str, int], syllables: frozenset[str], *, least: int) -> list[str]:
    """Return the words met that are no syllables but read as keystrokes of one, in order."""
    known = {toneless(syllable): syllable for syllable in sorted(syllables)}
    return sorted(
        word
        for word, count in counts.items()
        if count >= least and word not in syllables and decode(word, known)
    )


def count_pairs(sequences: Sequence[Counts], size: int) -> Pairs:
    """Count neighbours. What follows the end of a question follows the end of a sentence."""
    end, asked = SPECIAL.index(END), SPECIAL.index(ASKED)
    found = []
    for sequence in sequences:
        for start in range(0, len(sequence) - 1, _CHUNK):
            piece = sequence[start : start + _CHUNK + 1]
            first = np.where(piece[:-1] == asked, end, piece[:-1])
            found.append(np.unique(first * size + piece[1:], return_counts=True))
    keys, places = np.unique(np.concatenate([keys for keys, _ in found]), return_inverse=True)
    counts = np.bincount(places, weights=np.concatenate([counts for _, counts in found]))
    return Pairs(keys, counts.astype(np.int64))


def prune(pairs: Pairs, word_counts: Counts, settings: Settings) -> Pairs:
    """Keep the pairs whose count tells most beside what the single words foretell.

    Count times |ln (P(second | first) / P(second))|, after the relative entropy pruning of
    Stolcke (1998, https://arxiv.org/abs/cs/0006025), without its renormalisation.
    """
    size = len(word_counts)
    enough = pairs.counts >= settings.least_pair
    keys, counts = pairs.keys[enough], pairs.counts[enough]
    share = word_counts[keys % size] / word_counts.sum()
    told = counts * np.abs(np.log(counts / np.maximum(word_counts[keys // size], 1) / share))
    best = np.sort(np.argsort(-told, kind="stable")[: settings.pairs])
    return Pairs(keys[best], counts[best])


def pack_pairs(pairs: Pairs, size: int) -> dict[str, NDArray[Any]]:
    """Return the pairs as `index.typing_table.make_table` reads them."""
    first, second = np.divmod(pairs.keys, size)
    gaps = np.diff(second, prepend=0)
    begins = np.diff(first, prepend=-1) != 0
    gaps[begins] = second[begins]
    return {
        "followers": np.bincount(first, minlength=size).astype(np.int32),
        "gaps": np.stack([gaps & 255, gaps >> 8]).astype(np.uint8),
        "levels": np.minimum(np.round(LEVELS_PER_NAT * np.log(pairs.counts)), 255).astype(np.uint8),
    }


def _sources(data: Path, settings: Settings) -> Iterator[Iterator[str]]:
    generator = np.random.default_rng(settings.seed)
    for name in TEXT_FILES:
        yield (
            article[key]
            for article in _records(data / name)
            if generator.random() < settings.sample
            for key in ("title", "lead", "text")
            if article.get(key) and not (key == "title" and "law." in name)
        )
    for name in QUESTION_FILES:
        yield (
            question
            for record in _records(data / name)
            for question in _questions(record)
            for _ in range(settings.question_weight)
        )


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _questions(record: dict[str, Any]) -> Iterator[str]:
    """Yield the questions of a SQuAD file, which is one record, or of a pair."""
    if "question" in record:
        yield record["question"]
    for article in record.get("data", ()):
        for paragraph in article["paragraphs"]:
            yield from (entry["question"] for entry in paragraph["qas"])


def _numbered(texts: Iterator[str], numbers: _Numbers) -> "array[int]":
    """Return the words of the texts as numbers, each text with an end after it."""
    run = array("i")
    for text in texts:
        run.extend(map(numbers.__getitem__, _PIECE.findall(search_key(text))))
        run.append(numbers[END])
    return run


def _place(word: str, places: dict[str, int]) -> int:
    if word in _ENDS:
        return places[END]
    if word.isdigit():
        return places[NUMBER]
    return places.get(word, places[UNKNOWN])


def _is_accented_name(word: str) -> bool:
    """Return whether a word outside the lexicon is written like a syllable: ``đắk``, ``kông``."""
    return has_accents(word) and _NAME.fullmatch(fold(word)) is not None


_NAME = re.compile(r"(?:[bcdghklmnpqrstvx]|[gknpt]h|kr|ng|tr)?[aeiouy]{1,3}(?:c|k|m|n|p|t|ng|nh)?")


def _bytes(words: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.typing_table", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--output", type=Path, required=True, help="folder of the model")
    parser.add_argument("--sample", type=float, default=1.0, help="share of the articles (1)")
    parser.add_argument("--pairs", type=int, default=Settings().pairs, help="pairs kept")
    options = parser.parse_args(arguments)
    settings = Settings(sample=options.sample, pairs=options.pairs)

    def run() -> int:
        print_json(train(options.data, options.output, settings))
        return 0

    return run_command(run)


if __name__ == "__main__":
    sys.exit(main())
