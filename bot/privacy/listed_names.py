"""Names in a list: where one of them is a patient's, or the list is of patients, the others are, too."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from bot.privacy.families import family_in, is_ours
from bot.privacy.hits import Hit
from bot.privacy.names import CALLED, KANJI, KATAKANA, STAFF, THEIRS

_ONE = rf"(?:{KANJI}{{1,6}}(?: (?!の){KANJI}{{1,3}})?|{KATAKANA}{{2,10}}|[ぁ-ゖ]{{3,9}}?(?={CALLED}))(?:{CALLED})?"
_BETWEEN = r"(?:\s?[、,・/と]\s?・?|\s?[①-⑳]\s?|\s・|\n[・\s]?)"
_LIST = re.compile(rf"(?P<first>{_ONE})(?:{_BETWEEN}{_ONE})+")
_NAME = re.compile(rf"(?P<name>{_ONE[: -len(f'(?:{CALLED})?')]})(?:{CALLED})?")
_PAIR, _LONGEST_GIVEN = 2, 4
_WAITING = re.compile(r"(?:待って|お待ち)(?:い)?(?:る)?の?(?:方|人|患者(?:さん|様)?)?は\s?$")


def listed_names(flat: str, found: Sequence[Hit], ours: Collection[str]) -> Iterator[Hit]:
    """Find those beside the patients that were ``found``, but for those of ``ours``.

    Two names of which the first begins the sentence are none: 鈴木さん、木村さんの血圧を is said to somebody.
    """
    patients = [hit for hit in found if hit.kind == "patient"]
    for row in _LIST.finditer(flat):
        before = re.split(r"[。\n]", flat[max(0, row.start() - 12) : row.start()])[-1]
        there = any(row.start() <= hit.start < row.end() for hit in patients)
        if STAFF.search(before) or not (there or THEIRS.match(flat, row.end()) or _WAITING.search(before)):
            continue
        each = [name for name in _NAME.finditer(flat, row.start(), row.end()) if _is_family(name["name"])]
        first, pair = flat[row.start() : each[0].end()] if each else "", len(each) == _PAIR
        spoken_to = pair and first.endswith("さん") and not before.strip() and flat[each[0].end()] == "、"
        for name in each[1:] if spoken_to else each:
            if not is_ours(name["name"], ours):
                yield Hit(*name.span("name"), "patient")


def _is_family(name: str) -> bool:
    family = family_in(name)
    return bool(family) and len(name) - len(family) <= _LONGEST_GIVEN
