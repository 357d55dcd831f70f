"""Articles without end: those of a folder, the same begun later, and made-up ones."""

import json
import lzma
from itertools import islice
from pathlib import Path

import pytest

from documents.errors import DanChungError
from eval.bench.scale.texts import Article, articles

SHORT = {
    "title": "Sông Hương",
    "text": "Sông Hương chảy qua thành phố Huế rồi đổ ra phá Tam Giang.",
}
LONG = {"title": "Cầu  Trường Tiền", "text": " ".join(f"chữ{number}" for number in range(200))}
UNTITLED = {"text": "Núi Ngự Bình nằm bên bờ phải của sông Hương, cao hơn một trăm mét. " * 2}


def write(path: Path, *records: dict[str, str]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)


def test_the_largest_file_comes_first_and_then_all_again_without_first_words(
    tmp_path: Path,
) -> None:
    write(tmp_path / "a.jsonl.xz", SHORT)
    write(tmp_path / "b.jsonl.xz", LONG, UNTITLED)
    found = list(islice(articles(tmp_path, seed=1), 5))
    assert found[0] == Article("Cầu Trường Tiền", LONG["text"])
    assert found[1].title == "Núi Ngự Bình nằm bên bờ phải của sông Hương, cao hơn"
    assert found[2] == Article(SHORT["title"], SHORT["text"])
    later = found[3]
    assert later.title == "Cầu Trường Tiền (2)"
    assert LONG["text"].endswith(later.text)
    assert later.text.startswith("chữ67 ")
    assert found[4] == next(articles(None, seed=1))  # the rest is too short to begin later


def test_made_up_articles_are_the_same_for_the_same_seed() -> None:
    first, again, other = (list(islice(articles(None, seed=s), 20)) for s in (3, 3, 4))
    assert first == again != other
    assert len({article.text for article in first}) == 20
    assert all(len(article.text.split(". ")) >= 8 for article in first)


@pytest.mark.parametrize(
    "content",
    [b"no archive", lzma.compress(b"{"), lzma.compress(b'{"title": "x"}'), lzma.compress(b"[1]")],
    ids=["no archive", "no JSON", "no text", "a list"],
)
def test_a_file_that_cannot_be_read_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jsonl.xz").write_bytes(content)
    with pytest.raises(DanChungError, match=r"a\.jsonl\.xz: không đọc được .*JSON Lines") as told:
        next(articles(tmp_path, seed=1))
    assert "\n" not in str(told.value)
