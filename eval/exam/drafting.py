"""All questions that a document gives, before any is compared with the other documents."""

from collections.abc import Iterator

from documents.document import Document
from eval.exam.asking_law import asking_article, asking_articles, asking_document_number
from eval.exam.asking_meaning import asking_meaning
from eval.exam.asking_number import asking_age, asking_number, further_numbers
from eval.exam.asking_when import asking_when
from eval.exam.asking_where import asking_where
from eval.exam.asking_who import asking_office, asking_who
from eval.exam.clauses import Clause, clauses_of
from eval.exam.drafts import Draft
from eval.exam.prose import Prose, law_of, sentences_of


def drafts_of(document: Document) -> list[Draft]:
    """Return the questions of a document in reading order, each wording once."""
    law = law_of(document)
    drafts: dict[str, Draft] = {}
    for draft in (*asking_articles(document, law), *_of_sentences(document, law)):
        drafts.setdefault(draft.question, draft)
    return sorted(drafts.values(), key=lambda draft: (draft.start, draft.template))


def _of_sentences(document: Document, law: str) -> Iterator[Draft]:
    for prose in sentences_of(document):
        yield from asking_office(prose)
        yield from asking_document_number(prose)
        for clause in clauses_of(prose, law):
            yield from _of_clause(clause, prose, document, law)


def _of_clause(clause: Clause, prose: Prose, document: Document, law: str) -> Iterator[Draft]:
    yield from asking_when(clause, law)
    yield from asking_number(clause, law)
    yield from asking_age(clause, law, document.text)
    yield from asking_who(clause, document.text)
    yield from asking_where(clause, law)
    yield from asking_meaning(clause, law, document, prose.end)
    yield from asking_article(clause, prose, law)
    pieces = ((start, document.text[start:end]) for start, end in clause.after)
    yield from further_numbers(clause, pieces, law)
