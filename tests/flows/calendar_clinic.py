"""The clinic with hours, marked times and the drills that come along; its calendar lives on the clock in the test's hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

from contacts.model import Facility
from flows.commands.drills import StartDrill
from flows.engine import Engine
from flows.record.journal import FACILITY
from flows.record.memory_journal import MemoryJournal
from flows.state.drill_calendar import Drill
from playbooks.drills.reading import load_drills
from playbooks.drills.shape import DrillLibrary
from tests.flows.clinic import PEOPLE, TAKAHASHI, TOKYO, TROUBLE, Clinic, one_step, playbook_of

HOURS = [{"start": "09:00", "until": "12:30"}, {"start": "15:00", "until": "18:30"}]
OPEN = Facility.model_validate(
    {
        "name": "あかり診療所（架空）",
        "kind": "clinic",
        "sessions": {**dict.fromkeys(("mon", "tue", "wed", "fri"), HOURS), "thu": HOURS[:1], "sat": HOURS[:1]},
        "marked": {
            "meeting": {"thu": [{"start": "13:00", "until": "15:00"}]},
            "midday": {"tue": [{"start": "13:00", "until": "14:00"}], "fri": [{"start": "13:00", "until": "13:30"}]},
        },
    }
)
"""Open from Monday to Saturday, on Thursday and Saturday in the morning only; drills on Tuesday, Thursday, Friday."""


@cache
def library() -> DrillLibrary:
    """Read the drills that come along, once."""
    found, problems = load_drills()
    assert not problems
    return found


class CalendarClinic(Clinic):
    """A clinic whose calendar is watched; ``restart`` forgets all that is not in the journal."""

    def __init__(self, start: datetime, facility: Facility = OPEN) -> None:
        """Open it at ``start``, with a director, a deputy, reception, a nurse and (m5) a safety manager."""
        journal = MemoryJournal()
        super().__init__(playbook_of(TROUBLE), one_step("within: 1 h", name="short"), journal=journal, drills=library())
        self.now = start
        self.found(facility, [*PEOPLE, {"name": "伊藤", "roles": ("safety_manager",)}])

    def restart(self) -> None:
        """Begin anew from the journal, as after a stop."""
        self.engine = Engine(self.journal, self.handbook)

    def at(self, when: str) -> list[str]:
        """Let it be ``2027-04-14 09:00`` and the clock do what is due; gives the names of what was owed."""
        self.now = datetime.fromisoformat(when).replace(tzinfo=TOKYO)
        return self.ticks()

    def ticks(self) -> list[str]:
        """Tick until nothing is due any more; gives the names of what was owed."""
        told = []
        while self.tick():
            told += self.told
        self.told = told
        return [o.name for o in told]

    def until(self, when: str) -> None:
        """Let days go by with a tick at nine and at noon, up to that time, whatever comes of it."""
        end = datetime.fromisoformat(when).replace(tzinfo=TOKYO)
        day = self.now.astimezone(TOKYO).date()
        while day <= end.date():
            for hour in (9, 12):
                moment = datetime(day.year, day.month, day.day, hour, tzinfo=TOKYO)
                if self.now < moment <= end:
                    self.now = moment
                    self.ticks()
            day += timedelta(days=1)

    def drill(self, drill: str) -> Drill:
        """Give a drill as it stands."""
        return self.engine.house.drills[drill]

    def days(self, kind: str = "") -> list[date]:
        """Give the days of the drills still to be held, of one kind or of all."""
        return [d.at.date() for d in self.engine.house.calendar.ahead() if kind in ("", d.kind)]

    def begins(self, drill: str, who: str = TAKAHASHI, *, outside: bool = False) -> str:
        """Let somebody begin a drill; gives its run."""
        run = self.reports(who, "訓練", "short", mode="drill").id
        self.act(who, StartDrill(FACILITY, drill, run, outside))
        return run


def spring() -> CalendarClinic:
    """Give the clinic as it was made on 25 March 2027 and planned its year the next morning."""
    clinic = CalendarClinic(datetime(2027, 3, 25, 10, tzinfo=TOKYO))
    clinic.at("2027-03-26 09:00")
    return clinic
