"""The playbooks that come along, read once for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from playbooks.catalogue import Catalogue


@pytest.fixture(scope="session", autouse=True)
def what_comes_along_is_read_once() -> Iterator[None]:
    """Reading the library takes a second; here, where a home is opened for each test, it is done once.

    A home with playbooks of its own reads everything, as always.
    """
    read = Catalogue.load

    @cache
    def library(roles: frozenset[str] | None, contacts: frozenset[str] | None) -> Catalogue:
        return read(roles=roles, contacts=contacts)

    def load(*folders: Path, roles: frozenset[str] | None = None, contacts: frozenset[str] | None = None) -> Catalogue:
        own = any(path.suffix == ".yaml" for folder in folders for path in folder.rglob("*"))
        return read(*folders, roles=roles, contacts=contacts) if own else library(roles, contacts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Catalogue, "load", load)
        yield
