"""Whether a sentence defines what a question of the form "X là gì?" asks about.

Such a sentence begins with X and says what it is: "Học phần là khối lượng kiến thức …".
"""

import re

from documents.normalising import fold, search_key

_ASKED = re.compile(
    r"(?:(?:dinh nghia|khai niem|the nao la)(?: (?:ve|cua))? (?P<named>.+?)"
    r"|(?P<subject>.+?)(?: (?:co )?(?:nghia|dinh nghia))? la (?:ai|(?:\w+ )?(?:gi|nao)))"
    r"(?: (?:vay|the|rua|ha|a|nhi|day))*\W*"
)
_WORD = re.compile(r"\w+")
_NUMBER = r"(?:(?:\d+|[a-z])[.)] ?|[-–•+] ?)?"
_BEFORE = r"(?:(?:mot|cac|nhung|ong|ba|anh|chi|dong chi|thanh pho|tinh|quan|huyen|nuoc|giai) )?"
"""What may stand before a name without making it another one."""
_ASIDE = r"(?:(?: ?[(,–]| (?:hay|hoac|con|goi|ten|viet|tuc)\b).{1,200}?(?:[),]| (?=la mot\b)))?"
_SHORT_FORM = re.compile(r"[a-z]{2,8}")
_SAYS = r":?(?: (?:tung|von|chinh|hien|cung|duoc hieu|co nghia))? ?la\b"


def subject_of(question: str) -> str:
    """Return the folded words of X in "X là gì?", "X là ai?"; empty for other questions."""
    asked = _ASKED.fullmatch(fold(search_key(question)).strip())
    return " ".join(_WORD.findall(asked["named"] or asked["subject"])) if asked else ""


def defines(sentence: str, subject: str) -> bool:
    """Return whether a sentence says what a subject of `subject_of` is.

    The subject stands at its beginning, or as another name of what stands there: "Bộ luật Hình sự
    (viết tắt BLHS) là …". A short form is also defined where its long one stands beside it.
    """
    if gives_long_form(sentence, subject):
        return True
    said = re.sub(r"[“”\"‘’'*_#]", "", fold(search_key(sentence))).strip()
    name = r"\W+".join(map(re.escape, subject.split()))
    begins = rf"{_BEFORE}{name}\b|[^.;:()]{{1,60}}\([^()]*\b{name}\b[^()]*\)"
    return bool(name) and re.match(f"{_NUMBER}(?:{begins}){_ASIDE}{_SAYS}", said) is not None


def gives_long_form(sentence: str, subject: str) -> bool:
    """Return whether a sentence has "long form (SUBJECT)" or "SUBJECT (long form)".

    False for a subject that is no short form: one word of two to eight letters.
    """
    if not _SHORT_FORM.fullmatch(subject):
        return False
    short = subject.upper()
    inside = rf"\w[\w ,.’'-]{{4,}} \((?:[^()]{{0,60}}[ :–-])?{short}\)"
    before = rf"\b{short} \([^()]{{5,}}\)"
    return re.search(f"{inside}|{before}", fold(sentence)) is not None
