"""A bundle verified by the same code that verifies a home."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bundle.verification import verify_bundle
from tests.bundles import forgeries, packed, unpacked


def test_an_untouched_bundle(zipped: Path) -> None:
    """Nothing is found, everything was looked at, and it says what it is."""
    opened = verify_bundle(zipped)

    assert opened.report.findings == ()
    assert (opened.report.entries, opened.report.seals, opened.report.evidence) == (26, 1, 1)
    assert opened.manifest is not None
    assert (opened.manifest.run, opened.manifest.recipient) == ("incident-1", "police")


def test_packed_again_it_is_the_same(zipped: Path, tmp_path: Path) -> None:
    """What the ZIP file itself looks like proves nothing."""
    (tmp_path / "a.zip").write_bytes(packed(unpacked(zipped)))

    assert verify_bundle(tmp_path / "a.zip").report.findings == ()


def test_each_part_forged(zipped: Path, tmp_path: Path) -> None:
    """A flipped bit in any part is found where it is, however careful the forger was with the rest."""
    path, missed = tmp_path / "forged.zip", []
    for forgery in forgeries(unpacked(zipped)):
        path.write_bytes(forgery.content)
        if forgery.finding not in [(f.kind, f.seq) for f in verify_bundle(path).report.findings]:
            missed.append(forgery.name)

    assert missed == []


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all" * 100])
def test_what_is_no_bundle(tmp_path: Path, content: bytes) -> None:
    """Is a finding, not an error."""
    (tmp_path / "a.zip").write_bytes(content)

    assert [f.kind for f in verify_bundle(tmp_path / "a.zip").report.findings] == ["zip"]
