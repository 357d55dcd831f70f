"""From a question to a cited answer: the one path for the page and the commands."""

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from documents.document import Document, Passage
from documents.normalising import has_accents, normalise, syllables
from index.explaining import Why, explain
from index.hit import Hit
from index.query import MOST_CHARACTERS, Query
from index.records import DocumentInfo
from index.reranking import RERANKED, Reranker
from index.retriever import Retriever
from qa.answer import Answer, Seconds, refusal_text
from qa.citing import cite, cite_short
from qa.disagreement import disagreeing
from qa.draft import without_thoughts
from qa.fencing import as_found, without_orders
from qa.following import follow
from qa.history import Turn, recent
from qa.missing import missing_parts
from qa.reader import Evidence, Reader, Reading
from qa.writer import SHOWN_PASSAGES, Writer, WriterError
from qa.written_answer import standing_in, written_answer

SHOWN_HITS = 10
_WORTH_READING = 0.25
"""Least confidence of a refusal whose nearest sentence may be the answer."""
_CONTEXT_DOCUMENTS, _CONTEXT = 3, 20_000
"""Cited documents, and code points of each, whose words a follow-up may be made of."""


@dataclass(frozen=True, slots=True)
class Found:
    """The first event of a stream: the ranked passages, and what was looked for."""

    hits: tuple[Hit, ...]
    query: Query | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A further event: all of the answer's text so far.

    A draft is a model's own text as it comes, of which nothing is checked yet.
    """

    text: str
    is_draft: bool = False


Event = Found | Written | Answer


class Pipeline:
    """Answers questions over one index; safe to use from several threads."""

    def __init__(
        self,
        retriever: Retriever,
        reader: Reader,
        *,
        reranker: Reranker | None = None,
        writer: Writer | None = None,
    ) -> None:
        self._retriever = retriever
        self._reranker = reranker
        self._reader = reader
        self._writer = writer

    def without_reranker(self) -> "Pipeline":
        """Return the same with the passages in the order of the search."""
        return Pipeline(self._retriever, self._reader, writer=self._writer)

    def without_writer(self) -> "Pipeline":
        """Return the same without its language model, which is slow and may cost money."""
        if not self._writer:
            return self
        return Pipeline(self._retriever, self._reader, reranker=self._reranker)

    def stream(
        self,
        query: Query,
        *,
        k: int = SHOWN_HITS,
        history: Sequence[Turn] = (),
        least_confidence: float = 0.0,
    ) -> Iterator[Event]:
        """Yield `Found` once, `Written` as the text grows, and last the finished `Answer`.

        The answer carries at most ``k`` hits. A question that follows from the ``history``, the
        latest turn last, is looked for with what it leaves out (`qa.following`) and read for
        without: the topic stands in every passage. Where the reader is less confident than
        ``least_confidence`` it is a refusal too. Never raises for what a user typed: an empty
        or overlong question gets a refusal that says what to type.
        """
        started = time.perf_counter()
        query = replace(query, text=normalise(query.text).strip())
        advice = _advice(query.text)
        if advice:
            yield Answer(query.text, advice, refused=True, confidence=0.0)
            return
        self._retriever.refresh()
        alone = self._retriever.understand(query)
        query = self._follow(alone, history)
        found = self._retriever.search(query, max(k, RERANKED))
        hits = without_orders(found)
        idf = self._retriever.idf(query.text)
        retrieved = time.perf_counter()
        if self._reranker:
            hits = self._reranker.rerank(query, hits, idf=idf)
        reranked = time.perf_counter()
        shown_hits = as_found(hits[:k], found)
        yield Found(shown_hits, query)
        shown = time.perf_counter()
        reading = self._reader.read(alone, hits, idf=idf)
        if reading.confidence < least_confidence:
            reading = replace(reading, refused=True, evidence=reading.evidence[:1], short=None)
        answer = self._answer(query, hits, reading)
        if self._writer and hits:
            answer = yield from self._write(self._writer, query, hits, answer)
        seconds = _seconds(started, retrieved, reranked, shown, time.perf_counter())
        if not self._writer:
            yield from _sentences(answer)
        yield replace(
            answer,
            hits=shown_hits,
            seconds=seconds,
            times=query.times,
            required=query.required,
            follows=query is not alone,
        )

    def ask(self, query: Query, *, k: int = SHOWN_HITS, history: Sequence[Turn] = ()) -> Answer:
        """Return the finished answer: the last event of `stream`."""
        *_, answer = self.stream(query, k=k, history=history)
        if not isinstance(answer, Answer):
            raise TypeError(f"a stream ended with {type(answer).__name__}, not with an Answer")
        return answer

    def search(self, query: Query, *, k: int = SHOWN_HITS) -> tuple[Query, list[Hit]]:
        """Return a query as it is understood, and the best ``k`` passages, not reranked."""
        self._retriever.refresh()
        understood = self._retriever.understand(query)
        return understood, list(self._retriever.search(understood, k))

    def explain(self, answer: Answer) -> tuple[Why, ...]:
        """Return why each hit of an answer was found."""
        asked = answer.understood or answer.question
        return tuple(self._why(asked, hit, answer.required) for hit in answer.hits)

    def why(self, question: str, document: str, start: int) -> Why | None:
        """Return why the passage around a place of a document is found for a question.

        The question is looked for again; None when the passage is not among the best now.
        """
        query = Query(normalise(question).strip())
        if _advice(query.text):
            return None
        self._retriever.refresh()
        query = self._retriever.understand(query)
        hits = self._retriever.search(query, RERANKED)
        if self._reranker:
            hits = self._reranker.rerank(query, hits, idf=self._retriever.idf(query.text))
        found = (hit for hit in hits if _holds(hit.passage, document, start))
        return next((self._why(query.text, hit, query.required) for hit in found), None)

    def document(self, path: str) -> Document | None:
        """Return a document as stored, or None when the index no longer holds it."""
        return self._retriever.document(path)

    def version(self) -> str:
        """Return which store and which generation of it is being asked."""
        return self._retriever.version()

    def documents(self) -> Sequence[DocumentInfo]:
        """Return what the index holds now, ordered by path, without texts."""
        self._retriever.refresh()
        return self._retriever.documents()

    def _follow(self, query: Query, history: Sequence[Turn]) -> Query:
        """Return the query with what it leaves to earlier turns; itself where that is nothing."""
        if not history:
            return query
        text = follow(
            query.text,
            history,
            idf=self._retriever.idf(query.text),
            accented=has_accents(query.typed or query.text),
            context=self._context(history),
        )
        if text == query.text:
            return query
        meant = self._retriever.understand(replace(query, text=text, typed=""))
        return replace(meant, typed=query.typed or query.text)

    def _context(self, history: Sequence[Turn]) -> str:
        """Return the beginnings of the documents cited last."""
        cited = next((turn.documents for turn in recent(history) if turn.documents), ())
        documents = map(self._retriever.document, cited[:_CONTEXT_DOCUMENTS])
        return "\n".join(document.text[:_CONTEXT] for document in documents if document)

    def _why(self, question: str, hit: Hit, required: Sequence[str]) -> Why:
        contributions = self._reranker.contributions(hit) if self._reranker else {}
        return explain(question, hit, contributions, required=required)

    def _write(
        self, writer: Writer, query: Query, hits: Sequence[Hit], stand_in: Answer
    ) -> Generator[Written, None, Answer]:
        """Yield the draft as it grows; return what of it stands, or the answer that stands in."""
        shown, text = hits[:SHOWN_PASSAGES], ""
        try:
            with closing(writer.write(query, shown)) as pieces:
                for piece in pieces:
                    text += piece
                    yield Written(without_thoughts(text), is_draft=True)
        except WriterError as error:
            return standing_in(stand_in, str(error))
        document = self._retriever.document
        return written_answer(text, query, shown, document=document, stand_in=stand_in)

    def _answer(self, query: Query, hits: Sequence[Hit], reading: Reading) -> Answer:
        evidence = reading.evidence
        rivals: tuple[Evidence, ...] = ()
        if evidence and not reading.refused:
            rivals = disagreeing(query.text, evidence[0], hits)
        cited = cite(rivals or evidence, hits, self._retriever.document, dated=bool(rivals))
        if not reading.refused and cited.citations:
            short = None if rivals else reading.short
            return Answer(
                query.typed or query.text,
                cited.text,
                refused=False,
                confidence=reading.confidence,
                citations=cited.citations,
                understood=query.text,
                short=cite_short(short, cited.citations[0], self._retriever.document),
                disagreement=bool(rivals),
            )
        missing = missing_parts(query, hits)
        is_unsure = not missing and bool(cited.citations) and reading.confidence >= _WORTH_READING
        return Answer(
            query.typed or query.text,
            refusal_text(missing, has_leads=bool(hits), is_unsure=is_unsure),
            refused=True,
            confidence=reading.confidence,
            understood=query.text,
            missing=missing,
            nearest=replace(cited.citations[0], marker=0) if cited.citations else None,
        )


def _holds(passage: Passage, document: str, place: int) -> bool:
    return passage.document == document and passage.start <= place < passage.end


def _seconds(
    started: float, retrieved: float, reranked: float, shown: float, finished: float
) -> Seconds:
    """Return the time of each step; what a listener did with the hits is nobody's."""
    retrieve, rerank, read = retrieved - started, reranked - retrieved, finished - shown
    return Seconds(retrieve, rerank, read, retrieve + rerank + read)


def _advice(question: str) -> str:
    """Return what to tell a user whose question cannot be looked for; empty when it can."""
    if not question:
        return "Bạn chưa nhập câu hỏi. Hãy gõ câu hỏi bằng tiếng Việt."
    if not syllables(question):
        return "Câu hỏi không có chữ hay số nào. Hãy gõ câu hỏi bằng tiếng Việt."
    if len(question) > MOST_CHARACTERS:
        return (
            f"Câu hỏi dài {len(question)} ký tự, nhiều nhất là {MOST_CHARACTERS}."
            " Hãy hỏi ngắn hơn, mỗi lần một ý."
        )
    return ""


def _sentences(answer: Answer) -> Iterator[Written]:
    """Yield the answer's text sentence by sentence, each time all of it so far."""
    end = 0
    for citation in answer.citations:
        end = answer.text.index(f"[{citation.marker}]", end) + len(f"[{citation.marker}]")
        yield Written(answer.text[:end])
