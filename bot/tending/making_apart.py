"""A document is made in a process of its own, from the home on disk: one that never ends keeps neither messages nor the end."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

from bot.documents.orders import Order, made
from bot.home import Home
from bot.logs import log_to_stderr
from bot.tending.apart import limit, ran_apart

Make = Callable[[Order], Awaitable[bytes]]
"""Makes a file; raises whatever keeps it from being made."""

MAKING_LASTS = 120.0
"""Seconds of the clock on the wall that making one may take: the largest take five on an idle machine."""

MOST_SECONDS, MOST_MEMORY = 90, 3072
"""Seconds of a processor and MB of memory that it may take; memory is counted with the fonts, which are only looked into."""

MOST_BYTES = 50 * 1024 * 1024
"""What a bot may send (Bot API, sendDocument)."""


async def made_apart(home: Path, order: Order, lasts: float = MAKING_LASTS) -> bytes:
    """Make a file of a home in a process of its own; raises TookTooMuch."""
    return await ran_apart(__name__, str(home), content=pickle.dumps(order), lasts=lasts)


async def made_here(home: Home, order: Order) -> bytes:
    """Make it here and now, for a stage on which everybody waits for everything."""
    return made(home, order)


def _main() -> None:
    """Make what is asked for, and give it out."""
    log_to_stderr(quiet=True)
    limit(MOST_SECONDS, MOST_MEMORY)
    order: Order = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  (from the process that started us)
    with closing(Home(Path(sys.argv[1]))) as home:
        file = made(home, order)
    if len(file) > MOST_BYTES:
        raise SystemExit(f"{order.name} has {len(file)} bytes")
    sys.stdout.buffer.write(file)


if __name__ == "__main__":
    _main()
