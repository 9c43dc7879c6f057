"""Telephone numbers that nobody here knows, but for those of whom one calls: vendors, authorities, whoever is called back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.privacy.hits import Hit
from bot.privacy.numbers import is_of_a_thing
from bot.privacy.whose import OF_OTHERS, OF_PATIENTS, around, last, patients_last

_NUMBER = re.compile(
    r"(?<![\d./A-Za-z-])(?<![\dA-Fa-f]:)(?:\+81[\s()-]{0,2}|\(?0)\d{0,4}(?:[\s()・.の-]{0,2}\d){4,11}(?![\d:]|[.-]\d)"
)
_WHOLE = re.compile(r"0[5789]0[1-9]\d{7}|0[1-9]\d{8}")
_FREE = re.compile(r"0120|0800|0570|0990|0180|0170")
_FREE_WHOLE = re.compile(r"0(?:120|570)\d{6}|0800\d{7}")

_NOBODYS = re.compile(r"内線|転送|留守電|直通|窓口|代表|着信")
"""Words that say of a number what it is for, and whose only where no patient is named."""

_CALL_BACK = re.compile(
    r"折り?返し|おりかえし|折返|かけ直|かけなお|掛け直|電話し直|call(?:ing)?\s?(?:me\s|us\s|him\s|her\s|them\s)?back|call-?back",
    re.IGNORECASE,
)


_NOT_TO_KEEP = re.compile(
    r"詐欺|不審|怪し|あやし|迷惑|知らない|見知らぬ|見覚え|偽|なりすま|名乗|自称|画面[にの]|警告|ポップアップ|脅|身代金|犯人|SMS|ショートメール|メールに(?:書|あ)"
    r"|うち[のは]|当院|当薬局|自院|自分の|私の|わたしの|俺の|僕の|携帯変|番号が変わ|(?<!着信)登録|ファ(?:ッ)?クス|FAX|着信"
    r"|scam|fraud|suspicious|fake|pretend|claim(?:s|ed|ing)|on\s(?:the|my)\sscreen|pop-?up|warning|ransom|\bmy\b|\bour\b|\bunknown\b",
    re.IGNORECASE,
)
"""What says of a number that it may be a swindler's, or is the writer's own."""


def phones(flat: str, known: Collection[str]) -> Iterator[Hit]:
    """Find numbers that are not among the ``known`` (digits alone, from 0 on) and of which nothing says that they are others'."""
    for start, end in _unknown(flat, known):
        if not _FREE.match(digits_of(flat[start:end])) and not _is_others(*around(flat, start, end)):
            yield Hit(start, end, "phone")


def numbers_of_others(flat: str, known: Collection[str]) -> Iterator[tuple[int, int]]:
    """Find the places of unknown numbers beside a word for whom one calls, or for calling back: they may be worth keeping."""
    if _NOT_TO_KEEP.search(flat):
        return
    for start, end in _unknown(flat, known):
        before, behind = around(flat, start, end)
        beside = OF_OTHERS.search(before + "|" + behind) or _CALL_BACK.search(before + "|" + behind)
        if beside and _is_others(before, behind):
            yield start, end


def _unknown(flat: str, known: Collection[str]) -> Iterator[tuple[int, int]]:
    for found in _NUMBER.finditer(flat):
        number = found[0]
        if not _is_whole(number):
            number = number.rpartition("(")[0].rstrip()  # 080-…-…(20時まで)
        if _is_whole(number) and digits_of(number) not in known and not is_of_a_thing(flat, found.start()):
            yield found.start(), found.start() + len(number)


def _is_whole(number: str) -> bool:
    digits = digits_of(number)
    return _WHOLE.fullmatch(digits) is not None or _FREE_WHOLE.fullmatch(digits) is not None


def digits_of(number: str) -> str:
    """Give the digits of a number as they are dialled here."""
    digits = re.sub(r"\D", "", number)
    return f"0{digits[2:].removeprefix('0')}" if number.lstrip().startswith("+81") else digits


def _is_others(before: str, behind: str) -> bool:
    """Say whether what stands nearest is somebody whom one calls, and no patient; to be called back are others, unless one is named."""
    others, patients = last(OF_OTHERS, before), patients_last(before)
    theirs = OF_PATIENTS.search(behind)
    if not patients and theirs is None and (_CALL_BACK.search(before + behind) or _NOBODYS.search(before)):
        return True
    if others or patients:
        return others > patients
    there = OF_OTHERS.search(behind)
    return there is not None and (theirs is None or there.start() < theirs.start())
