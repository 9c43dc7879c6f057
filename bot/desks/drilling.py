"""The drills' desk while one runs: what is real, and what is to become better."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.clock import Clock
from bot.desks.desk import Act, Desk, Handler, RequestHandler, there
from bot.screens.requests.drilling import (
    AskImprovement,
    GiveImprovement,
    HoldKind,
    HoldScenario,
    ItIsReal,
    MakeImprovement,
    SayItHolds,
    ShowHolding,
    ShowVendorsThere,
    ShowVendorThere,
    SpeakNameless,
)
from bot.screens.requests.request import Request
from bot.words.explaining import mark_of
from bot.words.tasks import measures_without_owner
from flows.commands.danger import RingDanger
from flows.commands.drilling import AbortExercise, BeginExercise, TellVendor
from flows.commands.facility import AskMember
from flows.commands.people import Report
from flows.commands.upkeep import OpenTask, VerifyTask
from flows.deeds import Deed, Voice
from flows.engine import Engine
from flows.facility.danger import told_in
from flows.messages.calling import WhereWeStand
from flows.messages.drilling import (
    DrillResult,
    FeedbackNameless,
    FeedbackThanks,
    ImprovementKept,
    VendorAtDrill,
    VendorsAtDrill,
)
from flows.messages.drills import DrillHold, DrillsShown
from flows.messages.ending import SignOffAsk
from flows.messages.hearing import DangerAlarm
from flows.powers import DRILL_LEADERS
from flows.record.journal import AT_ONCE, FACILITY, SOON, Owed
from flows.refusals import Refused
from flows.response.closing import ready_to_sign
from flows.response.debriefing import may_speak
from flows.state.house import SeenDanger

IMPROVED_IN = timedelta(days=30)
"""Until when an improvement is due, if nobody says otherwise."""


class DrillingDesk(Desk):
    """Takes the tap on 「本物の障害です」, nameless voices and the improvements of a debrief."""

    main = (DrillsShown(), None)

    def __init__(self, engine: Engine, clock: Clock) -> None:
        """Remember who is about to say something without their name, about which run, and what was awaited of them then."""
        super().__init__(engine, clock)
        self.nameless: dict[str, tuple[str, int | None]] = {}

    @property
    def requests(self) -> Mapping[type[Request], RequestHandler]:
        """Give what buttons ask under a drill's messages."""
        return {
            ShowHolding: self._holding,
            HoldKind: self._hold_kind,
            HoldScenario: self._hold_scenario,
            SpeakNameless: self._nameless,
            ItIsReal: self._real,
            AskImprovement: self._improve,
            MakeImprovement: self._make_improvement,
            GiveImprovement: self._owner,
            SayItHolds: self._verify,
            ShowVendorsThere: self._vendors,
            ShowVendorThere: self._vendor,
        }

    @property
    def questions(self) -> Mapping[str, Handler]:
        """Read what is to become better."""
        return {"improvement": self._improvement}

    def _holding(self, act: Act, asked: ShowHolding) -> Deed:
        """Hold a drill at once, without a date in the calendar."""
        self.only(DRILL_LEADERS, act)
        return self.show(act.member, DrillHold())

    def _hold_kind(self, act: Act, asked: HoldKind) -> Deed:
        """Hold one of a kind; which scenario, is asked for first."""
        kind = there(self.engine.handbook.drills.kinds.get(asked.kind))
        if not kind.scenarios:
            return Deed(BeginExercise("", kind.id))
        self.only(BeginExercise("", kind.id), act)
        return self.show(act.member, DrillHold(kind.id))

    def _hold_scenario(self, act: Act, asked: HoldScenario) -> Deed:
        kind = there(self.engine.handbook.drills.kinds.get(asked.kind))
        return Deed(BeginExercise("", kind.id, self.scenario(asked.number)))

    def _nameless(self, act: Act, asked: SpeakNameless) -> Deed:
        """Wait for a voice without a name; in memory, since an entry would tell who it was."""
        run = there(self.engine.run(asked.run))
        may_speak(run)
        return Deed(
            self.show(act.member, FeedbackNameless(), run.id),
            afterwards=lambda: self.nameless.update({act.member: (run.id, self._waits(act.member))}),
        )

    def say_nameless(self, run: str, text: str, member: str) -> Deed:
        """Take what somebody says without their name."""
        return Deed(
            Voice(run, text),
            Owed(member, FeedbackThanks(), run, priority=SOON),
            afterwards=lambda: self.nameless.pop(member, None),
        )

    def nameless_about(self, member: str) -> str | None:
        """Give the drill about which somebody's next text is; none once it was released, or something newer matters more.

        What they were asked since, and an incident, do; then it is forgotten that they were about to speak.
        """
        run_id, waited = self.nameless.get(member, ("", None))
        run = self.engine.run(run_id)
        newer = self._waits(member) not in (None, waited) or any(not r.drill for r in self.live_runs(member))
        if run is None or run.exercise is None or run.exercise.released or newer:
            self.nameless.pop(member, None)
            return None
        return run.id

    def _waits(self, member: str) -> int | None:
        return self.engine.house.waiting_for.get(member)

    def _real(self, act: Act, asked: ItIsReal) -> Deed:
        """Open the incident, also from the message of a drill that is over; where one is open, show where it stands."""
        run = there(self.engine.run(asked.run))
        if not run.drill:
            raise Refused("stale")
        told = told_in(self.engine.house, run.id, self.now())
        if run.live:
            return self.danger_is_real(told) if told and told.state != "none" else self.is_real(run.id, "", act)
        if told is not None and told.state == "rung":
            return self.show(act.member, DangerAlarm(told.turn))
        # whoever is second to tap it under a drill that is over joins the incident that the first one opened
        boards = [
            Owed(act.member, WhereWeStand(), real.id, key=f"board:{real.id}", priority=AT_ONCE)
            for real in self.live_runs(act.member)
            if not real.drill
        ]
        return Deed(*boards) if boards else Deed(Report("", "", ("unknown",), playbook="unknown"))

    def danger_is_real(self, told: SeenDanger) -> Deed:
        """Ring everybody for a danger that somebody wrote of in a drill, end the drill, and open what is a disaster."""
        drill = self.engine.run(told.drill)
        ends = AbortExercise(drill.id) if drill is not None and drill.live else Deed()
        fire = Report("", told.text, ("disaster", "unknown"), playbook="disaster", by=told.member)
        rung = Deed(RingDanger(FACILITY, told.turn)) if told.state == "seen" else Deed()
        return Deed(rung, ends, fire if told.danger == "fire" else Deed())

    def is_real(self, run: str, text: str, act: Act, candidates: tuple[str, ...] = ()) -> Deed:
        """Open the incident and end the drill.

        Older versions wrote the incident by itself, before the end of the drill; where only that was done, the rest is now.
        """
        report = Report("", text, (*candidates, "unknown"), playbook=None if candidates else "unknown")
        return Deed(Deed(report, once=f"{act.heard.cause}:real"), AbortExercise(run))

    def _improve(self, act: Act, asked: AskImprovement) -> Deed:
        return Deed(AskMember(FACILITY, "improvement", {"run": there(self.engine.run(asked.run)).id}))

    def _make_improvement(self, act: Act, asked: MakeImprovement) -> Deed:
        """Ask who sees to a measure that somebody wrote; Refused where it has an owner by now."""
        run = there(self.engine.run(asked.run))
        written = measures_without_owner(run, self.engine.house.tasks.values())
        text = next((text for text in written if mark_of(text) == asked.mark), None)
        if text is None:
            raise Refused("stale")
        return Deed(AskMember(FACILITY, "improvement_owner", {"run": run.id, "text": text}))

    def _improvement(self, act: Act) -> Deed:
        about = {"run": act.about["run"], "text": act.text}
        return Deed(AskMember(FACILITY, "improvement_owner", about))

    def _owner(self, act: Act, given: GiveImprovement) -> Deed:
        asked = self.asked(given.turn, act, "improvement_owner")
        about = {"run": asked.about["run"], "text": asked.about["text"]}
        due = self.engine.context(self.now(), act.member).today + IMPROVED_IN
        order = OpenTask(FACILITY, "improvement", about, given.owner, due)
        kept = self.show(act.member, ImprovementKept(given.owner, due.isoformat()))
        run = self.engine.run(about["run"])
        ending = run is not None and run.exercise is None and ready_to_sign(run)
        on = self.show(act.member, SignOffAsk(), about["run"]) if ending else Deed()
        return Deed(order, kept, on, once=f"improvement:{given.turn}")

    def _verify(self, act: Act, said: SayItHolds) -> Deed:
        verified = VerifyTask(FACILITY, said.task, said.run, said.holds == "yes")
        return Deed(verified, self.show(act.member, DrillResult(), said.run))

    def _vendors(self, act: Act, asked: ShowVendorsThere) -> Deed:
        run = there(self.engine.run(asked.run))
        self.only(TellVendor(run.id, "", ""), act)
        return self.show(act.member, VendorsAtDrill(), run.id)

    def _vendor(self, act: Act, asked: ShowVendorThere) -> Deed:
        run = there(self.engine.run(asked.run))
        vendor = there(next((v for v in self.engine.roster().vendors() if v.id == asked.contact), None))
        self.only(TellVendor(run.id, vendor.id, ""), act)
        return self.show(act.member, VendorAtDrill(vendor.id), run.id)
