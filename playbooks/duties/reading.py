"""Reading a duties file that a person wrote: all its mistakes at once, each with its line and the likely cure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from playbooks.authoring.lines import Lines, read_yaml
from playbooks.authoring.wording import likely, path_in, sentence
from playbooks.duties import shape as duty
from playbooks.duties.shape import Duties, DutyNames
from playbooks.problems import Problem
from playbooks.remembering import remembered
from playbooks.texts import Data

DUTIES = Path(__file__).parent
"""Where the jurisdictions' files stand, one ``<jurisdiction>.yaml`` each."""

_KEYS = frozenset(
    key
    for shape in vars(duty).values()
    if isinstance(shape, type) and issubclass(shape, Data)
    for key in shape.model_fields
)


def load_duties(jurisdiction: str = "jp", folder: Path = DUTIES) -> Duties | tuple[Problem, ...]:
    """Read a jurisdiction's file from the disk; gives its problems instead if there are any, a missing file included."""
    path = folder / f"{jurisdiction}.yaml"
    try:
        return _as_remembered(path.read_bytes().decode("utf-8-sig"), path.name, ours=folder == DUTIES)
    except FileNotFoundError:
        cure = likely(
            jurisdiction, (found.stem for found in folder.glob("*.yaml")), "write it after the model of jp.yaml"
        )
        return (Problem(path.name, 1, f"there are no duties for `{jurisdiction}`", cure),)
    except (OSError, UnicodeDecodeError):
        return (Problem(path.name, 1, "the file cannot be read", "save it as UTF-8 and make it readable"),)


def _as_remembered(text: str, file: str, *, ours: bool) -> Duties | tuple[Problem, ...]:
    problems: list[Problem] = []

    def read() -> Duties | None:
        found = read_duties(text, file, ours=ours)
        if isinstance(found, Duties):
            return found
        problems.extend(found)
        return None

    return remembered(Duties, [text.encode()], read) or tuple(problems)


@lru_cache(maxsize=8)  # pure, and what it gives can't be changed
def read_duties(text: str, file: str, *, ours: bool = False) -> Duties | tuple[Problem, ...]:
    """Read the text of a duties file; gives all its problems instead, by line, if there are any. Never raises."""
    if not text.strip():
        return (Problem(file, 1, "the file is empty", "begin with `jurisdiction: jp`"),)
    data, lines, problems = read_yaml(text, file, ours=ours)
    if problems and data is None:
        return tuple(problems)
    try:
        duties = Duties.model_validate(data, context=_names(data))
    except ValidationError as error:
        found = [_problem(data, lines, one) for one in error.errors(include_url=False)]
        return tuple(sorted({*problems, *found}))
    return tuple(sorted(problems)) or duties


def _names(data: object) -> DutyNames:
    """Collect what the file defines before it is validated, so that one pass finds wrong shapes and wrong names alike."""

    def section(key: str) -> Mapping[str, Any]:
        found = data.get(key) if isinstance(data, Mapping) else None
        return found if isinstance(found, Mapping) else {}

    return DutyNames(
        facts={name: _values(kind) for name, kind in section("facts").items()},
        items=frozenset(section("items")),
        grounds=frozenset(section("grounds")),
    )


def _values(kind: object) -> frozenset[str] | None:
    values = kind.get("values") if isinstance(kind, Mapping) else None
    return frozenset(map(str, values)) if isinstance(values, list) and values else None


def _problem(data: object, lines: Lines, error: ErrorDetails) -> Problem:
    path = path_in(data, error["loc"])
    name = str(path[-1]) if path else "the file"
    match error["type"]:
        case "value_error":
            said, _, cure = str(error.get("ctx", {}).get("error", error["msg"])).partition("; ")
            return lines.problem(path, f"`{name}`: {said}" if isinstance(path[-1], str) else said, cure)
        case "extra_forbidden":
            return lines.problem(path, f"nobody knows the key `{name}` here", likely(name, _KEYS, "take it out"))
        case "union_tag_invalid" | "union_tag_not_found":
            cure = "write `rule: promptly`, `rule: between` or `rule: within`"
            return lines.problem((*path, "rule"), f"`{name}` has no rule that is known", cure)
        case "date_from_datetime_parsing" | "date_parsing" | "date_type":
            return lines.problem(path, f"`{name}` is no date", "write it as in 2026-11-22")
        case "string_pattern_mismatch" if name == "contact":
            return lines.problem(path, f"`{error['input']}` is no contact", "write it as in `authority:ppc`")
        case "missing":
            what, cure = sentence(error, path)
            return lines.problem(path[:-1], what, cure)
        case _:
            return lines.problem(path, *sentence(error, path))
