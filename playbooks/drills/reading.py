"""Reading the drills, a facility's own over those that come along: all mistakes at once, each with its line.

A facility's ``kinds.yaml`` and ``measures.yaml`` need to hold only what differs; a scenario of the same file name
replaces the one below. What has problems is left out, and what lies below it stays in use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from playbooks.authoring.lines import Lines, read_yaml
from playbooks.authoring.wording import likely, path_in, sentence
from playbooks.drills import shape as drill
from playbooks.drills.checks import Around, check_kind, check_measure, check_scenario
from playbooks.drills.shape import DrillKind, DrillLibrary, Measure, Scenario
from playbooks.model import Playbook
from playbooks.problems import Problem
from playbooks.remembering import remembered
from playbooks.texts import Data

DRILLS = Path(__file__).parent
"""The drills that come along."""

OWN = "drills"
"""The folder of a facility's own drills inside its home."""

SCENARIOS = "scenarios"
"""The folder of scenarios inside a folder of drills."""


class Kinds(Data):
    """A file of kinds, by id."""

    kinds: dict[str, DrillKind]


class Measures(Data):
    """A file of measures, by id."""

    measures: dict[str, Measure]


_Shape = TypeVar("_Shape", bound=Data)
_MERGED = ("kinds", "measures")
"""What is written entry by entry over what lies below."""

_Check = Callable[[Lines], Iterator[Problem]]
_KEYS = frozenset(
    key
    for shape in (*vars(drill).values(), Kinds, Measures)
    if isinstance(shape, type) and issubclass(shape, Data)
    for key in shape.model_fields
)


def load_drills(
    *folders: Path,
    playbooks: Mapping[str, Playbook] | None = None,
    roles: AbstractSet[str] | None = None,
    contacts: AbstractSet[str] | None = None,
    digest: bytes | None = None,
    library: Path = DRILLS,
) -> tuple[DrillLibrary, tuple[Problem, ...]]:
    """Read the library and, over it, each of ``folders``, the last on top; a folder that does not exist holds nothing.

    ``playbooks``, ``roles`` and ``contacts`` are what drills may name; None leaves those checks out. With the ``digest``
    of these the library is remembered as it was found. Gives what is sound and the problems of all files.
    """
    around = Around(playbooks, roles, contacts)
    problems: list[Problem] = []

    def sound() -> DrillLibrary | None:
        found = _with(DrillLibrary(), library, around, problems)
        return None if problems else found

    found = remembered(DrillLibrary, [digest, *_texts(library)], sound) if digest is not None else None
    if found is None:
        problems.clear()
        found = _with(DrillLibrary(), library, around, problems)
    for folder in folders:
        found = _with(found, folder, around, problems)
    return found, tuple(sorted(set(problems)))


def _texts(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.rglob("*.yaml")):
        yield path.name.encode()
        yield path.read_bytes()


def _with(below: DrillLibrary, folder: Path, around: Around, problems: list[Problem]) -> DrillLibrary:
    """Put what is sound in a folder over what lies below it; the rest becomes problems."""
    kinds, measures, scenarios = dict(below.kinds), dict(below.measures), dict(below.scenarios)

    def sound(check: _Check, file: str, text: str) -> bool:
        # The lines of a file are only needed where something is wrong: what was remembered is then read once more.
        if not any(True for _ in check(Lines(file))):
            return True
        problems.extend(check(read_yaml(text, file)[1]))
        return False

    for read, file, text in _files(Kinds, folder, "kinds.yaml", problems, Kinds(kinds=kinds)):
        kinds |= {
            name: kind
            for name, kind in read.kinds.items()
            if sound(partial(check_kind, kind, around, at=("kinds", name)), file, text)
        }
    for given, file, text in _files(Measures, folder, "measures.yaml", problems, Measures(measures=measures)):
        measures |= {
            name: measure
            for name, measure in given.measures.items()
            if sound(partial(check_measure, measure, around, at=("measures", name)), file, text)
        }
    for scenario, file, text in _files(Scenario, folder, f"{SCENARIOS}/*.yaml", problems):
        if sound(partial(check_scenario, scenario, around, measures), file, text):
            scenarios[scenario.id] = scenario
    return DrillLibrary(kinds=kinds, scenarios=dict(sorted(scenarios.items())), measures=measures)


def _files(
    shape: type[_Shape], folder: Path, pattern: str, problems: list[Problem], below: _Shape | None = None
) -> Iterator[tuple[_Shape, str, str]]:
    """Give what could be understood of the files of a folder, each with its name and text; the rest becomes problems."""
    for path in sorted(folder.glob(pattern)):
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            problems.append(Problem(path.name, 1, "the file cannot be read", "save it as UTF-8 and make it readable"))
            continue
        make = partial(_read, shape, text, path, below, problems)
        read = remembered(shape, [path.name.encode(), text.encode()], make) if folder == DRILLS else make()
        if read is not None:
            yield read, path.name, text


def _read(shape: type[_Shape], text: str, path: Path, below: _Shape | None, problems: list[Problem]) -> _Shape | None:
    """Read a file's text over what lies below it; None if anything is wrong, which is added to the problems."""
    begin = next(iter(shape.model_fields))
    data, lines, found = (
        read_yaml(text, path.name, ours=DRILLS in path.parents) if text.strip() else (None, Lines(path.name), [])
    )
    if data is None:
        empty = Problem(path.name, 1, "the file is empty", f"begin with `{begin}:`")
        problems += [problem for problem in found if "is empty" not in problem.what] or [empty]
        return None
    if begin in _MERGED and isinstance(data, Mapping) and isinstance(data.get(begin), Mapping):
        lower = below.model_dump(mode="json", exclude_unset=True)[begin] if below is not None else {}
        data = {**data, begin: _over(lower, data[begin])}
    try:
        read = shape.model_validate(data)
    except ValidationError as error:
        problems += [*found, *(_problem(data, lines, one) for one in error.errors(include_url=False))]
        return None
    if isinstance(read, Scenario) and read.id != path.stem:
        cure = f"write `id: {path.stem}` or rename the file"
        found.append(lines.problem(("id",), f"`{read.id}` stands in a file of another name", cure))
    problems += found
    return None if found else read


def _over(below: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Put a facility's entries over those below, key by key; its questions join those below unless they share an id."""
    merged = dict(below)
    for name, written in own.items():
        if not isinstance(written, Mapping):
            merged[name] = written
            continue
        lower = below.get(name, {})
        merged[name] = {**lower, **written, "id": name}
        asked = written.get("questions")
        if isinstance(asked, list):
            ids = [question.get("id") for question in asked if isinstance(question, Mapping)]
            # One's own come first, so that their places are those in the file.
            merged[name]["questions"] = [*asked, *(one for one in lower.get("questions", ()) if one["id"] not in ids)]
    return merged


def _problem(data: object, lines: Lines, error: ErrorDetails) -> Problem:
    path = path_in(data, error["loc"])
    name = str(path[-1]) if path else "the file"
    match error["type"]:
        case "value_error":
            said, _, cure = str(error.get("ctx", {}).get("error", error["msg"])).partition("; ")
            return lines.problem(path, f"`{name}`: {said}" if path and isinstance(path[-1], str) else said, cure)
        case "extra_forbidden":
            return lines.problem(path, f"nobody knows the key `{name}` here", likely(name, _KEYS, "take it out"))
        case "string_pattern_mismatch" if "/" in str(error["ctx"]["pattern"]):
            cure = "write `track/step`" + (
                " or `track/step=answer`" if name == "after" else ", `acknowledged:role` or `contact:kind`"
            )
            return lines.problem(path, f"`{error['input']}` names no step", cure)
        case "missing":
            return lines.problem(path[:-1], *sentence(error, path))
        case _:
            return lines.problem(path, *sentence(error, path))
