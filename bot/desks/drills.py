"""The calendar's desk: what comes next, starting, postponing, another scenario, adding one, how often."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta

from bot.desks.desk import Act, Desk, Handler
from contacts.written.days import read_day
from contacts.written.mistakes import Unreadable
from flows.calendar.orders import startable
from flows.calendar.plans import day_for
from flows.commands.drilling import BeginExercise
from flows.commands.drills import CancelDrill, ChooseScenario, PlanDrill, PostponeDrill, SetCadence, StartDrill
from flows.commands.facility import AskMember
from flows.deeds import Deed
from flows.planning.planning import next_slot
from flows.powers import DRILL_LEADERS
from flows.record.journal import FACILITY
from flows.refusals import Refused
from flows.state.drill_calendar import Drill
from flows.state.work import Context
from playbooks.weekdays import weekdays_by_name

EVERY_WEEKDAY = frozenset({"毎日", "all", "すべて", "全部", "いつでも"})
"""What people write if any weekday will do."""

LOOKED_AHEAD = timedelta(days=92)
"""So far a day is looked for in place of one that won't do."""


MOVES: Mapping[str, type[CancelDrill | PostponeDrill]] = {"cancel": CancelDrill, "later": PostponeDrill}
"""What a reason is asked for, by its word on a button."""


class DrillsDesk(Desk):
    """Takes what is said about drills that are still to be held."""

    main = ("drills", None)

    prose = frozenset({"drill_reason"})

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give ``/drills``, which everybody may ask."""
        return {"/drills": lambda act: self.show(act.member, "drills")}

    @property
    def menus(self) -> Mapping[str, Handler]:
        """Give the menus of the calendar, of one drill and of a kind."""
        return {"drills": self._calendar, "drill": self._drill, "cadence": self._cadence}

    @property
    def questions(self) -> Mapping[str, Handler]:
        """Read reasons, days and weekdays."""
        return {"drill_reason": self._reason, "drill_day": self._day, "drill_weekdays": self._weekdays}

    # ── one drill ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _drill(self, act: Act) -> Deed:
        what, drill = (act.words or ("",))[0], self._named(act)
        match what, act.words[2:]:
            case "show", ():
                self.only(DRILL_LEADERS, act)
                return self.show(act.member, "drill", drill=drill.id)
            case (("start" | "now"), ()):
                return self._start(drill, act, outside=what == "now")
            case (("later" | "cancel"), ()):
                self.only(MOVES[what](FACILITY, drill.id, ""), act)
                asking = AskMember(FACILITY, "drill_reason", {"drill": drill.id, "move": what})
                return Deed(asking)
            case "other", ():
                self.only(ChooseScenario(FACILITY, drill.id, ""), act)
                return self.show(act.member, "drill_scenarios", drill=drill.id)
            case "play", (number,) if number.isdecimal():
                known = self._context(act).handbook.drills.scenarios_for(self.engine.roster().facility.kind)
                if int(number) < len(known):
                    return Deed(ChooseScenario(FACILITY, drill.id, known[int(number)].id))
        raise Refused("stale")

    def _named(self, act: Act) -> Drill:
        """Give the drill behind a button, which names the entry that set its date: an old date's button is stale."""
        turn = act.words[1] if len(act.words) > 1 else ""
        found = next((d for d in self.engine.house.drills.values() if str(d.turn) == turn), None)
        if found is None or not found.ahead:
            raise Refused("stale")
        return found

    def _start(self, drill: Drill, act: Act, *, outside: bool) -> Deed:
        """Open the drill's run and begin it, once, whoever taps; a run that an older version left half-way is begun, too."""
        cause = f"drill:{drill.id}:{drill.turn}:begun:{drill.starts}"
        opened = self.engine.journal.caused(f"{cause}:run")
        if opened:
            return Deed(StartDrill(FACILITY, drill.id, opened[0].run, outside=True), once=cause)
        self.only(StartDrill(FACILITY, drill.id, ""), act)
        try:
            startable(drill.id, self.engine.house, self._context(act), outside=outside)
        except Refused as refusal:
            if refusal.name != "drill_outside":
                raise
            return self.show(act.member, "drill_start_now", drill=drill.id)
        begin = BeginExercise("", drill.kind, drill.scenario or "", drill.id)
        return Deed(begin, lambda: self._begun(drill), once=cause)

    def _begun(self, drill: Drill) -> Deed:
        return Deed(StartDrill(FACILITY, drill.id, self.engine.runs()[-1].id, outside=True))

    def _reason(self, act: Act) -> Deed:
        drill, move = str(act.about["drill"]), str(act.about["move"])
        return Deed(MOVES[move](FACILITY, drill, act.text.strip()), answers=True)

    # ── the calendar ────────────────────────────────────────────────────────────────────────────────────────────────

    def _calendar(self, act: Act) -> Deed:
        self.only(DRILL_LEADERS, act)
        match act.words:
            case ("year", year) if year.isdecimal():
                return self.show(act.member, "drills_year", year=int(year))
            case (("add" | "cadence") as what,):
                return self.show(act.member, "drill_kinds", what=what)
            case ("add", kind) if kind in self.engine.handbook.drills.kinds:
                return Deed(AskMember(FACILITY, "drill_day", {"kind": kind}))
            case ("add", kind, day):
                return self._on(kind, _iso(day), act)
            case ("cadence", kind) if kind in self.engine.handbook.drills.kinds:
                return self.show(act.member, "drill_cadence_menu", kind=kind)
            case _:
                raise Refused("stale")

    def _day(self, act: Act) -> Deed:
        try:
            day = read_day(act.text)
        except Unreadable:
            raise Refused("drill_day_unread") from None
        return Deed(self._on(str(act.about["kind"]), day, act), answers=True)

    def _on(self, kind: str, day: date, act: Act) -> Deed:
        """Put a drill on a day; where it won't do, the nearest day after it is offered."""
        context = self._context(act)
        found = day_for(kind, day, self.engine.house, context)
        if isinstance(found, str):
            near = self._next(kind, day, context)
            data = {"kind": kind, "day": day.isoformat(), "why": found, "next": near.isoformat() if near else ""}
            return self.show(act.member, "drill_day", **data)
        return Deed(PlanDrill(FACILITY, kind, day), answers=True)

    def _next(self, kind: str, day: date, context: Context) -> date | None:
        calendar, facility = self.engine.house.calendar, context.roster.facility
        after = max(day, context.today)
        held = calendar.kinds(context.handbook.drills)[kind]
        slot = next_slot(held, facility, after, after + LOOKED_AHEAD, calendar.taken(), before_holiday=False)
        return slot.day if slot else None

    # ── how often ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _cadence(self, act: Act) -> Deed:
        self.only(DRILL_LEADERS, act)
        match act.words:
            case (kind, "every", months) if months.isdecimal():
                return self._set(SetCadence(FACILITY, kind, every_months=int(months)), act)
            case (kind, "announce", ("yes" | "no") as wish):
                return self._set(SetCadence(FACILITY, kind, announced=wish == "yes"), act)
            case (kind, "weekdays") if kind in self.engine.handbook.drills.kinds:
                return Deed(AskMember(FACILITY, "drill_weekdays", {"kind": kind}))
            case _:
                raise Refused("stale")

    def _weekdays(self, act: Act) -> Deed:
        written = unicodedata.normalize("NFKC", act.text).strip().casefold()
        try:
            names = () if written in EVERY_WEEKDAY else weekdays_by_name(written)
        except ValueError:
            raise Refused("drill_weekdays_unread") from None
        return Deed(self._set(SetCadence(FACILITY, str(act.about["kind"]), weekdays=names), act), answers=True)

    def _set(self, command: SetCadence, act: Act) -> Deed:
        return Deed(command, self.show(act.member, "drill_cadence", kind=command.kind))

    # ── what the rest needs ─────────────────────────────────────────────────────────────────────────────────────────

    def _context(self, act: Act) -> Context:
        return self.engine.context(self.now(), act.member)


def _iso(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused("stale") from None
