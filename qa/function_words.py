"""Words that join what is said without saying anything: they may differ between two wordings."""

from documents.normalising import fold, search_key

_FUNCTION_WORDS = """
là thì mà và hoặc hay của do bởi tại ở trong ngoài vào ra lên xuống với cùng cho đến tới từ về theo
để nhằm đã đang sẽ vừa mới được bị những các này đó ấy kia trên như cũng còn khi lúc việc sự rằng
nên vì một cái con chiếc vẫn rồi nữa lại có thể cần sau trước đây nay nơi ai gì nào thuộc qua hề gồm
tuy nhưng song nếu cả mỗi nhau bằng cạnh nhờ
"""
# Without accents these are other syllables as well (Đỗ, Từ, Tài, Như, Đăng, Lại, nhỏ, sáu …).
_OTHERS_TOO = """
la ma do tu tai nhu nhung dang thi vi lai bang ca den ai canh song su tuy nham nho sau
"""
_WORDS = frozenset(search_key(_FUNCTION_WORDS).split())
_FOLDED = frozenset(fold(_FUNCTION_WORDS).split())
_SURE_FOLDED = _FOLDED - frozenset(_OTHERS_TOO.split())


def is_function_word(key: str, *, folded: bool) -> bool:
    """Return whether a syllable only joins others.

    Parameters
    ----------
    key
        As `documents.normalising.search_key` makes it; of a folded text, folded.
    """
    return key in (_FOLDED if folded else _WORDS)


def is_surely_function_word(key: str, *, folded: bool) -> bool:
    """Return the same, but never of a syllable that may be another word."""
    return key in (_SURE_FOLDED if folded else _WORDS)
