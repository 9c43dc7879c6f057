"""``verify.py`` as it is shipped: one file, nothing beside it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from bot.bundle.verification import verify_bundle
from bot.bundle.verifiers.verify import verified
from tests.bundles import forgeries, unpacked


def runs(script: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run the script as whoever received it does, without any of our packages."""
    command = [sys.executable, "-I", "-X", "utf8", str(script), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=script.parent)


def test_it_finds_what_ours_finds(zipped: Path, tmp_path: Path) -> None:
    """In each forged part the same findings at the same entries."""
    path, differ = tmp_path / "forged.zip", []
    for forgery in forgeries(unpacked(zipped)):
        path.write_bytes(forgery.content)
        ours = {(f.kind, f.seq) for f in verify_bundle(path).report.findings}
        if {(kind, seq) for kind, seq, _ in verified(path)[1]} != ours:
            differ.append(forgery.name)

    assert differ == []
    assert verified(zipped)[1] == []


def test_as_a_person_runs_it(zipped: Path, tmp_path: Path) -> None:
    """Exit 0 for a whole bundle, packed or unpacked, 3 for an altered one, 2 for none; in both languages."""
    with ZipFile(zipped) as archive:
        archive.extractall(tmp_path)
    script = tmp_path / "verify.py"
    packed, here = runs(script, zipped, "--language", "ja"), runs(script, "--language", "en")
    (tmp_path / "timeline.csv").write_bytes(b"")
    altered, nothing = runs(script, tmp_path, "--language", "en"), runs(script, tmp_path / "nowhere")

    assert (packed.returncode, here.returncode, altered.returncode, nothing.returncode) == (0, 0, 3, 2)
    assert "書き換えの跡はありません" in packed.stdout
    assert "WHOLE" in here.stdout
    assert "[file_altered] the file was altered (timeline.csv)" in altered.stdout
    assert packed.stderr == here.stderr == altered.stderr == ""
