"""The Bot API's HTTP: every call recorded, answered, refused, or kept waiting on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.telegram_double.limits import Limits
from tests.telegram_double.methods import METHODS
from tests.telegram_double.mischief import Mischief, another_poller
from tests.telegram_double.parameters import Parameters
from tests.telegram_double.refusal import Refusal, bad
from tests.telegram_double.wire import Silence, Wire, hung_up
from tests.telegram_double.world import World

_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass
class Call:
    """One call of the bot's; ``outcome`` is ``ok``, Telegram's description of the refusal, or None while it goes on."""

    method: str
    values: dict[str, str]
    chat: int | None
    outcome: str | None = None


class Server(World):
    """Telegram's side of the line; what goes wrong in the double itself is raised when it is stopped.

    ``date`` is the time that its answers tell, if they tell one. ``latency`` is how many seconds a call takes to come here; ``limits`` has counted them.
    """

    def __init__(self, **world: Any) -> None:
        super().__init__(**world)
        self.calls: list[Call] = []
        self.down = False
        self.latency = 0.0
        self.date: datetime | None = None
        self.limits = Limits()
        self.poller: object = None
        self.mischief: list[Mischief] = []
        self._faults: list[Exception] = []
        self._closing = False
        routes = [
            Route("/bot{token}/{method}", self._method, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._file),
        ]
        self._wire = Wire(Starlette(routes=routes, exception_handlers={HTTPStatus.NOT_FOUND: _not_found}))

    @property
    def url(self) -> str:
        """Give the address for TELEGRAM_API_URL."""
        return self._wire.url

    async def start(self) -> None:
        """Listen on a free port of this machine."""
        await self._wire.start()

    async def stop(self) -> None:
        """Cut all connections; raises the first fault of the double's own."""
        self._closing = True
        self.stir()
        await self._wire.stop()
        if self._faults:
            raise self._faults[0]

    async def _method(self, request: Request) -> Response:
        body = await request.body()
        gone = hung_up(request)
        try:
            given = Parameters.of(request.headers.get("content-type", ""), body, request.url.query)
            method = request.path_params["method"]
            chat = given.values.get("chat_id", "")
            call = Call(method, given.values, int(chat) if chat.lstrip("-").isdecimal() else None)
            self.calls.append(call)
            self.stir()

            async def work() -> Response:
                self.check_token(request.path_params["token"])
                if len(body) > self.upload_limit:
                    raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Request Entity Too Large")
                return JSONResponse({"ok": True, "result": await self._result(method, given, gone)})

            return await self._answered(call, work, gone)
        finally:
            await _ended(gone)

    async def _file(self, request: Request) -> Response:
        gone = hung_up(request)
        try:
            path = request.path_params["path"]
            call = Call("file", {"file_path": path}, None)
            self.calls.append(call)

            async def work() -> Response:
                self.check_token(request.path_params["token"])
                found = [
                    content for file_id, (name, content) in self.files.items() if path == f"documents/{file_id}/{name}"
                ]
                if not found:
                    raise Refusal(HTTPStatus.NOT_FOUND, "Not Found")
                return Response(found[0], media_type="application/octet-stream")

            return await self._answered(call, work, gone)
        finally:
            await _ended(gone)

    async def _answered(
        self, call: Call, work: Callable[[], Awaitable[Response]], gone: asyncio.Task[None]
    ) -> Response:
        await asyncio.sleep(self.latency)
        self.limits.count(call.method, call.chat)
        trouble = next((one for one in self.mischief if one.concerns(call.method, call.chat)), None)
        how = trouble.how if trouble is not None else None
        if trouble is not None:
            trouble.times -= 1
            if (refusal := trouble.refusal()) is not None:
                return self._refused(call, refusal)
        answer: Response = Silence()
        try:
            if how not in ("timeout", "drop_before") and not self.down:
                answer = await work()
        except Refusal as refusal:
            return self._refused(call, refusal)
        except Exception as fault:  # a fault of the double's must fail the test, not pass for Telegram's trouble
            self._faults.append(fault)
            raise
        call.outcome = how or ("cut" if self.down else "ok")
        self.stir()
        if how in ("timeout", "timeout_after"):
            while not (gone.done() or self._closing):
                await self._stirred_or(gone, None)
        if how == "garbage":
            return Response("<html>Bad Gateway</html>", HTTPStatus.BAD_GATEWAY, media_type="text/html")
        if self.date is not None:
            answer.headers["Date"] = format_datetime(self.date, usegmt=True)
        return answer if call.outcome == "ok" else Silence()

    def _refused(self, call: Call, refusal: Refusal) -> Response:
        call.outcome = refusal.description
        self.stir()
        return JSONResponse(refusal.as_json(), refusal.code)

    async def _result(self, method: str, given: Parameters, gone: asyncio.Task[None]) -> Any:
        if method.lower() == "getupdates":
            return await self._get_updates(given, gone)
        if method.lower() not in METHODS:
            raise Refusal(HTTPStatus.NOT_FOUND, "Not Found")
        perform, known = METHODS[method.lower()]
        if unknown := (set(given.values) | set(given.files)) - known:
            raise bad(f"the double doesn't know {sorted(unknown)} of {method}")
        return perform(self, given)

    async def _get_updates(self, given: Parameters, gone: asyncio.Task[None]) -> list[dict[str, Any]]:
        """Answer as soon as there is something to tell; a poll that begins while one is open ends the older one."""
        if self.webhook is not None:
            raise Refusal(HTTPStatus.CONFLICT, _WEBHOOK)
        if (allowed := given.json("allowed_updates", list)) is not None:
            self.allowed = frozenset(allowed)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + given.number("timeout", 0)
        offset, limit = given.number("offset", 0), given.number("limit", 100)
        if not 1 <= limit <= 100:
            limit = 100
        mine = self.poller = object()
        self.confirm(offset)
        try:
            while not (self.waiting or self._closing or self.down or gone.done() or loop.time() >= deadline):
                await self._stirred_or(gone, deadline - loop.time())
                if self.poller is not mine:
                    raise another_poller()
        finally:
            if self.poller is mine:
                self.poller = None
        return [update.body for update in self.waiting[:limit]]

    async def _stirred_or(self, gone: asyncio.Task[None], longest: float | None) -> None:
        stirred = asyncio.create_task(self.next_stir())
        await asyncio.wait({stirred, gone}, timeout=longest, return_when=asyncio.FIRST_COMPLETED)
        await _ended(stirred)


async def _ended(task: asyncio.Task[Any]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _not_found(_: Request, __: Exception) -> Response:
    return JSONResponse(Refusal(HTTPStatus.NOT_FOUND, "Not Found").as_json(), HTTPStatus.NOT_FOUND)
