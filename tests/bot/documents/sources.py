"""What documents are made from in tests: played runs and a played year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO

from pypdf import PdfReader

from bot.documents.source import Source
from flows.commands.people import LearnFacts
from flows.commands.reporting import FileReport
from flows.record.journal import FACILITY
from flows.state.run import Looked, Run
from playbooks.texts import Language
from tests.clinic import Clinic


def source_of(clinic: Clinic, run: str, language: Language = "ja", until: int | None = None) -> Source:
    """Give the source of a run's documents; whatever people wrote was looked at and may go out."""
    source = Source.of(clinic.engine, run, language, until)
    return replace(source, decided={entry.turn: Looked(keep=True) for entry in source.entries})


def source_of_year(clinic: Clinic, year: int = 2027, language: Language = "ja", until: int | None = None) -> Source:
    """Give the source of a fiscal year's documents."""
    return Source.of(clinic.engine, FACILITY, language, until, year)


def text_of(pdf: bytes) -> str:
    """Give all text of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def learns(clinic: Clinic, run: Run, **facts: str) -> None:
    """Let the director learn facts."""
    clinic.orders(LearnFacts(run.id, facts))


def files(clinic: Clinic, run: Run, duty: str, receipt: str = "受付 123") -> None:
    """Let the director file a report."""
    clinic.orders(FileReport(run.id, duty, receipt))


@dataclass(frozen=True)
class PlayedYear:
    """Fiscal 2027 as it was played: the clinic, and the runs of its drills by what they were."""

    clinic: Clinic
    first: str
    contact: str
    quiz: str
    again: str
    last: str
