"""Running evaluations and the runs so far, as HTML. Everything shown is escaped."""

from collections.abc import Collection, Mapping, Sequence
from html import escape

from web.evaluating_now import RunState
from web.evaluation_runs import KeptRun, Order, Source
from web.html_parts import notice
from web.texts import Texts

MOST_QUESTIONS = 2_000
USUAL_QUESTIONS = 100
_COMPARE, _START = "compare-form", "start-form"


def run_form(texts: Texts, sources: Collection[Source]) -> str:
    """Return the form that starts a run; ``sources`` are those that there is something of."""
    own = texts.evaluation
    choices = "".join(_source(texts, source, first=source is Source.EXAM) for source in sources)
    return (
        f"<h2>{escape(own.RUN_HEADING)}</h2><p>{escape(own.RUN_TEXT)}</p>"
        f'<form id="{_START}" data-event="start"><fieldset>'
        f"<legend>{escape(own.SOURCE_LABEL)}</legend>{choices}"
        f'</fieldset><div class="exam-sizes">'
        f"{_number('questions', own.QUESTIONS, USUAL_QUESTIONS, 1, MOST_QUESTIONS)}"
        f"{_number('seed', own.SEED, 0, 0, 999_999)}</div>"
        f'<details class="run-options"><summary>{escape(own.OPTIONS)}</summary>'
        f'<div class="choices">{_options(texts)}</div>'
        "</details></form>"
    )


def start_button(texts: Texts) -> str:
    """Return the button of the form that starts a run; it stands below the box for files."""
    own = texts.evaluation
    return f'<button class="primary" form="{_START}">{escape(own.START)}</button>'


def run_status(texts: Texts, state: RunState, name: str) -> str:
    """Return how a run stands: its bar, or how it ended. Only the end is announced."""
    own = texts.evaluation
    if state.is_running:
        known = f' value="{state.done}" max="{state.of}"' if state.of else ""
        said = own.STARTING
        if state.is_stopped:
            said = own.STOPPING
        elif state.step:
            said = own.progress(state.step, state.done, state.of, state.seconds_left)
        return (
            f'<div class="evaluation-progress"><p class="run-name">{escape(name)}</p>'
            f'<progress aria-label="{escape(own.PROGRESS)}"{known}></progress>'
            f'<p>{escape(said)}</p></div><div role="status"></div>'
        )
    said = ""
    if state.error:
        said = notice(own.run_failed(state.error))
    elif state.is_stopped:
        said = notice(own.STOPPED)
    elif state.run:
        said = f"<p>{escape(own.run_done(name))}</p>"
    return f'<div class="evaluation-ended" role="status">{said}</div>'


def runs_list(
    texts: Texts, runs: Sequence[KeptRun], *, running: str = "", removed: str = ""
) -> str:
    """Return the runs.

    Parameters
    ----------
    running
        The id of the one that is going on.
    removed
        The id of the one that was removed last and can be put back.
    """
    own = texts.evaluation
    undo = (
        f'<p class="undo" role="status">{escape(own.REMOVED)} <button type="button" data-focus '
        f'data-event="undo" data-run="{escape(removed)}">{escape(texts.UNDO)}</button></p>'
        if removed
        else ""
    )
    rows = "".join(_row(texts, run, is_running=run.id == running) for run in runs)
    shown = _table(texts, rows) if rows else f'<p class="nothing">{escape(own.NO_RUNS)}</p>'
    return f'<div class="listing"><h2>{escape(own.RUNS_HEADING)}</h2>{undo}{shown}</div>'


def run_label(texts: Texts, run: KeptRun) -> str:
    """Return what tells a run from others: its questions, settings and time."""
    own = texts.evaluation
    settings = own.settings(run.order.typing, run.order.reranker)
    told = [run_name(texts, run.order), settings, own.moment(run.started)]
    return ", ".join(filter(None, told))


def run_name(texts: Texts, order: Order) -> str:
    """Return what is asked in a run."""
    own = texts.evaluation
    if order.source is Source.EXAM:
        return own.exam_name(order.questions, order.seed)
    return order.file if order.source is Source.FILE else own.SOURCES[order.source]


def _table(texts: Texts, rows: str) -> str:
    own = texts.evaluation
    names = [*own.COLUMNS, *own.MEASURES.values(), own.ACTIONS]
    notes = {own.MEASURES[name]: note for name, note in own.MEASURE_NOTES.items()}
    heads = "".join(_head(name, notes.get(name)) for name in names)
    told = "".join(f"<dt>{escape(n)}</dt><dd>{escape(note)}</dd>" for n, note in notes.items())
    return (
        f'<table class="runs"><caption class="sr">{escape(own.RUNS_HEADING)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f'<form id="{_COMPARE}" data-event="compare" class="compare-form">'
        f"<button>{escape(own.COMPARE)}</button> <span>{escape(own.COMPARE_HINT)}</span></form>"
        f'<details class="legend"><summary>{escape(own.MEANINGS)}</summary>'
        f"<dl>{told}</dl></details>"
    )


def _row(texts: Texts, run: KeptRun, *, is_running: bool) -> str:
    own = texts.evaluation
    name = run_name(texts, run.order)
    values = run.values
    choose = (
        f'<input type="checkbox" name="run" value="{run.id}" form="{_COMPARE}" '
        f'aria-label="{escape(own.choose(name, run.started))}">'
        if values
        else ""
    )
    settings = own.settings(run.order.typing, run.order.reranker)
    told = f'<br><span class="soft">{escape(settings)}</span>' if settings else ""
    if values is None and not is_running:
        told += f'<br><span class="soft">{escape(own.asked_so_far(run.questions))}</span>'
    cells = "".join(
        f'<td class="number" data-label="{escape(label)}">{_value(texts, values, measure)}</td>'
        for measure, label in own.MEASURES.items()
    )
    return (
        f'<tr><td class="choose">{choose}</td>'
        f'<td class="when">{escape(own.moment(run.started))}</td>'
        f'<td class="run-name">{escape(name)}{told}</td>'
        f'<td class="number" data-label="{escape(own.QUESTIONS)}">{texts.grouped(run.questions)}'
        f'</td>{cells}<td class="row-actions">'
        f"{_actions(texts, run, name, is_running=is_running)}</td></tr>"
    )


def _actions(texts: Texts, run: KeptRun, name: str, *, is_running: bool) -> str:
    own = texts.evaluation
    if is_running:
        return ""

    def labelled(action: str) -> str:
        return f'aria-label="{escape(own.of_run(action, name, run.started))}"'

    def button(event: str, action: str, more: str = "") -> str:
        return (
            f'<button type="button" data-event="{event}" data-run="{run.id}" {labelled(action)}'
            f"{more}>{escape(action)}</button>"
        )

    kept = str(run.is_kept).lower()
    keep = button("keep", own.KEEP, f' aria-pressed="{kept}" data-kept="{kept}"')
    remove = button("remove", own.REMOVE, f' data-sure="{escape(own.REMOVE_SURE)}"')
    first = (
        f'<a href="bao-cao/{run.id}?language={texts.LANGUAGE}" target="_blank" '
        f'rel="noopener" {labelled(own.REPORT)}>'
        f"{escape(own.REPORT)}</a>{_again(texts, run, name)}"
        if run.values
        else button("resume", own.RESUME)
    )
    return first + keep + ("" if run.is_kept else remove)


def _again(texts: Texts, run: KeptRun, name: str) -> str:
    own = texts.evaluation
    return (
        f'<details class="again"><summary aria-label="'
        f'{escape(own.of_run(own.ASK_AGAIN, name, run.started))}">{escape(own.ASK_AGAIN)}</summary>'
        f'<form data-event="again" data-run="{run.id}">{_options(texts, run.order)}'
        f"<button>{escape(own.START)}</button></form></details>"
    )


def _source(texts: Texts, source: Source, *, first: bool) -> str:
    own = texts.evaluation
    return (
        f'<label class="source-choice"><input type="radio" name="source" value="{source}"'
        f"{' checked' if first else ''}><span><b>{escape(own.SOURCES[source])}</b>"
        f"<small>{escape(own.SOURCE_NOTES[source])}</small></span></label>"
    )


def _number(name: str, label: str, value: int, least: int, most: int) -> str:
    return (
        f'<label>{escape(label)}<input type="number" name="{name}" value="{value}" '
        f'min="{least}" max="{most}" required></label>'
    )


def _options(texts: Texts, order: Order | None = None) -> str:
    own = texts.evaluation
    typing = order.typing.value if order else ""
    reranker = order.reranker if order else ""
    typings = {style.value: said for style, said in own.TYPINGS.items()}
    return _select("typing", own.TYPING, typings, typing) + _select(
        "reranker", own.RERANKER, own.RERANKERS, reranker
    )


def _select(name: str, label: str, choices: Mapping[str, str], chosen: str) -> str:
    options = "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>{escape(said)}</option>'
        for value, said in choices.items()
    )
    return f'<label>{escape(label)}<select name="{name}">{options}</select></label>'


def _value(texts: Texts, values: Mapping[str, float | None] | None, measure: str) -> str:
    own = texts.evaluation
    return "" if values is None else escape(own.share(values[measure]))


def _head(name: str, note: str | None) -> str:
    more = f' class="number" title="{escape(note)}"' if note else ""
    return f'<th scope="col"{more}>{escape(name)}</th>'
