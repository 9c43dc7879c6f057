"""The front desk: every word finds its desk, and what nobody knows gets the list of what there is."""

from __future__ import annotations

import pytest

from bot.hearing.front_desk import _all
from flows.deeds import Deed
from tests.clinic import Clinic


@pytest.mark.parametrize("line", ["/help", "/start", "／start", "／ｓｔａｒｔ", "start", "Start", "/unknown", "/"])
async def test_whatever_is_asked_there_is_an_answer(clinic: Clinic, line: str) -> None:
    """Help says what there is; a command that nobody knows gets the same."""
    shown = await clinic.says("nurse", line)

    assert "/status" in shown
    assert "/invite" not in shown


async def test_those_who_decide_see_more(clinic: Clinic) -> None:
    """Inviting and the list of people are theirs."""
    shown = await clinic.says("deputy", "/help")

    assert "/invite" in shown
    assert "/people" in shown


def test_a_word_belongs_to_one_desk() -> None:
    """Two desks that claim the same word are found when the bot starts, not by a person who taps."""
    with pytest.raises(ValueError, match="/status"):
        _all({"/status": lambda _: Deed()}, {"/status": lambda _: Deed()})
