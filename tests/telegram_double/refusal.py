"""The Bot API's way of saying no."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any


class Refusal(Exception):
    """An answer with ``ok: false``; ``code`` is the HTTP status too, ``description`` begins with its name."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """Give the body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad(what: str) -> Refusal:
    """Make the refusal of a request that is wrong in itself."""
    return Refusal(HTTPStatus.BAD_REQUEST, f"Bad Request: {what}")


def forbidden(what: str) -> Refusal:
    """Make the refusal of what the person on the other side doesn't let the bot do."""
    return Refusal(HTTPStatus.FORBIDDEN, f"Forbidden: {what}")
