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


async def test_what_moves_by_itself_is_surely_trouble(clinic: Clinic) -> None:
    """A printer at which nobody is, a pointer that nobody moves: no answer is waited for long; a door that opens is a door."""
    likely = likely_among(clinic.engine.handbook.playbooks)

    for text in (
        "カードリーダーが勝手に印刷されてます",
        "誰もさわっていないのにプリンターから紙が出てくる",
        "複合機から知らない紙がどんどん出てくる",
        "printer prints by itself",
    ):
        assert likely(text).sure, text
    for text in ("自動ドアが勝手に開く", "プリンターの紙づまりです", "カードが1枚読めません"):
        assert not likely(text).sure, text
