"""A seal is what the chain can't be: proof of where the journal ended."""

from __future__ import annotations

import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bot.store.seals import (
    KEY_FILE,
    KeyChanged,
    Seal,
    SealingKey,
    fingerprint,
    is_sound,
    known_keys,
    mend_key,
    seal_text,
)
from flows.record.journal import Head
from tests.journals import NOON

HEAD = Head(41, bytes(range(32)))


def test_the_key_is_made_once(tmp_path: Path) -> None:
    """The same key for ever, in a file of its own, with its public half beside it."""
    first, again = SealingKey.of(tmp_path), SealingKey.of(tmp_path)

    assert first.public == again.public
    assert known_keys(tmp_path) == {first.fingerprint}
    assert SealingKey.of(tmp_path / "other").public != first.public


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_reads_the_key(tmp_path: Path) -> None:
    """The file is its owner's alone, and so is its folder."""
    SealingKey.of(tmp_path)

    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / KEY_FILE).parent.stat().st_mode) == 0o700


def test_a_seal_holds(tmp_path: Path) -> None:
    """What the key signed verifies, also after writing and reading it."""
    seal = SealingKey.of(tmp_path).seal("r1", HEAD, NOON)

    assert seal.holds()
    assert Seal.from_body(seal.body()) == seal


@pytest.mark.parametrize(
    "change",
    [
        {"run": "r2"},
        {"seq": 42},
        {"digest": bytes(32)},
        {"at": NOON.replace(year=2028)},
        {"signature": bytes(64)},
        {"signature": b""},
        {"key_fingerprint": "0" * 32},
        {"public_key": bytes(32)},
        {"run": 'r1"\nentry: 42'},
    ],
)
def test_any_change_breaks_a_seal(tmp_path: Path, change: dict[str, object]) -> None:
    """Whatever of it is altered, it doesn't hold any more."""
    seal = SealingKey.of(tmp_path).seal("r1", HEAD, NOON)

    assert not replace(seal, **change).holds()  # type: ignore[arg-type]


def test_another_key_can_not_pass_for_ours(tmp_path: Path) -> None:
    """A forger's seal holds, but under the forger's fingerprint."""
    ours, forger = SealingKey.of(tmp_path / "ours"), SealingKey.of(tmp_path / "forger")
    forged = forger.seal("r1", HEAD, NOON)

    assert forged.holds()
    assert forged.key_fingerprint not in known_keys(tmp_path / "ours")
    lie = forger._private.sign(seal_text("r1", HEAD, NOON, ours.fingerprint).encode())
    assert not replace(forged, key_fingerprint=ours.fingerprint, signature=lie).holds()


def test_what_is_signed_is_a_text_that_anybody_can_check(tmp_path: Path) -> None:
    """Five lines of plain text, a raw Ed25519 signature: no program of ours is needed."""
    seal = SealingKey.of(tmp_path).seal("r1", HEAD, NOON)

    assert seal.text == (
        f'tomoshibi seal 1\nrun: "r1"\nentry: 41\ndigest: {HEAD.digest.hex()}\n'
        f"at: 2027-04-01T03:00:00.000000+00:00\nkey: {fingerprint(seal.public_key)}\n"
    )
    Ed25519PublicKey.from_public_bytes(seal.public_key).verify(seal.signature, seal.text.encode())


@pytest.mark.parametrize("body", ["{}", "[]", "null", "?", '{"run":"r1","seq":"x"}'])
def test_what_is_no_seal_is_refused(body: str) -> None:
    """A text that isn't a seal raises ValueError."""
    with pytest.raises(ValueError):  # noqa: PT011  (json's words or ours)
        Seal.from_body(body)


def test_a_file_that_is_no_key_is_told(tmp_path: Path) -> None:
    """A damaged key file raises ValueError and is left alone."""
    SealingKey.of(tmp_path)
    (tmp_path / KEY_FILE).write_bytes(b"")

    with pytest.raises(ValueError):  # noqa: PT011  (cryptography's words)
        SealingKey.of(tmp_path)
    assert (tmp_path / KEY_FILE).read_bytes() == b""


@pytest.mark.parametrize("content", [b"", b"garbage", b"-----BEGIN PRIVATE KEY-----\n", None])
def test_a_key_that_is_damaged_or_gone(tmp_path: Path, content: bytes | None) -> None:
    """A new one takes its place, the damaged file is kept, and both fingerprints are told; once."""
    before = SealingKey.of(tmp_path).fingerprint
    (tmp_path / KEY_FILE).unlink()
    if content is not None:
        (tmp_path / KEY_FILE).write_bytes(content)

    assert not is_sound(tmp_path)
    changed = mend_key(tmp_path)
    assert changed == KeyChanged(
        "missing" if content is None else "damaged", (before,), SealingKey.of(tmp_path).fingerprint
    )
    assert before != changed.now
    assert mend_key(tmp_path) is None
    kept = [path.read_bytes() for path in (tmp_path / "keys").glob("*.damaged-*")]
    assert kept == ([] if content is None else [content])


def test_a_sound_key_stays(tmp_path: Path) -> None:
    """So does a home that never had one: it gets its first without a word."""
    assert mend_key(tmp_path) is None
    key = SealingKey.of(tmp_path)
    assert mend_key(tmp_path) is None
    assert SealingKey.of(tmp_path).fingerprint == key.fingerprint
