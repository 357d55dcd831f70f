"""Articles as a folder of files, and questions about them."""

import random
from collections.abc import Iterator
from pathlib import Path

from documents.document import Document
from documents.splitting import split
from eval.bench.scale.texts import Article

QUESTIONS = 300
_PER_FOLDER = 1_000
_LEAST_WORDS, _MOST_WORDS = 6, 14


class Corpus:
    """A folder that grows article by article; nothing but the questions is held in memory."""

    def __init__(self, folder: Path, articles: Iterator[Article], *, seed: int) -> None:
        self.folder = folder
        self.documents = 0
        self._articles = articles
        self._generator = random.Random(seed)  # noqa: S311 - a sample, not a secret
        self._questions: list[str] = []

    def write_passages(self, count: int) -> None:
        """Write articles until they have so many passages more; some are asked about."""
        passages = 0
        while passages < count:
            article = self._write()
            text = f"{article.title}\n\n{article.text}"
            passages += len(split(Document("x", text, article.title)))
            self._sample(article)

    def change_one(self) -> None:
        """Add a sentence to the first article."""
        with self._path(0).open("a", encoding="utf-8") as file:
            file.write("\n\nBài viết này vừa được bổ sung một câu ở cuối.\n")

    def questions(self) -> tuple[str, ...]:
        """Return titles and parts of sentences of articles drawn at random."""
        return tuple(self._questions)

    def _write(self) -> Article:
        article = next(self._articles)
        path = self._path(self.documents)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{article.title}\n\n{article.text}\n", encoding="utf-8")
        self.documents += 1
        return article

    def _path(self, number: int) -> Path:
        return self.folder / f"{number // _PER_FOLDER:05d}" / f"{number:08d}.txt"

    def _sample(self, article: Article) -> None:
        """Keep every article with the same chance (Vitter's algorithm R, 1985)."""
        if len(self._questions) < QUESTIONS:
            self._questions.append(self._question(article))
            return
        place = self._generator.randrange(self.documents)
        if place < QUESTIONS:
            self._questions[place] = self._question(article)

    def _question(self, article: Article) -> str:
        words = self._generator.choice(article.text.split(". ")).split()
        if len(words) < _LEAST_WORDS or self._generator.random() < 1 / 2:
            return article.title
        length = self._generator.randint(_LEAST_WORDS, min(_MOST_WORDS, len(words)))
        start = self._generator.randint(0, len(words) - length)
        return " ".join(words[start : start + length])
