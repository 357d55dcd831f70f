"""ZIP archives as folders of documents."""

import pickle
import warnings
from pathlib import Path
from unicodedata import normalize
from zipfile import ZipFile

import pytest
from zip_files import add_link, rename_raw, set_flag, write_zip

from documents import zip_folder
from documents.errors import UnreadableDocumentError
from documents.folder import FolderSource
from documents.legacy_encodings import from_tcvn3, western
from documents.source import Entry
from documents.zip_folder import MOST_MEMBERS, ZipFolder, ZipFolders, archive_in, split_path

TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
TEXT = "Chim về tổ lúc chiều muộn.\n"
LEGACY_NAMES = ("Quyết định số một.txt", "Nghị quyết về ruộng đất.txt", "Báo cáo tổng kết năm.txt")


def _listed(file: Path) -> tuple[list[str], dict[str, str]]:
    """Return the paths of the documents in an archive, and path → why of what is skipped."""
    members = ZipFolder(file).members
    return (
        [member.path for member in members if not member.skipped],
        {member.path: member.skipped for member in members if member.skipped},
    )


def test_documents_of_an_archive_are_those_of_a_folder(tmp_path: Path) -> None:
    write_zip(
        tmp_path / "Tin.ZIP",
        {"b.txt": TEXT, "sâu/a.md": TEXT, "./c.txt": TEXT, "e.png": b"x", "sâu/": b""},
    )
    (tmp_path / "trước.txt").write_text(TEXT, encoding="utf-8")
    source = FolderSource(tmp_path)
    assert [entry.path for entry in source.entries()] == [
        *("Tin.ZIP/b.txt", "Tin.ZIP/c.txt", "Tin.ZIP/sâu/a.md"),
        "trước.txt",
    ]
    document = source.load("Tin.ZIP/sâu/a.md")
    assert (document.path, document.text) == ("Tin.ZIP/sâu/a.md", TEXT)
    assert source.fingerprint("Tin.ZIP/b.txt") == source.fingerprint("trước.txt")


def test_what_systems_leave_beside_documents_is_left_out(tmp_path: Path) -> None:
    write_zip(
        tmp_path / "a.zip",
        {"__MACOSX/._a.txt": "x", ".git/b.txt": "x", "~$c.docx": "x", ".d.txt": "x"},
    )
    assert _listed(tmp_path / "a.zip") == ([], {})


def test_a_folder_with_an_archives_name_stays_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.zip").mkdir()
    (tmp_path / "a.zip" / "b.txt").write_text(TEXT, encoding="utf-8")
    source = FolderSource(tmp_path)
    assert [entry.path for entry in source.entries()] == ["a.zip/b.txt"]
    assert source.load("a.zip/b.txt").text == TEXT
    assert split_path(tmp_path, "a.zip/b.txt") == (tmp_path / "a.zip" / "b.txt", "")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../ngoài.txt", r"\(\.\.\)"),
        ("a/../../ngoài.txt", r"\(\.\.\)"),
        ("..\\ngoài.txt", r"\(\.\.\)"),
        ("/etc/passwd", "tuyệt đối"),
        ("C:\\a.txt", "tuyệt đối"),
        ("trong.zip", "nằm trong tệp nén"),
        ("bom.txt", "bom nén"),
    ],
)
def test_a_dangerous_member_is_refused_and_does_not_stop_the_others(
    name: str, why: str, tmp_path: Path
) -> None:
    content = "a" * 5_000_000 if name == "bom.txt" else TEXT
    write_zip(tmp_path / "a.zip", {name: content, "tốt.txt": TEXT})
    documents, skipped = _listed(tmp_path / "a.zip")
    assert documents == ["tốt.txt"]
    [reason] = skipped.values()
    with pytest.raises(UnreadableDocumentError, match=why):
        raise UnreadableDocumentError(reason)
    assert "\n" not in reason
    with pytest.raises(UnreadableDocumentError):
        FolderSource(tmp_path).load(f"a.zip/{name}")


def test_links_and_encrypted_members_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    write_zip(file, {"khoa.txt": TEXT, "tốt.txt": TEXT})
    add_link(file, "link.txt", "/etc/passwd")
    set_flag(file, "khoa.txt", 1)
    documents, skipped = _listed(file)
    assert documents == ["tốt.txt"]
    assert "mật khẩu" in skipped["khoa.txt"]
    assert "liên kết" in skipped["link.txt"]


def test_the_second_of_two_equal_names_is_refused(tmp_path: Path) -> None:
    with warnings.catch_warnings(), ZipFile(tmp_path / "a.zip", "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.txt", "một")
        archive.writestr("./a.txt", "hai")
    documents, skipped = _listed(tmp_path / "a.zip")
    assert (documents, list(skipped)) == (["a.txt"], ["a.txt (2)"])
    assert FolderSource(tmp_path).load("a.zip/a.txt").text == "một"


def test_a_member_beyond_a_documents_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_zip(tmp_path / "a.zip", {"a.txt": TEXT, "b.txt": TEXT * 2})
    monkeypatch.setattr(zip_folder, "MOST_BYTES", len(TEXT.encode()))
    documents, skipped = _listed(tmp_path / "a.zip")
    assert (documents, list(skipped)) == (["a.txt"], ["b.txt"])
    assert "tối đa" in skipped["b.txt"]


def test_too_many_members_are_refused_as_a_whole(tmp_path: Path) -> None:
    write_zip(tmp_path / "đủ.zip", {f"{n}.txt": "" for n in range(MOST_MEMBERS)})
    assert len(ZipFolder(tmp_path / "đủ.zip").members) == MOST_MEMBERS
    write_zip(tmp_path / "quá.zip", {f"{n}.txt": "" for n in range(MOST_MEMBERS + 1)})
    with pytest.raises(UnreadableDocumentError, match="10001 mục, tối đa 10000"):
        ZipFolder(tmp_path / "quá.zip")


@pytest.mark.parametrize(
    ("limit", "why"), [("MOST_EXPANDED", "bung ra hơn"), ("_MOST_DIRECTORY", "mục lục")]
)
def test_too_much_is_refused_as_a_whole(
    limit: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_zip(tmp_path / "a.zip", {f"{n}.txt": TEXT for n in range(9)})
    monkeypatch.setattr(zip_folder, limit, 100)
    monkeypatch.setattr(zip_folder._CappedFile, "cap", zip_folder._MOST_DIRECTORY)
    with pytest.raises(UnreadableDocumentError, match=why):
        ZipFolder(tmp_path / "a.zip")


def test_many_small_bombs_are_one_bomb(tmp_path: Path) -> None:
    write_zip(tmp_path / "a.zip", {f"{n}.txt": "a" * 999_000 for n in range(30)})
    with pytest.raises(UnreadableDocumentError, match="bom nén"):
        ZipFolder(tmp_path / "a.zip")


def test_an_archive_that_cannot_be_opened_is_a_closed_folder(tmp_path: Path) -> None:
    (tmp_path / "hỏng.zip").write_bytes(b"PK\x03\x04 nothing more")
    source = FolderSource(tmp_path)
    assert list(source.entries()) == [Entry("hỏng.zip", is_closed=True)]
    with pytest.raises(UnreadableDocumentError, match="bị hỏng"):
        source.load("hỏng.zip")


def test_a_damaged_member_is_told_and_does_not_stop_the_others(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("b.txt", TEXT)
    content = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(content.replace(TEXT.encode(), TEXT.upper().encode(), 1))
    source = FolderSource(tmp_path)
    with pytest.raises(UnreadableDocumentError, match="bị hỏng"):
        source.load("a.zip/a.txt")
    assert source.fingerprint("a.zip/a.txt") == ""
    assert source.load("a.zip/b.txt").text == TEXT


def test_a_utf8_name_without_its_mark_is_mended(tmp_path: Path) -> None:
    name = "Hội nghị.txt"
    write_zip(tmp_path / "a.zip", {"x" * len(name.encode()): "", "y.txt": TEXT})
    rename_raw(tmp_path / "a.zip", "x" * len(name.encode()), name.encode())
    assert _listed(tmp_path / "a.zip") == ([name, "y.txt"], {})


@pytest.mark.parametrize("encoding", ["TCVN3", "windows-1258"])
def test_legacy_names_are_mended_together(encoding: str, tmp_path: Path) -> None:
    encode = {"TCVN3": _tcvn3, "windows-1258": _windows_1258}[encoding]
    raw = [encode(name) for name in LEGACY_NAMES]
    stand_ins = [chr(ord("a") + place) * len(one) for place, one in enumerate(raw)]
    write_zip(tmp_path / "a.zip", dict.fromkeys(stand_ins, TEXT))
    for stand_in, one in zip(stand_ins, raw, strict=True):
        rename_raw(tmp_path / "a.zip", stand_in, one)
    assert _listed(tmp_path / "a.zip") == (sorted(LEGACY_NAMES), {})


def _tcvn3(name: str) -> bytes:
    bytes_of = {from_tcvn3(western(bytes([byte]))): bytes([byte]) for byte in range(0x80, 0x100)}
    return b"".join(bytes_of.get(letter) or letter.encode("ascii") for letter in name)


def _windows_1258(name: str) -> bytes:
    """Return a letter with its hat, then its tone."""
    encoded = b""
    for letter in name:
        parts = normalize("NFD", letter)
        base = normalize("NFC", "".join(part for part in parts if part not in TONE_MARKS))
        encoded += (base + "".join(part for part in parts if part in TONE_MARKS)).encode("cp1258")
    return encoded


def test_other_legacy_names_stay_as_zip_has_them(tmp_path: Path) -> None:
    write_zip(tmp_path / "a.zip", {"xyz.txt": TEXT})
    rename_raw(tmp_path / "a.zip", "xyz.txt", "Mül.txt".encode("cp437"))
    assert _listed(tmp_path / "a.zip") == (["Mül.txt"], {})


def test_decomposed_names_are_composed(tmp_path: Path) -> None:
    write_zip(tmp_path / "a.zip", {"o\u0302\u0301.txt": TEXT})
    assert _listed(tmp_path / "a.zip") == (["\u1ed1.txt"], {})


def test_an_archive_is_opened_once_for_all_its_members(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_zip(tmp_path / "a.zip", {"a.txt": TEXT, "b.txt": TEXT})
    opened: list[Path] = []

    class Counting(ZipFolder):
        def __init__(self, file: Path) -> None:
            opened.append(file)
            super().__init__(file)

    monkeypatch.setattr(zip_folder, "ZipFolder", Counting)
    source = FolderSource(tmp_path)
    for entry in source.entries():
        source.load(entry.path)
    assert opened == [tmp_path / "a.zip"]
    write_zip(tmp_path / "a.zip", {"a.txt": "Khác."})
    assert source.load("a.zip/a.txt").text == "Khác."
    assert len(opened) == 2


def test_a_source_goes_to_other_processes_with_no_archive_open(tmp_path: Path) -> None:
    write_zip(tmp_path / "a.zip", {"a.txt": TEXT})
    source = FolderSource(tmp_path)
    list(source.entries())
    copy: FolderSource = pickle.loads(pickle.dumps(source))  # noqa: S301 - our own
    assert copy.load("a.zip/a.txt").text == TEXT
    assert isinstance(copy._zips, ZipFolders)


def test_the_archive_of_a_path_is_named() -> None:
    assert archive_in("tin/a.zip/b/c.txt") == "tin/a.zip"
    assert archive_in("tin/a.txt") == archive_in("tin/a.zip") == ""
