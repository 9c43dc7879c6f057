"""Making a backup: whole or not at all, while people write, and the last good one is never touched."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.backup.archive import Stopped
from bot.backup.making import LOCK_FILE, NoBackup, backups_in, make_backup, prune, read_through
from bot.backup.recovery_key import KEY_FILE, key_of
from bot.backup.restoring import restore
from bot.store.locking import locked
from bot.store.sqlite.journal import JOURNAL_FILE
from bot.tending.evidence import keep
from tests.clinic import MORNING, Clinic
from tests.journals import forge


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    """A folder on another disk."""
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb"


def left_behind(home: Path, folder: Path) -> list[str]:
    """List what a backup that came to nothing has left."""
    return [path.name for path in (*home.glob(".backup-*"), *folder.glob("*.part"))]


async def test_it_holds_what_was_committed(clinic: Clinic, usb: Path, tmp_path: Path) -> None:
    """While the bot has its file open and most of it is in the log beside it: every entry, the evidence, the key."""
    await clinic.incident()
    digest = keep(clinic.home.evidence, b"a photo of the screen")
    head = clinic.home.journal.head()

    made = make_backup(clinic.home.path, usb, clinic.clock.now())
    back = restore(made.path, key_of(clinic.home.path), tmp_path / "new")

    assert (back.report.head, back.manifest.seq) == (head, head.seq)
    assert [finding.kind for finding in back.report.findings] == ["evidence_foreign"]  # no entry tells of the photo
    assert (tmp_path / "new/evidence" / digest[:2] / digest).read_bytes() == b"a photo of the screen"
    assert (tmp_path / "new/keys/seal.pem").read_bytes() == (clinic.home.path / "keys/seal.pem").read_bytes()
    assert made.size == made.path.stat().st_size
    assert left_behind(clinic.home.path, usb) == []


async def test_while_others_write(clinic: Clinic, usb: Path, tmp_path: Path) -> None:
    """A writer beside it is held up by nothing, and what comes out is the journal at one moment, whole."""
    await clinic.incident()
    done, notes = threading.Event(), 0
    made: list[Path] = []

    def back_up() -> None:
        made.append(make_backup(clinic.home.path, usb, MORNING).path)
        done.set()

    beside = threading.Thread(target=back_up)
    beside.start()
    while not done.is_set():
        await clinic.says("nurse", f"メモ {notes}")
        notes += 1
    beside.join()
    back = restore(made[0], key_of(clinic.home.path), tmp_path / "new")

    assert back.report.findings == ()
    assert 0 < back.manifest.seq <= clinic.home.journal.head().seq


def test_no_folder(clinic: Clinic, tmp_path: Path) -> None:
    """A disk that isn't plugged in is not made up for by a folder of its name on this one."""
    with pytest.raises(NoBackup) as none:
        make_backup(clinic.home.path, tmp_path / "unplugged", MORNING)

    assert none.value.why == "missing"
    assert not (tmp_path / "unplugged").exists()


FILLED = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.backup.making import NoBackup, make_backup
resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, 4_000_000))
try:
    make_backup(Path(sys.argv[1]), Path(sys.argv[2]), datetime(2027, 5, 1, tzinfo=UTC))
except NoBackup as none:
    print(none.why)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows limits no file's length")
def test_a_disk_that_fills_up(clinic: Clinic, usb: Path) -> None:
    """Half-way through the file ends: the earlier backup is as it was, nothing half stays, and the reason is given."""
    earlier = make_backup(clinic.home.path, usb, MORNING)
    before = earlier.path.read_bytes()
    keep(clinic.home.evidence, os.urandom(6_000_000))

    said = subprocess.run(
        [sys.executable, "-c", FILLED, clinic.home.path, usb], capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "full"
    assert [path.read_bytes() for path in backups_in(usb)] == [before]
    assert left_behind(clinic.home.path, usb) == []


def test_a_folder_that_is_write_protected(clinic: Clinic, tmp_path: Path) -> None:
    """What can't be written is said; a file in the folder's place is no folder."""
    (tmp_path / "file").write_text("x")

    with pytest.raises(NoBackup) as none:
        make_backup(clinic.home.path, tmp_path / "file", MORNING)

    assert none.value.why == "missing"


def test_two_at_once(clinic: Clinic, usb: Path) -> None:
    """The second is told that there is one, and leaves the first alone."""
    with locked(clinic.home.path / LOCK_FILE), pytest.raises(NoBackup) as none:
        make_backup(clinic.home.path, usb, MORNING)

    assert none.value.why == "busy"
    assert make_backup(clinic.home.path, usb, MORNING).path.exists()


def test_two_in_one_second(clinic: Clinic, usb: Path) -> None:
    """Neither takes the other's name."""
    first, second = (make_backup(clinic.home.path, usb, MORNING) for _ in range(2))

    assert backups_in(usb) == [first.path, second.path]


def test_a_damaged_key(clinic: Clinic, usb: Path) -> None:
    """Nothing is backed up under a key that nobody has on paper."""
    key_of(clinic.home.path)
    (clinic.home.path / KEY_FILE).write_bytes(b"")

    with pytest.raises(NoBackup) as none:
        make_backup(clinic.home.path, usb, MORNING)

    assert none.value.why == "key"


async def test_an_altered_journal(clinic: Clinic, usb: Path) -> None:
    """It is not put in the place of good ones."""
    await clinic.incident()
    clinic.home.close()
    forge(clinic.home.path / JOURNAL_FILE, "UPDATE journal SET body = '{}' WHERE seq = 3")

    with pytest.raises(NoBackup) as none:
        make_backup(clinic.home.path, usb, MORNING)

    assert (none.value.why, backups_in(usb)) == ("altered", [])


def test_altered_evidence_keeps_the_older_backups(clinic: Clinic, usb: Path) -> None:
    """What an attacker has encrypted is backed up as it is, and pushes out nothing of before."""
    digest = keep(clinic.home.evidence, b"a photo")
    good = [make_backup(clinic.home.path, usb, MORNING + timedelta(days=day)) for day in range(3)]
    (clinic.home.evidence / digest[:2] / digest).write_bytes(b"encrypted")

    bad = make_backup(clinic.home.path, usb, MORNING + timedelta(days=3))

    assert bad.altered == (f"evidence/{digest[:2]}/{digest}",)
    assert prune(usb, bad, 2) == []
    assert backups_in(usb) == [*(made.path for made in good), bad.path]


@pytest.mark.parametrize("stop_at", [0, 1, 2, 5])
def test_it_stops_when_told(clinic: Clinic, usb: Path, stop_at: int) -> None:
    """At whatever moment: soon, and with nothing left behind."""
    for number in range(4):
        keep(clinic.home.evidence, bytes([number]) * 3_000_000)
    asked = iter(range(100))

    with pytest.raises(Stopped):
        make_backup(clinic.home.path, usb, MORNING, lambda: next(asked) >= stop_at)

    assert (backups_in(usb), left_behind(clinic.home.path, usb)) == ([], [])


def test_what_a_killed_process_left(clinic: Clinic, usb: Path) -> None:
    """The next backup sweeps it away: half a file of ours, a copied journal; and nothing of anybody else."""
    name = f"tomoshibi-{key_of(clinic.home.path).fingerprint}-20270401T000000Z.part"
    (usb / name).write_bytes(b"half")
    (usb / "holiday.part").write_bytes(b"theirs")
    (clinic.home.path / ".backup-old").mkdir()
    (clinic.home.path / ".backup-old/journal.db").write_bytes(b"copy")

    make_backup(clinic.home.path, usb, MORNING)

    assert left_behind(clinic.home.path, usb) == ["holiday.part"]


def test_which_stay(clinic: Clinic, usb: Path) -> None:
    """Of each day the newest, of the last days with a backup as many as wished; other facilities' and other files for ever."""
    others = [usb / "tomoshibi-00000000-20200101T000000Z.backup", usb / "tomoshibi-notes.backup"]
    for other in others:
        other.write_bytes(b"x")
    hours = [0, 1, 2, 24, 25, 48, 72, 73]
    midnight = MORNING + timedelta(minutes=10)
    made = [make_backup(clinic.home.path, usb, midnight + timedelta(hours=hour)) for hour in hours]

    prune(usb, made[-1], 3)

    assert set(usb.iterdir()) == {*others, *(made[at].path for at in (4, 5, 7))}


MEASURED = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.backup.making import make_backup
from bot.backup.recovery_key import key_of
from bot.backup.restoring import restore
home, folder, new = map(Path, sys.argv[1:])
make_backup(home, folder, datetime(2027, 5, 1, tzinfo=UTC))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with (home / "evidence" / "large").open("wb") as file:
    file.truncate(150_000_000)
made = make_backup(home, folder, datetime(2027, 5, 2, tzinfo=UTC))
restore(made.path, key_of(home), new)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="others count memory in other units")
def test_no_length_needs_memory(clinic: Clinic, usb: Path, tmp_path: Path) -> None:
    """A file of 150 MB is backed up, read back and restored in a few megabytes."""
    clinic.home.evidence.mkdir()

    said = subprocess.run(
        [sys.executable, "-c", MEASURED, clinic.home.path, usb, tmp_path / "new"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert int(said.stdout) < 30


@pytest.mark.parametrize(
    "spoil", [lambda b: b[:-1], lambda b: b[:1000], lambda b: b[:3000] + bytes([b[3000] ^ 1]) + b[3001:]]
)
def test_reading_through_finds_it(clinic: Clinic, usb: Path, spoil: Callable[[bytes], bytes]) -> None:
    """What a bad disk has lost of a backup is noticed by reading it as a restore would."""
    made, key = make_backup(clinic.home.path, usb, MORNING), key_of(clinic.home.path)
    read_through(made.path, key)
    made.path.write_bytes(spoil(made.path.read_bytes()))

    with pytest.raises(Exception, match=r"^$"):
        read_through(made.path, key)
