"""The documents' desk: what about, which, in which form, by buttons; for the director and the deputies alone."""

from __future__ import annotations

import pytest

from bot.screens.buttons import data_of
from bot.screens.requests.reports import ShowForms, ShowPapers, TakePaper, TakePicture
from flows.record.journal import FACILITY
from tests.clinic import Clinic


async def test_choosing_step_by_step(clinic: Clinic) -> None:
    """A run, a document, a form: then the file comes, as of this entry."""
    run = await clinic.incident()
    assert "何についての書類" in await clinic.says("director", "/report")
    await clinic.does("director", button=data_of(ShowPapers(run.id)))
    assert "時系列記録" in clinic.of("director")[-1]
    assert "PDF" in await clinic.does("director", button=data_of(ShowForms(run.id, "timeline")))

    shown = await clinic.does("director", button=data_of(TakePaper(run.id, "timeline", "html")))
    assert "📄 時系列記録" in shown
    assert f"📎 {run.id}-timeline-" in shown
    assert f"📎 {run.id}-picture-" in await clinic.does("director", button=data_of(TakePicture(run.id)))


@pytest.mark.parametrize(
    "words",
    [
        ("nowhere",),
        ("incident-1", "print_pack"),
        (FACILITY, "timeline"),
        ("incident-1", "timeline", "exe"),
        (FACILITY, "picture", "png"),
        ("incident-1", "timeline", "pdf", "more"),
    ],
)
async def test_what_was_never_offered(clinic: Clinic, words: tuple[str, ...]) -> None:
    """A made-up button, or one of another subject's document, makes nothing."""
    await clinic.incident()
    shown = await clinic.does("director", button="|".join(["menu", "report", *words]))

    assert "📄" not in shown


async def test_documents_are_for_those_who_answer_for_them(clinic: Clinic) -> None:
    """Reception is told who may have them made."""
    await clinic.incident()

    assert "院長" in await clinic.says("reception", "/report")
    assert "何についての書類" in await clinic.says("deputy", "/report")


async def test_papers_for_the_wall(clinic: Clinic) -> None:
    """The morning message asks for them with one tap; the PDF comes, and they count as made."""
    clinic.clock.advance(days=14)
    await clinic.passes(15)
    assert "壁に貼る紙" in next(text for text in reversed(clinic.of("director")) if text.startswith("🗓"))

    button = data_of(TakePaper(FACILITY, "print_pack", "pdf"))
    shown = await clinic.does("director", button=button)
    assert f"📎 {FACILITY}-print_pack-" in shown
    assert clinic.home.engine.house.wall.made_at == clinic.clock.now()
