"""A run (an incident or a drill) as the replay of its entries, and nothing else.

:class:`Run` is changed only by what :data:`flows.state.stamp.evolves` holds. Its values are frozen and its containers are copied by
:meth:`Run.copy`, so that a decision can be tried on a copy and thrown away.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from flows.state.exercise import Exercise
from flows.state.machines import LIVE, TrackMachine
from playbooks.duties.shape import Duties
from playbooks.frozen import frozen
from playbooks.model import END, Grade, Playbook, Step

COMMAND_ROLES = ("commander", "director")

TAKE_LEAD = "take_lead"
"""What somebody wants who wants to be in charge."""

ATTACK_SIGN = "attack_sign"
"""What is told of a failure and may show that it is an attack: ``about["attack"]`` is the playbook."""
"""The roles of steps that belong to whoever decides now."""


@frozen
class Shown:
    """A step on somebody's screen since ``at``; ``answered`` is the turn of its answer, ``released`` of its release."""

    turn: int
    track: str
    step: str
    member: str
    at: datetime
    reminded: datetime | None = None
    answered: int | None = None
    released: int | None = None
    ticked: frozenset[str] = frozenset()
    helped: bool = False
    line: str = ""
    """The line of a card that was tapped last, at ``opened``."""
    opened: datetime | None = None
    claimed: bool = False
    taken_from: int = 0
    """The turn under which somebody had it before in this round."""
    in_place_of: int = 0
    """The turn of the step that was answered just before, in whose message this one stands."""
    screen: int = 0
    """The turn of the first step in that message; its own where it has one."""
    why: str = ""
    """Why it was released."""
    drawn: tuple[str, ...] = ()
    """The pictures that this person was shown of what it is about, each as often as it was."""
    asked: datetime | None = None
    """When this person last asked what it means."""

    @property
    def open(self) -> bool:
        """Whether the step still waits for this person."""
        return self.answered is None and self.released is None


@frozen
class Answered:
    """How a step was answered, last time."""

    turn: int
    shown: int
    answer: str
    settles: bool
    by: str
    member: str
    at: datetime
    reason: str | None
    given: dict[str, Any]
    to: str
    in_bulk: bool = False
    """A line that was settled with others, by one tap for all."""


@frozen
class HelpCall:
    """``member`` didn't know what their step meant and wants somebody to come; ``coming`` is who goes."""

    turn: int
    shown: int
    member: str
    asked: tuple[str, ...]
    coming: str | None = None


@frozen
class Minute:
    """``asked``, who are with patients or long at their own machine, were asked for a minute for a lead; ``spared`` is who goes."""

    turn: int
    track: str
    step: str
    picture: str
    asked: tuple[str, ...]
    at: datetime
    spared: str | None = None


@frozen
class Arrival:
    """Somebody is on their way since ``at``, and promised to be here at ``until`` (None: they named no time)."""

    at: datetime
    until: datetime | None


@frozen
class VoiceCall:
    """``caller`` was asked at ``at`` to call ``whom`` by voice; ``reached`` is what they say came of it, and ``told`` when."""

    turn: int
    caller: str
    whom: str
    at: datetime
    reached: bool | None = None
    told: datetime | None = None


@frozen
class Note:
    """A text that belongs to the run."""

    turn: int
    by: str
    text: str
    occurred_at: datetime
    shared: bool = False


@frozen
class Plea:
    """What note ``of`` wants of others: ``to`` have it, the last since ``passed``; ``answered`` is who, when and what.

    ``to_all`` says that there is nobody left to ask.
    """

    of: int
    by: str
    wants: tuple[str, ...]
    about: dict[str, Any]
    to: tuple[str, ...]
    passed: datetime
    to_all: bool = False
    answered: tuple[str, datetime, str] | None = None

    @property
    def waits(self) -> bool:
        """Whether somebody has it and nobody has answered."""
        return bool(self.to or self.to_all) and self.answered is None

    @property
    def may_ask(self) -> bool:
        """Whether it may ask for something, nobody has it yet, and its writer hasn't said that it is only a note."""
        return bool(self.about.get("may_ask")) and not self.to and not self.to_all and self.answered is None


@frozen
class Evidence:
    """A photo or file of the run; ``sha256`` is None until its bytes are kept.

    ``patients``: its sender says that patients or their charts are to be seen, there or on others; None: nobody has said.
    """

    turn: int
    by: str
    reference: str
    media: str
    file_name: str | None
    at: datetime
    sha256: str | None = None
    lost: str | None = None
    bytes: int = 0
    patients: bool | None = None
    disposed: int | None = None
    """The turn at which it was removed, since nobody needed it any more."""

    @property
    def held(self) -> bool:
        """Whether its bytes are to lie in the home."""
        return self.sha256 is not None and self.disposed is None


@frozen
class DecisionMade:
    """A recorded decision; ``ratified`` is None while it is provisional and nobody has stood behind it."""

    turn: int
    decision: str
    choice: str
    reason: str
    by: str
    at: datetime
    provisional: bool
    ratified: bool | None = None
    shown: int | None = None


@frozen
class Filed:
    """A report that was made (``words``: its receipt), or found not owed (``words``: the reason), on these facts.

    ``document`` is the digest of what was approved to be handed in.
    """

    turn: int
    by: str
    at: datetime
    words: str
    facts: dict[str, str]
    document: str = ""


@frozen
class Approved:
    """A text for patients as it was approved, and how often it was used since."""

    text: str
    by: str
    at: datetime
    uses: int = 0


@frozen
class Promise:
    """What somebody outside promised to ``by``, in their words, and until when (None: no time was named).

    ``turn`` is that of the answer, ``shown`` the step's, ``line`` the line of a card's. ``missed`` counts the times that passed; ``reminded`` says that
    the time which holds now has. ``kept`` is who said when that they called back.
    """

    turn: int
    shown: int
    by: str
    text: str
    until: datetime | None
    missed: int = 0
    reminded: bool = False
    kept: tuple[str, datetime] | None = None
    line: str = ""


@frozen
class PaperApproved:
    """A document as it was approved: the digest of what it says, made from the journal up to and with ``until``."""

    turn: int
    by: str
    at: datetime
    sha256: str
    until: int


@frozen
class Disposal:
    """Files (SHA-256) that were removed with the texts of so many messages, by whom; ``erased`` says that they are off the disk."""

    by: str
    files: tuple[str, ...]
    bytes: int
    texts: int
    erased: bool = False


@frozen
class Looked:
    """What was decided of the words of an entry before they go to others: as they are (``keep``), or withheld.

    ``to`` names for whom they were kept; empty where nobody in particular was named.
    """

    keep: bool
    reason: str = ""
    to: tuple[str, ...] = ()


@frozen
class Asking:
    """What the bot waits for a person to write."""

    what: str
    about: dict[str, Any]
    turn: int


@frozen
class TrackState:
    """Where a track stands: its current step (``end`` when it is over)."""

    step: str
    since: datetime
    turn: int = 0
    """The entry by which it came there."""

    @property
    def open(self) -> bool:
        """Whether something is still to do in the track."""
        return self.step != END


@dataclass(repr=False)
class Run:
    """The state of one run. ``turns`` counts its entries; ``state`` is one of ``flows.state.machines.RUN_STATES``."""

    id: str
    turns: int = 0
    state: str = "reported"
    mode: str = "incident"
    reporter: str = ""
    text: str = ""
    candidates: tuple[str, ...] = ()
    reported_at: datetime | None = None
    sure: bool = False
    near: tuple[str, ...] = ()
    nudged_at: datetime | None = None
    declared_at: datetime | None = None
    ended_at: datetime | None = None
    playbook: Playbook | None = None
    grade: Grade = "firm"
    raised: frozenset[tuple[Grade, str]] = frozenset()
    """To which grades it was raised, and why: each happens once."""
    lowered: bool = False
    circle_asked: bool = False
    """Whether whoever reported has still to say who may know."""
    left_out: frozenset[str] = frozenset()
    """Who isn't to know of it, though they decide."""
    named: tuple[str, ...] = ()
    """Whom the report names."""
    reports_again: int = 0
    """How often it was reported again since it began."""
    joined: tuple[int, ...] = ()
    """Turns of the reports of the same that came before it began: the alarm carries them, and no other line."""
    followed_before: tuple[Playbook, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    learnt: dict[str, tuple[tuple[int, str | None], ...]] = field(default_factory=dict)
    """Of each fact the turns from which it was known, the oldest first, and what it was before each; None if unknown."""
    learnt_at: dict[int, datetime] = field(default_factory=dict)
    """When facts were learnt, by the turn of the entry."""
    tracks: dict[str, TrackState] = field(default_factory=dict)
    shown: dict[int, Shown] = field(default_factory=dict)
    answered: dict[tuple[str, str], Answered] = field(default_factory=dict)
    help_calls: dict[int, HelpCall] = field(default_factory=dict)
    minutes: dict[int, Minute] = field(default_factory=dict)
    sent_to: dict[str, int] = field(default_factory=dict)
    waived: dict[tuple[str, str], str] = field(default_factory=dict)
    sheets_waived: str | None = None
    passed: dict[str, int] = field(default_factory=dict)
    """Where a step was passed over last because it concerned nobody any more: the turns, by track."""
    outages: tuple[tuple[datetime, datetime], ...] = ()
    """When the line was away and when it was back."""
    ring: dict[str, datetime] = field(default_factory=dict)
    quiet: dict[str, datetime] = field(default_factory=dict)
    repeats: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    acknowledged: dict[str, datetime] = field(default_factory=dict)
    told_by: dict[str, str] = field(default_factory=dict)
    presence: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    presence_asked: dict[str, datetime] = field(default_factory=dict)
    presence_until: dict[str, datetime] = field(default_factory=dict)
    """Until when who said where they are is there, as they named it."""
    presence_lasts: frozenset[str] = frozenset()
    """Who is where they said until they say otherwise."""
    arrivals: dict[str, Arrival] = field(default_factory=dict)
    """Who is on their way, until they say that they are here."""
    voice_calls: dict[int, VoiceCall] = field(default_factory=dict)
    returned: frozenset[str] = frozenset()
    asked_to_command: dict[str, datetime] = field(default_factory=dict)
    command_offered: datetime | None = None
    commander: str | None = None
    handed_to: dict[str, datetime] = field(default_factory=dict)
    """Whom whoever decides wants to take over, since when each was asked; they decide until one of these accepts."""
    reserved: bool = False
    scene: str | None = None
    """Who took it on to run the scene; nobody did: whoever reported, or has hands there (``flows.scene.voice``)."""
    commanders: tuple[tuple[str, datetime], ...] = ()
    lapsed: frozenset[str] = frozenset()
    promises: dict[int, Promise] = field(default_factory=dict)
    asking: dict[str, Asking] = field(default_factory=dict)
    engaged: frozenset[str] = frozenset()
    notes: dict[int, Note] = field(default_factory=dict)
    briefed: datetime | None = None
    downtimes: frozenset[str] = frozenset()
    """Of which systems' time whoever leads was told: ``near:`` or ``over:`` and the system's id."""
    pleas: dict[int, Plea] = field(default_factory=dict)
    corrections: dict[int, tuple[str | None, str | None]] = field(default_factory=dict)
    evidence: dict[int, Evidence] = field(default_factory=dict)
    kept_until: date | None = None
    """Until when somebody who decides wants to keep files and texts, whatever the facility does otherwise."""
    disposed_at: datetime | None = None
    """When files and texts were removed last; a run that goes on has new ones from there on."""
    disposals: dict[int, Disposal] = field(default_factory=dict)
    """What was removed, by the turns at which that was decided."""
    decisions: dict[int, DecisionMade] = field(default_factory=dict)
    review: dict[str, str] = field(default_factory=dict)
    duties: Duties | None = None
    known_at: datetime | None = None
    filed: dict[str, Filed] = field(default_factory=dict)
    withdrawn: dict[str, Filed] = field(default_factory=dict)
    refused: dict[str, Filed] = field(default_factory=dict)
    where_to_ask: str = ""
    """The number that patients may call about this matter, where somebody said it in the run."""
    explanations: dict[tuple[str, str], Approved] = field(default_factory=dict)
    documents: dict[tuple[str, str], PaperApproved] = field(default_factory=dict)
    looked_at: dict[int, Looked] = field(default_factory=dict)
    """By the turns of entries that hold people's words; what nobody looked at isn't there."""
    duty_reminders: frozenset[str] = frozenset()
    exercise: Exercise | None = None
    proposed: str = ""
    """The playbook that somebody's answer asks for, while an attack is feared."""
    everyday: bool = False
    """Whether what was reported was most likely no more than talk."""
    plain: bool = False
    """Whether the first candidate is what it is, though attacks are near."""
    put_away: bool = False
    """Whether it ended since nobody ever said what it was."""
    solved: bool = False
    """Whether it was small, and over with its question."""
    end_reason: str | None = None
    end_source: str = ""
    machines: dict[str, TrackMachine] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Run {self.id}: {self.state}, {self.turns} entries>"

    @property
    def live(self) -> bool:
        """Whether the run still wants something of people."""
        return self.state in LIVE

    @property
    def only_talk(self) -> bool:
        """Whether nothing but words that were most likely everyday talk is known of it: nobody said more, and nothing was sent."""
        return self.everyday and self.playbook is None and not self.notes and not self.evidence

    @property
    def attacked(self) -> bool:
        """Whether people act as if somebody attacked them: then it is over only when somebody who knows has said so."""
        return not self.drill and self.as_attacked

    @property
    def as_attacked(self) -> bool:
        """Whether people act as in an attack, in a drill, too."""
        feared = self.playbook is not None and self.playbook.event == "cyber_attack"
        return self.playbook is not None and (feared or self.facts.get("posture") == "attack")

    @property
    def drill(self) -> bool:
        """Whether this is an exercise; fixed when the run opens."""
        return self.mode == "drill"

    def learn(self, sets: Mapping[str, str], turn: int, at: datetime) -> None:
        """Let facts be known from the entry of a turn on, and remember what they were before, and when that changed."""
        if sets:
            self.learnt_at[turn] = at
        self.learnt |= {fact: (*self.learnt.get(fact, ()), (turn, self.facts.get(fact))) for fact in sets}
        self.facts |= sets

    def facts_before(self, turn: int) -> dict[str, str]:
        """Give the facts as they were known before the entry of a turn."""
        before = {
            fact: next((was for later, was in learnt if later >= turn), self.facts.get(fact))
            for fact, learnt in self.learnt.items()
        }
        return {fact: value for fact, value in {**self.facts, **before}.items() if value is not None}

    def unlearn(self, first: int, last: int) -> None:
        """Forget what was learnt from the entries of these turns; what came after them rests on what was before."""
        for fact, learnt in self.learnt.items():
            kept: list[tuple[int, str | None]] = []
            gone: list[str | None] = []
            for turn, before in learnt:
                if first <= turn <= last:
                    gone.append(before)
                else:
                    kept.append((turn, gone[0] if gone else before))
                    gone.clear()
            self.learnt[fact] = tuple(kept)

    def spares(self, member: str) -> bool:
        """Say whether a member gets no steps: in a drill they lead it, or have a patient before them; else they aren't to know."""
        if member in self.left_out:
            return True
        return self.exercise is not None and self.exercise.leaves_alone(member)

    @property
    def calls_everybody(self) -> bool:
        """Whether the alarm goes to all; a delicate matter goes only to those who decide."""
        return self.playbook is None or self.playbook.calls == "everybody"

    @property
    def seeks(self) -> bool:
        """Whether it is about something that was lost."""
        return "found" in self.facts

    @property
    def small(self) -> bool:
        """Whether only those who have to do with it hear of it: nobody is called, nobody is asked to decide."""
        return self.playbook is not None and self.grade == "quiet" and not self.drill

    def copy(self) -> Run:
        """Give a run that can be changed without changing this one."""
        containers: dict[str, Any] = {
            name: dict(value) for name, value in vars(self).items() if isinstance(value, dict)
        }
        return replace(self, **containers)

    def step(self, shown: Shown) -> Step:
        """Give the text of a step that is or was on somebody's screen, from the playbook it came from."""
        return self.text_of(shown.track, shown.step)

    def text_of(self, track: str, step: str) -> Step:
        """Give the text of a step (or line, ``card/line``) by name, from the newest playbook of this run that has it; KeyError if none has."""
        for playbook in (self.playbook, *reversed(self.followed_before)):
            if playbook is not None:
                with suppress(KeyError):
                    return playbook.step(track, step)
        raise KeyError(f"{track}/{step}")

    def at_hand(self, shown: Shown) -> Step:
        """Give what waits for something from whoever has a step: the line of a card that they tapped last, else the step."""
        step = self.step(shown)
        opened, done = step.lines.get(shown.line), self.line_answer(shown.track, shown.step, shown.line)
        return step if opened is None or (done is not None and done.settles) else opened

    def line_answer(self, track: str, card: str, line: str) -> Answered | None:
        """Give how a line was answered since its card was reached last; a card that was left starts with all lines open."""
        before, done = self.answered.get((track, card)), self.answered.get((track, f"{card}/{line}"))
        return done if done is not None and (before is None or done.turn > before.turn) else None

    def open_steps(self) -> list[Shown]:
        """Give every step that waits on somebody's screen, the oldest first."""
        return [s for s in self.shown.values() if s.open]

    def open_step_of(self, member: str) -> Shown | None:
        """Give the one open step of a member."""
        return next((s for s in self.shown.values() if s.open and s.member == member), None)

    def waiting(self) -> list[tuple[str, str]]:
        """Give (track, step) of the steps that nobody has on the screen, the most urgent first."""
        if self.playbook is None:
            return []
        taken = {s.track for s in self.shown.values() if s.open}
        free = [
            (name, t.step)
            for name, t in self.tracks.items()
            if t.open and name not in taken and name in self.playbook.tracks
        ]
        return sorted(free, key=lambda pair: self.playbook.order_of(*pair))  # type: ignore[union-attr]

    def machine(self, track: str) -> TrackMachine:
        """Give the table of a track of this run."""
        assert self.playbook is not None  # noqa: S101  (tracks come with the playbook)
        if track not in self.machines:
            self.machines[track] = TrackMachine(self.playbook.tracks[track])
        return self.machines[track]

    def void(self, what: str, **about: object) -> None:
        """Stop waiting for an answer that somebody else has given: whoever was asked, too, would write into nothing."""
        for member, asking in list(self.asking.items()):
            if asking.what == what and about.items() <= asking.about.items():
                del self.asking[member]

    def unconfirmed(self) -> list[str]:
        """Give the members who were called and have not confirmed, in the order of the call."""
        return [m for m in (*self.ring, *self.quiet) if m not in self.acknowledged]
