"""Read e-mails (.eml): subject, sender, day and body."""

from datetime import date, datetime, timedelta, timezone
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default as modern
from typing import cast

from documents.errors import UnreadableDocumentError
from documents.extract import Description, Extract, guarded
from documents.html_file import read_html
from documents.text_file import decode
from documents.titles import one_line

_DAMAGED = "thư điện tử bị hỏng, không đọc được: hãy lưu lại thư dạng .eml"
_NOT_A_MAIL = "không phải thư điện tử .eml (không có người gửi, tiêu đề hay ngày): hãy lưu lại thư"
_LOCKED = "thư điện tử được mã hóa: hãy lưu lại một bản đã giải mã"
_ENCRYPTED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
_VIETNAM = timezone(timedelta(hours=7))


def read_eml(data: bytes) -> Extract:
    """Return the body of a mail, plain text before HTML; attachments are not read.

    Title: the subject. Source: the sender's name, or else address. Published: the day it was sent,
    as it was in Vietnam.
    """
    with guarded(_DAMAGED):
        mail = message_from_bytes(data, policy=modern)
        if not any(mail[name] for name in ("From", "Subject", "Date")):
            raise UnreadableDocumentError(_NOT_A_MAIL)
        if any(part.get_content_type() in _ENCRYPTED for part in mail.walk()):
            raise UnreadableDocumentError(_LOCKED)
        body = mail.get_body(("plain", "html"))
        known = Description(one_line(str(mail["Subject"] or "")), _sender(mail), _sent(mail))
        return Extract(_text(body) if body is not None else "", known)


def _text(body: MIMEPart) -> str:
    content = _bytes_in_utf8(body)
    return read_html(content).text if body.get_content_type() == "text/html" else decode(content)


def _bytes_in_utf8(body: MIMEPart) -> bytes:
    """Return the body's bytes in UTF-8; as they are where they are not what they declare."""
    content = cast("bytes", body.get_payload(decode=True))
    try:
        return content.decode(body.get_content_charset("utf-8")).encode()
    except (LookupError, UnicodeError):
        return content


def _sender(mail: EmailMessage) -> str:
    addresses = getattr(mail["From"], "addresses", ())
    names = [one.display_name or one.addr_spec for one in addresses]
    return " ".join(names[0].split()) if names else ""


def _sent(mail: EmailMessage) -> date | None:
    moment = getattr(mail["Date"], "datetime", None)
    if not isinstance(moment, datetime):
        return None
    return (moment.astimezone(_VIETNAM) if moment.tzinfo is not None else moment).date()
