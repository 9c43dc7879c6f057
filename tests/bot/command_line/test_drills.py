"""``drills`` on the command line: plan, next, list and the calendar file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from bot.clock import SystemClock
from bot.command_line import main
from bot.home import Home
from flows.calendar.due import years_wanted
from flows.commands.drills import PlanYear
from flows.commands.facility import PutRegistry, RegistryRow
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from tests.flows.calendar_clinic import OPEN


def tomoshibi(*words: str) -> Result:
    """Give a command as a person does."""
    return CliRunner().invoke(main, words)


@pytest.fixture
def home(tmp_path: Path) -> str:
    """A home of a clinic whose hours nobody has entered."""
    path = str(tmp_path / "home")
    made = tomoshibi("init", path, "--facility", "あかり", "--kind", "clinic", "--director", "高橋", "--yes")
    assert made.exit_code == 0, made.output
    return path


@pytest.fixture
def opened(home: str) -> str:
    """The same with hours and marked times."""
    read = Home(Path(home))
    row = RegistryRow("facility", FACILITY, OPEN.model_dump_json(), read.journal.registry("facility")[FACILITY])
    read.engine.handle(PutRegistry(FACILITY, (row,)), actor=CONSOLE, now=SystemClock().now(), cause="test")
    read.close()
    return home


def planned(home: str, *more: str) -> list[dict[str, Any]]:
    """Give the plan of fiscal year 2031 as a script reads it."""
    result = tomoshibi("drills", "plan", "--home", home, "--year", "2031", "--json", *more)
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_the_plan_as_a_script_reads_it(opened: str) -> None:
    """Id, kind, moment with its zone and the reason, in the order of time, the same each time; nothing is written."""
    found = planned(opened)

    assert set(found[0]) == {"id", "kind", "at", "why"}
    assert len(found) == 22
    assert found == planned(opened) == sorted(found, key=lambda d: str(d["at"]))
    assert all(str(d["at"]).endswith("+09:00") and d["why"] for d in found)
    assert "About two weeks before" in next(
        d["why"] for d in planned(opened, "--language", "en") if d["kind"] == "contact"
    )
    assert json.loads(tomoshibi("drills", "list", "--home", opened, "--json").stdout) == []


def test_the_plan_in_words(opened: str) -> None:
    """For people: the day with its weekday, and the reason below."""
    lines = tomoshibi("drills", "plan", "--home", opened, "--year", "2031").stdout.splitlines()

    assert len(lines) == 44
    assert lines[0].startswith("fy2031-")
    assert "避けました" in lines[1]


def test_without_hours_it_says_what_is_missing(home: str) -> None:
    """Nothing is guessed: an empty list, the cure beside it, and a code that scripts see."""
    result = tomoshibi("drills", "plan", "--home", home, "--year", "2031", "--json")

    assert (result.exit_code, json.loads(result.stdout)) == (1, [])
    assert "開いている時間" in result.stderr


def test_next_and_list(opened: str) -> None:
    """The next three, also before the bot has run for the first time; the list holds what was written."""
    found = json.loads(tomoshibi("drills", "next", "--home", opened, "--json").stdout)
    assert len(found) == 3
    read = Home(Path(opened))
    now = SystemClock().now()
    read.engine.handle(PlanYear(FACILITY, years_wanted(now.date())[0] + 1), actor="clock", now=now, cause="plan")
    read.close()

    listed = tomoshibi("drills", "list", "--home", opened)
    assert listed.stdout.count("[planned]") == 22
    assert "contact" in tomoshibi("drills", "next", "--home", opened).stdout + listed.stdout


def test_nothing_planned(home: str) -> None:
    """Is said, too."""
    assert "no drill is planned" in tomoshibi("drills", "next", "--home", home).stdout


def test_the_calendar_file(opened: str, tmp_path: Path) -> None:
    """Written to a file or to standard output, for a calendar to import."""
    file = tmp_path / "drills.ics"
    assert tomoshibi("drills", "ics", "--home", opened, "-o", str(file)).exit_code == 0
    events: list[Any] = Calendar.from_ical(file.read_bytes()).walk("VEVENT")

    assert len(events) >= 3
    assert all(e["DTSTART"].dt.date() > date(2026, 1, 1) for e in events)
    assert tomoshibi("drills", "ics", "--home", opened).stdout.startswith("BEGIN:VCALENDAR")
    assert tomoshibi("drills", "ics", "--home", opened, "-o", str(tmp_path)).exit_code == 1


def test_a_year_that_is_none() -> None:
    """Is misuse."""
    assert tomoshibi("drills", "plan", "--home", "x", "--year", "27").exit_code == 2
