"""The manifest: what lies in a bundle, and whose it is."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from bot.bundle.manifest import measured, signed_text
from bot.store.seals import SealingKey, is_signed
from tests.bundles import unpacked
from tests.clinic import Clinic


def test_everything_is_listed(zipped: Path, small: Clinic) -> None:
    """Each file but the list and its signature, by size and hash; with head, seals, recipient, entry and language."""
    files = unpacked(zipped)
    said = json.loads(files["manifest.json"])
    head = small.home.journal.head()

    assert said["files"] == {
        name: {"bytes": len(content), "sha256": sha256(content).hexdigest()}
        for name, content in files.items()
        if not name.startswith("manifest.")
    }
    assert said["head"] == {"seq": head.seq, "digest": head.digest.hex()}
    assert (said["recipient"], said["until"], said["language"], said["open"]) == ("police", head.seq, "ja", False)
    assert [seal["seq"] for seal in said["seals"]] == [24]


def test_it_is_signed(zipped: Path, small: Clinic) -> None:
    """With the home's key, in words that no seal can be taken for."""
    files, key = unpacked(zipped), SealingKey.of(small.home.path)
    text = signed_text(files["manifest.json"], key.fingerprint)

    assert is_signed(key.public, bytes.fromhex(files["manifest.sig"].decode()), text)
    assert not text.startswith(b"tomoshibi seal")


def test_a_file_is_measured_where_it_lies(tmp_path: Path) -> None:
    """The same as its bytes."""
    (tmp_path / "a").write_bytes(b"abc")

    assert measured(tmp_path / "a") == measured(b"abc") == {"bytes": 3, "sha256": sha256(b"abc").hexdigest()}
