"""What is said about people outside and their numbers."""

from __future__ import annotations

from typing import Any

from flows.messages.message import Message
from playbooks.frozen import frozen


@frozen
class ContactsOffered(Message, name="contacts"):
    """Ways to find somebody to call."""


@frozen
class ContactsSystems(Message):
    """Find whoever is responsible for a system."""


@frozen
class ContactsSituations(Message):
    """Find whoever helps in a situation."""


@frozen
class ContactsKinds(Message):
    """Find somebody of a kind."""


@frozen
class ContactsInside(Message):
    """Who decides here, and who keeps the systems safe."""


@frozen
class ContactsOfKind(Message):
    """All of a kind."""

    kind: str


@frozen
class ContactsOfSituation(Message):
    """Whom one may need in a situation."""

    playbook: str


@frozen
class ContactsFound(Message):
    """Who was found by a word."""

    text: str


@frozen
class ContactsNoVendor(Message):
    """Nobody is known to be responsible for a system."""

    system: str


@frozen
class ContactShown(Message, name="contact"):
    """The card of somebody to call."""

    contact: str


@frozen
class NumberVerified(Message):
    """A number was found right."""

    contact: str


@frozen
class NumberDoubted(Message):
    """A number was found wrong."""

    contact: str


@frozen
class NumberEntered(Message):
    """A number was changed."""

    contact: str


@frozen
class NumberWhich(Message):
    """Which of the numbers is new?"""

    contact: str


@frozen
class AskNewNumber(Message):
    """What is the new number?"""

    contact: str
    turn: int = 0


@frozen
class AskContactSearch(Message):
    """Whom are you looking for?"""

    turn: int = 0


@frozen
class NumberHeard(Message, name="number_heard"):
    """The number offered at turn ``of`` may be kept."""

    of: int


@frozen
class NumberKept(Message):
    """The number offered at turn ``of`` stands among the contacts."""

    of: int


@frozen
class NumberTakenBack(Message):
    """It stands there no longer."""

    of: int


@frozen
class AskContactName(Message):
    """Whose is the number offered at turn ``of``?"""

    of: int
    turn: int = 0


@frozen
class ContractsShown(Message, name="contracts"):
    """Every contract that runs, and the vendors with whom none is entered."""


@frozen
class ContractShown(Message, name="contract"):
    """One contract, with what may be entered of it."""

    contract: str


@frozen
class AskContractField(Message):
    """What does the contract say of this?"""

    contract: str
    field: str
    turn: int = 0


@frozen
class AskNewContract(Message):
    """What is the contract with this vendor called?"""

    contact: str
    turn: int = 0


@frozen
class ContractUnread(Message):
    """What was written of a contract can't be read, and why (``reason``, a phrase)."""

    reason: dict[str, Any]
