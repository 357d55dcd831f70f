import warnings

import pytest

from documents.errors import UnreadableDocumentError
from documents.extract import guarded


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), MemoryError()])
def test_what_a_parser_raises_becomes_the_reason(error: Exception) -> None:
    with pytest.raises(UnreadableDocumentError, match="hỏng"), guarded("tệp hỏng"):
        raise error


def test_what_a_parser_warns_of_is_not_shown() -> None:
    with guarded("tệp hỏng"):
        warnings.warn("repaired", stacklevel=1)


def test_a_missing_library_is_not_blamed_on_the_file() -> None:
    with pytest.raises(ImportError), guarded("tệp hỏng"):
        raise ImportError("no parser")
