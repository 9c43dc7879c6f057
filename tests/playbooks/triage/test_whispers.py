"""Whispers about a colleague are held, what only sounds like one isn't.

Two hundred whispers and as many near misses were written before anything was built on them. On the half that was never built
with, patterns as they stood held 22 % of the whispers and 2.5 % of the rest; now 88 % and none.
"""

from __future__ import annotations

import pytest

from bot.desks.likely import CONFIDED, likely_among
from playbooks.triage.whispers import whispers
from tests.library import shipped_catalogue
from tests.playbooks.halves import sentences
from tests.playbooks.triage.sentences import rows

NAMES = ("高橋", "田中", "佐藤", "鈴木")


def held(text: str) -> bool:
    """Say whether a text is held, in a house of four."""
    return whispers().is_confided(text, NAMES)


def share_held(name: str, *, measured: bool) -> float:
    """Give how many of a file's half are held; a failure shows the figure alone."""
    texts = sentences(name, measured=measured)
    return sum(map(held, texts)) / len(texts)


def test_four_of_five_whispers_are_held() -> None:
    """However they are written: as a statement, a question, hearsay, in dialect, in kana, in English."""
    recall = share_held("whispers", measured=True)

    assert recall >= 0.8


def test_hardly_any_near_miss_is_held() -> None:
    """Work with charts and USB sticks, mishaps, patients who shout, lessons and rules go where they belong."""
    wrongly = share_held("no_whispers", measured=True)

    assert wrongly <= 0.02


def test_what_it_was_built_with_stays() -> None:
    """The other half, as it is heard today."""
    assert share_held("whispers", measured=False) >= 0.94
    assert [text for text in sentences("no_whispers", measured=False) if held(text)] == []


@pytest.mark.parametrize(
    ("file", "most"), [("ordinary", 0.0), ("lookalike", 0.0), ("wants", 0.002), ("reports", 0.001), ("danger", 0.004)]
)
def test_nothing_of_the_day_is_held(file: str, most: float) -> None:
    """Of some fifteen thousand texts of many writers, hardly any but those that are whispers."""
    texts = [row["text"] for row in rows("learnt", file) if "insider" not in (row.get("playbook"), row.get("also"))]

    assert sum(map(held, texts)) <= most * len(texts)


@pytest.mark.parametrize(
    "text",
    [
        "患者さんがUSBを持ってきた",
        "私がカルテをどこかに置き忘れてしまいました",
        "院長に頼まれて名簿を印刷しました",
        "佐藤さんがカルテの画面を写真に撮って保守の会社に送りました",
        "怒った患者が田中さん殴ってる",
        "所長が殴られよる、利用者の息子さんに",
        "鈴木さんの財布が更衣室で盗まれました",
        "カルテの会社の元社員がデータ持ち出したってお詫び状が来た",
        "院長がサーバーのコンセントごと引き抜きました",
        "院長がUSBを持ってきました",
        "田中さんが名簿を印刷しています",
        "停電に備えて鈴木さんが患者さんの一覧を印刷してました",
        "犯人は外の人だと思う",
        "わざとじゃないです、田中さんが線を抜いたのは",
        "レジのお金が千円合いません、佐藤さんが数え直しています",
        "薬が足りません、たぶん佐藤さんが発注済みです",
        "院長がパスワードを教えてって言ってます",
        "Sato told the caller our password",
        "Tanaka was putting the paper charts back",
        "I think Tanaka is with a patient",
        "To keep it from spreading; today's appointments go on with paper",
        "keep this from happening again",
        "佐藤さんがルーターの線を抜きました",
        "佐藤さんがバックアップの線を外しました",
        "田中さんが古いバックアップを消しました",
        "業者の人がサーバーの電源を切るのを見ました",
        "院長がテレビを消すのを見た",
        "画面が勝手に動いて、佐藤さんが線を抜きました",
        "先生が記録を紙で書くように言ってます",
        "院長に言われてルーターの線を抜きました",
        "I saw the vendor unplug the router",
        "Tanaka unplugged the router",
        "佐藤さんがルーターを再起動しました",
        "佐藤さんが夜中にサーバーを直してくれました",
    ],
)
def test_what_others_did_or_was_done_to_one_of_us_is_no_whisper(text: str) -> None:
    """A patient's deed, the writer's own, what was asked for, what a firm's people did, what was suffered."""
    assert not held(text)


@pytest.mark.parametrize(
    "text",
    [
        "閲覧ログを出したら、隣人のカルテを20回開いた職員さんがいました",
        "私物のUSBにコピーしよるの見た",
        "先輩に私のパスワードを勝手に使われています",
        "名簿を売ったのは田中さんです",
        "たかはし先生がカルテけしてる",
        "佐藤さんがカルテの写真をLINEで友達に送ってるんですけど、いいんですか",
        "院長が残って患者データをUSBに入れてた",
        "院長が夜ひとりでUSBに入れてた",
        "院長がUSBを挿してた",
        "佐藤さんが毎日ひとりで残ってカルテを見てる",
        "田中さんが最近ひとりで残ってUSBに何か入れてる",
        "院長がパスワードを教えてた",
        "派遣の人、カルテ見すぎじゃない？",
        "田中さんがサーバーの電源を切ってた、わざとだと思う",
        "佐藤さんがわざと線を抜いた",
        "金庫のお金が足りない。たぶん佐藤さん",
        "レジのお金が合わない、佐藤さんだと思う",
        "犯人は田中さんだと思う",
        "やったのは鈴木さんだと思う",
        "The new girl posted a patient's x-ray on Instagram",
        "the new nurse put a patient photo on her Instagram",
        "The director was putting patient data on a USB stick",
        "Tanaka stays late every day and looks at charts",
        "The part-timer gave out our password",
        "Tanaka switched the server off, I think on purpose",
        "money is missing from the safe, probably Sato",
        "The temp looks at too many charts",
        "田中さんがわざとバックアップの線を抜いてるの見ちゃいました",
        "院長がカメラの電源をこっそり切ってました",
        "鈴木さんが録画を消すところを目撃しました",
        "さとうさんがだまってルーターの電源切ってた",
        "田中さんが指示もなくサーバーを止めました",
        "先生がバックアップのデータを削除してました",
        "先生が記録を書き換えるように言ってます",
        "事務長に日付を変えろと言われました",
        "院長に言われてログを消しました",
        "先生が処方箋を偽造してる気がします",
        "I saw the deputy unplug the router",
        "Suzuki secretly pulled the server cable",
        "Sato wiped the backups",
        "The director is telling us to change the records",
        "高橋先生がレセプトを水増しするように言ってます",
        "田中さんがサーバーの裏で何かしてるのを見た",
        "院長がルーターのコンセントを抜いてた、誰にも言われてないのに",
        "高橋先生がカルテの日付を変えてました",
        "Takahashi-sensei asked me to backdate the prescription",
        "I saw the director throw away the backup drive",
        "田中さんが夜中にひとりでサーバーを触ってた",
        "院長がバックアップを上書きしてた",
        "田中さんが受付のパソコンをこっそり触ってた",
        "I think Tanaka is the culprit",
    ],
)
def test_a_whisper_is_held_however_it_names_whom(text: str) -> None:
    """Behind the deed, by whom it was suffered, in kana, or not at all where it was only seen."""
    assert held(text)


@pytest.mark.parametrize(
    ("text", "harm", "attacked"),
    [
        ("院長がルーターの線を抜きました", True, False),
        ("さっき、田中さんがサーバーの電源を落としました", True, False),
        ("代行がNASを初期化しました", True, True),
        ("Tanaka unplugged the router", True, False),
        ("鈴木さんが扇風機のコンセントを抜きました", False, False),
        ("佐藤さんが線を抜いてくれました", False, False),
        ("佐藤さん、線を抜いたって言ってます", False, False),
        ("画面が真っ赤です、院長がサーバーの電源を落としました", False, False),
        ("業者がサーバーの電源を切りました", False, False),
    ],
)
def test_what_may_be_harm_or_an_order(text: str, *, harm: bool, attacked: bool) -> None:
    """To pull and to cut may be asked for in an attack, to erase never is; everyday things, and what is said openly, are neither."""
    assert whispers().may_be_harm(text, NAMES) is harm
    assert whispers().may_be_harm(text, NAMES, attacked=True) is attacked


@pytest.mark.parametrize(
    "text",
    [
        "患者さんがUSBを持ってきた",
        "患者さんがカルテの写真を撮っています",
        "私がカルテをどこかで落としました",
        "鈴木さんがいま診察室でカルテを見ています",
        "緊急連絡網の名簿を佐藤さんがコピーして配りました",
        "a patient hit Suzuki",
    ],
)
def test_what_no_colleague_did_is_no_delicate_report(text: str) -> None:
    """What a patient did, or the writer, is told to whoever has to know, and work is no report of it."""
    assert CONFIDED not in likely_among(shipped_catalogue().playbooks)(text).playbooks


def test_what_a_colleague_did_stays_delicate() -> None:
    """Of a hundred and eighty reports that many wrote, hardly any is lost by it."""
    likely = likely_among(shipped_catalogue().playbooks)
    told = [likely(row["text"]).playbooks for row in rows("learnt", "reports") if row["playbook"] == CONFIDED]

    assert sum(playbooks[:1] == (CONFIDED,) for playbooks in told) >= 0.85 * len(told)


def test_what_english_readers_see_of_a_colleague_is_held() -> None:
    """Three of four signs that the playbook itself names in English; the rest is asked about before anybody is called."""
    signs = shipped_catalogue().playbooks["insider"].signs.in_language("en")

    assert sum(map(held, signs)) >= 0.7 * len(signs)
    assert held(signs[0])


@pytest.mark.parametrize(
    "text",
    [
        "the nurse printed the chart for the patient",
        "Sato took the list to the fax machine",
        "the patient's relatives are waiting",
        "I looked up the patient's chart",
        "the vendor deleted the data by mistake",
        "drugs do not add up on the delivery note",
        "the pharmacist is reading the results to the doctor",
        "a worker of the power company logged in as guest",
        "someone leaving a bag at reception",
    ],
)
def test_work_in_english_is_no_whisper(text: str) -> None:
    """Charts and lists are printed, carried and read all day."""
    assert not held(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("田中さんがもう抜いてくれました", False),
        ("田中先生が電源を切ってくれた", False),
        ("鈴木さんに送ってもらいました", False),
        ("Tanaka already unplugged it for us", False),
        ("田中さんが間違えて抜いてくれました", True),
        ("田中さんがUSBを抜いて持って帰ってくれました", True),
        ("田中さんが抜いてくれない", True),
        ("田中さんが勝手に抜きました", True),
    ],
)
def test_thanks_find_no_fault(text: str, *, fault: bool) -> None:
    """What somebody did for others may be quoted to them; what they did wrong meanwhile, or would not do, may not."""
    assert whispers().finds_fault(text) is fault
