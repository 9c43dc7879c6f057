"""How a run ends on the screen: what is left, the waiver, four questions, the last word."""

from __future__ import annotations

from bot.screens.runs.end import SHOWN_OBSTACLES
from flows.commands.people import CallOff, Close, Decide, LearnFacts, SkipQuestion, TakeCommand, Waive
from tests.clinic import Clinic


async def commanded(clinic: Clinic) -> str:
    """Open an incident that the director commands; gives its id."""
    run = await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    return run.id


async def test_closing_too_early_names_what_is_left(clinic: Clinic) -> None:
    """A dozen things at most, how many more, and the papers that nobody has entered yet."""
    run = await commanded(clinic)
    clinic.orders(LearnFacts(run, {"sheets_remaining": "5"}))
    shown = await clinic.says("director", "/close")

    assert sum(line.startswith("・") for line in shown.splitlines()) == SHOWN_OBSTACLES + 1
    assert "・ほか " in shown


async def test_only_those_who_may_waive_are_offered_to(clinic: Clinic) -> None:
    """The nurse who took command sees what is left without that button."""
    await clinic.incident()
    await clinic.passes(20)
    await clinic.says("nurse", "対応の責任者になる")
    shown = await clinic.says("nurse", "/close")

    assert "まだ終了できません" in shown
    assert "省く" not in shown


async def test_the_papers_and_the_approvals(clinic: Clinic) -> None:
    """Sheets still to be entered and decisions nobody stood behind are named in words."""
    run = await clinic.incident()
    await clinic.passes(20)
    await clinic.says("nurse", "対応の責任者になる")
    clinic.orders(Waive(run.id, "試験"), "director")
    clinic.orders(LearnFacts(run.id, {"sheets_remaining": "5"}), "nurse")
    clinic.orders(Decide(run.id, "publish", reason="知らせる"), "nurse")
    shown = await clinic.says("director", "/close")

    assert "・まだ入力していない紙の記録が 5枚あります" in shown or "・承認を待っている決定があります" in shown
    assert "・承認を待っている決定があります" in shown


async def test_from_the_waiver_to_the_seal(clinic: Clinic) -> None:
    """A reason, four questions one by one, then the sign-off; everybody is thanked, who decides reads which reports are still owed."""
    await commanded(clinic)
    await clinic.says("director", "/close")
    assert "省く理由を" in await clinic.says("director", "残りを省く（理由）")
    assert "理由を記録しました" in await clinic.says("director", "試験のため")
    shown = await clinic.says("director", "終了する")
    assert "振り返り（1／4）\n何が起きましたか？" in shown
    assert "振り返り（2／4）" in await clinic.says("director", "画面に英語が出ました")
    assert "振り返り（3／4）" in await clinic.says("director", "とくになし")
    assert "振り返り（4／4）" in await clinic.says("director", "予備がない")
    last = await clinic.says("director", "予備を買う")
    assert "[1 確定して終了する]" in last
    assert "まだ終わっていない報告" in last
    shown = await clinic.says("director", "確定して終了する")
    assert "は終了しました。高橋さん（院長）が確定しました" in shown

    assert "まだ終わっていない報告" in shown
    assert "個人情報保護委員会 速報" in shown
    assert "報告" not in clinic.of("nurse")[-1]
    for who, place in (("deputy", -2), ("reception", -1), ("nurse", -1)):  # the deputy has the seal as well
        assert "お疲れさまでした" in clinic.of(who)[place]
    assert clinic.run().state == "closed"
    assert list(clinic.run().review.values()) == ["画面に英語が出ました", "", "予備がない", "予備を買う"]


async def test_a_false_alarm_is_thanked_for(clinic: Clinic) -> None:
    """With its reason, to everybody; whoever reported is not blamed."""
    await clinic.incident("ehr_outage")
    await clinic.says("director", "[対応の責任者になる]")
    assert "誤報と判断した理由" in await clinic.says("director", "誤報だった")
    await clinic.says("director", "宣伝の<画面>でした")

    assert "は誤報でした。理由: 宣伝の<画面>でした\nすぐに知らせてくださって" in clinic.read("deputy")


async def test_a_question_can_be_dropped(clinic: Clinic) -> None:
    """The way out is on every question; after it texts are notes again."""
    run = await commanded(clinic)
    await clinic.says("director", "/decide")
    await clinic.says("director", "公表する")
    assert "取りやめました" in await clinic.says("director", "やめる")
    await clinic.says("director", "これはメモ")

    assert not clinic.run(run).decisions
    assert [n.text for n in clinic.run(run).notes.values()] == ["これはメモ"]


async def test_a_drill_is_broken_off_in_its_own_words(clinic: Clinic) -> None:
    """Nobody is told of a false alarm when it was an exercise."""
    await clinic.drill()
    clinic.orders(TakeCommand(clinic.run().id), "director")
    await clinic.says("director", "/status")
    shown = await clinic.says("director", "訓練を途中で中止する")
    assert "訓練を途中で中止する理由" in shown
    await clinic.says("director", "時間になった")

    assert "【訓練】訓練を途中で終えました。理由: 時間になった" in clinic.read("nurse")


async def test_later_facts_and_going_on(clinic: Clinic) -> None:
    """An ended run takes a note from its last message, and those who decide can let it go on with a reason."""
    run = await commanded(clinic)
    clinic.orders(CallOff(run, "まちがい", "vendor"), "director")
    await clinic.stage.settle()
    assert "書き加えることを" in await clinic.says("nurse", "書き加える")
    await clinic.says("nurse", "翌日わかったこと")
    assert [n.text for n in clinic.run(run).notes.values()] == ["翌日わかったこと"]

    await clinic.does("director", button=f"opn|{run}")
    assert "もう一度始めます" in await clinic.says("director", "やはり本物でした")
    assert clinic.run(run).live


async def test_what_is_to_become_better_gets_an_owner(clinic: Clinic) -> None:
    """Before the last word of an incident, too, measures become tasks with an owner and a day."""
    run = await commanded(clinic)
    clinic.orders(Waive(run, "訓練のため"))
    clinic.orders(Close(run))
    for question in ("happened", "well", "badly", "change"):
        clinic.orders(SkipQuestion(run, question))
    await clinic.stage.settle()
    await clinic.says("director", "改善を加える")
    await clinic.says("director", "控えを毎週外す")
    await clinic.says("director", "鈴木")
    [task] = clinic.engine.house.open_tasks(clinic.id("nurse"))

    assert task.about == {"run": run, "text": "控えを毎週外す"}


async def test_a_measure_that_was_written_becomes_a_task(clinic: Clinic) -> None:
    """What the review says is to change is offered line by line with an owner and a day; what has one isn't offered again."""
    run = await commanded(clinic)
    clinic.orders(Waive(run, "試験"))
    clinic.orders(Close(run))
    for question in ("happened", "well", "badly"):
        clinic.orders(SkipQuestion(run, question))
    await clinic.stage.settle()
    shown = await clinic.says("director", "・予備の端末を買う\n・控えを毎週外す")
    assert "・予備の端末を買う\n・控えを毎週外す" in shown
    await clinic.says("director", "[担当を決める: 控えを毎週外す]")
    again = await clinic.says("director", "鈴木")
    [task] = clinic.engine.house.open_tasks(clinic.id("nurse"))

    assert task.about == {"run": run, "text": "控えを毎週外す"}
    assert f"{task.due}" == "2027-05-01"
    assert "予備の端末を買う" in again
    assert "控えを毎週外す" not in again
    await clinic.says("director", "[確定して終了する]")
    assert clinic.run().state == "closed"
