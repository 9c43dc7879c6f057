"""The keys of new rows: short, the same on the same day, and never given again on another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from hashlib import sha256

from contacts.written.likeness import plain


def new_key(kind: str, name: str, day: date, taken: Collection[str]) -> str:
    """Give a key for a row that is entered under ``name`` on ``day``; ``taken`` are those of its kind that are in use.

    Old entries of the journal go on meaning what they meant, so a key is never used for something else.
    """
    if kind == "member":
        return next(key for n in range(len(taken) + 1, 2 * len(taken) + 2) if (key := f"m{n}") not in taken)
    digest = sha256(f"{kind}\n{plain(name)}\n{day}".encode()).hexdigest()
    return next(key for size in range(8, 65) if (key := f"{kind[0]}-{digest[:size]}") not in taken)
