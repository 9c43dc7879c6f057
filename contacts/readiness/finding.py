"""Finding somebody outside by a word or two: name, what for, system, or how it sounds in kana."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from contacts.labels import CONTACT_KIND, SERVICE
from contacts.roster import Roster
from contacts.shapes.outside import Contact
from contacts.written.likeness import plain
from playbooks.texts import everywhere

READINGS: dict[str, tuple[str, ...]] = {
    "ehr": ("でんしかるて", "かるて", "やくれき"),
    "receipt": ("れせこん", "れせぷと", "いじ"),
    "network": ("ねっとわーく", "ねっと", "いんたーねっと", "回線", "wifi"),
    "remote_maintenance": ("えんかくほしゅ", "ほしゅ", "保守"),
    "eligibility": ("しかくかくにん", "おんしかく", "オン資", "マイナ", "まいなんばー"),
    "imaging": ("がぞう", "れんとげん", "pacs"),
    "lab": ("けんさ",),
    "backup": ("ばっくあっぷ",),
    "pc": ("ぱそこん", "pc"),
    "website": ("ほーむぺーじ", "hp", "web"),
    "mail": ("めーる",),
    "ambulance": ("しょうぼう", "きゅうきゅう", "119"),
    "police": ("けいさつ", "110"),
    "police_cyber": ("けいさつ", "さいばー"),
    "ppc": ("こじんじょうほうほごいいんかい", "ほごいいんかい", "漏えい", "ろうえい"),
    "mhlw": ("こうせいろうどうしょう", "厚労省", "こうろうしょう"),
    "health_centre": ("ほけんじょ", "ほけんしょ"),
    "eligibility_centre": ("しかくかくにん", "こーるせんたー", "マイナ"),
    "claims": ("しはらいききん", "こくほれん", "せいきゅう", "レセプト"),
    "regional_bureau": ("こうせいきょく",),
    "insurer": ("ほけん", "保険", "さいばーほけん"),
    "lawyer": ("べんごし", "法律"),
    "forensic": ("ふぉれんじっく", "ちょうさ"),
    "association": ("いしかい", "しかいしかい", "やくざいしかい"),
    "adviser": ("そうだん", "相談"),
    "first_response": ("しょどうたいおうしえん", "初動", "みすと", "mist"),
    "ipa": ("ipa", "じょうほうしょりすいしんきこう"),
    "jpcert": ("jpcert", "じぇいぴーさーと"),
    "seals": ("ふういん", "封印"),
    "connected": ("とりひきさき", "せつぞく"),
    "hospital": ("びょういん",),
    "pharmacy": ("やっきょく",),
    "care": ("かいご", "けあまね"),
}
"""How people say what a service is, in kana and in short."""

SIMILAR = 75
"""From this likeness on (of 100), words of three signs and more count as meant."""


def find(roster: Roster, written: str) -> tuple[Contact, ...]:
    """Give the contacts that a word may mean, the likeliest first; width, case, spaces and kind of kana don't count."""
    wanted = sounds(written)
    if not wanted:
        return ()
    scored = [
        (max((_score(wanted, sounds(word)) for word in _words(roster, c)), default=0.0), c) for c in roster.contacts
    ]
    return tuple(c for score, c in sorted(scored, key=lambda pair: -pair[0]) if score >= SIMILAR)


def alike(written: str, word: str) -> bool:
    """Say whether a word may be meant by what was written."""
    wanted = sounds(written)
    return bool(wanted) and _score(wanted, sounds(word)) >= SIMILAR


def _words(roster: Roster, contact: Contact) -> Iterator[str]:
    yield contact.name
    yield from everywhere(CONTACT_KIND[contact.kind]).values()
    for service in contact.services:
        yield from (service, *READINGS.get(service, ()))
        if service in SERVICE:
            yield from everywhere(SERVICE[service]).values()
    yield from (s.name for s in roster.systems if roster.vendor_of(s) == contact)


def _score(wanted: str, word: str) -> float:
    if wanted == word:
        return 100
    if wanted in word:
        return 95
    return fuzz.ratio(wanted, word) if len(wanted) > 2 else 0


def sounds(text: str) -> str:
    """Give text as it is compared, katakana as hiragana; the sign for a long vowel doesn't count."""
    low = plain(text)
    return "".join(chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign for sign in low).replace("ー", "")
