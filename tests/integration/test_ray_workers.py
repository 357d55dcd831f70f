"""Documents prepared on a real Ray: one of this machine, and one that is joined over its port."""

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.errors import DanChungError
from documents.folder import FolderSource
from index.cli import main
from index.embedding import load_embedder
from index.errors import EmbedderError
from index.query import Query
from index.ray_workers import _embedder, _prepare, on_ray
from index.retriever import open_retriever
from index.syncing import sync

DOCUMENTS = 230  # more than two batches
BROKEN = "bai-100.txt"


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tai-lieu")
    for number in range(DOCUMENTS):
        text = f"Điều {number}\n\nTòa án nhân dân cấp {number} xét xử sơ thẩm vụ án số {number}.\n"
        (folder / f"bai-{number:03d}.txt").write_text(text * 3, encoding="utf-8")
    (folder / BROKEN).write_bytes(b"\0\1\2" * 100)
    return folder


def rows(index: Path) -> list[tuple[object, ...]]:
    """Return all passages of a store with their ids, places, and vectors."""
    connection = sqlite3.connect(index / "store.sqlite3")
    found = connection.execute(
        'SELECT passage_id, path, ordinal, start, "end", vector FROM passages'
        " JOIN placements USING (passage_id) JOIN documents USING (document_id) ORDER BY 1"
    ).fetchall()
    connection.close()
    return found


def hits(index: Path) -> list[tuple[str, float]]:
    retriever = open_retriever(index)
    found = retriever.search(Query("tòa án cấp 17 xét xử vụ án nào"), 20)
    retriever.close()
    return [(hit.passage.document, hit.score) for hit in found]


@pytest.fixture(scope="module")
def made_here(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("mot") / "index"
    sync(FolderSource(documents), index, embedder=load_embedder())
    return index


@pytest.mark.scale
def test_ray_gives_the_same_index_as_one_process(
    documents: Path, made_here: Path, tmp_path: Path
) -> None:
    report = sync(
        FolderSource(documents), tmp_path, embedder=load_embedder(), preparing=on_ray("ray")
    )
    assert (report.added, [one.path for one in report.failed]) == (DOCUMENTS - 1, [BROKEN])
    assert rows(tmp_path) == rows(made_here)
    assert hits(tmp_path) == hits(made_here)


@pytest.fixture
def cluster() -> Iterator[str]:
    """Start a head node with a token; give the address of its client port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    flags = ["--num-cpus=2", "--port=0", f"--ray-client-server-port={port}"]
    flags += ["--include-dashboard=false", "--node-ip-address=127.0.0.1", "--disable-usage-stats"]
    ray = str(Path(sys.executable).with_name("ray"))
    head = subprocess.Popen(  # noqa: S603
        [ray, "start", "--head", "--block", *flags],
        env={**os.environ, **TOKEN},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"ray://127.0.0.1:{port}"
    finally:
        head.terminate()
        head.wait()


TOKEN = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": "0123456789abcdef" * 4}


def sync_in_another(
    documents: Path, index: Path, address: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Sync in a process of its own: Ray takes its settings once in a process."""
    return subprocess.run(  # noqa: S603
        [
            *(sys.executable, "-m", "index", "sync", os.path.relpath(documents)),
            *("--index", str(index), "--workers", address),
        ],
        env={**os.environ, **TOKEN, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.scale
def test_a_cluster_is_sent_the_program_and_gives_the_same_index(
    documents: Path, made_here: Path, tmp_path: Path, cluster: str
) -> None:
    done = sync_in_another(documents, tmp_path, cluster)
    assert done.returncode == 0, done.stderr
    assert rows(tmp_path) == rows(made_here)


@pytest.mark.scale
def test_no_cluster_is_told_in_one_line(documents: Path, tmp_path: Path) -> None:
    once = {
        "RAY_CLIENT_INITIAL_CONNECTION_TIMEOUT_S": "0",
        "RAY_CLIENT_MAX_CONNECTION_TIMEOUT_S": "0",
    }
    done = sync_in_another(documents, tmp_path, "ray://127.0.0.1:9", **once)
    assert done.returncode == 1
    [line] = done.stderr.strip().splitlines()
    assert "ray://127.0.0.1:9: Ray không làm được việc" in line
    assert "--workers 1" in line


def test_neither_a_number_nor_an_address_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in ("0", "ray://may-chinh", "rays"):
        with pytest.raises(SystemExit, match="2"):
            main(["sync", str(tmp_path), "--workers", text])
        assert "1 trở lên, hoặc ray, hoặc ray://HOST:PORT" in capsys.readouterr().err


def test_a_machine_without_the_folder_says_so_and_reads_nothing(tmp_path: Path) -> None:
    source = FolderSource(tmp_path)
    source.root = tmp_path / "khong-co"
    with pytest.raises(DanChungError, match=r"không thấy thư mục .*khong-co; hãy đặt"):
        _prepare(source, "bundled", "", [])


def test_a_machine_with_another_model_says_so() -> None:
    with pytest.raises(EmbedderError, match="cần 'khác'; hãy chép cùng một mô hình"):
        _embedder("bundled", "khác")


def test_a_missing_package_is_told_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")
    with pytest.raises(DanChungError, match=r"chưa cài gói ray; .* -r requirements-scale.txt"):
        list(on_ray("ray")(FolderSource(tmp_path), load_embedder(), [[]]))
