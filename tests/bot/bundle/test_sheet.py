"""The timeline as a table for any spreadsheet."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bundle.redaction import View
from bot.bundle.sheet import COLUMNS, defused, sheet
from bot.bundle.snapshot import take
from bot.bundle.table import RECIPIENTS, shipped_table
from flows.commands.people import Report
from flows.events.telling import NoteTaken
from flows.record import codec
from flows.record.journal import Draft
from tests.bundles import made, small_home, unpacked
from tests.clinic import Clinic, Played


def rows(path: Path) -> list[list[str]]:
    """Read a bundle's timeline."""
    content = unpacked(path)["timeline.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(content.decode("utf-8-sig").splitlines()))


@pytest.mark.parametrize("cell", ["=1+1", "+81", "-1", "@A1", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠A"])
def test_no_cell_is_a_formula(cell: str) -> None:
    """Whatever a spreadsheet would compute is text."""
    assert defused(cell) == f"'{cell}"
    assert defused("9:10 =x") == "9:10 =x"


def test_somebody_with_a_formula_for_a_name(small: Clinic) -> None:
    """Is told as text, in the sheet itself."""
    snapshot = take(small.home.path, "incident-1", None, lambda _: None)
    named = tuple(m.model_copy(update={"name": "=1+1"}) for m in snapshot.roster.members)
    odd = replace(snapshot, roster=replace(snapshot.roster, members=named))
    view = View(shipped_table(), "internal", "incident-1", "ja")
    written = sheet(odd, view, [view.part(entry) for entry in odd.entries], {}).decode("utf-8-sig")

    assert "'=1+1さん（看護師）" in written
    assert '"=' not in written


def test_a_whole_incident(played: Played, tmp_path: Path) -> None:
    """For the house itself each entry has its row, in words, with names."""
    found = rows(made(played.clinic, tmp_path / "a.zip", "internal", played.run.id).path)

    assert found[0] == [column.ja for column in COLUMNS]
    assert [int(row[0]) for row in found[1:]] == [e.seq for e in played.clinic.entries(run=played.run.id)]
    assert all(row[4] for row in found[1:])
    assert any("高橋" in row[3] for row in found)


@pytest.mark.parametrize("recipient", RECIPIENTS)
def test_for_each_recipient(played: Played, recipient: str) -> None:
    """Something is always told; only to whom names may be told, people are named."""
    snapshot = take(played.clinic.home.path, played.run.id, None, lambda _: None)
    view = View(shipped_table(), recipient, played.run.id, "en")
    written = sheet(snapshot, view, [view.part(entry) for entry in snapshot.entries], {})
    found = list(csv.reader(written.decode("utf-8-sig").splitlines()))

    assert len(found) > 50
    assert [row for row in found if row[4] in ("", "[withheld]")] == []
    assert any("高橋" in row[3] for row in found) == (recipient in ("police", "internal"))


def test_of_the_facility(small: Clinic, tmp_path: Path) -> None:
    """The facility's own affairs by their kinds."""
    found = rows(made(small, tmp_path / "a.zip", "internal", "facility").path)

    assert found[1][6] == "facility_made"


def test_signs_that_turn_a_line_around(clinic: Clinic, tmp_path: Path) -> None:
    """Are shown by their names, so that what is read is what was written; times stand so that a spreadsheet sorts them."""
    clinic.orders(Report("", "画面に\u202e英語\u000bが出た"), "reception")
    row = rows(made(clinic, tmp_path / "a.zip").path)[1]

    assert "画面に［U+202E RIGHT-TO-LEFT OVERRIDE］英語［U+000B］が出た" in row[4]
    assert row[1] == f"{clinic.engine.roster().facility.local(clinic.clock.now()):%Y-%m-%d %H:%M:%S}"


def test_what_was_done_at_the_machine_is_marked(tmp_path: Path) -> None:
    """Where nobody is asked who they are, the timeline says so beside the name."""
    clinic = small_home(tmp_path / "home")
    now, note = clinic.clock.now(), codec.encode(NoteTaken("端末で書いた"))
    with clinic.home.journal.writing() as writing:
        draft = Draft("incident-1", *note, clinic.id("nurse"), now)
        writing.append([draft], cause="terminal:session:1", recorded_at=now)
    found = rows(made(clinic, tmp_path / "a.zip", recipient="internal").path)

    assert [row[3] for row in found if "端末から" in row[3]] == [found[-1][3]]
