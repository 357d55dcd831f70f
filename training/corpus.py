"""The training texts: articles cut into passages of whole sentences, with what asks for them."""

import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from documents.errors import DanChungError
from documents.sentences import split_sentences

TEXT_FILES = ("text/news.jsonl.xz", "text/wiki.jsonl.xz", "text/law.jsonl.xz")
QUESTION_FILES = (
    "qa/persons_train.json.xz",
    "qa/zalo2019_pairs.jsonl.xz",
    "qa/covid_faq_train.jsonl.xz",
)
_WIKI_SECTION = re.compile(r"^=+ *(.+?) *=+$", re.MULTILINE)
_LAW_ARTICLE = re.compile(r"^ *Điều \d+[a-zđ]?\. *(?=\S)", re.MULTILINE)
_LAW_PAGE_HEADER = re.compile(r"^ *(?:CÔNG BÁO/.*|\d+) *$", re.MULTILINE)
_MINIMUM_SYLLABLES = 15


class TrainingDataError(DanChungError):
    """The training data is missing or not what its name says."""


@dataclass(frozen=True, slots=True)
class TrainingPassage:
    """One passage, in sentences, with the texts that ask for it.

    ``group`` is the article it comes from: ``title`` and ``lead`` ask for every passage of the
    group alike, each of ``questions`` for this passage alone.
    """

    group: str
    title: str
    lead: str
    sentences: tuple[str, ...]
    questions: tuple[str, ...] = ()


def require_data(folder: Path) -> None:
    """Raise ``TrainingDataError`` unless every file that training reads is in the folder."""
    missing = [name for name in (*TEXT_FILES, *QUESTION_FILES) if not (folder / name).is_file()]
    if missing:
        raise TrainingDataError(
            f"training data not found in {folder}: {', '.join(missing)} missing; "
            "name its folder with --data"
        )


def read_articles(
    folder: Path, name: str, *, sample: float, seed: int
) -> Iterator[list[TrainingPassage]]:
    """Yield the passages of each article of one text file, articles without passages left out.

    Parameters
    ----------
    folder
        The training data.
    name
        One of ``TEXT_FILES``.
    sample
        Share of the articles to keep, chosen at random.
    seed
        Of the sampling and of the passage lengths.
    """
    generator = np.random.default_rng(seed)
    cut = {"news": _news_passages, "wiki": _wiki_passages, "law": _law_passages}[_stem(name)]
    with lzma.open(folder / name, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if generator.random() >= sample:
                continue
            # Indexes are built with passages of many lengths: train on as many.
            syllables = int(generator.integers(60, 240))
            passages = list(cut(f"{name}:{number}", json.loads(line), syllables))
            if passages:
                yield passages


def read_questions(folder: Path, name: str) -> list[TrainingPassage]:
    """Return the passages of one question file that some question asks for, in file order."""
    with lzma.open(folder / name, "rt", encoding="utf-8") as file:
        if name.endswith(".jsonl.xz"):
            return _pair_passages(name, [json.loads(line) for line in file])
        return list(_squad_passages(name, json.load(file)))


def cut_passages(text: str, syllables: int) -> Iterator[tuple[str, ...]]:
    """Yield runs of whole sentences of about so many syllables; too short a rest is dropped."""
    run: list[str] = []
    length = 0
    for sentence in (text[span.start : span.end] for span in split_sentences(text)):
        run.append(sentence)
        length += len(sentence.split())
        if length >= syllables:
            yield tuple(run)
            run, length = [], 0
    if length >= _MINIMUM_SYLLABLES:
        yield tuple(run)


def _stem(name: str) -> str:
    return Path(name).name.split(".", 1)[0]


def _news_passages(
    group: str, article: dict[str, str], syllables: int
) -> Iterator[TrainingPassage]:
    for sentences in cut_passages(article["text"], syllables):
        yield TrainingPassage(group, article["title"], article["lead"], sentences)


def _wiki_passages(
    group: str, article: dict[str, str], syllables: int
) -> Iterator[TrainingPassage]:
    """Cut at the section headings; "title section" is the lead of a section's passages."""
    title = article["title"]
    pieces = _WIKI_SECTION.split(article["text"])
    for section, text in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        for sentences in cut_passages(text, syllables):
            yield TrainingPassage(group, title, f"{title} {section}".strip(), sentences)


def _law_passages(name: str, law: dict[str, str], syllables: int) -> Iterator[TrainingPassage]:
    """Cut at "Điều n."; the heading of an article of law is its title and its group.

    Many laws have the same headings ("Phạm vi điều chỉnh"), which then ask for none in particular.
    """
    text = _LAW_PAGE_HEADER.sub("", law["text"])
    for article in _LAW_ARTICLE.split(text)[1:]:
        heading, body = _split_heading(article)
        # An article of law has one subject, so its pieces share a group.
        for sentences in cut_passages(body or heading, syllables):
            yield TrainingPassage(f"{name}:{heading}", heading, "", sentences)


def _split_heading(article: str) -> tuple[str, str]:
    """Split at the first line end; a heading goes on in lines that begin in lower case."""
    lines = [line.strip() for line in article.split("\n")]
    end = 1
    while end < min(3, len(lines)) and lines[end][:1].islower():
        end += 1
    return " ".join(lines[:end]), "\n".join(lines[end:]).strip()


def _squad_passages(name: str, content: dict[str, Any]) -> Iterator[TrainingPassage]:
    for number, article in enumerate(content["data"]):
        title = article.get("title", "")
        for paragraph in article["paragraphs"]:
            questions = tuple(
                entry["question"] for entry in paragraph["qas"] if not entry.get("is_impossible")
            )
            if questions:
                sentences = _sentences(paragraph["context"])
                yield TrainingPassage(f"{name}:{number}", title, "", sentences, questions)


def _pair_passages(name: str, records: list[dict[str, Any]]) -> list[TrainingPassage]:
    questions: dict[str, list[str]] = {}
    for record in records:
        if record.get("answers", True):
            text = record.get("paragraph") or record["answer"]
            questions.setdefault(text, []).append(record["question"])
    return [
        TrainingPassage(f"{name}:{number}", "", "", _sentences(text), tuple(asked))
        for number, (text, asked) in enumerate(questions.items())
    ]


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(text[span.start : span.end] for span in split_sentences(text))
