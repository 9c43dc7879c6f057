"""Whatever a bundle claims to hold: both verifiers in Python end with 3 and a sentence, within 256 MB."""

from __future__ import annotations

import struct
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from bot.bundle.verifiers.assembling import verify_py
from tests.bundles import DEEP, grown, packed

MANIFEST = b'{"head":{"seq":1,"digest":"00"},"key":"x","keys":[],"evidence":true,"files":{}}'

WITHIN = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_AS, (256 << 20, 256 << 20))
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""What limits a process before it runs a script."""


def _bomb() -> bytes:
    """Pack a record of two gigabytes: its first four megabytes, and a list that says more."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", MANIFEST)
        archive.writestr("journal.jsonl", b"0" * (4 << 20))
    return _declared(out.getvalue(), 2 << 30)


def _declared(whole: bytes, size: int) -> bytes:
    """Let the last file of a ZIP file claim to have so many bytes."""
    at = whole.rindex(b"PK\x01\x02")
    return whole[: at + 24] + struct.pack("<I", size) + whole[at + 28 :]


def _shared() -> bytes:
    """Let a hundred names stand for the same bytes."""
    content = b"0123456789abcdef" * 4096
    whole = packed({f"{number:03}": content for number in range(100)})
    first = whole.index(b"PK\x01\x02")
    local, central = whole[: 30 + 3 + len(content)], bytearray(whole[first:])
    at = 0
    for _ in range(100):
        central[at + 42 : at + 46] = struct.pack("<I", 0)
        at += 46 + 3
    central[-6:-2] = struct.pack("<I", len(local))
    return local + bytes(central)


ODD: dict[str, Callable[[], bytes]] = {
    "a list nested": lambda: packed({"manifest.json": DEEP}),
    "a record nested": lambda: packed({"manifest.json": MANIFEST, "journal.jsonl": DEEP + b"\n"}),
    "seals and people nested": lambda: packed(
        {"manifest.json": MANIFEST, "seals.jsonl": DEEP + b"\n", "people.jsonl": DEEP + b"\n"}
    ),
    "a list that grows": lambda: grown(b"0" * (64 << 20)),
    "a record that claims gigabytes": _bomb,
    "gigabytes claimed and not packed": lambda: _declared(packed({"manifest.json": MANIFEST, "photo": b"x"}), 3 << 30),
    "a hundred names for the same bytes": _shared,
    "a way out of the folder": lambda: packed({"manifest.json": MANIFEST, "../../photo": b"x"}),
    "bytes behind it": lambda: packed({"manifest.json": MANIFEST}) + b"x" * 1000,
}


@pytest.mark.skipif(sys.platform == "win32", reason="no limit can be set there")
@pytest.mark.parametrize("name", ODD)
def test_an_odd_bundle_is_told_within_its_memory(name: str, tmp_path: Path) -> None:
    """The script ends with 3, says what it found, and needs no more than it may."""
    script, bundle = tmp_path / "verify.py", tmp_path / "odd.zip"
    script.write_bytes(verify_py())
    bundle.write_bytes(ODD[name]())
    ended = subprocess.run(
        [sys.executable, "-c", WITHIN, str(script), str(bundle), "--language", "ja"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (ended.returncode, ended.stderr) == (3, "")
    assert "[" in ended.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no limit can be set there")
def test_ours_tells_them_within_its_memory(tmp_path: Path) -> None:
    """So does the library that verifies homes, one after the other in one process."""
    for number, make in enumerate(ODD.values()):
        (tmp_path / f"{number}.zip").write_bytes(make())
    look = tmp_path / "look.py"
    look.write_text(
        "import sys\nfrom pathlib import Path\nfrom bot.bundle.verification import verify_bundle\n"
        "for path in sorted(Path(sys.argv[1]).glob('*.zip')):\n"
        "    print(path.name, sorted({f.kind for f in verify_bundle(path).report.findings}))\n",
        encoding="utf-8",
    )
    ended = subprocess.run(
        [sys.executable, "-c", WITHIN, str(look), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(ended.stdout.splitlines()) == len(ODD)
    assert "[]" not in ended.stdout
