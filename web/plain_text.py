"""An answer outside the page: plain text for the clipboard."""

from qa.answer import Answer, head
from web.texts import Texts


def plain_answer(texts: Texts, answer: Answer) -> str:
    """Return the answer and its sources as plain text, for copying."""
    short = head(answer)
    differing = [texts.DISAGREEMENT] if answer.disagreement else []
    lines = [answer.question, "", *differing, *([short, ""] if short else []), answer.text]
    if answer.note:
        lines.append(f"({answer.note})")
    if answer.citations:
        lines += ["", f"{texts.SOURCES}:"]
    for citation in answer.citations:
        about = [citation.title, citation.source, texts.day(citation.published)]
        about = [part for part in (*about, citation.document) if part]
        lines += [f"[{citation.marker}] {' · '.join(about)}", f"    “{citation.quote}”"]
    return "\n".join(lines)
