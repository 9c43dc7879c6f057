"""Who said so, and when: whether words name somebody, a number, or a time or day; 「はい」 names nothing."""

from __future__ import annotations

import re
import unicodedata

_WHEN = re.compile(
    r"(?:午前|午後)?\s*[0-2]?\d\s*(?::\s*[0-5]\d|時(?:\s*(?:[0-5]?\d\s*分?|半))?)(?:\s*[ap]m)?|[0-2]?\d\s*[ap]m\b"
    r"|\d{1,3}\s*(?:分|時間|日)\s*前|\d{1,3}\s*(?:min(?:ute)?s?|hours?|days?)\s*ago"
    r"|\d{1,2}\s*[/月]\s*\d{1,2}\s*日?|\d{1,2}\s*日"
    r"|今日|本日|今朝|昨日|昨夜|きのう|先ほど|先程|さきほど|さっき|たった今|今|いま"
    r"|\b(?:today|yesterday|this (?:morning|afternoon|evening)|just now|now|noon)\b",
    re.IGNORECASE,
)

_NOBODY = re.compile(
    r"はい|うん|ええ|いいえ|そう|です|でし[たて]|ます|まし[たて]|大丈夫|だいじょうぶ|問題な[しい]|確認|確か(?:め|に)?"
    r"|済み?|完了|提出|送付|送信|報告|届出?|連絡|電話|口頭|話し?|聞い?き?|言わ?っ?|渡し?|出し|もら[いっ]|くれ|受け?取|以上"
    r"|誤報|誤検知|復旧|復活|解決|無事|正常|攻撃|ウイルス|感染|記録|番号|窓口|持参|郵送|メール|fax|ファ?ックス|オンライン|フォーム|書類|用紙|送[りっ]|たぶん|多分|わから\w*|分から\w*|不明|なし|無し|ない|事業者|業者|ベンダー|専門家|担当者?|職員|誰か|だれか|本人|相手"
    r"|オーケー|オッケー|\b(?:ok|okay|yes|no|yep|sure|done|sent|filed|reported|confirmed|checked|called|told|said|says|has|have|been"
    r"|the|an?|and|at|by|on|in|to|of|with|from|it|is|was|all|good|fine|i|we|he|she|they|them|somebody|someone|vendor|expert|fax(?:ed)?|e?mail(?:ed)?|online|form|false|alarm|nothing|works?|back|again)\b",
    re.IGNORECASE,
)

_NAME = re.compile(r"[々一-龯ァ-ヶー]{2,}|[a-z]{2,}|[ぁ-ん々一-龯ァ-ヶー]+\s*(?:さん|様|さま|氏|先生)", re.IGNORECASE)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def says_when(text: str) -> bool:
    """Say whether words name a time or a day (「9:40」, 「昨日」, "this morning")."""
    return _WHEN.search(_plain(text)) is not None


def names_somebody(text: str) -> bool:
    """Say whether words name somebody, or a company: what is left of them is more than that it was done, and when."""
    left = _NOBODY.sub(" ", _WHEN.sub(" ", _plain(text)))
    return _NAME.search(left) is not None


def names_receipt(text: str) -> bool:
    """Say whether words hold what shows that something was handed in: a number, or who took it."""
    return any(sign.isdigit() for sign in _WHEN.sub(" ", _plain(text))) or names_somebody(text)
