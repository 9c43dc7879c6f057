"""What lies in a backup, and names that must never leave the folder they are unpacked in."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.backup.archive import MANIFEST, files_of, is_safe, members
from bot.backup.cipher import Damaged, NotOurs, Sealing
from bot.backup.recovery_key import RecoveryKey
from bot.backup.restoring import unpack
from tests.clinic import Clinic

KEY = RecoveryKey("23456789ABCDEFGHJKLMNPQRST")


def packed(*fill: Callable[[tarfile.TarFile], None], manifest: bool = True) -> bytes:
    """Make a backup whose inside somebody with the key has made up."""
    file = io.BytesIO()
    sealing = Sealing(file, KEY, "2027-04-01T00:00:00+00:00")
    with tarfile.open(fileobj=sealing, mode="w|") as tar:
        if manifest:
            tar.addfile(named(MANIFEST, 2), io.BytesIO(b"{}"))
        for add in fill:
            add(tar)
    sealing.finish()
    return file.getvalue()


def named(name: str, size: int = 0, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    """Make the head of a member."""
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info


def read(file: bytes) -> list[str]:
    """Read the names of all members."""
    return [name for name, _ in members(io.BytesIO(file), KEY)]


@pytest.mark.parametrize(
    "name",
    [
        *("../x", "a/../../x", "/etc/x", "a//b", "./x", "a/.", "..", "", "a/", "C:/x", "a\\..\\x", "a\nb", "a\0b"),
        *("con.", "a ", "a?b", "\u202ex"),
    ],
)
def test_a_name_that_leads_elsewhere(name: str, tmp_path: Path) -> None:
    """It is refused as damage, and nothing is written outside."""
    assert not is_safe(name)
    if name and "\0" not in name and not name.endswith("/"):
        (tmp_path / "b").write_bytes(packed(lambda tar: tar.addfile(named(name))))
        with pytest.raises(Damaged):
            unpack(tmp_path / "b", KEY, tmp_path / "in" / "deep")
        assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"b"}


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_what_is_no_file(kind: bytes) -> None:
    """Links, folders, pipes and devices are never made."""
    with pytest.raises(Damaged):
        read(packed(lambda tar: tar.addfile(named("x", kind=kind))))


def test_one_name_twice() -> None:
    """Also where only the case differs, which is one file on many disks."""
    with pytest.raises(Damaged):
        read(packed(lambda tar: tar.addfile(named("keys/a")), lambda tar: tar.addfile(named("keys/A"))))


def test_a_tar_that_says_nothing() -> None:
    """Without a manifest it is no backup."""
    with pytest.raises(NotOurs):
        read(packed(lambda tar: tar.addfile(named("journal.db")), manifest=False))


def test_all_of_a_home_but_this_start(clinic: Clinic, tmp_path: Path) -> None:
    """Keys, settings, own playbooks, evidence, set aside; no locks, no log, nothing half written, no backups, no links."""
    home = clinic.home.path
    for name in ("evidence/ab/abc", "photos/cd/cde", "set-aside/x/journal.db", "received/a.pdf", "playbooks/own.yaml"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("x")
    for name in ("running.lock", "backup.lock", "evidence/ab/new.part", "backups/old.backup", ".backup-1/journal.db"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("x")
    (home / "link").symlink_to(tmp_path)
    found = {path.as_posix() for path in files_of(home)}

    assert {name for name in found if not name.startswith("keys/")} == {
        *("evidence/ab/abc", "photos/cd/cde", "set-aside/x/journal.db", "received/a.pdf", "playbooks/own.yaml"),
        "settings.toml",
    }
    assert "keys/seal.pem" in found
