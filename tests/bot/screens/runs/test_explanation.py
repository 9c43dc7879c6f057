"""The texts for patients in the chat: draft, approval, use."""

from __future__ import annotations

from flows.commands.people import LearnFacts
from tests.clinic import Clinic


async def test_the_way_of_a_poster(clinic: Clinic) -> None:
    """Choose, read, approve, use: each is a tap, and the log holds the words."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    assert "受付の貼り紙" in await clinic.says("director", "/explain")

    draft = await clinic.says("director", "[受付の貼り紙]")
    assert "下書き" in draft
    assert "まだわからないこと" in draft
    await clinic.says("director", "[この文を承認する]")
    assert "この文を使えます" in clinic.read("reception")

    await clinic.says("reception", "[使った]")
    assert "使ったことを記録しました" in await clinic.says("reception", "受付に掲示、9時から")
    assert len(clinic.entries("explanation_used")) == 1


async def test_reception_reads_but_does_not_approve(clinic: Clinic) -> None:
    """Reception sees the draft without the button, and what is to happen before it is used."""
    await clinic.incident()
    await clinic.says("reception", "/explain")

    draft = await clinic.says("reception", "[電話の答え方]")

    assert "院長か代行者が承認すると使えます" in draft
    assert "この文を承認する" not in draft


async def test_a_text_that_changed_under_the_finger_is_read_again(clinic: Clinic) -> None:
    """Between reading and tapping more became known: the tap approves nothing."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("director", "/explain")
    await clinic.says("director", "[受付の貼り紙]")
    clinic.orders(LearnFacts(clinic.run().id, {"leak": "confirmed"}))

    said = await clinic.says("director", "[この文を承認する]")

    assert "/explain でもう一度読んでください" in said
    assert clinic.entries("explanation_approved") == []
