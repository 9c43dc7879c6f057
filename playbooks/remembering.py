"""What was read and checked once is remembered between starts: reading all files anew takes seconds, this takes milliseconds.

Only sound things are remembered, in the user's own cache folder, under the digest of everything that they were made of, the
program's own text included. A cache that can't be written, or was damaged,
costs time and nothing else. Within one process a thing that was read back is kept as it is: models are frozen.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import fields
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar


class Rememberable(Protocol):
    """What can be remembered as JSON: any model of Pydantic, or what is as plain as this and spares loading it."""

    @classmethod
    def model_validate_json(cls, json_data: bytes) -> Self:
        """Read it back; ValueError (a ValidationError is one) for what is none."""
        ...

    def model_dump_json(self, *, exclude_unset: bool) -> str:
        """Write it down."""
        ...


class Plain:
    """A frozen value that is remembered as the JSON of its fields, so that whoever reads it back needn't load Pydantic.

    Lists come back as lists: its fields are sequences and mappings.
    """

    @classmethod
    def model_validate_json(cls, json_data: bytes) -> Self:
        """Read it back; ValueError for what has other fields."""
        read = json.loads(json_data)
        if not isinstance(read, dict) or read.keys() != {each.name for each in fields(cls)}:  # type: ignore[arg-type]  # of a dataclass
            raise ValueError(f"this is no {cls.__name__}")
        return cls(**read)

    def model_dump_json(self, *, exclude_unset: bool) -> str:
        """Write it down."""
        return json.dumps({each.name: getattr(self, each.name) for each in fields(self)}, ensure_ascii=False)  # type: ignore[arg-type]  # of a dataclass


_Model = TypeVar("_Model", bound=Rememberable)


def folder() -> Path:
    """Give the cache folder of whoever runs this."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "tomoshibi"


@cache
def _program() -> bytes:
    """Give the digest of the modules that read and check, their phrases and the names of pictures: another program may read a file otherwise."""
    digest = sha256()
    here = Path(__file__).parent
    for path in sorted([*here.rglob("*.py"), *here.glob("phrases/*/*.yaml"), *here.glob("library/pictures/*.yaml")]):
        digest.update(path.read_bytes())
    return digest.digest()


@lru_cache(maxsize=256)
def _read_back(model: type[_Model], path: Path, written: int) -> _Model:
    """Read a file of the cache that was ``written`` at that time, in nanoseconds; read once in a process."""
    return model.model_validate_json(path.read_bytes())


def _forget(newest: Path, model: type[Any], most: int | None) -> None:
    """Remove what was made first, so that no more than ``most`` of a model stay."""
    files = newest.parent.glob(f"{model.__name__.lower()}-*.json") if most is not None else ()
    for file in sorted(files, key=lambda file: file.stat().st_mtime_ns, reverse=True)[most:]:
        file.unlink(missing_ok=True)


def digest_of(made_of: Iterable[bytes]) -> bytes:
    """Give 32 bytes that are others as soon as one of these parts is another."""
    digest = sha256()
    for part in made_of:
        digest.update(sha256(part).digest())
    return digest.digest()


def remembered(
    model: type[_Model], made_of: Iterable[bytes], make: Callable[[], _Model | None], most: int | None = None
) -> _Model | None:
    """Give what ``make`` gave for the same bytes before, or make it now; None (something is wrong) is never remembered.

    Of what is large, only the ``most`` that were made last are kept.
    """
    name = f"{model.__name__.lower()}-{digest_of((_program(), *made_of)).hex()}.json"
    try:
        path = folder() / name
        read: _Model = _read_back(model, path, path.stat().st_mtime_ns)
        return read
    except (OSError, RuntimeError, ValueError):
        made = make()
    if made is not None:
        with suppress(OSError, RuntimeError):
            path = folder() / name
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(f".{os.getpid()}")
            unfinished.write_text(made.model_dump_json(exclude_unset=True), encoding="utf-8")
            unfinished.replace(path)
            _forget(path, model, most)
    return made
