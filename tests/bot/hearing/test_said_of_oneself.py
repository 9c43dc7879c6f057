"""What people say of themselves: they go home, they take charge, they made a mistake, somebody else is to do it, a report is made."""

from __future__ import annotations

import json

import pytest

from contacts.model import Member
from flows.commands.facility import PutRegistry, RegistryRow
from flows.commands.people import Claim, Report
from flows.record.journal import FACILITY
from tests.clinic import Clinic

GOING = ["帰ります", "早退します", "今日はもう上がります", "お先に失礼します", "I'm going home", "I have to leave now"]


@pytest.mark.parametrize("text", GOING)
async def test_what_somebody_has_goes_to_others_at_once_when_they_go(clinic: Clinic, text: str) -> None:
    """With what is done and what is not; whoever leads reads it in one line, and nobody waits until they are missed."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("reception", "LANぬいたで")
    await clinic.says("reception", "これを済みにする")
    clinic.seen.clear()
    shown = await clinic.says("reception", text)

    assert "続きは、ほかの人に" in shown
    told = next(one for one in clinic.of("director") if "今日はもういません" in one)
    assert "できた: LANの線を抜く" in told
    assert "まだ: 画面か紙を撮って送る" in told
    assert clinic.run().open_step_of(clinic.id("reception")) is None


async def test_who_has_it_now_reads_from_whom_and_what_is_done(clinic: Clinic) -> None:
    """A deputy who is free in the house has the card in the same moment."""
    await clinic.incident()
    await clinic.says("reception", "LANぬいたで")
    await clinic.says("reception", "これを済みにする")
    clinic.seen.clear()
    await clinic.says("reception", "帰ります")
    track = next(s.track for s in clinic.run().shown.values() if s.why == "gone")
    clinic.orders(Claim(clinic.run().id, track), "deputy")
    await clinic.stage.settle()

    card = next(one for one in clinic.of("deputy") if "から引き継ぎました" in one)
    assert "✅ LANの線を抜く" in card


async def test_who_is_still_there_takes_it_back_with_one_tap(clinic: Clinic) -> None:
    """[まだいます], and they may have steps again."""
    await clinic.incident()
    await clinic.says("reception", "帰ります")
    assert clinic.run().open_step_of(clinic.id("reception")) is None

    assert "様子のおかしいパソコン" in await clinic.says("reception", "まだいます")


async def test_absent_hands_on_what_somebody_has_and_back_brings_them_back(clinic: Clinic) -> None:
    """/absent in the middle of it is no less than going home; /back makes them one of those in the house."""
    await clinic.incident()
    await clinic.says("reception", "/absent")
    assert clinic.run().open_step_of(clinic.id("reception")) is None
    assert "今日はもういません" in clinic.read("director")

    await clinic.says("reception", "/back")
    assert clinic.run().presence[clinic.id("reception")][0] == "here"


async def test_who_is_entered_as_absent_by_another_keeps_no_step(clinic: Clinic) -> None:
    """The roster says so, and the next look of the clock takes it from them."""
    await clinic.incident()
    [row] = [v for k, v in clinic.home.journal.registry("member").items() if k == clinic.id("reception")]
    today = clinic.engine.context(clinic.clock.now(), "").today
    away = Member.model_validate_json(row).model_copy(update={"absent_from": today, "absent_until": today})
    clinic.orders(PutRegistry(FACILITY, (RegistryRow("member", away.id, away.model_dump_json(), row),)))
    await clinic.passes(0.2)

    assert clinic.run().open_step_of(clinic.id("reception")) is None


@pytest.mark.parametrize(
    "text",
    [
        "患者さんが帰ります",
        "業者さんが帰りました",
        "15時に上がります",
        "昼で抜けます",
        "帰っていいですか",
        "佐藤さんは早退しました",
    ],
)
async def test_who_else_goes_or_will_go_takes_nothing_from_anybody(clinic: Clinic, text: str) -> None:
    """A patient, a visitor, a colleague, later, or a question."""
    await clinic.incident()
    had = clinic.run().open_step_of(clinic.id("nurse"))
    await clinic.says("nurse", text)

    assert clinic.run().open_step_of(clinic.id("nurse")) == had
    assert not clinic.entries("presence_told")


async def test_who_seems_to_go_is_asked(clinic: Clinic) -> None:
    """What may mean something else, since a colleague is named, takes one tap."""
    await clinic.incident()
    shown = await clinic.says("nurse", "田中さん、お先に失礼します")
    assert "お帰りですか" in shown
    assert clinic.run().open_step_of(clinic.id("nurse")) is not None

    await clinic.says("nurse", "帰ります")
    assert clinic.run().open_step_of(clinic.id("nurse")) is None


async def test_whoever_leads_and_goes_is_asked_who_leads_instead(clinic: Clinic) -> None:
    """They lead until somebody accepts."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    shown = await clinic.says("director", "帰ります")

    assert "まだあなたです" in shown
    assert "田中さん" in shown
    assert clinic.run().commander == clinic.id("director")


async def test_who_goes_is_gone_in_all_that_goes_on(clinic: Clinic) -> None:
    """In another incident nothing is handed to them either."""
    await clinic.incident()
    clinic.orders(Report("", "タブレットがない", playbook="lost_device"), "director")
    await clinic.stage.settle()
    await clinic.says("reception", "帰ります")

    gone = [run.id for run in clinic.engine.live_runs() if run.presence.get(clinic.id("reception"), ("",))[0] == "left"]
    assert len(gone) == 2


# ── in charge ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["私が指揮をとります", "責任者になります", "I'll take the lead"])
async def test_who_may_lead_does_so_by_saying_it(clinic: Clinic, text: str) -> None:
    """It can hardly be misread, and they could have tapped it."""
    await clinic.incident()
    assert "あなたが対応の責任者です" in await clinic.says("director", text)
    assert clinic.run().commander == clinic.id("director")


@pytest.mark.parametrize("text", ["引き受けます", "代わります"])
async def test_what_may_mean_something_else_takes_a_tap(clinic: Clinic, text: str) -> None:
    """The charge is offered, not taken."""
    await clinic.incident()
    shown = await clinic.says("deputy", text)
    assert "対応の責任者になる" in shown
    assert clinic.run().commander is None


async def test_who_may_not_lead_is_offered_the_scene(clinic: Clinic) -> None:
    """They read why, and who is asked; one tap makes them run the scene, until somebody leads."""
    await clinic.incident()
    shown = await clinic.says("nurse", "私が指揮をとります")
    assert "院長と代行者" in shown
    assert "いま高橋さん（院長）にお願いしています" in shown

    shown = await clinic.says("nurse", "現場の進行役になる")
    assert "あなたが現場の進行役です" in shown
    assert "まだのこと" in shown
    assert "鈴木さん（看護師）が現場の進行役になりました" in clinic.read("reception")
    assert "現場の進行役は、あなたです" in await clinic.says("nurse", "私が指揮をとります")

    await clinic.says("director", "対応の責任者になる")
    assert "対応の責任者は高橋さん（院長）です" in await clinic.says("nurse", "I'll take the lead")


@pytest.mark.parametrize(
    "text", ["院長が指揮をとっています", "だれが指揮をとっていますか", "警察が現場の指揮をとっています"]
)
async def test_who_tells_of_anothers_lead_takes_none(clinic: Clinic, text: str) -> None:
    """Nor is it offered."""
    await clinic.incident()
    await clinic.says("deputy", "院内にいます")
    assert "対応の責任者になる" not in await clinic.says("deputy", text)
    assert clinic.run().commander is None


# ── a mistake ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_one_tap_settled_is_named_when_it_is_taken_back(clinic: Clinic) -> None:
    """All its lines, in the order of the card: before, and after."""
    await clinic.incident()
    await clinic.says("reception", "全部できました")
    offered = await clinic.says("reception", "間違えました")
    assert offered.index("LANの線を抜く") < offered.index("無線（Wi-Fi）")

    done = await clinic.says("reception", "戻す")
    assert (
        "「LANの線を抜く（電源はそのまま）」「無線（Wi-Fi）なら、それも切る」「抜いた線をたどり、その機械の線か見る」は、まだ"
        in done
    )


@pytest.mark.parametrize("text", ["間違えました", "取り消し", "that was a mistake"])
async def test_a_mistake_with_nothing_to_take_back_bothers_nobody(clinic: Clinic, text: str) -> None:
    """Its writer reads so; nobody else hears of it, now or later."""
    await clinic.incident()
    others = {who: len(clinic.of(who)) for who in ("director", "deputy", "reception")}
    shown = await clinic.says("nurse", text)

    assert "戻せる答えが、まだありません" in shown
    assert {who: len(clinic.of(who)) for who in others} == others
    assert not any(json.loads(e.body)["to"] for e in clinic.entries("plea_heard"))


async def test_a_mistake_about_where_one_is_is_put_right_with_a_tap(clinic: Clinic) -> None:
    """What else they did is offered: the place, and the charge."""
    await clinic.incident()
    await clinic.says("deputy", "外にいます")
    shown = await clinic.says("deputy", "間違えました")
    assert "院内にいます" in shown

    await clinic.says("deputy", "院内にいます")
    assert clinic.run().presence[clinic.id("deputy")][0] == "here"

    await clinic.says("director", "私が指揮をとります")
    assert "責任者を代わってもらう" in await clinic.says("director", "間違えました")


# ── somebody else ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_name_is_offered_first(clinic: Clinic) -> None:
    """One tap gives it to whom was named; nothing moves before."""
    await clinic.incident()
    shown = await clinic.says("reception", "これ、田中さんにお願いして")
    assert "田中さん（代行者）にお願いしますか" in shown
    assert "[1 田中さん]" in shown
    assert clinic.run().open_step_of(clinic.id("reception")) is not None

    await clinic.says("reception", "田中さん")
    assert clinic.run().open_step_of(clinic.id("deputy")) is not None


async def test_a_name_that_cannot_or_that_nobody_has_is_said(clinic: Clinic) -> None:
    """With those who could."""
    await clinic.incident()
    await clinic.says("nurse", "患者さん対応中")
    assert "鈴木さん（看護師）は、いま手が空いていません" in await clinic.says("reception", "鈴木さんにお願いして")
    assert "「山田」がどなたか、わかりませんでした" in await clinic.says("reception", "山田さんにお願いして")
    assert "「Suzuki」がどなたか" in await clinic.says("reception", "please give this to Suzuki")


async def test_whoever_leads_gives_the_step_of_whom_they_name(clinic: Clinic) -> None:
    """「佐藤さんの代わりに田中さんに」 is about what reception has."""
    await clinic.incident()
    await clinic.says("director", "私が指揮をとります")
    shown = await clinic.says("director", "佐藤さんの代わりに田中さんにお願い")
    assert "様子のおかしいパソコン" in shown
    await clinic.says("director", "田中さん")

    has = clinic.run().open_step_of(clinic.id("deputy"))
    assert has is not None
    assert has.step == "this_machine"


# ── a report is made ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("済み: 個人情報保護委員会 速報", "ppc_preliminary"),
        ("厚労省に報告しました", "mhlw"),
        ("警察に電話しました", "police"),
        ("I reported it to the police", "police"),
    ],
)
async def test_who_may_not_file_is_heard_and_somebody_makes_sure(clinic: Clinic, text: str, duty: str) -> None:
    """It stays owed; whoever leads confirms it with its receipt, and the writer reads that."""
    await clinic.incident()
    await clinic.says("director", "私が指揮をとります")
    shown = await clinic.says("nurse", text)
    assert "まだ済みにしません" in shown
    assert duty not in clinic.run().filed
    assert "出入り" not in shown

    wanted = next(one for one in clinic.of("director") if "確かめた: " in one)
    assert "まだ" in wanted
    await clinic.says("director", wanted.split("[1 ")[1].split("]")[0])
    await clinic.says("director", "4月1日 受付番号 12-345")
    assert duty in clinic.run().filed
    assert "12-345" in clinic.of("nurse")[-1]
    await clinic.passes(10)
    assert "確かめた: " not in clinic.read("deputy")


async def test_who_may_file_is_asked_for_the_receipt(clinic: Clinic) -> None:
    """As by a tap; nothing is filed by the words alone."""
    await clinic.incident()
    shown = await clinic.says("deputy", "保健所に報告しました")
    assert "保健所を済みにしますか" in shown
    assert not clinic.run().filed

    assert "受付番号" in await clinic.says("deputy", "済み: 保健所")
    await clinic.says("deputy", "受付番号 99")
    assert "health_centre" in clinic.run().filed


@pytest.mark.parametrize("text", ["厚労省に報告しましたか", "保健所に報告したほうがいいですか", "警察の人が来ました"])
async def test_a_question_or_a_visit_is_no_report(clinic: Clinic, text: str) -> None:
    """Nobody is asked to confirm anything."""
    await clinic.incident()
    await clinic.says("nurse", text)
    assert "確かめた: " not in clinic.read("director")


# ── what was held back ──────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_second_report_that_nobody_sorted_is_not_lost(clinic: Clinic) -> None:
    """After the time of a reply it counts as the same, and whoever leads may make another matter of it; once."""
    await clinic.incident()
    await clinic.says("director", "私が指揮をとります")
    shown = await clinic.says("nurse", "電子カルテが開けません、英語の画面です")
    assert "同じ件ですか" in shown
    await clinic.passes(4)

    assert [json.loads(e.body)["member"] for e in clinic.entries("reported_again")] == [clinic.id("nurse")]
    assert "別の件として報告" in clinic.read("director")
    assert "すぐ知らせました" in clinic.read("nurse")
    await clinic.says("nurse", "同じ件")
    await clinic.passes(10)
    assert len(clinic.entries("reported_again")) == 1


async def test_what_was_sorted_in_time_is_taken_once(clinic: Clinic) -> None:
    """[同じ件] within the time, and nothing comes later."""
    await clinic.incident()
    await clinic.says("director", "私が指揮をとります")
    await clinic.says("nurse", "電子カルテが開けません、英語の画面です")
    await clinic.says("nurse", "同じ件")
    await clinic.passes(10)

    assert len(clinic.entries("reported_again")) == 1
    assert "別の件として報告" not in clinic.read("director")


async def test_whoever_works_on_their_card_is_not_called_again(clinic: Clinic) -> None:
    """A tick is a sign of life; where they are can still be told under the alarm, and is asked for once more, later."""
    await clinic.incident()
    await clinic.says("nurse", "☐ ①")
    assert clinic.id("nurse") not in clinic.run().unconfirmed()

    clinic.seen.clear()
    await clinic.passes(9)
    assert "もう一度お知らせします" in clinic.read("deputy")
    assert "もう一度お知らせします" not in clinic.read("nurse")
    assert "どこ" not in clinic.read("nurse")
    await clinic.passes(30)
    assert clinic.read("nurse").count("いま、どこにいますか") == 1


async def test_a_password_given_away_begins_as_what_it_is(clinic: Clinic) -> None:
    """Nobody says what it is nearest to: it is no machine's matter, whose lead would be pulled, unless somebody tells of more."""
    await clinic.says("reception", "電話の人にパスワード教えてしまった")
    await clinic.passes(5)
    run = clinic.run()

    assert run.playbook is not None
    assert run.playbook.playbook == "unauthorised_access"
    assert "LANの線" not in "".join(clinic.of("reception"))


async def test_more_than_a_password_is_the_worst_that_is_near(clinic: Clinic) -> None:
    """A colleague sees a threat on a screen: hands off, and one machine off the net."""
    await clinic.says("reception", "電話の人にパスワード教えてしまった")
    await clinic.says("nurse", "画面に英語が出てカルテが開かない")
    await clinic.passes(5)
    run = clinic.run()

    assert run.playbook is not None
    assert run.playbook.playbook != "unauthorised_access"
