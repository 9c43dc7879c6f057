"""An event loop in whose time nothing takes time but waiting: minutes of pauses pass at once, over real connections, too."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from functools import wraps
from typing import Any, ParamSpec

P = ParamSpec("P")

STIRS_WITHIN = 0.005
"""Seconds, real ones, in which what was sent on loopback is there: a busy machine's kernel needs a moment now and then."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """Its clock stands while there is anything to do, and jumps to the next timer when there isn't.

    ``stirs_within``: 0 where nothing comes over a network.
    """

    def __init__(self, stirs_within: float = STIRS_WITHIN) -> None:
        self.seconds = 0.0
        self.stirs_within = stirs_within
        self.in_threads = 0
        super().__init__(_Selector(self))

    def time(self) -> float:
        """Give the seconds that were waited since the loop began."""
        return self.seconds

    def run_in_executor(self, executor: Executor | None, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        """Run in a thread, during which the clock stands."""
        future = super().run_in_executor(executor, func, *args)
        self.in_threads += 1

        def back(_: object) -> None:
            self.in_threads -= 1

        future.add_done_callback(back)
        return future


class _Selector(selectors.DefaultSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= 0 or self._loop.in_threads:
            return super().select(timeout if not self._loop.in_threads else None)
        ready = super().select(self._loop.stirs_within)
        if not ready:
            self._loop.seconds += timeout
        return ready


def in_virtual_time(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Let a test run in a loop of its own, whose seconds pass at once."""

    @wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(test(*args, **kwargs))

    return run
