"""The playbooks that come along, read once for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.handbook import catalogue_of
from playbooks.catalogue import Catalogue


@cache
def shipped_catalogue() -> Catalogue:
    """Read what comes along, checked as every home checks it."""
    return catalogue_of()


@pytest.fixture(scope="session", autouse=True)
def what_comes_along_is_read_once() -> Iterator[None]:
    """Looking through the files of the library takes a moment; here, where a home is opened for each test, it is done once.

    A home with playbooks of its own reads everything, as always.
    """
    read, shipped = Catalogue.load, shipped_catalogue()

    def load(*folders: Path, roles: frozenset[str] | None = None, contacts: frozenset[str] | None = None) -> Catalogue:
        own = any(path.suffix == ".yaml" for folder in folders for path in folder.rglob("*"))
        return read(*folders, roles=roles, contacts=contacts) if own else shipped

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Catalogue, "load", load)
        yield
