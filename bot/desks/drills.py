"""The calendar's desk: what comes next, starting, postponing, another scenario, adding one, how often."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta

from bot.desks.desk import Act, Desk, Handler, Reader, RequestHandler, there
from bot.screens.requests.drills import (
    AddDrill,
    AddDrillOn,
    Announce,
    AskDrillReason,
    AskWeekdays,
    HoldEvery,
    InviteThem,
    OfDrill,
    OfKind,
    ShowCadence,
    ShowDrill,
    ShowKinds,
    ShowScenarios,
    ShowVendors,
    ShowYear,
    StartIt,
    StartItNow,
    TakeScenario,
    UninviteThem,
)
from bot.screens.requests.request import Request
from contacts.written.days import read_day
from contacts.written.mistakes import Unreadable
from flows.calendar.orders import startable
from flows.calendar.plans import day_for
from flows.commands.drilling import BeginExercise
from flows.commands.drills import (
    CancelDrill,
    ChooseScenario,
    InviteVendor,
    PlanDrill,
    PostponeDrill,
    SetCadence,
    StartDrill,
    UninviteVendor,
)
from flows.commands.facility import AskMember
from flows.deeds import Deed
from flows.messages.drills import (
    DrillCadence,
    DrillCadenceMenu,
    DrillDay,
    DrillKinds,
    DrillScenarios,
    DrillShown,
    DrillsShown,
    DrillStartNow,
    DrillsYear,
    DrillVendors,
)
from flows.messages.reporting import Document
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


MOST_YEARS = 10
"""No button of ours leads further back or ahead."""

INVITATION = "vendor_invitation"
"""The document that asks vendors to take part."""

MOVES: Mapping[str, type[CancelDrill | PostponeDrill]] = {"cancel": CancelDrill, "later": PostponeDrill}
"""What a reason is asked for, by its word on a button."""


class DrillsDesk(Desk):
    """Takes what is said about drills that are still to be held."""

    main = (DrillsShown(), None)

    prose = frozenset({"drill_reason"})

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give ``/drills``, which everybody may ask."""
        return {"/drills": lambda act: self.show(act.member, DrillsShown())}

    @property
    def requests(self) -> Mapping[type[Request], RequestHandler]:
        """Give what buttons ask about the calendar, one drill and a kind."""
        return {
            ShowDrill: self._shown,
            StartIt: lambda act, asked: self._start(self._named(asked), act, outside=False),
            StartItNow: lambda act, asked: self._start(self._named(asked), act, outside=True),
            AskDrillReason: self._ask_reason,
            ShowScenarios: self._scenarios,
            TakeScenario: self._play,
            ShowVendors: self._vendors,
            InviteThem: self._invite,
            UninviteThem: self._uninvite,
            ShowYear: self._year,
            ShowKinds: self._kinds,
            AddDrill: self._add,
            AddDrillOn: self._add_on,
            ShowCadence: self._cadence,
            HoldEvery: self._every,
            Announce: self._announce,
            AskWeekdays: self._ask_weekdays,
        }

    @property
    def readers(self) -> Mapping[str, Reader]:
        """Give what reads an answer strictly."""
        return {"drill_day": read_day, "drill_weekdays": weekdays_by_name}

    @property
    def questions(self) -> Mapping[str, Handler]:
        """Read reasons, days and weekdays."""
        return {"drill_reason": self._reason, "drill_day": self._day, "drill_weekdays": self._weekdays}

    # ── one drill ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _named(self, asked: OfDrill) -> Drill:
        """Give the drill behind a button, if it is still to be held."""
        return there(next((d for d in self.engine.house.drills.values() if d.turn == asked.turn and d.ahead), None))

    def _shown(self, act: Act, asked: ShowDrill) -> Deed:
        drill = self._named(asked)
        self.only(DRILL_LEADERS, act)
        return self.show(act.member, DrillShown(drill.id))

    def _ask_reason(self, act: Act, asked: AskDrillReason) -> Deed:
        drill = self._named(asked)
        self.only(MOVES[asked.move](FACILITY, drill.id, ""), act)
        return Deed(AskMember(FACILITY, "drill_reason", {"drill": drill.id, "move": asked.move}))

    def _scenarios(self, act: Act, asked: ShowScenarios) -> Deed:
        drill = self._named(asked)
        self.only(ChooseScenario(FACILITY, drill.id, ""), act)
        return self.show(act.member, DrillScenarios(drill.id))

    def _play(self, act: Act, asked: TakeScenario) -> Deed:
        drill = self._named(asked)
        return Deed(ChooseScenario(FACILITY, drill.id, self.scenario(asked.number)))

    def _vendors(self, act: Act, asked: ShowVendors) -> Deed:
        drill = self._named(asked)
        self.only(InviteVendor(FACILITY, drill.id, ""), act)
        return self.show(act.member, DrillVendors(drill.id))

    def _invite(self, act: Act, asked: InviteThem) -> Deed:
        """Keep that a vendor is invited, and hand out the letters as of then, a page for each."""
        return Deed(InviteVendor(FACILITY, self._named(asked).id, asked.contact), lambda: self._letters(act))

    def _uninvite(self, act: Act, asked: UninviteThem) -> Deed:
        return Deed(UninviteVendor(FACILITY, self._named(asked).id, asked.contact))

    def _letters(self, act: Act) -> Deed:
        return self.show(act.member, Document(INVITATION, "pdf", self.engine.journal.head().seq), FACILITY)

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
            return self.show(act.member, DrillStartNow(drill.id))
        begin = BeginExercise("", drill.kind, drill.scenario or "", drill.id)
        return Deed(begin, lambda: self._begun(drill), once=cause)

    def _begun(self, drill: Drill) -> Deed:
        return Deed(StartDrill(FACILITY, drill.id, self.engine.runs()[-1].id, outside=True))

    def _reason(self, act: Act) -> Deed:
        drill, move = str(act.about["drill"]), str(act.about["move"])
        return Deed(MOVES[move](FACILITY, drill, act.text.strip()), answers=True)

    # ── the calendar ────────────────────────────────────────────────────────────────────────────────────────────────

    def _year(self, act: Act, asked: ShowYear) -> Deed:
        self.only(DRILL_LEADERS, act)
        years = abs(asked.year - self._context(act).today.year)
        return self.show(act.member, DrillsYear(there(asked.year if years <= MOST_YEARS else None)))

    def _kinds(self, act: Act, asked: ShowKinds) -> Deed:
        self.only(DRILL_LEADERS, act)
        return self.show(act.member, DrillKinds(asked.what))

    def _add(self, act: Act, asked: AddDrill) -> Deed:
        return Deed(AskMember(FACILITY, "drill_day", {"kind": self._kind(act, asked)}))

    def _add_on(self, act: Act, asked: AddDrillOn) -> Deed:
        self.only(DRILL_LEADERS, act)
        return self._on(asked.kind, there(asked.day if self._is_near(asked.day, act) else None), act)

    def _is_near(self, day: date, act: Act) -> bool:
        return abs(day.year - self._context(act).today.year) <= MOST_YEARS

    def _kind(self, act: Act, asked: OfKind) -> str:
        """Give the kind that a button is about, to those who decide on the calendar."""
        self.only(DRILL_LEADERS, act)
        return there(self.engine.handbook.drills.kinds.get(asked.kind)).id

    def _day(self, act: Act) -> Deed:
        try:
            day = read_day(act.text)
        except Unreadable:
            raise Refused("drill_day_unread") from None
        if not self._is_near(day, act):
            raise Refused("drill_day_unread")
        return Deed(self._on(str(act.about["kind"]), day, act), answers=True)

    def _on(self, kind: str, day: date, act: Act) -> Deed:
        """Put a drill on a day; where it won't do, the nearest day after it is offered."""
        context = self._context(act)
        found = day_for(kind, day, self.engine.house, context)
        if isinstance(found, str):
            near = self._next(kind, day, context)
            no = DrillDay(kind, day.isoformat(), found, near.isoformat() if near else "")
            return self.show(act.member, no)
        return Deed(PlanDrill(FACILITY, kind, day), answers=True)

    def _next(self, kind: str, day: date, context: Context) -> date | None:
        calendar, facility = self.engine.house.calendar, context.roster.facility
        after = max(day, context.today)
        held = calendar.kinds(context.handbook.drills)[kind]
        slot = next_slot(held, facility, after, after + LOOKED_AHEAD, calendar.taken(), before_holiday=False)
        return slot.day if slot else None

    # ── how often ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _cadence(self, act: Act, asked: ShowCadence) -> Deed:
        return self.show(act.member, DrillCadenceMenu(self._kind(act, asked)))

    def _every(self, act: Act, asked: HoldEvery) -> Deed:
        self.only(DRILL_LEADERS, act)
        return self._set(SetCadence(FACILITY, asked.kind, every_months=asked.months), act)

    def _announce(self, act: Act, asked: Announce) -> Deed:
        self.only(DRILL_LEADERS, act)
        return self._set(SetCadence(FACILITY, asked.kind, announced=asked.wish == "yes"), act)

    def _ask_weekdays(self, act: Act, asked: AskWeekdays) -> Deed:
        return Deed(AskMember(FACILITY, "drill_weekdays", {"kind": self._kind(act, asked)}))

    def _weekdays(self, act: Act) -> Deed:
        written = unicodedata.normalize("NFKC", act.text).strip().casefold()
        try:
            names = () if written in EVERY_WEEKDAY else weekdays_by_name(written)
        except ValueError:
            raise Refused("drill_weekdays_unread") from None
        return Deed(self._set(SetCadence(FACILITY, str(act.about["kind"]), weekdays=names), act), answers=True)

    def _set(self, command: SetCadence, act: Act) -> Deed:
        return Deed(command, self.show(act.member, DrillCadence(command.kind)))

    # ── what the rest needs ─────────────────────────────────────────────────────────────────────────────────────────

    def _context(self, act: Act) -> Context:
        return self.engine.context(self.now(), act.member)
