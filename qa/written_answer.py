"""From what a model wrote to an answer: every sentence checked against the passage it names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents.normalising import normalise
from index.hit import Hit
from index.query import Query
from index.question import numbers_in
from qa.answer import Answer, Citation
from qa.citing import DocumentLookup, cite
from qa.draft import Claim, parse_draft
from qa.reader import Evidence
from qa.supporting import best_support

STANDING_IN = "Thay vào đó là kết quả của trình đọc trích nguyên văn."


@dataclass(frozen=True, slots=True)
class Checked:
    """A model's text after checking.

    Attributes
    ----------
    text
        The sentences that their quotes hold, each with the markers of its citations.
    struck
        The sentences that name no passage, or whose passages do not hold them, as written.
    unknown
        How many markers named no passage that there is.
    refuses
        Whether the model says that the passages do not hold the answer.
    """

    text: str
    citations: tuple[Citation, ...]
    struck: tuple[str, ...]
    unknown: int
    refuses: bool


def check(text: str, hits: Sequence[Hit], document: DocumentLookup) -> Checked:
    """Return what of a model's text stands, with its citations, and what does not."""
    draft = parse_draft(text, passages=len(hits))
    parts: list[str] = []
    struck: list[str] = []
    citations: dict[tuple[str, int, int], Citation] = {}
    for claim in draft.claims:
        cited = cite(_evidence(claim, hits), hits, document)
        if not cited.citations or cited.dropped:
            struck.append(claim.text)
            continue
        markers = []
        for citation in cited.citations:
            place = (citation.document, citation.start, citation.end)
            numbered = replace(citation, marker=len(citations) + 1)
            markers.append(citations.setdefault(place, numbered).marker)
        parts.append(" ".join([claim.text, *(f"[{marker}]" for marker in markers)]))
    return Checked(
        " ".join(parts), tuple(citations.values()), tuple(struck), draft.unknown, draft.refuses
    )


def written_answer(
    text: str, query: Query, hits: Sequence[Hit], *, document: DocumentLookup, stand_in: Answer
) -> Answer:
    """Return the answer that a model's text makes, or the one that stands in for it.

    It stands in, saying why, where nothing of the text stands, or where what stands is about
    another number than the question. The confidence is the stand-in's: it tells how well the
    passages fit the question, which a model's own words do not.
    """
    checked = check(text, hits, document)
    problem = _problem(checked, text, query, hits)
    if problem:
        return replace(standing_in(stand_in, problem), struck=checked.struck)
    return replace(
        stand_in,
        text=checked.text,
        refused=False,
        citations=checked.citations,
        short=None,
        missing=(),
        nearest=None,
        disagreement=False,
        struck=checked.struck,
        note=_about_markers(checked.unknown),
    )


def standing_in(stand_in: Answer, problem: str) -> Answer:
    """Return the answer that stands in, with a note that says why."""
    return replace(stand_in, note=problem if stand_in.refused else f"{problem} {STANDING_IN}")


def _evidence(claim: Claim, hits: Sequence[Hit]) -> list[Evidence]:
    """Return the spans to cite for a claim: of each passage it names that alone holds all of it.

    Passages are not put together: what each says of its own subject would become one statement.
    """
    found = (best_support(claim.text, hits[place].passage) for place in claim.passages)
    return [support.evidence for support in found if support and support.holds]


def _problem(checked: Checked, text: str, query: Query, hits: Sequence[Hit]) -> str:
    if not text.strip():
        return "Mô hình không viết gì."
    if not checked.citations:
        if checked.refuses:
            return "Mô hình không thấy câu trả lời trong các đoạn tìm được."
        return "Không câu nào của mô hình đứng vững khi đối chiếu với tài liệu."
    absent = _numbers(query.text) - _numbers(_cited_context(checked.citations, hits))
    if absent:
        named = ", ".join(sorted(absent))
        return f"Mô hình dẫn những đoạn không nói đến {named} của câu hỏi."
    return ""


def _cited_context(citations: Sequence[Citation], hits: Sequence[Hit]) -> str:
    """Return the passages that the citations are of, with titles and days of publication."""
    cited = {(citation.document, citation.start) for citation in citations}
    texts = []
    for hit in hits:
        passage = hit.passage
        if any(
            path == passage.document and passage.start <= start < passage.end
            for path, start in cited
        ):
            texts += [passage.text, hit.title, str(hit.published or "")]
    return "\n".join(texts)


def _numbers(text: str) -> frozenset[str]:
    return frozenset(digits.lstrip("0") or "0" for digits in numbers_in(normalise(text)))


def _about_markers(unknown: int) -> str:
    return f"Đã bỏ {unknown} số dẫn không trỏ tới đoạn nào." if unknown else ""
