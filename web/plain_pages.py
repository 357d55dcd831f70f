"""Pages of our own beside the chat: login, logout and errors. No script; each is one small file."""

from html import escape
from http import HTTPStatus

from web.texts import Texts

STYLE = """
:root { color-scheme: light dark; --paper: #f7f5ef; --ink: #1c2429; --line: #d9d4c6;
  --accent: #0c5c5a; --on-accent: #fff; --field: #fff; --warn: #8c1d18; }
@media (prefers-color-scheme: dark) { :root { --paper: #13171b; --ink: #e6eaec; --line: #4a5560;
  --accent: #7fd0c6; --on-accent: #0c2322; --field: #1b2127; --warn: #ffb4ab; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
  background: var(--paper); color: var(--ink);
  font: 1.125rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
main { width: 100%; max-width: 24rem; }
h1 { font-size: 1.75rem; margin: 0 0 .25rem; }
p { margin: 0 0 1.25rem; }
.languages { margin-top: 1.25rem; }
label { display: block; margin: 0 0 1rem; font-weight: 600; }
input { display: block; width: 100%; margin-top: .25rem; padding: .7rem .8rem; font: inherit;
  color: inherit; background: var(--field); border: 1px solid var(--ink); border-radius: .4rem; }
button { width: 100%; padding: .8rem; font: inherit; font-weight: 600; border: 0;
  border-radius: .4rem; background: var(--accent); color: var(--on-accent); cursor: pointer; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.problem { color: var(--warn); font-weight: 600; border-left: 4px solid; padding-left: .75rem; }
"""


def error_line(texts: Texts, status: int) -> str:
    """Return the one line that says what a status means; no cause from inside is told."""
    lines = {
        HTTPStatus.UNAUTHORIZED: texts.LOGIN_NEEDED,
        HTTPStatus.FORBIDDEN: texts.NOT_ALLOWED,
        HTTPStatus.NOT_FOUND: texts.NOTHING_HERE,
        HTTPStatus.METHOD_NOT_ALLOWED: texts.NOTHING_HERE,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: texts.CALL_TOO_LARGE,
        HTTPStatus.TOO_MANY_REQUESTS: texts.TOO_MANY_CALLS,
        HTTPStatus.SERVICE_UNAVAILABLE: texts.TOO_BUSY,
    }
    other = texts.BAD_CALL if status < HTTPStatus.INTERNAL_SERVER_ERROR else texts.SERVER_FAILED
    return {int(known): line for known, line in lines.items()}.get(status, other)


def error_page(texts: Texts, status: int) -> str:
    """Return the page for a status."""
    line = escape(error_line(texts, status))
    back = f'<p><a href="/">{escape(texts.BACK_TO_PAGE)}</a></p>'
    return _page(texts, texts.NAME, f'<p role="alert">{line}</p>{back}')


def login_page(texts: Texts, *, problem: str = "", name: str = "") -> str:
    """Return the login form, with what was wrong with the last try."""
    alert = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    first, second = (" autofocus", "") if not name else ("", " autofocus")
    return _page(
        texts,
        texts.LOG_IN,
        f"<p>{escape(texts.TAGLINE)}</p>{alert}"
        f'<form method="post" action="/login?language={texts.LANGUAGE}">'
        f"<label>{escape(texts.USER_NAME)}"
        f'<input name="username" value="{escape(name)}" autocomplete="username"'
        f' autocapitalize="none" spellcheck="false" maxlength="64" required{first}></label>'
        f"<label>{escape(texts.PASSWORD)}"
        '<input name="password" type="password" autocomplete="current-password"'
        f' maxlength="256" required{second}></label>'
        f"<button>{escape(texts.LOG_IN)}</button></form>"
        f'<p class="languages">{_languages(texts)}</p>',
    )


def logout_page(texts: Texts, name: str) -> str:
    """Return the form that ends a session."""
    return _page(
        texts,
        texts.LOG_OUT,
        f"<p>{escape(texts.logged_in_as(name))}</p>"
        f'<form method="post" action="/logout"><button>{escape(texts.LOG_OUT)}</button></form>'
        f'<p></p><p><a href="/">{escape(texts.BACK_TO_PAGE)}</a></p>',
    )


def _languages(texts: Texts) -> str:
    """Return the links to the form in the other languages."""
    return " ".join(
        f'<a href="/login?language={code}" lang="{code}" hreflang="{code}">{escape(name)}</a>'
        for code, name in texts.settings.LANGUAGES.items()
        if code != texts.LANGUAGE
    )


def _page(texts: Texts, title: str, body: str) -> str:
    heading = escape(texts.NAME)
    suffix = "" if title == texts.NAME else f" · {heading}"
    return (
        f'<!doctype html><html lang="{texts.LANGUAGE}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}{suffix}</title><style>{STYLE}</style></head>"
        f"<body><main><h1 lang='vi'>{heading}</h1>{body}</main></body></html>"
    )
