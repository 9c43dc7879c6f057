"""Blacking out on disk: the words are nowhere in the file, the chain holds, and nothing else gets past the trigger."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from subprocess import run
from sys import executable
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from bot.command_line.ending import ALTERED
from bot.command_line.tomoshibi import main
from bot.store.sqlite.journal import JOURNAL_FILE, SqliteJournal
from bot.store.sqlite.schema import FORMER_TRIGGERS
from bot.store.verifying import verify_home
from flows.messages.hearing import AskReportOrNot
from flows.record.chain import half_digest
from flows.record.journal import Owed
from flows.written.free_text import BLACK
from tests.bot.bundle.verifiers.test_assembling import DONE
from tests.browser import browsing
from tests.clinic import Clinic
from tests.journals import bytes_in

WORDS = "秘密の患者の話"


async def blacked(clinic: Clinic) -> int:
    """Let a nurse write a note, and the director black it out in the chat; gives its turn."""
    await clinic.incident()
    await clinic.says("nurse", WORDS)
    note = max(clinic.run().notes)
    clinic.owes(Owed(clinic.id("nurse"), AskReportOrNot(1, WORDS)))
    await clinic.stage.settle()
    assert WORDS.encode() in bytes_in(clinic.home.path)

    assert "黒く塗りますか" in await clinic.says("director", "/blackout")
    assert WORDS in await clinic.does("director", button=f"menu|blackout|{clinic.run().id}|{note}")
    assert "もうありません" in await clinic.says("director", "[黒く塗る]")
    return note


async def test_the_words_are_nowhere_and_the_record_holds(clinic: Clinic) -> None:
    """Neither in the file nor in its log nor in messages; what happened stands, and verification finds nothing."""
    note = await blacked(clinic)

    assert WORDS.encode() not in bytes_in(clinic.home.path)
    assert clinic.run().notes[note].text == BLACK
    assert verify_home(clinic.home.path).findings == ()
    [entry] = [e for e in clinic.home.journal.entries(run=clinic.run().id) if e.turn == note]
    assert entry.body_half is not None
    assert (entry.kind, entry.actor) == ("note_taken", clinic.id("nurse"))


async def test_what_was_written_long_ago_is_reached(clinic: Clinic) -> None:
    """However much was written since: eight texts at a time, the older ones behind a button, and none twice."""
    await clinic.incident()
    await clinic.says("nurse", WORDS)
    for number in range(1, 10):
        await clinic.says("nurse", f"棚の{number}段目を片付けました")

    first = await clinic.says("director", "/blackout")
    assert (WORDS in first, "棚の9段目" in first, "棚の1段目" in first) == (False, True, False)
    older = await clinic.says("director", "もっと前の文")
    assert (WORDS in older, "棚の1段目" in older, "棚の9段目" in older, "もっと前の文" in older) == (
        True,
        True,
        False,
        False,
    )
    assert WORDS not in await clinic.does("nurse", button="menu|older_texts|1")


async def test_only_who_decides_may(clinic: Clinic) -> None:
    """A nurse is told so; nothing has changed."""
    await clinic.incident()
    await clinic.says("nurse", WORDS)
    note = max(clinic.run().notes)

    await clinic.says("nurse", "/blackout")
    await clinic.does("nurse", button=f"menu|blackout|{clinic.run().id}|{note}|now")

    assert clinic.entries("blacked_out") == []


async def test_in_the_facility_as_well(clinic: Clinic) -> None:
    """What waits until its writer says what it is can be blacked out, too."""
    await clinic.says("nurse", "なんだか相談したいことがあるような気がします")
    asked = clinic.entries("asked")[-1]
    await clinic.does("director", button=f"menu|blackout|facility|{asked.turn}|now")

    assert "相談したい" not in str(vars(clinic.engine.house))
    assert verify_home(clinic.home.path).findings == ()


async def test_by_the_command_line(clinic: Clinic) -> None:
    """Whoever has the machine says run and number; a number without words changes nothing."""
    await clinic.incident()
    await clinic.says("nurse", WORDS)
    note, name, home = max(clinic.run().notes), clinic.run().id, str(clinic.home.path)

    done = CliRunner().invoke(main, ["blackout", name, str(note), "--home", home])
    again = CliRunner().invoke(main, ["blackout", name, str(note), "--home", home])

    assert (done.exit_code, again.exit_code) == (0, 1), done.output
    assert "バックアップ" in done.output
    clinic.engine.refresh()
    assert clinic.run().notes[note].text == BLACK


def tampered(home: Path, seq: int) -> None:
    """Black a body out behind the journal's back: all is as it would be, but for the entry that says so."""
    with closing(sqlite3.connect(home / JOURNAL_FILE)) as database:
        [(trigger,)] = database.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'journal_refuses_update'"
        ).fetchall()
        database.execute("DROP TRIGGER journal_refuses_update")
        [(body, nonces)] = database.execute("SELECT body, nonces FROM journal WHERE seq = ?", [seq]).fetchall()
        nonces = nonces[:32] + half_digest(nonces[32:], body)
        database.execute("UPDATE journal SET body = 'null', nonces = ? WHERE seq = ?", [nonces, seq])
        database.execute(trigger)
        database.commit()


async def test_a_body_that_went_without_an_entry_is_an_alteration(clinic: Clinic, tmp_path: Path) -> None:
    """The home's verification finds it, and so do all three verifiers of a bundle that was exported from it."""
    await clinic.incident()
    await clinic.says("nurse", WORDS)
    run_id = clinic.run().id
    seq = next(e.seq for e in clinic.entries("note_taken") if WORDS in e.body)
    home = clinic.home.path
    clinic.home.close()
    tampered(home, seq)

    assert seq in [finding.seq for finding in verify_home(home).findings]

    bundle = tmp_path / "bundle.zip"
    CliRunner().invoke(main, ["export", run_id, "--home", str(home), "--for", "internal", "-o", str(bundle)])
    assert bundle.exists()
    assert CliRunner().invoke(main, ["verify", str(bundle)]).exit_code == ALTERED
    assert by_script(bundle, tmp_path) == ALTERED
    assert by_page(bundle, tmp_path) == "altered"


def by_page(bundle: Path, folder: Path) -> str:
    """Verify a bundle by the page that goes along with it, in a browser; gives its verdict."""
    page = folder / "verify.html"
    with ZipFile(bundle) as archive:
        page.write_bytes(archive.read("verify.html"))
    with browsing() as browser:
        browser.opens(page)
        browser.chooses("#chosen", bundle)
        return str(browser.asks(DONE))


def by_script(bundle: Path, folder: Path) -> int:
    """Verify a bundle by the script that goes along with it; gives its exit code."""
    script = folder / "verify.py"
    with ZipFile(bundle) as archive:
        script.write_bytes(archive.read(next(n for n in archive.namelist() if n.endswith("verify.py"))))
    return run([executable, str(script), str(bundle)], check=False, capture_output=True).returncode


async def test_the_trigger_lets_nothing_else_through(clinic: Clinic) -> None:
    """Not without an entry, not of another entry, not with another body, envelope or digest, and not twice."""
    note = await blacked(clinic)
    [black] = [e for e in clinic.home.journal.entries(run=clinic.run().id) if e.turn == note]
    other = clinic.entries("reported")[0]
    tries = (
        ("UPDATE journal SET body = 'null' WHERE seq = ?", [other.seq]),
        ("UPDATE journal SET body = '{}' WHERE seq = ?", [black.seq]),
        ("UPDATE journal SET body = 'null', nonces = zeroblob(64) WHERE seq = ?", [black.seq]),
        ("UPDATE journal SET digest = zeroblob(32) WHERE seq = ?", [black.seq]),
        ("DELETE FROM journal WHERE seq = ?", [black.seq]),
    )
    with closing(sqlite3.connect(clinic.home.path / JOURNAL_FILE)) as database:
        for sql, values in tries:
            with pytest.raises(sqlite3.Error, match="only grows"):
                database.execute(sql, values)
            database.rollback()


def test_a_former_trigger_is_replaced_without_a_word(tmp_path: Path) -> None:
    """A home of an older version refused more: that is no sign that somebody else wrote to it."""
    path = tmp_path / "journal.db"
    SqliteJournal(path).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP TRIGGER journal_refuses_update")
        database.execute(FORMER_TRIGGERS["journal_refuses_update"])
        database.commit()
    with SqliteJournal(path, mode="read") as old:
        assert old.signs() == []

    with SqliteJournal(path) as journal:
        assert journal.repaired == ()
        assert journal.signs() == []
        [(sql,)] = journal.file.here.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'journal_refuses_update'"
        ).fetchall()
    assert sql != FORMER_TRIGGERS["journal_refuses_update"]


async def test_a_bundle_of_a_blacked_out_run_is_whole(clinic: Clinic, tmp_path: Path) -> None:
    """The body is withheld from everybody, its digest holds the chain, and the words are in no file."""
    await blacked(clinic)
    bundle = tmp_path / "bundle.zip"
    made = CliRunner().invoke(
        main, ["export", clinic.run().id, "--home", str(clinic.home.path), "--for", "internal", "-o", str(bundle)]
    )

    assert made.exit_code == 0, made.output
    assert CliRunner().invoke(main, ["verify", str(bundle)]).exit_code == by_script(bundle, tmp_path) == 0
    assert by_page(bundle, tmp_path) == "whole"
    with ZipFile(bundle) as archive:
        assert not any(WORDS.encode() in archive.read(name) for name in archive.namelist())
        lines = archive.read(next(n for n in archive.namelist() if n.endswith("journal.jsonl"))).decode().splitlines()
    assert any("body_digest" in line and BLACK in json.dumps(json.loads(line), ensure_ascii=False) for line in lines)
