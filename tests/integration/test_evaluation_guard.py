"""Reports and opinions as those get them who may not: real server, real accounts."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from conftest import HOSTILE, ScriptedPipeline, free_port

from eval.feedback import Opinion
from eval.reporting.html_page import report_policy
from web.accounts import Accounts, Role
from web.evaluating_now import Setup
from web.evaluation_runs import Order, Source
from web.evaluations import open_evaluations
from web.identity import Identities
from web.page import build_page
from web.server import Beside, Place, open_page
from web.texts import VIETNAMESE
from web.visits import open_kept

HTML = {"accept": "text/html"}
LINE = {
    "id": "1",
    "question": f"Cầu nào? {HOSTILE}",
    "asked": "Cầu nào?",
    "gold_answers": [HOSTILE],
    "gold_documents": [],
    "refuse": False,
    "rank": None,
    "answer": HOSTILE,
    "refused": False,
    "confidence": 0.5,
    "citations": [],
    "correct": False,
    "best_correct": False,
    "measures": {},
}
REPORT = {
    "collection": HOSTILE,
    "questions": 1,
    "passages": 1,
    "settings": {},
    "latency_ms": {},
}


@dataclass(frozen=True)
class Closed:
    """A page with one finished run and one opinion."""

    url: str
    accounts: Accounts
    run: str

    def get(self, path: str, name: str = "") -> httpx.Response:
        token = {"authorization": f"Bearer {self.accounts.new_token(name)}"} if name else {}
        with httpx.Client(base_url=self.url, trust_env=False) as client:
            return client.get(path, headers={**HTML, **token})


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Closed]:
    data = tmp_path_factory.mktemp("data")
    accounts = Accounts(data)
    accounts.add("lan", "mật khẩu đủ dài", Role.EDITOR)
    accounts.add("minh", "mật khẩu đủ dài", Role.READER)
    kept = open_kept(data)
    evaluations = open_evaluations(data, Setup(data / "index"), kept.feedback)
    answer = {"question": "Cầu nào?", "answer": "Không.", "refused": True, "citations": []}
    kept.feedback.add(Opinion("minh", is_good=True, comment="", answer=answer, index_version="s:1"))
    order = Order(Source.FILE, "a.jsonl")
    run = evaluations.shelf.new(order, lambda _: None, now=datetime(2026, 1, 2, tzinfo=UTC))
    _write(evaluations.shelf.folder(run))
    page = build_page(ScriptedPipeline(), kept, evaluations=evaluations)
    place = Place(port=free_port(), identities=Identities(accounts))
    yield Closed(open_page(page, place, Beside(evaluations=evaluations)), accounts, run)
    page.close(verbose=False)


def _write(folder: Path) -> None:
    texts_of = {
        "report.json": json.dumps(REPORT),
        "questions.jsonl": json.dumps(LINE) + "\n",
        "documents.tsv": "",
        "times.json": json.dumps({"started": "2026-01-02T00:00:00+00:00", "milliseconds": {}}),
    }
    for name, text in texts_of.items():
        (folder / name).write_text(text, encoding="utf-8")


def test_only_editors_get_a_report_and_it_runs_its_own_script_only(closed: Closed) -> None:
    path = f"/bao-cao/{closed.run}"
    assert closed.get(path).headers["location"] == "/login"
    refused = closed.get(path, "minh")
    assert (refused.status_code, VIETNAMESE.NOT_ALLOWED in refused.text) == (403, True)
    reply = closed.get(path, "lan")
    assert reply.status_code == 200
    assert HOSTILE not in reply.text
    assert "&lt;script&gt;alert(2)" in reply.text
    policy = f"{report_policy()}; frame-ancestors 'none'"
    assert reply.headers.get_list("content-security-policy") == [policy]
    assert '<html lang="vi">' in reply.text
    assert '<html lang="en">' in closed.get(f"{path}?language=en", "lan").text
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_only_editors_get_the_opinions(closed: Closed) -> None:
    assert closed.get("/gop-y.jsonl").status_code == 303
    assert closed.get("/gop-y.jsonl", "minh").status_code == 403
    reply = closed.get("/gop-y.jsonl", "lan")
    assert json.loads(reply.text)["question"] == "Cầu nào?"
    assert reply.headers["content-disposition"] == 'attachment; filename="gop-y.jsonl"'


@pytest.mark.parametrize("run", ["%2e%2e", "20260102-000000-000000", "a/b", "%2e%2e%2faccounts"])
def test_no_other_path_is_a_report(closed: Closed, run: str) -> None:
    assert closed.get(f"/bao-cao/{run}", "lan").status_code == 404


def test_both_may_come_to_the_view(closed: Closed) -> None:
    for name in ("lan", "minh"):
        reply = closed.get("/danh-gia", name)
        assert reply.status_code == 200
        assert "'sha256-" in reply.headers["content-security-policy"]
