"""A whole benchmark: read the collections, let each system work in a process of its own, sum up."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path

from documents.errors import DanChungError
from eval.bench.corpus import Corpus, corpus_of
from eval.bench.figures import Figures, latency, quality, span, typing
from eval.bench.measuring import Job, Measurement, measure
from eval.bench.report import BenchReport, CollectionReport, Outcome, Settings
from eval.bench.systems import DEFAULT, OWN, PEERS, Models, version_of
from eval.collection import Collection, Question
from eval.loading import load_collection, load_distractors, missing_gold, with_distractors
from eval.running import every_nth
from eval.typing_styles import TypingStyle, typed
from eval.versions import library_versions

DISTRACTOR_SIGN = "+"

Work = Callable[[Job], Measurement]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to compare.

    Attributes
    ----------
    collections
        Files or folders of `eval.loading`; ``A+B+C`` is A with B and C as its distractors.
    distractors
        Files whose texts are added to every collection.
    styles
        Typing styles beside full accents, for our system as users get it and for the peers.
    limit
        The most questions of each collection, or None for all.
    own, peers
        The systems, by name.
    read
        How many of the first passages are searched for the answer's words; 0 for none.
    """

    collections: tuple[str, ...]
    distractors: tuple[Path, ...] = ()
    styles: tuple[TypingStyle, ...] = tuple(TypingStyle)
    limit: int | None = None
    own: tuple[str, ...] = tuple(OWN)
    peers: tuple[str, ...] = tuple(PEERS)
    read: int = 0
    models: Models = field(default_factory=Models)


@dataclass(frozen=True, slots=True)
class _Material:
    """One collection, ready to be asked."""

    collection: Collection
    questions: tuple[Question, ...]
    corpus: Corpus

    def asked(self, styles: Sequence[TypingStyle]) -> dict[str, tuple[str, ...]]:
        """Return the questions as typed in each style."""
        return {
            style.value: tuple(typed(q.text, style, seed=q.id) for q in self.questions)
            for style in styles
        }


def in_own_process(job: Job) -> Measurement:
    """Carry out a job in a new process, so that memory and imports are its own."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, job).result()


def compare(
    plan: Plan,
    *,
    show_progress: bool,
    tell: Callable[[str], None] = lambda _: None,
    work: Work = in_own_process,
) -> BenchReport:
    """Carry out a plan.

    Parameters
    ----------
    show_progress
        Draw progress bars on stderr, if that is a terminal.
    tell
        Is given a Vietnamese line whenever a system is done, and for what the loader mended.
    work
        Carries out one job.

    Raises
    ------
    DanChungError
        A file or one of our own models is not as it should be. What goes wrong in a peer is told
        in the report.
    """
    materials = [_material(name, plan) for name in plan.collections]
    reports = []
    for material in materials:
        for note in material.collection.notes:
            tell(f"{material.collection.name}: {note}")
        outcomes = []
        for outcome in _outcomes(plan, material, show_progress=show_progress, work=work):
            tell(f"{material.collection.name}: {outcome.told()}")
            outcomes.append(outcome)
        reports.append(
            CollectionReport(
                material.collection.name,
                questions=len(material.questions),
                documents=len(material.corpus.documents),
                passages=len(material.corpus.passages),
                outcomes=tuple(outcomes),
            )
        )
    return BenchReport(tuple(reports), Settings(plan.models, plan.limit, library_versions()))


def _material(name: str, plan: Plan) -> _Material:
    path, own_distractors = _parts(name)
    collection = load_collection(path)
    if not collection.documents:
        raise DanChungError(
            f"{path}: bộ câu hỏi không kèm tài liệu nên không so sánh được;"
            " hãy dùng tệp SQuAD, ALQAC, hỏi đáp hoặc thư mục BEIR."
        )
    distractors = load_distractors([*own_distractors, *plan.distractors])
    collection = with_distractors(collection, distractors)
    asked = every_nth(collection.questions, plan.limit)
    questions = tuple(question for question in asked if question.documents)
    if not questions:
        raise DanChungError(f"{path}: không có câu hỏi nào biết tài liệu đúng.")
    missing = missing_gold(questions, {document.path for document in collection.documents})
    collection = replace(collection, notes=collection.notes + missing)
    return _Material(collection, questions, corpus_of(collection.documents))


def _parts(name: str) -> tuple[Path, list[Path]]:
    """Return the collection and the distractors that one argument names."""
    if Path(name).exists():
        return Path(name), []
    first, *others = name.split(DISTRACTOR_SIGN)
    return Path(first), [Path(other) for other in others]


def _outcomes(
    plan: Plan, material: _Material, *, show_progress: bool, work: Work
) -> Iterator[Outcome]:
    """Yield what came of each system, ours first."""
    for name in (*plan.own, *plan.peers):
        version = version_of(name) if name in plan.peers else None
        if name in plan.peers and version is None:
            yield Outcome(name, problem="không cài")
            continue
        others = [s for s in plan.styles if s is not TypingStyle.ACCENTED]
        if name in OWN and name != DEFAULT:
            others = []
        job = Job(
            name,
            material.corpus,
            material.asked([TypingStyle.ACCENTED, *others]),
            plan.models,
            progress=show_progress,
            read=plan.read,
        )
        yield _outcome(job, material, version, work)


def _outcome(job: Job, material: _Material, version: str | None, work: Work) -> Outcome:
    """Carry out a job; of a peer, tell what went wrong."""
    try:
        measurement = work(job)
    except Exception as error:
        if job.system in OWN:
            raise
        reason = " ".join(str(error).split())
        return Outcome(job.system, version, problem=f"hỏng: {type(error).__name__}: {reason}")
    return Outcome(job.system, version, _figures(measurement, material))


def _figures(measurement: Measurement, material: _Material) -> Figures:
    rankings = measurement.rankings
    seconds = measurement.index_seconds
    return Figures(
        quality=quality(material.questions, rankings[TypingStyle.ACCENTED]),
        typing=typing(material.questions, rankings) if len(rankings) > 1 else {},
        milliseconds=latency(measurement.milliseconds),
        index_seconds=seconds,
        passages_per_second=len(material.corpus.passages) / seconds if seconds else None,
        peak_mebibytes=measurement.peak_mebibytes,
        span=span(material.questions, measurement.passages) if measurement.passages else None,
    )
