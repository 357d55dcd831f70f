"""What a file gives before it becomes a document, and the guard around its parser."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from documents.errors import UnreadableDocumentError

_LIBRARY_LOGGERS = ("pypdf", "trafilatura", "htmldate", "courlan", "justext", "readability")
_NOWHERE = logging.NullHandler()


@dataclass(frozen=True, slots=True)
class Description:
    """What is known about a text; empty or None where nothing is.

    Attributes
    ----------
    title
        One line.
    source
        Who published it.
    published
        Day of publication.
    """

    title: str = ""
    source: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file, not yet normalised, and what its metadata says."""

    text: str
    metadata: Description = Description()


@contextmanager
def guarded(reason: str) -> Iterator[None]:
    """Turn whatever a parser raises into `UnreadableDocumentError(reason)`, and keep it quiet.

    Parsers raise errors of many families on damaged files (recursion and memory errors too), and
    warn and log about what they repaired; neither is for the user's screen. A missing library stays
    an ImportError.
    """
    with warnings.catch_warnings(), _silenced():
        warnings.simplefilter("ignore")
        try:
            yield
        except (UnreadableDocumentError, ImportError):
            raise  # a parser that is not installed is no fault of the file
        except Exception as error:
            raise UnreadableDocumentError(reason) from error


@contextmanager
def _silenced() -> Iterator[None]:
    # Each module of these libraries has its own logger, which passes records up to this one.
    loggers = [logging.getLogger(name) for name in _LIBRARY_LOGGERS]
    for logger in loggers:
        logger.addHandler(_NOWHERE)
        logger.propagate = False
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(_NOWHERE)
            logger.propagate = True
