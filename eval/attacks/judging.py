"""Claims that a quote does not hold, made from claims that it does, and how many are let through.

A genuine pair is a sentence and the quote that supports it: the quote itself, another wording of it
(`eval.attacks.rewordings`), or one of the bundled pairs. Each attack changes one thing of the
sentence (`eval.attacks.changes`) or puts the quote of another document beside it. Every sentence,
genuine or attacked, is judged as it stands, in NFD, in small letters and without accents.
"""

import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from documents.document import Document
from documents.normalising import fold
from documents.sentences import split_sentences
from eval.attacks.changes import CHANGES, PERSON, PROVINCE
from eval.attacks.rewordings import rewordings
from eval.markdown import aligned

PAIRS_PATH = Path(__file__).with_name("pairs.jsonl")
GENUINE, REWORDED = "genuine: exact", "genuine: reworded"
OTHER_DOCUMENT = "quote of another document"

_LEAST_WORDS, _MOST_WORDS = 8, 60
_WRITINGS: dict[str, Callable[[str], str]] = {
    "as it stands": str,
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "small letters": str.lower,
    "without accents": fold,
    "neither": lambda text: fold(text).lower(),
}
Verify = Callable[[str, str], Sequence[str]]
"""From a sentence and its quote to what the quote does not hold (`qa.verification.verify`)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence, the quote that supports it and the document that this is from."""

    sentence: str
    quote: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """One judgement to be made.

    Attributes
    ----------
    kind
        What was changed; `GENUINE` or `REWORDED` when nothing was.
    writing
        How the sentence is written.
    """

    kind: str
    writing: str
    sentence: str
    quote: str

    @property
    def genuine(self) -> bool:
        """Whether the quote holds the sentence."""
        return self.kind in {GENUINE, REWORDED}


@dataclass(frozen=True, slots=True)
class KindResult:
    """How many of a kind were tried and accepted, and those that were judged wrongly."""

    kind: str
    tried: int
    accepted: int
    wrong: tuple[Trial, ...]


def bundled_pairs() -> list[Pair]:
    """Return the genuine pairs of the project; each quote is a document of its own."""
    lines = map(json.loads, PAIRS_PATH.read_text(encoding="utf-8").splitlines())
    return [Pair(**line, document=line["quote"]) for line in lines]


def pairs_of(documents: Iterable[Document]) -> list[Pair]:
    """Return the telling sentences of documents, each its own quote, and its rewordings.

    Only whole sentences of 8 to 60 words that hold a digit or a name are taken.
    """
    return [
        Pair(sentence, quote, document.path)
        for document in documents
        for quote in _sentences(document.text)
        if _is_telling(quote)
        for sentence in (quote, *filter(_is_telling, rewordings(quote)))
    ]


def _sentences(text: str) -> Iterator[str]:
    return (text[span.start : span.end] for span in split_sentences(text))


def _is_telling(sentence: str) -> bool:
    named = re.search(r"\d", sentence) or PROVINCE.search(sentence) or PERSON.search(sentence)
    whole = sentence.endswith(".") and _LEAST_WORDS <= len(sentence.split()) <= _MOST_WORDS
    return bool(named) and whole


def trials(pairs: Sequence[Pair], *, seed: int = 0) -> Iterator[Trial]:
    """Yield what is to be judged: each pair, then its attacks, each in all writings."""
    chance = random.Random(seed)  # noqa: S311
    for pair in pairs:
        kind = GENUINE if pair.sentence == pair.quote else REWORDED
        yield from _written(kind, pair.sentence, pair.quote)
        for kind, change in CHANGES.items():
            attacked = change.apply(pair.sentence, pair.quote, chance)
            if attacked is not None:
                yield from _written(kind, attacked, pair.quote)
        others = [other.quote for other in pairs if other.document != pair.document]
        if others:
            yield from _written(OTHER_DOCUMENT, pair.sentence, chance.choice(others))


def _written(kind: str, sentence: str, quote: str) -> Iterator[Trial]:
    for writing, write in _WRITINGS.items():
        yield Trial(kind, writing, write(sentence), quote)


def judge(pairs: Sequence[Pair], verify: Verify) -> list[KindResult]:
    """Return how a verifier judges the pairs and their attacks, by kind, the genuine first."""
    judged = [(trial, not verify(trial.sentence, trial.quote)) for trial in trials(pairs)]
    return [
        KindResult(
            kind,
            sum(trial.kind == kind for trial, _ in judged),
            sum(trial.kind == kind and accepted for trial, accepted in judged),
            tuple(t for t, accepted in judged if t.kind == kind and accepted != t.genuine),
        )
        for kind in (GENUINE, REWORDED, *CHANGES, OTHER_DOCUMENT)
    ]


def as_table(results: Sequence[KindResult]) -> str:
    """Return the report for a terminal."""
    rows = [(r.kind, str(r.tried), str(r.accepted), str(len(r.wrong))) for r in results]
    return "\n".join(aligned([("kind", "tried", "accepted", "wrong"), *rows])) + "\n"


def as_json(results: Sequence[KindResult]) -> dict[str, object]:
    """Return the report in the form of the commands' JSON."""
    return {
        "kinds": [{"kind": r.kind, "tried": r.tried, "accepted": r.accepted} for r in results],
        "wrong": [asdict(trial) for result in results for trial in result.wrong],
    }
