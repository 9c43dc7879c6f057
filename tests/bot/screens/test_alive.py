"""Once a week whoever decides reads that the bot is alive, and notices when it isn't."""

from __future__ import annotations

from datetime import timedelta

from tests.clinic import Clinic


async def test_once_a_week(clinic: Clinic) -> None:
    """From the week after the home was made, on the first open day at nine: the last backup and how ready we are, in a line."""
    begun = clinic.clock.now()
    clinic.clock.advance(hours=1)
    for _ in range(15):
        clinic.clock.advance(days=1)
        await clinic.stage.lamp.tick()
        await clinic.stage.lamp.outbox.flush()
    lines = [line for line in clinic.read("director").splitlines() if line.startswith("💡")]

    assert clinic.clock.now() - begun >= timedelta(days=14)
    assert len(lines) == 2
    assert "バックアップはまだありません" in lines[0]
    assert "備えは100点のうち" in lines[0]
    assert "💡" not in clinic.read("deputy") + clinic.read("nurse")
