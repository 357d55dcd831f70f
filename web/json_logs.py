"""The log: one JSON object a line, for requests, questions and failures."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from documents.errors import DanChungError

LOGGER = "web"
"""Everything below `web` writes through this logger."""


def note(event: str, **data: object) -> None:
    """Write a line, where a log is kept (`keep_log`); else nothing."""
    logging.getLogger(f"{LOGGER}.{event}").info(event, extra={"data": data})


def keep_log(file: Path | None) -> logging.Handler:
    """Write the log to a file, or to stderr; return what writes it, to be closed in the end.

    Raises
    ------
    DanChungError
        The file cannot be written.
    """
    try:
        handler: logging.Handler = (
            logging.FileHandler(file, encoding="utf-8")
            if file is not None
            else logging.StreamHandler(sys.stderr)
        )
    except OSError as error:
        raise DanChungError(
            f"{file}: không ghi được nhật ký ({error.strerror}); hãy chọn tệp khác bằng --log-file"
        ) from error
    handler.setFormatter(JsonFormatter())
    logger = logging.getLogger(LOGGER)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(handler)
    return handler


def drop_log(handler: logging.Handler) -> None:
    """End what `keep_log` began."""
    logger = logging.getLogger(LOGGER)
    logger.removeHandler(handler)
    logger.propagate = True
    logger.setLevel(logging.NOTSET)
    handler.close()


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON; line breaks in what users sent are escaped by it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        data = getattr(record, "data", None)
        if isinstance(data, dict):
            line |= {"event": record.msg, **data}
        else:
            line |= {"event": "message", "logger": record.name, "text": record.getMessage()}
        if record.exc_info:
            line["trace"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)
