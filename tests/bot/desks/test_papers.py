"""Approving a document in the chat."""

from __future__ import annotations

from bot.documents.forms.forms import form_of
from bot.documents.source import Source
from bot.screens.buttons import data_of
from bot.screens.requests.reports import ApprovePaper, TakePaper
from bot.words.explaining import MARK
from flows.commands.people import LearnFacts
from flows.state.run import Run
from tests.clinic import Clinic


def button(clinic: Clinic, run: Run, kind: str) -> str:
    """Make the button that approves a document as it reads now."""
    form = form_of(kind, Source.of(clinic.engine, run.id, "ja"))
    return data_of(ApprovePaper(run.id, kind, "ja", form.sha256[:MARK]))


async def test_the_director_approves_what_was_read(clinic: Clinic) -> None:
    """One tap; the record names the document, its digest and the entry as of which it was made."""
    run = await clinic.incident()
    head = clinic.engine.journal.head().seq
    said = await clinic.does("director", button=button(clinic, run, "ppc_preliminary"))

    assert "漏えい等報告書（速報）" in said
    assert "承認しました" in said
    assert clinic.run().documents["ppc_preliminary", "ja"].until == head


async def test_what_changed_meanwhile_is_read_again(clinic: Clinic) -> None:
    """Between reading and tapping more became known: the tap approves nothing."""
    run = await clinic.incident()
    tapped = button(clinic, run, "mhlw")
    clinic.orders(LearnFacts(run.id, {"persons": "40"}))

    assert "もう一度読んで" in await clinic.does("director", button=tapped)
    assert clinic.entries("document_approved") == []


async def test_nobody_else_approves(clinic: Clinic) -> None:
    """Reception can't, and what is no form or no run can't be approved at all."""
    run = await clinic.incident()
    await clinic.does("reception", button=button(clinic, run, "mhlw"))
    for words in (("incident-9", "mhlw", "ja", "0" * 8), (run.id, "patient_notice", "ja", "0" * 8), (run.id,)):
        await clinic.does("director", button="|".join(["menu", "approve_document", *words]))

    assert clinic.entries("document_approved") == []


async def test_the_button_comes_with_the_document(clinic: Clinic) -> None:
    """Whoever is handed a form as a file can approve it there; approved it is no draft any more."""
    run = await clinic.incident()
    await clinic.does("director", button=data_of(TakePaper(run.id, "vendor_request", "html")))

    assert "承認しました" in await clinic.says("director", "[この書類を承認する]")
    assert not form_of("vendor_request", Source.of(clinic.engine, run.id, "ja")).draft


async def test_a_drills_approval_says_so(clinic: Clinic) -> None:
    """What is approved in a drill can't be taken for something that goes out."""
    run = await clinic.drill()

    said = await clinic.does("director", button=button(clinic, run, "mhlw"))

    assert "【訓練】📄" in said
    assert "承認しました" in said
