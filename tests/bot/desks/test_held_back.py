"""What was held back goes on once its sender has said where it belongs, and only then."""

from __future__ import annotations

from tests.clinic import Clinic


async def asked(clinic: Clinic) -> int:
    """Let the nurse write something that may be a report; gives the turn of the question."""
    await clinic.says("nurse", "注文した箱が届きました")
    return max(turn for turn, q in clinic.engine.house.asked.items() if q.what == "report_or_not")


async def test_only_its_sender_says_what_it_is(clinic: Clinic) -> None:
    """Somebody else's tap on a copied button changes nothing."""
    turn = await asked(clinic)
    await clinic.does("reception", button=f"menu|pick|{turn}|yes")
    assert clinic.engine.runs() == []

    await clinic.does("nurse", button=f"menu|pick|{turn}|yes")
    assert [run.text for run in clinic.engine.runs()] == ["注文した箱が届きました"]


async def test_what_was_said_twice_counts_once(clinic: Clinic) -> None:
    """Two taps on the same button open one incident."""
    turn = await asked(clinic)
    for _ in range(2):
        await clinic.does("nurse", button=f"menu|pick|{turn}|yes")

    assert len(clinic.engine.runs()) == 1
