"""The loud signs of messages: each means one thing, as the table in docs/words.md says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.words.words import phrases
from playbooks.texts import LANGUAGES, Language
from tests.clinic import Clinic

TABLE = Path(__file__).parents[3] / "docs" / "words.md"

LOUD = {
    "🆘": r"danger.*",
    "🔥": r"danger\.fire(\.helped|\.gas)?",
    "🚨": r"alarm|louder_now|button\.(real_alarm|pick\.real)",
    "🔔": r"alarm|louder_now",
    "🔉": r"quieter_now",
    "‼": r"plea\.what\..+",
}
"""Where each may stand, as a pattern over keys."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_loud_sign_means_one_thing(language: Language) -> None:
    """It stands in the phrases of its meaning and in no other, and the table names it."""
    known, table = phrases(language), TABLE.read_text(encoding="utf-8")
    for sign, where in LOUD.items():
        keys = [key for key, text in known.items() if sign in text]
        assert keys, sign
        assert [key for key in keys if not re.fullmatch(where, key)] == [], sign
        assert f"| {sign}" in table


async def test_a_firm_matter_does_not_sound_urgent(clinic: Clinic) -> None:
    """A fax astray calls those who decide with a bell; only what calls everybody has the siren."""
    await clinic.says("reception", "FAXを違う人に送りました")
    await clinic.says("reception", "[違う人に送った・渡した、薬を間違えた]")

    assert "🔔 誤送信・渡し間違い" in clinic.read("director")
    assert "🚨" not in clinic.read("director")
