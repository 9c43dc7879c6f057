"""The runs' desk: where we stand, and what is said about a run outside its steps."""

from __future__ import annotations

from flows.commands.people import Report
from tests.acts import buttons_of
from tests.clinic import Clinic


async def test_status_when_nothing_is_wrong(clinic: Clinic) -> None:
    """It says so, and what to do if something happens."""
    assert "いま対応中のものはありません" in await clinic.says("nurse", "/status")


async def test_status_brings_the_board_and_the_open_step(clinic: Clinic) -> None:
    """However far up the chat they are."""
    run = await clinic.incident()
    shown = await clinic.says("reception", "/status")
    step = run.open_step_of(clinic.id("reception"))

    assert "対応の責任者" in shown
    assert step is not None
    assert run.step(step).ask.ja in shown


async def test_decisions_need_an_open_incident(clinic: Clinic) -> None:
    """Without one there is nothing to decide; with one all six are offered, and the reason is asked for."""
    assert "もう終わっています" in await clinic.says("director", "/decide")
    run = await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    assert "[6 報告しない]" in await clinic.says("director", "/decide")
    assert "「公表する」の理由" in await clinic.says("director", "公表する")
    await clinic.says("director", "患者さんにお知らせするため")

    assert [(d.decision, d.reason) for d in clinic.run(run.id).decisions.values()] == [
        ("publish", "患者さんにお知らせするため")
    ]


async def test_closing_is_refused_with_reasons(clinic: Clinic) -> None:
    """Everything that is left is named, and those who may waive it are offered to."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    shown = await clinic.says("director", "/close")

    assert shown.startswith("まだ終了できません。残っているもの:")
    assert "ほか " in shown
    assert "[1 残りを省く（理由）]" in shown


async def test_closing_nothing(clinic: Clinic) -> None:
    """Without an open incident there is nothing to close."""
    assert "もう終わっています" in await clinic.says("director", "/close")


async def test_earlier_records(clinic: Clinic) -> None:
    """Newest first, with state and day; a tap brings one back."""
    assert await clinic.says("nurse", "/runs") == "まだ記録はありません。"
    await clinic.incident()
    clinic.clock.advance(days=1)
    await clinic.drill()
    shown = await clinic.says("nurse", "/runs")

    assert shown.index("【訓練】") < shown.index("ランサムウェア・不正な侵入の疑い 08:50（")
    assert "2027-04-02" in shown
    assert "2027-04-01" in shown
    assert "対応の責任者" in await clinic.says("nurse", "2")


async def test_with_two_incidents_open_a_command_asks_which(clinic: Clinic) -> None:
    """/decide and /close never guess: a decision filed under the wrong incident would stand there for ever."""
    first = await clinic.incident()
    clinic.orders(Report("", "停電です", playbook="disaster"), "nurse")
    second = clinic.run()
    await clinic.says("director", "対応の責任者になる")

    asked = await clinic.says("director", "/decide")
    assert "どの件についてですか？" in asked
    await clinic.does("director", button=f"menu|in|{first.id}|decide")
    await clinic.does("director", button=f"menu|decide|{first.id}|publish")
    await clinic.says("director", "患者さんに知らせるため")

    runs = {r: clinic.run(r).decisions for r in (first.id, second.id)}
    assert (len(runs[first.id]), len(runs[second.id])) == (1, 0)


async def test_only_what_can_be_explained_is_offered(clinic: Clinic) -> None:
    """An incident that nobody has sorted yet is not among those of which patients can be told."""
    first = await clinic.incident()
    clinic.orders(Report("", "停電です", playbook="disaster"), "nurse")
    second = clinic.run()
    clinic.orders(Report("", "何か変です"), "deputy")
    unsorted = clinic.run()
    assert unsorted.playbook is None
    await clinic.says("director", "/explain")

    buttons = {data.split("|")[2] for data in offered(clinic, "director") if data.endswith("|explain")}
    assert buttons == {first.id, second.id}


def offered(clinic: Clinic, who: str) -> list[str]:
    """Give what the buttons on somebody's screens hold."""
    return [button.data for button in buttons_of(clinic, who)]
