"""Names of people as they are written here and there: 髙橋 and 高橋 さん are likely the same person, and worth asking about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Protocol, TypeVar

from contacts.written.signs import visible

_VARIANTS = (
    "高髙 崎﨑嵜碕 斎斉齋齊齎 辺邊邉 浜濱濵 沢澤 徳德 真眞 恵惠 広廣 国國圀 桜櫻 瀬瀨 柳栁 栄榮 "
    "島嶋嶌 峰峯 竜龍 条條 与與 浅淺 関關 塩鹽 吉𠮷 鉄鐵銕 実實 寿壽 亀龜 蔵藏 万萬 来來 会會 "
    "学學 礼禮 静靜 豊豐 弥彌 穂穗 黒黑 曽曾 滝瀧 渋澁 発發 遥遙 絵繪 薫薰 凛凜 円圓 岳嶽 "
    "館舘 秋穐 穣穰 帯帶 桧檜 野埜 松枩 船舩 淵渕 富冨 梅楳 島㠀 淳湻 清淸 青靑 角⻆ 脇脅 "
    "桑桒 藤籐 薮藪 蛍螢 巌巖 賢贒 権權 昇曻 暁曉 郎郞 ヶケが"
)
"""Signs of names that people and machines write for each other."""

_FOLDED = {other: one[0] for one in _VARIANTS.split() for other in one[1:]}
_SMALL = dict(zip("ァィゥェォッャュョヮヵ", "アイウエオツヤユヨワカ", strict=True))
_HONORIFIC = re.compile(
    r"(?:さん|サン|様|さま|先生|氏|君|くん|ちゃん|殿|院長|副院長|所長|薬局長|師長|看護師|薬剤師|医師|事務長)+$|^(?:dr|mr|mrs|ms)\.?\s+",
    re.IGNORECASE,
)
_SELECTORS = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SHORTEST = 2
"""Signs that a family name alone has at least, to be taken for the beginning of a whole one."""

MOST_ALIKE = 3
"""So many who may be meant are offered at once."""


class Named(Protocol):
    """Somebody with a name."""

    @property
    def name(self) -> str:
        """What they are called."""
        ...


Somebody = TypeVar("Somebody", bound=Named)


def _words(name: str) -> list[str]:
    text = unicodedata.normalize("NFKC", _SELECTORS.sub("", visible(name))).strip()
    bare = _HONORIFIC.sub("", text).strip() or text
    katakana = "".join(chr(ord(sign) + 0x60) if "ぁ" <= sign <= "ゖ" else sign for sign in bare)
    folded = "".join(_FOLDED.get(sign, _SMALL.get(sign, sign)) for sign in katakana)
    return [word for word in re.split(r"[\s・.,]+", folded.casefold()) if word]


def same_person(one: str, other: str) -> bool:
    """Say whether two names may be of one person: the same but for how they are written, or one the family name of the other."""
    ones, others = _words(one), _words(other)
    if not ones or not others:
        return False
    shorter, longer = sorted((ones, others), key=lambda words: len("".join(words)))
    if "".join(shorter) == "".join(longer) or sorted(shorter) == sorted(longer):
        return True
    if all(sign.isascii() for sign in "".join(longer)):
        return len(shorter) == 1 and len(shorter[0]) >= _SHORTEST and shorter[0] in longer
    return len(shorter) == 1 and len(shorter[0]) >= _SHORTEST and "".join(longer).startswith(shorter[0])


def alike(name: str, among: Iterable[Somebody]) -> list[Somebody]:
    """Give those who may be meant by a name that none of them bears as it stands."""
    return [one for one in among if same_person(name, one.name)]
