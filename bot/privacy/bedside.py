"""Patients' names beside what is of a body: a dose, a measure, an age, a bed. Nothing else says there whose they are.

So a name that stands bare is one, a family name alone as well; and a colleague's family name is another's of whom a measure is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.privacy.families import family_in, is_given, is_ours
from bot.privacy.hits import Hit
from bot.privacy.names import (
    AT_WORK,
    CALLED,
    KANJI,
    KATAKANA,
    OF_FIRMS,
    OF_THE_SICK,
    OF_TREATMENT,
    STAFF,
    sentence_around,
)

_MEASURED = r"(?:血圧|血糖|体温|検温|脈拍|脈|体重|尿量|酸素飽和度|サチュレーション|SpO2|HbA1c|BP|BS|KT)"
_OF_A_BODY = re.compile(
    rf"\d\s?(?:単位(?!の在庫)|錠|包|カプセル|[mμ]g|m[lL]|[TC](?![A-Za-z]))|{_MEASURED}[はが:\s]{{0,2}}\d|\d{{1,3}}\s?[歳才]|\(\d{{1,3}}\)"
    r"|\d{1,4}\s?号室?|(?:ベッド|診察台|透析|点滴|採血|採尿|注射|抜歯)(?!室|器|装置|の(?:棚|業者|問|メーカー))|[朝昼夕食]後|食前|眠前"
)
_NAME = (
    rf"{KANJI}{{2,5}}[ ・]?(?:{KATAKANA}{{2,6}}|[ぁ-ゖ]{{2,4}})|{KANJI}{{2,4}}|{KATAKANA}{{2,7}}[ ・]?{KATAKANA}{{2,7}}"
)
_BARE = re.compile(
    rf"(?<![\d一-鿿々〆ヶァ-ヶーA-Za-z\u3099\u309a])(?P<name>{_NAME})"
    r"(?=$|[\s、,。:/()]|[はがのにをもと](?![一-鿿]{0,2}(?:方面|県|市|支店|病院|店)))"
)
_OF_A_FIRM_OR_TOLD = re.compile(r"[のにをと]|[、,\s][^。\n]{0,30}(?:て|で|ね|ください|下さい|お願い)(?=$|[。\n])")
"""Behind a family name alone: a firm's or a place's, or of whoever is told to do something."""
_BOOKED = re.compile(rf"予約の(?P<name>{KANJI}{{2,4}})(?=[はがをもに、]|$)")
_TOLD_OF_A_BODY = re.compile(
    rf"(?P<name>{KANJI}{{1,4}}|{KATAKANA}{{2,7}}){CALLED}(?:の{_MEASURED}[はが:\s]{{0,2}}\d|[\s、(]{{0,2}}\d{{1,3}}\s?[歳才])"
)
_IN_HANGUL = re.compile(r"(?P<name>[가-힣]{2,5})\s?(?:님|씨|さん|様|サン)")
_NOBODY_IN_HANGUL = re.compile(r".*(?:선생|고객|환자|원장|간호사|약사|의사|부모|손|기사|사장|과장)")
_FOREIGN = re.compile(rf"(?<![ァ-ヶー])(?P<name>[ァ-ヶー]{{2,10}}(?:[・ ][ァ-ヶー]{{1,10}}){{1,3}}){CALLED}")


def bedside_names(flat: str, ours: Collection[str], whole: Collection[str]) -> Iterator[Hit]:
    """Find them, but for those of ``ours``; of whom a measure or an age is told only ``whole`` names are ours."""
    for pattern in (_BARE, _BOOKED):
        for found in pattern.finditer(flat):
            start, end = found.span("name")
            name, sentence = found["name"], sentence_around(flat, start, end)
            alone = family_in(name) == name and (pattern is _BOOKED or _OF_A_BODY.search(sentence))
            if not (_is_whole(name) or (alone and not _OF_A_FIRM_OR_TOLD.match(flat, end))):
                continue
            if not (_OF_A_BODY.search(sentence) or OF_THE_SICK.search(sentence) or OF_TREATMENT.search(sentence)):
                continue
            if not (is_ours(name, ours) or OF_FIRMS.search(sentence) or _works(flat, start, end)):
                yield Hit(start, end, "patient")
    for found in _TOLD_OF_A_BODY.finditer(flat):
        if family_in(found["name"]) == found["name"] and not is_ours(found["name"], whole):
            yield Hit(*found.span("name"), "patient")
    for found in _IN_HANGUL.finditer(flat):
        if not (is_ours(found["name"], ours) or _NOBODY_IN_HANGUL.fullmatch(found["name"])):
            yield Hit(*found.span("name"), "patient")
    for found in _FOREIGN.finditer(flat):
        sentence = sentence_around(flat, *found.span("name"))
        ill = _OF_A_BODY.search(sentence) or OF_THE_SICK.search(sentence) or OF_TREATMENT.search(sentence)
        if ill and not (is_ours(found["name"], ours) or OF_FIRMS.search(sentence) or _works(flat, *found.span())):
            yield Hit(*found.span("name"), "patient")


def _is_whole(name: str) -> bool:
    """Say whether a family name with a given one behind it is read in a name, the given one in kana."""
    family = family_in(name)
    given = name[len(family) :].strip(" ・")
    return bool(family) and len(family) > 1 and is_given(given)


def _works(flat: str, start: int, end: int) -> bool:
    behind = re.split(r"[。\n]", flat[end : end + 40])[0]
    return bool(STAFF.search(flat[max(0, start - 12) : start]) or AT_WORK.match(behind))
