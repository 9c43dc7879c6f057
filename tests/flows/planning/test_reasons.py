"""The reason of a date: part of the month or the holiday it comes before, and the time it uses, in both languages."""

from __future__ import annotations

from datetime import date, datetime

from flows.planning.reasons import AVOIDED, reason_by_hand, reason_for_newcomer, reason_of, reason_of_move, why
from flows.planning.workable import Slot
from playbooks.texts import Wording
from tests.flows.clinic import TOKYO

SLOT = Slot(datetime(2027, 4, 15, 8, 30, tzinfo=TOKYO), "meeting")


def said(facts: dict[str, str]) -> Wording:
    """Give the reason of the drill at the slot's time."""
    return why(facts, SLOT.at)


def test_the_reason_of_a_planned_date() -> None:
    """When, in which time of the week, and what was avoided."""
    assert said(reason_of(SLOT)).ja == f"4月の中ごろ。会議・朝礼の時間（木 8:30）。{AVOIDED.ja}"
    assert said(reason_of(SLOT)).en == f"Mid April, in the meeting time (Thu 8:30). {AVOIDED.en}"
    assert said(reason_of(SLOT, "obon")).ja.startswith("お盆の2週間前ごろ。")


def test_the_parts_of_a_month() -> None:
    """Beginning, middle and end."""
    days = [SLOT.at.replace(day=d) for d in (5, 11, 20, 21)]
    parts = [why(reason_of(Slot(at, "session")), at).en.split()[0] for at in days]

    assert parts == ["Early", "Mid", "Mid", "Late"]


def test_the_reason_of_a_move_names_the_limit() -> None:
    """Kept or, where nothing was left, passed."""
    assert "期限（04/30）までに使える" in said(reason_of_move(SLOT, date(2027, 4, 30))).ja
    assert "過ぎますが" in said(reason_of_move(SLOT, date(2027, 4, 1))).ja
    assert "after its limit" in said(reason_of_move(SLOT, date(2027, 4, 1))).en


def test_newcomers_and_days_chosen_by_hand() -> None:
    """Each says what it is."""
    assert "1か月以内" in said(reason_for_newcomer(SLOT, date(2027, 4, 30))).ja
    assert "later than a month" in said(reason_for_newcomer(SLOT, date(2027, 4, 1))).en
    assert "手で選んだ日" in said(reason_by_hand(SLOT)).ja


def test_what_is_kept_holds_no_words() -> None:
    """Keys, days and the names of occasions: whoever reads it reads it in their own language."""
    kept = [reason_of(SLOT, "obon"), reason_of_move(SLOT, date(2027, 4, 30)), reason_by_hand(SLOT)]

    assert all(value.isascii() and " " not in value for facts in kept for value in facts.values())


def test_an_older_entry_holds_words() -> None:
    """They are shown as they stand."""
    assert why({"ja": "手で選んだ日です。", "en": "Chosen by hand."}, SLOT.at).en == "Chosen by hand."
