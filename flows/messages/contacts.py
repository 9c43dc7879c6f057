"""What is said about people outside and their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flows.messages.message import Message


@dataclass(frozen=True)
class ContactsOffered(Message, name="contacts"):
    """Ways to find somebody to call."""


@dataclass(frozen=True)
class ContactsSystems(Message):
    """Find whoever is responsible for a system."""


@dataclass(frozen=True)
class ContactsSituations(Message):
    """Find whoever helps in a situation."""


@dataclass(frozen=True)
class ContactsKinds(Message):
    """Find somebody of a kind."""


@dataclass(frozen=True)
class ContactsInside(Message):
    """Who decides here, and who keeps the systems safe."""


@dataclass(frozen=True)
class ContactsOfKind(Message):
    """All of a kind."""

    kind: str


@dataclass(frozen=True)
class ContactsOfSituation(Message):
    """Whom one may need in a situation."""

    playbook: str


@dataclass(frozen=True)
class ContactsFound(Message):
    """Who was found by a word."""

    text: str


@dataclass(frozen=True)
class ContactsNoVendor(Message):
    """Nobody is known to be responsible for a system."""

    system: str


@dataclass(frozen=True)
class ContactShown(Message, name="contact"):
    """The card of somebody to call."""

    contact: str


@dataclass(frozen=True)
class NumberVerified(Message):
    """A number was found right."""

    contact: str


@dataclass(frozen=True)
class NumberDoubted(Message):
    """A number was found wrong."""

    contact: str


@dataclass(frozen=True)
class NumberEntered(Message):
    """A number was changed."""

    contact: str


@dataclass(frozen=True)
class NumberWhich(Message):
    """Which of the numbers is new?"""

    contact: str


@dataclass(frozen=True)
class AskNewNumber(Message):
    """What is the new number?"""

    contact: str
    turn: int = 0


@dataclass(frozen=True)
class AskContactSearch(Message):
    """Whom are you looking for?"""

    turn: int = 0


@dataclass(frozen=True)
class NumberHeard(Message, name="number_heard"):
    """The number offered at turn ``of`` may be kept."""

    of: int


@dataclass(frozen=True)
class NumberKept(Message):
    """The number offered at turn ``of`` stands among the contacts."""

    of: int


@dataclass(frozen=True)
class NumberTakenBack(Message):
    """It stands there no longer."""

    of: int


@dataclass(frozen=True)
class AskContactName(Message):
    """Whose is the number offered at turn ``of``?"""

    of: int
    turn: int = 0


@dataclass(frozen=True)
class ContractsShown(Message, name="contracts"):
    """Every contract that runs, and the vendors with whom none is entered."""


@dataclass(frozen=True)
class ContractShown(Message, name="contract"):
    """One contract, with what may be entered of it."""

    contract: str


@dataclass(frozen=True)
class AskContractField(Message):
    """What does the contract say of this?"""

    contract: str
    field: str
    turn: int = 0


@dataclass(frozen=True)
class AskNewContract(Message):
    """What is the contract with this vendor called?"""

    contact: str
    turn: int = 0


@dataclass(frozen=True)
class ContractUnread(Message):
    """What was written of a contract can't be read, and why (``reason``, a phrase)."""

    reason: dict[str, Any]
