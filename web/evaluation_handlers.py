"""What happens on each event of running evaluations."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import gradio as gr

from documents.errors import DanChungError
from eval.feedback import as_collection, as_text
from eval.json_lines import load_json_lines
from eval.runs.comparing import compare_runs
from eval.runs.stored import read_run
from eval.typing_styles import TypingStyle
from qa.pipeline import Pipeline
from web import comparison_rendering, evaluation_rendering, rendering
from web.evaluating_now import RunState
from web.evaluation_rendering import MOST_QUESTIONS, USUAL_QUESTIONS
from web.evaluation_runs import RERANKERS, KeptRun, Order, RunRefusedError, Source, copied
from web.evaluation_texts import EvaluationTexts
from web.evaluations import Evaluations
from web.html_parts import notice
from web.sent import Sent, sent
from web.texts import Texts
from web.uploads import checked_uploads
from web.visits import may_edit

COLLECTION_SUFFIXES = frozenset({".json", ".jsonl"})
_SAMPLE = Path(__file__).parents[1] / "eval" / "sample_dev.jsonl"
_PAIR = 2
_MOST_SEED = 999_999
T = TypeVar("T")
Update = Any
Filling = Callable[[Path], object]


class EvaluationHandlers:
    """What happens on each event; those that go on return status of the run and list of runs."""

    def __init__(self, texts: Texts, pipeline: Pipeline, evaluations: Evaluations) -> None:
        self._texts = texts
        self._own = texts.evaluation
        self._pipeline = pipeline
        self._shelf = evaluations.shelf
        self._runner = evaluations.runner
        self._feedback = evaluations.feedback

    def masthead(self) -> str:
        """Return the page's header."""
        return rendering.masthead(
            self._texts, len(self._pipeline.documents()), here=self._texts.EVALUATION
        )

    def arrive(self, request: gr.Request) -> tuple[Update, ...]:
        """Return header, form, status, runs, the form's button, and whether files are taken."""
        if not may_edit(request):
            why = notice(self._own.ONLY_EDITORS)
            return (self.masthead(), why, "", "", "", gr.update(visible=False))
        form = evaluation_rendering.run_form(self._texts, self._sources())
        button = evaluation_rendering.start_button(self._texts)
        return (self.masthead(), form, *self._shown(), button, gr.update(visible=True))

    def watch(self, request: gr.Request) -> Iterator[tuple[Update, ...]]:
        """Yield how a run stands that was already going on on arrival."""
        if may_edit(request) and self._runner.state.is_running:
            yield from self._follow()
        else:  # of a generator that yields nothing Gradio would show nothing
            yield gr.skip(), gr.skip()

    def start(
        self, files: list[str] | None, request: gr.Request, event: gr.EventData
    ) -> Iterator[tuple[Update, ...]]:
        """Start what the form says; also takes the uploaded files away."""
        require_editor(self._own, request)
        asked = sent(event)
        order, fill = self._told(lambda: self._ordered(asked, files or ()))
        self._begin(order, fill)
        for update in self._follow():
            yield (*update, None)

    def again(self, request: gr.Request, event: gr.EventData) -> Iterator[tuple[Update, ...]]:
        """Ask the questions of a run again."""
        require_editor(self._own, request)
        asked = sent(event)
        before = self._told(lambda: self._shelf.order(asked.text("run")))
        file = self._told(lambda: self._shelf.collection(asked.text("run")))
        order = _order(asked, before.source, before.file, before.questions, before.seed)
        self._begin(order, copied(file, file.name))
        yield from self._follow()

    def run_feedback(self, request: gr.Request) -> Iterator[tuple[Update, ...]]:
        """Ask all questions that users gave an opinion of."""
        require_editor(self._own, request)
        order, fill = self._told(lambda: self._of_feedback(Sent({})))
        self._begin(order, fill)
        yield from self._follow()

    def resume(self, request: gr.Request, event: gr.EventData) -> Iterator[tuple[Update, ...]]:
        """Go on with a run that was stopped."""
        require_editor(self._own, request)
        run = sent(event).text("run")
        self._told(lambda: self._runner.start(run))
        yield from self._follow()

    def stop(self, request: gr.Request) -> None:
        """Stop the run that is going on."""
        require_editor(self._own, request)
        self._runner.stop()

    def remove(self, request: gr.Request, event: gr.EventData) -> str:
        """Move a run into the bin."""
        require_editor(self._own, request)
        run, state = sent(event).text("run"), self._runner.state
        if state.is_running and state.run == run:
            raise gr.Error(self._own.IS_RUNNING, print_exception=False)
        self._told(lambda: self._shelf.remove(run))
        return self._runs(removed=run)

    def undo(self, request: gr.Request, event: gr.EventData) -> str:
        """Put back the run that was removed."""
        require_editor(self._own, request)
        self._told(lambda: self._shelf.put_back(sent(event).text("run")))
        return self._runs()

    def keep(self, request: gr.Request, event: gr.EventData) -> str:
        """Say that a run is to be kept, or no more."""
        require_editor(self._own, request)
        asked = sent(event)
        self._told(lambda: self._shelf.keep(asked.text("run"), kept=asked.text("kept") == "false"))
        return self._runs()

    def compare(self, request: gr.Request, event: gr.EventData) -> str:
        """Return what differs between the two chosen runs, the older one first."""
        require_editor(self._own, request)
        chosen = sorted(set(sent(event).fields("run")))
        try:
            if len(chosen) != _PAIR:
                raise DanChungError(self._own.CHOOSE_TWO)  # noqa: TRY301 - told below like the others
            first, second = (read_run(self._shelf.folder(run)) for run in chosen)
            if first.settings["questions"] != second.settings["questions"]:
                raise DanChungError(self._own.OTHER_QUESTIONS)  # noqa: TRY301
            known = {run.id: run for run in self._shelf.runs()}
            labels = [evaluation_rendering.run_label(self._texts, known[run]) for run in chosen]
            found = compare_runs(first, second)
            return comparison_rendering.comparison(self._texts, found, *labels)
        except DanChungError as error:
            return comparison_rendering.no_comparison(self._texts, self._said(error))

    def _told(self, action: Callable[[], T]) -> T:
        """Do something; what goes wrong is told in the page, in its language where it has words."""
        try:
            return action()
        except DanChungError as error:
            raise gr.Error(self._said(error), print_exception=False) from None

    def _said(self, error: DanChungError) -> str:
        return getattr(self._own, error.name) if isinstance(error, RunRefusedError) else str(error)

    def _ordered(self, asked: Sent, files: Sequence[str]) -> tuple[Order, Filling]:
        """Return what the form orders, and what writes its questions."""
        source = asked.field("source")
        if source == Source.FEEDBACK:
            return self._of_feedback(asked)
        if source == Source.SAMPLE:
            if Source.SAMPLE not in self._sources():
                raise DanChungError(self._own.NO_SAMPLE)
            return _order(asked, Source.SAMPLE, _SAMPLE.name), copied(_SAMPLE, _SAMPLE.name)
        if source == Source.FILE:
            file, name = self._only([Path(file) for file in files])
            return _order(asked, Source.FILE, name), copied(file, name)
        questions = asked.number("questions", USUAL_QUESTIONS, 1, MOST_QUESTIONS)
        seed = asked.number("seed", 0, 0, _MOST_SEED)
        return _order(
            asked, Source.EXAM, f"de-{questions}-{seed}.jsonl", questions, seed
        ), lambda _: None

    def _of_feedback(self, asked: Sent) -> tuple[Order, Filling]:
        lines = as_collection(self._feedback.opinions())
        if not lines:
            raise DanChungError(self._own.NO_FEEDBACK_YET)
        order = _order(asked, Source.FEEDBACK, "gop-y.jsonl")
        return order, lambda folder: (folder / order.file).write_text(
            as_text(lines), encoding="utf-8"
        )

    def _only(self, files: Sequence[Path]) -> tuple[Path, str]:
        """Return the one file that was uploaded, and the name it may have."""
        if len(files) != 1:
            raise DanChungError(self._own.FILE_TWICE if files else self._own.CHOOSE_FILE)
        [found] = checked_uploads(self._texts.library, files, COLLECTION_SUFFIXES).items()
        return found

    def _begin(self, order: Order, fill: Filling) -> None:
        def begin() -> None:
            self._runner.require_idle()
            run = self._shelf.new(order, fill, now=datetime.now(UTC))
            try:
                self._runner.start(run)
            except DanChungError:  # somebody was faster
                self._shelf.drop(run)
                raise

        self._told(begin)

    def _sources(self) -> Collection[Source]:
        """Return what there are questions of."""
        paths = {document.path for document in self._pipeline.documents()}
        wanted = {path for one in load_json_lines(_SAMPLE).questions for path in one.documents}
        has = {Source.SAMPLE: wanted <= paths, Source.FEEDBACK: bool(self._feedback.opinions())}
        return [source for source in Source if has.get(source, True)]

    def _follow(self) -> Iterator[tuple[Update, ...]]:
        yield self._shown()
        for state in self._runner.follow():
            if state.is_running:
                yield self._status(state), gr.skip()
        yield self._shown()

    def _shown(self) -> tuple[str, str]:
        return self._status(self._runner.state), self._runs()

    def _status(self, state: RunState) -> str:
        return evaluation_rendering.run_status(self._texts, state, self._name(state.run))

    def _name(self, run: str) -> str:
        try:
            return evaluation_rendering.run_name(self._texts, self._shelf.order(run)) if run else ""
        except DanChungError:  # it came to nothing, or was removed
            return ""

    def _runs(self, *, removed: str = "") -> str:
        state = self._runner.state
        running = state.run if state.is_running else ""
        runs: Sequence[KeptRun] = self._told(self._shelf.runs)
        return evaluation_rendering.runs_list(self._texts, runs, running=running, removed=removed)


def require_editor(own: EvaluationTexts, request: gr.Request) -> None:
    """Raise, to be shown in the page, unless whoever sent a request may evaluate."""
    if not may_edit(request):
        raise gr.Error(own.ONLY_EDITORS, print_exception=False)


def _order(asked: Sent, source: Source, file: str, questions: int = 0, seed: int = 0) -> Order:
    typing, reranker = asked.field("typing"), asked.field("reranker")
    return Order(
        source,
        file,
        questions,
        seed,
        TypingStyle(typing) if typing in set(TypingStyle) else TypingStyle.ACCENTED,
        reranker if reranker in RERANKERS else RERANKERS[0],
    )
