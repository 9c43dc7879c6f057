"""Serving on this machine: a port that is free, and the server that runs in our own event loop."""

from __future__ import annotations

import asyncio
import socket

import uvicorn
from starlette.types import ASGIApp

HOST = "127.0.0.1"
PORT = 8390
"""Where the page is looked for first."""

TRIES = 20
"""So many ports are tried, one after the other, where one is taken."""


class NoPort(Exception):
    """All ports are taken."""


def free_socket(first: int = PORT) -> socket.socket:
    """Listen on the first free port from ``first`` on, on this machine alone; raises NoPort."""
    for port in range(first, min(first + TRIES, 65536)):
        found = socket.socket()
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((HOST, port))
            found.listen(64)
        except OSError:
            found.close()
        else:
            return found
    raise NoPort


def hosts_of(listening: socket.socket) -> tuple[str, ...]:
    """Give by which names, with the port, a browser on this machine asks for it; the first is the one to print."""
    port = listening.getsockname()[1]
    return f"{HOST}:{port}", f"localhost:{port}"


async def serve(application: ASGIApp, listening: socket.socket) -> None:
    """Answer until it is cancelled or the process is told to end (Ctrl-C, SIGTERM); streams that are open then are cut."""
    config = uvicorn.Config(
        application,
        log_level="error",
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=1,
        limit_concurrency=200,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise
