"""What opens a device or an account, where somebody writes it out: no patient's, but it must be kept nowhere and be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.hits import Hit

_NAMED = (
    r"(?:(?:仮|初期|共通|管理者?の?|ログインの?|解除の?|ロックの?)?(?:パスワード|パスコード|パスフレーズ|暗証(?:番号)?|(?<![A-Za-z])PIN(?:コード|番号|code)?"
    r"|(?<![ァ-ヶー])パス(?=\s{0,2}(?:は|が|も|って|:|=|→))"
    r"|(?<![A-Za-z])(?:password|passcode|passphrase|pwd|pw)(?![A-Za-z])))"
)
_SAYS = r"(?:\s{0,2}(?:は|が|も|って|:|=|→|,|\bis\b|\bwas\b)\s{0,2}|\s{1,2})"
_ENDS = r"(?=\s{0,2}(?:です|でし|だっ|だ(?![一-龠])|や(?:で|ね|った)|に(?:し|設定|変)|って|と(?:書|いう|入力|教)|を?(?:教え|伝え|入力|言)|[。、,)」』\n]|$))"
_SIGNS = r"[!-~]"
_WITH_DIGIT = rf"(?=[^\s]{{0,31}}\d){_SIGNS}{{3,32}}?"
_SPOKEN = r"(?:ゼロ|れい|零|[0-9一二三四五六七八九〇いちにさんよんごろくななはちきゅう]{1,4})"
_DIGITS_SPOKEN = rf"{_SPOKEN}\s?[がを]?\s?(?:[2-9]\d?|[二三四五六七八])(?:つ|個|回|桁|けた)"

_LOCKED = (
    r"(?:(?:薬品|金|倉|書|冷蔵|保管)庫|鍵|キー|ドア|扉|玄関|裏口|通用口|ロック|ロッカー|端末|スマホ|タブレット|パソコン|カルテ|レセコン|サーバー?|ボックス|箱"
    r"|室|部屋|シャッター|アカウント|(?<![A-Za-z])(?:iPad|PC|NAS|Wi-?Fi)(?![A-Za-z]))"
)
"""What is opened by what one knows."""

_OPENS = r"(?:開|あ[きくけいか]|ひら|解除|外れ|入れ(?:ます|る)|入れ(?:ば|たら)|ログイン)"

_NO_UNIT = r"(?!\s?(?:年|月|日|時|分|回|文字|桁|けた|人|件|台|つ|個|の(?!で)|と同|用))"

_SAID = (
    re.compile(rf"{_NAMED}{_SAYS}[「『\"'(]?(?P<value>{_DIGITS_SPOKEN})", re.IGNORECASE),
    re.compile(
        rf"{_NAMED}{_SAYS}[「『\"'(]?(?P<value>{_WITH_DIGIT})(?=$|{_NO_UNIT}[^!-~]|[.,)\"'](?:\s|$))", re.IGNORECASE
    ),
    re.compile(rf"{_NAMED}\s{{0,2}}(?:は|:|=)\s{{0,2}}[「『\"'(]?(?P<value>[!-~]{{4,32}}){_ENDS}", re.IGNORECASE),
    re.compile(
        r"^\s{0,3}(?!(?:windows|office|microsoft|win|ios|ipad|iphone|mac|android|chrome|usb|wifi|edge|excel|word|fax|ver|pc)[\s.-]?\d)"
        r"(?P<value>[A-Za-z]{3,16}[!-/:-@_]?\d{2,8})\s{0,2}に(?:し|設定し)て(?:い|お)?(?:まし|ます|た|る)",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        rf"{_LOCKED}[^、。\n]{{0,6}}?[はがも、:\s]{{1,2}}(?P<value>(?=[^\s]{{0,31}}\d)[!-~]{{3,32}}?)\s{{0,2}}(?:で|を(?:押|入れ|打)[^、。\n]{{1,4}}?[、とば]?)\s{{0,2}}{_OPENS}",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:opens?|unlocks?|log(?:s|ged)? ?in|get in)\s(?:only\s)?with\s(?:the (?:code|number)\s)?(?P<value>(?=\S{0,31}\d)[!-~]{3,32}?)(?=[\s.,]|$)"
        r"|\b(?:door|safe|cabinet|entry|access|alarm|key|unlock) code(?: (?:for|to|of) [a-z ]{2,24})?(?: is| was|:| =)\s(?P<code>\d{3,12})\b",
        re.IGNORECASE,
    ),
)
"""Those without a name for it: the answer to a question about a password, letters and digits, and that it was set so; and what opens a thing."""


def secrets_said(flat: str) -> Iterator[Hit]:
    """Find passwords and the like in flat text, by the word before them or by how they are answered."""
    for pattern in _SAID:
        for found in pattern.finditer(flat):
            value = next(name for name, said in found.groupdict().items() if said is not None)
            yield Hit(*found.span(value), "secret")
