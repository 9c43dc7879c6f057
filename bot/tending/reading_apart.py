"""A workbook is read in a process of its own: a file made to fill memory or time ends that process alone."""

from __future__ import annotations

import pickle
import sys

from bot.tending.apart import TookTooMuch, limit, ran_apart
from contacts.phrasing import say
from contacts.rows.tables import Workbook
from contacts.written.mistakes import Mistake

READING_LASTS = 60.0
"""Seconds of the clock on the wall that reading may take."""

MOST_SECONDS, MOST_MEMORY = 30, 1024
"""Seconds of a processor and MB of memory that it may take."""


async def read_apart(content: bytes, lasts: float = READING_LASTS, memory: int = MOST_MEMORY) -> Workbook:
    """Read a file's bytes; what takes more than it may is a mistake of the file, told like the others."""
    try:
        read: object = pickle.loads(await ran_apart(__name__, str(memory), content=content, lasts=lasts))  # noqa: S301  (our own process)
    except TookTooMuch:
        read = None
    return read if isinstance(read, Workbook) else Workbook(mistakes=(Mistake(say("workbook.takes_too_much")),))


def _main() -> None:
    """Read what comes in, and give the workbook out."""
    from contacts.workbook import read  # noqa: PLC0415  (whoever only waits for it needs no openpyxl)

    content = sys.stdin.buffer.read()
    limit(MOST_SECONDS, int(sys.argv[1]))
    sys.stdout.buffer.write(pickle.dumps(read(content)))


if __name__ == "__main__":
    _main()
