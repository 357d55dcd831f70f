"""What users think of answers: kept in one SQLite file, and made into a collection.

An opinion holds the question, the answer as it was given, the state of the index, and the passage
that a user marked as the right one.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from documents.sqlite_file import Layout, SqliteFile

FEEDBACK_NAME = "feedback.sqlite3"
MOST_COMMENT = 2_000
_TABLE = """
CREATE TABLE opinions (
    opinion_id INTEGER PRIMARY KEY AUTOINCREMENT,
    given TEXT NOT NULL,
    user TEXT NOT NULL,
    is_good INTEGER NOT NULL,
    comment TEXT NOT NULL,
    answer TEXT NOT NULL,
    index_version TEXT NOT NULL,
    corrected TEXT
);
"""
_LAYOUT = Layout(_TABLE, 1, "nơi lưu góp ý")


@dataclass(frozen=True, slots=True)
class Passage:
    """A place of a document: ``quote == text[start:end]`` when it was marked.

    Attributes
    ----------
    hash
        Of the whole text that was marked (`eval.hashes.text_hash`); empty when not told.
    is_answer
        Whether the quote itself answers the question; else it only holds the answer.
    """

    document: str
    start: int
    end: int
    quote: str
    hash: str = ""
    is_answer: bool = True


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one user thinks of one answer.

    Attributes
    ----------
    opinion_id
        Given by the store; 0 before.
    given
        When: UTC, ISO 8601.
    answer
        The answer in the form of ``python -m qa --json``.
    index_version
        Store id and generation of the index that was asked.
    corrected
        The passage that is right, as a user marked it.
    """

    user: str
    is_good: bool
    comment: str
    answer: Mapping[str, Any]
    index_version: str
    corrected: Passage | None = None
    opinion_id: int = 0
    given: str = ""

    @property
    def question(self) -> str:
        """The question as typed."""
        return str(self.answer.get("question", ""))


class FeedbackStore:
    """All opinions, in the order they were given; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it when there is none; raise `DanChungError` if that fails."""
        self._file = SqliteFile(path, _LAYOUT)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def add(self, opinion: Opinion) -> int:
        """Keep an opinion; return its id. A later one of the same answer takes its place."""
        answer = json.dumps(opinion.answer, ensure_ascii=False, sort_keys=True)
        given = opinion.given or datetime.now(UTC).isoformat(timespec="seconds")
        with self._file.transaction() as connection:
            connection.execute(
                "DELETE FROM opinions WHERE user = ? AND answer = ?", (opinion.user, answer)
            )
            cursor = connection.execute(
                "INSERT INTO opinions (given, user, is_good, comment, answer, index_version,"
                " corrected) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    given,
                    opinion.user,
                    opinion.is_good,
                    opinion.comment.strip()[:MOST_COMMENT],
                    answer,
                    opinion.index_version,
                    _corrected_text(opinion.corrected),
                ),
            )
        return int(cursor.lastrowid or 0)

    def correct(self, opinion_id: int, passage: Passage | None) -> None:
        """Mark the passage that is right; None takes the mark away."""
        with self._file.transaction() as connection:
            connection.execute(
                "UPDATE opinions SET corrected = ? WHERE opinion_id = ?",
                (_corrected_text(passage), opinion_id),
            )

    def opinions(self) -> list[Opinion]:
        """Return all opinions, the first given first."""
        rows = self._file.rows(
            "SELECT user, is_good, comment, answer, index_version, corrected, opinion_id, given"
            " FROM opinions ORDER BY opinion_id"
        )
        return [
            Opinion(
                user,
                bool(is_good),
                comment,
                json.loads(answer),
                version,
                _passage(corrected),
                opinion_id,
                given,
            )
            for user, is_good, comment, answer, version, corrected, opinion_id, given in rows
        ]


def as_collection(opinions: Sequence[Opinion]) -> list[dict[str, object]]:
    """Return the lines of a JSON Lines collection (`eval.json_lines`), one for each question.

    The latest opinion of a question counts. A passage that a user marked is gold, without
    an answer where no words of it were marked; so is what an
    answer that was found good cites. Of an answer that was found bad and not corrected only one
    thing is known, that it is wrong: a refusal counts as right until somebody marks the passage.
    """
    latest = {opinion.question.strip().casefold(): opinion for opinion in opinions}
    return [_line(opinion) for opinion in sorted(latest.values(), key=lambda one: one.opinion_id)]


def as_text(lines: Sequence[Mapping[str, object]]) -> str:
    """Return the lines of a collection as the text of a ``.jsonl`` file."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _line(opinion: Opinion) -> dict[str, object]:
    gold = _gold(opinion)
    refused = bool(opinion.answer.get("refused"))
    line: dict[str, object] = {
        "id": f"feedback-{opinion.opinion_id}",
        "question": opinion.question,
        "answers": list(dict.fromkeys(one.quote for one in gold if one.is_answer)),
        "documents": list(dict.fromkeys(one.document for one in gold)),
        "refuse": not gold,
        "kind": "feedback_good" if opinion.is_good else "feedback_bad",
        "spans": [_span(one) for one in gold],
        "comment": opinion.comment,
    }
    if not opinion.is_good and not refused:
        line["wrong_answer"] = opinion.answer.get("answer", "")
    return line


def _span(passage: Passage) -> dict[str, object]:
    span = {"document": passage.document, "start": passage.start, "end": passage.end}
    return {**span, "hash": passage.hash} if passage.hash else span


def _gold(opinion: Opinion) -> list[Passage]:
    if opinion.corrected:
        return [opinion.corrected]
    if not opinion.is_good or opinion.answer.get("refused"):
        return []
    short = opinion.answer.get("short_answer_span")
    if short:
        return [Passage(short["document"], short["start"], short["end"], short["text"])]
    return [
        Passage(one["document"], one["start"], one["end"], one["quote"])
        for one in opinion.answer.get("citations", ())
    ]


def _corrected_text(passage: Passage | None) -> str | None:
    return json.dumps(asdict(passage), ensure_ascii=False) if passage else None


def _passage(text: str | None) -> Passage | None:
    return Passage(**json.loads(text)) if text else None
