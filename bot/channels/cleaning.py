"""What a channel brings, made writable: half a surrogate pair is legal in JSON and in a terminal, and in no file of ours."""

from __future__ import annotations

from typing import Any


def writable(text: str) -> str:
    """Give a text that any file takes: halves that belong together are joined, a half alone becomes the sign for what is lost."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def all_writable(value: Any) -> Any:
    """Give what JSON held, with every text in it writable."""
    match value:
        case str():
            return writable(value)
        case list():
            return [all_writable(each) for each in value]
        case dict():
            return {writable(str(key)): all_writable(each) for key, each in value.items()}
        case _:
            return value
