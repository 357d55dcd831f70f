"""What users said of answers, as editors go through it, and the passage that they mark as right."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.document import Document
from documents.errors import DanChungError
from documents.normalising import normalise
from eval.feedback import Opinion, Passage
from eval.hashes import text_hash
from web.evaluation_texts import EvaluationTexts

PAGE_SIZE = 20
MOST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """Which opinions are shown: a part of them (`evaluation_texts.SHOWN`), page by page from 0.

    Attributes
    ----------
    marking
        The opinion whose right passage is looked for; 0 for none.
    words
        What passages are searched for.
    """

    part: str = "all"
    page: int = 0
    marking: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class OpinionPage:
    """One page of opinions, the latest first."""

    opinions: tuple[Opinion, ...]
    shown: Shown
    found: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.found // PAGE_SIZE))


def opinion_page(opinions: Sequence[Opinion], shown: Shown) -> OpinionPage:
    """Return the page of opinions that is to be shown; past the last one it is the last."""
    found = [one for one in reversed(opinions) if _is_of(one, shown.part)]
    page = min(max(shown.page, 0), max(0, -(-len(found) // PAGE_SIZE) - 1))
    part = found[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    return OpinionPage(tuple(part), Shown(shown.part, page, shown.marking, shown.words), len(found))


def marked_passage(
    own: EvaluationTexts, document: Document | None, start: int, end: int, words: str
) -> Passage:
    """Return the place that an editor marks: a passage, or words in it.

    Parameters
    ----------
    own
        The language in which is told what is wrong.
    start, end
        The passage, in code points of the document's text.
    words
        As typed or copied: white space may differ. Empty marks the whole passage.

    Raises
    ------
    DanChungError
        There is no such passage, or the words do not stand in it.
    """
    if document is None or not 0 <= start < end <= len(document.text):
        raise DanChungError(own.GONE)
    wanted = normalise(words).split()
    if not wanted:
        quote, is_answer = document.text[start:end], False
    else:
        passage = document.text[start:end]
        place = re.search(r"\s+".join(map(re.escape, wanted)), passage)
        if place is None or len(words) > MOST_WORDS:
            raise DanChungError(own.not_in_passage(" ".join(wanted)[:MOST_WORDS]))
        start, end = start + place.start(), start + place.end()
        quote, is_answer = place[0], True
    whole = text_hash(document.text)
    return Passage(document.path, start, end, quote, whole, is_answer=is_answer)


def _is_of(opinion: Opinion, part: str) -> bool:
    if part == "open":
        return not opinion.is_good and opinion.corrected is None
    return part not in {"good", "bad"} or opinion.is_good == (part == "good")
