"""An answer outside the page: plain text for the clipboard."""

from qa.answer import DISAGREEMENT, Answer, head
from web import texts


def plain_answer(answer: Answer) -> str:
    """Return the answer and its sources as plain text, for copying."""
    short = head(answer)
    differing = [DISAGREEMENT] if answer.disagreement else []
    lines = [answer.question, "", *differing, *([short, ""] if short else []), answer.text]
    if answer.note:
        lines.append(f"({answer.note})")
    if answer.citations:
        lines += ["", f"{texts.SOURCES}:"]
    for citation in answer.citations:
        about = [citation.title, citation.source, texts.vietnamese_date(citation.published)]
        about = [part for part in (*about, citation.document) if part]
        lines += [f"[{citation.marker}] {' · '.join(about)}", f"    “{citation.quote}”"]
    return "\n".join(lines)
