"""A made-up clinic for the tests of the bot: four people, a clock that is moved by hand, and what everybody saw."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from bot.demo.play import Play
from tests.clinic import Played, Post, open_clinic
from tests.library import what_comes_along_is_read_once

__all__ = ["what_comes_along_is_read_once"]


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
