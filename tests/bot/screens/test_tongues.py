"""Whoever writes English is spoken to in English, though nobody entered it for them."""

from __future__ import annotations

from pathlib import Path

from playbooks.triage.speech import writes_english
from tests.clinic import open_clinic


async def test_who_writes_english_is_answered_in_english_until_they_write_japanese(tmp_path: Path) -> None:
    """In whatever is said to them; others read their own language, and whoever chose one is spoken to in that."""
    clinic = open_clinic(tmp_path, japanese=False)
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    shown = await clinic.says("nurse", "what do I tell the patients")
    assert "Our system is down" in shown
    assert "ただいま" not in shown
    await clinic.says("nurse", "can someone come to room 2")
    assert "質問です" in clinic.of("director")[-1]
    assert "ただいま" in await clinic.says("nurse", "患者さんに何て言えばいいですか")

    await clinic.says("nurse", "/language")
    await clinic.says("nurse", "日本語")
    assert "ただいま" in await clinic.says("nurse", "what do I tell the patients")
    clinic.home.close()


def test_what_a_screen_says_is_nobodys_english() -> None:
    """Nor is a name, a sign or one word."""
    copied = (
        "ALL YOUR FILES ARE ENCRYPTED",
        "Error code 0x80070005",
        "please restart your computer",
        "Windows Update",
        "thanks",
        "LAN",
    )
    assert [text for text in copied if writes_english(text)] == []
    assert all(
        map(writes_english, ("she fainted", "BP is dropping", "can someone come", "the screen shows English text"))
    )
