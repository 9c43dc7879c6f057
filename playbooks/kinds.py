"""Words that differ by the kind of facility: who directs it, what it calls the people it cares for, where its own people are.

A text names one as ``{{ patients }}``: 患者さん in a clinic, 利用者さん where people are visited. It is put in when a home is opened.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

from playbooks.model import FACILITY_KINDS, FacilityKind
from playbooks.phrasing import Language, Phrase
from playbooks.texts import WRITTEN, Data

NAMES = ("head", "trade", "inside", "records", "helpers", "chart", "patients", "clinician", "desk", "spoken")
"""``head`` is who directs it, ``trade`` what it does all day, ``inside`` where its people are, ``records`` its main systems and
``chart`` the first of them, ``helpers`` whom it calls to somebody who collapsed, ``patients`` whom it cares for, ``clinician`` who says what of a
device on one of them may be touched, ``desk`` where they are received and ``spoken`` how they are told something there."""

_NAMED = re.compile(r"\{\{ (\w+) \}\}")

D = TypeVar("D", bound=Data)


def words_of(kind: FacilityKind) -> dict[str, Phrase]:
    """Give the words of a kind of facility by their names."""
    return {name: Phrase("playbooks", f"kinds.{name}.{kind}") for name in NAMES}


def filled(text: str, kind: FacilityKind, language: Language) -> str:
    """Give a text with the words of a kind; what else stands in braces is left as it is."""
    if "{{" not in text:
        return text
    words = words_of(kind)
    return _NAMED.sub(lambda name: words[name[1]].in_language(language) if name[1] in words else name[0], text)


def longest(text: str) -> str:
    """Give a Japanese text as the kind reads it that has the most to read."""
    return max((filled(text, kind, "ja") for kind in FACILITY_KINDS), key=len)


def strange_names(text: str) -> list[str]:
    """Give what stands in braces and is no word of ours."""
    return [name for name in _NAMED.findall(text) if name not in NAMES]


def worded(data: D, kind: FacilityKind) -> D:
    """Give a piece of the handbook with the words of a kind in all its texts; the same one where none is named."""
    said: D = _worded(_Same(data), kind)
    return said


class _Same:
    """A piece of the handbook by what it is and not by what it holds, which can't be hashed."""

    def __init__(self, data: Any) -> None:
        self.data = data

    def __hash__(self) -> int:
        return id(self.data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.data is other.data


@lru_cache(maxsize=256)
def _worded(same: _Same, kind: FacilityKind) -> Any:
    return _within(same.data, kind, "ja")


def _within(value: Any, kind: FacilityKind, language: Language) -> Any:
    if isinstance(value, str):
        return filled(value, kind, language)
    if isinstance(value, Data):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        changed = {
            name: new
            for name, old in fields.items()
            if (new := _within(old, kind, name if name in WRITTEN else language)) is not old
        }
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, Mapping):
        below = {name: _within(old, kind, language) for name, old in value.items()}
        return below if any(below[name] is not old for name, old in value.items()) else value
    if isinstance(value, tuple):
        parts = tuple(_within(old, kind, language) for old in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    return value
