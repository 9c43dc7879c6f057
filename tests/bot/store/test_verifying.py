"""Verification finds what was altered, names it, and changes nothing itself."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from bot.store.seals import SEALED, Seal, SealingKey
from bot.store.sqlite.journal import JOURNAL_FILE, SqliteJournal
from bot.store.verifying import first_break, first_break_at_start, verify_home, verify_lines
from flows.record.journal import Draft
from flows.record.lines import line_of
from tests.journals import NOON, draft, file_with, forge, write


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a home with six entries, a seal of the fifth and a photo."""
    photo = b"a photo of a screen"
    name = sha256(photo).hexdigest()
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / f"{name}.jpg").write_bytes(photo)
    with file_with(tmp_path / JOURNAL_FILE, 4) as journal:
        write(
            journal, draft(kind="evidence_kept", body=json.dumps({"of": 1, "sha256": name, "bytes": 19})), cause="photo"
        )
        seal = SealingKey.of(tmp_path).seal("r1", journal.head(), NOON)
        write(journal, Draft("facility", SEALED, seal.body(), "clock", NOON), cause="seal")
    return tmp_path


def found(home: Path, *seals: Seal) -> list[tuple[str, int | None]]:
    """List the findings by kind and number."""
    return [(finding.kind, finding.seq) for finding in verify_home(home, seals).findings]


def state(home: Path) -> dict[Path, bytes]:
    """Give every file of a home with its bytes."""
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


def last_seal(home: Path) -> Seal:
    """Give the seal as the director's chat still holds it."""
    with SqliteJournal(home / JOURNAL_FILE, mode="read") as journal:
        return Seal.from_body([entry.body for entry in journal.entries() if entry.kind == SEALED][-1])


def test_an_untouched_home(home: Path) -> None:
    """Nothing is found, everything was looked at, and not a byte of the home has changed."""
    before = state(home)
    report = verify_home(home)

    assert report.findings == ()
    assert (report.entries, report.head.seq, report.seals, report.evidence) == (6, 6, 1, 1)
    assert report.keys == {SealingKey.of(home).fingerprint}
    assert before == state(home)


def test_while_the_bot_runs(home: Path) -> None:
    """With the journal open elsewhere, what is still in its log counts, and the writer goes on."""
    with SqliteJournal(home / JOURNAL_FILE) as journal:
        write(journal, draft(), cause="meanwhile")
        report = verify_home(home)
        write(journal, draft(), cause="afterwards")

    assert (report.findings, report.entries) == ((), 7)


@pytest.mark.parametrize(
    ("forgery", "finding"),
    [
        ("UPDATE journal SET body = '{\"n\":9}' WHERE seq = 2", ("altered", 2)),
        ("UPDATE journal SET envelope = replace(envelope, '\"m1\"', '\"m2\"') WHERE seq = 3", ("altered", 3)),
        ("UPDATE journal SET nonces = zeroblob(64) WHERE seq = 3", ("altered", 3)),
        ("UPDATE journal SET previous = zeroblob(32) WHERE seq = 3", ("previous", 3)),
        ("DELETE FROM journal WHERE seq = 2", ("gap", 2)),
        ("DELETE FROM journal WHERE seq = 1", ("gap", 1)),
        ("UPDATE journal SET seq = 60 WHERE seq = 6", ("columns", 60)),
        ("UPDATE journal SET body = CAST(x'ff41' AS TEXT) WHERE seq = 2", ("altered", 2)),
        ("DROP INDEX journal_by_cause", ("definition", None)),
        ("DROP TABLE journal", ("definition", None)),
    ],
)
def test_what_a_forger_does_with_sql(home: Path, forgery: str, finding: tuple[str, int | None]) -> None:
    """Each change is found where it is; so are the triggers that had to go for it."""
    forge(home / JOURNAL_FILE, forgery)
    before = state(home)

    assert finding in found(home)
    assert ("trigger", None) in found(home)
    assert before == state(home)


def test_a_cut_tail_shows_by_a_seal_kept_elsewhere(home: Path) -> None:
    """The chain without its end is whole; the seal in the director's chat says that more was there."""
    seal = last_seal(home)
    forge(home / JOURNAL_FILE, "DELETE FROM journal WHERE seq > 3")
    with SqliteJournal(home / JOURNAL_FILE):
        pass

    assert found(home) == [("evidence_foreign", None)]  # its entry was cut off with the end
    assert found(home, seal) == [("evidence_foreign", None), ("seal_cut", None)]


def test_a_whole_rewrite_shows_by_a_seal_kept_elsewhere(home: Path) -> None:
    """Everything written anew verifies; the old seal doesn't fit it."""
    seal = last_seal(home)
    (home / JOURNAL_FILE).unlink()
    file_with(home / JOURNAL_FILE, 6, runs=("r9",)).close()

    shutil.rmtree(home / "evidence")
    assert found(home) == []
    assert found(home, seal) == [("seal_digest", None)]


def test_seals_of_a_forger(home: Path) -> None:
    """A seal with another key, one that was changed, and one that can't be read are told apart."""
    with SqliteJournal(home / JOURNAL_FILE) as journal:
        head = journal.head()
        stranger = SealingKey.of(home / "elsewhere").seal("r1", head, NOON)
        changed = replace(SealingKey.of(home).seal("r1", head, NOON), run="r2")
        for n, body in enumerate([stranger.body(), changed.body(), "{}"]):
            write(journal, Draft("facility", SEALED, body, "clock", NOON), cause=f"seal:{n}")

    assert found(home) == [("seal_key", 7), ("seal", 8), ("seal", 9)]


def test_evidence_that_was_touched(home: Path) -> None:
    """A changed file, a file of the same length, a missing one: the entry that kept it is named."""
    (photo,) = (home / "evidence").iterdir()
    with SqliteJournal(home / JOURNAL_FILE) as journal:
        body = json.dumps({"of": 1, "sha256": photo.stem, "bytes": 18})
        write(journal, draft(kind="evidence_kept", body=body), cause="wrong size")
    assert found(home) == [("evidence_altered", 7)]
    forge(home / JOURNAL_FILE, "DELETE FROM journal WHERE seq = 7")
    SqliteJournal(home / JOURNAL_FILE).close()

    photo.write_bytes(b"another photo of it")
    assert found(home) == [("evidence_altered", 5)]

    photo.write_bytes(b"short")
    assert found(home) == [("evidence_altered", 5)]

    photo.unlink()
    assert found(home) == [("evidence_missing", 5)]


def test_a_damaged_file(home: Path) -> None:
    """Pages of noise are a finding, not a crash; so is a file that isn't there."""
    raw = bytearray((home / JOURNAL_FILE).read_bytes())
    raw[4096:] = bytes(len(raw) - 4096)
    (home / JOURNAL_FILE).write_bytes(raw)
    assert "file" in {kind for kind, _ in found(home)}

    (home / JOURNAL_FILE).write_bytes(b"nothing of the kind")
    assert found(home) == [("file", None)]

    (home / JOURNAL_FILE).unlink()
    assert found(home) == [("file", None)]


def test_a_copy_of_the_home_verifies_anywhere(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A backup that was unpacked elsewhere is as good as the home."""
    copy = tmp_path_factory.mktemp("copy") / "home"
    shutil.copytree(home, copy)

    assert found(copy) == []


def exported(home: Path) -> Path:
    """Write the journal as lines."""
    with SqliteJournal(home / JOURNAL_FILE) as journal:
        lines = [line_of(entry) for entry in journal.entries()]
    path = home / "journal.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_an_export_verifies(home: Path) -> None:
    """Chain and seals, without the home; the key that signed is told, to be compared by eye."""
    report = verify_lines(exported(home))

    assert (report.findings, report.entries, report.seals) == ((), 6, 1)
    assert report.keys == {SealingKey.of(home).fingerprint}
    assert [f.kind for f in verify_lines(exported(home), keys=["another"]).findings] == ["seal_key"]


def test_an_export_that_was_edited(home: Path) -> None:
    """A changed word, a swap, a line that is none: found, and the walk goes on to the end."""
    path = exported(home)
    lines = path.read_text(encoding="utf-8").splitlines()

    path.write_text("\n".join([lines[0].replace("note_taken", "note_token"), *lines[1:]]), encoding="utf-8")
    assert [(f.kind, f.seq) for f in verify_lines(path).findings] == [("altered", 1)]

    path.write_text("\n".join([lines[0], lines[2], lines[1], *lines[3:]]), encoding="utf-8")
    assert {("gap", 2), ("order", 2)} <= {(f.kind, f.seq) for f in verify_lines(path).findings}

    path.write_bytes("\n".join([*lines[:5], "?", ""]).encode() + b"\xff\xfe")
    assert [f.detail.split(":")[0] for f in verify_lines(path).findings] == ["6", "7"]


def test_the_first_break_is_told_to_the_bot(home: Path) -> None:
    """Before a seal: from the last head that was found whole. At start: before anything repairs the file."""
    assert first_break_at_start(home) is None
    assert first_break_at_start(home / "nowhere") is None
    with SqliteJournal(home / JOURNAL_FILE) as journal:
        head = journal.head()
        write(journal, draft(), draft(), cause="more")
        assert first_break(journal, after=head) is None
    forge(home / JOURNAL_FILE, "UPDATE journal SET body = '{}' WHERE seq = 7")

    before = state(home)[home / JOURNAL_FILE]
    broken = first_break_at_start(home)

    assert broken is not None
    assert (broken.first_bad, broken.last_good) == (7, head)
    assert before == state(home)[home / JOURNAL_FILE]
    (home / JOURNAL_FILE).write_bytes(b"nothing of the kind")
    broken = first_break_at_start(home)
    assert broken is not None
    assert broken.first_bad == 0
