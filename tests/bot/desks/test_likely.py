"""What a text may be about."""

from __future__ import annotations

from bot.desks.likely import likely_among
from tests.clinic import Clinic


async def test_a_short_list(clinic: Clinic) -> None:
    """Whatever a text may mean, at most three playbooks are offered; everyday talk means none and is never sure."""
    likely = likely_among(clinic.engine.handbook.playbooks)
    many = likely("電子カルテが動かない、画面に英語が出てる")

    assert {"ransomware", "ehr_outage"} <= set(many.playbooks)
    assert len(many.playbooks) <= 3
    assert likely("おはようございます").playbooks == ()
    assert not likely("おはようございます").sure
