"""What somebody outside is to the facility, by the words that people have for them."""

from __future__ import annotations

import re

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


def outsider(*said: str) -> tuple[ContactKind, str]:
    """Give the kind and the service of whoever is meant, by the first text that tells it; a partner where none does."""
    found = ((kind, service) for text in said for kind, service, words in _PATTERNS if words.search(text))
    return next(found, OTHERWISE)
