"""A conversation outside the page: Markdown and DOCX, with every source."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.answer import Answer, Citation, head
from web.conversation import Turn, Turns
from web.texts import Texts

if TYPE_CHECKING:
    from docx.document import Document as Word

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


@dataclass(frozen=True, slots=True)
class _Part:
    """One paragraph; its kind is a key of the forms in `as_markdown`."""

    kind: str
    text: str


def as_markdown(texts: Texts, turns: Turns) -> str:
    """Return a conversation as Markdown; what documents say is shown as text, never as markup."""
    forms = {
        "question": "## {}",
        "short": "**{}**",
        "answer": "{}",
        "note": "*{}*",
        "source": "- {}",
        "quote": "  > {}",
    }
    lines = [f"# {texts.NAME}"]
    for part in _parts(texts, turns):
        text = _SPECIAL.sub(r"\\\1", " ".join(part.text.split()))
        lines.append(forms[part.kind].format(text))
    return "\n\n".join(lines) + "\n"


def as_docx(texts: Texts, turns: Turns) -> bytes:
    """Return a conversation as a file of Word."""
    import docx

    word = docx.Document()
    word.add_heading(texts.NAME, level=0)
    for part in _parts(texts, turns):
        _add(word, _Part(part.kind, _printable(part.text)))
    content = io.BytesIO()
    word.save(content)
    return content.getvalue()


def _add(word: "Word", part: _Part) -> None:
    if part.kind == "question":
        word.add_heading(part.text, level=1)
    elif part.kind == "quote":
        word.add_paragraph(part.text, style="Intense Quote")
    elif part.kind == "source":
        word.add_paragraph(part.text, style="List Bullet")
    else:
        run = word.add_paragraph().add_run(part.text)
        run.bold = part.kind == "short"
        run.italic = part.kind == "note"


def _parts(texts: Texts, turns: Turns) -> Iterator[_Part]:
    for turn in turns:
        yield _Part("question", turn.question)
        if turn.understood:
            yield _Part("note", f"{texts.LOOKING_FOR}: {turn.understood}")
        yield from _reply(texts, turn)


def _reply(texts: Texts, turn: Turn) -> Iterator[_Part]:
    answer = turn.answer
    if answer is None:
        yield _Part("note", texts.ended(turn.notice, turn.detail))
        return
    short = head(answer)
    if answer.disagreement:
        yield _Part("note", texts.DISAGREEMENT)
    if short:
        yield _Part("short", short)
    yield _Part("answer", answer.text)
    if answer.note:
        yield _Part("note", answer.note)
    yield from _sources(texts, answer)


def _sources(texts: Texts, answer: Answer) -> Iterator[_Part]:
    for citation in answer.citations:
        yield _Part("source", f"[{citation.marker}] {described(texts, citation)}")
        yield _Part("quote", f"“{citation.quote}”")


def described(texts: Texts, citation: Citation) -> str:
    """Return a citation's title, source, day and place on one line."""
    day = texts.day(citation.published)
    place = f"{citation.document}:{citation.start}-{citation.end}"
    return " · ".join(part for part in (citation.title, citation.source, day, place) if part)


def _printable(text: str) -> str:
    """Return a text without the control characters that XML cannot hold."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
