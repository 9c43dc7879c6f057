"""A client of the double that speaks as the Bot API is spoken to."""

from __future__ import annotations

import json
from typing import Any

import httpx

from tests.telegram_double import TelegramDouble


class Client:
    """Calls methods of the double without any library in between."""

    def __init__(self, double: TelegramDouble, http: httpx.AsyncClient) -> None:
        self.double = double
        self.http = http

    async def ask(
        self, method: str, *, token: str = "", files: Any = None, **values: Any
    ) -> tuple[int, dict[str, Any]]:
        """Call a method; gives the HTTP status and the body."""
        data = {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}
        url = f"{self.double.url}/bot{token or self.double.token}/{method}"
        answer = await self.http.post(url, data=data, files=files)
        body = answer.json()
        assert isinstance(body, dict)
        return answer.status_code, body

    async def gets(self, method: str, **values: Any) -> Any:
        """Call a method that must succeed; gives its result."""
        status, body = await self.ask(method, **values)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def refusal(self, method: str, **values: Any) -> str:
        """Call a method that must be refused; gives the description, once its shape is right."""
        status, body = await self.ask(method, **values)
        assert body["ok"] is False
        assert body["error_code"] == status
        return str(body["description"])


def keyboard(*buttons: dict[str, str]) -> dict[str, Any]:
    """One row of buttons."""
    return {"inline_keyboard": [list(buttons)]}


def said_by(answer: tuple[int, dict[str, Any]]) -> tuple[int, str]:
    """Give the status of a refusal and what it says."""
    status, body = answer
    return status, str(body["description"])
