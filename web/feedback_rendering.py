"""What users said of answers, as HTML. Everything shown is escaped."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from eval.feedback import Opinion
from index.hit import Hit
from web.html_parts import byline, in_vietnamese, notice, page_turner
from web.marking import OpinionPage, Shown
from web.texts import Texts

_MOST_QUOTE = 600


def feedback(
    texts: Texts, page: OpinionPage, counts: str, *, hits: Sequence[Hit] = (), problem: str = ""
) -> str:
    """Return a page of opinions; ``hits`` are the passages found for the one being marked.

    Parameters
    ----------
    counts
        How many opinions there are; empty where there are none at all.
    problem
        What is wrong with the last try to mark a passage.
    """
    own = texts.evaluation
    heading = f"<h2>{escape(own.FEEDBACK_HEADING)}</h2>"
    if not counts:
        return f'{heading}<p class="nothing">{escape(own.NO_FEEDBACK)}</p>'
    items = "".join(_opinion(texts, one, page.shown, hits, problem) for one in page.opinions)
    listed = (
        f'<ol class="opinions">{items}</ol>'
        if items
        else f'<p class="nothing">{escape(own.NONE_SUCH)}</p>'
    )
    return (
        f'{heading}<p>{escape(counts)}</p><div class="feedback-tools">{_parts(texts, page.shown)}'
        f'<a href="gop-y.jsonl" download>{escape(own.EXPORT)}</a>'
        f'<button type="button" data-event="run_feedback">{escape(own.RUN_FEEDBACK)}</button></div>'
        f"{listed}{page_turner(texts, page.shown.page, page.pages, event='turn')}"
    )


def _parts(texts: Texts, shown: Shown) -> str:
    own = texts.evaluation
    options = "".join(
        f'<option value="{name}"{" selected" if name == shown.part else ""}>{escape(said)}</option>'
        for name, said in own.SHOWN.items()
    )
    return (
        f'<label>{escape(own.SHOW)} <select data-change="show" name="part">{options}</select>'
        "</label>"
    )


def _opinion(texts: Texts, one: Opinion, shown: Shown, hits: Sequence[Hit], problem: str) -> str:
    own = texts.evaluation
    entries = [(own.ANSWER, in_vietnamese(str(one.answer.get("answer", ""))))]
    if one.comment:
        entries.append((own.COMMENT, in_vietnamese(one.comment)))
    cited = "".join(_citation(citation) for citation in one.answer.get("citations", ()))
    if cited:
        entries.append((own.CITED, cited))
    if one.corrected:
        name = own.MARKED_ANSWER if one.corrected.is_answer else own.MARKED
        quote = f'<mark lang="vi">{escape(one.corrected.quote[:_MOST_QUOTE])}</mark>'
        place = f'<span class="path">{escape(one.corrected.document)}</span>'
        entries.append((name, quote + place))
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in entries)
    opinion = texts.GOOD if one.is_good else texts.BAD
    below = (
        _marking(texts, one, shown, hits, problem)
        if shown.marking == one.opinion_id
        else _mark(texts, one)
    )
    return (
        f'<li class="opinion-item"><p class="asked"><span class="said">{escape(opinion)}</span> '
        f"<b>{in_vietnamese(one.question)}</b> "
        f'<span class="byline">{escape(own.moment(one.given))}</span></p>'
        f"<dl>{listed}</dl>{below}</li>"
    )


def _citation(citation: Mapping[str, Any]) -> str:
    quote = escape(str(citation.get("quote", ""))[:_MOST_QUOTE])
    return (
        f'<span class="cited" lang="vi">“{quote}”</span>'
        f'<span class="path">{escape(str(citation.get("document", "")))}</span>'
    )


def _mark(texts: Texts, one: Opinion) -> str:
    own = texts.evaluation
    if one.is_good:
        return ""
    buttons = _button(texts, "mark", own.MARK, one)
    if one.corrected:
        buttons += _button(texts, "unmark", own.UNMARK, one)
    return f'<p class="row-actions">{buttons}</p>'


def _button(texts: Texts, event: str, label: str, one: Opinion) -> str:
    own = texts.evaluation
    return (
        f'<button type="button" data-event="{event}" data-opinion="{one.opinion_id}" '
        f'aria-label="{escape(own.for_question(label, one.question))}">{escape(label)}</button>'
    )


def _marking(texts: Texts, one: Opinion, shown: Shown, hits: Sequence[Hit], problem: str) -> str:
    own = texts.evaluation
    found = "".join(_hit(texts, hit, one) for hit in hits)
    nothing = f'<p class="nothing">{escape(own.NOTHING_FOUND)}</p>'
    alert = f'<div role="alert">{notice(problem)}</div>' if problem else ""
    return (
        f'<section class="marking" aria-label="{escape(own.MARK)}"><form data-event="search" '
        f'data-opinion="{one.opinion_id}"><label>{escape(own.SEARCH_LABEL)}'
        f'<input type="search" name="words" value="{escape(shown.words)}" data-focus></label>'
        f"<button>{escape(own.SEARCH)}</button>"
        f'<button type="button" data-event="close">{escape(own.CLOSE)}</button></form>{alert}'
        f'<p class="soft">{escape(own.MARK_HINT)}</p>'
        f"{f'<ol>{found}</ol>' if found else nothing}</section>"
    )


def _hit(texts: Texts, hit: Hit, one: Opinion) -> str:
    own = texts.evaluation
    passage = hit.passage
    return (
        f'<li class="candidate"><p class="title">{in_vietnamese(hit.title)} '
        f'<span class="byline">{byline(texts, hit.source, hit.published)}</span></p>'
        f'<p class="passage-text" lang="vi">{escape(passage.text.strip())}</p>'
        f'<form data-event="choose" data-opinion="{one.opinion_id}" '
        f'data-document="{escape(passage.document)}" data-start="{passage.start}" '
        f'data-end="{passage.end}"><label>{escape(own.WORDS)}<input name="words"></label>'
        f'<button aria-label="{escape(own.for_question(own.CHOOSE, hit.title))}">'
        f"{escape(own.CHOOSE)}</button></form></li>"
    )
