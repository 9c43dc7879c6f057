"""A web server on loopback inside the test's own event loop, whose connections can be cut."""

from __future__ import annotations

import asyncio
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState


class Silence(Response):
    """No answer at all: the connection is cut."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Cut the connection and wait until uvicorn has noticed."""
        scope["state"]["connection"].transport.abort()
        while (await receive())["type"] != "http.disconnect":
            pass


class Wire:
    """Serves an application at ``url`` from ``start`` to ``stop``; starting and stopping take no time worth counting.

    Uvicorn's own ``serve`` takes the signals and looks only every tenth of a second whether it should end; so only its
    protocol is used here.
    """

    def __init__(self, application: Starlette) -> None:
        self._config = uvicorn.Config(
            application,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            date_header=False,  # the machine's; a test says what time it is here
        )
        self._state = ServerState()
        self._server: asyncio.Server | None = None
        self.url = ""

    async def start(self) -> None:
        """Listen on a free port."""
        self._config.load()
        self._server = await asyncio.get_running_loop().create_server(self._connection, "127.0.0.1", 0)
        self.url = "http://{}:{}".format(*self._server.sockets[0].getsockname()[:2])

    async def stop(self) -> None:
        """Answer no more, and cut what is still connected."""
        assert self._server is not None
        self._server.close()
        for connection in list(self._state.connections):
            if isinstance(connection, H11Protocol):
                connection.transport.abort()
        # Uvicorn has no event for this; it takes two rounds of the loop.
        while self._state.tasks or self._state.connections:  # noqa: ASYNC110
            await asyncio.sleep(0)
        await self._server.wait_closed()

    def _connection(self) -> H11Protocol:
        place: dict[str, Any] = {}
        connection = H11Protocol(config=self._config, server_state=self._state, app_state=place)
        place["connection"] = connection
        return connection


def hung_up(request: Request) -> asyncio.Task[None]:
    """Make a task that is done when the other side has gone; the body must have been read."""

    async def wait() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    return asyncio.create_task(wait())
