"""What the span reader learns from: passages as token arrays, questions with their spans."""

import json
import lzma
import tempfile
from collections.abc import Iterator
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
from training.cloze import ClozeMaker, Example, Span
from training.corpus import cut_passages
from training.folds import fold_of

LONGEST = 320
"""Tokens of a passage beyond this many are cut."""
_DEEP = 20
_NEWS_SHARE, _PER_ARTICLE = 0.25, 8
_COMMON_TOKENS = 300


@dataclass(slots=True)
class ReadingData:
    """Passages and the questions asked of them; ``folds`` has a number for each example."""

    passages: list[TokenisedText]
    examples: list[Example] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question of a document; answers with the place the file gives for them."""

    document: str
    text: str
    answers: tuple[tuple[str, int], ...]


def cloze_data(data: Path, tokenizer: ReadingTokenizer, *, most: int, seed: int) -> ReadingData:
    """Return at most so many made questions, over a share of the news and all of Wikipedia."""
    generator = np.random.default_rng(seed)
    result = ReadingData([])
    maker: ClozeMaker | None = None
    articles = list(_articles(data, generator))
    generator.shuffle(articles)
    for texts in articles:
        if len(result.examples) >= most:
            break
        passages = [tokens.cut(LONGEST) for tokens in tokenizer.encode(texts)]
        if maker is None:
            maker = ClozeMaker(tokenizer, _common(articles[:2000], tokenizer))
        first = len(result.passages)
        result.passages += passages
        for question, place, span in maker.make(passages, generator, most=_PER_ARTICLE):
            answer = passages[place].ids[span[0] : span[1]]
            others = [
                first + other
                for other in range(len(passages))
                if other != place and not _find(passages[other].ids, answer)
            ]
            spans = tuple(_near(_find(passages[place].ids, answer), span))
            near = sorted(others, key=lambda other: abs(other - first - place))[:6]
            generator.shuffle(near)
            result.examples.append(Example(question, (first + place, *near[:3]), spans))
            result.folds.append(-1)
    return result


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


def _read_squad(content: dict[str, Any]) -> tuple[list[Document], list[_Asked]]:
    documents, asked = [], []
    for order, article in enumerate(content["data"]):
        for number, paragraph in enumerate(article["paragraphs"]):
            path = f"{order:04}/{number:04}.txt"
            text = normalise(paragraph["context"])
            documents.append(Document(path, text, article.get("title") or path))
            for entry in paragraph["qas"]:
                answers = [(normalise(a["text"]), a["answer_start"]) for a in entry["answers"]]
                asked.append(_Asked(path, entry["question"], tuple(answers)))
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


def _articles(data: Path, generator: np.random.Generator) -> Iterator[list[str]]:
    for name, share in (("news", _NEWS_SHARE), ("wiki", 1.0)):
        with lzma.open(data / f"text/{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                if generator.random() >= share:
                    continue
                article = json.loads(line)
                text = normalise(f"{article.get('lead', '')}\n{article['text']}".strip())
                size = int(generator.integers(70, 170))
                texts = [" ".join(run) for run in cut_passages(text, size)]
                if len(texts) > 1:
                    yield texts[:16]


def _common(articles: list[list[str]], tokenizer: ReadingTokenizer) -> NDArray[np.bool_]:
    counts = np.zeros(len(tokenizer.vocabulary), dtype=np.int64)
    for texts in articles:
        for tokenised in tokenizer.encode(texts):
            np.add.at(counts, tokenised.ids, 1)
    return np.asarray(counts >= np.sort(counts)[-_COMMON_TOKENS])


def _find(ids: NDArray[np.int64], wanted: NDArray[np.int64]) -> list[Span]:
    size = len(wanted)
    if len(ids) < size:
        return []
    windows = np.lib.stride_tricks.sliding_window_view(ids, size)
    places = np.flatnonzero((windows == wanted).all(axis=1)).tolist()
    return [(place, place + size) for place in places]


def _near(found: list[Span], span: Span) -> list[Span]:
    """Return the span first, then others of the same words."""
    return [span, *(other for other in found if other != span)][:4]
