"""What is asked or said in the middle of an incident is answered at once: what must not be done, which thing, which line."""

from __future__ import annotations

import json

import pytest

from bot.desks.likely import Likely
from bot.hearing.in_run.listening import wish_of
from contacts.shapes.equipment import Equipment
from flows.commands.facility import ChangeMember, PutRegistry, RegistryRow
from flows.leading.briefing import briefing
from flows.record.journal import FACILITY
from flows.state.run import Run
from playbooks.wants.hearing import wants_of
from tests.clinic import Clinic

ALWAYS = {
    "電源切っていい？": "電源は、切らないでください",
    "再起動してみます": "電源は、切らないでください",
    "コンセント抜きましょうか": "電源は、切らないでください",
    "身代金払います": "払わないでください",
    "画面に出てる番号に電話していいですか": "電話も返事もしないで",
    "ウイルススキャンしてみます": "何も消さないでください",
}
"""What does harm in an attack and in an outage alike."""

IN_ATTACKS = {
    "抜いた線、さしてもいい？": "まだ戻さないでください",
    "バックアップから戻していいですか": "バックアップは、まだ使わないで",
    "USBにデータをコピーしておきましょうか": "つながないでください",
    "受付のパソコンは使っていいですか": "どのパソコンも使わないで",
}
"""What may be just what helps where a system only failed."""


@pytest.mark.parametrize(("text", "answer"), (ALWAYS | IN_ATTACKS).items())
async def test_what_must_not_be_done_is_said_before_anybody_is_asked(clinic: Clinic, text: str, answer: str) -> None:
    """The writer reads it in the same moment; whoever leads reads that somebody is about to, not that somebody asked."""
    await clinic.incident()
    shown = await clinic.says("nurse", text)
    asks = text.endswith(("？", "か"))

    assert answer in shown
    assert ("してはいけないことを" in clinic.read("director")) is not asks
    assert asks or text in clinic.read("director")


@pytest.mark.parametrize("text", IN_ATTACKS)
async def test_what_may_help_in_an_outage_is_a_question_there(clinic: Clinic, text: str) -> None:
    """Nobody forbids it; whoever leads is asked."""
    await clinic.incident("ehr_outage")
    shown = await clinic.says("nurse", text)

    assert "ないでください" not in shown.replace("🚫", "")
    assert "聞いています" in shown


async def test_a_thing_that_somebody_asks_about_is_shown(clinic: Clinic) -> None:
    """Its marks, then their own step; what isn't a thing that we can show goes to whoever leads."""
    await clinic.incident()
    shown = await clinic.says("nurse", "ルーターってどれですか")
    assert "探すのは、これです" in shown
    assert "WAN" in shown

    assert "探すのは、これです。ルーター" not in await clinic.says("reception", "どの線ですか？")
    assert "聞いています" in await clinic.says("nurse", "金庫ってどれですか")


async def test_done_means_the_line_of_a_card(clinic: Clinic) -> None:
    """「LANぬいたで」 offers the line that asks for it, and one tap settles that line and no other."""
    await clinic.incident()
    shown = await clinic.says("reception", "LANぬいたで")
    assert "LAN" in shown
    assert "これを済みにする" in shown

    await clinic.says("reception", "これを済みにする")
    assert [json.loads(e.body)["line"] for e in clinic.entries("line_settled")] == ["unplug_machine"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("点滴ポンプの線を抜いちゃった", "まず患者さんを見て"),
        ("酸素の機械の線も抜く？", "まず患者さんを見て"),
        ("輸液ポンプのアラームが鳴ってます", "まず患者さんを見て"),
        ("あ、別の線抜いちゃった", "あわてて差し戻さず"),
        ("間違った線を抜いた", "あわてて差し戻さず"),
        ("電源の線を抜きました", "もうさわらないで"),
        ("まちがえて電源抜いちゃった", "もうさわらないで"),
        ("カルテ会社から電話がきて、パスワード教えてって", "だれにも教えないで"),
    ],
)
async def test_what_may_hurt_somebody_is_no_step_done(clinic: Clinic, text: str, answer: str) -> None:
    """A patient's device, a wrong lead, the power: nothing is offered as done or put back, and whoever leads hears of it at once."""
    await clinic.incident()
    shown = await clinic.says("reception", text)

    assert answer in shown
    assert "済みにする" not in shown
    assert text in clinic.read("director")


@pytest.mark.parametrize("text", ["119に電話したほうがいいですか", "救急車呼びますか", "should I call an ambulance?"])
async def test_whoever_asks_whether_to_call_help_reads_how(clinic: Clinic, text: str) -> None:
    """Nobody is told not to call, and nobody waits for an answer first."""
    await clinic.incident()
    assert "119" in await clinic.says("nurse", text)


@pytest.mark.parametrize(
    "text", ["サポートに電話していい？", "ルーターの電源抜いて入れ直していい？", "帰ってもらっていい？"]
)
async def test_what_helps_in_an_outage_is_not_forbidden(clinic: Clinic, text: str) -> None:
    """Whoever leads is asked."""
    await clinic.incident("ehr_outage")
    await clinic.says("nurse", text)
    assert "してはいけないことを" not in clinic.read("director")


async def test_a_colleagues_step_is_not_offered_for_what_one_did_oneself(clinic: Clinic) -> None:
    """A call that reception made settles no nurse's call."""
    await clinic.incident()
    clinic.seen.clear()
    await clinic.says("reception", "カルテ会社に電話しました")
    assert "この手順のことですか" not in clinic.read("nurse")


async def test_what_stands_as_done_and_is_not_is_taken_back(clinic: Clinic) -> None:
    """The writer may take the tick back; whoever leads reads which line it is, and the card no longer says that it is cut."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("reception", "LANぬいたで")
    await clinic.says("reception", "これを済みにする")
    run = clinic.run()
    assert "cut" in {
        k
        for k, how in briefing(run, clinic.engine.context(clinic.clock.now(), clinic.id("director"))).things.items()
        if how
    }

    clinic.seen.clear()
    shown = await clinic.says("reception", "すみません、LANの線も抜いていませんでした")
    assert "最後の答えは、これです" in shown
    assert "済みの「LANの線を抜く（電源はそのまま）」が、まだのようです" in clinic.read("director")
    assert (
        briefing(clinic.run(), clinic.engine.context(clinic.clock.now(), clinic.id("director"))).things["cut"] is None
    )

    await clinic.says("reception", "戻す")
    assert len(clinic.entries("answer_undone")) == 1


@pytest.mark.parametrize("text", ["まちがえた、抜いてない", "あ、まちがえた。抜いてない。取り消し"])
async def test_a_slip_that_leaves_a_lead_in_is_told_at_once(clinic: Clinic, text: str) -> None:
    """One tap takes it back, and whoever leads reads before that tap that it isn't done."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("reception", "LANの線ぬいた")
    await clinic.says("reception", "これを済みにする")

    assert "最後の答えは、これです" in await clinic.says("reception", text)
    assert "済みの「LANの線を抜く（電源はそのまま）」が、まだのようです" in clinic.read("director")


@pytest.mark.parametrize("text", ["LANの線はまだ抜いていません", "あ、まちがえた。抜いてない。取り消し"])
async def test_what_is_not_done_yet_and_nobody_said_it_was_is_shown_again(clinic: Clinic, text: str) -> None:
    """Its writer sees what waits before them, also where they only offered it as done; it bothers nobody else."""
    await clinic.incident()
    await clinic.says("reception", "LANの線ぬいた")
    clinic.seen.clear()
    assert "いまお願いしたいのは" in await clinic.says("reception", text)
    assert "LANの線" not in clinic.read("director")


async def test_what_may_want_something_is_kept_and_asked_about(clinic: Clinic) -> None:
    """Not only "recorded": what can be asked for stands beside, and [a question] brings it to whoever leads."""
    await clinic.incident()
    shown = await clinic.says("reception", "ルーターの箱が二つ並んでて")
    assert "聞きたいこと・頼みたいことなら" in shown

    await clinic.says("reception", "質問です")
    assert "ルーターの箱" in clinic.read("director")


async def test_a_colleague_has_a_number(clinic: Clinic) -> None:
    """Who is named is called; who has no number entered is said to have none, and whoever leads sees the gap."""
    await clinic.incident()
    clinic.orders(ChangeMember(FACILITY, clinic.id("deputy"), {"telephone": "090-1234-5678"}), "director")
    assert "090-1234-5678" in await clinic.says("reception", "田中さんの携帯は？")

    shown = await clinic.says("reception", "鈴木さんの番号教えて")
    assert "鈴木" in shown
    assert "登録されていません" in shown


async def one_card(clinic: Clinic) -> Run:
    """Let reception report one patient's card."""
    await clinic.says("reception", "一人の患者さんのカードだけ読めない")
    await clinic.says("reception", clinic.engine.handbook.playbooks["eligibility_outage"].question.ja)
    return clinic.run()


async def test_a_question_about_something_small_stays_with_whoever_asks(clinic: Clinic) -> None:
    """The card of one patient: what its step knows is said, nobody else is called in, and [a question] still asks them."""
    run = await one_card(clinic)
    shown = await clinic.says("reception", "機械のせいですか？")
    assert "いつもの割合で会計できます" in shown
    assert clinic.run(run.id).small

    await clinic.says("reception", "質問です")
    assert "機械のせいですか？" in clinic.read("director")


@pytest.mark.parametrize(
    "text",
    ["もう読めました", "直りました", "あ、通りました", "いけた", "できました", "it works now", "大丈夫になりました"],
)
async def test_something_small_that_is_over_is_asked_about_once(clinic: Clinic, text: str) -> None:
    """Its own question stands there again, and one tap ends it; nobody is called in."""
    run = await one_card(clinic)
    shown = await clinic.says("reception", text)
    assert "終わりにする前に" in shown
    assert "1人だけ" in shown
    assert "システムが使えず" not in shown
    assert clinic.run(run.id).small

    await clinic.says("reception", "1人だけ・変な表示なし")
    assert clinic.run(run.id).state == "closed"


@pytest.mark.parametrize("text", ["ほかの人もできました？", "通りません", "いけるかな", "読めたり読めなかったり"])
async def test_what_is_not_over_ends_nothing_small(clinic: Clinic, text: str) -> None:
    """Nothing is said to be good."""
    await one_card(clinic)
    assert "終わりにする前に" not in await clinic.says("reception", text)


async def test_who_cannot_be_reached_is_heard_by_name_and_by_what_they_are(clinic: Clinic) -> None:
    """Of those who could lead: whom a text names, or all of them where it says that nobody answers."""
    run, context = (
        await clinic.incident(),
        clinic.engine.context(clinic.clock.now(), clinic.id("reception"), "incident-1"),
    )
    director, deputy = clinic.id("director"), clinic.id("deputy")
    silent = {
        "院長も田中さんも出ません": [director, deputy],
        "院長がつかまりません": [director],
        "田中さんが電話に出ません": [deputy],
        "だれも電話に出ません": [director, deputy],
        "カルテの会社が電話に出ません": [],
    }
    for text, who in silent.items():
        wish = wish_of(text, run, context, Likely())
        assert (wish.wants, wish.about.get("silent")) == (("nobody_reached",), who), text


async def test_who_tells_twice_that_nobody_answers_reads_what_is_under_way(clinic: Clinic) -> None:
    """Nobody is asked anew within the minute; who has it and who is next is said again."""
    await clinic.incident()
    await clinic.says("reception", "院長出ない")
    clinic.seen.clear()
    assert "知らせました" in await clinic.says("reception", "院長でえへん")
    assert "でえへん" not in clinic.read("deputy") + clinic.read("director")


async def test_whoever_found_it_reads_no_search_any_more(clinic: Clinic) -> None:
    """「ありました」 brings the one button that says so, and when it is tapped nobody is asked about it any more."""
    await clinic.says("nurse", "タブレットをなくしました")
    for who, label in (
        ("nurse", "端末やUSB・書類がなくなった"),
        ("director", "対応の責任者になる"),
        ("nurse", "スマホ・タブレット"),
    ):
        await clinic.says(who, label)
    shown = await clinic.says("nurse", "ありました！玄関に置き忘れてました")
    assert "[1 見つかりました]" in shown
    assert "15分だけ探して" not in shown

    await clinic.says("nurse", "見つかりました")
    await clinic.passes(4)
    assert not clinic.run().tracks["locking"].open
    assert "見つかったそうです" not in clinic.read("deputy")


async def test_what_was_said_on_the_phone_is_taken_once(clinic: Clinic) -> None:
    """Who was reached and when they call back is the answer of the call, and no plea about somebody who can't be reached."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("director", "外にいます")
    await clinic.says("director", "できました")
    shown = await clinic.says("director", "担当の山口さんにつながりました。10:00までに折り返しをいただきます")

    assert "お願い" not in shown
    assert any(
        answer.answer == "done" and answer.by == clinic.id("director") for answer in clinic.run().answered.values()
    )


@pytest.mark.parametrize("text", ["ありました！かばんの底に", "見つかりました、車の中でした", "found it in my bag"])
async def test_nobody_is_called_again_to_look_for_what_is_found(clinic: Clinic, text: str) -> None:
    """Neither a second alarm, nor a first one that doesn't say that it is found."""
    await clinic.says("reception", "タブレットをなくしました")
    await clinic.says("reception", "端末やUSB・書類がなくなった")
    await clinic.says("reception", text)
    await clinic.passes(12)

    assert "もう一度お知らせします" not in clinic.read("nurse") + clinic.read("deputy")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("誰がやってる？", "現場の進行役"),
        ("責任者は誰ですか", "現場の進行役"),
        ("who is in charge?", "現場の進行役"),
        ("English please", "English"),
        ("I don't read kanji well", "English"),
        ("変なリンク押した", "何を押したかと時刻"),
        ("怪しいリンクを踏んじゃいました", "何を押したかと時刻"),
    ],
)
async def test_what_the_program_knows_is_answered_at_once(clinic: Clinic, text: str, answer: str) -> None:
    """Who leads, another language, what to do with a machine on which a link was opened: nobody is waited for."""
    await clinic.incident()
    assert answer in await clinic.says("nurse", text)


@pytest.mark.parametrize("text", ["25日にも同じ画面", "先週も同じ画面が出てました", "same screen last week"])
def test_what_showed_on_another_day_is_no_second_machine(text: str) -> None:
    """It was then."""
    assert "second_machine" not in wants_of(text)


async def test_what_went_to_a_colleague_is_no_step_of_ones_own(clinic: Clinic) -> None:
    """Nor is the colleague asked whether they did it."""
    await clinic.incident()
    assert "この手順のことですか" not in await clinic.says("reception", "田中さんに渡しました")
    assert "あなたがしましたか" not in clinic.read("deputy")


async def test_who_asks_whether_it_was_right_is_offered_the_line(clinic: Clinic) -> None:
    """And whoever leads is asked; a line that isn't done yet is shown once more."""
    await clinic.incident()
    assert "いまお願いしたいのは" in await clinic.says("reception", "まだ抜いてない")
    assert "これを済みにする" in await clinic.says("reception", "抜いたんですけどこれで合ってますか")
    assert "これで合ってますか" in clinic.read("director")


async def test_whether_it_is_a_drill_is_known(clinic: Clinic) -> None:
    """Nobody has to be asked, whatever is answered or awaited; whoever says that it is real doesn't ask."""
    run = await clinic.incident()
    for text in ("これって訓練？", "え、訓練ですか", "本物ですか？", "訓練？本物？", "is this a drill?", "Is it real?"):
        assert "いいえ、訓練ではありません" in await clinic.says("nurse", text)
    alarm = clinic.book.last_delivered(f"terminal:{clinic.id('nurse')}", f"alarm:{run.id}")
    assert alarm is not None
    assert "いいえ、訓練ではありません" in await clinic.does("nurse", text="これ訓練？", replied_to=alarm.message_id)
    for text in ("訓練じゃないです", "訓練のときと同じです", "来週の訓練はどうなりますか"):
        assert "いいえ、訓練ではありません" not in await clinic.says("nurse", text)
    assert "これって訓練" not in clinic.read("director")


async def test_whether_it_is_real_is_known_in_a_drill(clinic: Clinic) -> None:
    """Its name is said, and that nobody is called."""
    await clinic.drill()
    for text in ("これって訓練？", "訓練ですよね？", "is this real?"):
        assert "はい、訓練です" in await clinic.says("nurse", text)


async def test_where_something_is_kept_is_told_from_the_ledger(clinic: Clinic) -> None:
    """What nobody entered is asked of whoever leads."""
    await clinic.incident()
    assert "聞いています" in await clinic.says("nurse", "紙のカルテどこ？")

    kit = Equipment(id="kit", name="紙の一式", kind="paper_kit", place="受付の青い箱").model_dump_json()
    clinic.orders(PutRegistry(FACILITY, (RegistryRow("equipment", "kit", kit),)), "director")
    for text in ("紙のカルテどこ？", "白紙のカルテはどこにありますか", "用紙の場所は？", "where are the paper charts?"):
        shown = await clinic.says("nurse", text)
        assert "受付の青い箱" in shown
        assert "聞いています" not in shown
    assert "受付の青い箱" not in await clinic.says("nurse", "懐中電灯どこ？")


@pytest.mark.parametrize("text", ["できません", "無理です", "私には無理", "全然できないです", "I can't do it", "can't"])
async def test_who_can_not_do_it_chooses_what_it_is_about(clinic: Clinic, text: str) -> None:
    """Nothing is said about patients: the lines stand there, and somebody else; whoever leads learns whose step it is."""
    await clinic.incident()
    shown = await clinic.says("reception", text)

    assert "できないのは、どれですか" in shown
    assert "LANの線を抜く" in shown
    assert "代わってもらう" in shown
    assert "患者さんが先" not in shown
    assert "「様子のおかしいパソコン」が、できないそうです" in clinic.read("director")
    assert not clinic.run().answered


async def test_a_line_that_can_not_be_done_is_its_own_answer(clinic: Clinic) -> None:
    """Whose card has no such line is asked what it is about."""
    await clinic.incident()
    await clinic.says("reception", "抜けません 爪が折れてる")
    assert "できない（抜けません 爪が折れてる）" in clinic.read("director")
    assert "できないのは、どれですか" in await clinic.says("nurse", "抜けません 爪が折れてる")


@pytest.mark.parametrize("text", ["患者さんがいて今はできません", "手が離せません", "今は無理です、採血中で"])
async def test_who_is_busy_is_understood(clinic: Clinic, text: str) -> None:
    """They said why."""
    await clinic.incident()
    assert "患者さんが先" in await clinic.says("reception", text)


async def test_a_call_is_offered_for_the_line_that_asks_for_it(clinic: Clinic) -> None:
    """By whom it was made to, among the lines for this kind of facility: whom patients at home hear from is a station's line."""
    await clinic.says("reception", "電子カルテが止まった")
    await clinic.says("reception", "電子カルテや会計の画面が動かない")
    shown = await clinic.says("director", "対応の責任者になる")
    assert "③ レセコンの会社" in shown  # the network's, which isn't asked for, leaves no gap
    for text in ("患者さんに電話しました", "NTTに電話しました", "富士通に電話しました"):
        assert "この手順のことですか" not in await clinic.says("nurse", text), text
    offered = await clinic.says("director", "電子カルテの会社に電話しました")
    assert "電子カルテの会社\n違うときは" in offered
    assert "[1 これを済みにする]" in offered
