"""The numbers of a text: values, units and what they number, in whatever form they are written.

"1.000", "1000" and "1 000" are one value, "1,5 tỷ" is "1.500 triệu", "hai mươi" is 20, and a date
is its day, month and year in this order: "2/9/1945", "ngày 2 tháng 9 năm 1945", "1945-09-02".
Texts without accents are read too; two texts are compared when both have accents or neither has.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from documents.dates import DateMention
from documents.normalising import fold, search_key
from index.question_dates import dates_of
from qa.function_words import is_function_word
from qa.numerals import written_numbers

_MULTIPLIERS = {
    "chục": 10, "trăm": 100, "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6,
    "tỷ": 10**9, "tỉ": 10**9,
}  # fmt: skip
_UNITS = {
    "%": ("%", "phần trăm"),
    "km²": ("km²", "km2", "ki-lô-mét vuông", "kilômét vuông", "cây số vuông"),
    "km": ("km", "ki-lô-mét", "kilômét", "cây số"),
    "m²": ("m²", "m2", "mét vuông"),
    "m³": ("m³", "m3", "mét khối"),
    "m": ("m", "mét"),
    "cm": ("cm",),
    "mm": ("mm",),
    "ha": ("ha", "héc-ta", "héc ta", "hecta"),
    "kg": ("kg", "ki-lô-gam", "kilôgam", "ki-lô", "cân"),
    "g": ("g", "gam", "gram"),
    "tạ": ("tạ",),
    "tấn": ("tấn",),
    "lít": ("lít",),
    "USD": ("USD", "đô la Mỹ", "đô-la Mỹ", "đô la", "đô-la", "$"),
    "euro": ("euro", "EUR", "€"),
    "đồng": ("đồng", "VNĐ", "VND", "đ"),
    "giờ": ("giờ", "tiếng đồng hồ", "h"),
    "phút": ("phút",),
    "giây": ("giây",),
    "ngày": ("ngày",),
    "tuần": ("tuần",),
    "tháng": ("tháng",),
    "quý": ("quý",),
    "năm": ("năm",),
    "thế kỷ": ("thế kỷ", "thế kỉ"),
    "độ": ("độ C", "°C", "độ"),
}
_LISTED_LABELS = frozenset(("điều", "khoản", "điểm", "mục", "chương"))
_LABELS = {
    **{word: word for word in ("ngày", "tháng", "năm", "quý", "số", "kỳ", "khóa", "cụm", "thứ")},
    **{word: word for word in ("hạng", "lần", "phường", "tập", "cấp", "vòng", "đợt")},
    **{word: word for word in sorted(_LISTED_LABELS)},
    "mùng": "ngày",
    "mồng": "ngày",
}
_HEDGES = {
    "hơn": "hơn", "trên": "hơn", "quá": "hơn", "dưới": "dưới", "gần": "gần", "khoảng": "khoảng",
    "chừng": "khoảng",
}  # fmt: skip

_NUMBER = re.compile(
    r"(?<![^\W_])(?P<sign>(?<=[ (])-)?"
    r"(?P<digits>\d{1,3}(?:[ \u00a0]\d{3})+(?![\d.,]*\d)|\d+(?:[.,]\d+)*)"
    r"(?P<letter>[^\W\d_]*)(?P<digit_after>\d?)"
)
_JOINT = re.compile(r"[/:–—-]\s?")
_LISTED = re.compile(r"\s*(?:,|;|và|va|–|-)\s*")
_LAST_WORD = re.compile(r"([^\W\d_]+) ?$")
_NEXT_WORD = re.compile(r" ?([^\W\d_]+)")
_CLOCK = re.compile(r"(?<=\d)(?:h|g)(?=\d\d(?!\d))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a text: ``text[start:end]``, with its label or hedge and its unit of measure.

    Attributes
    ----------
    value
        With its multiplier: 1,5 tỷ is 1500000000.
    unit
        The unit, or the first syllable of what is counted; empty when neither follows.
    measured
        Whether the unit is one of measure, not a thing counted.
    label
        What is numbered: "điều" of "Điều 174"; "ngày", "tháng", "năm" in a date; or empty.
    hedge
        "hơn", "dưới", "gần", "khoảng" or empty.
    joined
        Whether it is written as one with the number before it: "127/129", a date, a range.
    """

    start: int
    end: int
    value: Decimal
    unit: str = ""
    measured: bool = False
    label: str = ""
    hedge: str = ""
    joined: bool = False


def quantities_in(text: str, *, folded: bool) -> list[Quantity]:
    """Return the numbers of a text in reading order; those of one date share its span.

    A number that is part of a word ("F0", "5a") is none. Text is expected in NFC.

    Parameters
    ----------
    folded
        Whether accents are passed over, as when the other text has none.
    """
    read = fold(text) if folded else text
    vocabulary = _VOCABULARIES[folded]
    dates = dates_of(read)
    taken = [(mention.start, mention.end) for mention in dates]
    numerals = (Quantity(n.start, n.end, Decimal(n.value)) for n in written_numbers(text))
    found = [part for mention in dates for part in _date_parts(read, mention)]
    found += _figures(read, taken, vocabulary)
    found += [_described(read, numeral, vocabulary) for numeral in numerals]
    found.sort(key=lambda quantity: quantity.start)
    return _with_shared_units(_with_listed_labels(read, found))


def read_clock(text: str) -> str:
    """Return the text with "8h30" as "8 giờ 30"."""
    return _CLOCK.sub(" giờ ", text)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words around numbers, with accents or without; each maps to one name."""

    folded: bool
    multipliers: dict[str, int]
    units: dict[str, str]
    labels: dict[str, str]
    hedges: dict[str, str]
    after: re.Pattern[str]


def _vocabulary(*, folded: bool) -> _Vocabulary:
    def read(word: str) -> str:
        return fold(word).lower() if folded else word

    def key(word: str) -> str:
        return search_key(read(word))

    multipliers = {key(word): factor for word, factor in _MULTIPLIERS.items()}
    units = {key(form): name for name, forms in _UNITS.items() for form in forms}
    written = [*_MULTIPLIERS], [form for forms in _UNITS.values() for form in forms]
    several, listed = (
        "|".join(map(re.escape, sorted(map(read, forms), key=len, reverse=True)))
        for forms in written
    )
    after = re.compile(
        rf" ?(?:(?P<multiplier>{several})(?![^\W_]))?"
        rf"(?: ?(?P<unit>{listed})(?![^\W_]))?",
        re.IGNORECASE,
    )
    return _Vocabulary(
        folded,
        multipliers,
        units,
        {key(word): name for word, name in _LABELS.items()},
        {key(word): name for word, name in _HEDGES.items()},
        after,
    )


_VOCABULARIES = {folded: _vocabulary(folded=folded) for folded in (False, True)}


def _date_parts(text: str, mention: DateMention) -> Iterator[Quantity]:
    before = _LAST_WORD.search(text, max(0, mention.start - 12), mention.start)
    led = before is not None and fold(before[1]).lower() in {"ngay", "mung", "mong"}
    start = before.start() if before and led else mention.start
    parts = {"ngày": mention.day, "tháng": mention.month, "năm": mention.year}
    joined = False
    for label, value in parts.items():
        if value is not None:
            yield Quantity(start, mention.end, Decimal(value), label=label, joined=joined)
            joined = True


def _figures(
    text: str, taken: Sequence[tuple[int, int]], vocabulary: _Vocabulary
) -> Iterator[Quantity]:
    end = -1
    for match in _NUMBER.finditer(text):
        start = match.start("digits")
        if any(first <= start < last for first, last in taken) or _is_word(match, vocabulary):
            continue
        joint = _JOINT.fullmatch(text, end, start) if 0 <= end <= start else None
        sign = Decimal(-1 if match["sign"] and not joint else 1)
        end = match.end("digits")
        for position, value in enumerate(_values(match["digits"])):
            bare = Quantity(start, end, sign * value, joined=bool(joint or position))
            yield _described(text, bare, vocabulary)


def _is_word(match: re.Match[str], vocabulary: _Vocabulary) -> bool:
    """Return whether letters stand right behind the digits that are no unit: "5a"."""
    letters = match["letter"].lower()
    known = letters in vocabulary.units or letters in vocabulary.multipliers
    squared = f"{letters}{match['digit_after']}" in vocabulary.units
    return bool(letters) and not (squared if match["digit_after"] else known)


def _values(digits: str) -> list[Decimal]:
    """Return the value of a number, or of each part of "3.2.1"."""
    bare = re.sub(r"[ \u00a0]", "", digits)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+|\d+", bare):
        return [Decimal(bare.replace(".", "").replace(",", "."))]
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d+\.\d+", bare):
        return [Decimal(bare.replace(",", ""))]
    return [Decimal(part) for part in re.split(r"[.,]", bare)]


def _described(text: str, number: Quantity, vocabulary: _Vocabulary) -> Quantity:
    """Return the bare number with what stands around it."""
    before = _LAST_WORD.search(text, max(0, number.start - 12), number.start)
    word = search_key(before[1]) if before else ""
    label, hedge = vocabulary.labels.get(word, ""), vocabulary.hedges.get(word, "")
    led_by = text[: before.start()].rstrip() if before else ""
    if led_by[-1:].isdigit():
        hedge = ""  # "127 trên 129"
    if led_by.endswith("con"):
        label = ""  # "con số 500 người"
    after = vocabulary.after.match(text, number.end)
    multiplier, unit = (after["multiplier"], after["unit"]) if after else (None, None)
    end = after.end() if after and (multiplier or unit) else number.end
    counted = "" if unit or label else _counted(text, end, folded=vocabulary.folded)
    return replace(
        number,
        start=before.start() if before and (label or hedge) else number.start,
        end=end,
        value=number.value * (vocabulary.multipliers[search_key(multiplier)] if multiplier else 1),
        unit=vocabulary.units[search_key(unit)] if unit else counted,
        measured=bool(unit),
        label=label,
        hedge=hedge,
    )


def _counted(text: str, end: int, *, folded: bool) -> str:
    word = _NEXT_WORD.match(text, end)
    key = search_key(word[1]) if word else ""
    return "" if is_function_word(key, folded=folded) else key


def _with_listed_labels(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Give each number of a list the label of the first: "các điều 5, 6 và 7"."""
    labelled: list[Quantity] = []
    for quantity in found:
        label = labelled[-1].label if labelled else ""
        between = text[labelled[-1].end : quantity.start] if labelled else ""
        listed = label in _LISTED_LABELS and not quantity.label and _LISTED.fullmatch(between)
        labelled.append(replace(quantity, label=label, unit="") if listed else quantity)
    return labelled


def _with_shared_units(found: list[Quantity]) -> list[Quantity]:
    """Give each number of a range the unit at its end: "10-15%"."""
    for place in range(len(found) - 2, -1, -1):
        following = found[place + 1]
        if following.joined and not found[place].unit and not found[place].label:
            found[place] = replace(found[place], unit=following.unit, measured=following.measured)
    return found
