"""The one exception family that is shown to users."""


class DanChungError(Exception):
    """A problem the user can mend: its message names the value, the expectation and the remedy.

    Commands print the message as one line on stderr and exit with 1; the page shows it as a notice.
    Any exception outside this family is a bug.
    """


class UnreadableDocumentError(DanChungError):
    """One file cannot become a document; the message is the reason listed under ``failed``."""


class EmptyFolderError(DanChungError):
    """A folder has no documents where there were some: a drive may not be mounted."""
