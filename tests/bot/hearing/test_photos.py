"""Photos of an incident: whoever sends the first is asked once whether patients are to be seen."""

from __future__ import annotations

from bot.channels.channel import Attachment
from flows.commands.people import TellOfPhotos
from tests.clinic import Clinic

PHOTO = Attachment("photo", "file-1")


async def test_the_first_photo_of_an_incident_is_asked_about(clinic: Clinic) -> None:
    """Once, and of whoever sent it; what they say stands in the record, and they are told what to do."""
    run = await clinic.incident()
    shown = await clinic.does("nurse", attachment=PHOTO)
    assert "患者さんの顔" in shown
    assert "患者さんの顔" not in await clinic.does("nurse", attachment=PHOTO)
    assert "患者さんの顔" not in await clinic.does("reception", attachment=PHOTO)

    assert "撮り直して" in await clinic.says("nurse", "[写っている]")

    [said] = clinic.entries("photos_looked_at", run.id)
    assert '"patients":true' in said.body


async def test_nobody_else_answers_for_them(clinic: Clinic) -> None:
    """A photo's sender knows what is on it."""
    run = await clinic.incident()
    await clinic.does("nurse", attachment=PHOTO)
    [photo] = clinic.run().evidence

    await clinic.does("director", button=f"pho|{run.id}|{photo}|no")

    assert clinic.entries("photos_looked_at") == []
    assert TellOfPhotos(run.id, photo, "no").of == photo


async def test_a_drill_asks_nothing(clinic: Clinic) -> None:
    """What is photographed there is made up."""
    await clinic.drill()

    assert "患者さんの顔" not in await clinic.does("nurse", attachment=PHOTO)
