"""The body of a request, read up to a limit."""

from starlette.types import Message, Receive


class TooLargeError(Exception):
    """A body went over its limit while it was read."""


class Body:
    """A `receive` that fails when the body grows over its limit, whatever was announced."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._left = limit

    async def receive(self) -> Message:
        """Return the next message; raise `TooLargeError` once it is over."""
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self.is_too_large:
            raise TooLargeError
        return message

    @property
    def is_too_large(self) -> bool:
        """Whether it went over; FastAPI turns what `receive` raises into an error of its own."""
        return self._left < 0
