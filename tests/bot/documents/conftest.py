"""What the documents' tests share: sources of a whole played incident, and of one under way; and reading pages back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from bot.documents.source import Source
from flows.record.journal import FACILITY
from tests.bot.documents import drills_played
from tests.bot.documents.sources import PlayedYear, source_of
from tests.clinic import Clinic, Played, open_clinic


@pytest.fixture
def whole(played: Played) -> Source:
    """The ransomware story, closed and sealed."""
    return source_of(played.clinic, played.run.id)


@pytest.fixture
def house(played: Played) -> Source:
    """The facility of that story."""
    return source_of(played.clinic, FACILITY)


@pytest.fixture
async def begun(clinic: Clinic) -> Any:
    """An incident that has just begun: somebody has seen strange English on the screen, nothing else is known."""
    return await clinic.incident()


@pytest.fixture(scope="session")
def played_year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlayedYear]:
    """A year of drills; it is only looked at, never changed."""
    clinic = open_clinic(tmp_path_factory.mktemp("year"))
    yield PlayedYear(clinic, *asyncio.run(drills_played.year(clinic)))
    clinic.home.close()
