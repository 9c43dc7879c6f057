"""A made-up clinic: to try everything by hand, or to watch a whole incident play by itself."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import MovableClock
from bot.demo.pace import CALLED, PACE, PACES, quick, seconds, written_in
from bot.demo.stage import Stage
from bot.demo.tally import FIRST
from bot.home import Home, make_home
from bot.invitations import Invitation, member_with
from bot.phrasing import phrase
from bot.screens.runs.lines import number
from bot.words.explaining import DATA_STEP
from bot.words.words import Words
from contacts.model import Facility
from flows.commands.people import Claim
from flows.events.working import Asked
from flows.powers import CONSOLE, may
from flows.response.closing import REVIEW_QUESTIONS
from flows.response.lines import line_moves, open_lines
from flows.response.steps import moves
from flows.scene.gate import held
from flows.scene.presence import asks_presence
from flows.scene.voice import still_wanted
from flows.state.run import Run, Shown, VoiceCall
from playbooks.frozen import frozen
from playbooks.model import FacilityKind, Playbook, Step
from playbooks.phrasing import Phrase, has_words
from playbooks.step_types import Takes, is_step_type
from playbooks.texts import LANGUAGES, Language

STAFF = ("deputy", "reception", "nurse")

FIRST_WORDS = ("ransomware", "ehr_outage")
"""Playbooks whose play begins with words of its own (``demo.first.…``); others begin with the playbook's own first sign."""

GOES_ON: Mapping[str, str] = {"how_many_people": "many", "only_this": "many", "look_again": "not_found"}
"""What is answered to a question whose first answer is the end of it, so that there is something to see."""

CONCERNED: Mapping[str, frozenset[str]] = {
    "ransomware": frozenset({"records", "images", "claims", "addresses", "staff"}),
    "lost_device": frozenset({"records", "addresses"}),
    "mis_sent": frozenset({"records"}),
    "insider": frozenset({"addresses", "records"}),
    "support_scam": frozenset({"addresses"}),
    "unauthorised_access": frozenset({"addresses"}),
    "website_tampering": frozenset({"addresses"}),
    "vendor_breach": frozenset({"records", "images", "claims"}),
}
"""The kinds of data that are ticked as concerned; where nothing is said, and of any other list, all items are."""

ASKED = frozenset({"reason", "receipt"})
"""What the bot asks for beside the answer itself that is answered with words of its own."""

NOTICED = timedelta(minutes=5)
"""How long before the report what happened was noticed."""

TO_COME = frozenset({"back_at"})
"""Facts whose time is still to come when they are asked for."""

LONGEST_PLAY = 600
"""Answers after which a play that does not end is given up."""


LOOKS, LOOKS_LATER = timedelta(seconds=15), timedelta(minutes=1)
"""Between two looks of the bot at what is due, in the first minutes that are counted and later; on its own it looks every five seconds."""

CALLED_OUT = timedelta(minutes=1)
"""When those in the house who heard the call have the phone in hand."""

BEFORE_THE_DIRECTOR = 6
"""Acts under the deputy until the director is back."""


@frozen
class Errand:
    """What somebody says of their own accord as soon as they have read what there is; nothing, where ``says`` gives nothing."""

    who: str
    says: Callable[[], str]


@frozen
class Doing:
    """What somebody is at, what they will say of it, and when."""

    what: object
    lines: tuple[str, ...]
    until: datetime


Thing = Errand | VoiceCall | Shown | str
"""What somebody may have to do: something of their own, a call by voice, a step, or a track to take on, by its name."""


@dataclass
class Cast:
    """The people of the demo by what they are: ``director``, ``deputy``, ``reception``, ``nurse`` → member id."""

    stage: Stage
    members: dict[str, str]
    names: dict[str, str]

    @property
    def language(self) -> Language:
        """The facility's, which everybody types."""
        return self.stage.home.engine.roster().facility.language


def open_demo(
    folder: Path,
    start: datetime,
    show: Callable[[str, str], None],
    kind: FacilityKind = "clinic",
    language: Language = LANGUAGES[0],
    channel: str = "terminal",
) -> Cast:
    """Make the made-up institution in an empty folder and seat its people at a channel; ``start`` is aware."""
    clock = MovableClock(start)
    path = folder / "demo-home"
    called = {name: phrase(f"demo.{name}").in_language(language) for name in (kind, "director", *STAFF)}
    facility = Facility(name=called[kind], kind=kind, language=language)
    first = make_home(path, facility, called["director"], clock.now())
    stage = Stage(Home(path), clock, show, channel)
    members = {"director": stage.seat(first.code)}
    for rank, role in enumerate(STAFF, start=1):
        person = member_with(role, called[role], language, rank)
        invitation = Invitation.make(
            stage.home.engine, person, role, actor=CONSOLE, now=clock.now(), days=7, cause=f"demo:{role}"
        )
        members[role] = stage.seat(invitation.code)
    names = {m.id: m.name for m in stage.home.engine.roster().members}
    return Cast(stage, members, names)


def picture() -> bytes:
    """Give a small PNG, in place of the photo of a screen."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([20 * y % 256, 0, 0] * 8) for y in range(8))
    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def what_is_written(playbook: str, step: str, **facts: object) -> Phrase:
    """Choose the words for a step: the playbook's own, else those of the step wherever it stands."""
    own = phrase(f"played.{playbook}.{step}", **facts)
    return own if has_words(own) else phrase(f"played.{step}", **facts)


class Play:
    """Plays an incident as its people would: the director is late, the deputy takes over, everything gets done."""

    def __init__(self, cast: Cast, folder: Path, on_line: Callable[[str, str], None]) -> None:
        """``on_line`` is told who types what."""
        self.cast, self.stage, self._on_line = cast, cast.stage, on_line
        self.photo = folder / "screen.png"
        self.photo.write_bytes(picture())
        self._times: Counter[str] = Counter()
        self._start = self.stage.clock.now()
        self._free: dict[str, datetime] = {}
        self._read: Counter[str] = Counter()
        self._doing: dict[str, Doing] = {}
        self._errands: list[Errand] = []
        self._words = Words(cast.language, self.stage.home.engine.roster())
        self._pace = PACES.get(cast.language, PACE)

    def typed(self, key: str, **facts: object) -> str:
        """Give what somebody types, in the facility's language."""
        return phrase(f"demo.{key}", **facts).in_language(self.cast.language)

    async def _tap(self, who: str, button: str, **facts: object) -> None:
        await self._say(who, self._words.label(button, **facts))

    async def _say(self, who: str, line: str) -> None:
        self._on_line(self.cast.members.get(who, who), line)
        await self.stage.say(self.cast.members.get(who, who), line)

    async def play(self, playbook_id: str) -> Run:
        """Play one incident from the first message to the seal; RuntimeError if it does not come to its end."""
        playbook = self.stage.home.engine.handbook.playbooks[playbook_id]
        await self.stage.settle()
        self.stage.tally.counts.clear()  # what greeted everybody belongs to no incident
        await self._say("reception", self._first_words(playbook))
        run = self.stage.home.engine.live_runs()[-1] if self.stage.home.engine.live_runs() else None
        if run is None:
            await self._tap("reception", "button.pick.yes")
            run = self.stage.home.engine.live_runs()[-1]
        await self._until(self._ready(self.cast.members["reception"]) + timedelta(seconds=quick(PACE.decides)))
        if playbook_id in run.candidates:
            await self._say("reception", playbook.question.in_language(self.cast.language))
        else:
            await self._tap("reception", "question.none")
        if self._run(run).circle_asked:
            await self._tap("reception", "button.settle_circle")
        for who in ("deputy", "nurse"):
            self._free[self.cast.members[who]] = self.stage.clock.now() + CALLED_OUT
            self._comes(who, run.id)
        await self._respond(run.id, until=LONGEST_PLAY, stop=lambda r: bool(len(r.asked_to_command) > 1))
        if self._run(run).solved:
            return self._run(run)
        if self._run(run).commander is None:
            self._errands.append(Errand("deputy", lambda: self._words.label("button.take_command")))
        await self._respond(run.id, until=BEFORE_THE_DIRECTOR)
        self._comes("director", run.id)
        self._errands.append(Errand("director", lambda: self._words.label("button.take_command.back")))
        called = self.cast.members["nurse"] in self._run(run).acknowledged
        self._errands.append(Errand("nurse" if called else "deputy", lambda: self.typed("note", at=self.in_hours(0))))
        await self._respond(run.id, until=LONGEST_PLAY)
        await self._make_sure(run)
        await self._end(run.id)
        return self._run(run)

    def _comes(self, who: str, run_id: str) -> None:
        """Let somebody who was called say that they know, and that they are in the house where that is asked."""

        def here() -> str:
            run = self.stage.home.engine.run(run_id)
            if run is None or self.cast.members[who] not in run.unconfirmed():
                return ""
            return self._words.label(f"button.tell_presence{'.here' if asks_presence(run) else ''}")

        self._errands.append(Errand(who, here))

    def _first_words(self, playbook: Playbook) -> str:
        if playbook.playbook in FIRST_WORDS:
            return self.typed(f"first.{playbook.playbook}")
        return playbook.signs.in_language(self.cast.language)[0]

    def _run(self, run: Run) -> Run:
        found = self.stage.home.engine.run(run.id)
        if found is None:
            raise RuntimeError(f"{run.id} is gone")
        return found

    # ── at people's pace ────────────────────────────────────────────────────────────────────────────────────────────

    def _ready(self, member: str) -> datetime:
        """Give when somebody has read all that was shown to them, from when it was, and has their hands free."""
        ready = self._free.get(member, self.stage.clock.now())
        fresh = self.stage.tally.counts[self._read[member] :]
        for who, at, what, much in fresh:
            if (who, what) == (member, "characters"):
                ready = max(ready, at) + timedelta(seconds=much / self._pace.reads)
        self._read[member] += len(fresh)
        self._free[member] = ready = max(ready, self.stage.clock.now())
        return ready

    @property
    def _looks(self) -> timedelta:
        return LOOKS if self.stage.clock.now() < self._start + FIRST[-1] else LOOKS_LATER

    async def _until(self, at: datetime) -> None:
        """Let time go by, while the bot looks at what is due."""
        while (left := at - self.stage.clock.now()) > timedelta():
            await self.stage.wait(min(left, self._looks) / timedelta(minutes=1))

    async def _respond(self, run_id: str, until: int, stop: Callable[[Run], bool] = lambda _: False) -> None:
        """Let everybody do what is before them, side by side, until nothing is left or ``stop`` says so; at most ``until`` acts."""
        acts = 0
        while acts < until:
            run = self.stage.home.engine.run(run_id)
            if run is None or not run.live or stop(run):
                return
            before = {member: (thing, self._known_as(run, member, thing)) for member, thing in self._before_them(run)}
            going_on = {m: doing for m, doing in self._doing.items() if m in before and doing.what == before[m][1]}
            begun = {m: self._begin(run, m, *before[m]) for m in before.keys() - going_on.keys()}
            self._doing = going_on | begun
            if self._doing:
                member, doing = min(self._doing.items(), key=lambda each: (each[1].until, each[0]))
                if doing.until > self.stage.clock.now():
                    await self._until(min(doing.until, self.stage.clock.now() + self._looks))
                    continue
                await self._does(member, doing)
            elif any(self._held(run, track) for track, _ in run.waiting()):
                await self.stage.wait(5)  # nobody is asked for it yet
            elif run.commander is not None:
                return
            else:
                await self.stage.wait(0.5)
            acts += 1

    async def _does(self, member: str, doing: Doing) -> None:
        del self._doing[member]
        self._errands = [errand for errand in self._errands if errand is not doing.what]
        for line in doing.lines:
            await self._give(member, line)
        self._free[member] = self.stage.clock.now()

    def _before_them(self, run: Run) -> Iterator[tuple[str, Thing]]:
        """Give what each person does next: what they came for, a call, their step; where nobody has any, one takes what waits."""
        things: list[tuple[str, Thing]] = [
            *((self.cast.members[errand.who], errand) for errand in self._errands),
            *((call.caller, call) for call in run.voice_calls.values() if still_wanted(run, call)),
            *((shown.member, shown) for shown in run.open_steps()),
        ]
        yield from dict(reversed(things)).items() if things else self._claim(run)

    def _known_as(self, run: Run, member: str, thing: Thing) -> object:
        """Give what stays the same as long as somebody is at it."""
        if isinstance(thing, Shown):
            return thing.turn, thing.line, run.asking.get(member)
        return thing.whom if isinstance(thing, VoiceCall) else thing

    def _begin(self, run: Run, member: str, thing: Thing, what: object) -> Doing:
        """Let somebody read what is new and begin: what they will say, and when they have done it and written it."""
        match thing:
            case Errand():
                lines, takes = tuple(filter(None, [thing.says()])), 0.0
            case VoiceCall():
                late = thing.whom == self.cast.members["director"]
                lines = (self._words.label(f"button.tell_call.{'no' if late else 'yes'}"),)
                takes = PACE.rings if late else CALLED
            case Shown():
                lines, takes = self._answer(run, thing)
            case track:
                title = run.playbook.tracks[track].title.in_language(self.cast.language) if run.playbook else track
                lines, takes = ("/status", self._words.label("button.claim", track=title)), quick(PACE.decides)
        takes += sum(written_in(line, self._pace) for line in lines if str(self.photo) not in line)
        return Doing(what, lines, self._ready(member) + timedelta(seconds=takes))

    def _held(self, run: Run, track: str) -> bool:
        context = self.stage.home.engine.context(self.stage.clock.now(), "", run.id)
        return held(run, context, track, run.tracks[track].step)

    def _claim(self, run: Run) -> Iterator[tuple[str, str]]:
        for member in self.cast.members.values():
            context = self.stage.home.engine.context(self.stage.clock.now(), member, run.id)
            free = (t for t, _ in run.waiting() if not self._held(run, t))
            track = next((t for t in free if may(Claim(run.id, t), context, run)), None)
            if track is not None and context.can_act(member):
                yield member, track
                return

    def _answer(self, run: Run, shown: Shown) -> tuple[tuple[str, ...], float]:
        """Give what is said to what stands on somebody's screen, and the seconds that what it asks takes."""
        step, member = run.step(shown), shown.member
        if member in run.asking:
            asked = run.asking[member].what
            if is_step_type(asked):
                return HANDED[asked](self, run, step.lines.get(shown.line, step), shown.line or shown.step), 0.0
            return (self._told(asked, step),), 0.0
        if step.lines:
            return self._answer_card(run, shown, step)
        legal = moves(run, shown)
        lines = (
            HANDED[step.takes](self, run, step, shown.step) if step.type.wants == "text" or "done" not in legal else ()
        )
        first = GOES_ON.get(shown.step)
        tapped = self._tapped(step, (first,) if first in legal else legal)
        return lines or (tapped,), seconds(step) * max(1, len(lines) if step.type.wants == "ticks" else 1)

    def _told(self, asked: str, step: Step) -> str:
        """Give what is written beside an answer: a reason is the decision's own, where it has one."""
        own = phrase(f"demo.{asked}.{step.decision}")
        if step.decision and has_words(own):
            return own.in_language(self.cast.language)
        return self.typed(asked if asked in ASKED else "done")

    def ticked(self, run: Run, step: Step, name: str) -> tuple[str, ...]:
        """Give the items of a list that are ticked, one after another."""
        concerned = CONCERNED.get(run.playbook.playbook if run.playbook else "") if name == DATA_STEP else None
        items = [choice for item, choice in step.choices.items() if concerned is None or item in concerned]
        return tuple(f"☐ {choice.label.in_language(self.cast.language)}" for choice in items)

    def _answer_card(self, run: Run, shown: Shown, card: Step) -> tuple[tuple[str, ...], float]:
        """Settle what takes something, line by line as they stand, and then all the rest by one tap."""
        context = self.stage.home.engine.context(self.stage.clock.now(), shown.member, run.id)
        waiting = open_lines(run, context, shown.track, shown.step)
        name, line = next(((n, one) for n, one in waiting.items() if not one.in_bulk), ("", card))
        if not name:
            done = card.answers["done"].label.in_language(self.cast.language)
            return (f"[{done}]",), sum(map(seconds, waiting.values()))
        if shown.line != name:
            sign = number(run, context, shown, name)
            return (self._words.label(f"line.{line.type.wants}", number=sign),), 0.0
        return HANDED[line.takes](self, run, line, name) or (self._tapped(line, line_moves(line)),), seconds(line)

    async def _give(self, member: str, line: str) -> None:
        """Say an answer, and say that it is one where the bot asks back."""
        await self._say(member, line)
        if any(asked.member == member and asked.about.get("text") == line for asked in self._held_back()):
            await self._tap(member, "button.pick.its_answer")

    def _held_back(self) -> list[Asked]:
        house = self.stage.home.engine.house
        return [asked for asked in house.asked.values() if asked.what in ("answer_or_plea", "answer_or_report")]

    def _tapped(self, step: Step, legal: tuple[str, ...]) -> str:
        move = next((m for m in legal if m.startswith("choice:")), None) or legal[0]
        chosen = step.choices[move.removeprefix("choice:")] if move.startswith("choice:") else step.answers[move]
        return f"[{chosen.label.in_language(self.cast.language)}]"

    def in_hours(self, hours: int, of: datetime | None = None) -> str:
        """Give the facility's time of day that many hours from now, or from ``of``."""
        at = (of or self.stage.clock.now()) + timedelta(hours=hours)
        return f"{self.stage.home.engine.roster().facility.local(at):%H:%M}"

    def written(self, run: Run, name: str) -> str:
        """Give what somebody writes where a step asks for words; of what is asked again, more is known by then."""
        playbook, again = run.playbook.playbook if run.playbook else "", f"{name}_again"
        self._times[name] += 1
        known = self._times[name] > 1 and has_words(what_is_written(playbook, again))
        return what_is_written(
            playbook,
            again if known else name,
            earlier=self.in_hours(0, of=(run.reported_at or self.stage.clock.now()) - NOTICED),
            by=self.in_hours(1),
        ).in_language(self.cast.language)

    def time(self, run: Run, step: Step) -> str:
        """Give a time that a step asks for: what is still to come is an hour ahead, all else was before the report."""
        if step.value in TO_COME:
            return self.in_hours(1)
        return self.in_hours(0, of=(run.reported_at or self.stage.clock.now()) - NOTICED)

    def counted(self, step: Step) -> str:
        """Give the next number of a step: whatever is counted down is at zero the third time."""
        self._times[step.value or ""] += 1
        return ("12", "5", "0")[min(self._times[step.value or ""], 3) - 1]

    async def _make_sure(self, run: Run) -> None:
        """Let the director file what others said in their steps was made: only whoever answers for a report may."""
        run = self._run(run)
        said = {run.text_of(*name).files for name, one in run.answered.items() if one.answer == "done"}
        for duty in sorted(filter(None, said - run.filed.keys())):
            await self._tap("director", "button.file", duty=self._words.label(f"duty.{duty}"))
            own = phrase(f"demo.receipt.{duty}")
            await self._say(
                "director", own.in_language(self.cast.language) if has_words(own) else self.typed("receipt")
            )

    async def _end(self, run_id: str) -> None:
        await self._say("director", "/close")
        run = self.stage.home.engine.run(run_id)
        if run is not None and run.state != "reviewing":
            await self._tap("director", "button.waive")
            await self._say("director", self.typed("left_out"))
            await self._tap("director", "button.close")
        for question in REVIEW_QUESTIONS:
            await self._say("director", self.typed(f"review.{question}"))
        await self._tap("director", "button.sign_off")
        await self.stage.settle()


HANDED: Mapping[Takes, Callable[[Play, Run, Step, str], tuple[str, ...]]] = {
    "nothing": lambda play, run, step, name: (),
    "photo": lambda play, run, step, name: (play.typed("photo", path=play.photo),),
    "text": lambda play, run, step, name: (play.written(run, name),),
    "moment": lambda play, run, step, name: (play.written(run, name),),
    "number": lambda play, run, step, name: (play.counted(step),),
    "time": lambda play, run, step, name: (play.time(run, step),),
    "choice": lambda play, run, step, name: (),
    "checklist": lambda play, run, step, name: play.ticked(run, step, name),
    "contact": lambda play, run, step, name: (play.typed("contact", by=play.in_hours(1)),),
    "sign_off": lambda play, run, step, name: (),
    "card": lambda play, run, step, name: (),
}
"""What is typed to hand over what a step takes, by its type; nothing where a tap is all."""


def demo_start(now: datetime) -> datetime:
    """Give the next weekday morning at 8:50 in Japan: patients are waiting."""
    morning = now.astimezone(UTC).replace(hour=23, minute=50, second=0, microsecond=0)
    while (morning + timedelta(hours=9)).weekday() > 4:
        morning += timedelta(days=1)
    return morning
