"""The prefectures by their names, as they are written, kept in the registry and never translated."""

from __future__ import annotations

import re
from collections.abc import Mapping

from contacts.phrasing import say
from playbooks.texts import Wording

PREFECTURES: tuple[str, ...] = (
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
)
"""The prefectures in the official order, north to south."""

REGIONS: Mapping[str, tuple[Wording, tuple[str, ...]]] = {
    "north": (say("labels.region.north"), PREFECTURES[:7]),
    "kanto": (say("labels.region.kanto"), PREFECTURES[7:14]),
    "chubu": (say("labels.region.chubu"), PREFECTURES[14:24]),
    "kinki": (say("labels.region.kinki"), PREFECTURES[24:30]),
    "chugoku": (say("labels.region.chugoku"), PREFECTURES[30:39]),
    "kyushu": (say("labels.region.kyushu"), PREFECTURES[39:]),
}
"""The prefectures by region, to be chosen with two taps."""

_BEFORE = r"\s*(?:(?:うち|当院|当薬局|当ステーション|ここ|場所|所在地|住所|都道府県)(?:は|が|、|:|：)?\s*)?"
_BEHIND = r"(?=$|[のにで市区、,。.\s]|だ|より)"
_NAMED = tuple(
    (name, re.compile(rf"{_BEFORE}(?:{name}|{name if name == PREFECTURES[0] else name[:-1]}{_BEHIND})"))
    for name in PREFECTURES
)


def prefecture_in(written: str) -> str | None:
    """Give the prefecture with which what somebody wrote begins (「東京です」「北海道の札幌」); None where it names none."""
    return next((name for name, begins in _NAMED if begins.match(written)), None)
