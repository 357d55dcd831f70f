"""What visitors may put into the library, all files of one upload together."""

from pathlib import Path

import pytest

from documents.errors import DanChungError
from web import uploads
from web.texts import VIETNAMESE
from web.uploads import checked_uploads


def test_one_bad_file_keeps_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = tmp_path / "bài.txt", tmp_path / "b.exe"
    good.write_text("a")
    bad.write_text("b")
    assert checked_uploads(VIETNAMESE.library, [good]) == {good: "bài.txt"}
    with pytest.raises(DanChungError, match="loại tệp này không được nhận"):
        checked_uploads(VIETNAMESE.library, [good, bad])
    monkeypatch.setattr(uploads, "MOST_FILES", 0)
    with pytest.raises(DanChungError, match="1 tệp một lượt"):
        checked_uploads(VIETNAMESE.library, [good])
