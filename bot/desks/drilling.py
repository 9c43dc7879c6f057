"""The drills' desk while one runs: what is real, and what is to become better."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.clock import Clock
from bot.desks.desk import Act, Desk, Handler
from flows.commands.drilling import AbortExercise, BeginExercise
from flows.commands.facility import AskMember
from flows.commands.people import Report
from flows.commands.upkeep import OpenTask, VerifyTask
from flows.deeds import Deed, Voice
from flows.engine import Engine
from flows.powers import DRILL_LEADERS
from flows.record.journal import FACILITY, Owed
from flows.refusals import Refused
from flows.response.debriefing import may_speak

IMPROVED_IN = timedelta(days=30)
"""Until when an improvement is due, if nobody says otherwise."""


NAMELESS = "feedback_nameless"
"""The message to which an answer without a name is written."""


class DrillingDesk(Desk):
    """Takes the tap on 「本物の障害です」, nameless voices and the improvements of a debrief."""

    main = ("drills", None)

    def __init__(self, engine: Engine, clock: Clock) -> None:
        """Remember who is about to say something without their name, and about which run."""
        super().__init__(engine, clock)
        self.nameless: dict[str, str] = {}

    @property
    def menus(self) -> Mapping[str, Handler]:
        """Give the menus under a drill's messages."""
        return {
            "hold": self._hold,
            "nameless": self._nameless,
            "real": self._real,
            "improve": self._improve,
            "owner": self._owner,
            "verify": self._verify,
        }

    @property
    def questions(self) -> Mapping[str, Handler]:
        """Read what is to become better."""
        return {"improvement": self._improvement}

    def _hold(self, act: Act) -> Deed:
        """Hold a drill at once, without a date in the calendar."""
        known = self.engine.handbook.drills.kinds
        stories = self.engine.handbook.drills.scenarios_for(self.engine.roster().facility.kind)
        match act.words:
            case ():
                self.only(DRILL_LEADERS, act)
                return self.show(act.member, "drill_hold")
            case (kind,) if kind in known and known[kind].scenarios:
                self.only(BeginExercise("", kind), act)
                return self.show(act.member, "drill_hold", kind=kind)
            case (kind,) if kind in known:
                return Deed(BeginExercise("", kind))
            case (kind, number) if kind in known and number.isdecimal() and int(number) < len(stories):
                return Deed(BeginExercise("", kind, stories[int(number)].id))
        raise Refused("stale")

    def _nameless(self, act: Act) -> Deed:
        """Wait for a voice without a name; in memory, since an entry would tell who it was."""
        run = self.engine.run(act.words[0]) if act.words else None
        if run is None:
            raise Refused("stale")
        may_speak(run)
        return Deed(
            self.show(act.member, NAMELESS, run.id), afterwards=lambda: self.nameless.update({act.member: run.id})
        )

    def say_nameless(self, run: str, text: str, member: str) -> Deed:
        """Take what somebody says without their name."""
        return Deed(
            Voice(run, text),
            Owed(member, "feedback_thanks", run, priority=4),
            afterwards=lambda: self.nameless.pop(member, None),
        )

    def _real(self, act: Act) -> Deed:
        run = self.engine.run(act.words[0]) if act.words else None
        if run is None or not run.live or not run.drill:
            raise Refused("stale")
        return self.is_real(run.id, "", act)

    def is_real(self, run: str, text: str, act: Act, candidates: tuple[str, ...] = ()) -> Deed:
        """Open the incident and end the drill.

        Older versions wrote the incident by itself, before the end of the drill; where only that was done, the rest is now.
        """
        report = Report("", text, (*candidates, "unknown"), playbook=None if candidates else "unknown")
        return Deed(Deed(report, once=f"{act.heard.cause}:real"), AbortExercise(run))

    def _improve(self, act: Act) -> Deed:
        if not act.words or self.engine.run(act.words[0]) is None:
            raise Refused("stale")
        return Deed(AskMember(FACILITY, "improvement", {"run": act.words[0]}))

    def _improvement(self, act: Act) -> Deed:
        about = {"run": act.about["run"], "text": act.text}
        return Deed(AskMember(FACILITY, "improvement_owner", about))

    def _owner(self, act: Act) -> Deed:
        match act.words:
            case (turn, owner) if turn.isdecimal():
                asked = self.engine.house.asked.get(int(turn))
                if asked is not None and asked.member == act.member and asked.what == "improvement_owner":
                    about = {"run": asked.about["run"], "text": asked.about["text"]}
                    due = self.engine.context(self.now(), act.member).today + IMPROVED_IN
                    order = OpenTask(FACILITY, "improvement", about, owner, due)
                    kept = self.show(act.member, "improvement_kept", owner=owner, due=due.isoformat())
                    return Deed(order, kept, once=f"improvement:{turn}")
        raise Refused("stale")

    def _verify(self, act: Act) -> Deed:
        match act.words:
            case (task, run, ("yes" | "no") as holds) if task.isdecimal():
                verified = VerifyTask(FACILITY, int(task), run, holds == "yes")
                return Deed(verified, self.show(act.member, "drill_result", run))
        raise Refused("stale")
