"""How a person understands a screen: what its words ask them to do, and what its buttons mean. Data, for old and new words alike."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tests.world.truth import MACHINE, MACHINE_WIFI, NAS, OTHERS, OUTSIDE, USB

Takes = Literal["hands", "voice", "phone", "photo", "call", "decides", "a_look"]


@dataclass(frozen=True)
class Act:
    """Something that can be done in the world.

    ``cuts`` are the leads it is about, ``sees`` those that are looked at and pulled if they are still in, ``calls`` whom it rings.
    """

    name: str
    takes: Takes = "hands"
    cuts: tuple[str, ...] = ()
    calls: str = ""
    sees: tuple[str, ...] = ()


WORK = Act("work")
"""Whatever a step asks for that changes nothing that is measured: paper, patients, signs."""

VENDOR, OTHER_CALL = Act("vendor", "call", calls="vendor"), Act("other_call", "call", calls="other")

ACTS: tuple[tuple[str, Act], ...] = (
    (r"線をたど", Act("right_lead", "a_look", sees=(MACHINE,))),
    (r"((?<!紙)カルテ.{0,40}(会社|事業者)|システム会社|ベンダー).*(電話|連絡)", VENDOR),
    (r"(会社|事業者|警察|保険|窓口|センター|病院|薬局|卸).*(電話|連絡して)", OTHER_CALL),
    (r"(院長|管理者|管理薬剤師|高橋).*(電話|呼んで|声で|話)", Act("director", "call", calls="director")),
    (r"(代行|田中).*(電話|呼んで|声で|話)", Act("deputy", "call", calls="deputy")),
    (r"(ほか|他|残り|別)の?(の|.{0,6})(パソコン|機械|端末|サーバー).*(線|LAN|ケーブル)", Act("others", cuts=(OTHERS,))),
    (r"ハブ.*抜", Act("others", cuts=(OTHERS,))),
    (r"(バックアップ|NAS|USBメモリ|外付け|保存装置).*(抜|外し|はず|切り離)", Act("backups", cuts=(NAS, USB))),
    (r"(ルーター|外(へ|に)?(向かう|出る|の)?線|WAN|インターネット).*(抜|外し)", Act("outside", cuts=(OUTSIDE,))),
    (r"(スマホ|携帯|このスマートフォン)の?.*Wi-?Fi", Act("phone_wifi", "phone")),
    (r"(LAN|線|ケーブル).*(抜|外し|はず)", Act("machine", cuts=(MACHINE,))),
    (r"(機械|パソコン|端末|線がな|^無線（).*(Wi-?Fi|無線|機内モード)", Act("machine_wifi", cuts=(MACHINE_WIFI,))),
    (r"(声を出して|声をかけて|大きな声|まわりに声|呼びかけ)", Act("call_out", "voice")),
    (r"窓口で.*伝え|患者さんに.*(伝え|話し|お声|声)", Act("tell_patients", "voice")),
    (r"撮(って|り|る)", Act("photograph", "photo")),
)
"""What words ask for; the first row that fits is meant."""

CARD = re.compile(r"📞 ")
"""A card with a number: whoever has it under their eyes, and a button for nobody answers, is to dial."""

TOLD = (
    (r"声(を|も)出して.*呼|人を呼(ぶ|んで)", Act("call_out", "voice")),
    (r"スマホ.*Wi-?Fiを切", Act("phone_wifi", "phone")),
    (r"バックアップ.*本当に抜けて", Act("backups_seen", "a_look", sees=(NAS, USB))),
)
"""What people do by themselves as they read, once for each message that says so."""

LABELS: dict[str, str] = {
    "optional": r"なぜ|状況を見る|全員に知らせる|時刻を直す|メモに|書き加える|戻す|とくになし|取り消|質問|頼む|代わって|本物|本当です"
    r"|誤報|間違い|違い|やめる|終了|省く|訓練|一覧|今の状況|番号|電話帳|上げる|下げる|ほかの人も|くわしく|見る$",
    "here": r"(院内|薬局|事業所|ステーション|施設|ここ)にいます",
    "with_patient": r"(患者|利用者)さん対応中",
    "away": r"外にいます",
    "seen": r"^確認しました$",
    "lead": r"責任者になる|責任者に戻る|^引き受ける$|指揮を引き受ける|指揮に戻る",
    "claim": r"^引き受ける[:：]",
    "go": r"行きます|行けます",
    "line": r"^(☐|📷|✏️|❓|📞) ?([①-⑳])$",
    "tick": r"^☐ ",
    "ticked": r"^☑ ",
    "all": r"全部できました",
    "reached": r"^話せた|^話せました|^つながった|^つながりました",
    "not_reached": r"出ない|出ません|つながらない|つながりません|かけられ|^できません",
    "absent": r"線がありません|無線では|Wi-?Fiはない|該当しません|ありません$",
    "come": r"人に来てもらう|人を呼ぶ|来てもらう",
    "leave": r"そのまま|まま先へ",
    "unsure": r"わからない|わかりません|できない・",
    "cannot": r"^できません|撮れません|できない$|いません$|ひとりです|書けません|もう(消|切)",
    "done": r"^できました|^済み|^終わりました|^伝えた|^抜きました|^抜いた|^やりました|^写真を送",
}
"""What buttons mean; the first row that fits is meant. Anything else is one of several answers."""

PREFERRED = (r"脅し文|読めない英語", r"^はい", r"同じ件", r"止まった", r"紙に|紙で", r"1台")
"""Of several answers, what people in this story say; else the first."""

SCENE = re.compile(r"進行役")
"""Words by which somebody learns that they run the scene."""

HELPS = re.compile(r"さがすのは|院内の方に知らせ|が来ます|この人に聞いて|ここに電話して聞いて|まず近くの人を呼んで")
"""Words that come after 「わからない」: they are about what was asked before."""
FIRST = re.compile(r"先に、この電話を")
"""Words by which something goes before whatever else is on the screen."""
COMES = re.compile(r"が来ます")
GOES = re.compile(r"のところへ行ってください")

PASSES_ON, TAKES_BACK = "代わってもらう", "戻す"
"""Buttons that are tapped seldom, and never by plan."""

NAMES = {"director": "高橋", "deputy": "田中", "reception": "佐藤", "nurse": "鈴木"}

LEADS_BY_SEEING = re.compile(r"［確認しました］を押すと")
"""Words under which a tap on [seen] takes charge (a1988d0)."""

NUMBER_MISSING = re.compile(r"番号がまだ|番号がありません|番号は登録")
REMINDS = re.compile(r"^⏰")
ASKS_PHOTO = re.compile(r"📷[^\n]*送って|写真を[^\n]*送って")
PHOTO_WELCOME = re.compile(r"写真があれば")
ASKS_TEXT = re.compile(r"✏️")
RINGS = re.compile(r"^(🚨|🔔|🔁)")
"""An alarm; what comes without a sound and is none is a board: looked at, never a question by itself."""

TYPED = (
    (r"数字", "2"),
    (r"理由", "急ぐため"),
    (r"約束|折り返し", "山口さん、10:30までに折り返し"),
    (r"時刻", "8:50"),
    (r"", "確認しました"),
)
"""What people write where something is awaited, by the words that ask."""


def act_of(said: str) -> Act | None:
    """Give what words ask for; None if that is nothing the world knows."""
    return next((act for pattern, act in ACTS if re.search(pattern, said)), None)


def asked_by(said: str, around: str, means: Collection[str]) -> Act:
    """Give what a step asks for: by its words, or by the number that stands under them."""
    if (act := act_of(said)) is not None:
        return act
    dials = CARD.search(around) and "not_reached" in means
    return WORK if not dials else VENDOR if re.search(r"カルテ|薬歴|システム会社", said) else OTHER_CALL


def told_by(said: str) -> Iterator[Act]:
    """Give what people do by themselves as they read."""
    yield from (act for pattern, act in TOLD if re.search(pattern, said))


def meaning(label: str) -> str:
    """Give what a button means; ``answer`` if it is one of several."""
    return next((what for what, pattern in LABELS.items() if re.search(pattern, label)), "answer")


def preferred(answers: Sequence[str]) -> str:
    """Give the answer that people in this story give."""
    liked = (label for pattern in PREFERRED for label in answers if re.search(pattern, label))
    return next(liked, answers[0])


def typed_for(said: str) -> str:
    """Give what is written where ``said`` asks for it."""
    return next(text for pattern, text in TYPED if re.search(pattern, said))
