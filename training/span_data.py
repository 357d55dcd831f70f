"""What the span reader learns from: passages as token arrays, questions with their spans."""

import json
import lzma
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from documents.document import Document, Passage
from documents.normalising import normalise
from documents.source import MemorySource
from documents.splitting import split
from index.embedding import load_embedder
from index.query import Query
from index.reading_tokens import ReadingTokenizer, TokenisedText
from index.retriever import Retriever
from index.syncing import sync
from training.folds import fold_of

LONGEST = 320
"""Tokens of a passage beyond this many are cut."""
_DEEP = 20
_NO_FOLD = -1
_UNANSWERED_SHARE = 0.6
_LEAST_TOKENS, _SHORTEST = 8, 5

Span = tuple[int, int]
"""A half-open range of tokens."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the passages it is asked of.

    Attributes
    ----------
    question
        Token ids.
    passages
        Numbers of passages, the right one first; the others do not hold the answer. Without an
        answer the first is only the one most like a right one.
    spans
        The answers in the right passage; empty when there is no answer.
    """

    question: NDArray[np.int64]
    passages: tuple[int, ...]
    spans: tuple[Span, ...]


@dataclass(slots=True)
class ReadingData:
    """Passages and the questions asked of them.

    ``folds`` has a number for each example, −1 where it belongs to none.
    """

    passages: list[TokenisedText]
    examples: list[Example] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question of a document; answers with the place the file gives for them."""

    document: str
    text: str
    answers: tuple[tuple[str, int], ...]


def squad_data(path: Path, tokenizer: ReadingTokenizer, *, sample: float = 1.0) -> ReadingData:
    """Return a share of the questions of a SQuAD file.

    The wrong passages of each are those our searchers find.
    """
    with lzma.open(path, "rt", encoding="utf-8") as file:
        documents, asked = _read_squad(json.load(file))
    passages = [passage for document in documents for passage in split(document)]
    texts = [passage.text for passage in passages]
    result = ReadingData([tokens.cut(LONGEST) for tokens in tokenizer.encode(texts)])
    numbers = {(p.document, p.start): number for number, p in enumerate(passages)}
    with tempfile.TemporaryDirectory() as folder:
        embedder = load_embedder()
        sync(MemorySource(documents), Path(folder), embedder=embedder)
        retriever = Retriever(Path(folder), embedder)
        for question in asked[:: round(1 / sample)]:
            found = _right_passage(question, passages, numbers, result)
            if found is None:
                continue
            wrong = tuple(
                numbers[hit.passage.document, hit.passage.start]
                for hit in retriever.search(Query(question.text), _DEEP)
                if hit.passage.document != question.document
            )
            ids = tokenizer.encode([question.text])[0].ids
            result.examples.append(Example(ids, (found[0], *wrong), found[1]))
            result.folds.append(fold_of(question.document))
        retriever.close()
    return result


def add_persons(
    data: ReadingData, path: Path, tokenizer: ReadingTokenizer, *, sample: float, seed: int
) -> None:
    """Add a share of the questions of a SQuAD 2 file that asks one question of many paragraphs.

    Most of those paragraphs do not answer it: they are the wrong passages of the question, and
    some of them questions without an answer.
    """
    with lzma.open(path, "rt", encoding="utf-8") as file:
        content = json.load(file)
    generator = np.random.default_rng(seed)
    by_question: dict[str, list[tuple[str, tuple[tuple[str, int], ...]]]] = {}
    for article in content["data"]:
        for paragraph in article["paragraphs"]:
            for entry in paragraph["qas"]:
                asked = by_question.setdefault(entry["question"], [])
                asked.append((normalise(paragraph["context"]), _answers(entry)))
    for question in list(by_question)[:: round(1 / sample)]:
        _add_question(data, question, by_question[question], tokenizer, generator)


def add_pairs(data: ReadingData, path: Path, tokenizer: ReadingTokenizer) -> None:
    """Add questions of which it is known which paragraphs answer them, not where.

    Each token of a paragraph that answers counts as an answer.
    """
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    by_question: dict[str, list[tuple[int, bool]]] = {}
    for record in records:
        tokens = tokenizer.encode([normalise(record["paragraph"])])[0].cut(LONGEST)
        if len(tokens.ids) >= _SHORTEST:
            of_question = by_question.setdefault(record["question"], [])
            of_question.append((len(data.passages), bool(record["answers"])))
            data.passages.append(tokens)
    for question, paragraphs in by_question.items():
        ids = tokenizer.encode([question])[0].ids
        silent = tuple(number for number, answers in paragraphs if not answers)
        answering = [number for number, answers in paragraphs if answers]
        for number in answering:
            spans = tuple((n, n + 1) for n in range(len(data.passages[number].ids)))
            data.examples.append(Example(ids, (number, *silent), spans))
        if silent and not answering:
            data.examples.append(Example(ids, silent, ()))
        data.folds += [_NO_FOLD] * (len(data.examples) - len(data.folds))


def _add_question(
    data: ReadingData,
    question: str,
    paragraphs: Sequence[tuple[str, tuple[tuple[str, int], ...]]],
    tokenizer: ReadingTokenizer,
    generator: np.random.Generator,
) -> None:
    ids, *texts = tokenizer.encode([question, *(text for text, _ in paragraphs)])
    texts = [text.cut(LONGEST) for text in texts]
    first = len(data.passages)
    data.passages += texts
    numbers = range(first, len(data.passages))
    silent = [n for n, (_, answers) in zip(numbers, paragraphs, strict=True) if not answers]
    for number, (text, answers), tokens in zip(numbers, paragraphs, texts, strict=True):
        spans = _spans(Passage("", 0, 0, len(text), text), answers, tokens)
        if spans:
            example = Example(ids.ids, (number, *silent), spans)
        elif answers or len(tokens.ids) < _LEAST_TOKENS or generator.random() >= _UNANSWERED_SHARE:
            continue
        else:
            example = Example(ids.ids, (number, *(n for n in silent if n != number)), ())
        data.examples.append(example)
        data.folds.append(_NO_FOLD)


def _answers(entry: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    return tuple((normalise(a["text"]), a["answer_start"]) for a in entry["answers"])


def _read_squad(content: dict[str, Any]) -> tuple[list[Document], list[_Asked]]:
    documents, asked = [], []
    for order, article in enumerate(content["data"]):
        for number, paragraph in enumerate(article["paragraphs"]):
            path = f"{order:04}/{number:04}.txt"
            text = normalise(paragraph["context"])
            documents.append(Document(path, text, article.get("title") or path))
            asked += [_Asked(path, qa["question"], _answers(qa)) for qa in paragraph["qas"]]
    return documents, asked


def _right_passage(
    question: _Asked,
    passages: list[Passage],
    numbers: dict[tuple[str, int], int],
    data: ReadingData,
) -> tuple[int, tuple[Span, ...]] | None:
    """Return the first passage that holds an answer and the answers' token ranges in it."""
    number = numbers[question.document, 0]
    while number < len(passages) and passages[number].document == question.document:
        spans = _spans(passages[number], question.answers, data.passages[number])
        if spans:
            return number, spans
        number += 1
    return None


def _spans(
    passage: Passage, answers: tuple[tuple[str, int], ...], tokens: TokenisedText
) -> tuple[Span, ...]:
    spans = []
    for answer, place in answers:
        start = place - passage.start
        if start < 0 or passage.text[start : start + len(answer)] != answer:
            start = passage.text.find(answer)
        inside = np.flatnonzero((tokens.ends > start) & (tokens.starts < start + len(answer)))
        if start >= 0 and len(inside):
            spans.append((int(inside[0]), int(inside[-1]) + 1))
    return tuple(spans)
