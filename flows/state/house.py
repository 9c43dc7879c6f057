"""The facility's own state, as the replay of its entries: questions that wait, tasks, and what was brought up already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from flows.events.drills import CadenceChanged
from flows.events.event import Event
from flows.events.facility import (
    ContactChanged,
    DangerLate,
    DangerRung,
    DangerSeen,
    DangerTakenBack,
    DangerTold,
    FacilityMade,
    HintClosed,
    MaskLifted,
    MaskStands,
    MemberChanged,
    MemberEnrolled,
    MemberInvited,
    MemberSuspended,
    NumberOffered,
    OfferedNumberKept,
    OfferedNumberTakenBack,
    RegistryChanged,
    TextMasked,
)
from flows.events.papers import PlanApproved, PlanRead
from flows.events.photos import PhotoDropped, PhotoKept, PhotoLost, PhotoReceived
from flows.events.setting_up import SetupBegun, SetupPassed, WorkbookMoved, WorkbookReceived
from flows.events.upkeep import (
    QuietEndsTold,
    SealHandedOn,
    TaskDone,
    TaskDropped,
    TaskGiven,
    TaskOpened,
    TaskVerified,
    UpkeepBroughtUp,
)
from flows.events.working import Asked, AskingDropped
from flows.state.backups import Backups
from flows.state.drill_calendar import Drill, DrillCalendar
from flows.state.stamp import Stamp, evolve, evolves
from flows.state.wall_pack import WallPack
from playbooks.frozen import frozen


@frozen
class Task:
    """Something that one person sees to by a day: a wrong number, an improvement. ``id`` is the turn that opened it.

    ``state`` goes open → done → verified (by a later drill), or dropped with a reason; ``said`` is what was said last.
    """

    id: int
    what: str
    about: dict[str, Any]
    owner: str
    due: date
    opened_by: str
    opened_at: datetime
    state: str = "open"
    said: str = ""

    @property
    def open(self) -> bool:
        """Whether it waits for its owner."""
        return self.state == "open"


@frozen
class SeenDanger:
    """A danger that somebody wrote of; ``turn`` is that at which it was seen, ``state`` goes seen → rung, or none.

    ``joins`` is the turn of the same one, where it was seen before; ``eased``, that somebody (``eased_by``) wrote that it has.
    ``helped_by`` said at ``helped_at`` that help was called, and ``arrived_at`` that it came; ``coming`` wrote that they go there, and
    ``voiceless`` must not be heard: their phones stay silent. ``late`` is when it was written, where the bot was off for so long that nobody is rung by itself.
    """

    turn: int
    member: str
    danger: str
    text: str
    plain: bool
    drill: str
    at: datetime
    helped: bool = False
    joins: int = 0
    state: str = "seen"
    rung: tuple[str, ...] = ()
    eased: bool = False
    eased_by: str = ""
    eased_text: str = ""
    late: datetime | None = None
    unplayed: bool = False
    helped_by: str = ""
    helped_at: datetime | None = None
    rung_at: datetime | None = None
    arrived_at: datetime | None = None
    coming: tuple[str, ...] = ()
    voiceless: tuple[str, ...] = ()

    def takes_call_back(self, news: str, member: str) -> bool:
        """Whether it counts as not called for any more, since who said so, or the first to speak of it, says that it isn't."""
        return news == "uncalled" and self.helped_by in ("", member)

    @property
    def rings_by_itself(self) -> bool:
        """Whether everybody is rung for it unless it is taken back; never for what is played in a drill, nor twice."""
        earnest = self.plain and (not self.drill or self.unplayed)
        return earnest and not self.joins and self.late is None and self.state == "seen"


@frozen
class Hint:
    """A text that sounded like trouble while nothing was known to go on; it ``waits`` until its writer says what it is.

    ``to`` were told of it, since they didn't.
    """

    turn: int
    member: str
    text: str
    at: datetime
    waits: bool = True
    to: tuple[str, ...] = ()


@frozen
class MaskedText:
    """A text that was kept with marks; it ``waits`` while its writer may have it kept whole."""

    turn: int
    member: str
    channel: str
    at: datetime
    waits: bool = True


@frozen
class NumberOffer:
    """A number that somebody wrote and that may be kept; ``state`` is ``waits``, ``kept``, ``taken_back`` or ``blacked_out``.

    ``contact`` is whose it is, empty as long as that isn't known; once kept, it stands in their ``field``.
    """

    turn: int
    member: str
    number: str
    contact: str
    kind: str
    service: str
    drill: bool
    state: str = "waits"
    field: str = ""
    new: bool = False


@frozen
class SentWorkbook:
    """A workbook that somebody sent; ``id`` is the turn in which it came, ``state`` one of :data:`flows.facility.setting_up.MOVES`."""

    id: int
    member: str
    reference: str
    file_name: str
    state: str = "received"


@frozen
class OwnPhoto:
    """The facility's own photo of a thing; ``id`` is the turn in which it came, ``sha256`` is None until it is on disk."""

    id: int
    picture: str
    member: str
    reference: str
    sha256: str | None = None


@frozen
class PlanVersion:
    """A version of the facility's plan as it was approved: by whom, when, and as it stood with entry ``until``.

    ``read_by`` are those who said that they read it; whoever approved it did.
    """

    number: int
    by: str
    at: datetime
    sha256: str
    until: int
    mark: str
    read_by: frozenset[str] = frozenset()


@dataclass
class House:
    """The state of the facility's own entries."""

    turns: int = 0
    made_at: datetime | None = None
    asked: dict[int, Asked] = field(default_factory=dict)
    asked_at: dict[int, datetime] = field(default_factory=dict)
    waiting_for: dict[str, int] = field(default_factory=dict)
    hints: dict[int, Hint] = field(default_factory=dict)
    masked: dict[int, MaskedText] = field(default_factory=dict)
    enrolled: dict[str, datetime] = field(default_factory=dict)
    tasks: dict[int, Task] = field(default_factory=dict)
    brought_up: set[str] = field(default_factory=set)
    quiet_ends: set[str] = field(default_factory=set)
    """The runs that ended quietly and of which those who decide were told."""
    offers: dict[int, NumberOffer] = field(default_factory=dict)
    in_setup: bool = False
    setup_passed: set[str] = field(default_factory=set)
    workbooks: dict[int, SentWorkbook] = field(default_factory=dict)
    photos_coming: dict[int, OwnPhoto] = field(default_factory=dict)
    photos: dict[str, OwnPhoto] = field(default_factory=dict)
    calendar: DrillCalendar = field(default_factory=DrillCalendar)
    wall: WallPack = field(default_factory=WallPack)
    backups: Backups = field(default_factory=Backups)
    plans: tuple[PlanVersion, ...] = ()
    """The versions of the facility's plan for going on, the first first."""
    entered_at: datetime | None = None
    seal_outside: int = 0
    """The sealed entry of the newest seal that somebody outside keeps."""
    """When something of which the plan is made was entered last."""
    dangers: dict[int, SeenDanger] = field(default_factory=dict)
    danger_told: dict[str, datetime] = field(default_factory=dict)
    """When each member wrote of a danger, or of what became of one, last."""
    danger_words: dict[str, str] = field(default_factory=dict)
    """What each wrote then."""

    @property
    def drills(self) -> dict[str, Drill]:
        """Every drill that was ever planned, by id."""
        return self.calendar.drills

    def copy(self) -> House:
        """Give a house that can be changed without changing this one."""
        held = (dict, set, DrillCalendar, WallPack, Backups)
        copies: dict[str, Any] = {n: value.copy() for n, value in vars(self).items() if isinstance(value, held)}
        return replace(self, **copies)

    def apply(self, event: Event | None, stamp: Stamp) -> None:
        """Take in one event; a text answers the newest question to its writer."""
        self.turns = stamp.turn
        for part in (self.calendar, self.wall, self.backups, self):
            evolve(part, event, stamp)

    def open_tasks(self, member: str | None = None) -> Iterator[Task]:
        """Give the tasks that wait, of one owner or of all, the oldest first."""
        return (t for t in self.tasks.values() if t.open and member in (None, t.owner))


# ── what changes it ─────────────────────────────────────────────────────────────────────────────────────────────────


@evolves
def _made(house: House, _: FacilityMade, stamp: Stamp) -> None:
    house.made_at = stamp.recorded_at


@evolves
def _enrolled(house: House, event: MemberEnrolled, stamp: Stamp) -> None:
    house.enrolled[event.member] = stamp.recorded_at


@evolves
def _asked(house: House, event: Asked, stamp: Stamp) -> None:
    house.asked[stamp.turn], house.asked_at[stamp.turn] = event, stamp.recorded_at
    house.waiting_for[event.member] = stamp.turn
    if event.about.get("hint"):
        text = str(event.about.get("text", ""))
        house.hints[stamp.turn] = Hint(stamp.turn, event.member, text, stamp.recorded_at)


@evolves
def _asking_dropped(house: House, event: AskingDropped, _: Stamp) -> None:
    house.waiting_for.pop(event.member, None)


@evolves
def _hint_closed(house: House, event: HintClosed, _: Stamp) -> None:
    house.hints[event.of] = replace(house.hints[event.of], waits=False, to=event.to)


@evolves
def _masked(house: House, event: TextMasked, stamp: Stamp) -> None:
    house.masked[stamp.turn] = MaskedText(stamp.turn, event.member, event.channel, stamp.recorded_at)


@evolves
def _mask_settled(house: House, event: MaskLifted | MaskStands, _: Stamp) -> None:
    house.masked[event.of] = replace(house.masked[event.of], waits=False)


@evolves
def _number_offered(house: House, event: NumberOffered, stamp: Stamp) -> None:
    words = (event.number, event.contact, event.kind, event.service, event.drill)
    state = "waits" if any(sign.isdigit() for sign in event.number) else "blacked_out"
    house.offers[stamp.turn] = NumberOffer(stamp.turn, event.member, *words, state=state)


@evolves
def _number_kept(house: House, event: OfferedNumberKept, _: Stamp) -> None:
    kept = replace(house.offers[event.of], contact=event.contact, field=event.field, new=event.new, state="kept")
    house.offers[event.of] = kept


@evolves
def _number_taken_back(house: House, event: OfferedNumberTakenBack, _: Stamp) -> None:
    house.offers[event.of] = replace(house.offers[event.of], state="taken_back")


@evolves
def _danger_seen(house: House, event: DangerSeen, stamp: Stamp) -> None:
    house.dangers[stamp.turn] = SeenDanger(
        stamp.turn,
        event.member,
        event.danger,
        event.text,
        event.plain,
        event.drill,
        stamp.recorded_at,
        event.helped,
        event.joins,
        unplayed=event.unplayed,
        helped_by=event.member if event.helped else "",
        helped_at=stamp.recorded_at if event.helped else None,
    )
    house.danger_told[event.member] = stamp.recorded_at
    house.danger_words[event.member] = event.text


@evolves
def _danger_told(house: House, event: DangerTold, stamp: Stamp) -> None:
    house.danger_told[event.member] = stamp.recorded_at
    house.danger_words[event.member] = event.text
    seen = house.dangers.get(event.of)
    if seen is not None:
        if event.news in ("called", "arrived"):
            seen = replace(seen, helped=True, helped_by=event.member, helped_at=stamp.recorded_at)
        elif seen.takes_call_back(event.news, event.member):
            seen = replace(seen, helped=False, helped_by="", helped_at=None)
        if event.news == "arrived":
            seen = replace(seen, arrived_at=stamp.recorded_at)
        if event.news == "coming":
            seen = replace(seen, coming=tuple(dict.fromkeys((*seen.coming, event.member))))
        if event.news == "voiceless":
            seen = replace(seen, voiceless=tuple(dict.fromkeys((*seen.voiceless, event.member))))
        if event.news == "eased":
            seen = replace(seen, eased=True, eased_by=event.member, eased_text=event.text)
        house.dangers[event.of] = seen


@evolves
def _danger_rung(house: House, event: DangerRung, stamp: Stamp) -> None:
    seen = house.dangers[event.of]
    house.dangers[event.of] = replace(seen, state="rung", rung=event.ring, rung_at=stamp.recorded_at)


@evolves
def _danger_late(house: House, event: DangerLate, _: Stamp) -> None:
    house.dangers[event.of] = replace(house.dangers[event.of], late=datetime.fromisoformat(event.written))


@evolves
def _danger_taken_back(house: House, event: DangerTakenBack, _: Stamp) -> None:
    house.dangers[event.of] = replace(house.dangers[event.of], state="none")


@evolves
def _brought_up(house: House, event: UpkeepBroughtUp, _: Stamp) -> None:
    house.brought_up.update(event.matters)


@evolves
def _plan_approved(house: House, event: PlanApproved, stamp: Stamp) -> None:
    number = len(house.plans) + 1
    at, by = stamp.recorded_at, stamp.actor
    version = PlanVersion(number, by, at, event.sha256, event.until, event.mark, frozenset({by}))
    house.plans = (*house.plans, version)


@evolves
def _plan_read(house: House, event: PlanRead, stamp: Stamp) -> None:
    known = house.plans[event.version - 1]
    read = replace(known, read_by=known.read_by | {stamp.actor})
    house.plans = (*house.plans[: event.version - 1], read, *house.plans[event.version :])


@evolves
def _entered(
    house: House,
    _: MemberInvited | MemberSuspended | MemberChanged | ContactChanged | RegistryChanged | CadenceChanged,
    stamp: Stamp,
) -> None:
    house.entered_at = stamp.recorded_at


@evolves
def _seal_handed_on(house: House, event: SealHandedOn, _: Stamp) -> None:
    house.seal_outside = max(house.seal_outside, event.seq)


@evolves
def _quiet_ends_told(house: House, event: QuietEndsTold, _: Stamp) -> None:
    house.quiet_ends.update(event.runs)


@evolves
def _task_opened(house: House, event: TaskOpened, stamp: Stamp) -> None:
    due, at = date.fromisoformat(event.due), stamp.recorded_at
    house.tasks[stamp.turn] = Task(stamp.turn, event.what, event.about, event.owner, due, stamp.actor, at)


def _task(house: House, task: int, **changed: Any) -> None:
    house.tasks[task] = replace(house.tasks[task], **changed)


@evolves
def _task_given(house: House, event: TaskGiven, _: Stamp) -> None:
    _task(house, event.task, owner=event.owner, due=date.fromisoformat(event.due))


@evolves
def _task_done(house: House, event: TaskDone, _: Stamp) -> None:
    _task(house, event.task, state="done", said=event.how)


@evolves
def _task_verified(house: House, event: TaskVerified, _: Stamp) -> None:
    _task(house, event.task, state="verified" if event.holds else "open")


@evolves
def _task_dropped(house: House, event: TaskDropped, _: Stamp) -> None:
    _task(house, event.task, state="dropped", said=event.reason)


@evolves
def _setup_begun(house: House, _: SetupBegun, __: Stamp) -> None:
    house.in_setup, house.setup_passed = True, set()


@evolves
def _setup_passed(house: House, event: SetupPassed, _: Stamp) -> None:
    house.setup_passed.add(event.question)


@evolves
def _workbook_received(house: House, event: WorkbookReceived, stamp: Stamp) -> None:
    house.workbooks[stamp.turn] = SentWorkbook(stamp.turn, event.member, event.reference, event.file_name)


@evolves
def _workbook_moved(house: House, event: WorkbookMoved, _: Stamp) -> None:
    house.workbooks[event.of] = replace(house.workbooks[event.of], state=event.state)


@evolves
def _photo_received(house: House, event: PhotoReceived, stamp: Stamp) -> None:
    house.photos_coming[stamp.turn] = OwnPhoto(stamp.turn, event.picture, event.member, event.reference)
    house.waiting_for.pop(event.member, None)


@evolves
def _photo_kept(house: House, event: PhotoKept, _: Stamp) -> None:
    photo = house.photos_coming.pop(event.of)
    house.photos[photo.picture] = replace(photo, sha256=event.sha256)


@evolves
def _photo_lost(house: House, event: PhotoLost, _: Stamp) -> None:
    house.photos_coming.pop(event.of)


@evolves
def _photo_dropped(house: House, event: PhotoDropped, _: Stamp) -> None:
    house.photos.pop(event.picture)
