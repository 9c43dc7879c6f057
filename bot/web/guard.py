"""What every answer of the page carries, and what is turned away before anything looks at it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 21 * 1024 * 1024
"""Bytes of a request: a photo of 20 MB with what stands around it."""


def _by_https(origins: Sequence[str]) -> bool:
    return all(origin.startswith("https://") for origin in origins)


class TooLarge(Exception):
    """Somebody sends more than is taken."""


class Guard:
    """Answers only who asks for it by one of its own ``hosts``, and takes acts only from its own pages.

    A name that another site points at this machine (DNS rebinding) is no host of ours, and a form on another site has
    another origin. ``styles`` are the digests of the styles that stand in our pages.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Sequence[str],
        origins: Sequence[str],
        styles: Sequence[str],
        turned_away: Callable[[int], str],
    ) -> None:
        """``hosts`` with their port, ``origins`` with their scheme as well; ``turned_away`` says what a status means."""
        self._app, self._hosts, self._turned_away = app, frozenset(hosts), turned_away
        self._origins = frozenset(origins)
        style = " ".join(f"'sha256-{style}'" for style in styles)
        self._headers = {
            "content-security-policy": "; ".join(
                (
                    "default-src 'none'",
                    "script-src 'self'",
                    f"style-src {style}",
                    "img-src 'self'",
                    "connect-src 'self'",
                    "form-action 'self'",
                    "base-uri 'none'",
                    "frame-ancestors 'none'",
                )
            ),
            "referrer-policy": "same-origin",  # with no-referrer, browsers say of our own forms that they come from nowhere
            "x-content-type-options": "nosniff",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            **({"strict-transport-security": "max-age=31536000"} if _by_https(origins) else {}),
            "cache-control": "no-store",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or turn it away."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, taken = Headers(scope=scope), 0

        async def adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    answer.setdefault(name, value)
            await send(message)

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > LARGEST:
                raise TooLarge
            return message

        status = self._refused(scope["method"], headers)
        if status:
            await PlainTextResponse(self._turned_away(status), status)(scope, receive, adding)
            return
        try:
            await self._app(scope, counted, adding)
        except TooLarge:
            await PlainTextResponse(self._turned_away(413), 413)(scope, receive, adding)

    def _refused(self, method: str, headers: Headers) -> int:
        if headers.get("host") not in self._hosts:
            return 421
        if method not in ("GET", "HEAD") and headers.get("origin") not in self._origins:
            return 403
        length = headers.get("content-length", "0")
        return 413 if not length.isdigit() or int(length) > LARGEST else 0
