"""Which of Gradio's routes are open. What is not named here does not exist for a visitor.

Closed with the rest: the proxy, streams, custom components, monitoring, deep links, recordings,
Gradio's own login, direct runs by name, and its tools for developing.
"""

import re
from pathlib import Path
from urllib.parse import unquote

_READ = re.compile(
    r"/(?:|config/?|(?:thu-vien|danh-gia|en|library|evaluation)(?:/config)?/?|bao-cao/[\w-]+|gop-y\.jsonl|theme\.css|favicon\.ico|robots\.txt|manifest\.json|pwa_icon(?:/\d+)?"
    r"|assets/[\w./-]+|static/[\w./-]+"
    r"|gradio_api/(?:info/?|app_id/?|login_check/?|startup-events|theme\.css|queue/(?:data|status)"
    r"|heartbeat/\w+|call/\w+/\w+))",
    re.ASCII,
)
_VIEWS = ("/thu-vien", "/danh-gia", "/en", "/library", "/evaluation")
VIEWS = frozenset({"/", *_VIEWS, *(f"{path}/" for path in _VIEWS)})
"""The paths of the page's views."""
_CHANGE = re.compile(
    r"/gradio_api/(?:queue/join|run/predict|component_server/?|call/\w+/?|cancel|reset/?)", re.ASCII
)
_UPLOAD = re.compile(r"/gradio_api/upload(?:_progress)?")
_FILE = re.compile(r"/gradio_api/file=(.+)", re.DOTALL)


def is_permitted(method: str, path: str, *, files: Path, takes_files: bool) -> bool:
    """Return whether a route of Gradio's may be called.

    Parameters
    ----------
    path
        Decoded once, as in an ASGI scope.
    files
        The folder with the files made for visitors, as for a download; no other is shown.
    takes_files
        Whether this visitor may upload.
    """
    if ".." in path or "\\" in path or "\0" in path:
        return False
    if _UPLOAD.fullmatch(path):
        return takes_files
    if method == "POST":
        return _CHANGE.fullmatch(path) is not None
    if method not in {"GET", "HEAD"}:
        return False
    file = _FILE.fullmatch(path)
    return _lies_in(file[1], files) if file else _READ.fullmatch(path) is not None


def is_upload(path: str) -> bool:
    """Return whether a path takes files, which may be larger than other bodies."""
    return _UPLOAD.fullmatch(path) is not None


def _lies_in(name: str, folder: Path) -> bool:
    """Return whether a file lies in a folder, wherever links and further encoding lead."""
    try:
        asked, real = (Path(unquote(name)).resolve() for name in (name, unquote(name)))
        return all(path.is_relative_to(folder.resolve()) for path in (asked, real))
    except (OSError, ValueError, RuntimeError):
        return False
