"""A whole run: read the collection, have its documents indexed, ask, sum up."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from documents.errors import DanChungError
from eval.citation_support import Judge
from eval.collection import Collection, Question
from eval.gold_spans import sound_spans
from eval.grading import Result
from eval.kinds import by_kind
from eval.loading import load_collection, load_distractors, missing_gold, with_distractors
from eval.near_miss_figures import near_miss_figures
from eval.near_misses import make_near_misses
from eval.opening import Opened, opened
from eval.plan import Plan
from eval.progress import Show, Step, counting
from eval.report import Report
from eval.run_settings import run_key, settings_of
from eval.running import ask_all, every_nth
from eval.summary import summarise
from eval.unfinished import Unfinished
from eval.without_gold import without_gold_figures

if TYPE_CHECKING:
    from qa.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A finished run.

    Attributes
    ----------
    notes
        What was mended, merged or could not be used, counted; Vietnamese sentences.
    near_misses
        The results of near misses, where they were asked for.
    fingerprints
        By path, in order, the hash of each document that was asked.
    unfinished
        Where the results were kept meanwhile; to be removed once the run is written.
    """

    report: Report
    results: tuple[Result, ...]
    notes: tuple[str, ...]
    near_misses: tuple[Result, ...] = ()
    fingerprints: dict[str, str] = field(default_factory=dict)
    unfinished: Unfinished | None = None


def evaluate(plan: Plan, *, show: Show, output: Path | None = None) -> Evaluation:
    """Carry out a plan.

    Parameters
    ----------
    show
        How it is told how far it is.
    output
        An existing folder that results are kept in as they come; a run with the same settings
        that was stopped goes on from there.

    Raises
    ------
    DanChungError
        A file, folder, index or model is not as it should be.
    """
    from eval.nli import load_judge

    judge = load_judge(plan.judge)
    collection = with_distractors(
        load_collection(plan.collection, laws=plan.documents), load_distractors(plan.distractors)
    )
    questions = every_nth(collection.questions, plan.limit)
    with opened(plan, collection, show=show) as place:
        sound = sound_spans(questions, place.pipeline.document)
        settings = settings_of(plan, place, questions)
        kept = Unfinished(output, run_key(plan, settings)) if output else None
        asking = _Asking(plan, judge, kept, show)
        infos = place.pipeline.documents()
        results = asking.ask(place.pipeline, sound.questions, "questions")
        report = Report(
            collection=collection.name,
            questions=len(questions),
            documents=len(infos),
            passages=sum(info.passages for info in infos),
            summary=summarise(results),
            settings=settings,
            kinds=by_kind(results),
        )
        report, misses = _with_near_misses(report, results, place, asking)
    report = _with_removed(report, results, collection, asking)
    missing = missing_gold(questions, {info.path for info in infos})
    notes = (*collection.notes, *place.notes, *missing, *sound.notes, *asking.notes())
    return Evaluation(report, results, notes, misses, place.fingerprints, kept)


class _Asking:
    """Asks the questions of each part of a run that no earlier attempt has asked."""

    def __init__(self, plan: Plan, judge: Judge, kept: Unfinished | None, show: Show) -> None:
        self.plan = plan
        self.show = show
        self._judge = judge
        self._kept = kept
        self._reused = 0

    def ask(
        self, pipeline: "Pipeline", questions: Sequence[Question], part: str
    ) -> tuple[Result, ...]:
        """Return the results of questions in their order."""
        results = self._kept.results(part, questions) if self._kept else {}
        self._reused += len(results)
        coming = ask_all(
            pipeline,
            [question for question in questions if question.id not in results],
            style=self.plan.typing,
            searcher=pipeline.without_writer(),
            judge=self._judge,
        )
        with counting(self.show, Step.ASK, done=len(results), of=len(questions)) as told:
            for result in coming:
                results[result.question.id] = result
                if self._kept:
                    self._kept.keep(part, result)
                told(len(results), len(questions))
        return tuple(results[question.id] for question in questions)

    def notes(self) -> tuple[str, ...]:
        """Say how many results an earlier attempt had."""
        if not self._reused:
            return ()
        return (f"{self._reused} câu đã hỏi trong lần chạy trước được dùng lại.",)


def _with_near_misses(
    report: Report, results: Sequence[Result], place: Opened, asking: _Asking
) -> tuple[Report, tuple[Result, ...]]:
    if not asking.plan.near_misses:
        return report, ()
    questions = [result.question for result in results]
    misses = make_near_misses(questions, place.pipeline.document)
    asked = asking.ask(place.pipeline, [miss.question for miss in misses], "near_misses")
    return replace(report, near_misses=near_miss_figures(misses, asked, results)), asked


def _with_removed(
    report: Report, results: Sequence[Result], collection: Collection, asking: _Asking
) -> Report:
    """Return the report with what came of asking documents that answer none of the questions."""
    plan = asking.plan
    if not plan.without_gold:
        return report
    questions = [result.question for result in results]
    gold = {path for question in questions for path in question.documents}
    rest = tuple(document for document in collection.documents if document.path not in gold)
    if not rest:
        raise DanChungError(
            f"{plan.collection}: bỏ tài liệu chứa câu trả lời thì không còn tài liệu nào;"
            " hãy thêm tài liệu khác với --distractors"
        )
    refused = [Question(question.id, question.text, refuse=True) for question in questions]
    left = replace(collection, documents=rest)
    with opened(plan, left, show=asking.show) as place:
        removed = asking.ask(place.pipeline, refused, "without_gold")
    return replace(report, without_gold=without_gold_figures(results, removed))
