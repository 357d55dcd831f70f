"""Words in small letters that may not be changed: provinces, titles, and those with an opposite."""

import re
from collections.abc import Iterable, Sequence

from documents.normalising import fold, search_key
from qa.claim_words import ClaimWord
from qa.function_words import is_function_word

_PROVINCES = """
an giang|bà rịa|vũng tàu|bắc giang|bắc kạn|bạc liêu|bắc ninh|bến tre|bình định|bình dương
bình phước|bình thuận|cà mau|cần thơ|cao bằng|đà nẵng|đắk lắk|đắk nông|điện biên|đồng nai|đồng tháp
gia lai|hà giang|hà nam|hà nội|hà tĩnh|hải dương|hải phòng|hậu giang|hòa bình|hưng yên|khánh hòa
kiên giang|kon tum|lai châu|lâm đồng|lạng sơn|lào cai|long an|nam định|nghệ an|ninh bình|ninh thuận
phú thọ|phú yên|quảng bình|quảng nam|quảng ngãi|quảng ninh|quảng trị|sóc trăng|sơn la|tây ninh
thái bình|thái nguyên|thanh hóa|thừa thiên huế|huế|tiền giang|hồ chí minh|trà vinh|tuyên quang
vĩnh long|vĩnh phúc|yên bái
"""
_TITLES = """
chủ tịch|bí thư|viện trưởng|giám đốc|bộ trưởng|thủ tướng|thứ trưởng|chánh án|chánh văn phòng
thẩm phán|kiểm sát viên|điều tra viên|luật sư|hiệu trưởng|cục trưởng|vụ trưởng|trưởng ban
trưởng phòng|trưởng công an|tổng thống|tổng giám đốc|tổng bí thư|đại tướng|thượng tướng|trung tướng
thiếu tướng
đại tá|thượng tá|trung tá|thiếu tá|đại úy|thượng úy|trung úy|thiếu úy|giáo sư|tiến sĩ|thạc sĩ|bác sĩ
ủy viên|đại biểu|bị can|bị cáo|bị hại|bị đơn|nguyên đơn|nhân chứng|ông|bà
"""
_WITH_OPPOSITE = """
tăng|giảm|vượt|thấp|cao|thắng|thua|đạt|tối đa|tối thiểu|nhiều nhất|ít nhất|lớn nhất|nhỏ nhất
đồng ý|từ chối|bác bỏ|chấp nhận|ủng hộ|phản đối|cho phép|bắt buộc|tự nguyện|khởi tố|đình chỉ
kết tội|vô tội|có tội|thành công|thất bại|hợp pháp|trái phép|trái pháp luật|phê chuẩn|hủy|hủy bỏ
nhập khẩu|xuất khẩu|khởi công|khánh thành|bổ nhiệm|miễn nhiệm|bãi nhiệm|cách chức|sáng|chiều|tối
đầu tiên|cuối cùng|duy nhất|bắc|nam|đông|tây|trong nước|nước ngoài|trực tiếp|trực tuyến
"""
_NAME_FOLLOWS = """
ông|bà|anh|chị|em|cụ|chí|tướng|cáo|can|trưởng|tịch|thư|đốc|tỉnh|phố|huyện|quận|xã|phường|thôn|ấp
"""


def telling_words(spelled: str, *, folded: bool) -> list[str]:
    """Return the telling words of a text, in order.

    Of a text without accents only those of several syllables of which none may be a function word:
    "Mẫu Sơn là" would be the province Sơn La.

    Parameters
    ----------
    spelled
        Its keys between single blanks.
    """
    return _TELLING[folded].findall(spelled)


def leads_to_name(words: Sequence[ClaimWord], *, reach: int, folded: bool) -> frozenset[int]:
    """Return the positions of the words that may be a name, in small letters, after a title.

    These are up to ``reach`` words right behind "ông", "tỉnh" and the like.
    """
    return frozenset(
        place
        for position, word in enumerate(words)
        if word.key in _LEADING[folded]
        for place in range(position + 1, position + 1 + reach)
        if place < len(words) and all(w.joined for w in words[position + 1 : place + 1])
    )


def _pattern(listed: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(listed, key=len, reverse=True)
    return re.compile(rf"(?<= )(?:{'|'.join(longest_first)})(?= )")


def _is_plain(words: str) -> bool:
    syllables = words.split(" ")
    return len(syllables) > 1 and not any(is_function_word(key, folded=True) for key in syllables)


_LISTED = [
    words
    for words in re.split(r"[|\n]", search_key(_PROVINCES + _TITLES + _WITH_OPPOSITE))
    if words
]
_TELLING = {
    False: _pattern(_LISTED),
    True: _pattern(filter(_is_plain, map(fold, _LISTED))),
}
_LEADING = {
    folded: frozenset(re.split(r"[|\n]", spell(_NAME_FOLLOWS))) - {""}
    for folded, spell in ((False, search_key), (True, fold))
}
