"""One question asked and answered, with what is needed to score it. Pure."""

import re
from dataclasses import dataclass

from eval.citation_support import Support
from eval.collection import Question
from eval.metrics import contains_gold, exact_match, f1, first_rank
from qa.answer import Answer

_MARKER = re.compile(r"\s*\[\d+\]")


@dataclass(frozen=True, slots=True)
class Result:
    """What happened to one question.

    Attributes
    ----------
    asked
        The question as it was typed.
    answer
        As given, without its hits.
    ranking
        Paths of the documents found, each at the rank of its best passage, best first.
    valid
        For each citation, whether its quote is exactly the span of the stored text it names.
    milliseconds
        From question to answer.
    support
        How well what the answer cites supports it; None of a refusal, or when not judged.
    gold_length
        Code points of the first gold document; None without one.
    """

    question: Question
    asked: str
    answer: Answer
    ranking: tuple[str, ...]
    valid: tuple[bool, ...]
    milliseconds: float
    support: Support | None = None
    gold_length: int | None = None

    def __post_init__(self) -> None:
        if len(self.valid) != len(self.answer.citations):
            raise ValueError(
                f"{self.question.id}: {len(self.valid)} checks of"
                f" {len(self.answer.citations)} citations"
            )

    @property
    def answered(self) -> bool:
        """Whether the system gave an answer instead of refusing."""
        return not self.answer.refused

    @property
    def gold_rank(self) -> int | None:
        """The rank of the best gold document; None when none was found."""
        return first_rank(self.ranking, self.question.documents)

    @property
    def gold_citations(self) -> tuple[bool, ...]:
        """For each citation, whether it points into a gold document."""
        gold = self.question.documents
        return tuple(citation.document in gold for citation in self.answer.citations)

    @property
    def sentence_correct(self) -> bool:
        """Whether the quote of the first citation contains a gold answer; a refusal has none."""
        citations = self.answer.citations if self.answered else ()
        return bool(citations) and contains_gold(citations[0].quote, self.question.answers)

    @property
    def best_sentence_correct(self) -> bool:
        """Whether the first sentence holds a gold answer, shown as an answer or as a lead."""
        if self.answered or self.answer.nearest is None:
            return self.sentence_correct
        return contains_gold(self.answer.nearest.quote, self.question.answers)

    @property
    def evidence_correct(self) -> bool:
        """Whether the first citation shares a place with a gold span; a refusal has none."""
        citations = self.answer.citations if self.answered else ()
        return bool(citations) and any(
            citations[0].document == span.document
            and citations[0].start < span.end
            and span.start < citations[0].end
            for span in self.question.spans
        )

    @property
    def list_completeness(self) -> float | None:
        """The share of the list's items that the cited sentences hold; None without items."""
        if not self.question.items:
            return None
        cited = "\n".join(c.quote for c in self.answer.citations) if self.answered else ""
        found = [contains_gold(cited, (item,)) for item in self.question.items]
        return sum(found) / len(found)

    @property
    def exact_match(self) -> float:
        """EM of the short answer; a refusal scores 0."""
        return exact_match(short_answer(self.answer), self.question.answers) * self.answered

    @property
    def f1(self) -> float:
        """F1 of the short answer; a refusal scores 0."""
        return f1(short_answer(self.answer), self.question.answers) * self.answered

    @property
    def outcome_known(self) -> bool:
        """Whether it is known what the best sentence should hold; unanswerable: nothing can."""
        return self.question.refuse or bool(self.question.answers)

    @property
    def correct(self) -> bool | None:
        """Whether the question was dealt with rightly; None when its answer is not known."""
        if self.question.refuse:
            return not self.answered
        return self.sentence_correct if self.question.answers else None


def short_answer(answer: Answer) -> str:
    """Return what EM and F1 judge: the short answer, or else the text without its markers."""
    if answer.short:
        return answer.short.text
    return plain_text(answer.text)


def plain_text(text: str) -> str:
    """Return an answer's text without its markers."""
    return _MARKER.sub("", text).strip()
