"""First words are not for everything.

On sentences that were never built with, patterns alone gave them to 17 of 154 ordinary texts, and to 11 of 58 that came later;
with what is learnt beside them, to none of 120.
"""

from __future__ import annotations

import pytest

from bot.desks.likely import likely_among
from playbooks.triage.gate import gate
from tests.library import shipped_catalogue
from tests.playbooks.triage.sentences import rows


def test_ordinary_texts_are_no_reports() -> None:
    """At most one in fifty is answered with first words; none begins a response by itself."""
    likely = likely_among(shipped_catalogue().playbooks)
    heard = [likely(row["text"]) for row in rows("unseen", "ordinary")]

    assert sum(bool(one.playbooks) for one in heard) <= 0.02 * len(heard)
    assert not any(one.sure for one in heard)


@pytest.mark.parametrize(
    "text",
    [
        "テレビで病院のサイバー攻撃のニュースやってた",
        "昨日止まってたプリンタ、業者さんが直してくれました",
        "もしカルテが止まったら紙の用紙はどこですか",
        "カードリーダーの入れ替えは3月の予定です",
        "うちの旦那、電車に傘忘れてばっか",
        "わかりません",
    ],
)
def test_talk_is_left_out(text: str) -> None:
    """Heard of, over, asked, planned, somebody's own, and an answer."""
    assert gate().reporting(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "電子カルテが動かない、画面に英語が出てる",
        "明日までに払えと画面に出ています",
        "うちのデータを預けている会社が情報を漏らしたと新聞に載ってます",
        "カルテが開かないんですけど、どうしたらいいですか",
    ],
)
def test_trouble_is_left_in(text: str) -> None:
    """Also where it names a day, a newspaper, or pleads."""
    assert gate().reporting(text) == text


EVERYDAY = (
    "保育園から子どもが熱と電話",
    "娘が熱出したって幼稚園から連絡",
    "the nursery called, my kid has a fever",
    "院内の金庫が開いてる",
    "裏口の鍵が開いてた",
    "窓が開いてる",
    "the safe is open",
    "煙草の煙が臭いと患者さんから苦情",
    "隣の店の換気扇がくさいと患者さんから苦情",
    "待合の音楽がうるさいと言われた",
    "エアコンが寒いと患者さんに言われた",
    "a patient complains about cigarette smoke",
    "爆弾みたいに重いファイル",
    "ファイルが山みたいに積んである",
    "泥棒みたいに静かに入ってこないで",
    "it is like a bomb went off in the break room",
)
TROUBLE = (
    "知らない窓が開いて英語が出てる",
    "金庫がこじ開けられて開いてる、バックアップのUSBがない",
    "カルテが遅いと患者さんから苦情",
    "電話がつながりにくいと患者さんから苦情",
    "裏口が開いてて、ノートパソコンがない",
    "学校から、健診のデータが違う子のものだったと電話がありました",
    "夜中の3時にカルテへのログイン履歴がある",
    "インフルの予防接種、対象の人じゃない方に打ってしまいました",
    "someone took the laptop, the back door was open",
)


def test_how_the_house_is_begins_nothing() -> None:
    """A door, a smell, a call about one's child, a figure of speech: its writer is asked, and time begins nothing."""
    likely = likely_among(shipped_catalogue().playbooks)

    assert [text for text in EVERYDAY if likely(text).playbooks] == []
    assert [text for text in TROUBLE if not likely(text).playbooks] == []


@pytest.mark.parametrize(
    ("text", "book"),
    [
        ("子供が薬をいっぱい飲んだって電話", "support_scam"),
        ("院長に電話つながった、払うなって言ってた", "support_scam"),
        ("駅に電話したらあるって言われた！", "support_scam"),
        ("森さんに電話したら黒田さんが出た", "support_scam"),
        ("患者さんから電話で予約変更したいって", "support_scam"),
        ("カルテ会社に電話つながった", "support_scam"),
        ("NTTに電話したら混んでてつながらない", "support_scam"),
        ("AEDがピーピー言ってる", "support_scam"),
        ("iPad割れた", "lost_device"),
        ("酸素濃縮器がピーピー鳴ってる", "support_scam"),
        ("人工呼吸器の画面が英語", "ransomware"),
        ("②わたしがもう一回見た、抜けてた", "mis_sent"),
        ("写真に患者さん写ってしまった", "mis_sent"),
        ("タブレットおちて割れた", "lost_device"),
        ("高橋先生が行方不明", "lost_device"),
    ],
)
def test_what_only_names_it_is_none_of_it(text: str, book: str) -> None:
    """A call to somebody known, a device for care, one's own step, a photo of a screen, a fall: their orders would do harm."""
    assert book in gate().innocent_of(text)
    assert book not in likely_among(shipped_catalogue().playbooks)(text).near


@pytest.mark.parametrize(
    ("text", "book"),
    [
        ("画面の番号に電話したら外国の人が出た", "support_scam"),
        ("業者から電話で遠隔で見たいと言われた", "support_scam"),
        ("院長を名乗る電話で振り込めって", "support_scam"),
        ("NTTの人から電話で料金が安くなるって", "support_scam"),
        ("知らない人から電話、パソコンの電源入れてって", "support_scam"),
        ("銀行の者ですと電話、振り込んでと言われた", "support_scam"),
        ("患者さんの写真をインスタに載せちゃった", "mis_sent"),
        ("違う人に薬を渡したかも", "mis_sent"),
        ("タブレット落としたかもしれない、見つからない", "lost_device"),
        ("訪問用のタブレットが行方不明", "lost_device"),
    ],
)
def test_what_it_takes_makes_it_one(text: str, book: str) -> None:
    """A screen, money, a stranger; what went out; what can't be found."""
    assert book in likely_among(shipped_catalogue().playbooks)(text).near


def test_no_report_of_strangers_is_innocent_of_what_it_is() -> None:
    """Of all that strangers wrote."""
    told = [(row["text"], row["playbook"]) for row in rows("learnt", "reports")]

    assert [text for text, book in told if book in gate().innocent_of(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "今日は暑いですね",
        "お昼どうします？",
        "シフト代わってもらえますか",
        "火曜は私が出ます",
        "忘年会の場所決まりました",
        "泥棒猫の動画見ました？",
        "Nice weather today",
        "Can you swap shifts with me on Friday?",
    ],
)
def test_small_talk_is_told_by_its_topic(text: str) -> None:
    """The weather, meals, shifts, feasts and what people do in their free time."""
    assert gate().is_small_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "雨が降って入口が水びたしです",
        "お弁当を食べた人が吐いてます",
        "夜勤の人が電源切って帰ったみたいです",
        "シフト表のファイルが開かない",
        "冷蔵庫が冷えていません",
        "コーヒーをこぼしてパソコンが動かない",
        "駐車場で犬に噛まれました",
        "I'm transferring the money after lunch",
    ],
)
def test_what_may_be_trouble_is_none(text: str) -> None:
    """Its topic doesn't matter then."""
    assert not gate().is_small_talk(text)


def test_small_talk_swallows_no_report() -> None:
    """Of three thousand reports that many wrote, none that isn't heard as a report anyway, and sounds like nothing else."""
    triage = likely_among(shipped_catalogue().playbooks)
    talk = [
        row["text"]
        for row in rows("learnt", "reports")
        if row["playbook"] != "none" and gate().is_small_talk(row["text"])
    ]

    assert [text for text in talk if not triage(text).playbooks and not triage(text).faint] == []
