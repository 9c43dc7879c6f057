"""Telephone numbers that nobody here knows, but for those of whom one calls: vendors, authorities, whoever is called back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.privacy.hits import Hit
from bot.privacy.numbers import is_of_a_thing

_NUMBER = re.compile(r"(?<![\d.:/A-Za-z-])(?:\+81[\s()-]{0,2}|\(?0)\d{0,4}(?:[\s()・.-]{0,2}\d){4,11}(?![\d:]|[.-]\d)")
_WHOLE = re.compile(r"0[5789]0[1-9]\d{7}|0[1-9]\d{8}")
_FREE = re.compile(r"0120|0800|0570|0990|0180|0170")

_BEFORE, _BEHIND = 26, 16

_OF_OTHERS = re.compile(
    r"業者|ベンダー|メーカー|サポート|保守|コールセンター|ヘルプデスク|会社|営業|販売店|代理店|事業者|工事|修理|レンタル|リース|プロバイダ|回線|電力|ガス会社|水道局"
    r"|富士通|富士フイルム|エヌ?・?ティ|NTT|NEC|KDDI|ソフトバンク|ドコモ|東日本|西日本|リコー|キヤノン|キャノン|コニカ|ゼロックス|オリンパス|シーメンス|島津|モリタ|ヨシダ|パナソニック|PHC|日立"
    r"|ウィーメックス|メディコム|EMシステムズ|ダイナミクス|ORCA|オルカ|レセコン|カルテ屋|電子カルテの|ネット屋|電気屋|セコム|ALSOK|アルソック|警備|株式|\(株\)|㈱|有限|システムズ?|テクノ|商事|電機|電工"
    r"|警察|署|県警|府警|警視庁|サイバー|保健所|消防|救急|役所|役場|都庁|県庁|市庁|厚生局|厚労省|厚生労働|医師会|薬剤師会|歯科医師会|協会|委員会|IPA|JPCERT|センター|対策室|大使館|弁護士|社労士|税理士|保険会社|損保|銀行"
    r"|病院|医院|クリニック|診療所|薬局|歯科|ステーション|ホテル|タクシー|本部|本社|支店|支社|事務所|当院|うちの|自院|当薬局|当クリニック|院の|FAX|ファックス|ファクス|担当者|担当の|技術者|エンジニア|番号案内|登録|新しい携帯|新しい電話|私の|わたしの|自分の|番号が変わ|詐欺|不審|迷惑|知らない番号|なりすまし|偽"
    r"|vendor|support|help\s?desk|company|service|police|health\s?cent|office|hotline|maker|manufacturer|provider|clinic|hospital|pharmacy|engineer|technician",
    re.IGNORECASE,
)
_NOBODYS = re.compile(r"内線|転送|留守電|直通|窓口|代表|着信")
"""Words that say of a number what it is for, and whose only where no patient is named."""

_CALL_BACK = re.compile(
    r"折り?返し|おりかえし|折返|かけ直|かけなお|掛け直|電話し直|call(?:ing)?\s?(?:me\s|us\s|him\s|her\s|them\s)?back|call-?back",
    re.IGNORECASE,
)
_OF_PATIENTS = re.compile(
    r"患者|利用者|入居者|ご?家族|ご?本人|自宅|娘さん|息子さん|お母|お父|奥さん|奥様|旦那|ご主人|お?孫|親族|続柄|キーパーソン|保護者|様|氏名"
    r"|patient|next of kin|family|mother|father|daughter|\bson\b|wife|husband|(?:さん|くん|ちゃん|氏)(?:の携帯|の自宅|宅)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[。！!\n]")


def phones(flat: str, known: Collection[str]) -> Iterator[Hit]:
    """Find numbers that are not among the ``known`` (digits alone, from 0 on) and of which nothing says that they are others'."""
    for found in _NUMBER.finditer(flat):
        number = found[0]
        if not _WHOLE.fullmatch(digits_of(number)):
            number = number.rpartition("(")[0].rstrip()  # 080-…-…(20時まで)
        digits = digits_of(number)
        if not _WHOLE.fullmatch(digits) or _FREE.match(digits) or digits in known or is_of_a_thing(flat, found.start()):
            continue
        start = found.start()
        before = _ENDS.split(flat[max(0, start - _BEFORE) : start])[-1]
        end = start + len(number)
        behind = _ENDS.split(flat[end : end + _BEHIND])[0]
        if not _is_others(before, behind):
            yield Hit(start, end, "phone")


def digits_of(number: str) -> str:
    """Give the digits of a number as they are dialled here."""
    digits = re.sub(r"\D", "", number)
    return f"0{digits[2:].removeprefix('0')}" if number.lstrip().startswith("+81") else digits


def _is_others(before: str, behind: str) -> bool:
    """Say whether what stands nearest is somebody whom one calls, and no patient; to be called back are others, unless one is named."""
    others, patients = _last(_OF_OTHERS, before), _last(_OF_PATIENTS, before)
    theirs = _OF_PATIENTS.search(behind)
    if not patients and theirs is None and (_CALL_BACK.search(before + behind) or _NOBODYS.search(before)):
        return True
    if others or patients:
        return others > patients
    there = _OF_OTHERS.search(behind)
    return there is not None and (theirs is None or there.start() < theirs.start())


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Give the place behind the last find; 0 for none."""
    return max((found.end() for found in pattern.finditer(text)), default=0)
