"""The playbooks that come along, read once for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.handbook import OWN_EXPLANATIONS, read_handbook
from bot.library import catalogue_of
from bot.settings import Settings
from flows.handbook import Handbook
from playbooks.authoring.folders import OWN
from playbooks.catalogue import Catalogue
from playbooks.drills.reading import OWN as OWN_DRILLS
from playbooks.problems import Problem


@cache
def shipped_catalogue() -> Catalogue:
    """Read what comes along, checked as every home checks it."""
    return catalogue_of()


@pytest.fixture(scope="session", autouse=True)
def what_comes_along_is_read_once() -> Iterator[None]:
    """Looking through the files of the library takes a moment; here, where a home is opened for each test, it is done once.

    A home with files of its own reads everything, as always.
    """
    read, shipped = Catalogue.load, shipped_catalogue()
    books: dict[str, tuple[Handbook, list[Problem]]] = {}

    def handbook(home: Path, settings: Settings) -> tuple[Handbook, list[Problem]]:
        folders = (home / name for name in (OWN, OWN_DRILLS, OWN_EXPLANATIONS))
        if any(folder.is_dir() and any(folder.iterdir()) for folder in folders):
            return read_handbook(home, settings)
        if repr(settings) not in books:
            books[repr(settings)] = read_handbook(home, settings)
        book, problems = books[repr(settings)]
        return book, list(problems)

    def load(*folders: Path, roles: frozenset[str] | None = None, contacts: frozenset[str] | None = None) -> Catalogue:
        own = any(path.suffix == ".yaml" for folder in folders for path in folder.rglob("*"))
        return read(*folders, roles=roles, contacts=contacts) if own else shipped

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Catalogue, "load", load)
        patch.setattr("bot.home.read_handbook", handbook)
        yield
