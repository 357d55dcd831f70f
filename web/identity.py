"""Who sends a request; `current_user` is what the page's callbacks ask."""

import asyncio
import base64
import binascii
from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from web.accounts import LOCAL_USER, Accounts, Role, User
from web.origins import Came
from web.throttling import LoginThrottle

if TYPE_CHECKING:
    import gradio as gr
    from starlette.requests import Request

COOKIE, SECURE_COOKIE = "dan_chung", "__Host-dan_chung"
LOCAL_EDITOR = User(LOCAL_USER, Role.EDITOR)
"""Who asks on this machine itself where there are no accounts."""
_STATE_KEY = "user"
_MOST_HASHING = 2


def current_user(request: "gr.Request | Request | None") -> User:
    """Return who sent a request, as seen by a callback of the page (`gr.Request`) or a route.

    Raises
    ------
    PermissionError
        The request did not come through `web.guard`, which lets nobody in without a name.
    """
    inner = getattr(request, "request", None) or request
    scope = getattr(inner, "scope", None)
    user = scope.get("state", {}).get(_STATE_KEY) if isinstance(scope, Mapping) else None
    if not isinstance(user, User):
        raise PermissionError("a request without a user")
    return user


def remember_user(scope: MutableMapping[str, Any], user: User) -> None:
    """Note in an ASGI scope who sent the request."""
    scope.setdefault("state", {})[_STATE_KEY] = user


class Identities:
    """Tells users by their session's cookie, their API token, or name and password (Basic)."""

    def __init__(self, accounts: Accounts, throttle: LoginThrottle | None = None) -> None:
        self.accounts = accounts
        self._throttle = throttle or LoginThrottle()
        self._hashing = asyncio.Semaphore(_MOST_HASHING)

    async def user(self, came: Came) -> User | None:
        """Return who sent a request, or None."""
        scheme, _, proof = came.header("authorization").partition(" ")
        if scheme.lower() == "bearer":
            return self.accounts.user_of_token(proof.strip())
        if scheme.lower() == "basic":
            name, colon, password = _decoded(proof).partition(":")
            user, _ = await self.prove(name, password, came.address) if colon else (None, 0)
            return user
        secret = session_secret(came)
        return self.accounts.user_of_session(secret) if secret else None

    async def prove(self, name: str, password: str, address: str) -> tuple[User | None, float]:
        """Return the user of a name and password, and the seconds to wait when tried too often."""
        known = self.accounts.proved(name, password)
        if known is not None:
            return known, 0.0
        wait = self._throttle.begin(name[:256], address)
        if wait > 0:
            return None, wait
        async with self._hashing:  # a hash takes 32 MiB
            user = await asyncio.to_thread(self.accounts.check, name, password)
        if user is not None:
            self._throttle.succeeded(name, address)
        return user, 0.0


def session_secret(came: Came) -> str:
    """Return what the session's cookie says, or an empty string."""
    return came.cookie(SECURE_COOKIE if came.secure else COOKIE)


def _decoded(proof: str) -> str:
    try:
        return base64.b64decode(proof.strip(), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
