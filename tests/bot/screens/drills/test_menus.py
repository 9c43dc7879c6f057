"""The calendar's menus: what comes next, what can be added, how often a kind is held."""

from __future__ import annotations

from flows.commands.drills import AnnounceDrill
from flows.record.journal import FACILITY
from tests.bot.calendar_home import next_of, opens, planned
from tests.bot.screens.drills.test_calendar import buttons, said
from tests.clinic import Clinic


async def test_the_next_three(clinic: Clinic) -> None:
    """Those who decide see them with the year, adding and cycles; what can't be planned has its cure."""
    await planned(clinic)
    screen = said(clinic, "drills")

    assert screen.text.count("・") >= 3
    assert len(buttons(screen)) == 7
    assert buttons(screen)[3:] == ["2027年度の予定", "いま訓練をする", "訓練を追加する", "回数・曜日を変える"]


async def test_the_staff_see_what_they_were_told(clinic: Clinic) -> None:
    """Nothing before, and no buttons."""
    await planned(clinic)
    assert "いま予定されている訓練はありません。\n訓練を始める・日を変えるのは" in said(clinic, "drills", "nurse").text
    clinic.orders(AnnounceDrill(FACILITY, next_of(clinic, "paper").id), "clock")

    assert "紙運用の訓練" in said(clinic, "drills", "nurse").text
    assert buttons(said(clinic, "drills", "nurse")) == []


async def test_what_has_no_time_is_named_with_its_cure(clinic: Clinic) -> None:
    """A facility without hours reads what is missing and where to enter it: in one line, and all of it in the year's list."""
    text = said(clinic, "drills").text
    assert "開いている時間を設定すると" in text
    assert "⚠️" not in text

    year = said(clinic, "drills_year", year=2027).text
    assert "予定を立てられません: 初動クイズ" in year
    assert "開いている時間" in year


async def test_kinds_and_cycles(clinic: Clinic) -> None:
    """Every kind with a cycle can be added; of its cycle everything but what it is now is offered."""
    opens(clinic)
    menu = said(clinic, "drill_cadence_menu", kind="quiz")

    assert "新任者の訓練" not in buttons(said(clinic, "drill_kinds", what="add"))
    assert "いまは: 毎月、前の日に知らせない" in menu.text
    assert "毎月" not in buttons(menu)
    assert {"年に1回", "決まった日には行わない", "曜日を決める", "前の日に知らせる"} <= set(buttons(menu))
    assert said(clinic, "drill_cadence", kind="quiz").rows == ()
    assert said(clinic, "drill_cadence_menu", kind="gone").text


async def test_scenarios_and_questions(clinic: Clinic) -> None:
    """The scenario that is set is left out; a question waits for text."""
    await planned(clinic)
    drill = next_of(clinic, "tabletop")
    offered = buttons(said(clinic, "drill_scenarios", drill=drill.id))
    known = clinic.engine.handbook.drills.scenarios_for("clinic")

    assert len(offered) == len(known) - 1
    assert said(clinic, "ask_drill_reason", drill=drill.id, move="later").wants_text
    assert "机上訓練" in said(clinic, "ask_drill_day", kind="tabletop").text
    assert buttons(said(clinic, "drill_start_now", drill=drill.id)) == ["いま始める"]


async def test_a_day_that_does_not_do(clinic: Clinic) -> None:
    """The reason, and the nearest day that does, to be taken with a tap; or none."""
    near = said(clinic, "drill_day", kind="paper", day="2027-05-04", why="holiday", next="2027-05-11")

    assert near.text.startswith("2027/5/4には予定できません。祝日です。")
    assert buttons(near) == ["2027/5/11にする"]
    assert said(clinic, "drill_day", kind="paper", day="2027-05-04", why="holiday", next="").rows == ()
