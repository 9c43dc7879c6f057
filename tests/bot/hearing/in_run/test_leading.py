"""Whoever leads hands over in words, whoever is asked accepts in words, and whoever wants to lead is put to who does."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.hearing.in_run.leading import lead_handed_to, place_said
from flows.commands.people import TakeCommand
from flows.scene.presence import where_is
from playbooks.wants.hearing import heard_in
from playbooks.wants.names import says
from tests.clinic import MORNING, Clinic
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, TROUBLE, playbook_of
from tests.flows.clinic import Clinic as Flows

NOW = MORNING.astimezone(ZoneInfo("Asia/Tokyo"))

HANDED = {
    TANAKA: """
        私はいまから手術なので田中さんお願いします
        田中さんに指揮を任せます
        責任者を田中さんに代わってもらいたい
        田中さん、指揮をお願いします
        私の代わりに田中さんにやってもらって
        指揮は田中さんで
        飛行機に乗るので、あとは田中さんよろしく
        内視鏡の途中です。田中先生に指揮を渡します
        hand the lead to Tanaka
        let Tanaka lead
        Tanaka should take over the lead
        指揮権を田中さんに渡します
        責任者を田中さんに変えて
        オペ入るんで指揮は田中さん頼んだ
        あとは田中さん仕切って
        田中さん指揮とって
        学会で京都にいます 田中先生よろしく
        """,
    "": """
        責任者できません
        私は指揮をとれません
        指揮はもうとれない
        指揮をやめたい
        もう責任者は無理です
        指揮から外してください
        責任者をほかの人にしてください
        I can't lead anymore
        I don't want to lead
        I want to step down
        someone else should lead
        海外にいるので戻れません
        出張中なので代行の先生に頼んでください
        指揮を代わってください
        体調が悪いので責任者をおりたい
        任せた
        手術入ります
        今ハワイです
        飛行機乗ります
        患者さんがいるので責任者を代わってください
        I can't be in charge right now
        """,
    SUZUKI: """
        鈴木さんに責任者を任せます
        責任者を鈴木さんに
        鈴木さんが責任者でいいと思う
        make Suzuki the leader
        """,
    None: """
        田中さんにLANの線を抜くのをお願いします
        田中さんに電話してください
        責任者は代わりません。私が続けます
        田中さんが責任者ですか
        責任者の田中さんが来ました
        鈴木さんにお願いします
        佐藤さんの代わりに田中さんにお願い
        患者さんが待っています
        山田さんに指揮任せます
        手術室のパソコンも動きません
        海外のサイトが出ています
        """,
}
ACCEPTED = (
    "わかりました",
    "引き受けます",
    "はい、やります",
    "了解しました。やります",
    "お受けします",
    "任せてください",
    "Yes, I will",
)
NOT_ACCEPTED = ("わかりませんでした", "はい？", "できません", "わかりましたが無理です", "お願いします")


def _texts(lines: str) -> list[str]:
    return [line.strip() for line in lines.strip().splitlines()]


def test_who_is_to_lead_instead() -> None:
    """Who is named, else the next who could; words about a step or a call hand over nothing, nor do anybody else's."""
    clinic = Flows(playbook_of(TROUBLE)).found()
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    for to, lines in HANDED.items():
        for text in _texts(lines):
            heard = [lead_handed_to(text, clinic.run, clinic.context(who), heard_in(text)) for who in (TAKAHASHI, SATO)]
            assert heard == [to, None], text


def test_words_of_acceptance() -> None:
    """A plain yes is one; a no in polite words isn't."""
    assert [text for text in ACCEPTED if not says(text, "accept")] == []
    assert [text for text in NOT_ACCEPTED if says(text, "accept")] == []


def test_words_about_who_leads() -> None:
    """Who keeps the lead after all, and who wants it, in words of many kinds; a question about either is neither."""
    said = {
        "keep_lead": (
            ["やっぱりやめます", "取り消し", "私が続けます"],
            ["やめたほうがいいですか", "電源を取り消しますか"],
        ),
        "seek_lead": (["私が仕切ってええですか", "ほな私が仕切ります"], ["私が責任者ですか", "私が責任者なんですか"]),
    }
    for name, (meant, other) in said.items():
        assert [text for text in (*meant, *other) if says(text, name)] == meant


@pytest.mark.parametrize("leads", [True, False], ids=["leads", "nobody yet"])
async def test_handed_over_in_words(clinic: Clinic, *, leads: bool) -> None:
    """The deputy has a button at once, the director reads who was asked and stays in charge until the deputy says yes."""
    await clinic.incident()
    if leads:
        await clinic.says("director", "[対応の責任者になる]")
    told = await clinic.says("director", "私はいまから手術なので田中さんお願いします")
    assert "田中さん（代行者）に、責任者を代わってもらうようお願いしました" in told
    assert "対応の責任者になる]" in clinic.of("deputy")[-1]
    assert clinic.run().commander == (clinic.id("director") if leads else None)
    await clinic.says("deputy", "わかりました")
    assert clinic.run().commander == clinic.id("deputy")


async def test_nobody_accepts(clinic: Clinic) -> None:
    """Who was asked can't, or is silent: the next is asked, at last everybody; until then the director is in charge."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    await clinic.says("director", "責任者できません")
    told = await clinic.says("director", "田中さんに指揮を任せます")
    assert ("お願いしました" in told, len(clinic.entries("command_handed_on"))) == (True, 1)
    await clinic.passes(4)
    assert (clinic.run().commander, "対応の責任者になる]" in clinic.read("nurse")) == (clinic.id("director"), True)
    await clinic.says("nurse", "[対応の責任者になる]")
    assert clinic.run().commander == clinic.id("nurse")


async def test_who_was_asked_declines(clinic: Clinic) -> None:
    """The deputy says that they can't: the others are asked at once."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    await clinic.says("director", "指揮を代わってください")
    await clinic.says("deputy", "手術中で責任者できません")
    assert "対応の責任者になる]" in clinic.read("nurse")


async def test_a_deputy_wants_to_lead(clinic: Clinic) -> None:
    """The director, who leads, is asked with one tap, and may say yes in words; the deputy leads at once then."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    assert "高橋さん（院長）に聞いています" in await clinic.says("deputy", "私が代わりに責任者やります")
    assert "[1 責任者を代わってもらう]  [2 わたしが続けます]" in "\n".join(clinic.of("director")[-3:])
    await clinic.says("director", "お願いします")
    assert clinic.run().commander == clinic.id("deputy")


async def test_who_hands_over_from_afar_gets_no_work_and_may_keep_the_lead(clinic: Clinic) -> None:
    """A leader abroad is given no lead to pull; taken back, the lead stays theirs, and the deputy's late yes changes nothing."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    before = len(clinic.of("director"))
    await clinic.says("director", "いま海外なので田中さんに任せます")
    assert clinic.run().presence[clinic.id("director")][0] == "away"
    await clinic.says("director", "やっぱりやめます")
    assert "高橋さん（院長）が対応の責任者" in clinic.of("deputy")[-1]
    await clinic.says("deputy", "うん")
    assert clinic.run().commander == clinic.id("director")
    assert not any("抜いてください" in text for text in clinic.of("director")[before:])


def test_where_they_say_that_they_are() -> None:
    """Abroad, on the road, at a home visit, in another town, in theatre; who is in the house or speaks of others is not."""
    said = {
        "away": """
            ロンドンにいます、田中さんお願いします
            田中さんお願いします、今ニューヨークなので
            新幹線の中なので田中さんに任せます
            往診中なので責任者できません
            学会で大阪です。田中さんよろしく
            大阪で学会です、田中さんに任せます
            学会があるので田中さんお願いします
            運転中なので田中さんに任せます
            車の中なので田中さんお願いします
            Sorry, I'm on a train, please ask Tanaka
            I'm in London, Tanaka please take charge
            """,
        "with_patient": "オペ入ります、田中さんお願いします",
        None: """
            診察室にいますが田中さんに任せます
            東京の患者さんです、田中さんお願いします
            海外のサイトが出ているので田中さんお願いします
            往診車が動かないので田中さんに任せます
            Tanaka is in Osaka, please ask him
            """,
    }
    heard = {text: place_said(text, NOW) for t in said.values() for text in _texts(t)}
    assert {text: it.where if it else None for text, it in heard.items()} == {
        text: where for where, t in said.items() for text in _texts(t)
    }


@pytest.mark.parametrize("text", ["新幹線の中なので田中さんに任せます", "往診中です。田中さん指揮お願いします"])
async def test_who_handed_over_from_outside_is_still_outside_later(clinic: Clinic, text: str) -> None:
    """The deputy leads, and reads forty minutes later that the director is outside; nothing for hands has come to them."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    await clinic.says("director", text)
    await clinic.says("deputy", "わかりました")
    await clinic.passes(40)
    assert "外にいる: 高橋さん" in await clinic.says("deputy", "/status")
    had = [shown for shown in clinic.run().shown.values() if shown.member == clinic.id("director")]
    assert not any(clinic.run().step(shown).hands for shown in had)


async def test_a_name_that_nobody_has(clinic: Clinic) -> None:
    """Nobody is asked to lead in the place of whom nobody knows: who is meant is asked."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    told = await clinic.says("director", "山田さんに指揮任せます")
    assert ("山田" in told, clinic.entries("command_handed_on")) == (True, [])


TAKES = """
    OKです！
    もちろんです
    今から代わります
    じゃあ私やります
    自分でやります
    ここからは私が見ます
    はい、交代します
    お任せください
    I've got it
    Leave it with me
    Sure, happy to
    I'll take over from here
    """
KEEPS = """
    やっぱ私がやる
    やっぱり自分で続けます
    自分でやります
    私に戻して
    責任者は私に返してください
    手術が延期になったので私がやります
    I've got it
    Actually, I'll do it myself
    Give it back to me please
    """
NOT_OF_THE_LEAD = """
    やっぱり線は抜けません
    私に電話してください
    戻してもいいですか
    OKですか？
    自分の携帯でかけます
    代わりの紙はどこですか
    私に代わって電話してもらえますか
    I've got a question
    I've got a patient here
    """


@pytest.mark.parametrize("text", _texts(TAKES))
async def test_who_was_asked_says_yes_in_their_own_words(clinic: Clinic, text: str) -> None:
    """The deputy leads, and reads two messages: that they do, and where it stands; nothing about a note."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    await clinic.says("director", "手術なので田中さんお願いします")
    before = len(clinic.of("deputy"))
    await clinic.says("deputy", text)

    assert clinic.run().commander == clinic.id("deputy")
    assert len(clinic.of("deputy")) - before <= 2
    assert "記録しました" not in "".join(clinic.of("deputy")[before:])


@pytest.mark.parametrize("accepted", [False, True], ids=["asked", "accepted"])
@pytest.mark.parametrize("text", _texts(KEEPS))
async def test_who_handed_over_has_it_again(clinic: Clinic, text: str, *, accepted: bool) -> None:
    """Before the deputy said yes, and after it."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    await clinic.says("director", "学会で大阪です。田中さんよろしく")
    if accepted:
        await clinic.says("deputy", "わかりました")
    await clinic.says("director", text)

    assert (clinic.run().commander, clinic.run().handed_to) == (clinic.id("director"), {})


@pytest.mark.parametrize("text", _texts(NOT_OF_THE_LEAD))
async def test_what_only_sounds_like_it_moves_no_lead(clinic: Clinic, text: str) -> None:
    """Neither of whoever was asked nor of whoever asked them."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    await clinic.says("director", "学会で大阪です。田中さんよろしく")
    for who in ("deputy", "director"):
        await clinic.says(who, text)

    assert clinic.run().commander == clinic.id("director")
    assert clinic.id("deputy") in clinic.run().handed_to


@pytest.mark.parametrize(
    "text", ["鈴木さんに任せた", "あとは鈴木さんに任せます", "全部鈴木さんに任せるわ", "鈴木さんに任せときます"]
)
async def test_all_of_it_may_go_to_a_nurse(clinic: Clinic, text: str) -> None:
    """Whoever leads and has no step of their own entrusts the lead, whoever it is; a plain 「じゃあ私やります」 is the yes."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    told = await clinic.says("director", text)
    assert "鈴木さん（看護師）に、責任者を代わってもらうようお願いしました" in told
    await clinic.says("nurse", "じゃあ私やります")

    assert clinic.run().commander == clinic.id("nurse")


async def test_the_call_to_all_is_answered_by_who_names_themselves(clinic: Clinic) -> None:
    """A bare 「わかりました」, or 「やります」 of somebody with a step, brings the button; 「私がやります」 is the answer."""
    await clinic.incident()
    await clinic.says("director", "責任者できません")
    await clinic.says("deputy", "手術中で責任者できません")
    for who, text in (("nurse", "わかりました"), ("reception", "やります"), ("reception", "I'm on it")):
        assert "[1 対応の責任者になる]" in await clinic.says(who, text)
        assert clinic.run().commander is None
    await clinic.says("nurse", "じゃあ私やります")

    assert clinic.run().commander == clinic.id("nurse")


async def test_words_about_doing_it_oneself_where_nothing_was_offered(clinic: Clinic) -> None:
    """Of the nurse they bring what is hers, of the deputy the charge; nobody else is troubled by them."""
    await clinic.incident()
    before = len(clinic.of("director"))
    assert "まず患者さんの安全" in await clinic.says("nurse", "じゃあ私やります")
    assert "対応の責任者になる]" in await clinic.says("deputy", "やっぱ私がやる")
    assert (clinic.run().commander, len(clinic.of("director"))) == (None, before)


async def test_what_to_do_now_of_whoever_decides(clinic: Clinic) -> None:
    """Before they lead: to lead. Then: what is done and what isn't, what they can take on, and give to others."""
    await clinic.incident()
    told = await clinic.says("director", "何すればいいですか？")
    assert "対応の責任者になってください" in told
    assert "[1 対応の責任者になる]" in told
    await clinic.says("director", "対応の責任者になる")
    told = await clinic.says("director", "何すればいいですか？")

    assert "次の電話" in told
    assert "患者さんをお願いします" not in told
    assert "だれかに頼む" in told


@pytest.mark.parametrize(
    ("text", "where", "until", "lasting"),
    [
        ("往診中です", "away", "", False),
        ("今手術中", "with_patient", "", True),
        ("オペ入ります", "with_patient", "", True),
        ("I'm in theatre", "with_patient", "", True),
        ("11時まで往診です", "away", "11:00", False),
        ("往診中、11時半に戻ります", "away", "11:30", False),
        ("2時間オペに入ります", "with_patient", "10:50", True),
        ("30分ほど手術", "with_patient", "09:20", True),
        ("お昼まで外出です", "away", "12:00", False),
        ("11:30まで学会です", "away", "11:30", False),
        ("I'm in theatre until 11", "with_patient", "11:00", True),
    ],
)
def test_where_and_until_when(text: str, where: str, until: str, lasting: bool) -> None:
    """A time beside a place is until when; in theatre without one it holds until they say otherwise."""
    said = place_said(text, NOW)
    assert said is not None
    assert (said.where, f"{said.until:%H:%M}" if said.until else "", said.lasting) == (where, until, lasting)


@pytest.mark.parametrize(
    "text",
    ["11時から手術です", "手術は2時間です", "2時間待っています", "11時までに電話します", "3人手術中の患者さんがいます"],
)
def test_a_time_alone_is_no_place(text: str) -> None:
    """Nor is what is only planned, or somebody else's."""
    assert place_said(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "minutes", "still"),
    [
        ("オペ入ります", 12, True),
        ("手術中です", 90, True),
        ("30分ほど手術", 25, True),
        ("30分ほど手術", 31, False),
        ("11時まで往診です", 120, True),
        ("11時まで往診です", 131, False),
        ("往診中です", 90, True),
    ],
)
async def test_whoever_said_so_is_there_for_as_long(clinic: Clinic, text: str, minutes: int, still: bool) -> None:
    """Without any words of handing over, the nurse, too: and nobody wants a minute of who is in theatre."""
    await clinic.incident()
    shown = await clinic.says("nurse", text)
    assert "✅" in shown
    assert "記録しました" not in shown
    await clinic.passes(minutes)
    run, context = clinic.run(), clinic.engine.context(clinic.clock.now(), "")

    assert (where_is(run, context, clinic.id("nurse")) is not None) is still
    assert "1分だけ" not in clinic.read("nurse")


async def test_who_is_in_theatre_is_asked_once_after_half_an_hour(clinic: Clinic) -> None:
    """As whoever is outside; a button tells that they are back."""
    await clinic.incident()
    await clinic.says("nurse", "オペ入ります")
    await clinic.passes(25)
    assert "いま、どこにいますか" not in clinic.read("nurse")
    await clinic.passes(30)
    assert clinic.read("nurse").count("いま、どこにいますか") == 1


@pytest.mark.parametrize("text", ["院長に指揮を返します", "責任者は院長で", "I give the lead back to the director"])
async def test_the_lead_goes_back_to_whoever_is_named_by_what_they_are(clinic: Clinic, text: str) -> None:
    """The director is asked, nobody else is asked for help, and the deputy leads until then."""
    await clinic.incident()
    await clinic.says("deputy", "[対応の責任者になる]")
    told = await clinic.says("deputy", text)

    assert "高橋さん（院長）に、責任者を代わってもらうようお願いしました" in told
    assert "手を貸してほしい" not in clinic.read("director")
    assert clinic.run().commander == clinic.id("deputy")


@pytest.mark.parametrize(
    "text", ["私は指揮をとれません", "I can't lead anymore", "指揮をやめたい", "hand the lead to Tanaka"]
)
async def test_whoever_gives_up_the_lead_is_asked_nothing(clinic: Clinic, text: str) -> None:
    """The next is asked, once, and no plea goes beside it; no kind word either: who gives up the lead isn't at their end."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    told = await clinic.says("director", text)

    assert "田中さん（代行者）に、責任者を代わってもらうようお願いしました" in told
    assert clinic.entries("plea_heard") == []
    assert "119" not in told
    assert "あなたのせい" not in told


@pytest.mark.parametrize("who", ["deputy", "director"])
async def test_a_deputy_names_who_leads_while_nobody_does(clinic: Clinic, who: str) -> None:
    """The nurse is asked, and may; until she says so nobody leads."""
    await clinic.incident()
    told = await clinic.says(who, "責任者を鈴木さんに")
    assert "鈴木さん（看護師）に、責任者を代わってもらうようお願いしました" in told
    assert clinic.run().commander is None
    await clinic.says("nurse", "[対応の責任者になる]")

    assert clinic.run().commander == clinic.id("nurse")


async def test_before_anything_began_whoever_would_lead_is_asked_what_it_is(clinic: Clinic) -> None:
    """There is nothing to lead yet; what they answer begins it."""
    await clinic.says("reception", "電カル動かん")

    assert "いちばん近いものを押してください" in await clinic.says("deputy", "院長が出ないので私が指揮します")
