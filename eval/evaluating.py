"""A whole run: read the collection, index its documents, ask, sum up.

The only module of the evaluation that knows the real index and pipeline. A collection that brings
its documents is indexed in a temporary folder by the same sync as a user's own articles, and the
folder is removed afterwards.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from documents.errors import DanChungError
from documents.source import DocumentSource, Entry, Loaded, MemorySource
from eval.collection import Collection, Question
from eval.gold_spans import check_spans
from eval.grading import Result
from eval.kinds import by_kind
from eval.loading import (
    Form,
    form_of,
    load_collection,
    load_distractors,
    missing_gold,
    with_distractors,
)
from eval.near_miss_figures import near_miss_figures
from eval.near_misses import NearMiss, make_near_misses
from eval.report import Report, Settings
from eval.running import DEPTH, WARM_UP, ask_all, every_nth
from eval.summary import summarise
from eval.typing_styles import TypingStyle
from eval.versions import library_versions
from eval.without_gold import without_gold_figures

if TYPE_CHECKING:
    from qa.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Plan:
    """What to evaluate.

    Attributes
    ----------
    collection
        A SQuAD file, a JSON Lines file (ALQAC's and FAQs among them), or a BEIR folder.
    distractors
        SQuAD and FAQ files whose texts are added to the documents.
    limit
        The most questions to ask, or None for all.
    index, documents
        For JSON Lines: an index in place, or a folder to index; one of the two. For ALQAC
        ``documents`` may name the file of the laws.
    embedder
        Name of the model, or None for the bundled one.
    reranker
        ``bundled``, ``none``, or the name of a cross-encoder.
    reader
        ``extractive``, the name of a model, or ``URL#MODEL``.
    near_misses
        Also ask near misses made from the questions.
    without_gold
        Also ask every question without the documents that answer one of them.
    """

    collection: Path
    distractors: tuple[Path, ...] = ()
    typing: TypingStyle = TypingStyle.ACCENTED
    limit: int | None = None
    index: Path | None = None
    documents: Path | None = None
    embedder: str | None = None
    reranker: str = "bundled"
    reader: str = "extractive"
    near_misses: bool = False
    without_gold: bool = False


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A finished run.

    Attributes
    ----------
    notes
        What was mended, merged or could not be used, counted; Vietnamese sentences.
    near_misses
        The results of near misses, where they were asked for.
    """

    report: Report
    results: tuple[Result, ...]
    notes: tuple[str, ...]
    near_misses: tuple[Result, ...] = ()


def evaluate(plan: Plan, *, show_progress: bool) -> Evaluation:
    """Carry out a plan.

    Parameters
    ----------
    show_progress
        Draw progress bars on stderr, if that is a terminal.

    Raises
    ------
    DanChungError
        A file, folder, index or model is not as it should be.
    """
    collection = with_distractors(
        load_collection(plan.collection, laws=plan.documents), load_distractors(plan.distractors)
    )
    questions = every_nth(collection.questions, plan.limit)
    with _opened(plan, collection, show_progress=show_progress) as opened:
        pipeline = opened.pipeline
        check_spans(questions, pipeline.document)
        infos = pipeline.documents()
        results = _ask(plan, pipeline, questions, show_progress=show_progress)
        misses = make_near_misses(questions, pipeline.document) if plan.near_misses else ()
        asked = _ask(plan, pipeline, _texts(misses), show_progress=show_progress)
        removed = (
            _ask_without_gold(plan, collection, questions, show_progress=show_progress)
            if plan.without_gold
            else ()
        )
        report = Report(
            collection=collection.name,
            questions=len(questions),
            documents=len(infos),
            passages=sum(info.passages for info in infos),
            summary=summarise(results),
            settings=_settings(plan, opened.index),
            kinds=by_kind(results),
            near_misses=near_miss_figures(misses, asked, results) if plan.near_misses else None,
            without_gold=without_gold_figures(results, removed) if plan.without_gold else None,
        )
    missing = missing_gold(questions, {info.path for info in infos})
    return Evaluation(report, results, (*collection.notes, *opened.notes, *missing), asked)


def _ask(
    plan: Plan, pipeline: "Pipeline", questions: Sequence[Question], *, show_progress: bool
) -> tuple[Result, ...]:
    from tqdm import tqdm

    searcher = pipeline.without_writer()
    asking = ask_all(pipeline, questions, style=plan.typing, searcher=searcher)
    hidden = _bar_hidden(shown=show_progress and bool(questions))
    return tuple(tqdm(asking, "Hỏi", len(questions), unit=" câu", disable=hidden))


def _ask_without_gold(
    plan: Plan, collection: Collection, questions: Sequence[Question], *, show_progress: bool
) -> tuple[Result, ...]:
    """Ask the questions once more, of the documents that answer none of them."""
    gold = {path for question in questions for path in question.documents}
    rest = [document for document in collection.documents if document.path not in gold]
    if not rest:
        raise DanChungError(
            f"{plan.collection}: bỏ tài liệu chứa câu trả lời thì không còn tài liệu nào;"
            " hãy thêm tài liệu khác với --distractors"
        )
    refused = [Question(question.id, question.text, refuse=True) for question in questions]
    left = replace(collection, documents=tuple(rest))
    with _opened(plan, left, show_progress=show_progress) as opened:
        return _ask(plan, opened.pipeline, refused, show_progress=show_progress)


def _texts(misses: Sequence[NearMiss]) -> Sequence[Question]:
    return [miss.question for miss in misses]


@dataclass(frozen=True, slots=True)
class _Opened:
    pipeline: "Pipeline"
    index: Path
    notes: tuple[str, ...] = ()


@contextmanager
def _opened(plan: Plan, collection: Collection, *, show_progress: bool) -> Iterator[_Opened]:
    """Open the index of the plan, or a temporary one of the collection's documents."""
    if plan.index is not None:
        pipeline = _pipeline(plan, plan.index)
        yield _Opened(pipeline, plan.index)
        return
    source = _source(plan, collection)
    with TemporaryDirectory(prefix="danchung-eval-") as folder:
        notes = _index(source, Path(folder), plan.embedder, show_progress=show_progress)
        pipeline = _pipeline(plan, Path(folder))
        yield _Opened(pipeline, Path(folder), notes)


def _pipeline(plan: Plan, folder: Path) -> "Pipeline":
    from qa.loading import load_pipeline

    return load_pipeline(folder, embedder=plan.embedder, reranker=plan.reranker, reader=plan.reader)


def _source(plan: Plan, collection: Collection) -> DocumentSource:
    memory = MemorySource(collection.documents)
    if plan.documents is None or form_of(plan.collection) is not Form.JSON_LINES:
        return memory
    from documents.folder import FolderSource

    return _Together(FolderSource(plan.documents), memory)


def _index(
    source: DocumentSource, folder: Path, embedder: str | None, *, show_progress: bool
) -> tuple[str, ...]:
    """Index the documents; return a note when some could not be read."""
    from tqdm import tqdm

    from index.embedding import load_embedder
    from index.report import Progress
    from index.syncing import sync

    with tqdm(
        desc="Lập chỉ mục", unit=" tài liệu", disable=_bar_hidden(shown=show_progress)
    ) as bar:

        def show(progress: Progress) -> None:
            bar.total = progress.of
            bar.update(progress.documents - bar.n)

        report = sync(source, folder, embedder=load_embedder(embedder), progress=show)
    if not report.failed:
        return ()
    first = report.failed[0]
    return (f"{len(report.failed)} tài liệu không đọc được, ví dụ {first.path}: {first.reason}.",)


class _Together:
    """A folder's documents and some in memory, as one source."""

    def __init__(self, folder: DocumentSource, memory: DocumentSource) -> None:
        self._folder = folder
        self._memory = memory
        self._in_memory = {entry.path for entry in memory.entries()}

    def entries(self) -> Iterator[Entry]:
        entries = [*self._folder.entries(), *self._memory.entries()]
        yield from sorted(entries, key=lambda entry: entry.path)

    def fingerprint(self, path: str) -> str:
        return self._of(path).fingerprint(path)

    def read(self, path: str) -> Loaded:
        return self._of(path).read(path)

    def _of(self, path: str) -> DocumentSource:
        return self._memory if path in self._in_memory else self._folder


def _bar_hidden(*, shown: bool) -> bool | None:
    """Return tqdm's ``disable``: None hides the bar where stderr is not a terminal."""
    return None if shown else True


def _settings(plan: Plan, index: Path) -> Settings:
    from index.manifest import read_manifest

    manifest = read_manifest(index)
    return Settings(
        embedder=manifest.embedder,
        revision=manifest.revision,
        reranker=plan.reranker,
        reader=plan.reader,
        typing=plan.typing.value,
        limit=plan.limit,
        distractors=tuple(path.name for path in plan.distractors),
        depth=DEPTH,
        warm_up=WARM_UP,
        versions=library_versions(),
    )
