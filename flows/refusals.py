"""What may not be asked, said politely; nothing changes."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """Someone asked what may not be; ``name`` says why, ``data`` are the facts that the words need.

    Raised by ``decide`` before anything is written. The phrase is ``refused.<name>`` in ``bot/phrases``.
    """

    def __init__(self, name: str, **data: Any) -> None:
        super().__init__(name)
        self.name = name
        self.data = data
