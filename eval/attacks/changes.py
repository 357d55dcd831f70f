"""Ways to make a sentence say what its quote does not: one thing of it is changed."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

_PROVINCES = (
    "An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên",
    "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Nam", "Hà Nội", "Hà Tĩnh", "Hải Phòng", "Hòa Bình",
    "Huế", "Hưng Yên", "Khánh Hòa", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Nam Định",
    "Nghệ An", "Ninh Bình", "Phú Thọ", "Quảng Bình", "Quảng Ninh", "Quảng Ngãi", "Quảng Trị",
    "Sơn La", "Tây Ninh", "Thái Nguyên", "Thanh Hóa", "Thừa Thiên Huế", "Tiền Giang",
    "Tuyên Quang", "Vĩnh Long", "Bắc Giang",
)  # fmt: skip
_PERSONS = (
    "Đỗ Văn Tài", "Đặng Hữu Phước", "Từ Như Lai", "Vũ Thị Nhung", "Trịnh Quốc Khánh",
    "Lại Thế Đăng", "Cao Xuân Bách", "Mai Thị Theo", "La Văn Cảnh", "Phùng Đức Tú", "Bùi Tố Oanh",
    "Ngô Tấn Lộc",
)  # fmt: skip
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Tôn|Tạ|Trịnh|Đinh|Mai|Cao"
)
_OTHER_UNITS = {
    "tỷ": "triệu", "triệu": "nghìn", "nghìn": "triệu", "tấn": "kg", "kg": "tấn", "km": "m",
    "m": "km", "km²": "ha", "km2": "ha", "đồng": "USD", "USD": "đồng", "năm": "tháng",
    "tháng": "năm", "ngày": "tuần", "giờ": "phút", "%": " người", "người": "tỉnh", "tuổi": "tháng",
}  # fmt: skip
_OPPOSITES = {
    "tăng": "giảm", "giảm": "tăng", "bổ nhiệm": "miễn nhiệm", "khởi công": "khánh thành",
    "khánh thành": "khởi công", "tối đa": "tối thiểu", "tối thiểu": "tối đa", "cao nhất":
    "thấp nhất", "lớn nhất": "nhỏ nhất", "xuất khẩu": "nhập khẩu", "trong nước": "nước ngoài",
}  # fmt: skip
_NUMERALS = ("hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười")
_UPPER = "".join(c for c in map(chr, range(0x41, 0x1F00)) if c.isalpha() and c.isupper())


def _any_of(words: Mapping[str, str] | tuple[str, ...]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


PERSON = re.compile(rf"\b(?!Cao Bằng)(?:{_SURNAMES})(?: [{_UPPER}]\w+){{1,3}}")
PROVINCE = re.compile(rf"\b(?:{_any_of(_PROVINCES)})\b")
_YEAR = re.compile(r"(?:(?<=năm )|(?<=\d[/-]))(?:1[89]\d\d|20\d\d)(?!\d|[.,/-]\d)")
_DAY = re.compile(
    r"(?<![\d/.,-])(?P<day>\d{1,2})(?P<middle>[/-]| tháng )(?!(?P=day)\b)(?P<month>\d{1,2})"
    r"(?=(?:[/-]| năm )\d{4})"
)
_NUMBER = re.compile(r"(?<![\w.,/-])(?<!năm )\d+(?:\.\d{3})*(?:,\d+)?(?!\w|[.,/-]\w| ?%)")
_NUMERAL = re.compile(rf"(?<=[^\W\d_] )(?:{_any_of(_NUMERALS)})(?= [^\W\d_])(?! mươi| trăm)")
_PERCENTAGE = re.compile(r"(?<![\w.,/-])\d+(?:,\d+)?(?= ?%)")
_ARTICLE = re.compile(r"(?<=[Đđ]iều )\d+(?![\d.,/])|(?<=[Kk]hoản )\d+(?![\d.,/])")
_UNIT = re.compile(
    r"(?<!tháng \d)(?<!tháng \d\d)(?<=\d) ?"
    rf"(?P<unit>{_any_of(_OTHER_UNITS)})(?!\w)(?! \d)"
)
_TITLE = re.compile(r"(?<!Phó )(?:Chủ tịch|Viện trưởng|Bộ trưởng|Giám đốc|Thủ tướng)(?! Hồ)")
_OPPOSITE = re.compile(rf"\b(?:{_any_of(_OPPOSITES)})\b")
_NEGATION = re.compile(
    r"(?<!\bhàng )(?<!\bphòng )\b(?:không|chưa|chẳng)"
    r"(?! (?:gian|khí|quân|phận|lưu|chỉ|những|ngừng|ít|kể|trung|tưởng|thể))\b (?=\w)",
    re.IGNORECASE,
)
_AFFIRMED = re.compile(
    r"(?<!\bkhông )(?<!\bchưa )(?<!\bchẳng )(?<!không bị )(?<!không được )"
    r"\b(?:được|bị|phải|có|đạt|tổ chức|chủ trì|quy định|bầu|gồm|giảm|tăng|nối|ký)\b(?! thể)"
)


@dataclass(frozen=True, slots=True)
class Change:
    """What is changed, and into what.

    Attributes
    ----------
    pattern
        One match, chosen at random, is changed.
    other
        From the match and a random generator to what takes its place.
    absent
        Whether that may not stand in the quote, which would then still hold the sentence.
    """

    pattern: re.Pattern[str]
    other: Callable[[re.Match[str], random.Random], str]
    absent: bool = False

    def apply(self, sentence: str, quote: str, chance: random.Random) -> str | None:
        """Return the sentence changed, or None when there is nothing to change."""
        found = list(self.pattern.finditer(sentence))
        if not found:
            return None
        match = chance.choice(found)
        others = (self.other(match, chance) for _ in range(_TRIES))
        new = next((new for new in others if not (self.absent and new in quote)), None)
        return None if new is None else sentence[: match.start()] + new + sentence[match.end() :]


_TRIES = 50


def _other_year(match: re.Match[str], chance: random.Random) -> str:
    return str(int(match[0]) + chance.choice((-20, -3, -2, -1, 1, 2, 3, 20)))


def _other_digits(match: re.Match[str], chance: random.Random) -> str:
    """Return the number with another digit in one place, never 0."""
    number = match[0]
    place = chance.choice([place for place, sign in enumerate(number) if sign.isdigit()])
    digit = chance.choice([digit for digit in "123456789" if digit != number[place]])
    return number[:place] + digit + number[place + 1 :]


def _one_of(words: tuple[str, ...]) -> Callable[[re.Match[str], random.Random], str]:
    return lambda match, chance: chance.choice([word for word in words if word != match[0]])


CHANGES: Mapping[str, Change] = MappingProxyType(
    {
        "year": Change(_YEAR, _other_year, absent=True),
        "number": Change(_NUMBER, _other_digits, absent=True),
        "number in words": Change(_NUMERAL, _one_of(_NUMERALS), absent=True),
        "percentage": Change(_PERCENTAGE, _other_digits, absent=True),
        "unit": Change(_UNIT, lambda match, _: f" {_OTHER_UNITS[match['unit']].strip()}"),
        "day and month swapped": Change(
            _DAY, lambda match, _: f"{match['month']}{match['middle']}{match['day']}"
        ),
        "article of a law": Change(_ARTICLE, _other_digits, absent=True),
        "province": Change(PROVINCE, _one_of(_PROVINCES), absent=True),
        "person": Change(PERSON, _one_of(_PERSONS), absent=True),
        "title": Change(_TITLE, lambda match, _: f"Phó {match[0]}", absent=True),
        "opposite": Change(_OPPOSITE, lambda match, _: _OPPOSITES[match[0]], absent=True),
        "negation removed": Change(_NEGATION, lambda *_: ""),
        "negation added": Change(_AFFIRMED, lambda match, _: f"không {match[0]}"),
    }
)
"""Kind of attack → the change it makes."""
