"""Sentences that fresh eyes wrote, in two halves by the digest of each: one to build with, one only to measure."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent / "sentences"


def sentences(name: str, *, measured: bool = True) -> list[str]:
    """Give the half of a file that is only measured, or the one that is built with."""
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [text for text in lines if text and is_measured(text) == measured]


def is_measured(text: str) -> bool:
    """Say whether a text is of the half that is only measured."""
    return int(sha256(text.encode()).hexdigest(), 16) % 2 == 0
