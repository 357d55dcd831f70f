"""The development collections an embedder is judged on; none of them is trained on."""

import json
import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class JudgingCollection:
    """Questions over texts; ``gold[i]`` are the numbers of the texts that answer question i."""

    name: str
    texts: tuple[str, ...]
    questions: tuple[str, ...]
    gold: tuple[frozenset[int], ...]


def read_collections(folder: Path) -> list[JudgingCollection]:
    """Return every development collection of the data folder."""
    qa = folder / "qa"
    return [
        read_squad("viquad_dev", [qa / "viquad_dev.json.xz", qa / "viquad_train.json.xz"]),
        _read_alqac(qa),
        read_squad("regulations_dev", [qa / "regulations_dev.json.xz"]),
        read_squad("wiki_short_dev", [qa / "wiki_short_dev.json.xz"]),
        _read_faq("covid_dev", [qa / "covid_faq_dev.jsonl.xz", qa / "covid_faq_test.jsonl.xz"]),
    ]


def read_squad(name: str, paths: Sequence[Path]) -> JudgingCollection:
    """Return the questions of the first file over the contexts of all files, each context once."""
    texts: dict[str, int] = {}
    asked: list[tuple[str, int]] = []
    for order, path in enumerate(paths):
        for article in _read_json(path)["data"]:
            for paragraph in article["paragraphs"]:
                number = texts.setdefault(paragraph["context"], len(texts))
                if order == 0:
                    asked += [
                        (entry["question"], number)
                        for entry in paragraph["qas"]
                        if not entry.get("is_impossible")
                    ]
    return _collection(name, texts, asked)


def _read_faq(name: str, paths: Sequence[Path]) -> JudgingCollection:
    """Return the questions of the first file over the answers of all files."""
    texts: dict[str, int] = {}
    asked: list[tuple[str, int]] = []
    for order, path in enumerate(paths):
        for record in _read_lines(path):
            number = texts.setdefault(record["answer"], len(texts))
            if order == 0:
                asked.append((record["question"], number))
    return _collection(name, texts, asked)


def _read_alqac(folder: Path) -> JudgingCollection:
    articles = [
        ((law["id"], article["id"]), article["text"])
        for law in _read_json(folder / "alqac_laws.json.xz")
        for article in law["articles"]
    ]
    numbers = {key: number for number, (key, _) in enumerate(articles)}
    records = _read_lines(folder / "alqac_dev.jsonl.xz")
    return JudgingCollection(
        "alqac_dev",
        tuple(text for _, text in articles),
        tuple(record["text"] for record in records),
        tuple(
            frozenset(numbers[a["law_id"], a["article_id"]] for a in record["relevant_articles"])
            for record in records
        ),
    )


def _collection(
    name: str, texts: dict[str, int], asked: list[tuple[str, int]]
) -> JudgingCollection:
    gold = tuple(frozenset({number}) for _, number in asked)
    return JudgingCollection(name, tuple(texts), tuple(q for q, _ in asked), gold)


def _read_json(path: Path) -> Any:  # noqa: ANN401 (JSON)
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)


def _read_lines(path: Path) -> list[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]
