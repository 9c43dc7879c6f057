"""A made-up clinic for the tests of the bot: four people, a clock that is moved by hand, and what everybody saw."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from bot.demo.play import Play
from playbooks.catalogue import Catalogue
from tests.clinic import Played, Post, open_clinic


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


@pytest.fixture(autouse=True)
def log() -> Iterator[list[Any]]:
    """What was logged, as events; whatever a test configures is put back."""
    before = structlog.get_config()
    with capture_logs() as events:
        yield events
    structlog.configure(**before)


@pytest.fixture
async def clinic(tmp_path: Path) -> Any:
    """The clinic on a quiet morning: all have enrolled and read their welcome."""
    made = open_clinic(tmp_path)
    await made.stage.settle()
    made.seen.clear()
    yield made
    made.home.close()


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """The ransomware story; it is only looked at, never changed."""
    folder = tmp_path_factory.mktemp("played")
    clinic = open_clinic(folder)
    typed: list[tuple[str, str]] = []
    play = Play(clinic.cast, folder, lambda member, line: typed.append((member, line)))
    yield Played(clinic, asyncio.run(play.play("ransomware")), typed)
    clinic.home.close()


@pytest.fixture
def post() -> Post:
    """A channel called ``terminal`` that delivers to the test."""
    return Post()
