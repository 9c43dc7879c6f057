"""A broken chain never silences a live incident."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bot.store.seals import SEALED
from bot.store.set_aside import JOURNAL_BROKEN, RUN_CARRIED, SetAside, set_aside
from bot.store.sqlite.journal import JOURNAL_FILE, SqliteJournal
from bot.store.trouble import StorageTrouble
from bot.store.verifying import first_break_at_start, verify_home
from flows.messages.calling import Alarm
from flows.messages.steps import StepOpen
from flows.record.chain import BrokenChain
from flows.record.journal import Draft, Head, Owed
from tests.journals import NOON, draft, file_with, forge, unsent, write

NIGHT = NOON.replace(hour=20)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a home with two runs, a closed one and an open one, in which somebody altered entry 5."""
    with file_with(tmp_path / JOURNAL_FILE, 8, runs=("closed", "open")) as journal:
        with journal.writing() as writing:
            writing.put("member", "m1", '"佐藤"')
            writing.append([draft("facility")], cause="member", recorded_at=NOON)
        with journal.writing() as writing:
            writing.put("member", "m1", '"鈴木"')
            writing.append([draft("facility", SEALED, "{}")], cause="member again", recorded_at=NOON)
            writing.owe([Owed("m1", Alarm(), "open"), Owed("m1", StepOpen(7), "open")], at=NOON)
        journal.deliveries.mark_sent(1, "telegram:1", "77", NOON)
        journal.unhandled.keep(at=NOON, cause="telegram:1:99", raw="{}", trace="…")
    forge(tmp_path / JOURNAL_FILE, "UPDATE journal SET body = '{\"n\":99}' WHERE seq = 5")
    return tmp_path


def go_on(home: Path, *open_runs: str) -> SetAside:
    """Do what the bot does at its start."""
    broken = first_break_at_start(home)
    assert broken is not None
    return set_aside(home, broken, open_runs, now=NIGHT)


def test_the_new_journal_names_the_break(home: Path) -> None:
    """Its first entry says where the old file lies, what was bad first and what was good last; the chain is whole."""
    with SqliteJournal(home / JOURNAL_FILE, mode="read") as old:
        good = Head(4, [entry.digest for entry in old.entries()][3])
    done = go_on(home, "open")

    with SqliteJournal(home / JOURNAL_FILE) as journal:
        first = next(journal.entries())
    assert first == done.first
    assert (first.seq, first.run, first.kind, first.recorded_at) == (1, "facility", JOURNAL_BROKEN, NIGHT)
    assert json.loads(first.body) == {
        "set_aside": "set-aside/20270401T200000Z",
        "first_bad_seq": 5,
        "last_good_seq": 4,
        "last_good_digest": good.digest.hex(),
        "fault": "altered",
        "unreadable": [],
    }
    assert verify_home(home).findings == ()


def test_the_old_file_is_kept(home: Path) -> None:
    """Everything is still in it, the forgery and the missing triggers too, so that somebody can look into it."""
    before = (home / JOURNAL_FILE).read_bytes()
    done = go_on(home)

    kept = done.folder / JOURNAL_FILE
    assert done.folder == home / "set-aside" / "20270401T200000Z"
    assert [kept] == list(done.folder.iterdir())
    differing = [place for place, (a, b) in enumerate(zip(before, kept.read_bytes(), strict=True)) if a != b]
    assert set(differing) <= {18, 19, *range(24, 28), *range(92, 100)}  # SQLite's own marks: not WAL any more, counters
    shutil.copy(kept, done.folder.parent / JOURNAL_FILE)
    assert ("altered", 5) in [(f.kind, f.seq) for f in verify_home(done.folder.parent).findings]


def test_open_runs_go_on(home: Path) -> None:
    """Each of their entries is there again, turn by turn, with its times; a closed run stays where it was."""
    with SqliteJournal(home / JOURNAL_FILE, mode="read") as old:
        before = list(old.entries(run="open"))
    done = go_on(home, "open", "never heard of")

    assert done.carried == ("open",)
    with SqliteJournal(home / JOURNAL_FILE) as journal:
        after = list(journal.entries(run="open"))
        same = ("run", "turn", "kind", "actor", "occurred_at", "recorded_at", "body")
        assert [[getattr(e, n) for n in same] for e in before] == [[getattr(e, n) for n in same] for e in after]
        assert [f"carried:{e.digest.hex()}" for e in before] == [e.cause for e in after]
        assert list(journal.entries(run="closed")) == []
        write(journal, draft("open"), cause="telegram:1:100")


def test_what_nothing_proves_is_named(home: Path) -> None:
    """Before a carried run stands which of its entries come from the break on or after it, by their old numbers."""
    go_on(home, "open", "closed")

    with SqliteJournal(home / JOURNAL_FILE) as journal:
        carried = [json.loads(e.body) for e in journal.entries(run="facility") if e.kind == RUN_CARRIED]
    assert carried == [
        {"run": "closed", "from_seq": 1, "to_seq": 7, "unproven": [5, 7]},
        {"run": "open", "from_seq": 2, "to_seq": 8, "unproven": [6, 8]},
    ]


def test_the_ordinary_tables_are_copied(home: Path) -> None:
    """People, what is owed, what was sent and what we failed at are there; nothing reaches into the new numbers."""
    go_on(home)

    with SqliteJournal(home / JOURNAL_FILE) as journal:
        assert journal.registry("member") == {"m1": '"鈴木"'}
        assert journal.registry_as_of("member", 1) == {"m1": '"鈴木"'}
        history = journal.file.here.execute("SELECT value, seq, until FROM registry_history").fetchall()
        assert history == [('"佐藤"', -1, 0)]
        assert unsent(journal) == [Owed("m1", StepOpen(7), "open")]
        sent = journal.deliveries.find("telegram:1", "77")
        assert sent is not None
        assert sent.seq == 0
        assert [act.cause for act in journal.unhandled.all()] == ["telegram:1:99"]


def test_what_speaks_of_the_old_file_stays_there(home: Path) -> None:
    """Seals and earlier breaks are not carried, even when the facility's own run is; it can happen a second time."""
    go_on(home, "open", "facility")
    with SqliteJournal(home / JOURNAL_FILE) as journal:
        assert [e.kind for e in journal.entries(run="facility")].count(SEALED) == 0
        assert [e.kind for e in journal.entries(run="facility")].count("note_taken") == 1
    forge(home / JOURNAL_FILE, "DELETE FROM journal WHERE seq = 4")

    again = go_on(home, "open", "facility")

    assert again.folder.name == "20270401T200000Z-2"
    with SqliteJournal(home / JOURNAL_FILE) as journal:
        assert [e.kind for e in journal.entries()].count(JOURNAL_BROKEN) == 1


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE journal SET body = CAST(x'ff41' AS TEXT) WHERE seq = 6",
        "UPDATE journal SET body = 'no JSON' WHERE seq = 6",
        """UPDATE journal SET envelope = replace(envelope, '"part":0', '"part":0,"x":0') WHERE seq = 6""",
        """UPDATE journal SET envelope = replace(envelope, '"actor":"m1"', '"actor":"\\ud800"') WHERE seq = 6""",
        """UPDATE journal SET envelope = replace(envelope, '2027', '20x7') WHERE seq = 6""",
    ],
)
def test_an_entry_that_can_not_be_carried_is_named(home: Path, forgery: str) -> None:
    """One that says nothing any more is left out and listed; the others go on."""
    forge(home / JOURNAL_FILE, forgery)
    done = go_on(home, "open")

    assert json.loads(done.first.body)["unreadable"] == [6]
    with SqliteJournal(home / JOURNAL_FILE) as journal:
        assert [json.loads(e.body)["n"] for e in journal.entries(run="open")] == [1, 3, 7]


def test_copied_digests_stop_nobody(home: Path) -> None:
    """A forger who gives two entries the same digest doesn't keep the run from going on."""
    forge(home / JOURNAL_FILE, "UPDATE journal SET digest = (SELECT digest FROM journal WHERE seq = 2) WHERE seq = 4")
    go_on(home, "open")

    with SqliteJournal(home / JOURNAL_FILE) as journal:
        assert len(list(journal.entries(run="open"))) == 4


def test_a_file_that_can_not_be_opened(home: Path) -> None:
    """Noise in place of a database is set aside byte by byte, and a new journal says so."""
    (home / JOURNAL_FILE).write_bytes(b"noise" * 100)
    (home / f"{JOURNAL_FILE}-wal").write_bytes(b"more noise")
    done = go_on(home, "open")

    assert (done.folder / JOURNAL_FILE).read_bytes() == b"noise" * 100
    assert (done.folder / f"{JOURNAL_FILE}-wal").read_bytes() == b"more noise"
    with SqliteJournal(home / JOURNAL_FILE) as journal:
        assert [e.kind for e in journal.entries()] == [JOURNAL_BROKEN]
        assert json.loads(done.first.body)["first_bad_seq"] == 0


def test_the_old_log_is_not_played_into_the_new_journal(home: Path) -> None:
    """A log left by a power cut beside a destroyed file goes with that file, and the new journal begins clean."""
    with SqliteJournal(home / JOURNAL_FILE) as journal:
        write(journal, *(draft() for _ in range(50)), cause="before the power cut")
        log = (home / f"{JOURNAL_FILE}-wal").read_bytes()
    (home / JOURNAL_FILE).write_bytes(b"noise" * 100)
    (home / f"{JOURNAL_FILE}-wal").write_bytes(log)
    done = go_on(home)

    assert (done.folder / f"{JOURNAL_FILE}-wal").read_bytes() == log
    with SqliteJournal(home / JOURNAL_FILE) as journal:
        assert [e.kind for e in journal.entries()] == [JOURNAL_BROKEN]


def test_a_file_with_damaged_pages(home: Path) -> None:
    """What lies before the damage is saved."""
    with SqliteJournal(home / JOURNAL_FILE) as journal:
        write(journal, *(draft("open", body=f'"{"x" * 900}"') for _ in range(200)), cause="much")
    raw = bytearray((home / JOURNAL_FILE).read_bytes())
    raw[-40_960:] = b"\x55" * 40_960
    (home / JOURNAL_FILE).write_bytes(raw)
    done = go_on(home, "open")

    with SqliteJournal(home / JOURNAL_FILE) as journal:
        assert journal.registry("member") == {"m1": '"鈴木"'}
    assert done.first.seq == 1
    assert verify_home(home).findings == ()


def test_a_journal_that_was_dropped(home: Path) -> None:
    """Without the table there are no runs to carry, but people and messages are still known."""
    forge(home / JOURNAL_FILE, "DROP TABLE journal")
    go_on(home, "open")

    with SqliteJournal(home / JOURNAL_FILE) as journal:
        assert [e.kind for e in journal.entries()] == [JOURNAL_BROKEN]
        assert journal.registry("member") == {"m1": '"鈴木"'}


def test_not_while_others_are_connected(home: Path) -> None:
    """What another process is about to write must not go into the old file: trouble that passes, nothing changed."""
    broken = first_break_at_start(home)
    assert broken is not None
    with SqliteJournal(home / JOURNAL_FILE, mode="read") as other:
        head = other.head()
        with pytest.raises(StorageTrouble):
            set_aside(home, broken, ["open"], now=NIGHT)
        assert other.head() == head
    assert not (home / "set-aside").exists()


def test_trouble_on_the_way_leaves_the_old_journal(home: Path) -> None:
    """When the new journal can't be written, the old one stays in its place, and the next try works."""

    def no_more_chance() -> bytes:
        raise OSError("the disk is gone")

    with pytest.raises(StorageTrouble, match="gone"):
        set_aside(home, BrokenChain(5, Head(), "altered"), ["open"], now=NIGHT, nonces=no_more_chance)

    assert list((home / "set-aside").iterdir()) == []
    assert not (home / f"{JOURNAL_FILE}.new").exists()
    assert go_on(home, "open").carried == ("open",)


def test_a_journal_half_made_before_a_crash_is_in_nobodys_way(home: Path) -> None:
    """Leftovers of a try that was killed are swept aside."""
    (home / f"{JOURNAL_FILE}.new").write_bytes(b"half")

    assert go_on(home, "open").carried == ("open",)


def test_facility_entries_point_at_nothing_of_a_run(home: Path) -> None:
    """A carried run holds its own entries and no other, so what points at a turn still points at the same."""
    with SqliteJournal(home / JOURNAL_FILE) as journal:
        write(journal, Draft("open", "corrected", '{"of":1}', "m1", NOON), cause="correction")
    go_on(home, "open")

    with SqliteJournal(home / JOURNAL_FILE) as journal:
        assert [(e.turn, e.kind) for e in journal.entries(run="open")][-1] == (5, "corrected")
