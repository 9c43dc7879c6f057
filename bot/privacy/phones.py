"""Telephone numbers that nobody here knows, but for those of whom one calls: vendors, authorities, whoever is called back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.privacy.hits import Hit
from bot.privacy.numbers import is_of_a_thing
from bot.privacy.whose import OF_OTHERS, OF_PATIENTS, around, last, patients_last

_NUMBER = re.compile(
    r"(?<![\d.:/A-Za-z-])(?:\+81[\s()-]{0,2}|\(?0)\d{0,4}(?:[\s()・.の-]{0,2}\d){4,11}(?![\d:]|[.-]\d)"
)
_WHOLE = re.compile(r"0[5789]0[1-9]\d{7}|0[1-9]\d{8}")
_FREE = re.compile(r"0120|0800|0570|0990|0180|0170")

_NOBODYS = re.compile(r"内線|転送|留守電|直通|窓口|代表|着信")
"""Words that say of a number what it is for, and whose only where no patient is named."""

_CALL_BACK = re.compile(
    r"折り?返し|おりかえし|折返|かけ直|かけなお|掛け直|電話し直|call(?:ing)?\s?(?:me\s|us\s|him\s|her\s|them\s)?back|call-?back",
    re.IGNORECASE,
)


def phones(flat: str, known: Collection[str]) -> Iterator[Hit]:
    """Find numbers that are not among the ``known`` (digits alone, from 0 on) and of which nothing says that they are others'."""
    for found in _NUMBER.finditer(flat):
        number = found[0]
        if not _WHOLE.fullmatch(digits_of(number)):
            number = number.rpartition("(")[0].rstrip()  # 080-…-…(20時まで)
        digits = digits_of(number)
        if not _WHOLE.fullmatch(digits) or _FREE.match(digits) or digits in known or is_of_a_thing(flat, found.start()):
            continue
        start, end = found.start(), found.start() + len(number)
        if not _is_others(*around(flat, start, end)):
            yield Hit(start, end, "phone")


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
