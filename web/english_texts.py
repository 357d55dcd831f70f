"""Every sentence of `web/texts.py` in English. What documents say stays in their language."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from web.english_evaluation_texts import EnglishEvaluationTexts
from web.figures import EnglishFigures, counted
from web.library_texts import EnglishLibraryTexts
from web.settings_texts import EnglishSettingsTexts
from web.texts import Texts


class EnglishTexts(EnglishFigures, Texts):
    """The texts in English."""

    LANGUAGE = "en"
    evaluation = EnglishEvaluationTexts()
    library = EnglishLibraryTexts()
    settings = EnglishSettingsTexts()

    NAME = Texts.NAME
    TAGLINE = "Ask your documents; every answer comes with the exact sentence that proves it."

    CHAT = "en"
    LIBRARY = "library"
    EVALUATION = "evaluation"
    VIEWS: ClassVar[Mapping[str, str]] = {
        CHAT: "Ask",
        LIBRARY: "Library",
        EVALUATION: "Evaluation",
    }
    VIEWS_LABEL = "Views"
    PREVIOUS_PAGE, NEXT_PAGE = "Previous page", "Next page"

    QUESTION_LABEL = "Question"
    QUESTION_PLACEHOLDER = "Ask in Vietnamese…"
    SEND = "Ask"
    STOP = "Stop"
    NEW_CONVERSATION = "New conversation"
    CONVERSATION = "Conversation"

    START_HEADING = "What would you like to know?"
    START_TEXT = (
        "Every answer leads to the original sentence in the documents. "
        "Where there is no evidence, the page says so and does not guess. "
        "Type Vietnamese with or without accents."
    )
    EXAMPLES = "Try a question"
    EMPTY_HEADING = "No documents yet"
    EMPTY_TEXT = (
        "The library is empty, so nothing can be answered. Load a folder of documents with:"
    )
    EMPTY_COMMAND = "python -m index sync FOLDER"
    EMPTY_AFTER = "Then reload this page or just ask; nothing needs to be restarted."

    SEARCHING = "Searching…"
    LOOKING_FOR = "Looking for"
    ENDS: ClassVar[Mapping[str, str]] = {
        "stopped": "Stopped at your request.",
        "interrupted": "This answer was interrupted.",
        "failed": "Sorry, something went wrong. Please try again or ask another question.",
    }
    DISAGREEMENT = "The documents differ; the newest comes first."
    ASK_SOMETHING = "Please type a question first."

    DRAFT = "The model is writing; each sentence will be checked against the documents."
    UNCHECKED = "The model did not finish; this was not checked against the documents."

    SOURCES = "Sources"
    LEADS = "Nearest passages"
    LEADS_NOTE = "They may be related, but are not enough evidence for an answer."
    OPEN_LEAD = "Open in document"
    COPY = "Copy"
    COPIED = "Copied"
    COPY_FAILED = "Could not copy"
    COPY_HINT = "Copy the answer with its sources"

    AGAIN = "Ask again"
    EDIT = "Edit question"
    EDITING = "Edit the question and send it again; the turns after it were removed."
    GOOD = "Correct"
    BAD = "Not correct"
    COMMENT = "What is wrong or missing? (optional)"
    SEND_OPINION = "Send feedback"
    THANKS = "Thank you, your feedback was saved."
    CARD = "Quote card"
    CARD_HINT = "Copy the JSON card of the quote; check it with: python -m qa verify FILE"
    NEXT_QUESTIONS = "Ask next"
    EXPORT = "Export the conversation"
    EXPORT_MARKDOWN = "Markdown"
    EXPORT_DOCX = "Word"

    HISTORY = "History"
    HISTORY_EMPTY = "No saved conversations yet."
    HISTORY_NOT_FOUND = "No conversation matches."
    HISTORY_SEARCH = "Search conversations"
    HISTORY_REMOVED = "One conversation was removed."
    UNDO = "Undo"
    UNTITLED = "(untitled)"
    RENAME = "Rename"
    RENAME_PROMPT = "New name of the conversation:"
    REMOVE = "Remove"
    PRIVATE = "Private"
    TOOLS = "Conversation tools"
    PRIVATE_ON = "Private: this conversation is not saved."

    FILTER = "Filter documents"
    SOURCE = "Source"
    KIND = "File type"
    SINCE = "From"
    UNTIL = "Until"
    ALL = "All"
    ONLY_DOCUMENTS = "Only in documents"
    FIND_DOCUMENT = "Type a title…"
    NO_SUCH_DOCUMENT = "No document matches."
    TIMELINE = "Documents over time; press to filter"

    PANEL = "Cited source"
    PANEL_HEADING = "Evidence appears here"
    PANEL_TEXT = (
        "Press the number after an answer to open the original passage, highlighted in the"
        " full text."
    )
    PANEL_FAILED = "This source could not be opened. Please try again."
    CLOSE = "Close"
    UNDATED = "undated"
    SHOW_WHOLE = "Show the full text"
    NOT_IN_LIBRARY = "This document is no longer in the library."
    QUOTE_MOVED = (
        "The document has changed since the answer; the quote no longer stands in it word for word."
    )
    QUOTE_AS_CITED = "The sentence as cited"
    WHY = "Why this passage?"
    WHY_GONE = "This question no longer finds this passage."
    WHY_FAILED = "This cannot be explained right now. Close and open this section again."
    WHY_NO_WORD = "No word of the question; the passage was found because its meaning is near."
    WHY_EXACT = "Words of the question in the passage"
    WHY_UNACCENTED = "The same only without accents"
    WHY_TITLE = "In the title"
    WHY_REQUIRED = "Required part"
    WHY_TIME = "Time"
    WHY_OF_TIME = "of the time asked about"
    WHY_PLACE = "Rank"
    WHY_REASONS = "Main reasons"
    WHY_SCORES = "Scores"
    NEXT_CITATION = "Next citation (J key)"
    PREVIOUS_CITATION = "Previous citation (K key)"
    BAD_REQUEST = "The request to open a source could not be read."

    def page_of(self, page: int, pages: int) -> str:
        """Return which page of how many is shown."""
        return f"Page {self.grouped(page)} of {self.grouped(pages)}"

    def document_count(self, count: int) -> str:
        return counted(self.grouped(count), "document") if count else "No documents yet"

    def found(self, count: int) -> str:
        return f"Found {counted(self.grouped(count), 'passage')}, reading…"

    def too_long(self, length: int, limit: int) -> str:
        return (
            f"The question has {self.grouped(length)} characters; please shorten it to at most"
            f" {self.grouped(limit)} and send it again."
        )

    def refusal(self, text: str, missing: Sequence[str], *, has_leads: bool) -> str:
        parts = ", ".join(f"“{part}”" for part in missing)
        return (
            "Not found in the documents."
            + (f" Nothing about: {parts}." if parts else "")
            + (" The nearest passages are below." if has_leads else "")
        )

    def reason(self, text: str) -> str:
        plain, _, kind = text.partition(" (")
        said = _REASONS.get(plain, plain)
        return f"{said} ({_KINDS.get(kind.rstrip(')'), kind.rstrip(')'))})" if kind else said

    def struck(self, count: int) -> str:
        return (
            f"{counted(self.grouped(count), 'sentence')} of the model struck out for lack of"
            " evidence:"
        )

    def open_source(self, marker: int, title: str) -> str:
        return f"Open source {marker}: {title}"

    def citation_label(self, marker: int) -> str:
        return f"Citation {marker}" if marker else self.LEADS

    def place_found(self, before: int, after: int | None) -> str:
        place = f"number {self.grouped(before)} when searched"
        return (
            place if after is None else f"{place}, number {self.grouped(after)} when read closely"
        )

    def scores(self, lexical: float, dense: float) -> str:
        return f"words {self.decimal(lexical, 1)}; meaning {self.decimal(dense, 2)}"

    def excerpt_note(self, length: int) -> str:
        return (
            f"The document has {self.grouped(length)} characters; this is the part around the"
            " quote."
        )

    def gives_orders(self, count: int, first: str) -> str:
        return (
            f"Careful: this document has {counted(self.grouped(count), 'sentence')} giving orders"
            f" to machines, for example: “{first}”. The page does not follow them, nor answer with"
            " them."
        )

    def drop_filter(self, label: str) -> str:
        return f"Drop filter: {label}"

    def bar(self, first: date, last: date, count: int) -> str:
        is_year = (first.month, last.month) == (1, 12)
        period = f"{first.year}" if is_year else f"{first.month}/{first.year}"
        return f"{period}: {counted(self.grouped(count), 'document')}"

    LOG_IN = "Log in"
    LOG_OUT = "Log out"
    USER_NAME = "User name"
    PASSWORD = "Password"  # noqa: S105 - a label
    WRONG_LOGIN = "Wrong name or password."
    BACK_TO_PAGE = "Back to asking"
    BAD_CALL = "The server does not understand this request."
    LOGIN_NEEDED = "You need to log in to use this page."
    NOT_ALLOWED = "This request is not allowed."
    NOTHING_HERE = "There is nothing at this address."
    CALL_TOO_LARGE = "The request is too large."
    TOO_MANY_CALLS = "You are sending too fast. Wait a moment and try again."
    TOO_BUSY = "The server is busy. Try again in a few minutes."
    SERVER_FAILED = "The server failed on this request. Please try again."

    def logged_in_as(self, name: str) -> str:
        return f"You are logged in as {name}."

    def wait_to_log_in(self, seconds: int) -> str:
        return f"Too many failed tries. Try again in {counted(self.grouped(seconds), 'second')}."

    def asked_too_much(self, seconds: int) -> str:
        return (
            f"You are asking too fast. Wait {counted(self.grouped(seconds), 'second')} before the"
            " next question."
        )

    NOT_FOUND_HERE = "This document is not in the index."

    def not_a_count(self, most: int) -> str:
        return f"The number of passages must be a whole number from 1 to {most}."


ENGLISH = EnglishTexts()

_REASONS = {
    "nhiều từ của câu hỏi trong một câu": "many words of the question in one sentence",
    "nhiều từ của câu hỏi trong đoạn": "many words of the question in the passage",
    "gần nghĩa với câu hỏi": "near the question in meaning",
    "đọc thấy câu trả lời trong đoạn": "an answer was read in the passage",
    "có ngày được hỏi": "has the date asked about",
    "có tên được hỏi": "has the name asked about",
    "có số được hỏi": "has the number asked about",
    "đúng kiểu trả lời": "has the kind of answer asked for",
    "tài liệu hợp với câu hỏi": "its document fits the question",
    "đứng cao ngay khi tìm": "ranked high at once when searched",
}
"""Reasons of `index.reasons`, without the kind of answer that may stand behind in brackets."""
_KINDS = {
    "người": "person",
    "thời gian": "time",
    "nơi chốn": "place",
    "con số": "number",
    "lý do": "reason",
}
