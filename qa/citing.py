"""From evidence to an answer's text: every sentence with its marker, every quote checked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from documents.document import Document
from documents.orders import find_orders
from index.hit import Hit
from qa.answer import Citation, ShortAnswer
from qa.reader import Evidence
from qa.verification import verify

DocumentLookup = Callable[[str], Document | None]


@dataclass(frozen=True, slots=True)
class CitedText:
    """An answer's text with its citations.

    Attributes
    ----------
    text
        Sentences with markers: ``"Câu thứ nhất. [1] Câu thứ hai. [2]"``.
    citations
        In order of their markers, which are 1, 2, …
    dropped
        How many sentences were left out because their quote was not found in the document, or does
        not hold them.
    """

    text: str
    citations: tuple[Citation, ...]
    dropped: int


def cite(
    evidence: Sequence[Evidence],
    hits: Sequence[Hit],
    document: DocumentLookup,
    *,
    dated: bool = False,
) -> CitedText:
    """Return the sentences joined, each followed by its marker.

    A sentence is shown only when its quote stands at its offsets in the stored text and holds all
    that it says (`qa.verification`). In the answer's text runs of blanks become one; the quote
    keeps them. When ``dated``, each stands behind the date of its document.
    """
    described = {hit.passage.document: hit for hit in hits}
    parts: list[str] = []
    citations: list[Citation] = []
    for sentence in evidence:
        citation = _citation(sentence, described, marker=len(citations) + 1)
        stored = document(citation.document)
        if stored is None or stored.text[citation.start : citation.end] != citation.quote:
            continue
        said = " ".join(citation.quote.split())
        if verify(said, citation.quote):
            continue
        citations.append(replace(citation, gives_orders=bool(find_orders(stored.text))))
        lead = f"{_day(citation.published)}: " if dated else ""
        parts.append(f"{lead}{said} [{citation.marker}]")
    return CitedText(" ".join(parts), tuple(citations), len(evidence) - len(citations))


def cite_short(
    short: Evidence | None, first: Citation, document: DocumentLookup
) -> ShortAnswer | None:
    """Return the short answer if it stands in the first quote and in the stored text, else None."""
    if short is None or short.passage.document != first.document:
        return None
    start, end = short.passage.start + short.start, short.passage.start + short.end
    stored = document(first.document)
    if stored is None or stored.text[start:end] != short.text:
        return None
    if not first.start <= start < end <= first.end:
        return None
    return ShortAnswer(first.document, start, end, short.text)


def _day(published: date | None) -> str:
    return f"{published:%d/%m/%Y}" if published else "Không rõ ngày"


def _citation(evidence: Evidence, described: Mapping[str, Hit], *, marker: int) -> Citation:
    passage = evidence.passage
    hit = described[passage.document]
    return Citation(
        marker=marker,
        document=passage.document,
        title=hit.title,
        source=hit.source,
        published=hit.published,
        start=passage.start + evidence.start,
        end=passage.start + evidence.end,
        quote=evidence.text,
    )
