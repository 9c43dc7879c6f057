"""The reason of a drill's date, in both languages."""

from __future__ import annotations

from datetime import date

from contacts.labels import WEEKDAY
from contacts.shapes.hours import WEEKDAYS
from flows.planning.workable import Slot
from playbooks.texts import Text

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

HOLIDAYS = {
    "golden_week": Text(ja="ゴールデンウィーク", en="Golden Week"),
    "obon": Text(ja="お盆", en="Obon"),
    "year_end": Text(ja="年末年始", en="the turn of the year"),
}

_OCCASIONS = {
    "meeting": Text(ja="打合せの時間", en="in the meeting time"),
    "before_opening": Text(ja="開く前の時間", en="before opening"),
    "midday": Text(ja="昼の時間", en="at midday"),
    "session": Text(ja="開いている時間の合間", en="between two patients"),
}

AVOIDED = Text(
    ja="1〜10日、祝日とその翌日、長い休みの前後を避けました。",
    en="Clear of days 1–10, holidays and the day after, and long holidays.",
)
"""What holds for every date of a plan."""


def reason_of(slot: Slot, holiday: str | None = None) -> Text:
    """Say why a drill is at this time: the part of its month, or the holiday it comes before, and the time it uses."""
    part_ja, part_en = _part(slot.day)
    when = Text(ja=f"{slot.day.month}月の{part_ja}", en=f"{part_en.capitalize()} {_MONTHS[slot.day.month - 1]}")
    if holiday is not None:
        name = HOLIDAYS[holiday]
        when = Text(ja=f"{name.ja}の2週間前ごろ", en=f"About two weeks before {name.en}")
    return Text(
        ja=f"{when.ja}。{_use(slot).ja}。{AVOIDED.ja}",
        en=f"{when.en}, {_use(slot).en}. {AVOIDED.en}",
    )


def reason_of_move(slot: Slot, until: date) -> Text:
    """Say why a drill was moved to this time: the next workable one, and whether its cycle is kept."""
    kept = slot.day <= until
    ja = (
        f"期限（{until:%m/%d}）までに使える、次の日です。"
        if kept
        else f"期限（{until:%m/%d}）は過ぎますが、使える次の日です。"
    )
    en = (
        f"The next workable day, within its limit ({until:%m/%d})."
        if kept
        else f"The next workable day, after its limit ({until:%m/%d})."
    )
    return Text(ja=f"{ja}{_use(slot).ja}。", en=f"{en} {_use(slot).en[:1].upper()}{_use(slot).en[1:]}.")


def reason_by_hand(slot: Slot) -> Text:
    """Say that a person chose the day."""
    return Text(ja=f"手で選んだ日です。{_use(slot).ja}。", en=f"Chosen by hand, {_use(slot).en}.")


def reason_for_newcomer(slot: Slot, until: date) -> Text:
    """Say why a newcomer's drill is at this time."""
    kept = slot.day <= until
    ja = "入ってから1か月以内" if kept else "入ってから1か月は過ぎますが、いちばん早い日"
    en = "Within a month of joining" if kept else "The earliest day, later than a month after joining"
    return Text(ja=f"{ja}。{_use(slot).ja}。", en=f"{en}, {_use(slot).en}.")


def _use(slot: Slot) -> Text:
    day, what = WEEKDAY[WEEKDAYS[slot.at.weekday()]], _OCCASIONS[slot.occasion]
    clock = f"{slot.at.hour}:{slot.at:%M}"
    return Text(ja=f"{what.ja}（{day.ja} {clock}）", en=f"{what.en} ({day.en} {clock})")


def _part(day: date) -> tuple[str, str]:
    if day.day <= 10:
        return "初め", "early"
    return ("中ごろ", "mid") if day.day <= 20 else ("終わりごろ", "late")
