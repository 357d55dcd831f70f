"""Whatever a document holds, it is shown as it is and highlighted exactly."""

import re
from html import escape, unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from documents.document import Document
from documents.normalising import normalise
from qa.answer import Answer, Citation
from web import rendering, source_rendering
from web.conversation import Turn
from web.span import Span
from web.texts import VIETNAMESE

PIECES = st.sampled_from(
    [
        *"aăâđêôơưỄộừ \n\t<>&\"'`[]{}$\\/😀",
        "e\u0323\u0302",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</div>",
        "</mark>",
        "<!--",
        "&amp;",
        "&lt;",
        "&#60;",
        "&copy",
        "${1}",
        "{{x}}",
        "[1]",
        "Viện kiểm sát",
    ]
)
TEXTS = (
    st.lists(PIECES | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
    .map(lambda pieces: normalise("".join(pieces)))
    .filter(bool)
)


class Seen(HTMLParser):
    """What a browser would build: the elements, and the text below chosen ones."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.classes: list[str] = []
        self.texts: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        name = dict(attrs).get("class") or tag
        self.classes.append(name)
        self._open.append(name)

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for name in self._open:
            self.texts[name] = self.texts.get(name, "") + data


@st.composite
def cited(draw: st.DrawFn) -> tuple[Document, Span]:
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    title = draw(TEXTS)
    document = Document(draw(TEXTS), text, title, draw(TEXTS))
    return document, Span(document.path, start, end, text[start:end], 1)


@given(cited())
def test_the_panel_shows_the_stored_text_exactly_and_marks_exactly_the_quote(
    case: tuple[Document, Span],
) -> None:
    document, span = case
    html = source_rendering.source_panel(VIETNAMESE, document, span, whole=False)
    shown = re.search(r'<div class="document" lang="vi">(.*)</div>\Z', html, re.DOTALL)
    assert shown is not None
    marked = re.fullmatch(r'(.*)<mark id="quote">(.*)</mark>(.*)', shown[1], re.DOTALL)
    assert marked is not None
    before, quote, after = (unescape(piece) for piece in marked.groups())
    assert before + quote + after == document.text
    assert (len(before), quote) == (span.start, span.quote)


@given(cited())
def test_no_element_comes_from_a_document(case: tuple[Document, Span]) -> None:
    document, span = case
    harmless = source_rendering.source_panel(
        VIETNAMESE, Document("a", "b", "c", "d"), Span("a", 0, 1, "b", 1), whole=False
    )
    seen = Seen(source_rendering.source_panel(VIETNAMESE, document, span, whole=False))
    assert seen.tags == Seen(harmless).tags
    assert seen.texts["document"] == document.text
    assert seen.texts["mark"] == span.quote
    assert seen.texts["h2"] == document.title


@given(cited(), TEXTS)
def test_an_answer_makes_only_its_own_elements(case: tuple[Document, Span], question: str) -> None:
    document, span = case
    citation = Citation(
        1, document.path, document.title, document.source, None, span.start, span.end, span.quote
    )
    answer = Answer(
        question, f"{span.quote} [1]", refused=False, confidence=1.0, citations=(citation,)
    )
    seen = Seen(rendering.turn_article(VIETNAMESE, Turn(question, answer=answer), 0))
    assert seen.texts["question"] == question
    assert seen.texts["answer"] == f"{span.quote} 1"
    assert seen.classes.count("marker") == 1
    own = {"article", "h2", "div", "p", "button", "ol", "li", "span"}
    assert set(seen.tags) <= own | {"details", "summary", "textarea"}


@given(TEXTS)
def test_unfinished_text_is_shown_as_text(text: str) -> None:
    seen = Seen(rendering.turn_article(VIETNAMESE, Turn("Hỏi", text=text), 0))
    assert set(seen.tags) <= {"article", "h2", "div", "p", "span"}
    assert escape(text).count("&lt;script") == text.count("<script")


@given(st.text(max_size=50), st.integers(-5, 300_000), st.text(max_size=20))
def test_any_place_and_quote_gives_a_panel(text: str, start: int, quote: str) -> None:
    document = Document("a", text, "b")
    span = Span("a", max(start, 0), max(start, 0) + len(quote), quote, 0)
    html = source_rendering.source_panel(VIETNAMESE, document, span, whole=False)
    assert ("<mark" in html) == (quote != "" and quote in text)
