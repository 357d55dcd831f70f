"""Whether a sentence says of one thing what a question asks of its counterpart: a near miss.

"Thời hạn kháng cáo bản án sơ thẩm là 15 ngày" does not answer a question about "bản án phúc thẩm",
though all but one word is the same.
"""

import re

from documents.normalising import fold, search_key, syllables

_OF_SENTENCES = """
sơ thẩm, phúc thẩm, giám đốc thẩm, tái thẩm
cấp trung ương, cấp tỉnh, cấp huyện, cấp xã
tạm giữ, tạm giam
khởi tố, truy tố
nguyên đơn, bị đơn
bị can, bị cáo, bị hại
cao nhất, thấp nhất
lớn nhất, nhỏ nhất
nhiều nhất, ít nhất
dài nhất, ngắn nhất
đông nhất, ít nhất
sớm nhất, muộn nhất
tối đa, tối thiểu
đầu tiên, cuối cùng
nhập khẩu, xuất khẩu
nhập siêu, xuất siêu
thành thị, nông thôn
trong nước, nước ngoài
nam giới, nữ giới
đàn ông, phụ nữ
con trai, con gái
miền bắc, miền trung, miền nam
chủ tịch nước, chủ tịch quốc hội, thủ tướng, tổng bí thư
bộ trưởng, thứ trưởng
"""
"""Each line: things of which a sentence that names one, and not the one asked about, is of it."""
_OF_PASSAGES = """
sơ thẩm, phúc thẩm, giám đốc thẩm, tái thẩm
tạm giữ, tạm giam
tố tụng hình sự, tố tụng dân sự, tố tụng hành chính
bộ luật hình sự, bộ luật dân sự, bộ luật lao động
vụ án hình sự, vụ án dân sự, vụ án hành chính
trách nhiệm hình sự, trách nhiệm dân sự
ngành công an, ngành tòa án, ngành kiểm sát, ngành giáo dục, ngành y tế
kiểm sát viên, điều tra viên, thẩm phán, luật sư
"""
"""The same for passages: all sentences of one are of what it or its title names."""

_DEPUTY = re.compile(r" pho (?=\w)")
_LAW = re.compile(r" (?:bo luat|luat|phap lenh|nghi dinh|thong tu)(?: \w+){3}(?= )")
_REPLACES = r" (?:thay|thay the|thay cho|thay the cho|bai bo|sua doi(?: \w+){0,6})(?= )"
_COUNTING = re.compile(r" (?:bao nhieu|may|gom) ")


def is_of_counterpart(question: str, sentence: str, context: str) -> bool:
    """Return whether a sentence, or all around it, names a counterpart of what is asked about.

    And not that itself. ``context`` is the passage and its title.
    """
    asked, said, around = _key(question), _key(sentence), _key(context)
    if _is_replaced(asked, said):
        return True
    return any(_is_other(group, asked, said) for group in _SENTENCE_GROUPS) or any(
        _is_other(group, asked, around) for group in _PASSAGE_GROUPS
    )


def _is_other(group: tuple[str, ...], asked: str, said: str) -> bool:
    wanted = [one for one in group if one in asked]
    if not wanted or any(one in said for one in wanted):
        return False
    return any(one in said for one in group)


def _is_replaced(asked: str, said: str) -> bool:
    """Return whether the law of which something is counted is only named as what another replaces.

    "Luật Căn cước thay cho Luật Căn cước công dân năm 2014 và gồm 46 điều" counts the new one.
    """
    if not _COUNTING.search(asked):
        return False
    asked, said = asked.replace(" nam ", " "), said.replace(" nam ", " ")  # "Luật … (năm) 2014"
    return any(
        0 < said.count(law) == len(re.findall(f"{_REPLACES}{law} ", said))
        for law in _LAW.findall(asked)
    )


def _key(text: str) -> str:
    """Return the folded syllables between blanks; "phó" belongs to the office behind it."""
    return _DEPUTY.sub(" pho_", f" {' '.join(syllables(fold(search_key(text))))} ")


def _groups(lines: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(_key, line.split(","))) for line in lines.strip().splitlines())


_SENTENCE_GROUPS, _PASSAGE_GROUPS = _groups(_OF_SENTENCES), _groups(_OF_PASSAGES)
