"""Who people are is proved: what is changed in the registry by any other way than the bot's own is found."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.bundle.verification import verify_bundle
from bot.opening import open_home
from bot.store.seals import KEY_FILE, SEALED, Seal, SealingKey, head_posted
from bot.store.sqlite.journal import JOURNAL_FILE, SqliteJournal
from bot.store.verifying import verify_home
from flows.commands.facility import ChangeMember
from flows.messages.upkeep import RecordDoubtful
from flows.record.journal import Head
from tests.bundles import made, small_home, unpacked
from tests.clinic import Clinic
from tests.journals import forge


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    """A clinic with an incident, in which the nurse changed her name once."""
    clinic = small_home(tmp_path)
    clinic.orders(ChangeMember("facility", clinic.id("nurse"), {"name": "鈴木 花"}), "director")
    return clinic


def copied(clinic: Clinic, to: Path, *statements: str) -> Path:
    """Copy the home and change the copy with SQL."""
    shutil.copytree(clinic.home.path, to)
    for statement in statements:
        forge(to / JOURNAL_FILE, statement)
    return to


def test_an_untouched_home(clinic: Clinic) -> None:
    """Nothing is found, and people are proved from their first entry on."""
    report = verify_home(clinic.home.path)

    assert report.findings == ()
    assert report.people_since == 2


@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        ("UPDATE registry SET value = replace(value, '鈴木', '田辺')", {"registry", "registry_gone"}),
        ("UPDATE registry_history SET value = replace(value, '鈴木', '田辺')", {"registry", "registry_gone"}),
        (
            "UPDATE registry SET value = replace(value, '\"nurse\"', '\"director\"') WHERE kind = 'member'",
            {"registry", "registry_gone"},
        ),
        ("UPDATE registry SET key = key || '0' WHERE kind = 'address'", {"registry", "registry_gone"}),
        ("DELETE FROM registry WHERE kind = 'contact'", {"registry_gone"}),
        ("DELETE FROM registry_history", {"registry_gone"}),
        ("UPDATE registry SET seq = seq - 1 WHERE kind = 'member'", {"registry"}),
        ("UPDATE registry_history SET until = until + 1", {"registry"}),
        ("UPDATE registry SET value = 'no JSON' WHERE kind = 'member'", {"registry", "registry_gone"}),
        (
            "INSERT INTO registry (kind, key, value, seq) VALUES ('member', 'm99', '{}', 1)",
            {"registry"},
        ),
    ],
)
def test_people_changed_by_sql(clinic: Clinic, tmp_path: Path, statement: str, kinds: set[str]) -> None:
    """A name, role, address or number that was changed, added, removed or dated otherwise is found."""
    home = copied(clinic, tmp_path / "copy", statement)

    assert {finding.kind for finding in verify_home(home).findings} - {"trigger"} == kinds


def test_two_names_swapped(clinic: Clinic, tmp_path: Path) -> None:
    """Who did what can't be swapped: both rows are named."""
    director, nurse = clinic.id("director"), clinic.id("nurse")
    swapped = {"x": director, director: nurse, nurse: "x"}
    home = copied(clinic, tmp_path / "copy")
    with SqliteJournal(home / JOURNAL_FILE, mode="write") as journal, journal.file.transaction() as database:
        for to, key in swapped.items():
            database.execute("UPDATE registry SET key = ? WHERE kind = 'member' AND key = ?", [to, key])

    assert {f.detail for f in verify_home(home).findings} >= {f"member {director}", f"member {nurse}"}


def test_a_bundle_names_people_as_they_were_entered(clinic: Clinic, tmp_path: Path) -> None:
    """It shows names and roles, no number; whoever checks it finds nothing, with any of the verifiers."""
    bundle = made(clinic, tmp_path / "a.zip")
    people = [json.loads(line) for line in unpacked(bundle.path)["people.jsonl"].decode().splitlines()]

    assert ["", "id", "name", "roles"] in [
        [json.loads(f["text"])[0] for f in p["fields"] if "text" in f] for p in people
    ]
    assert "鈴木 花" in unpacked(bundle.path)["people.jsonl"].decode()
    assert verify_bundle(bundle.path).report.findings == ()


def test_a_name_changed_by_sql_is_found_in_the_bundle(clinic: Clinic, tmp_path: Path) -> None:
    """The export says so, and both the library and the verifier in the bundle find it on their own."""
    home = copied(clinic, tmp_path / "copy", "UPDATE registry SET value = replace(value, '鈴木 花', '田辺')")
    clinic.home.path = home
    bundle = made(clinic, tmp_path / "a.zip")
    (tmp_path / "verify.py").write_bytes(unpacked(bundle.path)["verify.py"])
    alone = subprocess.run(
        [sys.executable, "-I", tmp_path / "verify.py", bundle.path, "--language", "en"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ("registry", f"member {clinic.id('nurse')}") in {(f.kind, f.detail) for f in bundle.findings}
    assert {f.kind for f in verify_bundle(bundle.path).report.findings} == {"registry"}
    assert alone.returncode == 3
    assert (
        f"[registry] a row of people or contacts is not what the record proves (member {clinic.id('nurse')})"
        in alone.stdout
    )


def test_offices_get_no_names(clinic: Clinic, tmp_path: Path) -> None:
    """Whoever is shown people by number alone gets no file of names."""
    assert "people.jsonl" not in unpacked(made(clinic, tmp_path / "a.zip", recipient="ppc").path)


def test_who_decides_is_told_once(clinic: Clinic, tmp_path: Path) -> None:
    """A home that was changed while the bot was off opens, says so to those who decide, and not again at the next start."""
    home = copied(clinic, tmp_path / "copy", "UPDATE registry SET value = replace(value, '鈴木 花', '田辺')")
    counts = []
    for _ in range(2):
        opened = open_home(home, clinic.clock.now())
        told = [d.owed.message for d in opened.journal.deliveries.unsent() if d.owed.name == "record_doubtful"]
        opened.close()
        counts.append(len(told))
        assert set(told) == {RecordDoubtful(("trigger", f"registry member {clinic.id('nurse')}", "registry_gone"))}

    assert counts[0] == counts[1]


def test_a_cut_tail_is_told_at_the_next_start(clinic: Clinic, tmp_path: Path) -> None:
    """Messages point past the end that is left; verifying finds that before the start, and the record says so after it."""
    home = copied(clinic, tmp_path / "copy", "DELETE FROM journal WHERE seq > 20")
    before = {f.kind for f in verify_home(home).findings}
    opened = open_home(home, clinic.clock.now())
    doubted = [e.body for e in opened.journal.entries() if e.kind == "record_doubted"]
    opened.close()

    assert {"cut", "registry"} <= before
    assert any('"cut"' in body for body in doubted)


def test_a_seal_that_was_forwarded(clinic: Clinic, tmp_path: Path) -> None:
    """The message of the seal, as the chat shows it in either language, is held against the home: whole, cut, written anew."""
    [seal] = [Seal.from_body(e.body) for e in clinic.entries() if e.kind == SEALED]
    messages = [
        f"🔏 記録の封印（ランサムウェア 11月30日）\n番号 {seal.seq}\n{seal.digest.hex()}\n署名 {seal.signature.hex()}",
        f"Seal of the record (x)\nNumber {seal.seq}\n{seal.digest.hex().upper()}",
    ]
    heads = [head_posted(message) for message in messages]

    assert verify_home(clinic.home.path, heads=heads).findings == ()
    assert ("seal_digest", str(seal.seq)) in {
        (f.kind, f.detail) for f in verify_home(clinic.home.path, heads=[Head(seal.seq, bytes(32))]).findings
    }
    assert [f.kind for f in verify_home(clinic.home.path, heads=[Head(999, bytes(32))]).findings] == ["seal_cut"]
    with pytest.raises(ValueError, match=seal.signature.hex()):
        head_posted(seal.signature.hex())


@pytest.mark.parametrize("content", [b"", b"garbage"])
def test_a_damaged_key_keeps_nobody_from_working(clinic: Clinic, tmp_path: Path, content: bytes) -> None:
    """The home opens with a new key, verify said so before, the record names both, those who decide are told, seals go on."""
    home = copied(clinic, tmp_path / "copy")
    (home / KEY_FILE).write_bytes(content)
    assert [f.kind for f in verify_home(home).findings] == ["seal_key_lost"]

    opened = open_home(home, clinic.clock.now())
    changed = [json.loads(e.body) for e in opened.journal.entries() if e.kind == "seal_key_changed"]
    told = [d for d in opened.journal.deliveries.unsent() if d.owed.name == "seal_key_new"]
    opened.close()

    assert [one["why"] for one in changed] == ["damaged"]
    assert changed[0]["before"] == [SealingKey.of(clinic.home.path).fingerprint]
    assert told
    assert verify_home(home).findings == ()
