"""Documents in the chat: what is offered, and the file that goes out."""

from __future__ import annotations

from bot.documents.orders import made
from bot.screens.renderer import Renderer
from bot.screens.runs.report import order
from bot.screens.scene import SceneOf
from flows.commands.drilling import BeginExercise
from flows.commands.people import CallOff
from flows.messages.reporting import Document, ReportForms, ReportKinds
from flows.record.journal import Owed
from tests.clinic import Clinic


def scene(clinic: Clinic, run: str, document: Document) -> SceneOf[Document]:
    """Set the scene of a document owed to the director."""
    here = Renderer(clinic.engine).look(clinic.id("director"), clinic.clock.now(), run)
    return SceneOf(here.reader, run, here.run, here.context, here.words, here.engine, document)


async def test_the_file_is_of_the_moment_it_was_asked_for(clinic: Clinic) -> None:
    """However late it is made, nothing later is in it, and its name says as of when."""
    run = await clinic.incident()
    until = clinic.home.journal.head().seq
    file = order(scene(clinic, run.id, Document("timeline", "html", until)))
    await clinic.says("nurse", "あとから来たメモです")
    content = made(clinic.home, file)

    assert file.name == f"{run.id}-timeline-{until}.html"
    assert "あとから来たメモ" not in content.decode()


async def test_the_picture_is_a_png(clinic: Clinic) -> None:
    """The timeline's picture can be had by itself."""
    run = await clinic.incident()
    until = clinic.home.journal.head().seq
    file = order(scene(clinic, run.id, Document("picture", "png", until)))
    content = made(clinic.home, file)

    assert file.name.endswith(".png")
    assert content.startswith(b"\x89PNG")


async def test_a_drill_says_so_beside_its_documents(clinic: Clinic) -> None:
    """What is offered and what is sent of a drill begins with its banner, in both forms of a file."""
    run = await clinic.drill()
    until = clinic.home.journal.head().seq
    timeline, picture = Document("timeline", "pdf", until), Document("picture", "png", until)
    for message in (ReportKinds(), ReportForms("timeline"), timeline, picture):
        owed = Owed(clinic.id("director"), message, run.id)
        screen = Renderer(clinic.engine).render(owed, clinic.id("director"), clinic.clock.now())
        assert screen.text.startswith("【訓練】")
        assert (screen.document is not None, screen.chart is not None) == (message == timeline, message == picture)


async def test_ended_runs_are_offered_after_open_ones(clinic: Clinic) -> None:
    """Each run by its name, and the facility at the end."""
    await clinic.incident()
    await clinic.says("director", "/report")
    shown = clinic.of("director")[-1]

    assert "ランサムウェア" in shown
    assert "施設（壁に貼る紙など）" in shown


async def test_a_drill_offers_its_record(clinic: Clinic) -> None:
    """Beside a run's documents; an incident has none."""
    clinic.orders(BeginExercise("", "quiz"))
    drill = clinic.run().id
    clinic.orders(CallOff(drill, "おわり"))
    incident = await clinic.incident()
    offered = [
        [
            button.label
            for row in Renderer(clinic.engine).render(owed, owed.to, clinic.clock.now()).rows
            for button in row
        ]
        for owed in (Owed(clinic.id("director"), ReportKinds(), run) for run in (drill, incident.id))
    ]

    assert ["訓練の記録" in labels for labels in offered] == [True, False]
