"""What a question gets back: text whose every sentence points at its evidence, or a refusal."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from index.explaining import Why
from index.hit import Hit
from index.times import Time

REFUSAL = "Không tìm thấy trong tài liệu."
"""The first sentence of a refusal."""
UNSURE = "Không tìm thấy câu trả lời đủ chắc trong tài liệu."
"""The first sentence of a refusal whose nearest sentence may well be the answer."""
DISAGREEMENT = "Các tài liệu nêu khác nhau; mới nhất đứng trước."
"""Said of answers whose citations give different values."""
_MOST_OF_SENTENCE = 0.8


def refusal_text(missing: Sequence[str], *, has_leads: bool, is_unsure: bool = False) -> str:
    """Return what a refusal says: which parts of the question found nothing, and what follows."""
    parts = ", ".join(f"“{part}”" for part in missing)
    leads = "Có thể là câu gần nhất ở bên dưới." if is_unsure else "Các đoạn gần nhất ở bên dưới."
    said = [
        UNSURE if is_unsure else REFUSAL,
        f"Không thấy: {parts}." if parts else "",
        leads if has_leads else "",
    ]
    return " ".join(filter(None, said))


@dataclass(frozen=True, slots=True)
class Citation:
    """The evidence of one sentence: an exact span of a document's stored text.

    Attributes
    ----------
    marker
        The number shown as ``[1]``, from 1, in order of appearance in the answer.
    document
        Path of the document below the synced folder.
    start, end
        Half-open span in code points: ``quote == text[start:end]``.
    gives_orders
        Whether the document holds sentences that give orders to a machine
        (`documents.orders.find_orders`). They are never quoted.
    """

    marker: int
    document: str
    title: str
    source: str
    published: date | None
    start: int
    end: int
    quote: str
    gives_orders: bool = False

    def as_json(self) -> dict[str, object]:
        """Return the citation in the form of the commands' JSON."""
        fields = asdict(self)
        fields["published"] = self.published.isoformat() if self.published else None
        return fields


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """The words of the first citation's document that answer: ``text == stored[start:end]``."""

    document: str
    start: int
    end: int
    text: str

    def as_json(self) -> dict[str, object]:
        """Return the short answer in the form of the commands' JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Seconds:
    """How long each step took."""

    retrieve: float = 0.0
    rerank: float = 0.0
    read: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """The finished answer to one question.

    Attributes
    ----------
    question
        As typed.
    understood
        What was looked for: the question with its accents restored and keystrokes read.
    times, required
        The times the question names, and the parts of it that must match.
    follows
        Whether it was understood with the turns before it, which gave parts of ``understood``.
    text
        The answer with its markers, ``"Câu thứ nhất. [1] Câu thứ hai. [2]"``; of a refusal, the
        reason.
    refused
        True when the evidence is too weak; then there are no citations and ``hits`` holds the
        nearest passages.
    confidence
        Estimated probability, 0 to 1, that the first sentence answers the question.
    short
        The words of the first sentence that answer; None when they cannot be told.
    missing
        Of a refusal: the parts of the question that found nothing.
    nearest
        Of a refusal: the sentence that would have been the answer, too weak to be one; marker 0.
    struck
        What a language model wrote and its passages do not hold: no part of the text.
    note
        What the reader must know of how the answer was made, or empty.
    disagreement
        Whether the citations give different values; each then stands behind its document's date,
        the newest first.
    """

    question: str
    text: str
    refused: bool
    confidence: float
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    seconds: Seconds = Seconds()
    understood: str = ""
    times: tuple[Time, ...] = ()
    required: tuple[str, ...] = ()
    short: ShortAnswer | None = None
    missing: tuple[str, ...] = ()
    nearest: Citation | None = None
    follows: bool = False
    struck: tuple[str, ...] = ()
    note: str = ""
    disagreement: bool = False

    def as_json(self, whys: Sequence[Why]) -> dict[str, object]:
        """Return the answer in the form of the commands' JSON.

        ``whys`` tells of each hit why it was found (`qa.pipeline.Pipeline.explain`).
        """
        return {
            "question": self.question,
            "understood": self.understood or self.question,
            "times": [time.as_json() for time in self.times],
            "required": list(self.required),
            "follows": self.follows,
            "answer": self.text,
            "short_answer": self.short.text if self.short else None,
            "short_answer_span": self.short.as_json() if self.short else None,
            "refused": self.refused,
            "missing": list(self.missing),
            "nearest": self.nearest.as_json() if self.nearest else None,
            "confidence": round(self.confidence, 4),
            "disagreement": self.disagreement,
            "citations": [citation.as_json() for citation in self.citations],
            "hits": [
                {**hit.as_json(), "why": why.as_json()}
                for hit, why in zip(self.hits, whys, strict=True)
            ],
            "seconds": {name: round(value, 4) for name, value in asdict(self.seconds).items()},
            "struck": list(self.struck),
            "note": self.note,
        }


def head(answer: Answer) -> str:
    """Return the short answer on one line, to stand before the text; empty where it adds nothing.

    It adds nothing when it is most of the first sentence.
    """
    if not answer.short or not answer.citations:
        return ""
    short = " ".join(answer.short.text.split())
    return short if len(short) <= _MOST_OF_SENTENCE * len(answer.citations[0].quote) else ""
