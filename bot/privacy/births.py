"""Birth dates: a date that a word says to be one, or one of an era in which hardly anything but people was born."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.hits import Hit

_NUMBER = r"(?:元|\d{1,2}|[一二三四五六七八九十]{1,4})"
_OLD_ERA = r"(?:明治|大正|昭和|(?<![A-Za-z])[MTS](?![A-Za-z])\.?)"
_NEW_ERA = r"(?:平成|令和|(?<![A-Za-z])[HR](?![A-Za-z])\.?)"
_MARK = r"\s?[年./・-]\s?"
_DAY = rf"{_MARK}(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?[月./・-]\s?(?:\d{{1,2}}+|[一二三四五六七八九十]{{1,3}})日?+(?!\d)"
_OF_OLD = rf"{_OLD_ERA}\s?{_NUMBER}{_DAY}"
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_ENGLISH = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTHS},?\s\d{{4}}"
    rf"|{_MONTHS}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}})"
)
_FULL = rf"(?:{_OF_OLD}|{_NEW_ERA}\s?{_NUMBER}{_DAY}|(?<!\d)(?:18|19|20)\d\d{_DAY}|(?<!\d)(?:18|19|20)\d\d\s?年?\s?(?:0\d|1[0-2])[0-3]\d(?!\d))"
_SHORT = rf"(?:(?:{_OLD_ERA}|{_NEW_ERA})\s?{_NUMBER}\s?年?|(?:19|20)\d\d\s?年)(?:\s?\d{{1,2}}月)?|(?<!\d)\d{{1,2}}月\s?\d{{1,2}}日"
_BORN = r"(?:生(?:まれ|れ)(?!変わ)|うまれ|産まれ|生(?![まれ活徒命産体物じきか理成地ビ放中後む検食血花菌])|誕生日?)"
_AFTER = r"[はがも:=、,\s「(のです-]{0,5}"

_PATTERNS = (
    re.compile(
        rf"(?:生年月日|生年|生まれ年|誕生日|たんじょう日|お?生まれ(?=は)|お生まれ|DOB|D\.O\.B\.?|date\sof\sbirth|birth\s?(?:date|day)|born(?:\son)?|b\.\s)(?:は|が|を)?(?:患者(?:さん|様)?の?)?{_AFTER}(?:(?:is|was|on|:)\s?)?"
        rf"(?P<value>{_FULL}|{_ENGLISH}|{_SHORT}|(?<!\d)[1-4]-\d{{1,2}}{_DAY}|(?<!\d)\d{{1,2}}{_DAY}|(?<!\d)(?:18|19|20)\d{{6}}(?!\d)|[MTSHR]\s?\d{{6}}(?!\d)|(?:in\s)?(?:19|20)\d\d(?!\d)|in\s{_MONTHS},?\s\d{{4}}|\d{{1,2}}/\d{{1,2}}(?![\d/]))",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\d.])(?P<value>(?:明|大|昭|平|令)?\d{1,2}(?:[./・]\d{1,2}[./・]\d{1,2}|年\d{1,2}月\d{1,2}日)|(?<![A-Za-z])[MTSHR]\d{6}|\d{1,2}/\d{1,2})\s?(?:生(?:まれ)?(?![徒命産体物])|うまれ)"
    ),
    re.compile(
        rf"(?P<value>{_FULL})[\s)(、]{{0,2}}[男女](?:性|児|の子)?(?!医|性?(?:医|看護|更衣|トイレ|職員|スタッフ))"
    ),
    re.compile(rf"(?P<value>{_FULL}|{_SHORT})[\s)]{{0,2}}(?:の)?{_BORN}"),
    re.compile(
        rf"(?P<value>{_OF_OLD})(?!\s?(?:に|の|付)?\s?(?:開業|開院|開設|設立|創業|築|竣工|施行|建|以降|以前|時点|現在|当時|付|から|まで|改正|告示|通知|購入|設置|導入|製))"
    ),
    re.compile(
        rf"\b(?:Mr|Mrs|Ms|Miss)\.?\s[A-Z][A-Za-z' -]{{1,40}}?[\s,(]{{1,3}}(?P<value>(?:{_ENGLISH}|(?<!\d)(?:18|19|20[01])\d{{1,2}}{_DAY}))"
    ),
    re.compile(
        rf"(?:さん|様|さま|氏|くん|ちゃん)[\s、(:の]{{0,2}}(?P<value>(?:{_NEW_ERA}\s?{_NUMBER}|(?<!\d)(?:18|19\d\d|200\d|201\d)){_DAY})"
    ),
)


def births(flat: str) -> Iterator[Hit]:
    """Find the dates, without the words that say what they are."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(flat):
            yield Hit(*found.span("value"), "birth")
