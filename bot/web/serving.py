"""Serving: a port, and the server that runs in our own event loop."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn
from starlette.types import ASGIApp

from bot.page_links import LOOPBACK
from bot.settings import PAGE_PORT

TRIES = 20
"""So many ports are tried, one after the other, where one is taken."""


class NoPort(Exception):
    """All ports are taken."""


def listen_at(host: str, port: int) -> socket.socket:
    """Listen at a port; raises OSError where that can't be. On Windows, reusing an address would share it with others."""
    found = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        if os.name == "posix":
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(64)
    except OSError:
        found.close()
        raise
    return found


def free_socket(first: int = PAGE_PORT) -> socket.socket:
    """Listen on the first free port from ``first`` on, on this machine alone; raises NoPort."""
    for port in range(first, min(first + TRIES, 65536)):
        with suppress(OSError):
            return listen_at(LOOPBACK, port)
    raise NoPort


def hosts_of(listening: socket.socket) -> tuple[str, ...]:
    """Give by which names, with the port, a browser on this machine asks for it; the first is the one to print."""
    port = listening.getsockname()[1]
    return f"{LOOPBACK}:{port}", f"localhost:{port}"


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs it, and lets streams end before it cuts what still hangs."""

    def __init__(self, config: uvicorn.Config, ending: asyncio.Event) -> None:
        super().__init__(config)
        self._ending = ending

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ending.set()
        await super().shutdown(sockets)


async def serve(application: ASGIApp, listening: socket.socket, ending: asyncio.Event) -> None:
    """Answer until it is cancelled; ``ending`` is set then, by which open streams end, and what still hangs is cut.

    Whose a request is, a proxy on this machine may say (``X-Forwarded-For``), and nobody else.
    """
    config = uvicorn.Config(
        application,
        log_level="critical",  # our own mistakes are logged where they are met (`answering`)
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=1,
        limit_concurrency=1000,
    )
    server = _Server(config, ending)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise
