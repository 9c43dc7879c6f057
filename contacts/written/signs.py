"""Signs as people type and paste them, made plain: what nobody sees is dropped, one width, one dash, digits for numbers in kanji."""

from __future__ import annotations

import re
import unicodedata

DASH = "-"

_DASHES = re.compile(r"(?<![ぁ-んァ-ヶー])ー|[‐-―−─━﹘﹣⁃˗➖]")
_BARS = re.compile(r"[‐-―−－─━]")
_LONG = re.compile(r"(?<=\d)[ーｰ](?=\d)")
_WAVES = re.compile(r"[~〜∼∽〰]")
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
"""What shows nothing and is counted as a letter or a mark all the same."""

_SELECTORS = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_JOINER = "\u200d"

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}
_KANJI_DIGIT = "[〇零一二三四五六七八九]"
_UNITS = {"千": 1000, "百": 100, "十": 10}
_HUNDREDS = re.compile(
    r"(?<![〇零一二三四五六七八九十百千万億数何])(?=[一二三四五六七八九十]*[百千])(?:[一二三四五六七八九]?千)?(?:[一二三四五六七八九]?百)?(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?"
    r"(?=\s*(?:人|台|名|枚|件|個|通))"
)
"""Counts of a hundred and more; only before what is counted: 百日咳 is none."""

_KANJI_NUMBER = re.compile(
    r"(?<![百千万億数何])[〇零一二三四五六七八九十]+(?=\s*(?:時|分|日(?!曜)|月(?!曜)|年|人|台|名|枚|件|個|通|番|週間|か月|ヶ月))"
)


def visible(text: str) -> str:
    """Give a text without the signs that nobody sees (directions, joiners, blanks); what joins two pictures stays."""
    return "".join(
        sign
        for place, sign in enumerate(text)
        if (unicodedata.category(sign) != "Cf" or (sign == _JOINER and _joins_pictures(text, place)))
        and sign not in _BLANK
    )


def _joins_pictures(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    picture = before and (unicodedata.category(before) in ("So", "Sk") or bool(_SELECTORS.match(before)))
    return bool(picture) and bool(after) and unicodedata.category(after) == "So"


def straight(text: str) -> str:
    """Give a text as the strict readers read it: visible, one width, one kind of dash for all dashes and waves."""
    plain = unicodedata.normalize("NFKC", _SELECTORS.sub("", visible(text)))
    return _WAVES.sub("~", _DASHES.sub(DASH, visible(plain)))


def in_digits(text: str) -> str:
    """Write the numbers in kanji before a unit in digits: 九時半 → 9時半, 二〇二六年 → 2026年."""
    return _KANJI_NUMBER.sub(lambda found: _number(found[0]), _HUNDREDS.sub(lambda found: _hundreds(found[0]), text))


def one_by_one(text: str, *, at_least: int) -> str:
    """Write kanji that stand for digits one by one (〇九〇ー一二三四ー五六七八) in digits, in runs of so many; every place stays."""
    run = re.compile(rf"{_KANJI_DIGIT}(?:[\s()（）./・のー‐-―−－─-]{{0,2}}{_KANJI_DIGIT}){{{at_least - 1},}}")
    return run.sub(lambda found: "".join(str(_DIGITS.get(sign, sign)) for sign in found[0]), text)


def flat(text: str) -> str:
    """Give a text in plain width, sign for sign, so that every place in it stays where it is."""
    signs = (n if len(n := unicodedata.normalize("NFKC", sign)) == 1 else sign for sign in text)
    return _LONG.sub(DASH, _BARS.sub(DASH, one_by_one("".join(signs), at_least=5)))


def _hundreds(kanji: str) -> str:
    """Write a count such as 千二百五 in digits; what is no number stays as it is."""
    whole = 0
    for digit, unit in re.findall(rf"({_KANJI_DIGIT}?)([千百十]?)", kanji):
        if digit or unit:
            whole += (_DIGITS[digit] if digit else 1) * _UNITS.get(unit, 1)
    return str(whole)


def _number(kanji: str) -> str:
    if "十" not in kanji:
        return "".join(str(_DIGITS[sign]) for sign in kanji)
    tens, _, ones = kanji.partition("十")
    if "十" in ones or len(tens) > 1 or len(ones) > 1:
        return kanji
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))
