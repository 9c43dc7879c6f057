"""Where a patient lives and is written to: addresses, of post and mail, of which the words beside them say that they are a patient's.

Others' addresses are said every day (a firm's, an office's, the facility's own to an ambulance, a swindler's mail), so that one of which
nothing says whose it is stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.hits import Hit
from bot.privacy.whose import OF_OTHERS, OF_PATIENTS, around, last, patients_last

_SIGN = "[一-鿿々〆ヶケノぁ-ゖァ-ヶー]"
_NUMBER = r"\d{1,4}(?:(?:条[東西南北]?|丁目|番地?の?|号|-|の)\s?\d{1,4}){1,4}(?:番地?|号)?|\d{1,4}(?:丁目|番地)"
_HOUSE = r"(?:[\s、]?[ァ-ヶーA-Za-z]{2,12}[一-鿿]{0,3}\s?\d{1,4}(?:号室?)?)?"
_IN_KANA = (
    "(?:さいたま|つくば|つくばみらい|いわき|ひたちなか|かすみがうら|つがる|むつ|にかほ|みどり|かほく|あわら|いなべ|たつの|さぬき|うきは|みやま|みやき"
    "|うるま|えびの|みよし|あま|あきる野)"
)
"""Towns whose names are written in hiragana."""

_POST = re.compile(
    rf"(?:〒?\s?\d{{3}}-\d{{4}}[\s、]{{0,2}})?(?:[一-鿿々ヶ]{{1,8}}|{_IN_KANA})[市区町村郡]{_SIGN}{{0,12}}\s?(?:[東西南北])?(?:{_NUMBER})(?!\d|-\d){_HOUSE}"
)
_MAIL = re.compile(r"(?<![A-Za-z0-9._%+@-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")

_AT_HOME = re.compile(r"往診先|訪問先|独居|一人暮らし|お住まい|在住|住んで(?:い|る)|宅[(「:\s]?$|(?:自宅|お宅)")
_LIVES, _PERSON_BEHIND = re.compile(r"住所[がはの:\s]{1,2}$"), re.compile(r"\s?の(?:方(?!向|面)|人|かた|女性|男性)")
_BY_STRANGERS = re.compile(
    r"不審|怪しい|あやしい|迷惑|詐欺|フィッシング|なりすまし|差出人|送信元|送り主|知らない|見覚え|偽|攻撃|脅迫|ウイルス|乗っ取|suspicious|phishing|unknown|spam",
    re.IGNORECASE,
)


def addresses(flat: str) -> Iterator[Hit]:
    """Find patients' addresses."""
    for found in _POST.finditer(flat):
        before, behind = around(flat, *found.span())
        posted = "〒" in before + found[0] and not OF_OTHERS.search(
            before + "|" + behind
        )  # of a firm it is said whose it is
        at_home = _AT_HOME.search(before + "|" + behind) and not OF_OTHERS.search(before)
        if _is_a_patients(before, behind) or posted or at_home:
            yield Hit(*found.span(), "address")
    for found in _MAIL.finditer(flat):
        before, behind = around(flat, *found.span())
        if _is_a_patients(before, behind) and not _BY_STRANGERS.search(before + behind):
            yield Hit(*found.span(), "mail")


def _is_a_patients(before: str, behind: str) -> bool:
    """Say whether a patient, or somebody of theirs, stands nearer than whoever one calls."""
    others, patients = last(OF_OTHERS, before), patients_last(before)
    if others or patients:
        return patients > others
    if _LIVES.search(before) and _PERSON_BEHIND.match(behind):
        return True
    theirs, there = OF_PATIENTS.search(behind), OF_OTHERS.search(behind)
    return theirs is not None and (there is None or theirs.start() < there.start())
