"""Articles without end: those of a folder, then their like, then made-up ones. One at a time."""

import json
import lzma
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from documents.errors import DanChungError

PATTERN = "*.jsonl.xz"
_SHIFT, _LEAST = 67, 80  # words
_TITLE_WORDS = 12
_SENTENCES = (8, 60)
_WORDS = (6, 22)
# Zipf's law holds for the words of a text; with this exponent the 20 commonest are a third of it.
_EXPONENT = 0.9
_VOCABULARY = 20_000
_ONSETS = "b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x"
_RHYMES = (
    "a à á ả ạ ai ài ái am ám an àn án ang àng áng anh ành ánh ao áo ăn ắn ăng ắng âm ấm ân ấn ầu"
    " ấu ay ây ấy e é em én eo ê ế ên ến êu i ì í im ín inh ình ính iu o ó oa oá oan oàn oang ôi ối"
    " ôm ôn ông ồng ống ơ ờ ơi ới ơn u ù ú ui um ung ùng úng ươi ười ương ường ưởng uy uyên uyến"
)


@dataclass(frozen=True, slots=True)
class Article:
    """A title, which is one line, and a text."""

    title: str
    text: str


def articles(data: Path | None, *, seed: int) -> Iterator[Article]:
    """Yield articles without end, the same for the same data and seed.

    Those of the data's JSON Lines files (``*.jsonl.xz``, keys ``title`` and ``text``) come first,
    the largest file's before the others'. Then come the same again and again without their first
    words, so that passages begin elsewhere and are others. When nothing is left, or there are no
    data, they are made up.
    """
    for turn in count() if data is not None else ():
        found = False
        for article in _of_folder(data, skipped=turn * _SHIFT):
            found = True
            yield article
        if not found:
            break
    yield from _made_up(seed)


def _of_folder(data: Path | None, *, skipped: int) -> Iterator[Article]:
    paths = data.glob(PATTERN) if data is not None else ()
    for path in sorted(paths, key=lambda path: (-path.stat().st_size, path.name)):
        try:
            with lzma.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    article = _of_line(line, skipped)
                    if article is not None:
                        yield article
        except (OSError, EOFError, lzma.LZMAError, ValueError, KeyError, TypeError) as error:
            raise DanChungError(
                f"{path}: không đọc được ({error}); cần tệp JSON Lines nén xz với khóa text,"
                " và title nếu có"
            ) from error


def _of_line(line: str, skipped: int) -> Article | None:
    record = json.loads(line)
    text = str(record["text"]).strip()
    title = " ".join(str(record.get("title") or "").split())
    title = title or " ".join(text.split(maxsplit=_TITLE_WORDS)[:_TITLE_WORDS])
    if skipped:
        words = text.split(" ", skipped)
        text = words[-1] if len(words) > skipped else ""
        if text.count(" ") < _LEAST:
            return None
        title = f"{title} ({skipped // _SHIFT + 1})"
    return Article(title, text) if title and text else None


def _made_up(seed: int) -> Iterator[Article]:
    """Yield articles of words that look Vietnamese and mean nothing."""
    generator = random.Random(seed)  # noqa: S311 - texts, not secrets
    syllables = [onset + rhyme for onset in _ONSETS.split() for rhyme in _RHYMES.split()]
    words = [
        " ".join(generator.choices(syllables, k=generator.choice((1, 2, 2))))
        for _ in range(_VOCABULARY)
    ]
    shares = [1 / (place + 10) ** _EXPONENT for place in range(_VOCABULARY)]
    bounds = [sum(shares[:1])]
    for share in shares[1:]:
        bounds.append(bounds[-1] + share)
    while True:
        sentences = []
        for _ in range(generator.randint(*_SENTENCES)):
            chosen = generator.choices(words, cum_weights=bounds, k=generator.randint(*_WORDS))
            sentences.append(" ".join(chosen).capitalize() + ".")
        title = " ".join(generator.choices(words, cum_weights=bounds, k=5)).capitalize()
        yield Article(title, " ".join(sentences))
