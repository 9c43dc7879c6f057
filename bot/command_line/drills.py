"""``drills``: the year's plan with its reasons, what comes next, everything there was, and a file for calendars."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from bot.clock import SystemClock
from bot.command_line.ending import PROBLEMS, give_up, harmless, say, say_json
from bot.command_line.making import open_or_end
from bot.command_line.options import as_json, home_option, language_option, option
from bot.home import Home
from bot.phrasing import phrase
from contacts.labels import WEEKDAY
from contacts.shapes.facility import Facility
from contacts.shapes.hours import WEEKDAYS
from flows.calendar.due import years_wanted
from flows.calendar.plans import year_plan
from flows.planning.planning import PlannedDrill, Unplaced, fiscal_year
from flows.powers import CONSOLE
from flows.state.drill_calendar import Drill
from flows.state.work import Context
from playbooks.drills.shape import DrillKind
from playbooks.frozen import frozen
from playbooks.texts import Language

NEXT = 3


@frozen
class DrillsOfHome:
    """What the commands look at, read from a home that has been closed again."""

    context: Context
    drills: tuple[Drill, ...]
    kinds: dict[str, DrillKind]
    home: str
    language: Language

    @property
    def facility(self) -> Facility:
        """The facility of the home."""
        return self.context.roster.facility


@click.group()
def drills() -> None:
    """Drills: the year's plan, what comes next, and a file for calendars."""


@drills.command()
@option("--year", type=click.IntRange(1950, 2098), default=None, says="year")
@home_option
@language_option
@as_json
def plan(year: int | None, home: Path, language: Language | None, json: bool) -> None:
    """Show a fiscal year's drills: those in the calendar and, where some are missing, what would be planned today."""
    opened = open_or_end(home)
    here = _opened(opened, language)
    year = fiscal_year(here.context.today) if year is None else year
    found = year_plan(year, opened.engine.house, here.context)
    opened.close()
    standing = [d for d in here.drills if d.standing.counts and fiscal_year(here.facility.local(d.at).date()) == year]
    shown: list[Drill | PlannedDrill] = sorted([*standing, *found.drills], key=lambda d: d.at)
    _say_unplaced(found.unplaced, here)
    if json:
        say_json([_row(d, here) for d in shown])
    else:
        for drill in shown:
            _say(drill, here)
            say(f"    {drill.why.in_language(here.language)}")
    if not shown and found.unplaced:
        raise SystemExit(PROBLEMS)


@drills.command("next")
@home_option
@language_option
@as_json
def next_drills(home: Path, language: Language | None, json: bool) -> None:
    """Show the next three drills."""
    opened = open_or_end(home)
    here = _opened(opened, language)
    ahead = [d for d in (*here.drills, *_missing(opened, here)) if d.ahead]
    opened.close()
    _show(sorted(ahead, key=lambda d: (d.at, d.id))[:NEXT], here, json=json)


@drills.command("list")
@home_option
@language_option
@as_json
def list_drills(home: Path, language: Language | None, json: bool) -> None:
    """List every drill that was ever planned, and what became of it."""
    opened = open_or_end(home)
    here = _opened(opened, language)
    opened.close()
    _show(sorted(here.drills, key=lambda d: (d.at, d.id)), here, json=json)


@drills.command("ics")
@option("-o", "--output", "file", type=click.Path(path_type=Path), default=None, says="output_or_print")
@home_option
@language_option
def ics(file: Path | None, home: Path, language: Language | None) -> None:
    """Write the drills ahead as an iCalendar file with alarms; import it again after a change."""
    from bot.documents.calendar_file import calendar_file

    opened = open_or_end(home)
    here = _opened(opened, language)
    everything = (*here.drills, *_missing(opened, here))
    opened.close()
    content = calendar_file(everything, here.kinds, here.facility, here.home, here.language)
    if file is None:
        click.echo(content, nl=False)
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        give_up(phrase("drills.unwritable", file=file, why=error.strerror), PROBLEMS)
    say(phrase("drills.written", file=file))


def _opened(home: Home, language: Language | None) -> DrillsOfHome:
    context = home.engine.context(SystemClock().now(), CONSOLE)
    house = home.engine.house
    made = f"{house.made_at:%Y%m%d%H%M%S}" if house.made_at else "home"
    return DrillsOfHome(
        context,
        tuple(house.drills.values()),
        house.calendar.kinds(context.handbook.drills),
        made,
        language or context.roster.facility.language,
    )


def _missing(home: Home, here: DrillsOfHome) -> list[Drill]:
    """Give what the bot will plan by itself when it next runs, as if it had."""
    house, now = home.engine.house, here.context.now
    plans = [year_plan(year, house, here.context) for year in years_wanted(here.context.today)]
    return [Drill(d.id, d.kind, d.at, d.until, d.why, now, 0, scenario=d.scenario) for p in plans for d in p.drills]


def _row(drill: Drill | PlannedDrill, here: DrillsOfHome) -> dict[str, object]:
    at = here.facility.local(drill.at)
    return {"id": drill.id, "kind": drill.kind, "at": at.isoformat(), "why": drill.why.in_language(here.language)}


def _show(found: Sequence[Drill], here: DrillsOfHome, *, json: bool) -> None:
    if json:
        say_json(
            [{**_row(d, here), "state": d.state, "until": d.until.isoformat(), "run": d.run or None} for d in found]
        )
        return
    for drill in found:
        _say(drill, here, drill.state)
    if not found:
        say(phrase("drills.none"))


def _say(drill: Drill | PlannedDrill, here: DrillsOfHome, state: str = "") -> None:
    kind = here.kinds.get(drill.kind)
    title = kind.title.in_language(here.language) if kind else drill.kind
    at = here.facility.local(drill.at)
    weekday = WEEKDAY[WEEKDAYS[at.weekday()]].in_language(here.language)
    end = f"  [{state}]" if state else ""
    say(f"{drill.id:26} {at:%Y-%m-%d} ({weekday}) {at:%H:%M}  {title}{end}")


def _say_unplaced(unplaced: tuple[Unplaced, ...], here: DrillsOfHome) -> None:
    for one in unplaced:
        kind = here.kinds[one.kind].title.in_language(here.language)
        click.echo(harmless(f"⚠ {kind}: {one.why.in_language(here.language)}"), err=True)
