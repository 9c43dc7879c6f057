"""What can be owed to people: a class for each message, with the facts that its words need and never the words.

Messages are kept in the book of deliveries as their name and their facts, so an old home's unsent ones are still read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Self

MESSAGES: dict[str, type[Message]] = {}
"""The classes of messages by the name under which the book of deliveries keeps them."""

_LEAVES_THE_DISK = "leaves the disk"


@dataclass(frozen=True)
class Message:
    """Something owed to a person. Its fields hold only what JSON holds; a new field needs a default.

    ``class Joined(Message)`` is kept as ``joined``; ``class AbsenceNoted(Message, name="absent.on")`` under its own name,
    which is the name of its phrase where no view says it otherwise.
    """

    name: ClassVar[str] = ""

    def __init_subclass__(cls, *, name: str = "") -> None:
        """Make the class known under its name; TypeError if another one has it."""
        cls.name = name or re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        if MESSAGES.setdefault(cls.name, cls) is not cls:
            raise TypeError(f"two messages are called {cls.name}")

    @classmethod
    def of(cls, facts: Mapping[str, object]) -> Self:
        """Read a message back from its facts; those that it doesn't know any more are left out."""
        known = {f.name for f in fields(cls)}
        return cls(**{n: tuple(v) if isinstance(v, list) else v for n, v in facts.items() if n in known})

    @property
    def facts(self) -> dict[str, Any]:
        """Give its fields by name, as they are kept."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @classmethod
    def secrets(cls) -> Iterator[str]:
        """Name the fields that must be nowhere on disk once the message is sent."""
        return (f.name for f in fields(cls) if f.metadata.get(_LEAVES_THE_DISK))


def secret(default: str = "") -> Any:
    """Mark a field as a secret: it leaves the disk when its message is sent, and never goes into an export."""
    return field(default=default, metadata={_LEAVES_THE_DISK: True}, repr=False)


def message_of(name: str, facts: Mapping[str, object]) -> Message:
    """Read a message as the book of deliveries keeps it; KeyError for a name that no class has."""
    return MESSAGES[name].of(facts)
