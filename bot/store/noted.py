"""What one process notes beside the record for another to read: a small file, written whole or not at all, that nothing hangs on."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


def note(path: Path, what: DataclassInstance) -> None:
    """Note something whose fields are texts; where that can't be written it is let be."""
    with suppress(OSError):
        unfinished = path.with_name(f"{path.name}.part")
        unfinished.write_text(json.dumps(asdict(what)), encoding="utf-8")
        unfinished.replace(path)


def noted(path: Path, kind: type[T]) -> T:
    """Give what was noted last; an empty one where there is nothing, or nothing that can be read."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return kind(**{field.name: str(said[field.name]) for field in fields(kind)})
    except (OSError, ValueError, KeyError, TypeError):
        return kind()
