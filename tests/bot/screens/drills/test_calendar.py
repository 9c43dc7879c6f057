"""How the calendar is said: short, true when it is read, in the reader's language, with what can be done as buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.screens.renderer import Renderer
from bot.screens.scene import Screen
from flows.commands.drills import CancelDrill, PostponeDrill
from flows.commands.facility import ChangeMember
from flows.messages.message import message_of
from flows.record.journal import FACILITY, Owed
from playbooks.texts import LANGUAGES, Language
from tests.bot.calendar_home import comes, next_of, planned
from tests.clinic import Clinic


def said(clinic: Clinic, name: str, who: str = "director", **data: Any) -> Screen:
    """Render a message to somebody."""
    reader = clinic.id(who)
    return Renderer(clinic.engine).render(Owed(reader, message_of(name, data)), reader, clinic.clock.now())


def buttons(screen: Screen) -> list[str]:
    """Give the labels of a screen's buttons."""
    return [button.label for row in screen.rows for button in row]


async def test_the_years_list(clinic: Clinic) -> None:
    """Every drill with the reason of its date, what was avoided said once, in one message."""
    await planned(clinic)
    text = next(t for t in clinic.of("director") if "2027年度の訓練" in t)

    assert "4/15（木）13:00　連絡訓練\n　ゴールデンウィークの2週間前ごろ。会議・朝礼の時間（木 13:00）。" in text
    assert text.count("1〜10日、祝日とその翌日") == 1
    assert len(text) < 4096
    assert not [t for t in clinic.of("reception") if "年度の訓練" in t]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_can_be_said(clinic: Clinic, language: Language) -> None:
    """Every message of a drill, in both languages, with nothing that people typed as markup."""
    await planned(clinic)
    clinic.orders(ChangeMember(FACILITY, clinic.id("director"), {"language": language}))
    drill = next_of(clinic, "tabletop")
    clinic.orders(PostponeDrill(FACILITY, drill.id, "<急患>"))
    title = {"ja": "机上訓練", "en": "Tabletop drill"}[language]
    data: dict[str, dict[str, Any]] = {
        "drill": {},
        "drill_reminder": {"before": 7},
        "drill_announced": {},
        "drill_planned": {},
        "drill_start_now": {},
        "drill_missed": {"again": "", "why": "bot_off"},
        "drill_cancelled": {},
        "drill_moved": {"cause": "person"},
    }
    for name, more in data.items():
        assert title in said(clinic, name, drill=drill.id, **more).text, name
    assert "&lt;急患&gt;" in said(clinic, "drill_moved", drill=drill.id, cause="person").text
    for cause in ("incident", "unworkable", "broken_off", "aborted"):
        assert said(clinic, "drill_moved", drill=drill.id, cause=cause).text
    for why in ("not_started", "bot_off", "incident"):
        assert title in said(clinic, "drill_missed", drill=drill.id, again=drill.id, why=why).text


async def test_how_near_it_is_now(clinic: Clinic) -> None:
    """A reminder that was held up says how many days are left when it goes out."""
    await planned(clinic)
    drill = next_of(clinic, "paper")
    texts = []
    for days in (9, 1, 0):
        await comes(clinic, drill, timedelta(days=days, hours=1))
        texts.append(said(clinic, "drill_reminder", drill=drill.id, before=30).text.splitlines()[0])

    assert texts == ["🗓 あと9日: 紙運用の訓練", "🗓 明日: 紙運用の訓練", "🗓 今日: 紙運用の訓練"]


async def test_at_the_hour(clinic: Clinic) -> None:
    """Begin, postpone, for a tabletop another scenario; late, it says so. Who may not press has no buttons."""
    await planned(clinic)
    tabletop = next_of(clinic, "tabletop")
    await comes(clinic, tabletop)
    hour = said(clinic, "drill_hour", drill=tabletop.id)

    assert buttons(hour) == ["始める", "延期する（理由）", "別のシナリオ"]
    assert "過ぎました" not in hour.text
    assert buttons(said(clinic, "drill_hour", "nurse", drill=tabletop.id)) == []
    clinic.clock.advance(minutes=75)
    assert "予定を75分過ぎましたが、今から始められます。" in said(clinic, "drill_hour", drill=tabletop.id).text


async def test_what_has_changed_meanwhile(clinic: Clinic) -> None:
    """A reminder of a drill that was cancelled, or an offer of one that was moved, says that it is over."""
    await planned(clinic)
    drill = next_of(clinic, "contact")
    await comes(clinic, drill)
    clinic.orders(PostponeDrill(FACILITY, drill.id, "x"))
    assert "変わりました" in said(clinic, "drill_hour", drill=drill.id).text
    clinic.orders(CancelDrill(FACILITY, drill.id, "x"))

    assert "変わりました" in said(clinic, "drill_reminder", drill=drill.id, before=1).text


async def test_why_a_drill_was_cancelled(clinic: Clinic) -> None:
    """By a person in their words, by the calendar in ours; a kind that has gone still has a name."""
    await planned(clinic)
    drill = next_of(clinic, "quiz")
    clinic.engine.house.drills[drill.id] = replace(drill, state="cancelled", reason="left", kind="gone")

    assert "対象の方がいなくなった" in said(clinic, "drill_cancelled", drill=drill.id).text
    assert "gone" in said(clinic, "drill_cancelled", drill=drill.id).text


async def test_the_scenario_is_no_secret_to_those_who_decide(clinic: Clinic) -> None:
    """But the staff do not read it before the drill."""
    await planned(clinic)
    drill = next_of(clinic, "tabletop")

    assert "シナリオ:" in said(clinic, "drill", drill=drill.id).text
    assert "シナリオ:" not in said(clinic, "drill_announced", "nurse", drill=drill.id).text
