"""Japanese in Latin letters (「densi karute ga ugokanai」), as people type it on a foreign keyboard, put into kana.

Both ways to spell it (Hepburn, Kunrei), and what keyboards take (``nn``, ``wo``). A text is taken for Japanese only where all of
its words are made of syllables, or are what is written in Latin letters anyway (``wifi``), and one can be nothing else.
"""

from __future__ import annotations

import re
from functools import cache

VOWELS = "aiueo"
ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "g": "がぎぐげご",
    "s": "さしすせそ",
    "z": "ざじずぜぞ",
    "t": "たちつてと",
    "d": "だぢづでど",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
    "m": "まみむめも",
    "r": "らりるれろ",
    "w": "わ???を",
    "y": "や?ゆ?よ",
    "f": ("ふぁ", "ふぃ", "ふ", "ふぇ", "ふぉ"),
    "j": ("じゃ", "じ", "じゅ", "じぇ", "じょ"),
    "sh": ("しゃ", "し", "しゅ", "しぇ", "しょ"),
    "ch": ("ちゃ", "ち", "ちゅ", "ちぇ", "ちょ"),
    "ts": "??つ??",
    "th": ("", "てぃ", "", "", ""),
    "dh": ("", "でぃ", "", "", ""),
}
SMALL = {"a": "ゃ", "u": "ゅ", "o": "ょ"}
GLIDES = {
    "ky": "き",
    "gy": "ぎ",
    "sy": "し",
    "zy": "じ",
    "jy": "じ",
    "ty": "ち",
    "ny": "に",
    "hy": "ひ",
    "by": "び",
    "py": "ぴ",
    "my": "み",
    "ry": "り",
}

KNOWN = {
    "wa": "は",
    "o": "を",
    "e": "へ",
    **{word: word for word in ("pc", "lan", "wan", "wifi", "usb", "fax", "nas", "vpn", "onu", "aed", "id")},
    "mail": "めーる",
    "server": "さーばー",
    "printer": "ぷりんたー",
    "tablet": "たぶれっと",
    "router": "るーたー",
    "computer": "ぱそこん",
    "virus": "ういるす",
}
"""Words that are said otherwise than they are written, and what keeps its letters, or is spelt as abroad."""

PLAINLY_JAPANESE = re.compile(
    r"\b(?:desu|deshita|desita|masu|masen|mashita|masita|kudasai|shita|sita|shimashita|simasita|shimau|wo|ga|nai|naku|teru|tteru|imasu|"
    r"arimasu|dou|doko|nani|dare|itsu|kara|node|kedo|san|sensei|inchou|\w{2,}(?:masu|masen|mashita|masita|nai|teru|deru|tta|shita|sita|chatta|tyatta|desu))\b"
)
"""Words, and ends of words, that no English text of nothing but such syllables has."""

_MACRONS = str.maketrans(
    {"ā": "aー", "ī": "iー", "ū": "uu", "ē": "eー", "ō": "ou", "â": "aー", "î": "iー", "û": "uu", "ê": "eー", "ô": "ou"}
)
_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_WORD = re.compile(r"[a-zāīūēōâîûêô'-]+")


def in_kana(text: str) -> str:
    """Give a folded text in kana, if it is Japanese in Latin letters; any other as it stands."""
    words = _WORD.findall(text)
    if len(words) < 2 or PLAINLY_JAPANESE.search(text) is None:
        return text
    kana = {word: KNOWN.get(word) or _read(word) for word in set(words)}
    return _GAP.sub("", _WORD.sub(lambda word: kana[word[0]], text)) if all(kana.values()) else text


def _read(word: str) -> str:
    """Give a word in kana; empty where it isn't made of syllables alone."""
    plain = re.sub(r"m(?=[bmp])", "n", word.translate(_MACRONS).replace("'", "").replace("-", "ー"))
    plain = re.sub(r"nn(?=$|[^aiueoy])", "n", plain)
    read = ""
    while plain:
        if doubled := re.match(r"([kgsztdhbpfjcr])(?=\1)|t(?=ch)", plain):
            read, plain = read + "っ", plain[doubled.end() :]
        elif found := next((known for length in (3, 2, 1) if (known := plain[:length]) in _syllables()), None):
            read, plain = read + _syllables()[found], plain[len(found) :]
        elif plain[0] in "nー":
            read, plain = read + ("ん" if plain[0] == "n" else "ー"), plain[1:]
        else:
            return ""
    return read


@cache
def _syllables() -> dict[str, str]:
    found = {row + vowel: kana for row, signs in ROWS.items() for vowel, kana in zip(VOWELS, signs, strict=True)}
    found |= {glide + vowel: kana + small for glide, kana in GLIDES.items() for vowel, small in SMALL.items()}
    return {syllable: kana for syllable, kana in found.items() if kana not in ("", "?")}
