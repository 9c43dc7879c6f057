"""A ZIP file that is the same wherever it is made, and there whole or not at all."""

from __future__ import annotations

import errno
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.bundle.zipping import is_safe, write_zip

AT = datetime(2027, 4, 1, 9, 58, 31, tzinfo=UTC)


def test_the_same_bytes(tmp_path: Path) -> None:
    """In whatever order the files come; a file on disk counts like bytes in memory."""
    (tmp_path / "file").write_bytes(b"b" * 10)
    write_zip(tmp_path / "1.zip", {"b": b"b" * 10, "a": b"a"}, AT, lambda _: None)
    write_zip(tmp_path / "2.zip", {"a": b"a", "b": tmp_path / "file"}, AT, lambda _: None)

    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    with ZipFile(tmp_path / "1.zip") as archive:
        assert [(i.filename, i.date_time) for i in archive.infolist()] == [(n, (2027, 4, 1, 9, 58, 30)) for n in "ab"]
        assert archive.testzip() is None


class FullDisk:
    """A watcher under whom the disk fills up part-way."""

    def __call__(self, done: float) -> None:
        """Fill up half-way."""
        if done >= 0.5:
            raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_nothing_half(tmp_path: Path) -> None:
    """The file that lay there before is as it was, and none is left over."""
    (tmp_path / "a.zip").write_bytes(b"before")
    with pytest.raises(OSError, match="No space"):
        write_zip(tmp_path / "a.zip", {"a": b"a", "b": b"b"}, AT, FullDisk())

    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.zip", b"before")]


def test_a_file_that_vanishes_leaves_nothing_half(tmp_path: Path) -> None:
    """The same when something to be packed can't be read."""
    with pytest.raises(OSError, match="gone"):
        write_zip(tmp_path / "a.zip", {"a": b"a", "b": tmp_path / "gone"}, AT, lambda _: None)

    assert list(tmp_path.iterdir()) == []


def test_names() -> None:
    """None leads out of the folder it is unpacked into, or is none on some system."""
    assert is_safe("documents/報告.pdf")
    assert not any(map(is_safe, ["", "/a", "../a", "a//b", "a/./b", "a\\b", "a:b", "a\0"]))
