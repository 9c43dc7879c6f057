"""The people's desk: invitations, absences, lost phones, languages."""

from __future__ import annotations

import json

import pytest

from bot.desks.people import LONGEST_NAME
from flows.commands.facility import Suspend
from tests.clinic import Clinic


def member(clinic: Clinic, who: str) -> dict[str, object]:
    """Give what the registry says of a member."""
    found = clinic.engine.roster().member(clinic.id(who))
    assert found is not None
    return found.model_dump()


@pytest.mark.parametrize("line", ["/invite 看護師 山田", "/invite　看護師　山田", "/INVITE nurse 山田"])
async def test_inviting_in_one_line(clinic: Clinic, line: str) -> None:
    """Role and name in one line give a code at once, with the line to send and until when."""
    shown = await clinic.says("director", line)
    code = shown.split("/start ")[1].split()[0]

    assert shown.startswith("山田さん（看護師）の招待です")
    assert "04/08 08:50まで" in shown
    await clinic.does("new", text=f"/start {code}")
    assert "登録できました" in clinic.read("new")


async def test_inviting_step_by_step(clinic: Clinic) -> None:
    """Without them the bot asks: a role by button, then a name; the name answers nothing else afterwards."""
    assert "[3 安全管理責任者]" in await clinic.says("deputy", "/invite")
    assert "名前を送ってください" in await clinic.says("deputy", "薬剤師")
    shown = await clinic.says("deputy", " 山田   花子 ")
    assert shown.startswith("山田 花子さん（薬剤師）の招待です")

    await clinic.says("deputy", "これはただの文です")
    assert [m.name for m in clinic.engine.roster().members][4:] == ["山田 花子"]


async def test_the_same_person_in_other_signs_is_asked_about(clinic: Clinic) -> None:
    """髙橋, half-width kana, 「さん」: whoever invites says whether it is somebody here before a second person is made."""
    await clinic.says("director", "/invite 看護師 ﾔﾏﾀﾞ ﾊﾅｺ")
    people = len(clinic.engine.roster().members)
    shown = await clinic.says("director", "/invite 看護師 やまだ花子さん".replace("花子", "はなこ"))
    assert "登録のある「ﾔﾏﾀﾞ ﾊﾅｺ」さんと同じ方ですか" in shown
    assert "ﾔﾏﾀﾞ ﾊﾅｺさん（看護師）の招待です" in await clinic.says("director", "同じ人です（ﾔﾏﾀﾞ ﾊﾅｺさん）")
    assert len(clinic.engine.roster().members) == people

    await clinic.says("director", "/invite")
    await clinic.says("director", "薬剤師")
    assert "同じ方ですか" in await clinic.says("director", "佐藤さん")
    assert "佐藤さんさん（薬剤師）" in await clinic.says("director", "別の人です。新しく登録する")
    assert len(clinic.engine.roster().members) == people + 1


async def test_a_name_that_is_none(clinic: Clinic) -> None:
    """Too long is refused with the bounds, and the bot goes on waiting for a name."""
    await clinic.says("director", "/invite")
    await clinic.says("director", "看護師")
    assert "60文字まで" in await clinic.says("director", "あ" * (LONGEST_NAME + 1))

    assert "招待です" in await clinic.says("director", "あ" * LONGEST_NAME)


async def test_an_incident_is_never_taken_for_a_name(clinic: Clinic) -> None:
    """Somebody who was asked for a name and sees a ransom note reports it; no 「電子カルテが動かない」 is invited."""
    await clinic.says("director", "/invite")
    await clinic.says("director", "看護師")
    shown = await clinic.says("director", "電子カルテが動かない、画面に英語が出てる")

    assert "どれに近いですか" in shown
    assert len(clinic.engine.roster().members) == 4


@pytest.mark.parametrize("line", ["/invite 看護師 山田", "/people"])
async def test_reception_may_not(clinic: Clinic, line: str) -> None:
    """It is refused politely, and nothing has changed."""
    head = clinic.home.journal.head().seq

    assert await clinic.says("reception", line) == "これは院長か代行者だけができます。"
    assert clinic.home.journal.head().seq == head


@pytest.mark.parametrize("button", ["menu|invite|nurse", "menu|person|m1", "menu|suspend|m1", "menu|again|m2"])
async def test_a_forged_button_may_not_either(clinic: Clinic, button: str) -> None:
    """What the menu doesn't offer is refused when it is tapped all the same."""
    head = clinic.home.journal.head().seq

    assert await clinic.does("nurse", button=button) == "(これは院長か代行者だけができます。)"
    assert clinic.home.journal.head().seq == head


async def test_the_list_of_people(clinic: Clinic) -> None:
    """Everybody with role and state; nobody can suspend themselves from it."""
    await clinic.says("nurse", "/absent")
    await clinic.says("director", "/invite 薬剤師 山田")
    await clinic.does("deputy", left=True)
    clinic.orders(Suspend("facility", clinic.id("reception")))
    shown = await clinic.says("director", "/people")

    for line in (
        "高橋さん（院長）\n",
        "田中さん（代行者） — 連絡がつきません",
        "佐藤さん（受付） — 停止中",
        "鈴木さん（看護師） — お休み",
        "山田さん（薬剤師） — まだ登録していません",
    ):
        assert line in shown
    assert shown.endswith("[1 田中]  [2 佐藤]  [3 鈴木]  [4 山田]")


async def test_a_lost_phone(clinic: Clinic) -> None:
    """Asked once more, then nothing from the old phone counts, old invitations are void, and all who decide read it."""
    await clinic.says("director", "/people")
    assert "鈴木さん（看護師）について" in await clinic.says("director", "鈴木")
    assert "鈴木さん（看護師）のスマホをなくしましたか" in await clinic.says("director", "スマホ紛失・停止")
    assert member(clinic, "nurse")["status"] == "active"
    shown = await clinic.says("director", "はい、止めます")
    assert "操作を止めました" in shown
    assert "鈴木さん（看護師）のスマホからの操作を止めました" in clinic.read("deputy")
    assert member(clinic, "nurse")["status"] == "suspended"

    shown = await clinic.says("director", "招待し直す")
    assert "鈴木さん（看護師）の招待です" in shown
    assert [json.loads(v)["used"] for v in clinic.home.journal.registry("invitation").values()][-2:] == [True, False]
    assert len(clinic.engine.roster().members) == 4


async def test_the_last_phone_that_decides_is_not_shut_out(clinic: Clinic) -> None:
    """What has to be done first is said instead, also to a button that was made up."""
    clinic.orders(Suspend("facility", clinic.id("deputy")))
    shown = await clinic.does("director", button=f"menu|suspend|{clinic.id('director')}")
    assert "先に代行者を決めてください" in shown
    assert "はい、止めます" not in shown

    refused = await clinic.does("director", button=f"menu|suspend|{clinic.id('director')}|yes")
    assert "先に代行者を決めてください" in refused
    assert member(clinic, "director")["status"] == "active"


async def test_a_deputy_invited_anew_stays_a_deputy(clinic: Clinic) -> None:
    """The role of the invitation is the one the person has."""
    shown = await clinic.does("director", button=f"menu|again|{clinic.id('deputy')}")

    assert "田中さん（代行者）の招待です" in shown
    assert member(clinic, "deputy")["stands_in_for"] == ("director",)


async def test_the_link_of_an_invitation(clinic: Clinic) -> None:
    """Once the channel knows the bot's name, the code comes as a link, too."""
    assert "https" not in await clinic.says("director", "/invite 看護師 山田")
    clinic.stage.lamp.desk.called("akari_bot")

    assert "https://t.me/akari_bot?start=" in await clinic.says("director", "/invite 看護師 山下")


async def test_absent_and_back(clinic: Clinic) -> None:
    """A day off starts with one command and ends with another; each twice does no harm, and the day was recorded."""
    for _ in range(2):
        assert "今日はお休みとして記録しました" in await clinic.says("nurse", "/absent")
    assert not clinic.engine.context(clinic.clock.now(), "").can_act(clinic.id("nurse"))

    for _ in range(2):
        assert "おかえりなさい" in await clinic.says("nurse", "/back")
    assert clinic.engine.context(clinic.clock.now(), "").can_act(clinic.id("nurse"))
    assert str(member(clinic, "nurse")["absent_from"]) == "2027-04-01"


async def test_the_language_of_one_person(clinic: Clinic) -> None:
    """Chosen by button, it holds for that person alone, from the next message on."""
    assert "[1 日本語]  [2 English]" in await clinic.says("nurse", "/language")
    assert "English" in await clinic.says("nurse", "English")
    assert "What you can do" in await clinic.says("nurse", "/help") or "/status" in clinic.of("nurse")[-1]

    await clinic.incident()
    assert "🚨 Suspected" in clinic.read("nurse")
    assert "報告しました" in clinic.of("deputy")[-1]


# Leaving


async def test_whoever_leaves_can_do_nothing(clinic: Clinic) -> None:
    """Asked twice; then their phone is a stranger's, they are off the list, and old records still name them."""
    run = await clinic.incident()
    await clinic.does("nurse", button=f"ack|{run.id}")
    assert "退職として登録しますか" in await clinic.does("director", button="menu|left|m4")
    assert "退職として登録しました" in await clinic.says("director", "退職で登録")

    assert member(clinic, "nurse")["status"] == "left"
    assert "関係者専用" in await clinic.says("nurse", "/status")
    assert "鈴木" not in await clinic.says("director", "/people")
    assert "鈴木" in clinic.engine.roster().members[3].name
    assert "もう終わっています" in await clinic.does("director", button="menu|left|m4|yes")
    assert "もう終わっています" in await clinic.does("director", button="menu|person|m4")


async def test_a_deputy_who_leaves(clinic: Clinic) -> None:
    """First the warning that nobody will stand in; the director goes with another; only those who decide may."""
    assert "代行者がいなくなります" in await clinic.does("director", button="menu|left|m2")
    assert "院長がいなくなります" in await clinic.does("deputy", button="menu|left|m1")
    assert "いなくなります" not in await clinic.does("director", button="menu|left|m3")
    assert "だけができます" in await clinic.does("nurse", button="menu|left|m3|yes")


async def test_the_chain_stands_in_its_order(clinic: Clinic) -> None:
    """Who is asked to decide, and after how many minutes without an answer the next."""
    assert "1. 高橋さん（院長）\n2. 田中さん（代行者） … 3分返事がなければ" in await clinic.says("director", "/people")
