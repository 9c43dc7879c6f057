"""The encrypted stream: what is read is what was written, and no altered or cut file gives its end."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.backup.cipher import PIECE, Damaged, Header, Newer, NotOurs, Opening, Sealing, WrongKey
from bot.backup.recovery_key import RecoveryKey

KEY = RecoveryKey("23456789ABCDEFGHJKLMNPQRST")
AT = "2027-04-01T00:00:00+00:00"


def sealed(content: bytes, key: RecoveryKey = KEY) -> bytes:
    """Encrypt a content."""
    file = io.BytesIO()
    sealing = Sealing(file, key, AT)
    for at in range(0, len(content), 10_007):
        sealing.write(content[at : at + 10_007])
    sealing.finish()
    return file.getvalue()


def opened(file: bytes, key: RecoveryKey = KEY) -> bytes:
    """Decrypt a file."""
    return Opening(io.BytesIO(file), key).readall()


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5])
def test_what_goes_in_comes_out(length: int) -> None:
    """Whatever the length; the same content never looks the same twice, and nothing of it stands there in the clear."""
    content = b"0123456789abcdef" * (length // 16 + 1)
    content = content[:length]

    assert opened(sealed(content)) == content
    assert sealed(content) != sealed(content)
    assert length < 16 or b"0123456789abcdef" not in sealed(content)


@given(place=st.integers(0), bit=st.integers(0, 7))
def test_any_flipped_bit_is_noticed(place: int, bit: int) -> None:
    """In the header, in a piece, in its tag."""
    file = bytearray(sealed(b"x" * (PIECE + 100)))
    file[place % len(file)] ^= 1 << bit

    with pytest.raises((Damaged, NotOurs, Newer, WrongKey)):
        opened(bytes(file))


@given(length=st.integers(0))
def test_any_cut_is_noticed(length: int) -> None:
    """Also at the end of a piece, and of the whole last piece."""
    file = sealed(b"x" * (2 * PIECE + 100))
    ends = len(Header.make(KEY, AT).line) + 2 * (PIECE + 16)

    for cut in (length % len(file), ends, len(file) - 1):
        with pytest.raises((Damaged, NotOurs)):
            opened(file[:cut])


def test_pieces_in_another_order() -> None:
    """Swapped, doubled or from another file under the same key: noticed."""
    content = b"a" * PIECE + b"b" * PIECE + b"c"
    file, other = sealed(content), sealed(content)
    head, piece = len(Header.make(KEY, AT).line), PIECE + 16
    first, second, rest = file[head : head + piece], file[head + piece : head + 2 * piece], file[head + 2 * piece :]

    for made in (
        second + first + rest,
        first + first + second + rest,
        first + other[head + piece : head + 2 * piece] + rest,
    ):
        with pytest.raises(Damaged):
            opened(file[:head] + made)


def test_which_key_is_wanted() -> None:
    """Another key is refused by its name before anything is read."""
    with pytest.raises(WrongKey) as wrong:
        opened(sealed(b"x"), RecoveryKey.make())

    assert wrong.value.wanted == KEY.fingerprint


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"", NotOurs),
        (b"PK\x03\x04", NotOurs),
        (b"tomoshibi backup x\n{}\n", NotOurs),
        (b"tomoshibi backup 2\n{}\n", Newer),
        (b"tomoshibi backup 1\n", Damaged),
        (b"tomoshibi backup 1\n[]\n", Damaged),
        (b"tomoshibi backup 1\n" + b"[" * 5000 + b"\n", Damaged),
        (b"tomoshibi backup 1\n\xff\n", Damaged),
    ],
)
def test_what_is_no_backup(file: bytes, why: type[Exception]) -> None:
    """Other files, those of a newer version, and headers that say nothing."""
    with pytest.raises(why):
        Opening(io.BytesIO(file), KEY)
