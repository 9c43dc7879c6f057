"""What pydantic found, in plain sentences, each with the likely cure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from playbooks.authoring.author import (
    SharedMention,
    WrittenAnswer,
    WrittenChoice,
    WrittenLine,
    WrittenPlaybook,
    WrittenStep,
    WrittenTrack,
)
from playbooks.authoring.lines import Path
from playbooks.texts import Data, Text, Texts

_INSIDE: Mapping[str, type[Data]] = {
    "answers": WrittenAnswer,
    "choices": WrittenChoice,
    "lines": WrittenLine,
    "steps": WrittenStep,
    "tracks": WrittenTrack,
}
_TEXTS: Mapping[str, type[Data]] = {
    "title": Text,
    "question": Text,
    "ask": Text,
    "why": Text,
    "unit": Text,
    "label": Text,
    "never": Texts,
    "signs": Texts,
}


def likely(name: str, names: Iterable[str], otherwise: str = "") -> str:
    """Say which of ``names`` somebody probably meant; else list them (up to 24), or say ``otherwise``."""
    known = sorted(set(names))
    near = process.extractOne(name.lower(), known, scorer=fuzz.ratio, score_cutoff=60)
    if near is not None:
        return f"did you mean `{near[0]}`?"
    if otherwise or not known:
        return otherwise or "there is none yet"
    return "known: " + ", ".join(known[:24]) + (", …" if len(known) > 24 else "")


def path_in(data: Any, loc: Iterable[str | int]) -> Path:
    """Give the way through ``data`` that pydantic means by ``loc``, without the names it puts in for unions.

    The last part stays even if nothing is there: it is what is missing.
    """
    parts = list(loc)
    path: list[str | int] = []
    here = data
    for place, part in enumerate(parts):
        found = isinstance(here, dict) and part in here
        found = found or (isinstance(here, list) and isinstance(part, int) and part < len(here))
        if found:
            here = here[part]
        elif place < len(parts) - 1 or part in ("<inline>", "<shared>", "[key]"):
            continue
        path.append(part)
    return tuple(path)


def sentence(error: ErrorDetails, path: Path, root: type[Data] = WrittenPlaybook) -> tuple[str, str]:
    """Give what is wrong and the likely cure for one finding at ``path`` of a file whose shape is ``root``."""
    name = str(path[-1]) if path else "the file"
    if len(path) > 1 and isinstance(path[-1], int):
        name = f"{path[-2]}, entry {int(path[-1]) + 1}"
    value = error["input"]
    context = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return f"`{name}` is missing{_where(path[:-1])}", f"add `{name}:`"
        case "extra_forbidden":
            fields = _shape(path[:-1], error["loc"], root).model_fields
            return f"nobody knows the key `{name}`{_where(path[:-1])}", likely(name, fields)
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", str(context.get("expected", "")))
            return f"`{name}` cannot be `{_shown(value)}`", likely(str(value), allowed)
        case "string_type" if isinstance(value, bool):
            said = "yes" if value else "no"
            return f"`{name}` is a truth value where a text belongs", f"write `{said}`, or put it in quotes"
        case "string_type" if value is None:
            return f"`{name}` is empty", "write something or remove the line"
        case "string_type":
            return f"`{name}` is {_kind(value)} where a text belongs", "put the text in quotes" if not isinstance(
                value, dict | list
            ) else "write one text"
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"`{name}` is {_kind(value)} where named values belong", _example(path)
        case "tuple_type":
            return (
                f"`{name}` is {_kind(value)} where a list belongs",
                f"write `{name}: [{_shown(value)}]`" if isinstance(value, str) else "write `[a, b]`",
            )
        case "int_parsing" | "int_type" | "int_from_float":
            return f"`{name}` is no whole number", "write a number such as 1"
        case "bool_parsing" | "bool_type":
            return f"`{name}` is neither true nor false", "write `true` or `false`"
        case "string_too_short" | "too_short":
            return f"`{name}` is empty", "write something or remove the line"
        case "string_pattern_mismatch":
            return f"`{_shown(value)}` is no name", "use small letters a-z, digits and _, beginning with a letter"
        case "greater_than_equal":
            return f"`{name}` is too small", f"the least is {context.get('ge')}"
        case "less_than_equal":
            return f"`{name}` is too large", f"the most is {context.get('le')}"
        case "value_error":
            return f"`{name}` cannot be `{_shown(value)}`", str(context.get("error", ""))
        case _:
            return f"`{name}` cannot be `{_shown(value)}`", error["msg"]


def _shape(path: Path, loc: Iterable[str | int], root: type[Data]) -> type[Data]:
    """Find which shape the mapping at ``path`` should have."""
    if path and str(path[-1]) in _TEXTS and (len(path) < 2 or path[-2] not in _INSIDE):
        return _TEXTS[str(path[-1])]
    if len(path) > 1 and path[-2] in _INSIDE:
        return SharedMention if path[-2] == "tracks" and "<shared>" in list(loc) else _INSIDE[str(path[-2])]
    return root


def _where(path: Path) -> str:
    return f" in `{path[-1]}`" if path and isinstance(path[-1], str) else ""


def _kind(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, dict):
        return "a group of named values"
    if isinstance(value, list):
        return "a list"
    return "a text" if isinstance(value, str) else "a number or truth value"


def _example(path: Path) -> str:
    name = str(path[-1]) if path else "playbook"
    if name in _TEXTS and (len(path) < 2 or path[-2] not in _INSIDE):
        listed = _TEXTS[name] is Texts
        return f"write `{name}: {{ja: [{'…'}], en: [{'…'}]}}`" if listed else f"write `{name}: {{ja: …, en: …}}`"
    if len(path) > 1 and path[-2] == "answers":
        return f"write `{name}: next_step` or `{name}: {{to: next_step}}`"
    return "write `name: value` lines below it, indented"


def _shown(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"
