"""The contents of an evidence bundle: everything one recipient may see, and nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bot.bundle.contents import DOCUMENTS
from bot.bundle.table import RECIPIENTS, shipped_table
from bot.bundle.verification import verify_bundle
from bot.store.sqlite.journal import JOURNAL_FILE
from bot.tending.evidence import keep
from flows.commands.people import CallOff, Report
from flows.record.proving import KINDS_OF_PROOF
from tests.bundles import PHOTO, made, unpacked
from tests.clinic import Clinic, Played
from tests.journals import forge


def copy_of(clinic: Clinic, folder: Path) -> Clinic:
    """Give a home that may be spoilt."""
    shutil.copytree(clinic.home.path, folder / "home")

    class Copy:
        home = type("Home", (), {"path": folder / "home"})()

    return Copy()  # type: ignore[return-value]


@pytest.mark.parametrize("recipient", RECIPIENTS)
def test_a_whole_incident_for_each_recipient(played: Played, tmp_path: Path, recipient: str) -> None:
    """Verifies, and withholds exactly what the table withholds: no text of it stands in any file."""
    bundle = made(played.clinic, tmp_path / "a.zip", recipient, played.run.id)
    everything = "\n".join(content.decode("utf-8", "replace") for content in unpacked(bundle.path).values())
    table, shown, hidden = shipped_table(), set[str](), set[str]()
    for entry in played.clinic.entries():
        for field, value in json.loads(entry.body).items():
            may = entry.run == played.run.id and table.sees(recipient, entry.kind, field)
            (shown if may else hidden).update(texts(value) if entry.kind not in {"sealed", *KINDS_OF_PROOF} else ())
    shown |= {
        entry.cause for entry in played.clinic.entries(run=played.run.id)
    }  # it stands in the envelope, for all to see
    secrets = {text for text in hidden if len(text) > 12 and not any(text in other for other in shown)}

    assert verify_bundle(bundle.path).report.findings == ()
    assert (bundle.counts.withheld == 0) == (recipient == "internal")
    assert [text for text in secrets if text in everything] == []
    assert secrets


def texts(value: object) -> set[str]:
    """Give every text inside a value."""
    if isinstance(value, dict):
        return set(value).union(*map(texts, value.values()))
    if isinstance(value, list):
        return set().union(*map(texts, value))
    return {value} if isinstance(value, str) else set()


def test_nothing_of_another_run(small: Clinic, tmp_path: Path) -> None:
    """Not even its name: other runs are digests and nothing else, even for the house itself."""
    everything = b"".join(unpacked(made(small, tmp_path / "a.zip", "internal").path).values())

    assert "別の件の言葉".encode() not in everything
    assert b"incident-2" not in everything


def test_the_same_bytes_again(clinic: Clinic, tmp_path: Path) -> None:
    """As of one entry, whatever came later and under whatever name people go by now."""
    clinic.orders(Report("", "画面に英語"), "reception")
    until = clinic.home.journal.head().seq
    first = made(clinic, tmp_path / "1.zip", until=until).path.read_bytes()
    clinic.orders(CallOff("incident-1", "まちがい"))
    again = made(clinic, tmp_path / "2.zip", until=until).path.read_bytes()
    english = made(clinic, tmp_path / "3.zip", until=until, language="en").path.read_bytes()

    assert first == again != english
    assert "対応中" in unpacked(tmp_path / "1.zip")["README.txt"].decode()


def test_evidence_goes_to_whom_it_may(small: Clinic, tmp_path: Path) -> None:
    """Under its hash, with the ending that it had; to others only the hash is shown."""
    police, ppc = (unpacked(made(small, tmp_path / f"{r}.zip", r).path) for r in ("police", "ppc"))

    assert [content for name, content in police.items() if name.startswith("evidence/")] == [PHOTO]
    assert next(name for name in police if name.startswith("evidence/")).endswith(".png")
    assert not any(name.startswith("evidence/") for name in ppc)


@pytest.mark.parametrize(("content", "kind"), [(None, "evidence_missing"), (b"another", "evidence_altered")])
def test_evidence_that_is_not_what_it_was(small: Clinic, tmp_path: Path, content: bytes | None, kind: str) -> None:
    """Is named in list and README and exported all the same; whoever verifies the bundle finds it, too."""
    clinic = copy_of(small, tmp_path)
    digest = keep(tmp_path, PHOTO)
    photo = tmp_path / "home" / "evidence" / digest[:2] / digest
    photo.unlink()
    if content is not None:
        photo.write_bytes(content)
    bundle = made(clinic, tmp_path / "a.zip")
    files = unpacked(bundle.path)

    assert [f.kind for f in bundle.findings] == [kind]
    assert [f["kind"] for f in json.loads(files["manifest.json"])["findings"]] == [kind]
    assert digest in files["README.txt"].decode()
    assert [f.kind for f in verify_bundle(bundle.path).report.findings] == [kind]


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE journal SET body = '[]' WHERE seq = 21",
        "UPDATE journal SET body = '{' WHERE seq = 21",
        "UPDATE journal SET body = CAST(x'ff41' AS TEXT) WHERE seq = 21",
        "UPDATE journal SET envelope = replace(envelope, 'note_taken', 'reported') WHERE seq = 21",
        "DELETE FROM journal WHERE seq = 21",
        "UPDATE journal SET nonces = zeroblob(64) WHERE seq = 2",
    ],
)
def test_a_broken_journal(small: Clinic, tmp_path: Path, forgery: str) -> None:
    """Is exported as far as it goes, the break named; whoever verifies the bundle finds it, too."""
    clinic = copy_of(small, tmp_path)
    forge(tmp_path / "home" / JOURNAL_FILE, forgery)
    bundle = made(clinic, tmp_path / "a.zip", "internal")

    assert {f.kind for f in bundle.findings} & {"altered", "gap", "envelope"}
    assert verify_bundle(bundle.path).report.findings
    assert not (tmp_path / "home" / "set-aside").exists()


def test_documents_go_along(small: Clinic, tmp_path: Path) -> None:
    """Made by whoever makes them of the same snapshot; no name leads out of their folder."""
    bundle = made(small, tmp_path / "a.zip", documents=lambda s, v: [("報告.md", f"{s.run} {v.name}".encode())])

    assert unpacked(bundle.path)[f"{DOCUMENTS}報告.md"] == b"incident-1 police"
    assert verify_bundle(bundle.path).report.findings == ()
    with pytest.raises(ValueError, match=r"\.\."):
        made(small, tmp_path / "b.zip", documents=lambda _, __: [("../x", b"")])
    assert not (tmp_path / "b.zip").exists()
