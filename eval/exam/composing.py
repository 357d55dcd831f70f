"""From the documents to an exam: questions of every kind, spread over documents and typing."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice

from eval.collection import Question
from eval.exam.corpus import Corpus
from eval.exam.drafting import drafts_of
from eval.exam.drafts import Draft
from eval.exam.uniqueness import differing, is_natural, is_unanswered, is_unique
from eval.exam.variants import variants_of
from eval.hashes import text_hash
from eval.near_misses import make_near_misses
from eval.typing_styles import TypingStyle, typed

NEAR_MISS_SHARE = VARIANT_SHARE = 0.2
"""Of the questions, so many are unanswerable, and so many say another question otherwise."""
MOST_DOCUMENTS = 20_000
"""Of a larger collection so many documents are drawn, to end in time."""
_PER_SENTENCE = 2
_TYPING = (
    TypingStyle.ACCENTED, TypingStyle.UNACCENTED, TypingStyle.ACCENTED, TypingStyle.HALF,
    TypingStyle.ACCENTED, TypingStyle.TELEX, TypingStyle.UNACCENTED, TypingStyle.ACCENTED,
    TypingStyle.VNI, TypingStyle.TEENCODE,
)  # fmt: skip
"""In turn: four of ten with accents, two without, one of each other style."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an exam, before it is typed.

    Attributes
    ----------
    text
        With all accents.
    hash
        Of the document's text (`eval.hashes.text_hash`); empty without an answer.
    variant
        ``short_form``, ``long_form``, ``date``, or what a near miss changed: ``year`` …; or empty.
    of
        The id of the question that it is a variant of; or empty.
    """

    id: str
    text: str
    path: str
    draft: Draft
    hash: str
    variant: str = ""
    of: str = ""
    refuse: bool = False

    def as_line(self, style: TypingStyle) -> dict[str, object]:
        """Return the line of `eval.json_lines`, typed in a style."""
        draft, answered = self.draft, not self.refuse
        span = {"document": self.path, "start": draft.start, "end": draft.end}
        return {
            "id": self.id,
            "question": typed(self.text, style, seed=self.id),
            "answers": list(draft.answers) if answered else [],
            "documents": [self.path] if answered else [],
            "refuse": self.refuse,
            "kind": draft.kind if answered else "near_miss",
            "typing": style.value,
            "spans": [{**span, "hash": self.hash}] if answered else [],
            **({"items": list(draft.items)} if draft.items and answered else {}),
            "template": draft.template,
            "document_type": self.path.rpartition(".")[2].lower(),
            "variant": self.variant,
            "of": self.of,
            "accented": self.text,
        }


@dataclass(frozen=True, slots=True)
class Exam:
    """A made exam.

    Attributes
    ----------
    lines
        In the order of the file.
    documents, used
        How many documents were looked at, and of how many something is asked.
    drafts
        How many questions the rules made before any was held against the other documents.
    """

    lines: tuple[dict[str, object], ...]
    documents: int
    used: int
    drafts: int

    def kinds(self) -> Counter[str]:
        """Return how many questions there are of each kind."""
        return Counter(str(line["kind"]) for line in self.lines)


def make_exam(
    corpus: Corpus,
    *,
    questions: int,
    seed: int,
    progress: Callable[[Sequence[str]], Iterable[str]],
) -> Exam:
    """Return an exam of at most so many questions; the same index and seed give the same.

    Parameters
    ----------
    progress
        Wraps the paths that are read, to show how far it is.
    """
    paths = corpus.paths()
    generator = random.Random(seed)  # noqa: S311 (repeatable, not secret)
    generator.shuffle(paths)
    paths = paths[:MOST_DOCUMENTS]
    drafted = {path: _drafts(corpus, path) for path in progress(paths)}
    pool = list(_Choice(corpus, drafted, generator).items(questions))
    taken = {draft.question for drafts in drafted.values() for draft in drafts}
    misses = _near_misses(pool, corpus, seed, taken)
    changed = list(islice(misses, round(questions * NEAR_MISS_SHARE)))
    said = list(islice(_variants(pool), round(questions * VARIANT_SHARE)))
    parents = {item.of for item in (*said, *changed)}
    first = sorted(pool, key=lambda item: item.id not in parents)
    base = {item.id for item in first[: questions - len(changed) - len(said)]}
    items = [*(item for item in pool if item.id in base), *said, *changed]
    return Exam(
        tuple(_typed(items, generator)),
        documents=len(paths),
        used=len({item.path for item in items}),
        drafts=sum(map(len, drafted.values())),
    )


def _drafts(corpus: Corpus, path: str) -> list[Draft]:
    document = corpus.document(path)
    return drafts_of(document) if document else []


class _Choice:
    """Takes questions in turn from the documents, those that hold against all others."""

    def __init__(
        self, corpus: Corpus, drafted: Mapping[str, Sequence[Draft]], generator: random.Random
    ) -> None:
        self._corpus = corpus
        self._wrong = differing(draft for drafts in drafted.values() for draft in drafts)
        self._left = {path: list(drafts) for path, drafts in drafted.items() if drafts}
        for drafts in self._left.values():
            generator.shuffle(drafts)
        self._kinds: Counter[str] = Counter()
        self._sentences: Counter[tuple[str, int]] = Counter()
        self._asked: set[str] = set()

    def items(self, most: int) -> Iterator[Item]:
        """Yield at most so many questions: document after document, of the rarest kind yet."""
        while self._left:
            for path in list(self._left):
                if self._kinds.total() == most:
                    return
                draft = self._next(path)
                if draft is None:
                    del self._left[path]
                    continue
                self._kinds[draft.kind] += 1
                self._asked.add(draft.question)
                self._sentences[path, draft.sentence] += 1
                yield self._item(f"{draft.kind}-{self._kinds[draft.kind]:03d}", draft, path)

    def _next(self, path: str) -> Draft | None:
        drafts = self._left[path]
        while drafts:
            draft = min(drafts, key=lambda one: self._kinds[one.kind])
            drafts.remove(draft)
            if self._is_good(draft, path):
                return draft
        return None

    def _is_good(self, draft: Draft, path: str) -> bool:
        is_new = draft.question not in self._wrong and draft.question not in self._asked
        is_spread = self._sentences[path, draft.sentence] < _PER_SENTENCE
        return is_new and is_spread and is_unique(draft, path, self._corpus)

    def _item(self, name: str, draft: Draft, path: str) -> Item:
        document = self._corpus.document(path)
        held = text_hash(document.text) if document else ""
        return Item(name, draft.question, path, draft, held)


def _near_misses(
    pool: Sequence[Item], corpus: Corpus, seed: int, taken: Set[str]
) -> Iterator[Item]:
    by_id = {item.id: item for item in pool}
    questions = [Question(i.id, i.text, i.draft.answers, (i.path,)) for i in pool]
    for miss in make_near_misses(questions, corpus.document, seed=seed):
        item, text = by_id[miss.original.id], miss.question.text
        if text in taken or not is_natural(text, item.text, miss.change):
            continue
        if is_unanswered(text, item.text, corpus):
            changed = replace(item, id=miss.question.id, text=text, of=item.id, refuse=True)
            yield replace(changed, variant=str(miss.change), hash="")


def _variants(pool: Sequence[Item]) -> Iterator[Item]:
    for item in pool:
        for name, text in variants_of(item.text):
            yield replace(item, id=f"{item.id}~{name}", text=text, variant=name, of=item.id)


def _typed(items: Sequence[Item], generator: random.Random) -> Iterator[dict[str, object]]:
    """Yield the lines, the styles spread evenly."""
    styles = [_TYPING[place % len(_TYPING)] for place in range(len(items))]
    generator.shuffle(styles)
    for item, style in zip(items, styles, strict=True):
        yield item.as_line(style)
