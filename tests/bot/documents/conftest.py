"""What the documents' tests share: sources of a whole played incident, and of one under way; and reading pages back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from bot.documents.source import Source
from flows import commands as cmd
from flows.record.journal import FACILITY
from flows.state.run import Run
from playbooks.texts import Language
from tests.bot.conftest import Clinic, Played, open_clinic
from tests.bot.documents import drills_played


def source_of(clinic: Clinic, run: str, language: Language = "ja", until: int | None = None) -> Source:
    """Give the source of a run's documents."""
    return Source.of(clinic.engine, clinic.home.journal, run, language, until)


def source_of_year(clinic: Clinic, year: int = 2027, language: Language = "ja", until: int | None = None) -> Source:
    """Give the source of a fiscal year's documents."""
    return Source.of(clinic.engine, clinic.home.journal, FACILITY, language, until, year)


@pytest.fixture
def whole(played: Played) -> Source:
    """The ransomware story, closed and sealed."""
    return source_of(played.clinic, played.run.id)


@pytest.fixture
def house(played: Played) -> Source:
    """The facility of that story."""
    return source_of(played.clinic, FACILITY)


def text_of(pdf: bytes) -> str:
    """Give all text of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def learns(clinic: Clinic, run: Run, **facts: str) -> None:
    """Let the director learn facts."""
    clinic.orders(cmd.LearnFacts(run.id, facts))


def files(clinic: Clinic, run: Run, duty: str, receipt: str = "受付 123") -> None:
    """Let the director file a report."""
    clinic.orders(cmd.FileReport(run.id, duty, receipt))


@pytest.fixture
async def begun(clinic: Clinic) -> Any:
    """An incident that has just begun: somebody has seen strange English on the screen, nothing else is known."""
    return await clinic.incident()


@dataclass(frozen=True)
class PlayedYear:
    """Fiscal 2027 as it was played: the clinic, and the runs of its drills by what they were."""

    clinic: Clinic
    first: str
    contact: str
    quiz: str
    again: str
    last: str


@pytest.fixture(scope="session")
def played_year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlayedYear]:
    """A year of drills; it is only looked at, never changed."""
    clinic = open_clinic(tmp_path_factory.mktemp("year"))
    yield PlayedYear(clinic, *asyncio.run(drills_played.year(clinic)))
    clinic.home.close()
