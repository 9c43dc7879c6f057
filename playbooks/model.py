"""The shape of a playbook: tracks that run side by side, each a chain of steps with answers.

A :class:`Playbook` is complete in itself: shared tracks are already written in, shorthands are spelled out and
every step has every answer it offers. A run keeps it whole, as JSON, in its first entry.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from playbooks.step_types import STEP_TYPES, StepType, Takes
from playbooks.texts import Data, Text, Texts

END = "end"
"""The name of the place after a track's last step."""

Event = Literal["disaster", "cyber_attack", "system_failure", "information_leak"]
"""The four events of the guidance's section 3.3.4 and of the ministry's BCP material."""

Stage = Literal["detection", "first_response", "recovery", "after"]
"""The four working stages of the ministry's BCP check table (確認表 2 to 5)."""

FacilityKind = Literal["clinic", "dental", "pharmacy", "visiting_nurse"]
FACILITY_KINDS: tuple[FacilityKind, ...] = ("clinic", "dental", "pharmacy", "visiting_nurse")

Decision = Literal["stop_systems", "power_off", "restore", "reopen", "publish", "not_report"]
"""The decisions that are recorded with who and why, and that only the director or whoever commands may take."""

DECISIONS: tuple[Decision, ...] = ("stop_systems", "power_off", "restore", "reopen", "publish", "not_report")

Use = Literal["incident", "drill"]

Grade = Literal["urgent", "firm", "quiet"]
"""How loud an incident is: everybody, aloud; those who decide and those whom it needs; or just whoever looks after it."""
GRADES: tuple[Grade, ...] = ("quiet", "firm", "urgent")
"""All grades, the quietest first."""

FactValue = str
"""A fact's value as text: ``yes``, ``no``, ``unknown``, ``none``, ``suspected``, ``confirmed`` or a whole number."""

_UNITS = {"min": 60, "h": 3600, "d": 86400}


def seconds(written: object) -> object:
    """Read ``5 min``, ``2 h`` or ``1 d`` as seconds; anything else is left for pydantic to refuse."""
    if isinstance(written, str):
        found = re.fullmatch(r"(\d{1,4}) ?(min|h|d)", written.strip())
        if not found:
            raise ValueError("write a time allowed as '5 min', '2 h' or '1 d'")
        return int(found[1]) * _UNITS[found[2]]
    return written


Seconds = Annotated[int, BeforeValidator(seconds), Field(ge=60, le=90 * 86400)]


Known = Literal[
    "phones_on_line",
    "fallback_phone",
    "home_devices",
    "poster",
    "hosting",
    "substitutes",
    "downtime",
    "backups",
    "order",
]
"""What the registry may know that stands beside an action; from ``hosting`` on, of the systems that stand still."""


class Choice(Data):
    """One of the things a person can choose or tick; choosing it sets ``sets``."""

    label: Text
    sets: dict[str, FactValue] = {}
    to: str | None = None
    starts: tuple[str, ...] = ()


class Answer(Data):
    """Where an answer leads and what it settles.

    ``to`` is a step of the same track or ``end``. ``None`` stays on the step (only for ``unsure``: the person is
    given ``call``, somebody to ask, and the step waits). ``settles`` says whether the step counts as done; a
    mandatory step left otherwise has to be waived by the director before the run can close.
    """

    label: Text
    to: str | None
    reason: Literal["none", "required"] = "none"
    call: str | None = None
    sets: dict[str, FactValue] = {}
    starts: tuple[str, ...] = ()
    settles: bool = True
    hands_over: str | None = None


class Step(Data):
    """One action for one person.

    ``role`` names who owns it: a role of the registry, ``reporter`` (whoever raised the alarm), ``commander``
    (whoever decides now) or ``anyone``. ``answers`` always holds ``unsure``. With ``takes`` other than ``nothing``
    the answer ``done`` is given by handing that thing over; ``evidence`` says whether it may be tapped without.
    ``value`` names the fact that takes a number, text or time given. A step whose ``when`` is certainly false, or
    whose ``facilities`` lack this one, is passed over to ``otherwise``, also when it becomes so on somebody's screen.
    ``within`` is seconds from being shown, of a card from the last line that was settled; ``urgency`` is left out where it is the track's.
    ``files`` is the reporting duty that is fulfilled when the step is done, ``contact`` whom to call (``vendor:ehr``);
    ``decision`` makes it one of the recorded decisions. ``hands`` says that somebody has to be in the house for it and
    have their hands free; ``picture`` names what shows the thing to whoever doesn't know it, ``known`` what the registry has to say beside it.
    What is ``gated`` waits until the spread of something urgent is stopped, an hour at most, and is for those who decide.

    A card has ``lines``, each a step of its own but for where it leads: whoever has the card settles them in any order.
    """

    ask: Text
    why: Text | None = None
    never: Texts = Texts()
    role: str
    takes: Takes = "nothing"
    evidence: Literal["required", "welcome"] = "required"
    choices: dict[str, Choice] = {}
    value: str | None = None
    unit: Text | None = None
    decision: Decision | None = None
    contact: str | None = None
    picture: str | None = None
    known: tuple[Known, ...] = ()
    within: Seconds = 600
    urgency: int | None = Field(None, ge=1, le=9)
    files: str | None = None
    optional: bool = False
    hands: bool = False
    gated: bool = False
    when: str | None = None
    otherwise: str = END
    facilities: tuple[FacilityKind, ...] = FACILITY_KINDS
    answers: dict[str, Answer]
    lines: dict[str, Step] = {}
    source: str

    @property
    def in_bulk(self) -> bool:
        """Whether, as a line, it may be settled together with others: it takes a tap, and nothing follows from that."""
        done = self.answers.get("done")
        plain = done is not None and not (done.sets or done.starts or done.reason == "required")
        return self.type.wants == "tap" and plain and self.files is None

    @property
    def type(self) -> StepType:
        """What the step wants from a person."""
        return STEP_TYPES[self.takes]

    @property
    def usual_goal(self) -> str:
        """Where the step leads as most go: by its first choice, else by what gets it done."""
        chosen = next(iter(self.choices.values()), None) if self.type.wants == "choice" else None
        done = self.answers.get("done") or next((a for a in self.answers.values() if a.settles and a.to), None)
        return (chosen.to if chosen else None) or (done.to if done else None) or END


class Track(Data):
    """A chain of steps beside others; ``urgency`` 1 is shown before 2 to a person who has several.

    A track ``starts`` with the run, later (by an answer's ``starts``), or when ``when`` is no longer certainly false.
    """

    title: Text
    stage: Stage
    urgency: int = Field(ge=1, le=9)
    starts: Literal["at_once", "later"] = "at_once"
    when: str | None = None
    begin: str
    steps: dict[str, Step]


class Playbook(Data):
    """Everything to do in one kind of event, in both languages."""

    playbook: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    title: Text
    question: Text
    """What a person without IT words would say they see; the button that chooses this playbook (≤ 24 characters ja)."""
    event: Event
    facilities: tuple[FacilityKind, ...] = FACILITY_KINDS
    use: tuple[Use, ...] = ("incident", "drill")
    signs: Texts
    facts: dict[str, FactValue] = {}
    calls: Literal["everybody", "deciders"] = "everybody"
    """Whom the alarm calls; a delicate matter (a colleague) only those who decide."""
    grade: Grade | None = None
    """How loud it begins; None: see :attr:`begins_as`."""
    raises: dict[Grade, str] = {}
    """What makes it as loud as that, once it is known: conditions over facts."""
    alarm: Text | None = None
    """What everybody must do now, in one line of the alarm (≤ 60 characters ja)."""
    first_words: Text | None = None
    """What whoever reports it is told at once, instead of its family's words (≤ 60 characters ja)."""
    cuts_network: bool = False
    """Whether a network will be cut, so that phones must leave the Wi-Fi to hear more."""
    stops: tuple[str, ...] = ()
    """The services (``ehr`` of ``vendor:ehr``) whose systems stand still from its beginning; none named: any may come to."""
    tracks: dict[str, Track]

    @property
    def begins_as(self) -> Grade:
        """How loud it begins; a playbook that names no grade is urgent if it calls everybody."""
        return self.grade or ("urgent" if self.calls == "everybody" else "firm")

    def step(self, track: str, step: str) -> Step:
        """Give a step by its track's and its own name, a line by its card's and its own (``card/line``); KeyError if there is none."""
        card, _, line = step.partition("/")
        found = self.tracks[track].steps[card]
        return found.lines[line] if line else found

    def order_of(self, track: str, step: str) -> tuple[int, int]:
        """Give the place of a step among those that wait: how urgent, by its own word or its track's, then as written."""
        here = self.tracks[track]
        own = here.steps[step].urgency if step in here.steps else None
        return own or here.urgency, list(self.tracks).index(track)

    def places(self) -> dict[tuple[str, str], str]:
        """Give where each step and each line stands, by its track's and its own name: ``step``, or ``card/line``."""
        found: dict[tuple[str, str], str] = {}
        for track_name, track in self.tracks.items():
            for name, step in track.steps.items():
                found[track_name, name] = name
                found |= {(track_name, line): f"{name}/{line}" for line in step.lines}
        return found
