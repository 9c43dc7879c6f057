"""What was read once is remembered, and never anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbooks.remembering import folder, remembered
from playbooks.texts import Text

HELLO = Text(ja="灯", en="a light")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that belongs to one test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


class Maker:
    """Makes a text and counts how often."""

    def __init__(self, made: Text | None = HELLO) -> None:
        self.made, self.times = made, 0

    def __call__(self) -> Text | None:
        """Make it once more."""
        self.times += 1
        return self.made


def test_the_same_bytes_are_read_once() -> None:
    """The second start takes what the first one made; it is the same."""
    maker = Maker()

    assert [remembered(Text, [b"one", b"two"], maker) for _ in range(2)] == [HELLO, HELLO]
    assert maker.times == 1


@pytest.mark.parametrize("other", [[b"one", b"three"], [b"two", b"one"], [b"onetwo"], [b"one"]])
def test_other_bytes_are_read_anew(other: list[bytes]) -> None:
    """A changed, swapped, joined or missing file is another thing."""
    maker = Maker()
    remembered(Text, [b"one", b"two"], maker)
    remembered(Text, other, maker)

    assert maker.times == 2


def test_what_is_wrong_is_never_remembered() -> None:
    """A file with problems is read at every start, so that its problems are named at every start."""
    maker = Maker(None)

    assert [remembered(Text, [b"bad"], maker) for _ in range(2)] == [None, None]
    assert maker.times == 2


@pytest.mark.parametrize("damage", [b"", b"{", b'{"ja": "\xe7\x81\xaf"}', b'{"ja": "", "en": ""}'])
def test_a_damaged_memory_costs_time_and_nothing_else(damage: bytes) -> None:
    """Half a file, or one that somebody changed into nonsense, is made again."""
    maker = Maker()
    remembered(Text, [b"one"], maker)
    next(folder().iterdir()).write_bytes(damage)

    assert remembered(Text, [b"one"], maker) == HELLO
    assert maker.times == 2


def test_of_what_is_large_the_newest_stay() -> None:
    """A cache doesn't grow with each version of the program."""
    for number in range(5):
        remembered(Text, [bytes([number])], Maker(), most=2)

    maker = Maker()
    remembered(Text, [bytes([4])], maker, most=2)
    assert (len(list(folder().iterdir())), maker.times) == (2, 0)


def test_without_a_folder_it_works_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be written, everything is read at every start."""
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert remembered(Text, [b"one"], Maker()) == HELLO
