"""Telephone numbers that nobody here knows, but for those of whom one calls: vendors, authorities, whoever is called back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.privacy.families import family_in, is_ours
from bot.privacy.hits import Hit
from bot.privacy.names import CALLED_BY_NAME, OF_THE_SICK, STAFF
from bot.privacy.numbers import is_of_a_thing
from bot.privacy.whose import OF_OTHERS, OF_PATIENTS, around, last, patients_last

_NUMBER = re.compile(
    r"(?<![\d./A-Za-z-])(?<![\dA-Fa-f]:)(?:\+81[\s()-]{0,2}|\(?0)\d{0,4}(?:[\s()・.の-]{0,3}\d){4,11}(?![\d:]|[.-]\d)"
)
_WHOLE = re.compile(r"0[5789]0[1-9]\d{7}|0[1-9]\d{8}")
_PART = re.compile(
    r"(?:電話(?:番号)?|TEL|携帯)[^\d\n。]{0,8}?(?:下\s?[4四]\s?[桁ケタ]{1,2}[^\d\n。]{0,3}(?P<last>\d{4})|(?P<local>\d{2,4}-\d{4}))(?![\d-])",
    re.IGNORECASE,
)
"""The last digits of a number, or one without its area's, beside a patient's word."""
_FREE = re.compile(r"0120|0800|0570|0990|0180|0170")
_FREE_WHOLE = re.compile(r"0(?:120|570)\d{6}|0800\d{7}")

_NOBODYS = re.compile(r"内線|転送|留守電|直通|窓口|代表|着信")
"""Words that say of a number what it is for, and whose only where no patient is named."""

_CALL_BACK = re.compile(
    r"折り?返し|おりかえし|折返|かけ直|かけなお|掛け直|電話し直|call(?:ing)?\s?(?:me\s|us\s|him\s|her\s|them\s)?back|call-?back",
    re.IGNORECASE,
)


_NOT_TO_KEEP = re.compile(
    r"詐欺|先方|(?:送信|送付|送り|相手|送った|届いた|間違えた)先|不審|怪し|あやし|迷惑|知らない|見知らぬ|見覚え|偽|なりすま|名乗|自称|画面[にの]|警告|ポップアップ|脅|身代金|犯人|SMS|ショートメール|メールに(?:書|あ)"
    r"|うち[のは]|当院|当薬局|自院|自分の|私の|わたしの|俺の|僕の|携帯変|番号が変わ|(?<!着信)登録|ファ(?:ッ)?クス|FAX|着信"
    r"|scam|fraud|suspicious|fake|pretend|claim(?:s|ed|ing)|on\s(?:the|my)\sscreen|pop-?up|warning|ransom|\bmy\b|\bour\b|\bunknown\b",
    re.IGNORECASE,
)
"""What says of a number that it may be a swindler's, or is the writer's own."""


_ANSWERED = re.compile(
    r"(?:受付|回線(?:の)?(?:故障|窓口|障害)?|お?問い?合わ?せ(?:窓口|先)?|お客様(?:相談)?(?:窓口|センター))[は:\s]{0,2}$"
)


def phones(flat: str, known: Collection[str], ours: Collection[str]) -> Iterator[Hit]:
    """Find numbers that are not among the ``known`` (digits alone, from 0 on) and of which nothing says that they are others'."""
    for start, end in _unknown(flat, known):
        if not _FREE.match(digits_of(flat[start:end])) and not _is_others(*around(flat, start, end), ours):
            yield Hit(start, end, "phone")
    for found in _PART.finditer(flat):
        place = found.span("last" if found["last"] else "local")
        near = "|".join(around(flat, *place))
        if OF_PATIENTS.search(near) and not OF_OTHERS.search(near):
            yield Hit(*place, "phone")


def numbers_of_others(flat: str, known: Collection[str], ours: Collection[str]) -> Iterator[tuple[int, int]]:
    """Find the places of unknown numbers beside a word for whom one calls, or for calling back: they may be worth keeping."""
    if _NOT_TO_KEEP.search(flat):
        return
    for start, end in _unknown(flat, known, answered=True):
        before, behind = around(flat, start, end)
        beside = OF_OTHERS.search(before + "|" + behind) or _CALL_BACK.search(before + "|" + behind)
        if beside and _is_others(before, behind, ours):
            yield start, end


def _unknown(flat: str, known: Collection[str], *, answered: bool = False) -> Iterator[tuple[int, int]]:
    """Give the places of whole numbers that nobody knows; ``answered`` where somebody at a firm's desk is no thing (故障受付 0120-…)."""
    for found in _NUMBER.finditer(flat):
        number = found[0]
        if not _is_whole(number):
            number = number.rpartition("(")[0].rstrip()  # 080-…-…(20時まで)
        if (
            _is_whole(number)
            and digits_of(number) not in known
            and not (
                is_of_a_thing(flat, found.start())
                and not (
                    answered and "-" in number and _ANSWERED.search(flat[max(0, found.start() - 16) : found.start()])
                )
            )
        ):
            yield found.start(), found.start() + len(number)


def _is_whole(number: str) -> bool:
    digits = digits_of(number)
    return _WHOLE.fullmatch(digits) is not None or _FREE_WHOLE.fullmatch(digits) is not None


def digits_of(number: str) -> str:
    """Give the digits of a number as they are dialled here."""
    digits = re.sub(r"\D", "", number)
    return f"0{digits[2:].removeprefix('0')}" if number.lstrip().startswith("+81") else digits


def _is_others(before: str, behind: str, ours: Collection[str]) -> bool:
    """Say whether what stands nearest is somebody whom one calls, and no patient; to be called back are others, unless one is named."""
    called = _called_last(before, ours)
    others, patients = last(OF_OTHERS, before), max(patients_last(before), called)
    theirs = OF_PATIENTS.search(behind)
    asked = called or _called_last(behind, ours) or OF_THE_SICK.search(before + "|" + behind)
    nobodys = _CALL_BACK.search(before + behind) or _NOBODYS.search(before + "|" + behind[:8])
    if not patients and theirs is None and nobodys and (others or not asked):
        return True
    if others or patients:
        return others > patients
    there = OF_OTHERS.search(behind)
    return there is not None and (theirs is None or there.start() < theirs.start())


_RIGHT_BEHIND = re.compile(rf"(?:{OF_OTHERS.pattern})[のはで、・\s]{{0,2}}$", re.IGNORECASE)


def _called_last(said: str, ours: Collection[str]) -> int:
    """Give the place behind the last who is called by name, is none of ours and of no firm or office; 0 for none."""
    names = (one for one in CALLED_BY_NAME.finditer(said) if family_in(one["name"]) and not is_ours(one["name"], ours))
    outside = (STAFF, _RIGHT_BEHIND)
    return max((one.end() for one in names if not any(sign.search(said[: one.start()]) for sign in outside)), default=0)
