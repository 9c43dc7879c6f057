"""How the double can be told to misbehave."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from tests.telegram_double.refusal import Refusal, bad

How = Literal[
    "429", "500", "413", "409", "timeout", "timeout_after", "drop_before", "drop_after", "garbage", "unavailable"
]
"""``timeout`` never answers and does nothing, ``timeout_after`` does the work and never answers; ``drop_…`` closes the
connection before or after the work; ``garbage`` answers 502 with a page of HTML, as a proxy does;
``unavailable`` is the 400 of a file that may be there the next time."""


@dataclass
class Mischief:
    """What happens to the next ``times`` calls of ``method`` (``*``: any but getUpdates), of one chat only if named."""

    method: str
    how: How
    times: int
    chat: int | None
    retry_after: int

    def concerns(self, method: str, chat: int | None) -> bool:
        """Say whether this call is one of those."""
        meant = method.lower() == self.method.lower() or (self.method == "*" and method.lower() != "getupdates")
        return self.times > 0 and meant and self.chat in (None, chat)

    def refusal(self) -> Refusal | None:
        """Give the answer, where the mischief is one."""
        match self.how:
            case "429":
                said = f"Too Many Requests: retry after {self.retry_after}"
                return Refusal(HTTPStatus.TOO_MANY_REQUESTS, said, retry_after=self.retry_after)
            case "500":
                return Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal Server Error")
            case "413":
                return Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Request Entity Too Large")
            case "409":
                return another_poller()
            case "unavailable":
                return bad("wrong file_id or the file is temporarily unavailable")
            case _:
                return None


def another_poller() -> Refusal:
    """Make what a poll is told when another one has begun."""
    said = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    return Refusal(HTTPStatus.CONFLICT, said)
