"""The letter to those whose My Number is concerned."""

from __future__ import annotations

from bot.documents.forms.forms import form_of
from bot.documents.forms.my_number_notice import my_number_notice
from flows.commands.papers import ApproveDocument
from flows.state.run import Run
from tests.bot.documents.sources import learns, source_of
from tests.clinic import Clinic


async def test_it_is_to_staff_on_their_data_alone(clinic: Clinic, begun: Run) -> None:
    """It names the My Number and the law, and no patient; in English, too."""
    learns(clinic, begun, my_number="yes", leak="confirmed", sensitive="yes", persons="900")
    letter, english = (my_number_notice(source_of(clinic, begun.id, to)).sections[0].text for to in ("ja", "en"))

    assert "番号法29条の4第2項" in letter
    assert "職員のマイナンバー" in letter
    assert "患者" not in letter
    assert "My Number act" in english
    assert "patient" not in english


async def test_nobody_stands_behind_a_letter_with_a_hole(clinic: Clinic, begun: Run) -> None:
    """Without a number to ask at it can't be approved; its day is entered by hand, so tomorrow it is approved still."""
    learns(clinic, begun, my_number="yes", leak="confirmed")
    assert my_number_notice(source_of(clinic, begun.id)).has_hole

    clinic.registers(telephone="03-1234-5678")
    form = my_number_notice(source_of(clinic, begun.id))
    clinic.orders(ApproveDocument(begun.id, "my_number_notice", "ja", form.sha256, 1))
    await clinic.passes(60 * 30)

    assert not form.has_hole
    assert not form_of("my_number_notice", source_of(clinic, begun.id)).draft
