"""A card for one quote, to be passed on: whoever has the index can check that it is true."""

import json
import sys
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from documents.document import Document
from documents.errors import DanChungError
from qa.answer import Citation

MOST_BYTES = 1_000_000
_FIELDS = {"quote": str, "document": str, "title": str, "start": int, "end": int, "sha256": str}


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """One quote and where it stands.

    Attributes
    ----------
    start, end
        Half-open span in code points of the document's stored text.
    sha256
        Of the document's whole stored text, in UTF-8.
    """

    quote: str
    document: str
    title: str
    start: int
    end: int
    sha256: str

    def as_json(self) -> dict[str, object]:
        """Return the card as it is passed on."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a card is true, and what there is to say of it, in the user's language."""

    is_valid: bool
    verdict: str


def make_card(citation: Citation, document: Document) -> QuoteCard:
    """Return the card of a citation of a document."""
    return QuoteCard(
        citation.quote,
        citation.document,
        citation.title,
        citation.start,
        citation.end,
        text_hash(document),
    )


def text_hash(document: Document) -> str:
    """Return the hex SHA-256 of a document's stored text."""
    return sha256(document.text.encode()).hexdigest()


def check_card(card: QuoteCard, document: Document | None) -> Checked:
    """Compare a card with the document of its path, as it is stored now; None when there is none.

    A quote that stands elsewhere, or in a text that has changed around it, is told so: it is valid
    only where the card says, in the very text that it was taken from.
    """
    if document is None:
        return Checked(is_valid=False, verdict=f"SAI: chỉ mục không có tài liệu {card.document}.")
    is_same_text = text_hash(document) == card.sha256
    if document.text[card.start : card.end] == card.quote:
        if is_same_text:
            return Checked(
                is_valid=True,
                verdict=f"ĐÚNG: nguyên văn tại {card.document}:{card.start}-{card.end},"
                " và tài liệu không đổi từ khi trích.",
            )
        return Checked(
            is_valid=False,
            verdict=f"CẦN XEM LẠI: câu trích vẫn nguyên văn tại {card.document}:{card.start}-"
            f"{card.end}, nhưng chỗ khác của tài liệu đã đổi từ khi trích.",
        )
    found = document.text.find(card.quote) if card.quote else -1
    if found >= 0:
        return Checked(
            is_valid=False,
            verdict=f"CẦN XEM LẠI: câu trích không ở chỗ thẻ nêu mà ở"
            f" {card.document}:{found}-{found + len(card.quote)}.",
        )
    return Checked(
        is_valid=False, verdict=f"SAI: {card.document} không có nguyên văn câu trích này."
    )


def read_card(name: str) -> QuoteCard:
    """Return the card of a file, or of standard input for ``-``.

    Raises
    ------
    DanChungError
        The file cannot be read, or is no card.
    """
    try:
        content = sys.stdin.buffer.read(MOST_BYTES) if name == "-" else Path(name).read_bytes()
        value = json.loads(content.decode("utf-8-sig"))
    except OSError as error:
        raise DanChungError(f"{name}: không đọc được thẻ ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise DanChungError(f"{name}: không phải JSON của một thẻ trích dẫn ({error})") from error
    return card_of(value, name)


def card_of(value: object, name: str) -> QuoteCard:
    """Return a JSON value as a card; raise `DanChungError`, naming ``name``, when it is none."""
    if not isinstance(value, dict):
        raise DanChungError(f"{name}: thẻ trích dẫn phải là một đối tượng JSON {{…}}")
    for field, kind in _FIELDS.items():
        if type(value.get(field)) is not kind:
            raise DanChungError(
                f"{name}: thẻ thiếu trường “{field}” hoặc trường ấy không phải"
                f" {'số nguyên' if kind is int else 'chuỗi'}"
            )
    card = QuoteCard(**{field: value[field] for field in _FIELDS})
    if not 0 <= card.start < card.end:
        raise DanChungError(f"{name}: vị trí {card.start}-{card.end} không phải một đoạn")
    return card
