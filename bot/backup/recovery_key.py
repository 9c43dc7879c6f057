"""The recovery key: what a backup is encrypted under, in signs that can be read off a paper and typed."""

from __future__ import annotations

import os
import secrets
import tempfile
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from bot.alphabet import ALPHABET
from playbooks.frozen import frozen

KEY_FILE = Path("keys", "recovery.key")
"""Where a home keeps its key: it has to try its own backups. Whoever can read it can read all that it protects."""

LENGTH = 26
"""32 ** 26 keys: 130 bits, so that no slow derivation is needed."""

CHECK = 2
"""Signs behind them that tell a typing mistake; one in 1,024 passes."""

GROUP = 4


class NoKey(Exception):
    """What was typed is no recovery key, or was mistyped."""


@frozen
class RecoveryKey:
    """A recovery key; ``signs`` are its signs without the check."""

    signs: str

    @classmethod
    def make(cls) -> RecoveryKey:
        """Make a new one from the system's source of chance."""
        return cls("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))

    @classmethod
    def read(cls, written: str) -> RecoveryKey:
        """Read what somebody typed or pasted: width, case, spaces and dashes don't matter; raises NoKey."""
        signs = "".join(sign for sign in normalize("NFKC", written).upper() if sign.isalnum())
        key = cls(signs[:LENGTH])
        if len(signs) != LENGTH + CHECK or not set(signs) <= set(ALPHABET) or signs[LENGTH:] != key.check:
            raise NoKey
        return key

    @property
    def check(self) -> str:
        """Give the signs that tell a typing mistake."""
        digest = sha256(b"tomoshibi recovery key, check\n" + self.signs.encode()).digest()
        return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:CHECK])

    @property
    def text(self) -> str:
        """Write it as it stands on paper: seven groups of four signs."""
        signs = self.signs + self.check
        return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))

    @property
    def fingerprint(self) -> str:
        """Give the short name by which a backup says under which key it is: 8 hexadecimal digits; it gives nothing away."""
        return sha256(b"tomoshibi recovery key, name\n" + self.signs.encode()).hexdigest()[:8]

    @property
    def secret(self) -> bytes:
        """Give what keys of single backups are derived from."""
        return self.signs.encode()


def key_of(home: Path) -> RecoveryKey:
    """Read the key of a home, or make it, readable by its owner alone; NoKey if it is damaged, OSError if it can't be read."""
    path = home / KEY_FILE
    if not path.exists():
        put_key(home, RecoveryKey.make())
    try:
        return RecoveryKey.read(path.read_text(encoding="ascii"))
    except UnicodeDecodeError:
        raise NoKey from None


def put_key(home: Path, key: RecoveryKey) -> None:
    """Keep a key in a home in the place of the one before; whole on disk or not at all."""
    path = home / KEY_FILE
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".recovery.")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key.text + "\n")
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
