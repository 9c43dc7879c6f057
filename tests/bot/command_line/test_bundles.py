"""``export``, and ``verify`` of what it made."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.sqlite.journal import JOURNAL_FILE
from tests.bot.command_line.prompt import Prompt
from tests.bundles import flipped, packed, small_home, unpacked
from tests.clinic import Clinic
from tests.journals import forge


@pytest.fixture
def there(prompt: Prompt, tmp_path: Path) -> Iterator[Clinic]:
    """The small home at the prompt's place."""
    clinic = small_home(tmp_path)
    prompt.home = clinic.home.path
    yield clinic
    clinic.home.close()


def test_for_scripts(prompt: Prompt, there: Clinic, tmp_path: Path) -> None:
    """What was written, for whom, as of which entry; and the verification of it."""
    out = tmp_path / "a.zip"
    said = prompt.json("export", "incident-1", "--home", prompt.home, "-o", out, "--for", "ppc", "--language", "en")
    head = there.home.journal.head()

    assert (said["file"], said["run"], said["recipient"], said["open"]) == (str(out), "incident-1", "ppc", False)
    assert said["head"] == {"seq": head.seq, "digest": head.digest.hex()}
    assert sum(said["entries"].values()) == said["until"] == head.seq
    found = prompt.json("verify", out)
    assert (found["whole"], found["entries"], found["seals"], found["head"]) == (True, head.seq, 1, said["head"])
    assert found["bundle"]["key"] == said["fingerprint"]


def test_for_people(prompt: Prompt, there: Clinic, tmp_path: Path) -> None:
    """In both languages, with the fingerprint; without a recipient it is the house's own copy; an open run says so."""
    out = tmp_path / "a.zip"
    told = prompt.runs("export", "incident-2", "--home", prompt.home, "-o", out)
    verified = prompt.runs("verify", out)

    assert told.exit_code == verified.exit_code == 0
    assert "院内の控え" in told.stdout
    assert "STILL OPEN" in told.stdout
    assert "STILL OPEN" in verified.stdout
    assert "nothing was altered" in verified.stdout
    line = next(line for line in told.stdout.splitlines() if "指紋" in line)
    assert line[-39:] in verified.stdout


def test_an_altered_bundle(prompt: Prompt, there: Clinic, tmp_path: Path) -> None:
    """Exit 3, and the file is named."""
    out = tmp_path / "a.zip"
    prompt.runs("export", "incident-1", "--home", prompt.home, "-o", out)
    files = unpacked(out)
    out.write_bytes(packed({**files, "timeline.csv": flipped(files["timeline.csv"])}))

    result = prompt.runs("verify", out)
    assert result.exit_code == 3
    assert "timeline.csv" in result.stdout
    assert prompt.json("verify", out, code=3)["findings"] == [
        {"kind": "file_altered", "seq": None, "detail": "timeline.csv"}
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("incident-9", "-o", "a.zip"), "incident-1, incident-2"),
        (("incident-1", "-o", "a.zip", "--until", "999"), "the last one is 26"),
        (("incident-1", "-o", "nowhere/a.zip"), "no folder"),
        (("incident-1", "-o", "a.zip", "--for", "everybody"), "everybody"),
    ],
)
def test_misuse(
    prompt: Prompt, there: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    """Exit 2, with what there is instead; nothing is written."""
    monkeypatch.chdir(tmp_path)
    result = prompt.runs("export", *words, "--home", prompt.home)

    assert (result.exit_code, list(tmp_path.glob("*.zip*"))) == (2, [])
    assert told in result.stderr


def test_evidence_that_is_gone(prompt: Prompt, there: Clinic, tmp_path: Path) -> None:
    """Exit 0 with a warning: the bundle names it, and so does its verification."""
    shutil.rmtree(there.home.evidence)
    result = prompt.runs("export", "incident-1", "--home", prompt.home, "-o", tmp_path / "a.zip")

    assert result.exit_code == 0
    assert "証拠のファイルがありません" in result.stdout
    assert prompt.runs("verify", tmp_path / "a.zip").exit_code == 3


def test_a_broken_journal(prompt: Prompt, there: Clinic, tmp_path: Path) -> None:
    """Exit 3, exported all the same; nothing is set aside by exporting."""
    there.home.close()
    forge(prompt.home / JOURNAL_FILE, "UPDATE journal SET body = '{}' WHERE seq = 21")
    said = prompt.json("export", "incident-1", "--home", prompt.home, "-o", tmp_path / "a.zip", code=3)

    assert ("altered", 21) in {(f["kind"], f["seq"]) for f in said["findings"]}
    assert prompt.runs("verify", tmp_path / "a.zip").exit_code == 3
    assert not (prompt.home / "set-aside").exists()


def test_a_disk_that_refuses(prompt: Prompt, there: Clinic, tmp_path: Path) -> None:
    """Exit 1 with what to do, and no half file; the same where no key can be made."""
    (tmp_path / "a.zip").mkdir()
    result = prompt.runs("export", "incident-1", "--home", prompt.home, "-o", tmp_path / "a.zip")
    assert result.exit_code == 2
    shutil.rmtree(prompt.home / "keys")
    (prompt.home / "keys").write_text("no folder")
    result = prompt.runs("export", "incident-1", "--home", prompt.home, "-o", tmp_path / "b.zip")

    assert (result.exit_code, list(tmp_path.glob("*b.zip*"))) == (1, [])
    assert "Nothing was written" in result.stderr


def test_no_home(prompt: Prompt, tmp_path: Path) -> None:
    """Exit 1, and nothing is made there."""
    result = prompt.runs("export", "incident-1", "--home", tmp_path / "x", "-o", tmp_path / "a.zip")

    assert (result.exit_code, list(tmp_path.iterdir())) == (1, [])


def test_what_is_no_bundle(prompt: Prompt, tmp_path: Path) -> None:
    """Exit 3 and one JSON document, whatever the bytes are."""
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04")

    assert json.loads(prompt.runs("verify", tmp_path / "a.zip", "--json").stdout)["bundle"] is None
    assert prompt.runs("verify", tmp_path / "a.zip").exit_code == 3
