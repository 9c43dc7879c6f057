"""Seals: the journal's head, signed with a key that lies outside the database.

A chain can't show that its end was cut off or that all of it was written anew. A seal that somebody keeps elsewhere
(the director's chat, a printed page) shows both. It proves that the holder of the key saw this digest, no more: whoever
has the machine has the key as well.
"""

from __future__ import annotations

import json
import os
import re
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from flows.record.chain import moment_text, parsed
from flows.record.journal import Head
from playbooks.frozen import frozen

SEALED = "sealed"
"""The kind of the entry that keeps a seal; its body is :meth:`Seal.body`."""

KEY_FILE = Path("keys", "seal.pem")
"""Where a home keeps its key; beside it ``<fingerprint>.pub``, in hexadecimal, for every key it ever had."""


_POSTED = re.compile(r"(\d+)\s+([0-9a-f]{64})(?![0-9a-f])")
"""What a seal's message says of the head: its number, and on the next line its digest."""


def fingerprint(public_key: bytes) -> str:
    """Give the short name of a public key (32 bytes) that people compare: 32 hexadecimal digits."""
    return sha256(public_key).hexdigest()[:32]


def head_posted(text: str) -> Head:
    """Read the head out of the message in which a seal was posted, or out of a seal's JSON; ValueError if it isn't one.

    The message stands in somebody's chat: that it is as it was sent is theirs to know, so its signature adds nothing here.
    """
    try:
        seal = Seal.from_body(text)
        return Head(seal.seq, seal.digest)
    except (ValueError, TypeError):
        pass
    found = _POSTED.search(text.casefold())
    if found is None:
        raise ValueError(text)
    return Head(int(found[1]), bytes.fromhex(found[2]))


@frozen
class Seal:
    """That the journal stood at ``seq`` with ``digest``, said ``at`` some time for ``run``; signed with Ed25519."""

    run: str
    seq: int
    digest: bytes
    at: datetime
    signature: bytes
    key_fingerprint: str
    public_key: bytes

    @property
    def text(self) -> str:
        """Give what is signed: five lines that a person can read; the run's name is JSON, so no name can fake a line."""
        return seal_text(self.run, Head(self.seq, self.digest), self.at, self.key_fingerprint)

    def body(self) -> str:
        """Write the seal as JSON: the body of its entry, and the form in which it can be kept anywhere else."""
        return json.dumps(
            {
                "run": self.run,
                "seq": self.seq,
                "digest": self.digest.hex(),
                "at": moment_text(self.at),
                "signature": self.signature.hex(),
                "key_fingerprint": self.key_fingerprint,
                "public_key": self.public_key.hex(),
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_body(cls, body: str) -> Seal:
        """Read a seal back; ValueError when it isn't one. Whether it holds is another question."""
        said = parsed(body)
        try:
            return cls(
                run=str(said["run"]),
                seq=int(said["seq"]),
                digest=bytes.fromhex(said["digest"]),
                at=datetime.fromisoformat(said["at"]),
                signature=bytes.fromhex(said["signature"]),
                key_fingerprint=str(said["key_fingerprint"]),
                public_key=bytes.fromhex(said["public_key"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"this is no seal: {error}") from error

    def holds(self) -> bool:
        """Say whether its own key signed it. Whose key that is, the fingerprint tells."""
        is_its_key = fingerprint(self.public_key) == self.key_fingerprint
        return is_its_key and is_signed(self.public_key, self.signature, self.text.encode())


def is_signed(public_key: bytes, signature: bytes, text: bytes) -> bool:
    """Say whether the holder of a key signed a text; False for what is no key or no signature."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def seal_text(run: str, head: Head, at: datetime, key_fingerprint: str) -> str:
    """Write the canonical text of a seal."""
    return (
        f"tomoshibi seal 1\nrun: {json.dumps(run)}\nentry: {head.seq}\ndigest: {head.digest.hex()}\n"
        f"at: {moment_text(at)}\nkey: {key_fingerprint}\n"
    )


class SealingKey:
    """A home's key; made when first asked for, never shown."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw()
        self.fingerprint = fingerprint(self.public)

    @classmethod
    def of(cls, home: Path) -> SealingKey:
        """Read the key of a home, or make it, readable by its owner alone; OSError or ValueError when that fails."""
        path = home / KEY_FILE
        if not path.exists():
            _make(path)
        private = load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(private, Ed25519PrivateKey):
            raise ValueError(f"{KEY_FILE} holds another kind of key")  # noqa: TRY004 - the file's fault, not the caller's
        return cls(private)

    def sign(self, text: bytes) -> bytes:
        """Sign a text; its first line says what kind of text it is, so that none can be taken for another."""
        return self._private.sign(text)

    def seal(self, run: str, head: Head, at: datetime) -> Seal:
        """Sign a head."""
        signature = self.sign(seal_text(run, head, at, self.fingerprint).encode())
        return Seal(run, head.seq, head.digest, at, signature, self.fingerprint, self.public)


def known_keys(home: Path) -> frozenset[str]:
    """Give the fingerprints of all keys that a home ever had; empty where it has no keys."""
    return frozenset(path.stem for path in (home / KEY_FILE).parent.glob("*.pub"))


def is_sound(home: Path) -> bool:
    """Say whether a home's key is there and can be read; nothing is made."""
    try:
        return (home / KEY_FILE).exists() and SealingKey.of(home) is not None
    except (OSError, ValueError):
        return False


@frozen
class KeyChanged:
    """A home has a new key: ``why`` the old one is not used any more (``damaged`` or ``missing``), and both fingerprints.

    ``before`` is empty where nothing tells whose key it was.
    """

    why: str
    before: tuple[str, ...]
    now: str


def mend_key(home: Path) -> KeyChanged | None:
    """Give a home a new key where its own can't be read or is gone; None where it is sound or was never there.

    A damaged file is kept beside it (``seal.damaged-1.pem`` …). OSError when nothing can be written.
    """
    path, before = home / KEY_FILE, tuple(sorted(known_keys(home)))
    if path.exists():
        try:
            SealingKey.of(home)
        except ValueError:
            why = "damaged"
            aside = (path.with_name(f"{path.stem}.damaged-{n}{path.suffix}") for n in range(1, 1000))
            path.rename(next(one for one in aside if not one.exists()))
        else:
            return None
    elif before:
        why = "missing"
    else:
        return None
    return KeyChanged(why, before, SealingKey.of(home).fingerprint)


def _make(path: Path) -> None:
    """Make a key once, whole or not at all: of two processes that try, the second one takes what the first has made."""
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = private.public_key().public_bytes_raw()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = mkstemp(dir=path.parent, prefix=path.name)  # readable by its owner alone
    new = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(new, path)
        except FileExistsError:
            return
        except OSError:  # a disk without hard links
            new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    (path.parent / f"{fingerprint(public)}.pub").write_text(public.hex() + "\n", encoding="ascii")
