"""Conversations to try follow-up questions on: JSON Lines, one dialogue a line.

``{"id": "d1", "turns": [{"question": "…?", "documents": ["a.txt"], "follow_up": false,
"topic": "new", "kind": "person", "answers": ["…"]}, …]}``; ``kind`` and ``answers`` may be left
out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from eval.question_ids import QuestionIds
from eval.records import MalformedCollectionError, Record, read_json_lines

Topic = Literal["new", "same"]


@dataclass(frozen=True, slots=True)
class DialogueTurn:
    """One question of a dialogue and what is right.

    Attributes
    ----------
    documents
        Paths of the documents that answer it, any of which is right.
    follow_up
        Whether it cannot be understood without the turns before it.
    topic
        "same" when it is about what the turn before was about, else "new".
    kind
        What makes it a follow-up ("person", "ellipsis" …), or empty.
    answers
        Words of which a right answer holds one; empty when it is not judged.
    """

    question: str
    documents: tuple[str, ...]
    follow_up: bool
    topic: Topic
    kind: str = ""
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Turns in the order they are asked."""

    id: str
    turns: tuple[DialogueTurn, ...]

    @property
    def documents(self) -> frozenset[str]:
        """Every document that some turn asks for."""
        return frozenset(path for turn in self.turns for path in turn.documents)


def load_dialogues(path: Path) -> tuple[Dialogue, ...]:
    """Return the dialogues of a file.

    Raises
    ------
    MalformedCollectionError
        Naming the line at fault; also when no line holds a dialogue.
    """
    ids = QuestionIds()
    dialogues = tuple(read_json_lines(path, lambda record: _dialogue(record, ids)))
    if not dialogues:
        raise MalformedCollectionError(f"{path.name}: cần ít nhất một hội thoại, mỗi dòng một.")
    return dialogues


def _dialogue(record: Record, ids: QuestionIds) -> Dialogue:
    turns = tuple(map(_turn, record.records("turns")))
    if not turns:
        raise record.fault("cần “turns” là danh sách ít nhất một lượt hỏi")
    if turns[0].follow_up:
        raise record.fault("lượt đầu của “turns” không thể có “follow_up”: true")
    return Dialogue(ids.distinct(record.text_if_any("id")), turns)


def _turn(record: Record) -> DialogueTurn:
    documents = _distinct(record.texts("documents"))
    if not documents:
        raise record.fault("cần “documents” là danh sách ít nhất một đường dẫn")
    topic: Topic = "same" if record.text("topic") == "same" else "new"
    if record.text("topic") != topic:
        raise record.fault("trường “topic” phải là new hoặc same")
    return DialogueTurn(
        record.text("question"),
        documents,
        bool(record.flag("follow_up")),
        topic,
        record.text_if_any("kind"),
        _distinct(record.texts("answers")),
    )


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))
