"""Questions for articles of laws and for the numbers of documents."""

import re
from collections.abc import Iterator

from documents.document import Document
from eval.exam.clauses import Clause
from eval.exam.drafts import Draft, asked, lowered
from eval.exam.prose import Prose
from index.abbreviations import UPPER

_HEADING = re.compile(
    rf"(?m)^(?P<article>Điều (?P<number>\d+[a-zđ]?))[.:] (?P<title>[{UPPER}][^\n.;:]{{8,120}})$"
)
_SUBJECT = re.compile(
    r"^(?P<article>Điều \d+[a-zđ]?)(?: (?P<law>của )?(?P<named>(?:Bộ luật|Luật|Hiến pháp)[^,]*))?$"
)
_BRACKET = re.compile(r" \((?P<article>Điều \d+[a-zđ]?)\)$")
_NUMBER = r"\d{1,5}(?:/\d{4})?(?:[/-][^\W\d_][\w-]*)+"
_NUMBERED = re.compile(
    rf"(?<!\w)(?P<name>(?:Bộ luật|Luật|Nghị quyết|Nghị định|Thông tư|Quyết định|Chỉ thị|Kết luận"
    r"|Sắc lệnh|Pháp lệnh|Kế hoạch)(?: (?!số)[^\W\d_]+(?:,(?= (?!số)[^\W\d_]))?){2,12}),?"
    rf" số (?P<number>{_NUMBER})(?![\w/])"
)
_ABOUT = re.compile(
    rf"(?<!\w)(?P<kind>Nghị quyết|Nghị định|Thông tư|Quyết định|Chỉ thị|Kế hoạch|Công văn|Luật) số "
    rf"(?P<number>{_NUMBER})(?: ngày \S+)?(?P<of> của [^,]{{3,40}}?)?"
    r"(?P<about>(?:,)? (?:về (?:việc )?|quy định (?:về )?|sửa đổi, bổ sung )[^,;.]{12,110}?)"
    r"(?=[,;.]|$| có hiệu lực)"
)
_FEWEST = 5


def asking_articles(document: Document, law: str) -> Iterator[Draft]:
    """Yield questions for the articles that headings of a law name, by number and by title."""
    if not law:
        return
    for match in _HEADING.finditer(document.text):
        start, end = match.span("title")
        about = asked(match["article"], f"của {law} quy định về nội dung gì")
        if about:
            yield Draft(
                "document", "article_title", about, (match["title"],), start, end, match.start()
            )
        title = match["title"]
        which = asked(
            f"{lowered(title)[0].upper()}{title[1:]}", f"được quy định tại điều nào của {law}"
        )
        if which:
            start, end = match.span("article")
            yield Draft(
                "document", "article_number", which, (match["article"],), start, end, match.start()
            )


def asking_article(clause: Clause, prose: Prose, law: str) -> Iterator[Draft]:
    """Yield questions for the article that a sentence names for what it says."""
    named = _SUBJECT.match(clause.subject)
    if (
        named
        and (law or named["named"])
        and not clause.is_open
        and len(clause.text.split()) >= _FEWEST
    ):
        whole = named["named"] or law
        question = asked(f"Điều nào của {whole}", clause.text)
        start = prose.text.find(named["article"])
        if question and start >= 0:
            yield _article(named["article"], prose.start + start, question, prose)
    if not law:
        return
    bracket = _BRACKET.search(clause.text)
    if bracket and not clause.front:
        said = clause.text[: bracket.start()]
        question = asked(f"Theo điều nào của {law},", lowered(clause.subject), said)
        if question:
            yield _article(
                bracket["article"], clause.start + bracket.start("article"), question, prose
            )
    front = clause.front
    if front and front.kind == "article" and not clause.is_open:
        match = re.search(r"(?i)điều \d+[a-zđ]?", front.text)
        question = asked(f"Theo điều nào của {law},", _said_of(clause, law), clause.text)
        if match and question:
            yield _article(match.group(), front.start + match.start(), question, prose)


def asking_document_number(prose: Prose) -> Iterator[Draft]:
    """Yield questions for the number of a document whose name or subject a sentence tells."""
    for match in _NUMBERED.finditer(prose.text):
        question = asked(match["name"], "có số hiệu là gì")
        if question and not re.search(r"\b(?:và|là|được|có|theo|của)$", match["name"]):
            yield _number(match, question, prose)
    for match in _ABOUT.finditer(prose.text):
        about = match["about"].strip(" ,")
        question = asked(match["kind"], match["of"] or "", about, "có số hiệu là gì")
        if question:
            yield _number(match, question, prose)


def _said_of(clause: Clause, law: str) -> str:
    """Return the subject; a law that has been named is not named again in full."""
    return (
        law.split(" năm ", maxsplit=1)[0].split(" 2", maxsplit=1)[0]
        if clause.subject == law
        else clause.subject
    )


def _number(match: re.Match[str], question: str, prose: Prose) -> Draft:
    start, end = (prose.start + place for place in match.span("number"))
    number = match["number"]
    return Draft(
        "document", "document_number", question, (number, f"số {number}"), start, end, prose.start
    )


def _article(article: str, start: int, question: str, prose: Prose) -> Draft:
    return Draft(
        "document", "article_number", question, (article,), start, start + len(article), prose.start
    )
