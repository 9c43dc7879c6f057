"""The texts for patients in the chat: draft, approval, use."""

from __future__ import annotations

from flows.commands.people import LearnFacts
from tests.clinic import Clinic


async def test_the_way_of_a_poster(clinic: Clinic) -> None:
    """Choose, read, fill what is missing, approve, use: nothing with a hole is approved, and the log holds the words."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    assert "受付の貼り紙" in await clinic.says("director", "/explain")

    draft = await clinic.says("director", "[受付の貼り紙]")
    assert "下書き" in draft
    assert "まだわからないこと" in draft
    assert "患者さんがかける電話番号を送ってください" in await clinic.says("director", "[この文を承認する]")
    assert clinic.entries("explanation_approved") == []
    assert "03-3210-0001" in await clinic.says("director", "０３−３２１０−０００１")
    await clinic.says("director", "[この文を承認する]")
    assert "この文を使えます" in clinic.read("reception")
    assert "03-3210-0001" in clinic.entries("explanation_approved")[0].body

    await clinic.says("reception", "[使った]")
    assert "使ったことを記録しました" in await clinic.says("reception", "受付に掲示、9時から")
    assert len(clinic.entries("explanation_used")) == 1


async def test_words_that_are_no_number_fill_no_hole(clinic: Clinic) -> None:
    """Asked where patients may call, 「受付です」 is kept as a note and asked about once more; nothing is approved."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("director", "/explain")
    await clinic.says("director", "[受付の貼り紙]")
    await clinic.says("director", "[この文を承認する]")

    assert "電話番号として読めませんでした" in await clinic.says("director", "受付です")
    assert clinic.run().where_to_ask == ""
    assert clinic.entries("explanation_approved") == []


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
    await clinic.says("director", "[手紙]")
    clinic.orders(LearnFacts(clinic.run().id, {"leak": "confirmed"}))

    said = await clinic.says("director", "[この文を承認する]")

    assert "/explain でもう一度読んでください" in said
    assert clinic.entries("explanation_approved") == []
