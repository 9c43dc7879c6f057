"""Offering the approval of a document."""

from __future__ import annotations

from bot.documents.forms.forms import form_of
from bot.documents.source import Source
from bot.screens.renderer import Renderer
from bot.screens.runs.paper import approve_button
from bot.screens.scene import Scene
from flows.commands.papers import ApproveDocument
from flows.state.run import Run
from tests.clinic import Clinic


def scene_of(clinic: Clinic, run: Run, reader: str) -> Scene:
    """Make the scene of a screen for somebody."""
    return Renderer(clinic.engine).look(clinic.id(reader), clinic.clock.now(), run.id)


async def test_only_the_chain_is_offered_it(clinic: Clinic) -> None:
    """The director sees the button while the form is a draft; reception never, and nobody once it is approved."""
    run = await clinic.incident()
    source = Source.of(clinic.engine, run.id, "ja")
    offered = {who: approve_button(scene_of(clinic, run, who), source, "mhlw") for who in ("director", "reception")}
    clinic.orders(ApproveDocument(run.id, "mhlw", "ja", form_of("mhlw", source).sha256, source.seq))
    later = Source.of(clinic.engine, run.id, "ja")

    assert offered["director"] is not None
    assert offered["reception"] is None
    assert approve_button(scene_of(clinic, run, "director"), later, "mhlw") is None
    assert approve_button(scene_of(clinic, run, "director"), later, "patient_notice") is None
