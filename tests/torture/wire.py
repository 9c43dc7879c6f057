"""Telegram in memory: the double without its HTTP, at the seam where python-telegram-bot hands over what it asks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from starlette.responses import JSONResponse, Response
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from tests.telegram_double import TelegramDouble
from tests.telegram_double.parameters import Parameters
from tests.telegram_double.refusal import Refusal
from tests.telegram_double.server import Call
from tests.telegram_double.wire import Silence

LATENCY = 0.05
"""Seconds, virtual ones, that a call takes to come to Telegram."""


class Memory(TelegramDouble):
    """The double, asked by a function. ``confirmed`` are the updates that the bot will never be told again by itself."""

    def __init__(self, **world: Any) -> None:
        super().__init__(**world)
        self.latency = LATENCY
        self.confirmed: list[dict[str, Any]] = []
        self.again: list[dict[str, Any]] = []
        self.works: set[asyncio.Task[Response]] = set()

    def confirm(self, offset: int) -> None:
        """Forget what is below ``offset``, and remember that it was confirmed."""
        self.confirmed += [update.body for update in self.waiting if update.id < offset]
        super().confirm(offset)

    async def _get_updates(self, given: Parameters, gone: asyncio.Task[None]) -> list[dict[str, Any]]:
        found = await super()._get_updates(given, gone)
        doubled, self.again = self.again, []
        return [*doubled, *found]

    def reorders(self, shuffle: Callable[[list[dict[str, Any]]], None]) -> None:
        """Let the updates that wait have come in another order."""
        bodies = [{key: value for key, value in update.body.items() if key != "update_id"} for update in self.waiting]
        shuffle(bodies)
        for update, body in zip(self.waiting, bodies, strict=True):
            update.body = {"update_id": update.id, **body}

    async def ask(self, url: str, given: Parameters, patience: float) -> tuple[int, bytes]:
        """Answer a call as HTTP would; raises what its client raises."""
        hung_up = asyncio.Event()
        gone = asyncio.ensure_future(_until(hung_up))
        work = asyncio.ensure_future(self._work(url, given, gone))
        self.works.add(work)
        work.add_done_callback(self.works.discard)
        try:
            async with asyncio.timeout(patience):
                answer = await asyncio.shield(work)
        except TimeoutError as late:
            raise TimedOut from late
        finally:
            hung_up.set()
            self.stir()
        if isinstance(answer, Silence):
            raise NetworkError("the line is cut") from ConnectionError()
        return answer.status_code, bytes(answer.body)

    async def _work(self, url: str, given: Parameters, gone: asyncio.Task[None]) -> Response:
        _, kind, *rest = urlsplit(url).path.split("/")
        token = (rest[0] if kind == "file" else kind).removeprefix("bot")
        method = "file" if kind == "file" else rest[0]
        chat = given.values.get("chat_id", "")
        call = Call(method, given.values, int(chat) if chat.lstrip("-").isdecimal() else None)

        async def work() -> Response:
            self.check_token(token)
            if method == "file":
                name = rest[2] if len(rest) > 2 else ""
                if name not in self.files:
                    raise Refusal(HTTPStatus.NOT_FOUND, "Not Found")
                return Response(self.files[name][1], media_type="application/octet-stream")
            return JSONResponse({"ok": True, "result": await self._result(method, given, gone)})

        if method != "getUpdates":
            self.calls.append(call)
        return await self._answered(call, work, gone)

    async def start(self) -> None:
        """Begin; nothing listens."""

    async def stop(self) -> None:
        """End; raises the first fault of the double's own."""
        self._closing = True
        self.stir()
        if self.works:
            await asyncio.wait(self.works)
        if self._faults:
            raise self._faults[0]


async def _until(event: asyncio.Event) -> None:
    await event.wait()


class Line(BaseRequest):
    """What a bot asks Telegram with. ``passes`` is called before and after each call that says something, and may end all.

    It is told ``(method, done)``; what it raises is the end of the process.
    """

    def __init__(self, memory: Memory, passes: Callable[[str, bool], object]) -> None:
        self._memory, self._passes = memory, passes

    @property
    def read_timeout(self) -> float | None:
        """Give how long an answer may take, in seconds."""
        return 20.0

    async def initialize(self) -> None:
        """Do nothing: there is nothing to connect to."""

    async def shutdown(self) -> None:
        """Do nothing."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Ask."""
        values = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
        files: dict[str, tuple[str, bytes]] = {}
        if request_data is not None:
            values |= request_data.json_parameters
            uploads = request_data.multipart_data if request_data.contains_files else {}
            files = {name: (str(part[0]), bytes(part[1])) for name, part in uploads.items()}  # type: ignore[arg-type]
        called = urlsplit(url).path.rsplit("/", 1)[-1]
        self._passes(called, False)
        patience = read_timeout if isinstance(read_timeout, int | float) else 20.0
        answer = await self._memory.ask(url, Parameters(values, files), patience)
        self._passes(called, True)
        return answer
