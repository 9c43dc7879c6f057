"""A lean double of the Bot API: raw HTTP on loopback, no checks and no history. It lives in another process than the bot.

``tests.telegram_double`` proves what a bot sends, at milliseconds a call; this one takes what it is sent, so that what is
measured is the bot. The row ``acts`` shows that it is not the bottleneck.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC
from email import message_from_bytes, policy
from itertools import count
from typing import Any, Self
from urllib.parse import parse_qsl

from bot.clock import SystemClock

TOKEN = "7001:AAE-a-token-of-the-bench"
ME = {"id": 7001, "is_bot": True, "first_name": "灯", "username": "bench_bot"}
_WHO = ME | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

Called = Callable[[str, Mapping[str, str], int], None]
"""Is told of each call: its method, its values, and the id of the message that it sent or changed (0: none)."""


class BotApi:
    """Telegram's side of the line at ``url``: answers every call at once, and a poll as soon as there is an update."""

    def __init__(self) -> None:
        self.calls = Counter[str]()
        self.called: Called = lambda *_: None
        self.url = ""
        self._files: dict[str, bytes] = {}
        self._updates: list[tuple[int, bytes]] = []
        # A home that is started again must not take what is new for what it has heard: ids grow from start to start.
        self._numbers, self._messages = count(_now()), count(_now() * 100)
        self._poll: tuple[_Connection, asyncio.TimerHandle] | None = None
        self._server: asyncio.Server | None = None
        self.connections = set[_Connection]()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.get_running_loop().create_server(lambda: _Connection(self), "127.0.0.1", 0)
        self.url = "http://{}:{}".format(*self._server.sockets[0].getsockname()[:2])
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for connection in list(self.connections):
            connection.cut()

    # ── what people do ──────────────────────────────────────────────────────────────────────────────────────────────

    def write(self, person: int, text: str) -> None:
        """Let somebody write in their own chat."""
        command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
        marks = {"entities": [{"type": "bot_command", "offset": 0, "length": len(command)}]} if command else {}
        self._tell("message", self._message(person) | {"text": text} | marks)

    def photograph(self, person: int, content: bytes, caption: str) -> None:
        """Let somebody send a picture."""
        file = f"file{len(self._files)}"
        self._files[file] = content
        size = {"file_id": file, "file_unique_id": f"u{file}", "file_size": len(content), "width": 1280, "height": 960}
        self._tell("message", self._message(person) | {"photo": [size], "caption": caption})

    def tap(self, person: int, message: int, data: str, query: str) -> None:
        """Let somebody tap a button under a message of the bot's."""
        shown = self._message(person) | {"message_id": message, "from": ME, "text": "…"}
        tapped = {"id": query, "from": _user(person), "message": shown, "chat_instance": "1", "data": data}
        self._tell("callback_query", tapped)

    def _message(self, person: int) -> dict[str, Any]:
        return {"message_id": next(self._messages), "date": _now(), "chat": _chat(person), "from": _user(person)}

    def _tell(self, kind: str, body: dict[str, Any]) -> None:
        number = next(self._numbers)
        self._updates.append((number, json.dumps({"update_id": number, kind: body}).encode()))
        self._answer_poll()

    # ── what the bot calls ──────────────────────────────────────────────────────────────────────────────────────────

    def take(self, connection: _Connection, path: str, kind: str, body: bytes) -> None:
        """Take one request."""
        place, _, query = path.partition("?")
        method = place.rpartition("/")[2]
        if place.startswith("/file/"):
            self.calls["file"] += 1
            connection.send(self._files[method], "application/octet-stream")
            return
        values = dict(parse_qsl(query)) | _values(kind, body)
        self.calls[method] += 1
        if method == "getUpdates":
            self._begin_poll(connection, int(values.get("offset", 0)), float(values.get("timeout", 0)))
            return
        result, message = self._result(method, values)
        connection.send(json.dumps({"ok": True, "result": result}).encode())
        self.called(method, values, message)

    def _result(self, method: str, values: Mapping[str, str]) -> tuple[Any, int]:
        if method == "getMe":
            return _WHO, 0
        if method == "getFile":
            file = values["file_id"]
            size = len(self._files[file])
            return {"file_id": file, "file_unique_id": f"u{file}", "file_size": size, "file_path": file}, 0
        if method.startswith(("send", "editMessage")):
            message = int(values.get("message_id") or next(self._messages))
            said = {"message_id": message, "date": _now(), "chat": _chat(int(values["chat_id"])), "from": ME}
            return said | {"text": values.get("text", "")}, message
        return True, 0

    def _begin_poll(self, connection: _Connection, offset: int, seconds: float) -> None:
        self._updates = [one for one in self._updates if one[0] >= offset]
        self._end_poll()
        self._poll = connection, asyncio.get_running_loop().call_later(seconds, self._end_poll)
        self._answer_poll()

    def _answer_poll(self) -> None:
        if self._updates:
            self._end_poll()

    def _end_poll(self) -> None:
        if self._poll is not None:
            connection, timer = self._poll
            self._poll = None
            timer.cancel()
            connection.send(b'{"ok":true,"result":[' + b",".join(body for _, body in self._updates[:100]) + b"]}")

    def hung_up(self, connection: _Connection) -> None:
        """Forget a connection, and the poll that it held."""
        self.connections.discard(connection)
        if self._poll is not None and self._poll[0] is connection:
            self._poll[1].cancel()
            self._poll = None


class _Connection(asyncio.Protocol):
    """One connection of HTTP/1.1 that is kept: one request at a time, with its length in front."""

    def __init__(self, api: BotApi) -> None:
        self._api, self._held = api, bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._api.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._api.hung_up(self)

    def data_received(self, data: bytes) -> None:
        """Take a request once it is whole."""
        self._held += data
        end = self._held.find(b"\r\n\r\n")
        if end < 0:
            return
        first, *lines = self._held[:end].decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        assert "transfer-encoding" not in headers, "a body without its length in front"
        whole = end + 4 + int(headers.get("content-length", 0))
        if len(self._held) < whole:
            return
        body = bytes(self._held[end + 4 : whole])
        del self._held[:whole]
        self._api.take(self, first.split()[1], headers.get("content-type", ""), body)

    def send(self, body: bytes, kind: str = "application/json") -> None:
        """Answer the request."""
        if self._transport is not None and not self._transport.is_closing():
            head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
            self._transport.write(head.encode() + body)

    def cut(self) -> None:
        """End the connection."""
        if self._transport is not None:
            self._transport.abort()


def _values(kind: str, body: bytes) -> dict[str, str]:
    if kind.startswith("multipart/"):
        values: dict[str, str] = {}
        for part in message_from_bytes(
            f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=policy.HTTP
        ).iter_parts():
            content = part.get_payload(decode=True)
            with suppress(UnicodeDecodeError):  # what a file holds is nobody's business here
                values[str(part.get_param("name", header="content-disposition"))] = bytes(content or b"").decode()
        return values
    if kind.startswith("application/json"):
        return {name: str(value) for name, value in json.loads(body or b"{}").items()}
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _now() -> int:
    return int(SystemClock().now().astimezone(UTC).timestamp())


def _user(person: int) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": f"p{person}"}


def _chat(person: int) -> dict[str, Any]:
    return {"id": person, "type": "private", "first_name": f"p{person}"}
