"""What is said about what is to be kept in order: matters, tasks, readiness, the journal itself."""

from __future__ import annotations

from flows.messages.message import Message, Plain
from playbooks.frozen import frozen


@frozen
class Upkeep(Message):
    """What is due, by the ids of the matters."""

    matters: tuple[str, ...]


@frozen
class QuietEnds(Message):
    """What ended quietly today, by its runs."""

    runs: tuple[str, ...]


@frozen
class ClockWentBack(Plain):
    """The clock of the machine on which this runs went back by so many minutes; somebody should look whether it is right."""

    minutes: int


@frozen
class ClockIsOff(Plain):
    """The clock of the machine is so many minutes ahead of the right time, or behind it."""

    minutes: int
    ahead: bool


@frozen
class DiskLow(Plain):
    """So many megabytes are free on the machine's disk, which may not do for a long incident."""

    free: int


@frozen
class EvidenceOver(Message):
    """No more files are taken: of ``who`` today, of anybody because the home holds enough, or because the disk is full."""

    over: str
    who: str = ""


@frozen
class MatterShown(Message, name="matter"):
    """One matter, as it is now."""

    mark: str
    changed: bool = False


@frozen
class MatterNumber(Message):
    """The number that a matter is about."""

    mark: str


@frozen
class MatterSettled(Message, name="matter.settled"):
    """Thanks for what was settled; a ``task`` goes on with it."""

    task: bool = False


@frozen
class AskUpkeepHelp(Message):
    """What help is needed?"""

    turn: int = 0


@frozen
class AskUpkeepNote(Message):
    """What is to be noted?"""

    turn: int = 0


@frozen
class AskUpkeepProof(Message):
    """What proves it?"""

    turn: int = 0


@frozen
class AskUpkeepMinutes(Message):
    """How many minutes did it take?"""

    turn: int = 0


@frozen
class TasksListed(Message, name="tasks"):
    """The open tasks."""


@frozen
class TaskShown(Message, name="task"):
    """One task."""

    task: int


@frozen
class TaskOver(Message, name="task_done"):
    """A task is done."""

    task: int


@frozen
class TaskOff(Message, name="task_dropped"):
    """A task was dropped."""

    task: int


@frozen
class TaskTo(Message):
    """Who is to take a task over?"""

    task: int


@frozen
class TaskLater(Message):
    """Until when is a task put off?"""

    task: int


@frozen
class TaskReasonAsked(Message, name="ask_task_reason"):
    """Why is a task dropped?"""

    task: int
    turn: int = 0


@frozen
class ReadinessShown(Message, name="readiness"):
    """How ready the facility is."""


@frozen
class ReadinessNotYours(Plain, name="readiness.not_yours"):
    """Others keep the registry."""


@frozen
class ReadinessAll(Message, name="readiness.all"):
    """All that makes the facility ready."""


@frozen
class ReadinessItem(Message, name="readiness.item"):
    """One thing that makes the facility ready."""

    item: str


@frozen
class ChartShown(Message, name="chart"):
    """Who calls whom."""


@frozen
class SealPosted(Message, name="seal"):
    """The journal's head, signed, to be kept outside. It proves the record, and the book of deliveries never forgets it."""

    run: str
    seq: int
    digest: str
    signature: str
    keeper: str = ""
    """The contact outside to whom the next message is to be forwarded; empty for nobody."""
    by_itself: bool = False
    """Whether it goes to whoever keeps seals by a way of their own: then nothing is to be forwarded."""


@frozen
class SealForKeeper(Message, name="seal_for_keeper"):
    """A seal as somebody outside keeps it: number and digest, and whose record it is; ``keeper`` is their contact."""

    seq: int
    digest: str
    keeper: str

    @property
    def key(self) -> str:
        """Name the message that changes in place once it was forwarded."""
        return f"seal_out:{self.seq}"


@frozen
class SealToKeeper(Message):
    """The same, as it goes to whoever keeps it by a way of their own; ``keeper`` is their contact, empty where none is named."""

    seq: int
    digest: str
    keeper: str = ""


@frozen
class RecordDoubtful(Message):
    """There are ``signs`` that something else than the bot wrote to the home."""

    signs: tuple[str, ...]


@frozen
class SealKeyNew(Message):
    """Seals bear the fingerprint ``now``, since the key ``before`` was ``damaged`` or ``missing`` (``why``)."""

    why: str
    before: tuple[str, ...]
    now: str


@frozen
class RunUnreadable(Message):
    """Entry ``seq`` of the run ``of`` says nothing to this version; the run is kept, and not dealt with."""

    of: str
    seq: int


@frozen
class JournalBroken(Message):
    """The journal was altered, at entry ``seq``."""

    seq: int


@frozen
class RetentionListed(Message, name="retention"):
    """What is kept of runs that are over, and until when."""


@frozen
class RetentionOf(Message, name="retention.of"):
    """What is kept of one run (``of``), and what may become of it; ``changed`` says that there was something else to see before."""

    of: str
    changed: bool = False


@frozen
class DisposalAsked(Message, name="retention.ask"):
    """Is it really to be removed?"""

    of: str


@frozen
class RetentionIs(Message, name="retention.kept"):
    """It is kept until that day (ISO 8601)."""

    until: str


@frozen
class DisposalTold(Message, name="retention.gone"):
    """What is kept of a run is being removed (``done`` is False), or was: so many files and the texts of so many messages.

    ``shared`` stay since another run holds them, ``gone`` weren't there; so many ``backups`` still hold what was removed.
    ``by`` is who decided so, no member where that was at the machine.
    """

    by: str
    files: int
    bytes: int
    texts: int
    done: bool = False
    shared: int = 0
    gone: int = 0
    backups: int = 0


@frozen
class BackupSent(Message):
    """A backup, to be kept where the machine isn't: the encrypted file goes along."""

    name: str


@frozen
class NoBackupNow(Message):
    """There can be no backup, and why; the last good one was made at ``last`` (ISO 8601, empty for never)."""

    why: str
    last: str = ""


@frozen
class HomeRestored(Message):
    """The bot goes on from the backup made at ``made_at`` (ISO 8601); ``cut`` says that more is known to be missing."""

    made_at: str
    cut: bool = False
