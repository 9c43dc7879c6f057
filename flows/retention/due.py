"""What is kept of ended runs beside their entries, whose time is over, and who is asked. Nothing is ever removed by itself.

No statute says how long a record of an incident has to be kept (it is none of those that the rules for charts name), so
there is no default: what a facility sets counts, and where it sets nothing, whoever decides is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256

from contacts.phrasing import say
from contacts.readiness.freshness import Reminder
from contacts.shapes.days import months_after
from flows.scene.circle import seen, sees
from flows.state.house import House
from flows.state.run import Run
from flows.state.work import Context
from playbooks.frozen import frozen

NAME = "retention"

UNSAID_MONTHS = 12
"""So long after its end somebody is asked about a run, where neither the facility nor anybody has said how long."""

_MARK = 8


@frozen
class Holding:
    """What is kept of an ended run beside its entries: the texts of its messages, and ``files`` with their bytes by SHA-256.

    ``first`` and ``last`` are when those came. They are kept until ``until``, None where nobody has said; ``asked_from``
    is the day from which somebody has to say what is to become of them.
    """

    run: Run
    files: dict[str, int]
    first: datetime | None
    last: datetime | None
    until: date | None
    asked_from: date

    @property
    def bytes(self) -> int:
        """Give how big the files are together."""
        return sum(self.files.values())

    @property
    def mark(self) -> str:
        """Give a mark that changes with what there is to remove, so that nobody removes what they haven't seen."""
        seen = "".join([self.run.id, str(self.run.disposed_at), *sorted(self.files)])
        return sha256(seen.encode()).hexdigest()[:_MARK]


def is_retention(matter: str) -> bool:
    """Say whether a matter that is brought up is one of these."""
    return matter.partition(":")[0] in (NAME, f"{NAME}_back")


def holding(run: Run, context: Context) -> Holding | None:
    """Give what is kept of a run; None while it lives, and where all of it was removed."""
    if run.live or run.ended_at is None:
        return None
    here = [one for one in run.evidence.values() if one.held]
    if run.disposed_at is not None and not here:
        return None
    since = context.roster.facility.local(run.disposed_at or run.ended_at).date()
    years = context.handbook.retention_years
    until = run.kept_until or (months_after(since, 12 * years) if years is not None else None)
    moments = sorted(one.at for one in here)
    return Holding(
        run,
        {one.sha256: one.bytes for one in here if one.sha256 is not None},
        moments[0] if moments else None,
        moments[-1] if moments else None,
        until,
        until or months_after(since, UNSAID_MONTHS),
    )


def is_quiet(context: Context, member: str) -> bool:
    """Say whether nothing goes on that a member may know of, or whoever sits at the machine: a refusal must not tell of the rest."""
    runs, known = context.runs.values(), context.roster.member(member) is not None
    return not any(run.live for run in (seen(runs, context, member) if known else runs))


def holdings(context: Context, member: str) -> list[Holding]:
    """Give what is kept of all runs that came to something and that a member may know of; what is asked about first comes first."""
    found = (holding(run, context) for run in context.runs.values() if sees(run, context, member))
    return sorted((one for one in found if one is not None and _came_to_something(one)), key=lambda one: one.asked_from)


def due(context: Context, member: str) -> list[Holding]:
    """Give of which a member is asked now what is to become of it."""
    return [
        one
        for one in holdings(context, member)
        if one.asked_from <= context.today and _asked(one.run, context) == member
    ]


def retention_matters(house: House, context: Context) -> Iterator[tuple[str, Reminder]]:
    """Give what is brought up, and to whom: once a month, in one line for all of it, and anew once a backup was restored.

    What had been removed after that backup is here again then, and nothing in the record tells of it.
    """
    back = context.roster.facility.local(house.backups.restored_at).date() if house.backups.restored_at else None
    month = context.today.replace(day=1)
    for member in dict.fromkeys(_asked(run, context) for run in context.runs.values()):
        found = due(context, member) if member else []
        if not found:
            continue
        unsaid = all(one.until is None for one in found)
        if back is not None and back >= month:
            text = say("reminders.retention.back", count=len(found))
            yield member, Reminder(f"{NAME}_back", "member", member, "director", back, text)
            continue
        text = say(f"reminders.retention.{'unsaid' if unsaid else 'due'}", count=len(found))
        yield member, Reminder(NAME, "member", member, "director", month, text)


def _came_to_something(one: Holding) -> bool:
    return bool(one.files) or one.run.playbook is not None


def _asked(run: Run, context: Context) -> str:
    """Give who is asked about a run: whoever directs, else whoever decides, of those who may know of it; empty for nobody."""
    roster, today = context.roster, context.today
    order = [*roster.owners("director", today), *roster.chain(today)]
    may_know = [m for m in order if sees(run, context, m.id)]
    return next((m.id for m in may_know if m.channels), next((m.id for m in may_know), ""))
