"""Whether a number of a question stands nowhere in what is said: a near miss."""

import re
from collections.abc import Iterator, Set
from decimal import Decimal

from documents.normalising import fold, has_accents
from index.question import numbers_in
from qa.quantities import quantities_in

_WITHIN_A_WORD = re.compile(r"(?<=[a-z])\d+(?=[a-z])")  # keys of VNI that were left: "gi11p"
_ONE = re.compile(r"(?<![^\W\d_])(?:một|nhất|đầu)(?![^\W\d_])", re.IGNORECASE)
_ROMAN = re.compile(
    r"(?<!\w)(?=[IVXLC]{2}|(?<=kỷ )|(?<=kỉ )|(?<=thứ )|(?<=lần )|(?<=khóa )|(?<=chiến )|(?<=quý ))"
    r"(?P<numeral>C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?!\w)"
)
_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def lacks_a_number(question: str, wanted: Set[str], context: str) -> bool:
    """Return whether a number of the question is not in the context, in whatever form.

    "2" is there as "02", "hai" and "II", "40000" as "40.000" and "1,5 tỷ" as "1.500 triệu".

    Parameters
    ----------
    wanted
        The groups of digits of the question that must be there: those of its dates are not.
    """
    keys_left = set(_WITHIN_A_WORD.findall(fold(question).lower()))
    missing = wanted - numbers_in(context) - keys_left
    if not missing:
        return False
    said = {quantity.value for quantity in quantities_in(context, folded=False)}
    said.update(map(Decimal, _romans(context)))
    if _ONE.search(context):
        said.add(Decimal(1))
    found = {
        digits
        for quantity in quantities_in(question, folded=not has_accents(question))
        if quantity.value in said
        for digits in numbers_in(question[quantity.start : quantity.end])
    }
    return not missing <= found


def _romans(text: str) -> Iterator[int]:
    for match in _ROMAN.finditer(text):
        values = [_LETTERS[letter] for letter in match["numeral"]]
        yield sum(
            -value if value < following else value
            for value, following in zip(values, [*values[1:], 0], strict=True)
        )
