"""The recovery key: read off a paper and typed, and no mistyped one is taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.alphabet import ALPHABET
from bot.backup.recovery_key import KEY_FILE, NoKey, RecoveryKey, key_of, put_key


def test_it_is_read_as_people_type_it() -> None:
    """Small letters, full width, spaces or none instead of dashes, a line end: it is the same key."""
    key = RecoveryKey.make()
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in key.text)

    for typed in (key.text, key.text.lower(), key.text.replace("-", " "), key.text.replace("-", ""), f"{wide}\r\n"):
        assert RecoveryKey.read(typed) == key
    assert len(key.text.split("-")) == 7


def test_a_mistyped_sign_is_noticed() -> None:
    """Of all ways to mistype one sign, no more pass than chance lets: about one in a thousand."""
    key = RecoveryKey("23456789ABCDEFGHJKLMNPQRST")
    typed = key.text.replace("-", "")
    passed = 0
    for place, right in enumerate(typed):
        for wrong in set(ALPHABET) - {right}:
            try:
                RecoveryKey.read(typed[:place] + wrong + typed[place + 1 :])
            except NoKey:
                continue
            passed += 1

    assert passed <= 5


@pytest.mark.parametrize("typed", ["", "2345", "お願いします", "0" * 28, "A" * 27, "A" * 29])
def test_what_is_none(typed: str) -> None:
    """Too short, too long, other signs: no key."""
    with pytest.raises(NoKey):
        RecoveryKey.read(typed)


def test_a_home_has_one(tmp_path: Path) -> None:
    """Made when first asked for, the same ever after, for its owner alone; a damaged one is not replaced in silence."""
    key = key_of(tmp_path)

    assert key_of(tmp_path) == key
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o077 == 0
    for damage in (b"", b"\xff\xfe", b"2345-2345\n"):
        (tmp_path / KEY_FILE).write_bytes(damage)
        with pytest.raises(NoKey):
            key_of(tmp_path)
    put_key(tmp_path, new := RecoveryKey.make())
    assert key_of(tmp_path) == new
    assert [path.name for path in (tmp_path / KEY_FILE).parent.iterdir()] == [KEY_FILE.name]
