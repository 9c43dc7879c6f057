"""Alter a home and its bundle, kind after kind, and count what is found."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from bot.bundle.verification import verify_bundle
from bot.bundle.verifiers.verify import verified
from bot.store.verifying import verify_home
from flows.commands.facility import ChangeMember
from flows.commands.people import Write
from tests.alterations import BEYOND_BUNDLE, BEYOND_HOME, IN_BUNDLE, IN_HOME, Tried, seeds, tried_in_home
from tests.bundles import made, small_home, unpacked

Came = dict[str, Tried]


class Subject:
    """A home with a sealed incident, a member who was renamed, and notes after the seal; and its bundle for the police."""

    def __init__(self, room: Path) -> None:
        """``room`` is an empty folder, in which copies come and go."""
        self.room = room
        clinic = small_home(room / "subject")
        clinic.orders(ChangeMember("facility", clinic.id("nurse"), {"name": "鈴木 花"}), "director")
        for number in range(4):
            clinic.orders(Write("incident-1", f"あとから書いたこと {number}"), "nurse")
        made(clinic, room / "bundle.zip")
        clinic.home.close()
        self.home, self.files = clinic.home.path, unpacked(room / "bundle.zip")

    def homes(self, count: int, first: int, kinds: Mapping[str, Any]) -> Came:
        """Alter the home so often, and verify each copy."""
        came: Came = defaultdict(Tried)
        for name, seed in seeds(count, first, kinds):
            copy = tried_in_home(kinds[name], self.home, self.room, seed)
            came[name].note(seed, found=bool(verify_home(copy).findings))
            shutil.rmtree(copy)
        return came

    def bundles(self, count: int, first: int, kinds: Mapping[str, Any]) -> Came:
        """Alter the bundle so often; it is found if both the library and the script that lies in it find something."""
        came: Came = defaultdict(Tried)
        path = self.room / "altered.zip"
        for name, seed in seeds(count, first, kinds):
            path.write_bytes(kinds[name](self.files, Random(seed)))
            came[name].note(seed, found=bool(verify_bundle(path).report.findings) and bool(verified(path)[1]))
        return came


def tried(count: int, first: int = 1) -> tuple[Came, Came]:
    """Try so many alterations, half of them in the home: what has to be found, and what can't be (a tenth as often)."""
    with TemporaryDirectory() as folder:
        subject = Subject(Path(folder))
        half, few = count // 2, max(32, count // 20)
        findable = subject.homes(half, first, IN_HOME) | subject.bundles(count - half, first, IN_BUNDLE)
        beyond = subject.homes(few, first, BEYOND_HOME) | subject.bundles(few, first, BEYOND_BUNDLE)
    return findable, beyond
