"""Vietnamese encodings from before Unicode: their bytes, and those bytes shown as Western letters.

TCVN3 (fonts .VnTime …, standard TCVN 5712:1993) has a byte for each letter; VNI (fonts VNI-Times …)
writes a letter and its mark as two; windows-1258 has letters and combining tones. Programs that do
not know them show their bytes as windows-1252 ("Hµ Néi", "Haø Noäi"), and UTF-8 too ("HÃ  Ná»™i").
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

_TCVN3_FIRST = 0xA1
# In the order of their bytes from 0xA1 to 0xFE; blanks are combining tones, which fonts lack.
_TCVN3 = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ     àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ"
)
# VNI: one mark for the tone, or for the hat or breve with its tone; some letters are bytes alone.
_VNI_MARKS = "øùûõïâáàåãäêéèúüë"
_VNI_COMBINED = {
    "a": "àáảãạâấầẩẫậăắằẳẵặ",
    "e": "èéẻẽẹêếềểễệ",
    "o": "òóỏõọôốồổỗộ",
    "u": "ùúủũụ",
    "y": "ỳýỷỹ",
    "ô": "ờớởỡợ",
    "ö": "ừứửữự",
}
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _tcvn3_table() -> dict[int, str]:
    return {
        _TCVN3_FIRST + place: letter for place, letter in enumerate(_TCVN3) if not letter.isspace()
    }


def _vni_table() -> dict[str, str]:
    """Map what VNI writes to letters, in each case that occurs."""
    table = dict(_VNI_LETTERS)
    for base, letters in _VNI_COMBINED.items():
        table |= {base + mark: one for mark, one in zip(_VNI_MARKS, letters, strict=False)}
    capitals = {key.upper(): letter.upper() for key, letter in table.items()}
    mixed = {key.capitalize(): letter.upper() for key, letter in table.items()}
    return {**mixed, **capitals, **table}


_TCVN3_LETTERS = _tcvn3_table()
_VNI_TABLE = _vni_table()
_VNI_PATTERN = re.compile("|".join(sorted(_VNI_TABLE, key=len, reverse=True)))


def western(data: bytes) -> str:
    """Return bytes as windows-1252 shows them; the five that it lacks are control characters."""
    return "".join(map(_WESTERN.__getitem__, data))


def western_bytes(text: str) -> bytes:
    """Return the bytes that `western` shows as a text.

    Raises
    ------
    ValueError
        Some character is not of windows-1252.
    """
    try:
        return bytes(map(_WESTERN_BYTES.__getitem__, text))
    except KeyError as error:
        raise ValueError(f"{error.args[0]!r} is not of windows-1252") from None


def _show(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_WESTERN = tuple(map(_show, range(256)))
# Some programs show windows-1252's own characters as the control characters of Latin-1.
_WESTERN_BYTES = {
    **{chr(byte): byte for byte in range(256)},
    **{character: byte for byte, character in enumerate(_WESTERN)},
}


def from_tcvn3(text: str) -> str:
    """Return TCVN3 shown as Western letters (``Hµ Néi``) as it was meant."""
    return text.translate(_TCVN3_LETTERS)


def from_vni(text: str) -> str:
    """Return VNI shown as Western letters (``Haø Noäi``) as it was meant."""
    return _VNI_PATTERN.sub(lambda match: _VNI_TABLE[match.group()], text)


def from_windows_1258(text: str) -> str:
    """Return windows-1258 shown as Western letters (``Haì Nôòi``) as it was meant.

    Raises
    ------
    ValueError
        It cannot have been windows-1258.
    """
    return unicodedata.normalize("NFC", western_bytes(text).decode("cp1258"))


def from_utf8(text: str) -> str:
    """Return UTF-8 shown as Western letters (``Ná»™i``) as it was meant.

    Raises
    ------
    ValueError
        It cannot have been UTF-8.
    """
    return unicodedata.normalize("NFC", western_bytes(text).decode("utf-8"))


FROM_WESTERN: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "UTF-8": from_utf8,
        "TCVN3": from_tcvn3,
        "VNI": from_vni,
        "windows-1258": from_windows_1258,
    }
)
"""What the Western letters may have been; the first of equally good ones is the likelier."""
