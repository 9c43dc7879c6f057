"""Whose a number or an address is, by the words that stand near it: a patient's, or somebody's whom one calls."""

from __future__ import annotations

import re

_BEFORE, _BEHIND = 26, 16
_NAME = 8  # signs of a firm's word and a name behind it
_CALLED = "さくち氏"
_ENDS = re.compile(r"[。！!\n]")

OF_OTHERS = re.compile(
    r"業者|ベンダー|メーカー|サポート|保守|コールセンター|ヘルプデスク|会社|営業|販売店|代理店|事業者|工事|修理|レンタル|リース|プロバイダ|回線|電力|ガス会社|水道局"
    r"|富士通|富士フイルム|エヌ?・?ティ|NTT|NEC|KDDI|ソフトバンク|ドコモ|東日本|西日本|リコー|キヤノン|キャノン|コニカ|ゼロックス|オリンパス|シーメンス|島津|モリタ|ヨシダ|パナソニック|PHC|日立"
    r"|ウィーメックス|メディコム|EMシステムズ|ダイナミクス|ORCA|オルカ|レセコン|カルテ屋|電子カルテの|ネット屋|電気屋|セコム|ALSOK|アルソック|警備|株式|\(株\)|㈱|有限|システムズ?|テクノ|商事|電機|電工"
    r"|警察|署|県警|府警|警視庁|サイバー|保健所|消防|救急|役所|役場|都庁|県庁|市庁|厚生局|厚労省|厚生労働|医師会|薬剤師会|歯科医師会|協会|委員会|IPA|JPCERT|センター|対策室|大使館|弁護士|社労士|税理士|保険会社|損保|銀行"
    r"|病院|医院|クリニック|診療所|薬局|歯科|ステーション|ホテル|タクシー|本部|本社|支店|支社|事務所|当院|うちの|自院|当薬局|当クリニック|院の|FAX|ファックス|ファクス|担当者|担当の|技術者|エンジニア|番号案内|刑事|警官|先方|(?<!誤)(?:相手|送り|送信|送付|取引|送った|届いた|間違えた)先|正しい(?:番号|の)|(?<!患者)登録|新しい携帯|新しい電話|私の|わたしの|自分の|番号が変わ|詐欺|不審|迷惑|知らない番号|なりすまし|偽"
    r"|vendor|support|help\s?desk|company|service|police|health\s?cent|office|hotline|maker|manufacturer|provider|clinic|hospital|pharmacy|engineer|technician",
    re.IGNORECASE,
)
OF_PATIENTS = re.compile(
    r"患者|利用者|入居者|(?:予約|受診|来院|キャンセル|会計)の(?:方|人)|お迎え|ご?家族|ご?本人|自宅|娘さん|息子さん|お母|お父|奥さん|奥様|旦那|ご主人|お?孫|親族|続柄|キーパーソン|保護者|様|氏名|(?:搬送|運ば|来院|受診|入院|予約|キャンセル)[^。、\n]{0,6}(?:方|人)"
    r"|patient|next of kin|family|mother|father|daughter|\bson\b|wife|husband"
    r"|(?:さん|くん|ちゃん|氏)(?:の(?:携帯|自宅|連絡先|メール|アドレス|メアド)|宅|宛)",
    re.IGNORECASE,
)


def around(flat: str, start: int, end: int) -> tuple[str, str]:
    """Give what stands near a place in its sentence, before it and behind."""
    before = _ENDS.split(flat[max(0, start - _BEFORE) : start])[-1]
    return before, _ENDS.split(flat[end : end + _BEHIND])[0]


def patients_last(before: str) -> int:
    """Give the place behind the last word that tells of a patient; whoever is called right behind a firm's word is the firm's."""
    found = [one for one in OF_PATIENTS.finditer(before) if not (one[0][:1] in _CALLED and _right_behind(before, one))]
    return max((one.end() for one in found), default=0)


def _right_behind(before: str, called: re.Match[str]) -> bool:
    return OF_OTHERS.search(before, max(0, called.start() - _NAME), called.start()) is not None


def last(pattern: re.Pattern[str], text: str) -> int:
    """Give the place behind the last find; 0 for none."""
    return max((found.end() for found in pattern.finditer(text)), default=0)
