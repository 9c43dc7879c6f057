"""An incident on its worst lawful branch, played at people's pace: how many screens they had to deal with, and how many acts it took.
``python -m tests.worst`` prints it for each play and kind of facility beside its bound.

Everybody answers what stands on their screen, the four side by side. Nothing is refused, nobody is unsure: what is counted is
what the playbook asks where it asks most. Whoever reports chooses the playbook, the director takes charge, the others say
where they are; the review at the end is the same in every incident and is counted apart.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.demo.tally import asks, same_screen
from flows.commands.command import Command
from flows.commands.people import (
    AnswerStep,
    ChoosePlaybook,
    Claim,
    Close,
    HandIn,
    OpenLine,
    Report,
    SettleLine,
    SettleLines,
    SignOff,
    SkipQuestion,
    TakeCommand,
    TellPresence,
    TickItem,
    Write,
)
from flows.messages.steps import AboutStep
from flows.response.closing import REVIEW_QUESTIONS
from flows.response.lines import line_moves, line_told, open_lines
from flows.response.steps import moves
from flows.scene.gate import QUARTER, held
from flows.state.run import Shown
from playbooks.model import FACILITY_KINDS, FacilityKind, Step
from playbooks.step_types import Wants
from tests.flows.clinic import CLINIC, SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic
from tests.library import shipped_catalogue

PEOPLE = (
    {"name": "高橋", "roles": ("director",)},
    {"name": "田中", "stands_in_for": ("director",), "rank": 1},
    {"name": "佐藤", "roles": ("reception",)},
    {"name": "鈴木", "roles": ("nurse",)},
)

WRITTEN = {
    "number": ("12", "5", "0"),
    "time": ("9:00",),
    "contact": ("山口さん、折り返します",),
    "text": ("確認して記録しました",),
    "moment": ("今日の2時ごろ",),
}
"""What is written, the first time, the next …: sheets and slips are counted three times until none is left."""

PACE: Mapping[Wants, float] = {"tap": 0.5, "photo": 1, "text": 1, "choice": 0.5, "ticks": 2, "call": 2.5, "lines": 0.2}
"""Minutes until something is done; whatever takes hands, two more. Ours, after what the world's people need."""
HANDS = 2.0

Ways = Mapping[str, Sequence[str]]
"""What is answered to a step or line, by its name, the first time, the next …; the last answer holds from there on."""


@dataclass
class Played:
    """What it came to, by person, in all and in the first fifteen minutes; ``steps`` are those that were answered."""

    screens: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    first_screens: Counter[str] = field(default_factory=Counter)
    first_acts: Counter[str] = field(default_factory=Counter)
    steps: list[str] = field(default_factory=list)

    @property
    def came_to(self) -> tuple[int, int]:
        """Give all screens and all acts."""
        return sum(self.screens.values()), sum(self.acts.values())

    @property
    def first(self) -> tuple[int, int]:
        """Give the most screens and the most acts that anybody had in the first fifteen minutes."""
        return max(self.first_screens.values()), max(self.first_acts.values())


class Worst:
    """Plays one playbook at one kind of facility; ``ways`` says what is answered where several ways are open."""

    def __init__(self, playbook: str, kind: FacilityKind, ways: Ways) -> None:
        self.clinic = Clinic(*shipped_catalogue().playbooks.values())
        self.clinic.found(CLINIC.model_copy(update={"kind": kind}), PEOPLE)
        self.clinic.heard.clear()
        self.ways, self.playbook, self.played = ways, playbook, Played()
        self.start, self._times = self.clinic.now, Counter[str]()
        self._free = dict.fromkeys((TAKAHASHI, TANAKA, SATO, SUZUKI), self.start)
        self._seen, self._dealt = 0, set[tuple[str, object]]()

    def _act(self, who: str, command: Command) -> None:
        self.clinic.act(who, command)
        self.played.acts[who] += 1
        self.played.first_acts[who] += self.clinic.now - self.start < QUARTER
        self._see()

    def _see(self) -> None:
        for owed in self.clinic.heard[self._seen :]:
            who, screen = owed.to.removeprefix("phone:"), (owed.to, same_screen(owed.message))
            if asks(owed) and screen not in self._dealt:
                if isinstance(owed.message, AboutStep):
                    self._dealt.add(screen)
                self.played.screens[who] += 1
                self.played.first_screens[who] += self.clinic.now - self.start < QUARTER
        self._seen = len(self.clinic.heard)

    def play(self) -> Played:
        """Play to the last answer that anybody is asked for."""
        clinic = self.clinic
        self._act(SATO, Report("", "困っています", candidates=(self.playbook,)))
        run = clinic.run.id
        self._act(SATO, ChoosePlaybook(run, self.playbook))
        if clinic.run.as_attacked:
            self._act(SATO, TellPresence(run, "here"))
        for _ in range(400):
            self._come()
            if not clinic.run.live or not self._goes_on():
                break
        assert (clinic.run.open_steps(), clinic.run.waiting()) == ([], []), "the play comes to its end"
        return self.played

    def _come(self) -> None:
        """Let whoever was called answer: the director takes charge, the others say that they are there."""
        run = self.clinic.run
        called = [m for m in (TAKAHASHI, TANAKA, SUZUKI) if m in run.unconfirmed()]
        for member in called:
            here = TellPresence(run.id, "here" if run.calls_everybody else "")
            self._act(member, TakeCommand(run.id) if member == TAKAHASHI else here)

    def close(self) -> Played:
        """Let whoever leads end what was played, with nothing to say to any question; gives what that took."""
        run, leader = self.clinic.run.id, self.clinic.run.commander or TAKAHASHI
        self.played = Played()
        if self.clinic.run.solved:
            return self.played
        self._act(leader, Close(run))
        for question in REVIEW_QUESTIONS:
            self._act(leader, SkipQuestion(run, question))
        self._act(leader, SignOff(run))
        assert self.clinic.run.state == "closed"
        return self.played

    def _goes_on(self) -> bool:
        shown = min(self.clinic.run.open_steps(), key=self._due, default=None)
        if shown is None:
            run, here = self.clinic.run, self.clinic.context(SATO)
            waiting = run.waiting()
            if any(held(run, here, track, step) for track, step in waiting):  # they put the phone away
                self._until(self.clinic.now + timedelta(minutes=1))
            elif waiting:
                self._act(SATO, Claim(run.id, waiting[0][0]))
            return bool(waiting)
        self._until(self._due(shown))
        if self.clinic.run.shown[shown.turn].open:
            self.played.steps.append(f"{shown.track}/{shown.step}")
            self._answer(shown, self.clinic.run.step(shown))
            self._free[shown.member] = self.clinic.now
        return True

    def _due(self, shown: Shown) -> datetime:
        step = self.clinic.run.step(shown)
        lines = open_lines(self.clinic.run, self.clinic.context(shown.member), shown.track, shown.step).values()
        work = sum((self._takes(one) for one in lines or (step,)), timedelta())
        return max(self._free[shown.member], shown.at) + work

    @staticmethod
    def _takes(step: Step) -> timedelta:
        return timedelta(minutes=PACE[step.type.wants] + HANDS * step.hands)

    def _until(self, due: datetime) -> None:
        self.clinic.now = max(self.clinic.now, due)
        self.clinic.tick()
        self._see()

    def _way(self, name: str, legal: Sequence[str]) -> str:
        self._times[name] += 1
        wanted = self.ways.get(name, ())
        if wanted:
            chosen = wanted[min(self._times[name], len(wanted)) - 1]
            return next(move for move in legal if move in (chosen, f"choice:{chosen}"))
        return next((move for move in legal if move.startswith("choice:")), legal[0])

    def _written(self, step: Step, name: str) -> str:
        texts = WRITTEN[step.takes]
        self._times[step.value or name] += 1
        return texts[min(self._times[step.value or name], len(texts)) - 1]

    def _answer(self, shown: Shown, step: Step) -> None:
        who, run = shown.member, self.clinic.run.id
        if step.lines:
            self._card(shown, step)
            return
        if step.type.wants == "ticks" and shown.step not in self.ways:
            for item in step.choices:
                self._act(who, TickItem(run, shown.turn, item))
        way = self._way(shown.step, moves(self.clinic.run, self.clinic.run.shown[shown.turn]) or ("done",))
        if way == "done" and step.type.wants == "photo":
            self._act(who, HandIn(run, f"photo:{shown.turn}", "photo", shown=shown.turn))
        elif way == "done" and step.type.wants == "text":
            self._act(who, Write(run, self._written(step, shown.step), shown.turn))
        else:
            self._act(who, AnswerStep(run, shown.turn, way))
        while who in self.clinic.run.asking:
            asked = self.clinic.run.asking[who].what
            self._act(who, Write(run, "理由です" if asked == "reason" else self._written(step, shown.step)))

    def _card(self, shown: Shown, card: Step) -> None:
        """Answer what takes something line by line, and the rest by one tap together; what is optional is left."""
        who, run = shown.member, self.clinic.run.id
        counted = set(open_lines(self.clinic.run, self.clinic.context(who), shown.track, shown.step))
        for _ in card.lines:
            there = open_lines(self.clinic.run, self.clinic.context(who), shown.track, shown.step)
            self._until(self.clinic.now + sum((self._takes(there[n]) for n in there.keys() - counted), timedelta()))
            counted |= there.keys()
            waiting = {n: line for n, line in there.items() if n in self.ways or not (line.in_bulk or line.optional)}
            if not (self.clinic.run.shown[shown.turn].open and waiting):
                break
            name, line = next(iter(waiting.items()))
            handed = name not in self.ways and line.type.wants in ("photo", "text", "call")
            way = "done" if handed else self._way(name, line_moves(line) or ("done",))
            if line.type.wants == "tap" and way == "done":
                self._act(who, SettleLine(run, shown.turn, name, way))
                continue
            wanted = line.type.wants in ("text", "call") and way == "done"
            photos = [one for one in there.values() if one.type.wants == "photo"]
            written = f"{self._written(line, name)}{line.unit.ja if line.unit else ''}" if wanted else ""
            if (
                wanted and line_told(self.clinic.run, self.clinic.context(who), shown, written) == name
            ):  # needs no tap before it
                self.clinic.act(who, OpenLine(run, shown.turn, name))
            elif line.type.wants != "photo" or way != "done" or len(photos) > 1:  # nor does a card's only photo
                self._act(who, OpenLine(run, shown.turn, name))
            if line.type.wants == "photo" and way == "done":
                self._act(who, HandIn(run, f"photo:{shown.turn}:{name}", "photo", shown=shown.turn))
            elif wanted:
                self._act(who, Write(run, written, shown.turn))
            else:
                self._act(who, SettleLine(run, shown.turn, name, way))
                while who in self.clinic.run.asking:
                    self._act(who, Write(run, "理由です"))
        if self.clinic.run.shown[shown.turn].open:
            self._act(who, SettleLines(run, shown.turn))


LEAK: Ways = {
    "only_copy": ["only_one"],
    "encrypted": ["plainly"],
    "all_back": ["not_back"],
    "deliberate": ["on_purpose"],
    "care": ["hampered"],
    "leak_review": ["suspected"],
}
"""A leak is suspected, and nothing that is answered ends the matter early."""


@dataclass(frozen=True)
class Play:
    """What happens: by which playbook, what is answered, and at most how many screens and acts, in all and first a person."""

    playbook: str
    ways: Ways
    screens: int
    acts: int
    first: tuple[int, int] = (6, 10)


STOPPED: Ways = {
    "attack_signs": ["no"],
    "one_or_all": ["one"],
    "power": ["partly"],
    "hosting": ["onpremises"],
    "vendor_view": ["not_known"],
    "works_again": ["not_yet", "needs_restore"],
}
"""A machine and its server, nobody knows why; the vendor takes long, and data has to be restored."""

NO_CHECK: Ways = {
    "how_many_people": ["many"],
    "what_is_down": ["all"],
    "vendor_view": ["not_known"],
    "wanted": ["yes"],
    "works_again": ["not_yet", "works"],
}
"""Neither insurance nor e-prescriptions for hours; the emergency function is wanted, and slips are left to be looked up."""

PLAYS: Mapping[str, Play] = {
    "ransomware": Play("ransomware", LEAK, 45, 95),
    "EHR outage": Play("ehr_outage", STOPPED, 30, 60),
    "found": Play("lost_device", {"look_again": ["found"]}, 8, 12),
    "not found": Play("lost_device", {"look_again": ["not_found"], **LEAK}, 25, 45),
    "eligibility": Play("eligibility_outage", NO_CHECK, 15, 25, (5, 8)),
    "one card": Play("eligibility_outage", {"how_many_people": ["one"]}, 4, 5, (5, 8)),
    "paper jam": Play("one_device", {"only_this": ["one"]}, 4, 5, (5, 8)),
    "scam only seen": Play("support_scam", {"how_far": ["only_seen"]}, 6, 8, (5, 8)),
}


def main() -> None:
    """Print what each play comes to, at each kind of facility, beside its bound."""
    for name, play in PLAYS.items():
        for kind in FACILITY_KINDS:
            worst = Worst(play.playbook, kind, play.ways)
            (screens, acts), (first_screens, first_acts) = (played := worst.play()).came_to, played.first
            in_all = f"{screens:3} / {play.screens:2} screens {acts:4} / {play.acts:2} acts"
            first = f"first 15 min, a person {first_screens:2} / {play.first[0]} {first_acts:3} / {play.first[1]}"
            sys.stdout.write(f"{name:16}{kind:16}{in_all}   {first}   closing {worst.close().came_to}\n")


if __name__ == "__main__":
    main()
