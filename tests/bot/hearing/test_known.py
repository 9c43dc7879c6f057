"""What the bot knows itself is answered at once, and nobody else is asked: before anything goes on, and in the middle of it."""

from __future__ import annotations

import pytest

from bot.hearing.in_run.listening import known_answer
from flows.commands.people import TakeCommand
from playbooks.wants.answers import answers
from playbooks.wants.names import says
from tests.clinic import Clinic
from tests.flows.clinic import SATO
from tests.flows.clinic import Clinic as Flows

QUIET = {
    "院長の電話番号": "高橋さん（院長）",
    "佐藤さんの電話番号わかりますか": "佐藤さん（受付）",
    "警察の番号": "110",
    "誰が責任者？": "出られないときは",
    "責任者はどなたですか": "出られないときは",
    "who is in charge?": "If they can't be reached",
    "何ができるの": "できること",
    "使い方を教えて": "できること",
    "これ、どうやって使うの？": "できること",
    "困った": "短く送ってください",
    "どうしよう、困りました": "短く送ってください",
    "手伝って": "短く送ってください",
    "警察に電話したほうがいい": "110",
    "警察に相談したほうがいいですか？": "110",
    "ベンダーに電話したほうがいいですか？": "電子カルテの会社",
    "保健所に連絡すべき？": "保健所",
    "Wi-Fiのパスワード教えて": "パスワードや暗証番号は、この案内には入っていません",
    "電子カルテのパスワードがわからない": "この案内には入っていません",
    "what is the wifi password?": "I hold no passwords",
    "who is doing what?": "Nothing is going on now",
    "今どうなってる？": "いま対応中のものも、訓練もありません",
    "個人情報保護委員会への報告はいつまで？": "3〜5日以内",
    "by when must we report to the privacy commission?": "about 3 to 5 days",
    "届け出の期限は？": "漏えい等の確報",
    "#9110って何": "警察の相談専用電話",
    "ランサムウェアって何？": "LANの線を抜き",
    "マスコミに何て答える？": "折り返します",
    "会計はどうしたらいい？": "会計は後日で大丈夫です",
    "what do we tell the press?": "Answer nothing on the spot",
    "次の訓練はいつ？": "訓練",
    "訓練はじめて": "これからの訓練",
    "when is the next drill?": "訓練",
    "誰に連絡すればいい？": "出られないときは",
    "who do I call if the computer breaks?": "Computer company",
}
IN_TROUBLE_ALL_THE_SAME = [
    "カルテが開かなくて困ってます",
    "パスワード教えてって電話で言われました",
    "パスワードを変えたら入れません",
    "院長の電話番号が画面に出ています",
    "責任者を名乗る人から電話が来ました",
    "警察を名乗る電話でパスワードを聞かれました",
    "使い方がおかしい画面が出た",
    "ベンダーに電話したら、攻撃だと言われました",
]


@pytest.mark.parametrize(("text", "answer"), QUIET.items())
async def test_on_a_quiet_day_it_is_answered(clinic: Clinic, text: str, answer: str) -> None:
    """Nobody is asked whether something goes on, nothing is opened, and nobody else reads of it."""
    await clinic.says("nurse", "おはようございます")
    others = {who: len(clinic.of(who)) for who in ("director", "deputy", "reception")}
    shown = await clinic.says("nurse", text)

    assert answer in shown
    assert "いま何か起きていますか" not in shown
    assert not clinic.engine.runs()
    assert {who: len(clinic.of(who)) for who in others} == others


@pytest.mark.parametrize("text", IN_TROUBLE_ALL_THE_SAME)
def test_what_tells_of_trouble_is_no_such_question(text: str) -> None:
    """It is heard as what it is."""
    roster = Flows().found().context(SATO).roster
    assert known_answer(text, SATO, roster) is None
    assert not says(text, "asks_help")


PERMITS = {
    "電源切っていい？": "電源は、切らないでください",
    "コンセント抜いてもいいですか": "電源は、切らないでください",
    "モニターの電源抜いていい？": "患者さんにつながるモニターは、線を抜かず",
    "身代金は払うの？": "払わないでください",
    "身代金って払ったほうがいいの": "払わないでください",
    "ルーターの電源落としていい？": "ルーターやVPN装置の電源を切る",
    "ルーターを再起動してもいいですか": "ルーターやVPN装置の電源を切る",
    "should we pay the ransom?": "払わないでください",
    "can I restart the router?": "電源は、切らないでください",
    "火事になったらどうする": "119",
    "もし地震が来たら、まず何をすればいい？": "もし起きたとき",
    "Wi-Fiのパスワード教えて": "この案内には入っていません",
    "警察に電話した？": "警察のサイバー窓口",
    "警察に連絡したほうがいい？": "はい。手順にあります",
    "院長に電話した？": "高橋さん（院長）",
    "田中さんには連絡しましたか": "田中さん（代行者）",
    "ベンダーに電話した？": "電子カルテの会社",
    "誰が責任者？": "高橋さんに依頼中",
    "だれがリーダーですか": "高橋さんに依頼中",
    "何ができるの": "できること",
    "困った": "まず患者さんの安全",
    "個人情報保護委員会への報告はいつまで？": "04/03〜04/05",
    "患者さんへの通知はいつまで？": "本人への通知",
    "#9110って何": "警察の相談専用電話",
    "会計はどうしたらいい？": "会計は後日で大丈夫です",
    "レジはどうする？": "会計は後日で大丈夫です",
    "記者から電話が来たらどう答えればいい？": "折り返します",
    "患者さんから電話が来たら何て言えばいい？": "原因は調査中です",
    "予約の電話はどうしたらいい？": "新しい予約は紙に",
    "マイナ保険証はどうしたらいい？": "申立書",
    "処方箋はどうすればいい？": "処方箋は紙で出し",
    "自分のスマホ使ってもいい？": "Wi-Fiを切り",
    "how do we do the billing?": "The bill can follow later",
    "what do we say when patients call?": "We are working on paper",
    "レセコンは使えますか": "どのパソコンも使わないでください",
    "隣のパソコンはまだ使える？": "どのパソコンも使わないでください",
    "is it safe to use my tablet?": "どのパソコンも使わないでください",
    "can we still use the printer?": "it is connected to the computers",
    "これって届け出いるんですか": "届け出・報告",
    "do we have to report this?": "届け出・報告",
    "警察には誰が電話する？": "警察のサイバー窓口",
    "アレルギーはどうやって確認したらいいですか": "お薬手帳と",
    "検査結果はどこで見れますか": "検査会社に電話して",
}
PASSED_ON = {
    "電源切れって電話で言われました": "してはいけないことを",
    "身代金払います": "してはいけないことを",
    "電源切りますね": "してはいけないことを",
    "ベンダーがリモートで入ってます": "外から機械に入っている",
    "業者の人がもう遠隔で見てくれてます": "外から機械に入っている",
    "the vendor is working on it remotely": "外から機械に入っている",
    "パスワード教えろと電話が来ました": "してはいけないことを",
    "患者さんに帰ってもらっていいですか": "質問です",
    "レジの金で払ってええかいな、例のサポートに": "してはいけないことを",
}


@pytest.mark.parametrize(("text", "answer"), PERMITS.items())
async def test_in_an_attack_it_is_answered(clinic: Clinic, text: str, answer: str) -> None:
    """From what the steps forbid, what is on the record, or the first words; nobody else has to answer it."""
    await clinic.incident()
    others = {who: len(clinic.of(who)) for who in ("director", "deputy", "reception")}
    shown = await clinic.says("nurse", text)

    assert answer in shown
    assert "聞いています" not in shown
    assert {who: len(clinic.of(who)) for who in others} == others


@pytest.mark.parametrize(("text", "told"), PASSED_ON.items())
async def test_what_is_about_to_happen_is_told_to_whoever_leads(clinic: Clinic, text: str, told: str) -> None:
    """A demand from outside, an intention, somebody in the machines: that is no mere question."""
    await clinic.incident()
    await clinic.says("nurse", text)

    assert told in clinic.read("director")


async def test_a_router_may_be_restarted_where_nothing_is_forbidden(clinic: Clinic) -> None:
    """In an outage it may be what helps: whoever leads is asked."""
    await clinic.incident("ehr_outage")
    assert "聞いています" in await clinic.says("nurse", "ルーターの電源落としていい？")


async def test_whether_somebody_knows_is_told_as_it_is(clinic: Clinic) -> None:
    """Not yet, then since when; and that they lead."""
    await clinic.incident()
    assert "まだ知らせを読んでいません" in await clinic.says("nurse", "院長に電話した？")
    await clinic.says("director", "対応の責任者になる")
    assert "08:50 に知らせを読みました。対応の責任者です" in await clinic.says("nurse", "院長に電話した？")


@pytest.mark.parametrize(
    ("playbook", "who", "text"),
    [
        ("ransomware", "nurse", "LAN抜きました"),
        ("ransomware", "deputy", "LANの線、抜きましたよ"),
        ("ehr_outage", "reception", "LAN抜きました"),
        ("ehr_outage", "nurse", "ケーブル抜きました"),
    ],
)
async def test_what_somebody_says_of_a_step_that_is_not_theirs_is_told_later(
    clinic: Clinic, playbook: str, who: str, text: str
) -> None:
    """It settles nothing, asks nobody, and stands beside the step as what they say."""
    await clinic.incident(playbook)
    before = len(clinic.of("reception")) if who != "reception" else 0
    await clinic.says(who, text)
    assert who == "reception" or len(clinic.of("reception")) == before
    told = await clinic.says("director", "LANは抜けてる？")

    assert "は「した」と書いています。まだ済みになっていません" in told


@pytest.mark.parametrize(
    "text",
    [
        "I can't read the label, it's in Japanese",
        "Sorry, I cannot read the sign",
        "the labels are all in Japanese",
        "what does this label say?",
    ],
)
async def test_who_cannot_read_a_thing_sees_it(clinic: Clinic, text: str) -> None:
    """The drawing of what is before them, described in English, their step's buttons, and the choice of a language."""
    await clinic.incident()
    shown = await clinic.says("reception", text)

    assert "lan_plug.png" in shown
    assert "Choose a language" in shown
    assert "transparent" in shown or "clear" in shown


NO_SUCH_QUESTION = (
    "会計は後でいいから救急車！",
    "保険証のコピーとるやり方に変えた 今のとこ問題なし",
    "となりの部屋のパソコンはいつもどおり使えてます",
    "取材の人が受付に来ています",
    "予約の電話を10件受けました",
)


@pytest.mark.parametrize("text", NO_SUCH_QUESTION)
async def test_what_tells_of_the_topic_is_not_answered(clinic: Clinic, text: str) -> None:
    """Who tells something, or needs help, isn't told how it is done."""
    await clinic.incident()
    await clinic.says("nurse", text)

    assert all(one.says.ja not in clinic.read("nurse") for one in answers().answers.values())


@pytest.mark.parametrize(
    "told", ["30分後に復旧予定だそうです", "システム会社が10時に来ます", "the vendor comes at 10:30"]
)
@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("いつ直りますか？", "まだわかりません"),
        ("業者は何時に来るの？", "聞いています"),
        ("how long will it take?", "We don't know yet"),
    ],
)
async def test_when_it_works_again_is_told_once_somebody_knows(
    clinic: Clinic, told: str, asked: str, first: str
) -> None:
    """What a colleague wrote of it, with their name; before, what patients are told, and who comes whoever leads is asked."""
    await clinic.incident()
    assert first in await clinic.says("nurse", asked)
    await clinic.says("reception", told)
    before = len(clinic.of("director"))
    shown = await clinic.says("nurse", asked)

    assert told in shown
    assert "佐藤さん（受付）" in shown
    assert len(clinic.of("director")) == before


@pytest.mark.parametrize("text", ["これ本当に電話するんですか", "線は本当に抜くの？", "do I really pull the cable?"])
async def test_in_a_drill_whether_to_do_it_really_is_answered(clinic: Clinic, text: str) -> None:
    """It is no sign of something real."""
    await clinic.drill()
    shown = await clinic.says("nurse", text)

    assert "まね" in shown
    assert "本物の障害ですか" not in shown


@pytest.mark.parametrize("goes_on", [False, True])
async def test_what_patients_have_not_with_them_is_no_loss_of_ours(clinic: Clinic, goes_on: bool) -> None:
    """How they are seen without it is answered, whether or not something goes on; that we lost it is told as ever."""
    if goes_on:
        await clinic.says("reception", "電子カルテが止まった")
        await clinic.says("reception", "電子カルテや会計の画面が動かない")
    for text, answer in (
        ("お薬手帳がない患者さんはどうしたら", "かかりつけの薬局"),
        ("診察券がない方はどうすれば？", "ご本人に言ってもらって"),
        ("紹介状がない患者さんはどうしますか", "紹介元に電話"),
        ("保険証がない患者さんはどうしたらいいですか", "マイナポータル"),
    ):
        shown = await clinic.says("nurse", text)
        assert answer in shown, text
        assert "ロック" not in shown, text
    assert len(clinic.engine.live_runs()) == goes_on
    assert "かかりつけ" not in await clinic.says("nurse", "預かったお薬手帳をなくしました")


ASKED = {
    "own_photo": (
        "自分のスマホで写真撮っていいですか",
        "画面の写真撮ってもいい？",
        "can I take a photo with my own phone?",
    ),
    "copier": ("コピー機は使っていいですか", "複合機使えますか", "コピーしてもいいですか", "can we use the copier?"),
    "card_reader": ("マイナ保険証の機械は使えますか", "カードリーダー使っていい？", "顔認証の機械は使っていいですか"),
    "fax": ("FAXは使っていいですか", "ファックスで送ってもいいですか"),
    "care_machines": ("レントゲンは使えますか", "心電図使っていいですか"),
    "own_phone": ("自分のスマホ使っていいですか",),
}
ASKED_OF_NONE = """
    患者さんの写真を撮っていいですか
    カルテの写真撮っていいですか
    USBにコピーしていいですか
    データをコピーしていいですか
    コピー機が動かないです
    プリンターの電源切っていいですか
    カードリーダーが使えません
    FAXを間違えて送りました
    バックアップをコピーしてもいい？
    写真はもう撮りました
    レントゲンが使えない
    """


def test_which_machine_is_asked_about() -> None:
    """Whether it may be used; not what fails, what is to be copied to a disk, or whom the picture shows."""
    found = {text: answers().asked_in(text, "clinic") for texts in ASKED.values() for text in texts}
    assert found == {text: name for name, texts in ASKED.items() for text in texts}
    none = [text for text in map(str.strip, ASKED_OF_NONE.strip().splitlines()) if answers().asked_in(text, "clinic")]
    assert none == []


@pytest.mark.parametrize(
    ("playbook", "copier", "reader"),
    [
        ("ransomware", "コピーだけでも", "いまは使わないで"),
        ("ehr_outage", "変わった様子がなければ", "動いていれば、使ってかまいません"),
    ],
)
async def test_what_may_be_used_depends_on_what_is_feared(
    clinic: Clinic, playbook: str, copier: str, reader: str
) -> None:
    """In an attack whoever leads says when; where something only failed, what works is used. Nobody else is asked."""
    await clinic.incident(playbook)
    mark = len(clinic.of("director"))

    assert copier in await clinic.says("nurse", "コピー機は使っていいですか")
    told = await clinic.says("nurse", "マイナ保険証の機械は使えますか")
    assert reader in told
    assert "マイナポータルの画面" in told
    assert len(clinic.of("director")) == mark


FIRST_QUARTER = {
    ("telephone", "ransomware", "clinic"): ("電話は使えますか", "固定電話かけてもええ？", "受付の電話は使っていい？"),
    ("wifi", "ehr_outage", "clinic"): ("Wi-Fi使っていい？", "無線LANは使えますか"),
    ("credit_cards", "ransomware", "clinic"): ("クレジットの機械使っていい？", "クレジットカードの機械は使えますか"),
    ("charging", "ransomware", "clinic"): ("スマホの充電パソコンからしていい？", "ここで充電してもいいですか"),
    ("receipt_computer", "ehr_outage", "clinic"): ("レセコンは触ってもいいですか", "会計の機械さわっていい？"),
    ("how_long", "ransomware", "clinic"): ("いつ直るん", "いつまで待ってもらえば", "あとどれくらい待つの？"),
    ("why_unplug", "ransomware", "clinic"): ("なんでLAN抜くの", "なぜ線を抜くんですか", "why unplug the cable?"),
    ("server_lead", "ransomware", "clinic"): ("サーバーの線も抜く？", "サーバーのLAN抜いていい？"),
    ("care_machine_lead", "ransomware", "clinic"): ("レントゲンの線抜いていい？", "エコーのLAN抜くの？"),
    ("unplug", "ransomware", "clinic"): ("should I unplug it?", "線を抜く？", "do I pull the cable?"),
    ("mis_sent_call", "mis_sent", "clinic"): ("むこうに電話したほうがいい？", "相手に連絡していいですか"),
    ("mis_sent_bin", "mis_sent", "clinic"): ("捨ててくださいって言っていい？", "消してもらっていいですか"),
    ("remote_lock", "lost_device", "clinic"): ("遠隔ロックってどうやるの", "リモートロックのやり方は？"),
    ("family", "ransomware", "clinic"): ("家族に話していい？", "LINEで友達に言っていい？"),
    ("same_again", "ehr_outage", "pharmacy"): (
        "薬歴見られへんけど前と同じで出していい？",
        "いつもの薬出してもいいですか",
    ),
    ("medicine_unknown", "ehr_outage", "clinic"): (
        "薬の量わからへん、アレルギーも見れへん",
        "前回の処方の内容が見られません",
        "この人ワーファリン飲んでるか分かりません",
        "薬の名前わからん患者さんどうする",
    ),
    ("prescriber", "ehr_outage", "pharmacy"): ("医者に確認の電話していい？", "先生に電話していいですか"),
    ("fax_prescriptions", "ehr_outage", "pharmacy"): ("処方箋FAXで受けていい？", "FAXの処方箋で出していいですか"),
    ("pharmacy_check", "ransomware", "clinic"): ("薬局から電話で処方の確認", "薬局から疑義照会の電話です"),
    ("forms_gone", "ransomware", "clinic"): ("紙なくなった", "問診票が足りません", "we are out of paper"),
    ("order_lost", "ransomware", "clinic"): ("順番わからなくなった", "患者さんの順番がぐちゃぐちゃです"),
    ("e_prescription", "ehr_outage", "pharmacy"): ("電子処方箋みれません", "電子処方箋が読めない"),
    ("medicine_only", "ehr_outage", "clinic"): ("薬だけほしい人", "薬だけの患者さんが来ました"),
    ("billing", "ehr_outage", "clinic"): ("会計できひん", "会計はどうしたらいい？"),
    ("billing", "ehr_outage", "pharmacy"): ("お薬代もらえへん",),
    ("next_visit", "ehr_outage", "visiting_nurse"): ("次どこ行けばいいですか", "訪問の順番わからへん"),
    ("go_visiting", "ehr_outage", "visiting_nurse"): (
        "いまから訪問なんやけど行ってええの",
        "このまま訪問していいですか",
    ),
    ("care_order", "ehr_outage", "visiting_nurse"): ("指示書みれへん", "指示書が開けません"),
    ("health_centre", "ransomware", "clinic"): ("保健所は？", "保健所には連絡するの？"),
    ("ambulance", "ransomware", "clinic"): ("119呼ぶ？", "救急車よんでいい？", "do I call 119?"),
    ("own_fault", "ransomware", "clinic"): ("院長に怒られるから内緒にしたい", "叱られそうで言えない"),
}
NOT_ASKED = """
    救急車呼ばなくていいです
    救急車よばんでええよ
    電話が使えません
    電話がつながらない
    犯人に電話していいですか
    Wi-Fiを切りました
    Wi-Fiにつながらない
    カードの番号を入れてしまった
    人工呼吸器の充電が切れそうです
    パソコンの電源切っていい？
    業者はいつ来ますか
    院長はいつ戻りますか
    線を抜きました
    サーバーの線を抜きました
    相手に電話しました
    捨てました
    患者さんの家族に話していいですか
    前と同じ画面が出ました
    薬局から電話で薬が違うと言われました
    薬局から、処方箋の人が違うと電話
    紙の処方箋がなくなりました
    同意書がなくなりました
    手順がわからない
    電子処方箋を別の人に出した
    会計が合わない
    会計は後でいいから救急車！
    となりの部屋のパソコンはいつもどおり使えてます
    受付のパソコンは使っていいですか
    保健所の人が来ました
    保健所から電話です
    119を呼びました
    救急車が来ました
    患者さんに怒られました
    指示書を別の人に送りました
    指示書をなくしました
    """


def test_what_is_asked_in_the_first_quarter_of_an_hour() -> None:
    """Each has its answer, whichever way it is asked, in the facilities and the matters in which it holds."""
    told = {
        (name, text): answers().asked_in(text, kind, book)
        for (name, book, kind), texts in FIRST_QUARTER.items()
        for text in texts
    }
    assert told == {key: key[0] for key in told}


def test_what_only_sounds_like_it_has_none_of_these_answers() -> None:
    """What happened, what fails, what somebody else did, and what must not be done."""
    heard = {text: answers().asked_in(text, kind, "ransomware") for text in _lines(NOT_ASKED) for kind in KINDS}
    assert {text: name for text, name in heard.items() if name} == {}


def test_a_matters_own_answer_is_given_in_no_other() -> None:
    """Whether to call those who got it is nothing to tell in an attack."""
    assert not answers().asked_in("むこうに電話したほうがいい？", "clinic", "ransomware")
    assert not answers().asked_in("むこうに電話したほうがいい？", "clinic")


def _lines(texts: str) -> list[str]:
    return [text.strip() for text in texts.strip().splitlines()]


KINDS = ("clinic", "dental", "pharmacy", "visiting_nurse")


async def test_nobody_is_asked_for_what_the_library_knows(clinic: Clinic) -> None:
    """The leader, who hasn't answered yet, finds no pile of questions; each writer reads an answer."""
    await clinic.incident()
    mark = len(clinic.of("director"))
    for text in (
        "電話は使えますか",
        "プリンタ使っていい？",
        "紙なくなった",
        "薬局から電話で処方の確認",
        "保健所は？",
        "いつ直るん",
    ):
        assert "聞いています" not in await clinic.says("reception", text), text
    assert len(clinic.of("director")) == mark


async def test_who_decides_is_told_with_since_when(clinic: Clinic) -> None:
    """Before anybody leads, who is asked to, in their order; then who does."""
    run = await clinic.incident()
    assert "まだ決まっていません" in await clinic.says("nurse", "だれが決めるん？")
    clinic.orders(TakeCommand(run.id))
    await clinic.passes(2)

    shown = await clinic.says("nurse", "院長おらん時だれが決める？")
    assert "高橋さん（院長）です（08:50 から責任者）" in shown
    assert "出られないときは、田中さん" in shown
    assert "decides (in charge since" in await clinic.says("nurse", "who decides?")


async def test_words_typed_for_the_buttons_of_a_card_are_taken_as_these(clinic: Clinic) -> None:
    """Why, and that it isn't understood, bring the reasons of the lines; a part that is done brings the card once more."""
    await clinic.incident()
    for text in ("なぜ", "わからん", "なんで？"):
        assert "原因をたどる記録" in await clinic.says("reception", text), text
    assert "全部できました" in await clinic.says("reception", "半分だけできた")
    assert "まだ使わないでください" in await clinic.says("reception", "もう解決しました")


async def test_what_was_paid_is_no_password(clinic: Clinic) -> None:
    """The letters of an identifier stand in many words."""
    await clinic.incident()
    assert "#9110" in await clinic.says("nurse", "I already paid")
    assert "パスワード" in await clinic.says("reception", "IDがわからない")


@pytest.mark.parametrize("text", ["これほんま？", "え、これ本当ですか？", "まじ？", "is this for real?"])
async def test_whether_it_is_real_is_answered_in_a_drill(clinic: Clinic, text: str) -> None:
    """However it is asked."""
    await clinic.drill()
    shown = await clinic.says("nurse", text)
    assert "訓練です" in shown or "a drill" in shown


@pytest.mark.parametrize("text", ["訓練を始める", "今から訓練したい", "訓練してもいい？", "start a drill"])
async def test_whoever_wants_a_drill_is_shown_them(clinic: Clinic, text: str) -> None:
    """Nobody asks them whether anything goes on."""
    shown = await clinic.says("director", text)
    assert "訓練" in shown
    assert "いま何か起きていますか" not in shown
