"""What is asked in an evaluation, what is right, and over which documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from documents.document import Document


@dataclass(frozen=True, slots=True)
class Span:
    """Where an answer stands: half-open, in code points of a document's stored text.

    Attributes
    ----------
    hash
        Of the whole text that was marked (`eval.hashes.text_hash`); empty when not told.
    """

    document: str
    start: int
    end: int
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question and everything known about its right answer.

    Three kinds exist: answerable with known answers; answerable with known documents only (a
    retrieval benchmark); and unanswerable, which a good system refuses.

    Attributes
    ----------
    id
        Distinct within its collection.
    text
        As its author wrote it, before any typing style.
    answers
        The gold answers, any of which is right. Empty when unanswerable or not known.
    documents
        Paths of the gold documents. Empty when unanswerable or not known.
    refuse
        The documents do not hold the answer.
    grades
        How relevant each gold document is, 1 or more, in the order of ``documents``; empty means
        1 for each.
    kind
        What is asked for (``who``, ``list``, ``near_miss`` …); figures are also told by kind. Empty
        when not known.
    items
        The items a complete list has.
    spans
        The sentences or answers that a right citation points at; empty when not known.
    typing
        The style its author typed it in, where the collection tells.
    place
        Where the question was read, for messages.
    """

    id: str
    text: str
    answers: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    refuse: bool = False
    grades: tuple[int, ...] = ()
    kind: str = ""
    items: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    typing: str = ""
    place: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.refuse and self.answers:
            raise ValueError(f"question {self.id!r} is unanswerable yet has answers")
        if len(set(self.documents)) != len(self.documents):
            raise ValueError(f"question {self.id!r} names a gold document twice")
        if self.grades and len(self.grades) != len(self.documents):
            raise ValueError(
                f"question {self.id!r}: {len(self.grades)} grades, {len(self.documents)} documents"
            )

    @property
    def relevance(self) -> Mapping[str, int]:
        """The grade of each gold document."""
        grades = self.grades or (1,) * len(self.documents)
        return dict(zip(self.documents, grades, strict=True))


@dataclass(frozen=True, slots=True)
class Collection:
    """Questions and the documents they are asked of.

    Attributes
    ----------
    name
        The name of the file or folder it was read from.
    documents
        The texts to index; empty when the questions are about an index or a folder given apart.
    notes
        What the loader had to mend or could not use, counted, one Vietnamese sentence each.
    """

    name: str
    questions: tuple[Question, ...]
    documents: tuple[Document, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        ids = {question.id for question in self.questions}
        if len(ids) != len(self.questions):
            raise ValueError(f"{self.name}: {len(self.questions) - len(ids)} question ids repeat")
