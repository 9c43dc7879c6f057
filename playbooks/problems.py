"""A mistake in a file that a person wrote: where it is, what is wrong and the likely cure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake, as ``file:line: what is wrong (likely cure)``; ``line`` counts from 1."""

    file: str
    line: int
    what: str
    cure: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}" + (f" ({self.cure})" if self.cure else "")
