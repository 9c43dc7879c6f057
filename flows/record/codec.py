"""How events are written into the journal and read back: a kind and JSON text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

from flows.events.event import KINDS, Event
from flows.naming import kept_name


def encode(event: Event) -> tuple[str, str]:
    """Give an event's kind and its body as JSON text."""
    body = {f.name: getattr(event, f.name) for f in fields(event)}
    return kept_name(type(event)), json.dumps(body, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=64)  # what was just written is read for the act that wrote it, and again when it is on disk
def decode(kind: str, body: str) -> Event | None:
    """Read an event back; None for kinds that say nothing about a run's state (seals, journal breaks)."""
    cls = KINDS.get(kind)
    if cls is None:
        return None
    said: Mapping[str, Any] = json.loads(body)
    known = {f.name for f in fields(cls)}

    values: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in said.items() if n in known}
    return cls(**values)
