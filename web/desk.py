"""What every question passes, by whatever way it comes: limited, counted, noted."""

import time
from collections.abc import Iterator

from qa.answer import Answer
from qa.pipeline import Event
from web.json_logs import note
from web.metrics import Metrics
from web.question_limit import QuestionLimit
from web.texts import Texts


class Desk:
    """Takes the questions of all users.

    Parameters
    ----------
    limit
        None where only this machine itself asks.
    log_questions
        Whether the log tells the words of a question; else only its length.
    """

    def __init__(
        self,
        metrics: Metrics | None = None,
        *,
        limit: QuestionLimit | None = None,
        log_questions: bool = False,
    ) -> None:
        self.metrics = metrics or Metrics()
        self._limit = limit
        self._log_questions = log_questions

    def objection(self, texts: Texts, user: str) -> str:
        """Return why a user may not ask now, or an empty string and count the question."""
        seconds = self._limit.take(user) if self._limit else 0
        if not seconds:
            return ""
        self.metrics.limited()
        note("limited", user=user, wait=seconds)
        return texts.asked_too_much(seconds)

    def watch(self, events: Iterator[Event], *, user: str, question: str) -> Iterator[Event]:
        """Pass on what the pipeline yields for a question; count and note how it ended."""
        started = time.perf_counter()
        noted: dict[str, object] = {"user": user, "characters": len(question)}
        if self._log_questions:
            noted["question"] = question
        ended = "stopped"
        try:
            for event in events:
                if isinstance(event, Answer):
                    ended = "refused" if event.refused else "answered"
                    noted |= {"citations": len(event.citations), "hits": len(event.hits)}
                    self.metrics.answered(time.perf_counter() - started, refused=event.refused)
                yield event
        except Exception:
            ended = "failed"
            self.metrics.failed()
            raise
        finally:
            note("question", **noted, ended=ended, seconds=round(time.perf_counter() - started, 4))
