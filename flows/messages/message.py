"""What all messages have in common: facts for the words to come, never the words; encoded as a name and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields
from typing import Any, ClassVar

from flows.naming import kept_name
from playbooks.frozen import frozen

MESSAGES: dict[str, type[Message]] = {}
"""The classes of messages by the name under which the book of deliveries keeps them (``StepDone`` is ``step_done``)."""

_LEAVES = "leaves the disk"


@frozen
class Message:
    """Something owed to a person. Its fields hold only what JSON holds; lists are tuples, a new field needs a default.

    Kept under its own name in small letters or under the one that is given: ``class AskReason(Message, name="asking")``.
    """

    kept_as: ClassVar[str]

    def __init_subclass__(cls, *, name: str = "", abstract: bool = False) -> None:
        """Take a class into :data:`MESSAGES`, if it is no base of others; TypeError if another has its name already."""
        if abstract:
            return
        cls.kept_as = name or kept_name(cls)
        if cls.kept_as in MESSAGES:
            raise TypeError(
                f"{cls.__qualname__} and {MESSAGES[cls.kept_as].__qualname__} are both called {cls.kept_as!r}"
            )
        MESSAGES[cls.kept_as] = cls

    @property
    def facts(self) -> dict[str, Any]:
        """Give its fields by name, as they are kept."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @classmethod
    def secrets(cls) -> frozenset[str]:
        """Name the fields that must be nowhere once the message is sent."""
        return frozenset(f.name for f in fields(cls) if _LEAVES in f.metadata)

    @property
    def without_secrets(self) -> Message:
        """Give it as it is known once it is sent."""
        return message_of(self.kept_as, {n: v for n, v in self.facts.items() if n not in self.secrets()})


@frozen
class Plain(Message, abstract=True):
    """A message that is its phrase and nothing else: the words stand under its name and take its fields."""


@frozen
class Undecodable(Message, name="undecodable"):
    """What stands in the book and no class can be made of; it can't be said, and holds up no other message."""

    was: str
    told: Mapping[str, Any] = field(default_factory=dict)


def secret() -> Any:
    """Mark a field as a secret: it leaves the book when its message is sent or given up, and is then empty."""
    return field(default="", metadata={_LEAVES: True}, repr=False)


def message_of(name: str, facts: Mapping[str, Any]) -> Message:
    """Make a message of its name and facts; those that its class doesn't know (any more) are left out.

    KeyError for a name that no class has, TypeError for facts that are missing.
    """
    cls = MESSAGES[name]
    known = {f.name for f in fields(cls)}
    return cls(**{n: tuple(v) if isinstance(v, list) else v for n, v in facts.items() if n in known})


def decode(name: str, facts: Mapping[str, Any]) -> Message:
    """Read a message as the book keeps it; what no class can be made of is :class:`Undecodable`."""
    try:
        return message_of(name, facts)
    except (KeyError, TypeError):
        return Undecodable(name, dict(facts))
