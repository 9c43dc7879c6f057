"""Patients' names in Latin letters: in English sentences, and in Japanese ones before さん or 様."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.privacy.families import is_family_in_latin, is_ours
from bot.privacy.hits import Hit
from bot.privacy.names import CALLED, OF_FIRMS, OF_THE_SICK, OF_TREATMENT, STAFF, sentence_around

_EN_NAME = r"[A-Z][a-z'-]{1,14}(?:[\s-][A-Z][a-z'-]{1,14}){0,2}"
_EN_TITLE = r"(?:Mr|Mrs|Ms|Miss)\.?\s"
_EN_SICK = (
    r"(?:charts?|records?|prescriptions?|appointments?|medications?|medicines?|results?|files?|blood|x-?rays?"
    r"|tests?|scans?|insurance|treatment|surgery|diagnosis|allerg|date of birth|DOB|birthday)"
)
_EN_TOLD_OF = (
    r"(?:waiting(?!\s(?:on|for|at|until)\b)|DOB\b|D\.O\.B|born\b|charts?\s(?:no\b|number|\#|\d)|collapsed|fainted|fell\b|vomit"
    r"|(?:needs?|forgot|takes?|wants)\s(?:(?:her|his|their|the|some|more)\s)?(?:meds?\b|medicines?|medications?|insulin|oxygen|injections?|drip|pills?|tablets|refill|prescriptions?|appointments?|results)"
    r"|(?:has|with)\s(?:an?\s)?(?:fever|pain|rash|cough|headache|allergy)|(?:18|19|20[01])\d{1,2}[./-]\d{1,2}[./-]\d)"
)
"""What is said behind somebody's name of whom a clinic takes care, and hardly of anybody else."""
_ENGLISH = (
    re.compile(
        rf"\b[Pp]atient(?:'s\sname(?:\sis)?|\sname)?(?:\s(?:is|was|named|called))?[\s,:(]{{1,3}}(?:{_EN_TITLE})?(?P<name>{_EN_NAME})"
    ),
    re.compile(rf"\b{_EN_TITLE}(?P<name>{_EN_NAME}?)(?:'s)\s(?:[a-z]+\s){{0,2}}?(?:{_EN_SICK}|letters?|referral|lab)"),
    re.compile(rf"\b{_EN_SICK}\s(?:of|for)\s(?:our\spatient\s)?{_EN_TITLE}(?P<name>{_EN_NAME})"),
    re.compile(rf"\b(?P<name>{_EN_NAME})(?:-san)?(?:'s)\s(?:patient\s)?{_EN_SICK}"),
    re.compile(rf"\b(?:{_EN_TITLE})?(?P<name>{_EN_NAME})(?:-san)?(?:,\s\(?|\s\()(?:(?:a|the|our)\s)?patient\b"),
    re.compile(
        rf"\b(?P<name>[A-Z][a-z'-]{{1,14}}\s{_EN_NAME})(?:,\s\d{{1,3}}(?:,|\s?y|\sfe?male)|\s(?:血圧|血糖|体温|BP\b|\d{{1,3}}[歳才]))"
    ),
    re.compile(rf"\b{_EN_TITLE}(?P<name>{_EN_NAME})\b(?=[^.!?\n]{{0,40}}?\b{_EN_TOLD_OF})"),
    re.compile(
        rf"\b{_EN_TITLE}(?P<name>{_EN_NAME}),?\s(?:\(?\d{{1,3}}\)?,?\s|aged\s\d|collapsed|came\sin|was\s(?:admitted|seen|given)|(?:is|has\sbeen)\s(?:still\s)?(?:waiting|allergic|here\sfor))"
    ),
)
_NOBODY_EN = re.compile(
    r"(?:If|With|For|From|Called|Every|One|As|Then|So|Only|Some|Any|Each|Another|Next|Dr|Mr|Mrs|Ms|Miss|Call|Ask|Tell|Bring|Help|Gave|Give|Safety|Data|Records?|Care|Portal|Name|Names|List|The|Our|This|That|It|Is|Are|Please|No|Not|ID|Number|Today|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|And|But|In|At|He|She|We|They|I|All|Can|What|When|Who|Windows|Excel|Word|Doctor|Staff|Yesterday|Tomorrow|Director|Nurse|Reception|X-ray|CT|MRI|Lab|Hospital|Clinic)\b"
)

_SAID_OUTRIGHT = re.compile(r"[Pp]atient|DOB|D\.O\.B|\bborn\b|\d{4}[./-]\d")
"""Beside a whole name: then another person is meant who only shares a part of it with somebody of ours."""

_CALLED_IN_JAPANESE = re.compile(
    rf"(?<![A-Za-z0-9@._-])(?P<name>[A-Za-z][A-Za-z'-]{{1,14}}(?: [A-Za-z][A-Za-z'-]{{1,14}}){{0,2}}){CALLED}"
)


def latin_names(flat: str, ours: Collection[str]) -> Iterator[Hit]:
    """Find them, but for those of ``ours``."""
    for pattern in _ENGLISH:
        for found in pattern.finditer(flat):
            whole = len(found["name"].split()) > 1 and _SAID_OUTRIGHT.search(flat, found.start(), found.end() + 16)
            known = is_ours(found["name"], ours) if whole else _is_one_of(found["name"], ours)
            if not _NOBODY_EN.match(found["name"]) and not known:
                yield Hit(*found.span("name"), "patient")
    for found in _CALLED_IN_JAPANESE.finditer(flat):
        sentence, words = sentence_around(flat, *found.span("name")), found["name"].split()
        named = len(words) > 1 or is_family_in_latin(words[0])
        firm = OF_FIRMS.search(sentence) or STAFF.search(flat[max(0, found.start() - 12) : found.start()])
        ill = found[0].endswith("様") or OF_THE_SICK.search(sentence) or OF_TREATMENT.search(sentence)
        if named and ill and not firm and not _is_one_of(found["name"], ours):
            yield Hit(*found.span("name"), "patient")


def _is_one_of(name: str, ours: Collection[str]) -> bool:
    return any(word.casefold() in ours for word in (name, *name.split()))
