"""What other programs may ask: the same JSON as the commands give, whoever calls.

Gradio's HTTP interface and MCP both come here.
"""

from typing import Any

from documents.errors import DanChungError
from index.query import MOST_CHARACTERS, Query
from index.search_report import search_report
from qa.answer import Answer
from qa.pipeline import Pipeline
from web.answering import objection
from web.desk import Desk
from web.texts import VIETNAMESE

MOST_HITS = 100


class Interfaces:
    """Asking, searching and reading over one pipeline, for one user at a time.

    Every method raises `DanChungError`, in one Vietnamese line, for what a caller did wrong.
    """

    def __init__(self, pipeline: Pipeline, desk: Desk | None = None) -> None:
        self._pipeline = pipeline
        self._desk = desk or Desk()

    def ask(self, question: object, *, user: str) -> dict[str, Any]:
        """Return what ``python -m qa QUESTION --json`` prints."""
        text = self._admitted(question, user)
        events = self._pipeline.stream(Query(text))
        *_, answer = self._desk.watch(events, user=user, question=text)
        if not isinstance(answer, Answer):
            raise TypeError(f"a stream ended with {type(answer).__name__}, not with an Answer")
        return answer.as_json(self._pipeline.explain(answer))

    def search(self, query: object, k: object = 10, *, user: str) -> dict[str, Any]:
        """Return what ``python -m index search QUERY --json`` prints."""
        if isinstance(k, bool) or not isinstance(k, int) or not 1 <= k <= MOST_HITS:
            raise DanChungError(VIETNAMESE.not_a_count(MOST_HITS))
        text = self._admitted(query, user)
        understood, hits = self._pipeline.search(Query(text), k=k)
        return search_report(text, understood, hits)

    def documents(self) -> dict[str, Any]:
        """Return what the index holds, ordered by path, without texts."""
        return {
            "documents": [
                {
                    "document": info.path,
                    "title": info.title,
                    "source": info.source,
                    "published": info.published.isoformat() if info.published else None,
                    "passages": info.passages,
                }
                for info in self._pipeline.documents()
            ]
        }

    def document(self, path: object) -> dict[str, Any]:
        """Return one document with its stored text, of which citations are spans."""
        found = self._pipeline.document(path) if _is_text(path) and isinstance(path, str) else None
        if found is None:
            raise DanChungError(VIETNAMESE.NOT_FOUND_HERE)
        return {
            "document": found.path,
            "title": found.title,
            "source": found.source,
            "published": found.published.isoformat() if found.published else None,
            "text": found.text,
        }

    def _admitted(self, question: object, user: str) -> str:
        """Return a question that may be asked now, without the blanks around it."""
        if not isinstance(question, str) or not _is_text(question):
            raise DanChungError(VIETNAMESE.ASK_SOMETHING)
        complaint = objection(VIETNAMESE, question) or self._desk.objection(VIETNAMESE, user)
        if complaint:
            raise DanChungError(complaint)
        return question.strip()[:MOST_CHARACTERS]


def _is_text(value: object) -> bool:
    """Return whether a value is text that UTF-8 can write; JSON may bring lone surrogates."""
    return isinstance(value, str) and value.encode("utf-8", "replace").decode() == value
