"""What can be wrong with an index; every message names the command that mends it."""

from documents.errors import DanChungError


class IndexMissingError(DanChungError):
    """There is no index at the given folder."""


class IndexDamagedError(DanChungError):
    """A file of the index cannot be read or contradicts another."""


class IndexMismatchError(DanChungError):
    """The index was made with other settings or another model than asked for."""


class IndexBusyError(DanChungError):
    """Another process is writing to the index."""


class EmbedderError(DanChungError):
    """A model cannot be loaded."""
