"""Settings of all tests; a real Chromium on the real page, over a pipeline written down here."""

import re
import socket
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from documents.document import Document, Passage
from documents.normalising import fold, syllables
from index.explaining import Why, explain
from index.hit import Hit
from index.query import Query
from index.records import DocumentInfo
from qa.answer import REFUSAL, Answer, Citation
from qa.history import Turn
from qa.pipeline import Event, Found, Pipeline, Written

# A busy machine must not make a slow example a failure; speed is measured by `eval`.
# Everywhere the same examples: what one run finds, the next one finds too.
settings.register_profile("default", deadline=None, derandomize=True)
settings.load_profile("default")

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
FAILED = pytest.StashKey[bool]()
SCREENSHOTS = Path("var/test-screenshots")
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 375, "height": 740}

HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
_FILLER = "Đại biểu trao đổi về công tác xây dựng ngành và việc ứng dụng công nghệ.\n\n"

CONFERENCE = Document(
    "tin/hoi-nghi.txt",
    "Tin trong ngành\n\n"
    + _FILLER * 30
    + "Hội nghị triển khai công tác năm 2021 do đồng chí Trần Văn Bình chủ trì tại Hà Nội. "
    "Có 63 điểm cầu trực tuyến tham dự hội nghị.\n\n" + _FILLER * 30 + "Lên đầu trang",
    "Hội nghị triển khai công tác năm 2021 của ngành Kiểm sát",
    "baothunghiem.vn",
    date(2020, 12, 22),
)
FLAG = Document(
    "hoi-dap/quoc-ky.txt",
    "Quốc kỳ có hình dạng thế nào?\n\nQuốc kỳ hình chữ nhật, chiều rộng bằng hai phần ba chiều "
    "dài, nền đỏ, ở giữa có ngôi sao vàng năm cánh.",
    "Hỏi đáp về Quốc kỳ",
)
ATTACK = Document(
    "doc-hai/canh-bao.html",
    f"Mở đầu {HOSTILE}\nKẻ xấu chèn mã {HOSTILE} vào bài viết để đánh cắp mật khẩu "
    "{{constructor}} ${alert(3)} $x^2$ **đậm** &lt;b&gt;.\nKết thúc.",
    f"Cảnh báo {HOSTILE}",
    f"nguồn {HOSTILE}",
)
LONG = Document(
    "dai/nghi-quyet.txt",
    "Điều khoản chung của nghị quyết.\n" * 4000
    + "Thủ đô nghìn năm văn hiến được quy hoạch lại theo nghị quyết này.\n"
    + "Điều khoản thi hành của nghị quyết.\n" * 4000,
    "Toàn văn nghị quyết rất dài",
)
LIBRARY = (CONFERENCE, FLAG, ATTACK, LONG)


@dataclass
class ScriptedPipeline(Pipeline):
    """Answers with the sentence that shares most syllables with the question.

    "báo lỗi" in a question raises; "chờ" stops the stream half way until `gate` is set.
    """

    library: tuple[Document, ...] = LIBRARY
    gate: threading.Event = field(default_factory=threading.Event)

    def stream(self, query: Query, *, k: int = 10, history: Sequence[Turn] = ()) -> Iterator[Event]:
        if "báo lỗi" in query.text:
            raise RuntimeError("the scripted failure")
        hits = self._hits(query.text)
        yield Found(tuple(hits))
        if not hits or hits[0].score < 3:
            nearest = f"{REFUSAL} Bạn thử hỏi cách khác."
            yield Answer(query.text, nearest, refused=True, confidence=0.1, hits=tuple(hits))
            return
        best = hits[0]
        citation = Citation(
            1,
            best.passage.document,
            best.title,
            best.source,
            best.published,
            best.passage.start,
            best.passage.end,
            best.passage.text,
        )
        yield Written(f"{citation.quote[:20]}")
        if "chờ" in query.text:
            self.gate.wait(timeout=20)
        yield Answer(
            query.text,
            f"{citation.quote} [1]",
            refused=False,
            confidence=0.9,
            citations=(citation,),
            hits=tuple(hits),
        )

    def ask(self, query: Query, *, k: int = 10, history: Sequence[Turn] = ()) -> Answer:
        *_, last = self.stream(query, k=k, history=history)
        assert isinstance(last, Answer)
        return last

    def search(self, query: Query, *, k: int = 10) -> tuple[Query, list[Hit]]:
        return query, self._hits(query.text)[:k]

    def without_writer(self) -> "ScriptedPipeline":
        return self

    def explain(self, answer: Answer) -> tuple[Why, ...]:
        return tuple(explain(answer.question, hit) for hit in answer.hits)

    def why(self, question: str, document: str, start: int) -> Why | None:
        if "không giải thích" in question:
            raise RuntimeError("the scripted failure")
        places = [(hit.passage.document, hit.passage.start) for hit in self._hits(question)]
        if (document, start) not in places:
            return None
        return explain(question, self._hits(question)[places.index((document, start))])

    def document(self, path: str) -> Document | None:
        return next((document for document in self.library if document.path == path), None)

    def documents(self) -> Sequence[DocumentInfo]:
        return [
            DocumentInfo(document.path, document.title, document.source, document.published, 1)
            for document in sorted(self.library, key=lambda document: document.path)
        ]

    def _hits(self, question: str) -> list[Hit]:
        wanted = set(syllables(fold(question).lower()))
        scored = [
            (len(wanted & set(syllables(fold(match[0]).lower()))), document, match)
            for document in self.library
            for match in re.finditer(r"[^\s.][^.\n]*\.", document.text)
        ]
        scored.sort(key=lambda entry: -entry[0])
        return [
            Hit(
                Passage(document.path, 0, match.start(), match.end(), match[0]),
                document.title,
                document.source,
                document.published,
                float(score),
                rank,
            )
            for rank, (score, document, match) in enumerate(scored[:5], start=1)
        ]


@dataclass
class Served:
    """A page being served."""

    url: str
    pipeline: ScriptedPipeline


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """Serve the page over the handwritten library for the whole session."""
    with serving(ScriptedPipeline()) as page:
        yield page


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(pipeline: ScriptedPipeline) -> Iterator[Served]:
    """Serve a page for as long as the block lasts."""
    from web.page import build_page, launch_page

    page = build_page(pipeline)
    try:
        yield Served(launch_page(page, host="127.0.0.1", port=free_port()), pipeline)
    finally:
        pipeline.gate.set()
        page.close(verbose=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; without it these tests fail."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """One visitor's page and what it did behind the scenes."""

    page: Page
    requests: list[str]
    dialogs: list[str]
    errors: list[str]


@pytest.fixture
def visit(request: pytest.FixtureRequest, browser: Browser, served: Served) -> Iterator[Visit]:
    """Open the page in a fresh context; mark `phone` or `dark` by parametrising indirectly."""
    wishes = getattr(request, "param", {})
    served.pipeline.gate.clear()
    context = browser.new_context(**{"locale": "vi-VN", "viewport": WIDE, **wishes})
    context.set_default_timeout(10_000)
    page = context.new_page()
    visited = Visit(page, [], [], [])

    def refuse(dialog: Dialog) -> None:
        visited.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("request", lambda sent: visited.requests.append(sent.url))
    page.on("dialog", refuse)
    page.on("pageerror", lambda error: visited.errors.append(str(error)))
    page.goto(served.url)
    yield visited
    served.pipeline.gate.set()
    if request.node.stash.get(FAILED, False):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{re.sub(r'[^a-z0-9_]+', '-', request.node.name)}.png")
    context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell the fixtures whether the test failed, for the screenshot."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report
