"""What somebody outside is to the facility, by the words that people have for them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contacts.shapes.outside import ContactKind

_CALLED: tuple[tuple[ContactKind, str, str], ...] = (
    ("authority", "police_cyber", r"サイバー"),
    ("authority", "police", r"警察|県警|府警|道警|警視庁|刑事|(?<![部分])(?<!消防|税務)署(?!名|員)|police"),
    ("authority", "health_centre", r"保健所|health\s?cent"),
    ("authority", "ambulance", r"消防|救急"),
    ("authority", "ppc", r"個人情報保護委員会"),
    ("authority", "mhlw", r"厚労省|厚生労働省"),
    ("authority", "regional_bureau", r"厚生局"),
    ("authority", "claims", r"支払基金|国保連"),
    ("adviser", "lawyer", r"弁護士|法律事務所|lawyer"),
    ("adviser", "insurer", r"損保|保険会社|サイバー保険"),
    ("adviser", "association", r"(?:医|歯科医|薬剤)師会"),
    ("adviser", "ipa", r"\bIPA\b"),
    ("adviser", "jpcert", r"JPCERT"),
    ("vendor", "ehr", r"電子?カルテ|電カル|カルテ(?:屋|の会社)|薬歴|メディコム|ダイナミクス|\bEHR\b"),
    ("vendor", "receipt", r"レセコン|ORCA|オルカ"),
    ("vendor", "eligibility", r"オン資|資格確認|マイナ受付"),
    ("vendor", "network", r"回線|ネット(?!ショ)|プロバイダ|ルーター|NTT|KDDI|ソフトバンク|internet|network"),
    ("vendor", "imaging", r"画像|レントゲン|PACS"),
    ("vendor", "lab", r"検査(?:会社|センター)|SRL|BML"),
    ("vendor", "backup", r"バックアップ|backup"),
    ("vendor", "website", r"ホームページ|予約サイト|website"),
    ("vendor", "mail", r"メール(?:の|会社|サーバ)"),
    ("partner", "hospital", r"病院|医院|クリニック|診療所|hospital|clinic"),
    ("partner", "pharmacy", r"薬局|pharmacy"),
    ("partner", "care", r"ケアマネ|ステーション|介護"),
    ("vendor", "remote_maintenance", r"保守|maintenance"),
    (
        "vendor",
        "pc",
        r"業者|ベンダー|メーカー|サポート|ヘルプデスク|コールセンター|富士通|NEC|リコー|キヤノン|vendor|support|help\s?desk|maker",
    ),
)
_PATTERNS = tuple((kind, service, re.compile(words, re.IGNORECASE)) for kind, service, words in _CALLED)

OTHERWISE: tuple[ContactKind, str] = ("partner", "connected")

LONGEST_NAME = 40
"""Signs that a firm or an office is called by at the most, with its department and whom to ask for."""


def outsider(*said: str) -> tuple[ContactKind, str]:
    """Give the kind and the service of whoever is meant, by the first text that tells it; a partner where none does."""
    found = ((kind, service) for text in said for kind, service, words in _PATTERNS if words.search(text))
    return next(found, OTHERWISE)


_NO_NAME = re.compile(
    r"(?!株式会社|有限会社)^.*?(?:[。?？!！\n]|を|^\W*\w?\W*$|^[\d\W]+$"  # a sentence, one sign or a figure
    r"|(?:て|で|た|だ|ます|ません|です|ない|たい|らいい|[いてで]る|する|くる|れる|ある|下さい|ください|お願い|おねがい|頼む|けど|から|ので"
    r"|[たすだい][よねわ]|か|かな|かも|は|が|に|へ|も|[一-龠][うくすつぬむるぐぶい])(?:です|ね|よ|、|\.)*$"
    r"|^(?:はい|いいえ|うん|ええ|いや|了解|承知|ok|okay|yes|no|不明|なし|無し|未定|済み?|完了|終了|中止|以上|後で|あとで|やめる|キャンセル|私|自分)$"
    r"|\b(?:is|are|was|were|please|can|could|don.?t|not|what|who|where|when|how|we|you|it|done|later|cancel|unknown)\b|^i\b)",
    re.IGNORECASE,
)


_A_PERSON = re.compile(r"[^の]{1,6}(?:(?<!屋)さん|先生|君|くん|様)")


def may_be_called(text: str, colleagues: Iterable[str]) -> bool:
    """Say whether a text may be what a firm or an office is called: a short name, no sentence, no figure, no yes or no, nobody here."""
    said = text.strip()
    here = {name for each in colleagues for name in (each, "".join(each.split()), each.split()[0])}
    return len(said) <= LONGEST_NAME and not (said in here or _A_PERSON.fullmatch(said) or _NO_NAME.search(said))
