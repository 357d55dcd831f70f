"""Claims that a quote does not hold, made from claims that it does.

A genuine pair is a sentence and the quote that supports it. Each attack changes one thing of the
sentence (a year, a number, a percentage, the unit, day and month, the article of a law, a province,
a person, a negation) or puts the quote of another document beside it. Every sentence, genuine or
attacked, is judged as it stands, in NFD, in small letters and without accents.
"""

import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from documents.normalising import fold, normalise
from documents.sentences import split_sentences

PAIRS_PATH = Path(__file__).with_suffix(".jsonl")
GENUINE = "genuine"

_PROVINCES = (
    "An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên",
    "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Nam", "Hà Nội", "Hà Tĩnh", "Hải Phòng", "Hòa Bình",
    "Huế", "Hưng Yên", "Khánh Hòa", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Nam Định",
    "Nghệ An", "Ninh Bình", "Phú Thọ", "Quảng Bình", "Quảng Ninh", "Quảng Ngãi", "Quảng Trị",
    "Sơn La", "Tây Ninh", "Thái Nguyên", "Thanh Hóa", "Thừa Thiên Huế", "Tiền Giang",
    "Tuyên Quang", "Vĩnh Long", "Bắc Giang", "Thành phố Hồ Chí Minh",
)  # fmt: skip
_PERSONS = (
    "Đỗ Văn Tài", "Đặng Hữu Phước", "Từ Như Lai", "Vũ Thị Nhung", "Trịnh Quốc Khánh",
    "Lại Thế Đăng", "Cao Xuân Bách", "Mai Thị Theo", "La Văn Cảnh", "Phùng Đức Tú", "Bùi Tố Oanh",
    "Ngô Tấn Lộc",
)  # fmt: skip
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Tôn|Tạ|Trịnh|Đinh|Mai|Cao"
)
_LEAST_WORDS, _MOST_WORDS = 8, 60
_UPPER = "".join(c for c in map(chr, range(0x41, 0x1F00)) if c.isalpha() and c.isupper())
_PERSON = re.compile(rf"\b(?:{_SURNAMES})(?: [{_UPPER}]\w+){{1,3}}")
_PROVINCE = re.compile(rf"\b(?:{'|'.join(sorted(_PROVINCES, key=len, reverse=True))})\b")
_YEAR = re.compile(r"(?<![\d.,/-])(?P<lead>năm |/|-)(?P<year>1[89]\d\d|20\d\d)(?![\d.,/-])")
_DAY = re.compile(
    r"(?<![\d/.,-])(?P<day>\d{1,2})(?P<middle>[/-]| tháng )(?P<month>\d{1,2})"
    r"(?=(?:[/-]| năm )\d{4})"
)
_NUMBER = re.compile(r"(?<![\w.,/-])(?<!năm )\d+(?:\.\d{3})*(?:,\d+)?(?![\w.,/%-])(?! ?%)")
_PERCENT = re.compile(r"(?<![\w.,/-])\d+(?:,\d+)?(?= ?%)")
_ARTICLE = re.compile(r"\b(?:[Đđ]iều|[Kk]hoản) (?P<number>\d+)(?![\d.,/])")
_UNITS = {
    "tỷ": "triệu", "triệu": "nghìn", "nghìn": "triệu", "tấn": "kg", "kg": "tấn", "km": "m",
    "m": "km", "km²": "ha", "km2": "ha", "đồng": "USD", "USD": "đồng", "năm": "tháng",
    "tháng": "năm", "ngày": "tuần", "giờ": "phút", "%": " người", "người": "tỉnh", "tuổi": "tháng",
}  # fmt: skip
_UNIT = re.compile(rf"(?<!tháng \d)(?<!tháng \d\d)(?<=\d)(?P<blank> ?)(?P<unit>{'|'.join(_UNITS)})(?!\w)(?! \d)")
_NEGATION = re.compile(
    r"(?<!\bhàng )(?<!\bphòng )\b(?:không|chưa|chẳng)"
    r"(?! (?:gian|khí|quân|phận|lưu|chỉ|những|ngừng|ít|kể|trung|tưởng|thể))\b (?=\w)",
    re.IGNORECASE,
)
_AFFIRMED = re.compile(
    r"(?<!\bkhông )(?<!\bchưa )(?<!\bchẳng )(?<!không bị )(?<!không được )"
    r"\b(?:được|bị|phải|có|đạt|tổ chức|chủ trì|quy định|bầu|gồm|giảm|tăng|nối|ký)\b(?! thể)"
)
_WRITINGS: dict[str, Callable[[str], str]] = {
    "as it stands": str,
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "small letters": str.lower,
    "without accents": fold,
    "neither": lambda text: fold(text).lower(),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and the quote beside it."""

    sentence: str
    quote: str


@dataclass(frozen=True, slots=True)
class Trial:
    """One judgement to be made.

    Attributes
    ----------
    kind
        What was changed; `GENUINE` when nothing was.
    writing
        How the sentence is written.
    """

    kind: str
    writing: str
    sentence: str
    quote: str


def bundled_pairs() -> list[Pair]:
    """Return the genuine pairs of the project."""
    lines = PAIRS_PATH.read_text(encoding="utf-8").splitlines()
    return [Pair(**json.loads(line)) for line in lines]


def pairs_of(texts: Iterable[str], *, most: int, seed: int = 0) -> list[Pair]:
    """Return up to so many sentences of texts, each its own quote, chosen at random by the seed.

    Only whole sentences of 8 to 60 words that hold a digit or a name are taken.
    """
    found = [
        Pair(sentence, sentence)
        for text in map(normalise, texts)
        for sentence in (text[span.start : span.end] for span in split_sentences(text))
        if _LEAST_WORDS <= len(sentence.split()) <= _MOST_WORDS
        and sentence.endswith(".")
        and (re.search(r"\d", sentence) or _PROVINCE.search(sentence) or _PERSON.search(sentence))
    ]
    return random.Random(seed).sample(found, min(most, len(found)))  # noqa: S311


def trials(pairs: Sequence[Pair], *, seed: int = 0) -> Iterator[Trial]:
    """Yield what is to be judged: each pair, then its attacks, each in all writings."""
    chance = random.Random(seed)  # noqa: S311
    for place, pair in enumerate(pairs):
        claims = [(GENUINE, pair)]
        claims += [
            (kind, Pair(attacked, pair.quote))
            for kind, change in _ATTACKS.items()
            if (attacked := change(pair.sentence, pair.quote, chance)) is not None
        ]
        other = pairs[(place + 1 + chance.randrange(max(1, len(pairs) - 1))) % len(pairs)]
        if len(pairs) > 1 and other.quote != pair.quote:
            claims.append(("another document", Pair(pair.sentence, other.quote)))
        for kind, claim in claims:
            for writing, write in _WRITINGS.items():
                yield Trial(kind, writing, write(claim.sentence), claim.quote)


_Change = Callable[[str, str, random.Random], str | None]
"""From a sentence, its quote and a random generator to the attacked sentence, or None."""


def _year(sentence: str, quote: str, chance: random.Random) -> str | None:
    return _replaced(sentence, quote, chance, _YEAR, "year", _other_year)


def _other_year(year: str, chance: random.Random) -> str:
    return str(int(year) + chance.choice((-20, -3, -2, -1, 1, 2, 3, 20)))


def _number(sentence: str, quote: str, chance: random.Random) -> str | None:
    return _replaced(sentence, quote, chance, _NUMBER, 0, _other_digits)


def _percentage(sentence: str, quote: str, chance: random.Random) -> str | None:
    return _replaced(sentence, quote, chance, _PERCENT, 0, _other_digits)


def _article(sentence: str, quote: str, chance: random.Random) -> str | None:
    return _replaced(sentence, quote, chance, _ARTICLE, "number", _other_digits)


def _other_digits(number: str, chance: random.Random) -> str:
    """Return the number with another digit in one place; a first digit is never 0."""
    place = chance.choice([place for place, sign in enumerate(number) if sign.isdigit()])
    digit = chance.choice([digit for digit in "123456789" if digit != number[place]])
    return number[:place] + digit + number[place + 1 :]


def _unit(sentence: str, quote: str, chance: random.Random) -> str | None:
    del quote
    found = list(_UNIT.finditer(sentence))
    if not found:
        return None
    match = chance.choice(found)
    blank = match["blank"] or " "
    return f"{sentence[: match.start()]}{blank}{_UNITS[match['unit']]}{sentence[match.end() :]}"


def _day_and_month(sentence: str, quote: str, chance: random.Random) -> str | None:
    del quote
    found = [m for m in _DAY.finditer(sentence) if int(m["day"]) != int(m["month"])]
    if not found:
        return None
    match = chance.choice(found)
    swapped = f"{match['month']}{match['middle']}{match['day']}"
    return sentence[: match.start()] + swapped + sentence[match.end() :]


def _province(sentence: str, quote: str, chance: random.Random) -> str | None:
    return _replaced(sentence, quote, chance, _PROVINCE, 0, lambda _, c: c.choice(_PROVINCES))


def _person(sentence: str, quote: str, chance: random.Random) -> str | None:
    return _replaced(sentence, quote, chance, _PERSON, 0, lambda _, c: c.choice(_PERSONS))


def _negation_removed(sentence: str, quote: str, chance: random.Random) -> str | None:
    del quote
    found = list(_NEGATION.finditer(sentence))
    if not found:
        return None
    match = chance.choice(found)
    return sentence[: match.start()] + sentence[match.end() :]


def _negation_added(sentence: str, quote: str, chance: random.Random) -> str | None:
    del quote
    found = list(_AFFIRMED.finditer(sentence))
    if not found:
        return None
    start = chance.choice(found).start()
    return f"{sentence[:start]}không {sentence[start:]}"


_ATTACKS: dict[str, _Change] = {
    "year": _year,
    "number": _number,
    "percentage": _percentage,
    "unit": _unit,
    "day and month swapped": _day_and_month,
    "article of a law": _article,
    "province": _province,
    "person": _person,
    "negation removed": _negation_removed,
    "negation added": _negation_added,
}


def _replaced(
    sentence: str,
    quote: str,
    chance: random.Random,
    pattern: re.Pattern[str],
    group: str | int,
    other: Callable[[str, random.Random], str],
) -> str | None:
    """Return the sentence with one match changed to what its quote does not hold, or None."""
    found = list(pattern.finditer(sentence))
    if not found:
        return None
    match = chance.choice(found)
    start, end = match.span(group)
    changed = next(
        (new for new in (other(match[group], chance) for _ in range(50)) if new not in quote), None
    )
    return None if changed is None else sentence[:start] + changed + sentence[end:]
