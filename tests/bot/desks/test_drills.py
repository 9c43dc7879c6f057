"""The calendar's desk: everything that can be done about drills, by people as they tap and write."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.commands.drilling import BeginExercise
from flows.state.drill_calendar import Drill
from tests.bot.calendar_home import comes, next_of, planned
from tests.clinic import Clinic


@pytest.fixture
async def home(clinic: Clinic) -> Clinic:
    """The clinic with its year of drills."""
    return await planned(clinic)


def now(clinic: Clinic, drill: Drill) -> Drill:
    """Give a drill as it stands now."""
    return clinic.engine.house.drills[drill.id]


async def test_drills_for_everybody(home: Clinic) -> None:
    """``/drills`` answers everybody; the menus behind it only those who decide."""
    assert "これからの訓練" in await home.says("director", "/drills")
    assert "いま予定されている訓練はありません" in await home.says("nurse", "/drills")
    refusal = await home.does("nurse", button="menu|drills|add")
    assert "変えられるのは" in refusal
    assert "2027年度の訓練" in await home.does("deputy", button="menu|drills|year|2027")


async def test_drills_before_there_are_hours(clinic: Clinic) -> None:
    """Nothing can be planned yet: one line says what is missing, and one button leads there."""
    assert clinic.engine.roster().facility.sessions == {}
    shown = await clinic.says("director", "/drills")

    assert "開いている時間を設定すると" in shown
    assert "⚠️" not in shown
    assert "設定を始める" in shown


async def test_beginning_at_the_hour(home: Clinic) -> None:
    """One tap opens the run and begins the drill; a second tap, whoever's, opens no second run."""
    drill = next_of(home, "contact")
    await comes(home, drill)
    button = f"menu|drill|start|{drill.turn}"
    await home.does("director", button=button, callback="a", cause="test:a")
    assert (now(home, drill).state, home.run().mode, home.run().id) == ("running", "drill", now(home, drill).run)

    await home.does("deputy", button=button)
    await home.does("director", button=button, callback="a", cause="test:a")
    assert len(home.engine.runs()) == 1


@pytest.mark.parametrize("kind", ["quiz", "tabletop", "equipment", "restore", "yearly_review", "paper"])
async def test_every_kind_can_begin(home: Clinic, kind: str) -> None:
    """What is planned can be held: its run knows which drill of the calendar it is."""
    drill = next_of(home, kind)
    await comes(home, drill)
    await home.does("director", button=f"menu|drill|start|{drill.turn}")

    exercise = home.run().exercise
    assert exercise is not None
    assert (now(home, drill).state, exercise.kind.id) == ("running", kind)


async def test_a_start_that_was_cut_in_half(home: Clinic) -> None:
    """If an older version opened the run and stopped then, the next tap takes that run and opens no other."""
    drill = next_of(home, "contact")
    await comes(home, drill)
    begin = BeginExercise("", drill.kind, drill.scenario or "", drill.id)
    home.orders(begin, cause=f"drill:{drill.id}:{drill.turn}:begun:0:run")
    await home.does("director", button=f"menu|drill|start|{drill.turn}")

    assert (now(home, drill).state, len(home.engine.runs())) == ("running", 1)


async def test_outside_its_hour_it_asks(home: Clinic) -> None:
    """「いま始めますか？」, and only then."""
    drill = next_of(home, "contact")
    assert "いま始めますか" in await home.does("director", button=f"menu|drill|start|{drill.turn}")
    assert home.engine.runs() == []

    await home.does("director", button=f"menu|drill|now|{drill.turn}")
    assert now(home, drill).state == "running"


async def test_postponing_with_a_reason(home: Clinic) -> None:
    """The reason is asked for, the new day is said; the button of the old date is over."""
    drill = next_of(home, "contact")
    asked = await home.does("director", button=f"menu|drill|later|{drill.turn}")
    assert "理由を一言、送ってください" in asked
    answer = await home.says("director", "患者さんが多い")

    assert "新しい日" in answer
    assert "患者さんが多い" in answer
    assert now(home, drill).at > drill.at
    assert "もう終わっています" in await home.does("director", button=f"menu|drill|start|{drill.turn}")


async def test_cancelling_with_a_reason(home: Clinic) -> None:
    """Those who decide are told, and it stays in the record."""
    drill = next_of(home, "paper")
    await home.does("director", button=f"menu|drill|cancel|{drill.turn}")
    await home.says("director", "都合がつかない")

    assert (now(home, drill).state, now(home, drill).reason) == ("cancelled", "都合がつかない")


async def test_another_scenario(home: Clinic) -> None:
    """Chosen from those that fit; a number that is none is over."""
    drill = next_of(home, "tabletop")
    await home.does("director", button=f"menu|drill|other|{drill.turn}")
    await home.does("director", button=f"menu|drill|play|{drill.turn}|1")
    assert now(home, drill).scenario == home.engine.handbook.drills.scenarios_for("clinic")[1].id

    assert "もう終わっています" in await home.does("director", button=f"menu|drill|play|{drill.turn}|99")
    assert "机上訓練" in await home.does("director", button=f"menu|drill|show|{drill.turn}")


async def test_adding_one_by_hand(home: Clinic) -> None:
    """A day that does is taken; for another the nearest is offered; what is no day is asked again."""
    await home.does("director", button="menu|drills|add|tabletop")
    assert "年から送ってください" in await home.says("director", "来週の火曜")
    answer = await home.says("director", "2027/5/4")
    assert "祝日です" in answer
    await home.does("director", button="menu|drills|add|tabletop|2027-05-13")

    drill = home.engine.house.drills["fy2027-tabletop-h1"]
    assert f"{drill.at:%Y-%m-%d}" == "2027-05-13"
    assert "もう終わっています" in await home.does("director", button="menu|drills|add|tabletop|someday")


async def test_another_cycle(home: Clinic) -> None:
    """By a tap, weekdays by name; a number is refused and nothing changes."""
    await home.does("director", button="menu|cadence|quiz|every|2")
    await home.does("director", button="menu|cadence|quiz|weekdays")
    assert "番号は使えません" in await home.says("director", "2 4")
    answer = await home.says("director", "火 金")
    assert "2か月ごと（火・金）" in answer

    await home.does("director", button="menu|cadence|quiz|announce|yes")
    home.clock.advance(days=1)
    await home.passes(1)
    quizzes = [d for d in home.engine.house.calendar.ahead() if d.kind == "quiz"]
    assert len(quizzes) == 6
    assert {d.at.weekday() for d in quizzes} == {1, 4}


async def test_any_weekday_again(home: Clinic) -> None:
    """「毎日」 takes the choice back."""
    for written in ("木", "毎日"):
        await home.does("director", button="menu|cadence|quiz|weekdays")
        await home.says("director", written)

    assert home.engine.house.calendar.kinds(home.engine.handbook.drills)["quiz"].weekdays == ()


async def test_the_day_before(home: Clinic) -> None:
    """The staff read what comes and how a drill is told from the real thing."""
    drill = next_of(home, "paper")
    await comes(home, drill, timedelta(hours=4))
    await comes(home, drill, timedelta(hours=3))

    assert [t for t in home.of("nurse") if "紙運用の訓練" in t and "必ず【訓練】と付きます" in t]


@pytest.mark.parametrize(
    "button", ["menu|drills|dance", "menu|drill", "menu|drill|start|x", "menu|cadence|quiz", "menu|drill|dance|1"]
)
async def test_a_button_that_nobody_offered(home: Clinic, button: str) -> None:
    """Is answered as one that is over."""
    assert "もう終わっています" in await home.does("director", button=button)


@pytest.mark.parametrize("data", ["menu|drills|add|contact|9999-12-31", "menu|drills|year|0", "menu|drills|year|9999"])
async def test_days_that_no_button_leads_to(clinic: Clinic, data: str) -> None:
    """A copied button with a day out of all reach is answered like any that is over."""
    assert "もう終わっています" in await clinic.does("director", button=data)
    assert clinic.home.journal.unhandled.all() == []
