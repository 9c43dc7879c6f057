"""A danger in a drill is real by its words or by a second witness; one that was none is taken back in words, too."""

from __future__ import annotations

import pytest

from flows.commands.drilling import AskInject, BeginExercise
from tests.clinic import Clinic

RUNG = "🆘 "


@pytest.mark.parametrize(
    "text",
    [
        "訓練じゃない！本物の火事！",
        "訓練中止！患者さんが本当に心停止",
        "ほんまに息してへん、訓練ちゃうで",
        "this is NOT a drill, real fire",
        "Stop the drill. Patient collapsed for real",
        "訓練と関係なく、お客さんが吐血してます",
        "訓練中ですけど玄関で人が倒れてます",
        "訓練のことじゃなくて、トイレで人が倒れてます",
        "訓練のことではありません、本当に火事です",
        "演習とは別件ですが、待合で人が倒れた",
        "This is not about the drill, a patient collapsed in the toilet",
        "いや訓練ちゃうねん、おじいちゃん倒れはった",
        "訓練とはちがって今、人が倒れてます",
    ],
)
async def test_words_that_say_it_is_real(clinic: Clinic, text: str) -> None:
    """They do at once what the tap does: everybody is rung, the drill ends, and a fire is opened."""
    drill = await clinic.drill()
    shown = await clinic.says("nurse", text)

    assert "119" in shown
    assert "いまは訓練中です" not in shown
    assert RUNG in clinic.read("director")
    assert clinic.run(drill.id).state == "aborted"
    real = [run.playbook.playbook for run in clinic.engine.live_runs() if run.playbook]
    assert real == (["disaster"] if "火" in text or "fire" in text else [])


async def test_said_afterwards(clinic: Clinic) -> None:
    """「訓練じゃないです」 after what was taken for a part of the drill is the tap."""
    drill = await clinic.drill()
    await clinic.says("nurse", "患者さんが倒れました")
    assert RUNG not in clinic.read("director")
    await clinic.says("nurse", "訓練じゃないです")

    assert "患者さんが倒れました" in clinic.read("director")
    assert not clinic.run(drill.id).live


@pytest.mark.parametrize("text", ["まじです", "うん、ほんと", "嘘じゃないです", "real", "早く来てください"])
async def test_a_yes_to_whether_it_is_real(clinic: Clinic, text: str) -> None:
    """Is the tap; from somebody who wasn't asked it is nothing of the kind."""
    drill = await clinic.drill()
    await clinic.says("nurse", "患者さんが倒れた")
    await clinic.says("reception", "はい")
    assert clinic.run(drill.id).live
    await clinic.says("nurse", text)

    assert RUNG in clinic.read("director")
    assert not clinic.run(drill.id).live


@pytest.mark.parametrize("text", ["私は大丈夫です", "119しました もう大丈夫", "AEDあります大丈夫"])
async def test_that_somebody_else_is_well_stops_no_ring(clinic: Clinic, text: str) -> None:
    """Nor does it reach anybody afterwards as if the danger had eased."""
    await clinic.says("nurse", "患者さんが倒れました")
    shown = await clinic.says("nurse", text)
    await clinic.passes(1)
    await clinic.says("nurse", "私は大丈夫です")

    assert "呼ぶのをやめました" not in shown
    assert "人が危険です" in clinic.read("director")
    assert "✅" not in clinic.read("director")


async def test_two_witnesses(clinic: Clinic) -> None:
    """One person may play, also twice; a second one who sees the same makes it real."""
    await clinic.drill()
    await clinic.says("nurse", "火事です")
    await clinic.says("nurse", "給湯室が燃えてます")
    assert RUNG not in clinic.read("director")
    shown = await clinic.says("reception", "煙がすごい")

    assert "火や煙です" in clinic.read("director")
    assert "もう知らせてあります" in shown
    assert "いまは訓練中です" not in shown


@pytest.mark.parametrize("playbook", ["contact_drill", "ransomware"])
@pytest.mark.parametrize(("text", "alarm"), [("患者さん急変", "人が危険です"), ("火事や！", "火や煙です")])
async def test_a_danger_in_a_drill_rings_unless_it_is_said_to_be_played(
    clinic: Clinic, playbook: str, text: str, alarm: str
) -> None:
    """Whoever runs to help taps nothing: everybody in the house is rung after 30 seconds; one tap ends the drill, or goes on."""
    drill = await clinic.drill(playbook)
    shown = await clinic.says("nurse", text)
    assert "30秒後" in shown
    assert RUNG not in clinic.read("director")
    await clinic.passes(1)

    for who in ("director", "deputy", "reception"):
        assert "訓練ではないかもしれません" in clinic.read(who)
        assert alarm in clinic.read(who)
    assert clinic.run(drill.id).live
    await clinic.says("director", "本当です")
    assert clinic.run(drill.id).state == "aborted"


async def test_what_is_said_to_be_played_rings_nobody(clinic: Clinic) -> None:
    """One tap says that it is a part of the drill, and so do words."""
    await clinic.drill()
    await clinic.says("nurse", "患者さん急変")
    await clinic.says("nurse", "訓練の言葉です")
    await clinic.passes(2)

    assert RUNG not in clinic.read("director")


@pytest.mark.parametrize("text", ["ほんまに電カル動かへん 訓練ちゃう", "これ訓練じゃなくて本当にレセコンが動きません"])
async def test_what_is_said_to_be_no_drill_reaches_who_decides(clinic: Clinic, text: str) -> None:
    """Whoever was asked whether it is real and taps nothing isn't alone with it: those who decide read it, and can begin."""
    drill = await clinic.drill()
    assert "本物の障害ですか" in await clinic.says("reception", text)
    await clinic.passes(15)

    assert "訓練ではないかもしれません" in clinic.read("director")
    (asked,) = clinic.engine.house.hints
    await clinic.does("director", button=f"menu|pick|{asked}|real")
    assert clinic.run(drill.id).state == "aborted"
    assert any(not run.drill for run in clinic.engine.live_runs())


async def test_two_who_play_a_disaster(clinic: Clinic) -> None:
    """In a drill about one, the second who writes of it plays as well; and it can still be said to be real."""
    await clinic.drill("disaster")
    await clinic.says("nurse", "火事です")
    await clinic.says("reception", "煙がすごい")
    assert RUNG not in clinic.read("director")
    await clinic.says("reception", "本当に煙がすごい")

    assert "火や煙です" in clinic.read("director")


async def test_the_story_repeated_is_no_danger(clinic: Clinic) -> None:
    """What the facilitator makes up reaches the players, and their talk of it rings nobody."""
    clinic.orders(BeginExercise("", "tabletop", "partner_ransomware"))
    await clinic.stage.settle()
    drill = clinic.run()
    clinic.orders(AskInject(drill.id))
    await clinic.says("director", "待合室で患者さんが倒れました")
    assert "待合室で患者さんが倒れました" in clinic.read("nurse")
    await clinic.says("nurse", "患者さんが倒れました")
    await clinic.says("reception", "待合室で患者さんが倒れました")
    await clinic.says("deputy", "患者さんが倒れています")

    assert RUNG not in clinic.read("director").replace("🆘 この", "")
    assert clinic.run(drill.id).live


@pytest.mark.parametrize(
    "text", ["大丈夫でした、もう起きてます", "転んだだけでした", "ただの練習でした", "Sorry, he just tripped"]
)
async def test_taken_back_in_words(clinic: Clinic, text: str) -> None:
    """In time it rings nobody, and whoever wrote reads so."""
    await clinic.says("nurse", "患者さんが倒れました")
    shown = await clinic.says("nurse", text)
    await clinic.passes(2)

    assert "呼ぶのをやめました" in shown
    assert RUNG not in clinic.read("director")


async def test_too_late_to_take_back(clinic: Clinic) -> None:
    """Everybody who was rung reads the words."""
    await clinic.says("nurse", "患者さんが倒れました")
    await clinic.passes(1)
    await clinic.says("nurse", "転んだだけでした")

    for who in ("director", "deputy", "reception"):
        assert "転んだだけでした" in clinic.read(who)


@pytest.mark.parametrize(
    ("who", "text"), [("reception", "もう大丈夫です"), ("nurse", "意識が戻りました、もう大丈夫です")]
)
async def test_what_stops_no_ring(clinic: Clinic, who: str, text: str) -> None:
    """Somebody else may mean anything; and who came round still needs people."""
    await clinic.says("nurse", "患者さんが倒れました")
    await clinic.says(who, text)
    await clinic.passes(1)

    assert "人が危険です" in clinic.read("director")


async def test_one_of_two_takes_it_back(clinic: Clinic) -> None:
    """In words it rings all the same, since the other saw it, too; by the button the other is told so."""
    await clinic.says("nurse", "患者さんが倒れました")
    await clinic.says("reception", "患者さんが倒れています")
    await clinic.says("nurse", "大丈夫でした")
    await clinic.passes(1)
    assert "人が危険です" in clinic.read("director")

    await clinic.says("nurse", "[もう危なくない]")
    assert "取り消しました" in clinic.read("reception")


@pytest.mark.parametrize("button", ["menu|danger|{danger}|back", "end|{run}", ""])
async def test_a_fire_that_is_none(clinic: Clinic, button: str) -> None:
    """Whichever [間違いでした] is tapped, nobody is rung and nothing opens by itself."""
    shown = await clinic.says("nurse", "火事です")
    assert shown.count("間違いでした") == 2
    danger, run = max(clinic.engine.house.dangers), clinic.run()
    if not button:
        await clinic.says("nurse", "まちがいでした、湯気でした")
    else:
        await clinic.does("nurse", button=button.format(danger=danger, run=run.id))
    await clinic.passes(6)

    assert RUNG not in clinic.read("director")
    assert clinic.engine.live_runs() == []


@pytest.mark.parametrize(
    ("first", "second", "words", "still"),
    [
        ("患者さんが息してない", "ガスの匂いがする", "患者さんは大丈夫でした", "fire"),
        ("煙が出てます", "患者さんが倒れた", "煙は見間違いでした", "person"),
        ("患者さんが息してない", "刃物を持った人がいます", "患者さんは無事です", "violence"),
    ],
)
async def test_of_two_dangers_the_one_that_is_named_is_taken_back(
    clinic: Clinic, first: str, second: str, words: str, still: str
) -> None:
    """The call for the other goes out."""
    await clinic.incident()
    for text in (first, second, words):
        await clinic.says("nurse", text)
    await clinic.passes(1)

    assert {d.danger for d in clinic.engine.house.dangers.values() if d.state == "rung"} == {still}


async def test_where_two_dangers_may_be_meant_neither_is_taken_back(clinic: Clinic) -> None:
    """Each is asked about with its own button, and both calls go out."""
    await clinic.incident()
    await clinic.says("nurse", "患者さんが息してない")
    await clinic.says("nurse", "ガスの匂いがする")
    shown = await clinic.says("nurse", "大丈夫でした")
    await clinic.passes(1)

    assert "呼ぶのをやめました" not in shown
    assert {d.danger for d in clinic.engine.house.dangers.values() if d.state == "rung"} == {"person", "fire"}


async def test_no_drill_outside_of_one(clinic: Clinic) -> None:
    """Outside of a drill whoever says that it is none is heard as if they hadn't; what is said of a drill stays talk."""
    await clinic.says("nurse", "訓練の話ではありません、本当に火事です")
    await clinic.passes(1)
    assert RUNG in clinic.read("director")

    assert "119" not in await clinic.says("deputy", "火災訓練で人が倒れる設定です")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("リアルで停電してます", True),
        ("演習とは別に、画面が赤くなって金払えって出ました", True),
        ("シナリオにないんですけど、実際に水漏れしてます", True),
        ("これはリアルな訓練ですね", False),
        ("実際には何をすればいいですか", False),
        ("今日の訓練は前と違って早いですね", False),
    ],
)
async def test_trouble_that_is_no_drill(clinic: Clinic, text: str, *, asked: bool) -> None:
    """Is asked about, in whatever words; meanwhile its writer reads what to leave alone."""
    await clinic.drill()
    shown = await clinic.says("reception", text)

    assert ("本物の障害ですか" in shown) == asked
    assert ("電源は切らない" in shown) == ("金払え" in text)
