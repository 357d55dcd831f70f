"""Questions for a number: how many, how much, which place in an order."""

import re
from collections.abc import Iterator

from eval.exam.clauses import Clause, verb_place
from eval.exam.drafts import Draft, asked, opening
from qa.quantities import Quantity, quantities_in

_HEDGE = re.compile(r"(?:hơn|trên|gần|khoảng|chừng|ước tính|xấp xỉ|tất cả|tổng cộng)\s+$")
_RANK = re.compile(
    r"(?P<verb>đứng|xếp|xếp hạng|đứng hạng|lớn|đông|dài|cao|nhiều|rộng)(?: hàng| vị trí)? thứ "
    r"(?P<rank>nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|\d+)(?!\w)"
)
_AGE = re.compile(r"(?P<number>\d{1,2}) tuổi(?!\w)")
_CHANGING = re.compile(
    r"(?:^|\s)(?:tăng|giảm|vượt|ghi nhận|doanh thu|lợi nhuận|lãi|lỗ)\s(?:\S+\s)?(?:lên |thêm "
    r"|tới |đến |còn )?$"
)
"""What is true of one time only."""
_OF_A_TIME = re.compile(r"(?:Số|Tổng số|Tổng cộng)\s")
_OF_ALL = re.compile(r"dân số\s*$")
"""Of which country is not said."""
_MOST_BEFORE_RANK = 5
_MOST_TAIL = 9
_MOST_COUNTED = 4
_FEW = 10
_STOP = re.compile(
    r"\s(?:và|nhưng|trong đó|để|nhằm|khi|vì|do|sau|trước|với|theo(?! dõi)|so với|trong khi|còn"
    r"|mà)\s"
)
_CUT_WELL = frozenset(("và", "nhưng", "trong đó", "còn", "so với", "sau", "trước", "khi"))
"""Before these words a clause may end; what follows others belongs to it."""
_LIKE_YEAR = re.compile(r"(?:19|20)\d\d(?![\d.,])")
_NOT_BEHIND = re.compile(
    r"(?:từ|trên|giữa|số|thứ|nhất|lần|lớp|khóa|hạng|cấp|tuổi|phút|giờ|phần|vào|khoảng thời gian"
    r"|ngôi|cả)\s+$|[/–-]\s*$|\d\s*$|\d (?:tới|đến)\s+$|(?:từ khi|ngoài)\s"
)
_NOT_BEFORE = re.compile(r"\s*(?:[/–-]\s*\d|(?:đến|tới)\s+(?:dưới )?\d|trên (?:tổng số )?\d)")
_BAD_UNITS = frozenset(
    [
        "ngày",
        "tháng",
        "năm",
        "quý",
        "thế",
        "phần",
        "m",
        "chỉ",
        "đã",
        "sẽ",
        "trên",
        "của",
        "trước",
        "sau",
        "lần",
        "điều",
        "khoản",
        "giờ",
        "cấp",
        "đợt",
        "vòng",
        "bên",
        "mặt",
        "trong",
        "ở",
        "tại",
        "số",
        "là",
    ]
)
_COUNT_UNIT = re.compile(r"[^\W\d_]")


def asking_number(clause: Clause, law: str) -> Iterator[Draft]:
    """Yield questions for the numbers of a clause that count or measure something."""
    begin = opening(clause, law)
    if begin is None:
        return
    yield from _rank(clause, begin)
    if clause.is_open and not clause.whole[len(clause.text) + 2 :][:1].isdigit():
        return
    quantities = quantities_in(clause.text, folded=False)
    further = {one.unit for one in quantities_in(clause.whole[len(clause.text) :], folded=False)}
    for number in quantities:
        if number.unit not in further and _is_countable(clause.text, number, quantities):
            question = _question(begin, clause.text, number)
            if question:
                yield _answered(clause, number, question)


def _rank(clause: Clause, begin: str) -> Iterator[Draft]:
    rank = _RANK.search(clause.text)
    if rank is None or clause.text[: rank.start()].count(" ") > _MOST_BEFORE_RANK:
        return
    tail = _tail(clause.text[rank.end() :])
    question = tail is not None and asked(begin, clause.text[: rank.start("rank")], "mấy", tail)
    if question:
        yield _draft("rank", clause, *rank.span("rank"), question, (f"thứ {rank['rank']}",))


def _answered(clause: Clause, number: Quantity, question: str) -> Draft:
    """Return the draft; "dưới" and "quá" stay in the question, "hơn" is part of the answer."""
    start, end = number.start, _end(clause.text, number)
    if number.hedge == "dưới" or clause.text[start:].lower().startswith("quá "):
        start = clause.text.index(" ", start) + 1
    figure = re.sub(
        r"^(?:hơn|trên|gần|khoảng|chừng) ", "", clause.text[start:end], flags=re.IGNORECASE
    )
    short = clause.text[start : _number_end(clause.text, number)].strip()
    return _draft("number", clause, start, end, question, tuple({figure: 0, short: 0}))


def further_numbers(clause: Clause, pieces: Iterator[tuple[int, str]], law: str) -> Iterator[Draft]:
    """Yield questions for numbers listed behind a clause: "có 11 chương, 120 điều"."""
    begin, verb = opening(clause, law), re.match(r"(?:có|gồm|bao gồm)\s", clause.text)
    if begin is None or verb is None:
        return
    for start, text in pieces:
        quantities = quantities_in(text, folded=False)
        if len(quantities) != 1 or quantities[0].start or quantities[0].label:
            return
        number = quantities[0]
        tail = _tail(text[_number_end(text, number) :])
        question = tail is not None and asked(begin, verb.group(), "bao nhiêu", tail)
        if question:
            end = _end(text, number)
            yield Draft(
                "number", "number", question, (text[:end],), start, start + end, clause.start
            )


def _question(begin: str, text: str, number: Quantity) -> str | None:
    before = _HEDGE.sub("", text[: number.start])
    inner = text[number.start : number.end]
    if number.hedge == "dưới":
        before += inner[: inner.lower().index("dưới") + 5]
    elif inner.lower().startswith("quá "):
        before += "quá "
    tail = _tail(text[_number_end(text, number) :])
    if tail is None or (verb_place(before or "x") is None and not before):
        return None
    if number.unit == "%":
        tail = re.sub(r"^\s*%", "phần trăm", tail)
    if _CHANGING.search(before) and not re.search(r"[12]\d{3}", f"{begin} {before} {tail}"):
        return None
    question = f"{begin} {before} {tail}"
    if _OF_A_TIME.match(begin) and not re.search(r"[12]\d{3}", question):
        return None
    if _OF_ALL.search(question) and not re.match(r"(?:Dân tộc|Người)\s", begin):
        return None
    few = number.value < _FEW and not number.measured and number.value == int(number.value)
    return asked(begin, before, "mấy" if few else "bao nhiêu", tail)


def _number_end(text: str, number: Quantity) -> int:
    """Return where the number ends, its multiplier included, before the unit."""
    match = re.compile(
        r"(?:(?:hơn|trên|quá|dưới|gần|khoảng|chừng)\s+)?(?:[\d.,\s]*\d)?\s*(?:(?:chục|trăm|nghìn"
        r"|ngàn|vạn|triệu|tỷ|tỉ)(?!\w)\s*)*",
        re.IGNORECASE,
    ).match(text, number.start, number.end)
    if match and any(map(str.isdigit, match.group())):
        return match.end()
    return number.end


def _end(text: str, number: Quantity) -> int:
    """Return where the answer ends: behind what is counted, where that is short."""
    if number.measured:
        return number.end
    tail = _tail(text[number.end :]) or ""
    tail = tail if len(tail.split()) <= _MOST_COUNTED else ""
    return number.end + (text[number.end :].find(tail) + len(tail) if tail else 0)


def _tail(text: str) -> str | None:
    """Return what stays behind the number; None when it cannot be cut off well."""
    cut = _STOP.search(f"{text} ")
    if cut and cut.group().strip() not in _CUT_WELL:
        return None
    if cut and any(map(str.isdigit, text[cut.end() :])):
        return None
    kept = text[: cut.start()] if cut else text
    if re.search(r"\blà\b|\s(?:nữ|nam)$", kept):
        return None
    if len(kept.split()) > _MOST_TAIL or not _COUNT_UNIT.search(kept.replace("%", "p")):
        return None
    return None if any(map(str.isdigit, kept)) else kept.strip()


def _is_countable(text: str, number: Quantity, others: list[Quantity]) -> bool:
    """Return whether a number is a count or measure that stands alone, not a label or a range."""
    if number.label or number.joined or not number.unit or number.value <= 1:
        return False
    if not number.measured and number.unit in _BAD_UNITS:
        return False
    same = [other for other in others if other.unit == number.unit and other.start != number.start]
    before, after = text[: number.start], text[number.end :]
    is_year = _LIKE_YEAR.match(text, number.start) is not None
    return not (same or is_year or _NOT_BEHIND.search(before) or _NOT_BEFORE.match(after))


def _draft(
    template: str, clause: Clause, start: int, end: int, question: str, more: tuple[str, ...] = ()
) -> Draft:
    answers = tuple(dict.fromkeys((clause.text[start:end], *more)))
    return Draft(
        "number",
        template,
        question,
        answers,
        clause.start + start,
        clause.start + end,
        clause.start,
    )


def asking_age(clause: Clause, law: str, text: str) -> Iterator[Draft]:
    """Yield a question for the age in the subject of a rule: "Người từ đủ 16 tuổi …".

    Parameters
    ----------
    text
        The document.
    """
    start = clause.start - len(clause.subject) - 1
    match = _AGE.search(clause.subject)
    if (
        not (law and match)
        or clause.front
        or clause.is_open
        or text[start : clause.start - 1] != clause.subject
    ):
        return
    rule = f"{clause.subject} {clause.text}"
    if len(_AGE.findall(rule)) > 1:
        return
    said = rule[: match.start("number")] + "bao nhiêu" + rule[match.end("number") :]
    question = asked(f"Theo {law},", said[0].lower() + said[1:])
    if question:
        begin, end = start + match.start("number"), start + match.end()
        answers = (text[begin:end], match["number"])
        yield Draft("number", "age", question, answers, begin, end, start)
