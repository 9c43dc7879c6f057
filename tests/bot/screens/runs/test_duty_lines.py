"""A report in one line, and the few that the board shows."""

from __future__ import annotations

from datetime import timedelta

from tests.clinic import Clinic


async def test_the_board_shows_the_nearest_days_and_counts_the_rest(clinic: Clinic) -> None:
    """Two reports with the nearest legal day stand on the board; the others are a number behind /duties."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.passes(60)  # until then papers wait behind the gate

    board = (await clinic.says("director", "/status")).split("[")[0]

    assert board.count("📋") == 3
    assert "個人情報保護委員会 速報" in board
    assert "/duties" in board


async def test_what_is_overdue_says_so(clinic: Clinic) -> None:
    """After the last day the line carries a warning."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    clinic.clock.set(clinic.clock.now() + timedelta(days=6))

    await clinic.says("director", "/status")

    assert "⚠️期限を過ぎています" in clinic.read("director")
