"""What answers browsers: the guard before all else, our script, and what is said to whoever is turned away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.store.trouble import StorageTrouble
from bot.web.guard import Guard
from bot.web.pages import SCRIPT, STYLES, digest, says
from playbooks.texts import Language

_log = structlog.get_logger(__name__)

SAID = (403, 404, 405, 413, 415, 429)
"""What is said in a sentence of its own; all else could not be read."""


def answering(
    routes: Sequence[BaseRoute],
    hosts: Sequence[str],
    origins: Sequence[str],
    language: Callable[[], Language],
    stranger: Callable[[Request], Response] | None = None,
) -> Starlette:
    """Make what answers browsers that ask for one of ``hosts``, and takes acts from ``origins``.

    ``stranger`` is what somebody is shown who isn't let in.
    """

    def turned_away(status: int) -> str:
        return says(language(), f"turned_away.{status}")

    async def refused(request: Request, why: Exception) -> Response:
        status = why.status_code if isinstance(why, HTTPException) else 500
        if status == 403 and stranger is not None:
            return stranger(request)
        return PlainTextResponse(turned_away(status if status in SAID else 400), status)

    async def failed(request: Request, bug: Exception) -> Response:
        _log.error("page.bug", path=request.scope.get("route") and request.scope["route"].path, exc_info=bug)
        return PlainTextResponse(turned_away(500), 500)

    async def unsaved(_: Request, __: Exception) -> Response:
        return PlainTextResponse(turned_away(503), 503)

    async def cut_off(_: Request, __: Exception) -> Response:
        return PlainTextResponse(turned_away(400), 400)  # nobody reads it; whoever was cut off sends the form again

    guard = Middleware(
        Guard, hosts=hosts, origins=origins, styles=list(map(digest, STYLES.values())), turned_away=turned_away
    )
    ours = [Route("/page.js", _script), Route("/favicon.ico", _nothing)]
    handlers = {HTTPException: refused, ClientDisconnect: cut_off, StorageTrouble: unsaved, Exception: failed}
    return Starlette(routes=[*ours, *routes], middleware=[guard], exception_handlers=handlers)


async def _script(_: Request) -> Response:
    return Response(SCRIPT, media_type="text/javascript", headers={"cache-control": "max-age=3600"})


async def _nothing(_: Request) -> Response:
    return Response(status_code=204)
