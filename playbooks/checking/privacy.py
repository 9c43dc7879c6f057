"""Checks that no step asks for what identifies a patient: that belongs into the medical record, never into a chat."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playbooks.authoring.lines import Lines
from playbooks.checking.known import Known, steps_of
from playbooks.model import Playbook
from playbooks.problems import Problem

_ALWAYS = re.compile(
    r"生年月日|被?保険者番号|保険証|資格確認書|診察券番号|カルテ番号|患者番号|患者ID|マイナンバー|個人番号"
    r"|date of birth|birth ?(?:date|day)|insurance (?:number|card|id)|(?:chart|medical record|patient) (?:number|id|no\.)|my number",
    re.IGNORECASE,
)
"""What is a patient's wherever it is asked for."""

_WHO = re.compile(r"患者|利用者|受診者|\bpatients?\b|\bclients?\b", re.IGNORECASE)
_WHAT = re.compile(
    r"氏名|名前|お名前|患者名|住所|電話番号|連絡先|年齢|病名|家族"
    r"|\b(?:names?|address(?:es)?|(?:tele)?phone(?: numbers?)?|ages?|diagnos[ie]s|relatives)\b",
    re.IGNORECASE,
)
"""What is a patient's when the same sentence speaks of patients."""

_SHOWN = re.compile(
    r"患者(?:さん|様)?の?(?:氏名|名前|顔|情報|データ|画面|カルテ|記録|一覧)|(?<!電子)カルテ|診療録|処方箋|処方せん|お薬手帳|薬歴|予約表"
    r"|\bpatients?(?:'s?|’s?)? (?:names?|faces?|data|information|details|records?|charts?|files?|lists?|screens?)\b"
    r"|\b(?:medical|paper) (?:records?|charts?)\b|\bprescriptions?\b",
    re.IGNORECASE,
)
"""What shows a patient on a photo."""

_COUNTED = re.compile(
    r"人数|何人|何名|名分|人分|件数|何件|枚数|何枚|\bhow many\b|\bnumber of\b|\bcount\b", re.IGNORECASE
)
_REFUSED = re.compile(
    r"ない|ません|せず|書かず|写さず|入れず|除い|隠し|避け|伏せ|以外|\b(?:not|never|no|without|hide|cover|avoid|except|don't|out of|leave out|other than)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。．！？\n]|(?<=[.!?;])\s")


def asks_for_no_patient(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """A step that takes a text, a number or a photo asks for nothing by which a patient could be known.

    Counting people is fine, and so is a sentence that says what to leave out.
    """
    for path, _, name, step in steps_of(playbook):
        if not step.type.names_people:
            continue
        photo = step.type.wants == "photo"
        for language in ("ja", "en"):
            asked = getattr(step.ask, language)
            found = identifying(asked) or (photo and showing(asked)) or None
            if found:
                way = "photograph" if photo else "type"
                cure = "ask for another picture" if photo else "ask for a number of people"
                what = f"the step `{name}` has people {way} what identifies a patient (`{found}`)"
                cure += ", or say that patients must be left out"
                yield where.problem((*path, "ask", language), what, cure)
                break


def identifying(text: str) -> str | None:
    """Give the words of a request that would identify a patient; None if there are none."""
    for sentence in _SENTENCE.split(text):
        if _COUNTED.search(sentence) or _REFUSED.search(sentence):
            continue
        found = _ALWAYS.search(sentence) or (_WHO.search(sentence) and _WHAT.search(sentence))
        if found:
            return found[0]
    return None


def showing(text: str) -> str | None:
    """Give the words of a request for a photo that would show a patient; None if there are none."""
    for sentence in _SENTENCE.split(text):
        found = _SHOWN.search(sentence)
        if found and not _REFUSED.search(sentence):
            return found[0]
    return None
