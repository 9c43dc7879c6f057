"""Laws: whatever people do, in whatever order, with any sound playbook."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, note, settings
from hypothesis import strategies as st

from bot.screens.buttons import MOST_BYTES, command_of, data_of
from contacts.roles import ROLES
from flows.commands.command import Command
from flows.commands.facility import ChangeMember
from flows.commands.people import (
    Acknowledge,
    AnswerStep,
    AskTime,
    CallOff,
    ChoosePlaybook,
    Claim,
    Close,
    Decide,
    DropQuestion,
    HandIn,
    KeepAsNote,
    Ratify,
    Reopen,
    SettleCircle,
    ShareNote,
    ShowAgain,
    SignOff,
    SkipQuestion,
    TakeCommand,
    TellByMouth,
    TickItem,
    Waive,
    Write,
    WriteLater,
)
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from flows.refusals import Refused
from flows.response.closing import REVIEW_QUESTIONS, obstacles
from flows.response.placing import Place, place_text
from flows.response.steps import moves
from flows.scene.circle import may_be_left_out, sees
from flows.state.run import Asking, Run, Shown
from playbooks.model import DECISIONS, Playbook
from playbooks.step_types import STEP_TYPES
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic, playbook_of, replayed, state_of
from tests.library import shipped_catalogue

MOST_MOVES = 40
"""Moves of one walk; an incident may take more, but what goes wrong does so within a few."""

Act = tuple[str, Callable[[], object]]
"""What may happen next: what to call it, and how to do it."""


@cache
def shipped() -> dict[str, Playbook]:
    """Read the playbooks that come along, once; they must be sound."""
    catalogue = shipped_catalogue()
    assert catalogue.problems == ()
    return dict(catalogue.playbooks)


# Walks


class Walk:
    """People who do anything that they are offered, in any order, with time going by and colleagues coming and going."""

    def __init__(self, clinic: Clinic, seed: int, opened: str) -> None:
        """Report what ``opened``, a playbook, is for. One seed is one walk."""
        self.clinic, self.chance = clinic, Random(seed)
        self.mode = self.chance.choice(clinic.playbooks[opened].use)
        clinic.reports(self.chance.choice([SATO, SUZUKI, TAKAHASHI]), playbook=opened, mode=self.mode)

    @property
    def run(self) -> Run:
        """The run as it stands."""
        return self.clinic.run

    def people(self) -> list[str]:
        """Give those who are here, may know of it, and can tap."""
        context = self.clinic.context("")
        return [m.id for m in context.roster.members if context.can_act(m.id) and sees(self.run, context, m.id)]

    def step_by_step(self, moves_left: int = MOST_MOVES) -> None:
        """Walk, looking after each step whether all is as it has to be."""
        for _ in range(moves_left):
            acts = self.acts()
            assert acts, "nobody has anything to tap"
            what, act = self.chance.choice(acts)
            note(what)
            act()
            self.check()

    def acts(self) -> list[Act]:
        """Give what may happen next; what gets the run on comes twice."""
        offered = self.offered()
        return [*offered, *offered, *self.circumstances()]

    def offered(self) -> list[Act]:
        """Give all that people are offered: the buttons of steps and boards, and what the bot waits to be told."""
        run, people = self.run, self.people()
        acts: list[Act] = []
        for shown in run.open_steps():
            if shown.member in people:
                acts += self._answers(shown)
        for who in people:
            if who in run.asking:
                acts += self._told(who, run.asking[who])
            for move in self.clinic.board(who).moves:
                acts.append(self._tap(who, move))
        if run.live and run.circle_asked and run.reporter in people:
            out = ("", *may_be_left_out(run, self.clinic.context(run.reporter)))
            acts += [self._tap(run.reporter, SettleCircle(run.id, member)) for member in out]
        return acts

    def circumstances(self) -> list[Act]:
        """Give what happens around it: time, notes, photos, somebody going home or coming back."""
        somebody = (self.people() or [self.run.reporter])[-1]
        away = not self.clinic.context(SUZUKI).can_act(SUZUKI)
        field = {"absent_from": None} if away else {"absent_from": self.clinic.today}
        return [
            ("a minute", lambda: self.clinic.wait(1)),
            ("seven minutes", lambda: self.clinic.wait(7)),
            ("five hours asleep", lambda: self._later(timedelta(hours=5))),
            self._do(CONSOLE, ChangeMember(FACILITY, SUZUKI, field)),
            self._do(somebody, HandIn(self.run.id, "phone:x", "photo")),
        ]

    def _later(self, time: timedelta) -> None:
        self.clinic.now += time
        self.clinic.tick()

    def _do(self, who: str, command: Command) -> Act:
        return f"{who}: {command}", lambda: self.clinic.act(who, command)

    def _tap(self, who: str, command: Command) -> Act:
        """Tap a button as it is on the screen: through its 64 bytes, and never refused, but for an end that is too early."""

        def tap() -> None:
            read = command_of(data_of(command))
            assert read == command
            try:
                self.clinic.act(who, read)
            except Refused as refusal:
                if refusal.name != "close":
                    raise

        return f"{who} taps {command}", tap

    def _answers(self, shown: Shown) -> list[Act]:
        run, who, step = self.run.id, shown.member, self.run.step(shown)
        acts = [self._tap(who, AnswerStep(run, shown.turn, move)) for move in moves(self.run, shown)]
        if step.type.wants == "photo":
            acts.append(self._do(who, HandIn(run, "phone:x", "photo", shown=shown.turn)))
        if step.type.wants == "ticks":
            acts += [self._tap(who, TickItem(run, shown.turn, item)) for item in step.choices]
        text = {"number": "3", "time": "8:30"}.get(step.takes, "はい")
        place = place_text(who, self.clinic.engine.live_runs())
        if isinstance(place, Place) and place.shown is not None:
            acts.append(self._do(who, Write(run, text, place.shown)))
        return acts

    def _told(self, who: str, asking: Asking) -> list[Act]:
        run, text = self.run.id, {"number": "3", "time": "8:30", "happened_at": "8:30"}.get(asking.what, "はい")
        acts = [self._do(who, Write(run, text)), self._tap(who, DropQuestion(run))]
        if asking.what == "review":
            acts.append(self._tap(who, SkipQuestion(run, asking.about["question"])))
        return acts

    # ── what holds at all times ─────────────────────────────────────────────────────────────────────────────────────

    def check(self) -> None:
        """One open step a person, one screen a track, provisional what isn't the chain's, and the mode it began with."""
        run = self.run
        screens = run.open_steps()
        assert max(Counter(s.member for s in screens).values(), default=0) <= 1
        assert max(Counter(s.track for s in screens).values(), default=0) <= 1
        assert all(run.tracks[s.track].step == s.step for s in screens)
        assert all(d.provisional or d.by in (TAKAHASHI, TANAKA) for d in run.decisions.values())
        assert run.mode == self.mode
        assert run.live or not screens

    def can_be_ended(self) -> None:
        """Let whoever decides today bring the run to its end, from wherever it stands."""
        clinic = self.clinic
        chief = clinic.context("").chain()[0].id
        if self.run.state == "reported":
            clinic.act(chief, ChoosePlaybook(self.run.id, ""))
        for made in [d for d in self.run.decisions.values() if d.provisional and d.ratified is None]:
            clinic.act(chief, Ratify(self.run.id, made.turn, "yes"))
        if obstacles(self.run, clinic.context(chief)) and self.run.state != "reviewing":
            clinic.act(chief, Waive(self.run.id, "今回は省く"))
        if not all(q in self.run.review for q in REVIEW_QUESTIONS) or self.run.state != "reviewing":
            clinic.act(chief, Close(self.run.id))
        for question in REVIEW_QUESTIONS:
            if question not in self.run.review:
                clinic.act(chief, SkipQuestion(self.run.id, question))
        assert SignOff(self.run.id) in clinic.board(chief).moves
        clinic.act(chief, SignOff(self.run.id))
        assert self.run.state == "closed"

    def stands_in_the_journal(self) -> None:
        """Compare the running engine with a fresh one over the same journal."""
        for run in self.clinic.engine.runs():
            fresh = replayed(self.clinic.journal).run(run.id)
            assert fresh is not None
            assert state_of(fresh) == state_of(run)
            assert self.clinic.journal.head().seq == sum(1 for _ in self.clinic.journal.entries())


SEEDS = st.integers(0, 2**32)

slow = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shortening a walk takes minutes; a walk tells its moves
)


@slow
@given(st.sampled_from(sorted(shipped())), SEEDS)
@example("ehr_outage", 14432)  # a photo that a card waited for came after the end, and brought the card back
def test_any_walk_through_a_shipped_playbook_replays_and_ends(opened: str, seed: int) -> None:
    """No button is refused, nobody is stuck, the journal alone gives the same state, and the run can be closed."""
    walk = Walk(Clinic(*shipped().values()).found(), seed, opened)
    walk.step_by_step()
    walk.stands_in_the_journal()
    if walk.run.live:
        walk.can_be_ended()
        walk.stands_in_the_journal()


# Playbooks that nobody wrote

WORDS = {"ja": "してください。", "en": "Do it."}


@st.composite
def sound_playbooks(draw: st.DrawFn) -> Playbook:
    """Draw a playbook of some tracks with any kinds of steps, jumps, loops and conditions; it passes every check."""
    count = draw(st.integers(1, 3))
    tracks = {f"t{n}": draw(_tracks(f"t{n}", n)) for n in range(count)}
    later = [name for name in list(tracks)[1:] if draw(st.booleans())]
    for name in later:
        tracks[name]["starts"] = "later"
    first = next(iter(tracks["t0"]["steps"].values()))
    if later:
        first["answers"]["done"]["starts"] = later
    flag = draw(st.sampled_from(["yes", "no", "unknown"]))
    return playbook_of(_yaml(flag, tracks))


def _yaml(flag: str, tracks: dict[str, Any]) -> str:
    """Write what was drawn as the text below a playbook's head; JSON is YAML."""
    return f"facts: {json.dumps({'flag': flag})}\ntracks: {json.dumps(tracks, ensure_ascii=False)}\n"


@st.composite
def _tracks(draw: st.DrawFn, name: str, urgency: int) -> dict[str, Any]:
    count = draw(st.integers(1, 4))
    steps = {f"s{n}": draw(_steps(n, count)) for n in range(count)}
    title = {"ja": name, "en": name}
    stage = draw(st.sampled_from(["first_response", "recovery", "after"]))
    return {"title": title, "stage": stage, "urgency": urgency + 1, "help": "vendor:ehr", "steps": steps}


@st.composite
def _steps(draw: st.DrawFn, place: int, count: int) -> dict[str, Any]:
    takes = draw(st.sampled_from([name for name, kind in STEP_TYPES.items() if kind.wants != "lines"]))
    wants = STEP_TYPES[takes].wants
    decides = takes in ("nothing", "choice", "text") and draw(st.integers(0, 4)) == 0
    role = "commander" if decides else draw(st.sampled_from(["reporter", "commander", "anyone", *ROLES]))
    step: dict[str, Any] = {"ask": WORDS, "role": role, "takes": takes, "source": "own", "answers": {}}
    if decides:
        step["decision"] = draw(st.sampled_from(DECISIONS))
    if STEP_TYPES[takes].fills_value:
        step["value"] = "amount"
    if wants == "call":
        step["contact"] = "vendor:ehr"
    if STEP_TYPES[takes].has_choices:
        step["choices"] = {"a": {"ja": "甲", "en": "A"}, "b": {"ja": "乙", "en": "B", "sets": {"flag": "yes"}}}
    if wants == "choice" and draw(st.booleans()):
        step["choices"]["b"]["to"] = draw(_targets(count))
    step["answers"]["done"] = {"reason": "required"} if decides or draw(st.integers(0, 3)) == 0 else {}
    if draw(st.booleans()):
        step["answers"]["cannot"] = {"to": draw(_targets(count)), "reason": draw(st.sampled_from(["none", "required"]))}
    if draw(st.integers(0, 3)) == 0 and not decides:
        step["answers"]["again"] = {"label": {"ja": "もう一度", "en": "Again"}, "to": draw(_targets(count))}
    if wants == "photo":
        step["evidence"] = draw(st.sampled_from(["required", "welcome"]))
    if place and draw(st.integers(0, 2)) == 0:
        step["when"] = draw(st.sampled_from(["flag", "flag != yes", "flag == unknown"]))
    step["optional"] = draw(st.booleans())
    return step


def _targets(count: int) -> st.SearchStrategy[str]:
    return st.sampled_from(["end", *(f"s{n}" for n in range(count))])


@slow
@given(sound_playbooks(), SEEDS)
def test_any_walk_through_any_sound_playbook_replays_and_ends(playbook: Playbook, seed: int) -> None:
    """The same for playbooks that nobody wrote: whatever the checks let through traps no run."""
    walk = Walk(Clinic(playbook).found(), seed, playbook.playbook)
    walk.step_by_step()
    walk.stands_in_the_journal()
    if walk.run.live:
        walk.can_be_ended()


# Buttons


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_button_of_a_shipped_playbook_fits(name: str) -> None:
    """64 bytes hold each answer, tick, claim and proposal, with the highest numbers a facility will ever come to."""
    playbook, run, turn = shipped()[name], "incident-99999", 999_999
    orders: list[Command] = [ChoosePlaybook(run, name)]
    for track_name, track in playbook.tracks.items():
        orders.append(Claim(run, track_name))
        for step in track.steps.values():
            orders += [AnswerStep(run, turn, answer) for answer in step.answers]
            orders += [AnswerStep(run, turn, f"choice:{choice}") for choice in step.choices]
            orders += [TickItem(run, turn, choice) for choice in step.choices]

    assert [order for order in orders if command_of(data_of(order)) != order] == []


def test_every_other_button_fits() -> None:
    """What isn't of a playbook, too."""
    run, turn = "incident-99999", 999_999
    orders = [
        Acknowledge(run),
        TakeCommand(run),
        TellByMouth(run, "m999"),
        Close(run),
        SignOff(run),
        Waive(run),
        CallOff(run),
        Reopen(run),
        WriteLater(run),
        DropQuestion(run),
        ShowAgain(run),
        Ratify(run, turn, "yes"),
        Ratify(run, turn, "no"),
        ShareNote(run, turn),
        AskTime(run, turn),
        KeepAsNote(run, turn),
        *(SkipQuestion(run, q) for q in REVIEW_QUESTIONS),
        *(Decide(run, d, "yes") for d in DECISIONS),
    ]

    assert max(len(data_of(order).encode()) for order in orders) <= MOST_BYTES
