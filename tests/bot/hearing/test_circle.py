"""A colleague may have taken data: what those outside the circle type and see while it goes on."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.channel import Attachment
from flows.commands.facility import AskMember
from flows.commands.reporting import AskPersons
from flows.record.journal import FACILITY
from playbooks.triage.whispers import whispers
from tests.clinic import Clinic

TITLE = "情報の取り扱いの確認"


async def in_confidence(clinic: Clinic, answer: str) -> str:
    """Let reception report a colleague and say who may know; gives the run."""
    await clinic.says("reception", "職員が患者情報を持ち出した")
    assert "どなたにも知らせていません" in await clinic.says("reception", "職員のしたことが心配（持ち出しなど）")
    await clinic.says("reception", answer)
    assert (clinic.run().playbook or clinic.run()).playbook == "insider"
    return clinic.run().id


async def test_whoever_is_left_out_sees_nothing_anywhere(clinic: Clinic) -> None:
    """The deputy is the one: no message, no list, no document; what they and the nurse type is heard as if no run were open."""
    deputy = clinic.engine.roster().member(clinic.id("deputy"))
    assert deputy is not None
    run = await in_confidence(clinic, f"{deputy.name}さん以外に知らせる")
    await clinic.says("director", "確認しました")
    before = {who: len(clinic.of(who)) for who in ("deputy", "nurse")}

    for who in ("deputy", "nurse"):
        for word in ("/status", "/runs", "/duties", "/explain", "/decide", "/close", "/report"):
            assert TITLE not in await clinic.says(who, word)
        for button in (f"menu|run|{run}", f"now|{run}", f"tke|{run}", f"big|{run}|urgent"):
            assert TITLE not in await clinic.does(who, button=button)
        assert "いま何か起きていますか" in await clinic.says(who, "例のあれは何ですか")
        await clinic.says(who, "いいえ")
    await clinic.passes(90)

    assert all(TITLE not in text for who in before for text in clinic.of(who))
    assert not any(e.actor in (clinic.id("deputy"), clinic.id("nurse")) for e in clinic.entries(run=run))
    assert TITLE in clinic.read("director")


@pytest.mark.parametrize(
    "text", ["佐藤さんがFAXを間違えて送りました", "タブレットをなくしました", "Sato sent the fax to the wrong clinic"]
)
async def test_a_mishap_told_amid_it_is_a_matter_of_its_own(clinic: Clinic, text: str) -> None:
    """Whoever told of the colleague tells of it: those who can help are called, and the circle reads no word more."""
    case = await in_confidence(clinic, "この人たちでよい")
    await clinic.says("reception", text)
    await clinic.passes(5)

    assert clinic.run().id != case
    assert text in clinic.read("director")
    assert text not in "".join(entry.body for entry in clinic.entries(run=case))


async def test_an_outage_meanwhile_is_reported_as_ever(clinic: Clinic) -> None:
    """The nurse isn't asked whether it is the same thing: of the other she doesn't know."""
    case = await in_confidence(clinic, "この人たちでよい")

    assert "同じ件" not in await clinic.says("nurse", "電子カルテが動かない、画面に英語が出てる")

    assert clinic.run().id != case
    assert clinic.run().reporter == clinic.id("nurse")


@pytest.mark.parametrize(
    "text",
    [
        "田中さんが患者名簿を持ち出してるの見ちゃいました 内緒で",
        "これ田中さんがわざとやったんじゃないかな",
        "ここだけの話やけど事務長がUSBでデータ持ち出してると思う",
        "このことは内緒にしてください、先輩のことです",
        "Tanaka-san took the patient list home",
        "院長が患者さんの名簿を印刷してた",
        "先生が患者さんのリストを印刷して持ってった",
        "受付の人が芸能人のカルテをスクショしてた",
        "Tanaka shares patient stories with his friends",
    ],
)
async def test_what_is_confided_in_an_incident_goes_to_nobody(clinic: Clinic, text: str) -> None:
    """Nobody reads it: not whoever leads, not the colleague, not in an alarm that rings again; its writer is asked who may know."""
    await clinic.incident()
    others = ("director", "deputy", "nurse")
    before = {who: len(clinic.of(who)) for who in others}
    assert "人前で話さない" in await clinic.says("reception", text)
    await clinic.passes(12)

    assert all(text not in one for who in others for one in clinic.of(who)[before[who] :])
    assert "職員のしたことが心配（持ち出しなど）" in "".join(clinic.of("reception"))
    assert any("もう一度お知らせします" in one for one in clinic.of("deputy")[before["deputy"] :])


@pytest.mark.parametrize(
    "text",
    [
        "院長がやってるかも 院長には言わんといて",
        "高橋先生です",
        "I think it is the director, don't tell him",
        "院長以外に知らせて",
    ],
)
@pytest.mark.parametrize("chosen", [(), ("1",)], ids=["before", "after"])
async def test_whom_a_whisperer_names_is_kept_from_it(clinic: Clinic, text: str, chosen: tuple[str, ...]) -> None:
    """Before it is said who may know nothing is told, offered to all or chased by phone, and who was named isn't told later."""
    shown = await clinic.says("nurse", "同僚が患者さんの情報を持ち出してるかもしれない 誰にも言わないでほしい")
    for answer in chosen:
        shown += await clinic.says("nurse", answer)
    shown += await clinic.says("nurse", text)
    await clinic.passes(5)
    assert all(clinic.of(who) == [] for who in ("director", "deputy", "reception"))
    assert not any(
        said in "".join(clinic.of("nurse")) for said in ("すぐ知らせました", "返事がありません", "📞", "こととして記録")
    )
    assert shown.count("全員に知らせる") == shown.count("内密の話ではない（全員に知らせる）")

    assert any("高橋さん（院長）には知らせません" in one for one in clinic.of("nurse"))
    await clinic.says("nurse", "この人たちでよい")

    assert clinic.of("deputy")
    assert clinic.of("director") == []


async def test_who_is_to_be_told_of_a_whisper_is_not_left_out(clinic: Clinic) -> None:
    """Whom its writer wants to ask is named for that, and is offered."""
    await clinic.says("nurse", "同僚が患者さんの情報を持ち出してるかもしれない")
    await clinic.says("nurse", "院長に相談したいです")
    await clinic.says("nurse", "職員のしたことが心配（持ち出しなど）")

    assert any("これから 高橋さん（院長）" in one for one in clinic.of("nurse"))


@pytest.mark.parametrize(
    "text",
    [
        "I think my colleague is copying patient data",
        "I think a colleague is stealing patient data, please don't tell anyone",
    ],
)
async def test_what_a_colleague_takes_is_no_emergency(clinic: Clinic, text: str) -> None:
    """No ambulance is named to whoever whispers of data, and nobody can be rung by it."""
    shown = await clinic.says("nurse", text)

    assert "119" not in shown
    assert "どれに近いですか" in shown


async def test_what_is_confided_before_anything_goes_on_calls_nobody(clinic: Clinic) -> None:
    """No number of the suspect is shown, no other matter's advice, and what was done already stays in the same matter."""
    shown = await clinic.says("reception", "言いにくいんですけど 田中さんがカルテのデータ家に持って帰ってるみたいで")
    shown += await clinic.says("reception", "田中さんにもう聞いてしまいました")

    assert "本人に聞かない" in shown
    assert "📞" not in shown
    assert "USB" not in shown
    assert "読まない・写さない・返す" not in shown
    assert len(clinic.engine.runs()) == 1


@pytest.mark.parametrize(
    "text", ["田中さんが線を抜きました", "先生、犯人からメールが来ました", "画面に「警察に内緒にしろ」と出ています"]
)
async def test_what_a_colleague_did_is_no_secret(clinic: Clinic, text: str) -> None:
    """It stays in the incident."""
    await clinic.incident()
    await clinic.says("reception", text)

    assert len(clinic.engine.runs()) == 1


async def test_an_alarm_that_rings_again_carries_no_later_line(clinic: Clinic) -> None:
    """What people wrote since is theirs, though it was in the same minute."""
    await clinic.incident()
    await clinic.says("reception", "今バンコクにいます")
    await clinic.passes(12)

    again = [one for one in clinic.of("deputy") if "もう一度お知らせします" in one]
    assert again
    assert "バンコク" not in "".join(again)


NAMES = ["高橋", "田中", "佐藤", "鈴木"]

WHISPERS = [
    "院長ってパワハラですよね？",
    "佐藤さんって盗み癖ありますよね？",
    "田中さんが院長の悪口を言っていました",
    "なあ、田中さん陰口言うてへん？",
    "佐藤って仕事できないよね",
    "金庫からお金を抜いてるの田中さんですよね",
    "先生お酒臭くないですか",
    "田中さん、辞めるって本当ですか？",
    "あの人なんか怪しくない？",
    "isn't Sato stealing?",
    "Is the director having an affair?",
    "do you think Tanaka is a thief?",
    "the deputy is lazy",
    "佐藤さんってこの前USB差してましたよね？",
    "院長が身代金払おうとしてる 院長にはこれ見せないで",
    "田中さんにはまだ言わないでください 電カルのパスワード田中さんが漏らしたかも",
    "鈴木さんがやったって患者さんが言ってます",
    "Sato opened the strange email, please don't tell her I said this",
    "Tanaka is the one who leaked it",
]
"""What people say or ask of colleagues under their breath."""


async def test_a_whisper_comes_to_nobody_before_its_writer_says_so(clinic: Clinic) -> None:
    """In an incident, as a statement or as a question; withdrawn, it comes to nobody at all, nor does a seal hold its words."""
    await clinic.incident()
    for text in WHISPERS:
        assert "まだ、だれにも知らせていません" in await clinic.says("nurse", text)
        await clinic.says("nurse", "だれにも知らせない")

    told = [one for who in ("director", "deputy", "reception") for one in clinic.of(who)]
    assert not [text for text in WHISPERS if any(text in one for one in told)]


@pytest.mark.parametrize(
    "text",
    [
        "佐藤さん、このメール怪しいですか",
        "佐藤さんのパソコンだけ動きが怪しい",
        "受付のお金が盗まれました",
        "先生が怪しいメールを開きました",
        "口コミに院長の悪口が20件入っています",
        "someone is stealing our data",
        "先生、患者さんが怪しい動きです",
        "田中さんが線を抜きました",
        "佐藤さん、画面の写真とって",
        "佐藤さんが変なメールを開いてしまいました",
        "患者さんには言わないでください",
        "先生、患者さんのご家族には言わないでください",
        "マスコミには話さないで",
        "田中さんがやりました",
        "田中さん、払わないでください",
        "院長が払わないと言っています",
        "患者さんがUSBを差していました",
        "先生すみません、患者情報を漏らしてしまいました",
        "I plugged in a usb, sorry",
        "don't tell the patients",
        "the note says don't tell the police",
        "someone is leaking our records",
        "Sato pulled the cable",
        "the roof is leaking",
        "佐藤さんがファイル開けないって言ってる",
        "佐藤さんがメールの添付開いたって言ってます",
        "佐藤さんが電話でだまされてお金振り込んだ",
        "佐藤さんが詐欺に引っかかってお金払ってしまった",
        "田中さん、バックアップのUSB抜いてください",
        "佐藤さんのパソコンに英語の画面が出た",
        "院長がビットコイン払うって言ってる",
        "Takahashi-sensei wants to pay them",
        "院長に怒られるから内緒にしたい",
        "叱られそうやから黙っときたい",
    ],
)
def test_what_looks_odd_or_was_stolen_is_no_whisper(text: str) -> None:
    """It is of a machine, of strangers, or happened to somebody."""
    assert not whispers().is_confided(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "さとうさんがデータ持ち出してるみたい",
        "サトウさんが名簿を家に持ち帰ってます",
        "たなかがパスワード漏らしたらしい",
        "佐藤さんがカルテの写真とって…",
        "佐藤さんがあのメール開いたんじゃないですか",
        "佐藤さんが開いたのかも、言わないでください",
        "鈴木さんがやったんだと思う",
        "パスワードを漏らしたのは田中さんです",
        "鈴木さんには見せないで",
        "佐藤には黙っといて",
        "佐藤さんに聞かれたくないんですが",
        "Tanaka is stealing patient data",
        "Suzuki plugged a USB in yesterday, I saw it",
        "It was Sato who let the virus in",
        "don't let Tanaka see this",
        "he is selling our patient list",
        "佐藤さん、患者さんの名簿を家に持ち帰ってるらしい",
        "佐藤さん、カルテ勝手に見てる",
        "田中さん、データを自分のUSBにコピーしてました",
        "高橋先生がカルテ消してるの見た",
        "院長がUSBにコピーしてるのを見た",
        "佐藤さんが患者さんをたたいた",
    ],
)
def test_what_a_colleague_is_said_to_have_done_is_a_whisper(text: str) -> None:
    """As a statement, as hearsay, as a question, however the name is written; and so is whom not to tell."""
    assert whispers().is_confided(text, NAMES)


async def test_a_whisper_in_a_drill_stays_one(clinic: Clinic) -> None:
    """Its writer is asked who may know, with no other trouble to tap that tells everybody; nobody reads it, and the drill goes on."""
    drill = await clinic.drill()
    text = "佐藤さんが本当にデータ持ち出してます 訓練じゃないです"
    asked = await clinic.says("nurse", text)
    await clinic.passes(12)

    assert "まだ、だれにも知らせていません" in asked
    assert asked.count("全員に知らせる") == 1
    assert clinic.run().candidates == ("insider",)
    assert clinic.run(drill.id).live
    assert not [one for who in ("director", "deputy", "reception") for one in clinic.of(who) if text in one]


async def test_a_whisper_as_an_answer_comes_to_nobody_either(clinic: Clinic) -> None:
    """As a reply to a message of ours, as the answer or the number that is awaited, beside a photo, as a message written anew."""
    run = await clinic.incident()
    await clinic.says("nurse", "患者さんは全員無事です")
    alarm = clinic.book.last_delivered(f"terminal:{clinic.id('nurse')}", f"alarm:{run.id}")
    assert alarm is not None

    async def whispered(**act: Any) -> None:
        assert "まだ、だれにも知らせていません" in await clinic.does("nurse", **act)
        await clinic.says("nurse", "だれにも知らせない")

    await whispered(text=WHISPERS[0], replied_to=alarm.message_id)
    await whispered(text=WHISPERS[1], attachment=Attachment("photo", "x"))
    await clinic.does("nurse", text="電話が鳴っています", cause="telegram:1:4.50")
    await whispered(text=WHISPERS[2], edited="50", cause="telegram:1:4.50.e100")
    clinic.orders(AskPersons(run.id), "nurse")
    assert clinic.id("nurse") in clinic.run(run.id).asking
    await whispered(text=WHISPERS[3])
    assert clinic.id("nurse") in clinic.run(run.id).asking
    clinic.orders(AskMember(FACILITY, "contact_search"), "nurse")
    await whispered(text=WHISPERS[4])

    told = [one for who in ("director", "deputy", "reception") for one in clinic.of(who)]
    assert not [text for text in WHISPERS if any(text in one for one in told)]
    assert not [e for e in clinic.entries(run=run.id) if any(text in e.body for text in WHISPERS)]


async def test_who_is_named_is_not_told_unless_the_writer_says_so(clinic: Clinic) -> None:
    """The deputy is named: the circle offered is without him, everybody can be left out, and asking him is advised against."""
    await clinic.says("nurse", "田中さんがデータを持ち出してます")
    asked = await clinic.says("nurse", "職員のしたことが心配（持ち出しなど）")
    assert "この人たちでよい" in asked
    assert "ほかのだれにも知らせない" in asked
    assert "田中" in asked.partition("には知らせません")[0].partition("だけに知らせます")[2]
    before = len(clinic.of("deputy"))
    await clinic.says("nurse", "この人たちでよい")
    assert "本人に聞かない" in await clinic.says("nurse", "田中さんに聞いてみます")

    assert clinic.run().left_out == {clinic.id("deputy")}
    assert clinic.of("deputy")[before:] == []
    assert any("データを持ち出してます" in one for one in clinic.of("director"))


@pytest.mark.parametrize(
    ("text", "playbook"),
    [
        ("田中さんがFAXを間違えて送りました", "mis_sent"),
        ("タブレットをなくしたって佐藤さんが言ってます", "lost_device"),
        ("佐藤さんが変なメールを開きました", "unauthorised_access"),
    ],
)
async def test_a_mishap_of_somebody_named_comes_to_those_who_decide(clinic: Clinic, text: str, playbook: str) -> None:
    """It is no whisper: it begins by itself where nobody answers, and is nobody's secret."""
    shown = await clinic.says("nurse", text)
    await clinic.passes(12)

    assert "だれにも知らせていません" not in shown
    assert clinic.run().near[0] == playbook
    assert any(text in one for one in clinic.of("director"))


async def test_what_a_patient_did_is_hushed_from_nobody(clinic: Clinic) -> None:
    """The director reads it, too."""
    await clinic.incident()
    shown = await clinic.says("nurse", "患者さんがUSBを持ってきて、受付に置いていきました")

    assert "だれにも知らせていません" not in shown


async def test_that_somebody_is_about_to_pay_is_told_to_two_and_is_no_secret(clinic: Clinic) -> None:
    """Whoever leads may be just who is: the next one hears of it in the same moment, and the writer reads not to pay."""
    await clinic.incident()
    shown = await clinic.says("reception", "院長がビットコイン払うって言ってる")

    assert "払わないでください" in shown
    assert "本人に聞かない" not in shown
    assert "ビットコイン払う" in clinic.read("deputy")
    assert "払わないでください" in clinic.read("director")
    assert "ビットコイン払う" not in clinic.read("director")
    assert len(clinic.engine.runs()) == 1


MOODS = """
    先生が怒ってる
    子供が走り回ってる
    先生が診察止めるって言ってる
    院長がイライラしてはる
    先生が今日は午後休診にするって言ってる
    the doctor is angry
    """
ODD_ALL_THE_SAME = """
    田中さんがこっそり名簿コピーしてて先生が怒ってる
    先生がカルテの名簿を持ち出して怒られてた
    院長に怒られるから言わないでください、田中さんがデータ持ち出しました
    田中さんが患者さんの名簿を持ち帰って泣いてた
    """


async def test_how_somebody_is_or_what_they_mean_to_do_is_no_deed_of_a_colleague(clinic: Clinic) -> None:
    """It stays in the incident, whoever is named; what is odd of anybody is confided all the same."""
    await clinic.incident()
    for text in map(str.strip, MOODS.strip().splitlines()):
        assert "人前で話さない" not in await clinic.says("reception", text), text
    assert len(clinic.engine.runs()) == 1
    for text in map(str.strip, ODD_ALL_THE_SAME.strip().splitlines()):
        assert "人前で話さない" in await clinic.says("reception", text), text
        await clinic.says("reception", "だれにも知らせない")


async def test_whoever_fears_to_be_scolded_is_told_that_nobody_is_blamed(clinic: Clinic) -> None:
    """No colleague's matter is opened for an own mishap."""
    await clinic.incident()
    assert "責めるための記録ではありません" in await clinic.says("reception", "院長に怒られるから内緒にしたい")
    assert len(clinic.engine.runs()) == 1


async def test_what_is_confided_leaves_the_louder_matter_to_be_heard(clinic: Clinic) -> None:
    """A number, a plain question and a further sign need no choice between the two; what may tell more of the colleague does."""
    await clinic.incident()
    await clinic.says("reception", "田中さんが名簿をこっそりコピーしてました")

    assert "110" in await clinic.says("reception", "警察の番号なんばん")
    assert "コピーだけでも" in await clinic.says("reception", "コピー機使っていい？")
    assert "どの件" not in await clinic.says("reception", "他のパソコンも赤い画面になった")
    assert "赤い画面になった" in clinic.read("director")
    for text in ("名簿も持って帰ってました", "昨日もやってました", "本人はもう帰りました"):
        assert "どの件についてですか" in await clinic.says("reception", text), text
    assert "持って帰ってました" not in clinic.read("director")


@pytest.mark.parametrize(
    "text", ["電子カルテおかしい", "EHR is down", "レセコンがおかしい", "薬歴おかしい", "カルテおかしい"]
)
async def test_a_failure_is_never_offered_as_a_colleagues_deed(clinic: Clinic, text: str) -> None:
    """A tap beside the right one would call nobody; a deed that is told is offered."""
    assert "職員の持ち出し" not in await clinic.says("reception", text)


@pytest.mark.parametrize(
    "text",
    [
        "田中さんがサーバーの線を抜くのを見ました",
        "田中さんがバックアップを消していました",
        "田中さんが頼まれてもいないのにルーターの電源を切りました",
        "田中さんがサーバーの電源を落としました",  # openly, or not: nobody can tell
        "I saw Tanaka-san pull out the server cable",
    ],
)
async def test_harm_that_is_told_of_a_colleague_is_offered_to_them_by_no_tap(clinic: Clinic, text: str) -> None:
    """Its writer says first who may know; whoever is named stands on no button, and to tell all takes a second look."""
    asked = await clinic.says("nurse", text)
    assert "田中さん（代行者）には知らせません" in asked
    assert "田中さん（代行者）をふくむ全員に" in await clinic.says("nurse", "内密の話ではない（全員に知らせる）")
    circle = await clinic.says("nurse", "職員のしたことが心配（持ち出しなど）")
    assert "田中さんにも" not in circle
    await clinic.says("nurse", "この人たちでよい")
    await clinic.passes(5)

    assert text in clinic.read("director")
    assert clinic.of("deputy") == clinic.of("reception") == []


@pytest.mark.parametrize("text", ["院長がルーターの線を抜きました", "田中さんがサーバーの電源を落としました"])
async def test_what_a_colleague_unplugs_in_an_attack_accuses_nobody(clinic: Clinic, text: str) -> None:
    """The playbook wants it, or whoever leads has to know at once."""
    await clinic.incident()

    assert "内密" not in await clinic.says("nurse", text)
    assert len(clinic.engine.runs()) == 1


@pytest.mark.parametrize("chosen", [(), ("職員のしたことが心配（持ち出しなど）",)], ids=["before", "after"])
async def test_who_may_know_can_be_said_in_words(clinic: Clinic, chosen: tuple[str, ...]) -> None:
    """Whoever is named to be told is, and nobody else; the accused, or who doesn't decide, isn't without a second look."""
    for text in ("田中さんがサーバーの線を抜くのを見ました", *chosen):
        await clinic.says("nurse", text)

    assert "知らせると、書いたこととあなたの名前が、本人に届きます" in await clinic.says("nurse", "田中さんに知らせて")
    assert "佐藤さん（受付）には、ここからは知らせません" in await clinic.says("nurse", "佐藤さんに知らせて")
    assert clinic.of("director") == clinic.of("deputy") == []
    await clinic.says("nurse", "院長に知らせてください")
    assert any("線を抜くのを見ました" in one for one in clinic.of("director"))
    assert clinic.of("deputy") == clinic.of("reception") == []


@pytest.mark.parametrize("chosen", [(), ("職員のしたことが心配（持ち出しなど）",)], ids=["before", "after"])
@pytest.mark.parametrize(
    "text", ["気のせいでした", "勘違いでした、すみません", "やっぱりいいです", "it was nothing, sorry"]
)
async def test_it_was_nothing_closes_it(clinic: Clinic, text: str, chosen: tuple[str, ...]) -> None:
    """Nobody ever hears of it."""
    for told in ("院長がバックアップを消していました", *chosen):
        await clinic.says("nurse", told)

    assert "だれにも知らせずに閉じました" in await clinic.says("nurse", text)
    await clinic.passes(30)
    assert not clinic.run().live
    assert clinic.of("director") == clinic.of("deputy") == clinic.of("reception") == []


async def test_who_is_named_once_asked_is_read_back(clinic: Clinic) -> None:
    """A name is heard, whether its bearer decides or not."""
    for text in ("同僚が患者さんの情報を持ち出しています", "職員のしたことが心配（持ち出しなど）"):
        await clinic.says("nurse", text)

    assert "佐藤さん（受付）には知らせません" in await clinic.says("nurse", "佐藤さんです")


async def test_where_nobody_is_left_help_is_outside(clinic: Clinic) -> None:
    """The deputy tells of the director: who is entered outside is named with its number, and nothing is promised of the director."""
    await clinic.says("deputy", "先生が処方箋を偽造してる気がします")
    asked = await clinic.says("deputy", "職員のしたことが心配（持ち出しなど）")
    assert "#9110" in asked
    assert "高橋さんにも知らせる" not in asked
    await clinic.says("deputy", "ほかのだれにも知らせない")
    assert "相談窓口に電話し" in await clinic.says("deputy", "できました")

    assert "承認" not in "".join(clinic.of("deputy"))
    assert clinic.of("director") == []


async def test_what_nobody_else_knows_of_promises_nothing_and_is_shared_with_nobody(clinic: Clinic) -> None:
    """All who decide are left out: no later approval, and no button that would tell everybody."""
    for text in (
        "院長がバックアップを消していました",
        "職員のしたことが心配（持ち出しなど）",
        "だれにも言わないでください",
    ):
        await clinic.says("nurse", text)
    shown = await clinic.says("nurse", "メモです、時刻は8時でした")
    await clinic.passes(5)

    await clinic.says("nurse", "対応の責任者になる")
    told = "".join(clinic.of("nurse"))
    assert "院長には知らせていません" in told
    assert "承認" not in told
    assert not clinic.run().reserved
    assert "全員に知らせる" not in shown
    assert clinic.of("director") == clinic.of("deputy") == []


@pytest.mark.parametrize("drill", [True, False], ids=["drill", "incident"])
async def test_the_choice_is_heard_beside_whatever_else_goes_on(clinic: Clinic, *, drill: bool) -> None:
    """An attack goes on: that the whisper was nothing calls no attack off, and whom to tell is told of the whisper."""
    louder = await (clinic.drill() if drill else clinic.incident())
    await clinic.says("nurse", "田中さんがバックアップを消していました、訓練じゃないです")
    assert "だれにも知らせずに閉じました" in await clinic.says("nurse", "見間違いでした")
    assert "見間違い" not in clinic.read("director")

    await clinic.says("nurse", "田中さんがバックアップを消していました、訓練じゃないです")
    await clinic.says("nurse", "院長に知らせてください")
    assert any("バックアップを消して" in one for one in clinic.of("director"))
    assert not any("バックアップを消して" in one for one in clinic.of("deputy"))
    assert clinic.run(louder.id).live


async def test_fear_of_whoever_leads_is_told_to_nobody_before_its_writer_chose(clinic: Clinic) -> None:
    """Whom it is about reads nothing of it, however long nobody answers."""
    shown = await clinic.says("reception", "院長が怖い。辞めたい。助けて")
    await clinic.passes(12)

    assert "まだ、だれにも知らせていません" in shown
    assert clinic.read("director") == ""
