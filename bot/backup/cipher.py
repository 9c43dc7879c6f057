"""One encrypted stream in a file: sealed piece by piece, so that no length needs memory and no cut goes unseen.

The construction is that of age's payload (STREAM, Hoang and others 2015) with ChaCha20-Poly1305 (RFC 8439): pieces of
64 KiB, each with its number and whether it is the last one in the nonce, under a key derived for this file alone (HKDF,
RFC 5869). The header is in the derivation, so that none can be put before another's pieces.
"""

from __future__ import annotations

import io
import json
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.backup.recovery_key import RecoveryKey
from playbooks.frozen import frozen

FORMAT = 1
_MAGIC = b"tomoshibi backup "
_LONGEST_LINE = 4096

LONGEST_SIGN = 64
"""Bytes that tell whether a file is a backup."""

PIECE = 64 * 1024
_TAG = 16
_SALT = 16


class NotOurs(Exception):
    """The file is no backup."""


class Newer(Exception):
    """The backup is of a version of this program that is newer than this one."""


class WrongKey(Exception):
    """The backup is under another recovery key; ``wanted`` is the fingerprint of that."""

    def __init__(self, wanted: str) -> None:
        super().__init__(wanted)
        self.wanted = wanted


class Damaged(Exception):
    """The file was altered, or its end is missing."""


def is_backup(start: bytes) -> bool:
    """Say by its first bytes whether a file is a backup of any version, whole or not."""
    return start.startswith(_MAGIC)


@frozen
class Header:
    """What a backup tells without a key: under which it is (a fingerprint), and when it was made (ISO 8601, UTC)."""

    key: str
    made_at: str
    salt: str
    line: bytes

    @classmethod
    def make(cls, key: RecoveryKey, made_at: str) -> Header:
        """Make the header of a new file."""
        salt = secrets.token_bytes(_SALT).hex()
        said = {"key": key.fingerprint, "made_at": made_at, "salt": salt}
        return cls(key.fingerprint, made_at, salt, _MAGIC + b"%d\n" % FORMAT + json.dumps(said).encode() + b"\n")

    @classmethod
    def read(cls, file: BinaryIO) -> Header:
        """Read the header at the beginning of a file; raises NotOurs, Newer or Damaged."""
        first = file.readline(_LONGEST_LINE)
        number = first.removeprefix(_MAGIC).strip()
        if not first.startswith(_MAGIC) or not number.isdigit():
            raise NotOurs
        if int(number) > FORMAT:
            raise Newer
        second = file.readline(_LONGEST_LINE)
        try:
            said = json.loads(second)
            return cls(str(said["key"]), str(said["made_at"]), str(said["salt"]), first + second)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise Damaged from None

    def cipher(self, key: RecoveryKey) -> ChaCha20Poly1305:
        """Derive the cipher of this one file."""
        return ChaCha20Poly1305(HKDF(SHA256(), 32, self.salt.encode(), self.line).derive(key.secret))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealing(io.RawIOBase):
    """Writes an encrypted file; only :meth:`finish` makes it whole. OSError as the file raises it."""

    def __init__(self, file: BinaryIO, key: RecoveryKey, made_at: str) -> None:
        """Begin the file with its header."""
        super().__init__()
        header = Header.make(key, made_at)
        self._file, self._cipher = file, header.cipher(key)
        self._held = bytearray()
        self._number = 0
        file.write(header.line)

    def writable(self) -> bool:
        """Say yes."""
        return True

    def write(self, data: bytes | bytearray | memoryview) -> int:  # type: ignore[override]
        """Take in bytes and write all pieces that are full and have something behind them."""
        self._held += data
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(data)

    def finish(self) -> None:
        """Write the last piece, which may be empty."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, None))
        self._number += 1


class Opening(io.RawIOBase):
    """Reads an encrypted file; what it gives was proved piece by piece, and the end is only given of a whole file."""

    def __init__(self, file: BinaryIO, key: RecoveryKey) -> None:
        """Read the header; raises NotOurs, Newer, Damaged or WrongKey."""
        super().__init__()
        self.header = Header.read(file)
        if self.header.key != key.fingerprint:
            raise WrongKey(self.header.key)
        self._file, self._cipher = file, self.header.cipher(key)
        self._here = b""
        self._number = 0
        self._next: bytes | None = self._file.read(PIECE + _TAG)

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Give the next bytes; 0 at the end. Raises Damaged."""
        if not self._here:
            self._here = self._piece()
        given = self._here[: len(buffer)]
        buffer[: len(given)] = given
        self._here = self._here[len(given) :]
        return len(given)

    def _piece(self) -> bytes:
        if self._next is None:
            return b""
        sealed, behind = self._next, self._file.read(PIECE + _TAG)
        try:
            piece = self._cipher.decrypt(_nonce(self._number, last=not behind), sealed, None)
        except InvalidTag:
            raise Damaged from None
        self._number += 1
        self._next = behind or None
        return piece
