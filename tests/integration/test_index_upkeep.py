"""Looking after an index: its history, its copies, its repair."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import HashEmbedder

from documents.document import Document
from documents.errors import DanChungError
from documents.source import MemorySource
from index import swapping
from index.backing_up import back_up, restore
from index.cli import main
from index.query import Query
from index.retriever import Retriever
from index.syncing import sync
from index.verifying import find_problems

COURT = Document("toa-an.txt", "Tòa án nhân dân tối cao xét xử giám đốc thẩm.", "Tòa án")
LAW = Document("luat.txt", "Bộ luật Hình sự quy định về tội phạm và hình phạt.", "Bộ luật")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    sync(MemorySource([COURT, LAW]), folder, embedder=HashEmbedder())
    return folder


def found(index: Path, question: str) -> list[str]:
    hits = Retriever(index, HashEmbedder()).search(Query(question))
    return list(dict.fromkeys(hit.passage.document for hit in hits))


def test_the_log_lists_the_syncs_latest_first(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sync(MemorySource([COURT]), index, embedder=HashEmbedder())
    assert main(["log", "--index", str(index), "--json"]) == 0
    syncs = json.loads(capsys.readouterr().out)["syncs"]
    assert [one["generation"] for one in syncs] == [2, 1]
    assert [one["report"]["documents"]["removed"] for one in syncs] == [1, 0]
    assert main(["log", "--index", str(index), "-n", "1"]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert "1 bỏ" in line


def test_a_copy_gives_the_index_back_in_another_place(index: Path, tmp_path: Path) -> None:
    size = back_up(index, tmp_path / "copy")
    assert size == (tmp_path / "copy").stat().st_size
    shutil.rmtree(index)
    assert restore(tmp_path / "copy", tmp_path / "other") == 2
    assert found(tmp_path / "other", "giám đốc thẩm")[0] == "toa-an.txt"
    assert find_problems(tmp_path / "other") == []


def test_a_copy_goes_in_the_place_of_what_is_there(index: Path, tmp_path: Path) -> None:
    back_up(index, tmp_path / "copy")
    sync(MemorySource([LAW]), index, embedder=HashEmbedder())
    retriever = Retriever(index, HashEmbedder())
    restore(tmp_path / "copy", index)
    retriever.refresh()
    assert retriever.search(Query("giám đốc thẩm"))[0].passage.document == "toa-an.txt"
    assert sync(MemorySource([COURT, LAW]), index, embedder=HashEmbedder()).unchanged == 2


@pytest.mark.parametrize("content", [b"", b"no database" * 100, None])
def test_what_is_no_copy_leaves_the_index_as_it_is(
    index: Path, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "copy").write_bytes(content)
    with pytest.raises(DanChungError, match="sao lưu"):
        restore(tmp_path / "copy", index)
    assert found(index, "giám đốc thẩm")[0] == "toa-an.txt"
    assert sorted(path.name for path in tmp_path.iterdir()) in (["copy", "index"], ["index"])


def test_a_copy_that_cannot_be_written_is_told(index: Path, tmp_path: Path) -> None:
    with pytest.raises(DanChungError, match="không ghi được bản sao lưu"):
        back_up(index, tmp_path / "missing" / "copy")


def test_an_index_without_its_store_gives_no_copy(index: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("older")
    for path in index.glob("store.sqlite3*"):
        path.unlink()
    with pytest.raises(DanChungError, match="store"):
        back_up(index, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "older"
    assert not (index / "store.sqlite3").exists()


def test_the_store_is_no_place_for_its_copy(index: Path) -> None:
    with pytest.raises(DanChungError, match="chọn tên khác"):
        back_up(index, index / "store.sqlite3")
    assert find_problems(index) == []


def _cannot_exchange(*_: Path) -> bool:
    return False


def _fails_to_exchange(one: Path, _: Path) -> bool:
    raise OSError(5, "Input/output error", str(one))


@pytest.mark.parametrize("exchange", [_cannot_exchange, _fails_to_exchange])
def test_an_index_that_cannot_be_put_in_place_is_not_lost(
    exchange: Callable[..., bool], index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(index, tmp_path / "copy")
    monkeypatch.setattr(swapping, "exchange", exchange)
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError(39, "Directory not empty")
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fail)
        with pytest.raises(DanChungError, match="chỉ mục cũ"):
            restore(tmp_path / "copy", index)
    assert found(index, "giám đốc thẩm")[0] == "toa-an.txt"


def _lose_manifest(index: Path) -> None:
    (index / "manifest.json").unlink()


def _spoil_manifest(index: Path) -> None:
    (index / "manifest.json").write_text("{")


def _lose_dense(index: Path) -> None:
    for path in index.glob("dense-*"):
        path.unlink()


def _spoil_lexical(index: Path) -> None:
    for path in (index / "lexical").glob("*.term"):
        path.write_bytes(b"x" * 50)


@pytest.mark.parametrize("spoil", [_lose_manifest, _spoil_manifest, _lose_dense, _spoil_lexical])
def test_what_verify_finds_it_repairs(
    index: Path, spoil: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(index)
    assert main(["verify", "--index", str(index)]) == 1
    assert "verify --repair" in capsys.readouterr().err
    assert main(["verify", "--repair", "--index", str(index), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], bool(told["repaired"])) == (True, True)
    assert found(index, "giám đốc thẩm")[0] == "toa-an.txt"
    assert main(["verify", "--index", str(index)]) == 0


def test_a_damaged_store_is_not_repaired_but_told(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = index / "store.sqlite3"
    content = bytearray(store.read_bytes())
    content[8192:] = b"\x55" * (len(content) - 8192)
    store.write_bytes(content)
    assert main(["verify", "--repair", "--index", str(index)]) == 1
    assert "--rebuild" in capsys.readouterr().err
