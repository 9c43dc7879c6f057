"""What is handed to others, in which very words the director stands behind; and what is forgotten or removed of what was kept."""

from __future__ import annotations

from typing import Final

from flows.events.event import FacilityEvent, RunEvent
from playbooks.frozen import frozen


@frozen
class DocumentApproved(RunEvent):
    """The director stands behind a document of a ``kind`` as made from the journal up to and with entry ``until``.

    ``sha256`` is the digest of what it says; a document with another one is a draft again.
    """

    kind: str
    language: str
    sha256: str
    until: int


@frozen
class BlackedOut(RunEvent):
    """What people wrote at turn ``of``, entry ``seq`` of the journal, was forgotten for ever; ``body`` is read in its place.

    It is the same event with marks where the words were.
    """

    of: int
    seq: int = 0
    body: str = ""


@frozen
class HouseBlackedOut(FacilityEvent):
    """The same, of an entry in the facility's own affairs."""

    of: int
    seq: int = 0
    body: str = ""


@frozen
class RetentionExtended(RunEvent):
    """Whoever decides keeps the run's files and the texts of its messages until ``until`` (a day, ISO 8601) and longer, unless they then say otherwise."""

    until: str

    @property
    def at(self) -> str:
        """Give the day, as the timeline calls it."""
        return self.until


@frozen
class EvidenceDisposed(RunEvent):
    """Whoever decides had the run's files (``files``, each by its SHA-256) removed, and the texts of its messages (``texts`` of them).

    ``bytes`` is how big the files are together. The entries stay, and with them the digests: what was removed can still
    be told from what was altered. A file that another run holds, too, goes with the last of them.
    """

    files: tuple[str, ...]
    bytes: int = 0
    texts: int = 0

    @property
    def count(self) -> int:
        """Give how many files."""
        return len(self.files)


@frozen
class EvidenceErased(RunEvent):
    """What was disposed of at turn ``of`` is off the disk: ``count`` files were erased.

    ``shared`` stay since another run holds them, ``gone`` weren't there any more. So many ``backups`` that were made
    before lie where backups go, and still hold them.
    """

    of: int
    count: int
    shared: int = 0
    gone: int = 0
    backups: int = 0


@frozen
class PlanApproved(FacilityEvent):
    """Whoever decides stands behind the facility's plan as it stood with entry ``until``; that is its next version.

    ``sha256`` is the digest of what it says in whatever language, ``mark`` that of the playbooks it names.
    """

    sha256: str
    until: int
    mark: str


@frozen
class PlanRead(FacilityEvent):
    """Whoever acts has read that ``version`` of the facility's plan."""

    version: int


WITHHELD_FOR: Final = ("names", "numbers", "inside")
"""Why words are withheld, where a tap says it: they name somebody, hold a number, or are the house's own business."""


@frozen
class TextsLookedAt(RunEvent):
    """Somebody looked at what people wrote in the entries at turns ``of``, before any of it goes to others.

    ``keep`` lets it go as it is; else it is withheld, and ``reason`` (a name of ours, or words) says why. An entry never
    changes, so its turn binds the decision to the very words that were seen; a correction is an entry of its own.
    ``to`` names the one recipient for whom they are kept; of a matter for a few nothing goes out to anybody who isn't named.
    """

    of: tuple[int, ...]
    keep: bool
    reason: str = ""
    to: str = ""


@frozen
class OpenedAtMachine(RunEvent):
    """What only a few may know of was opened on the machine itself: ``what`` was ordered there, in the name of ``by`` if anybody's."""

    what: str
    by: str = ""
