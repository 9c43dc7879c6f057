"""What all messages have in common: facts for the words to come, never the words; encoded as a name and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from flows.naming import kept_name

MESSAGES: dict[str, type[Message]] = {}
"""The classes of messages by the name under which the book of deliveries keeps them (``StepDone`` is ``step_done``)."""

_LEAVES = "leaves the disk"


@dataclass(frozen=True)
class Message:
    """Something owed to a person. Its fields hold only what JSON holds; lists are tuples, a new field needs a default.

    Kept under its own name in small letters or under the one that is given: ``class AskReason(Message, name="asking")``.
    """

    name: ClassVar[str]

    def __init_subclass__(cls, *, name: str = "") -> None:
        """Take a class into :data:`MESSAGES`; TypeError if another has its name already."""
        cls.name = name or kept_name(cls)
        if cls.name in MESSAGES:
            raise TypeError(f"{cls.__qualname__} and {MESSAGES[cls.name].__qualname__} are both called {cls.name!r}")
        MESSAGES[cls.name] = cls

    @property
    def facts(self) -> dict[str, Any]:
        """Give its fields by name, as they are kept."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


def secret() -> Any:
    """Mark a field as a secret: it leaves the book when its message is sent or given up, and is then empty."""
    return field(default="", metadata={_LEAVES: True}, repr=False)


def secrets_of(name: str) -> frozenset[str]:
    """Name the fields of a message that are secrets."""
    cls = MESSAGES.get(name)
    return frozenset(f.name for f in fields(cls) if _LEAVES in f.metadata) if cls is not None else frozenset()


def apart(name: str, facts: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Take the facts of a message apart: what may be kept, and what must be nowhere once it is sent."""
    hidden = secrets_of(name)
    return {n: v for n, v in facts.items() if n not in hidden}, {n: v for n, v in facts.items() if n in hidden}
