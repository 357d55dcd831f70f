"""What can be done with one turn of the conversation, as HTML. Everything shown is escaped."""

from html import escape

from qa.answer import Answer
from web.conversation import Turn
from web.plain_text import plain_answer
from web.texts import Texts


def actions(texts: Texts, turn: Turn) -> str:
    """Return the buttons below a finished turn, and what to ask next."""
    if turn.state == "busy":
        return ""
    answer = turn.answer
    copy = _copy_button(texts, answer) if answer and not answer.refused else ""
    return (
        f'<div class="actions">{copy}{_button("again", texts.AGAIN)}{_button("edit", texts.EDIT)}'
        f"{_opinion(texts, turn) if answer else ''}</div>{_next_questions(texts, turn)}"
    )


def _button(act: str, label: str) -> str:
    return f'<button type="button" class="act" data-act="{act}">{escape(label)}</button>'


def _opinion(texts: Texts, turn: Turn) -> str:
    if turn.opinion:
        said = texts.GOOD if turn.opinion == "good" else texts.BAD
        return f'<span class="thanks" role="status">{escape(f"{said}. {texts.THANKS}")}</span>'
    return (
        f'<button type="button" class="act" data-opinion="good">{escape(texts.GOOD)}</button>'
        f'<details class="opinion"><summary>{escape(texts.BAD)}</summary>'
        f'<textarea rows="2" aria-label="{escape(texts.COMMENT)}" '
        f'placeholder="{escape(texts.COMMENT)}"></textarea>'
        f'<button type="button" class="act" data-opinion="bad">{escape(texts.SEND_OPINION)}'
        "</button></details>"
    )


def _next_questions(texts: Texts, turn: Turn) -> str:
    buttons = "".join(
        f'<li><button type="button" class="example" lang="vi" data-question="{escape(question)}">'
        f"{escape(question)}</button></li>"
        for question in turn.next_questions
    )
    if not buttons:
        return ""
    return (
        f'<section class="next"><h3>{escape(texts.NEXT_QUESTIONS)}</h3><ul>{buttons}</ul></section>'
    )


def _copy_button(texts: Texts, answer: Answer) -> str:
    return (
        f'<button type="button" class="copy act" title="{escape(texts.COPY_HINT)}" '
        f'data-copy="{escape(plain_answer(texts, answer))}" data-copied="{escape(texts.COPIED)}" '
        f'data-failed="{escape(texts.COPY_FAILED)}" aria-live="polite">{escape(texts.COPY)}'
        "</button>"
    )
