"""Reading the texts for patients, a facility's own over those that come along: all mistakes at once, each with its line.

A facility's own file needs to hold only what differs. If it has problems, the texts below it stay in use: a mistake in
a file must not leave anybody without words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from playbooks.authoring.lines import Lines, read_yaml
from playbooks.authoring.lines import Path as Way
from playbooks.authoring.wording import likely, path_in, sentence
from playbooks.conditions import Condition
from playbooks.explanations.shape import (
    EVENTS,
    KINDS,
    PLACEHOLDER,
    VALUES,
    Explanation,
    Explanations,
    Paragraph,
    Variant,
)
from playbooks.model import FACILITY_KINDS
from playbooks.problems import Problem
from playbooks.remembering import remembered

EXPLANATIONS = Path(__file__).parent
"""The texts that come along, one ``<jurisdiction>.yaml`` each."""

_KEYS = frozenset(
    key for shape in (Explanations, Explanation, Paragraph) for key in shape.model_fields
)  # what a person may have meant by a key that nobody knows
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def load_explanations(
    *folders: Path, jurisdiction: str = "jp", library: Path = EXPLANATIONS
) -> tuple[Explanations | None, tuple[Problem, ...]]:
    """Read the library's file and, over it, the one of the same name in each of ``folders``, the last on top.

    Gives the texts to use (None only if the library's own file is missing or wrong) and the problems of all files. A
    folder without such a file changes nothing.
    """
    problems: list[Problem] = []
    explanations: Explanations | None = None
    for folder in (library, *folders):
        path = folder / f"{jurisdiction}.yaml"
        if folder != library and not path.exists():
            continue
        read = _from_disk(path, explanations)
        if isinstance(read, Explanations):
            explanations = read
        else:
            problems += read
        if explanations is None:
            break  # what a facility wrote can't be judged without what it is written over
    return explanations, tuple(problems)


def read_explanations(
    text: str, file: str, below: Explanations | None = None, *, ours: bool = False
) -> Explanations | tuple[Problem, ...]:
    """Read the text of a file, over ``below`` if given; gives all its problems instead, if there are any. Never raises."""
    data, lines, problems = read_yaml(text, file, ours=ours) if text.strip() else (None, Lines(file), [])
    if data is None:
        empty = Problem(file, 1, "the file is empty", "begin with `kinds:` or `phrases:`")
        return tuple(problem for problem in problems if "is empty" not in problem.what) or (empty,)
    if below is not None and isinstance(data, Mapping):
        data = _over(below.model_dump(mode="json", exclude_unset=True), data)
    try:
        explanations = Explanations.model_validate(data)
    except ValidationError as error:
        found = (_problem(data, lines, one) for one in error.errors(include_url=False))
        return tuple(sorted({*problems, *found}))
    return tuple(sorted({*problems, *_checks(explanations, lines)})) or explanations


def _from_disk(path: Path, below: Explanations | None) -> Explanations | tuple[Problem, ...]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return (
            _lowest(text, path.name, path.parent == EXPLANATIONS)
            if below is None
            else read_explanations(text, path.name, below)
        )
    except FileNotFoundError:
        cure = "write them after the model of jp.yaml"
        return (Problem(path.name, 1, f"there are no texts for patients for `{path.stem}`", cure),)
    except (OSError, UnicodeDecodeError):
        return (Problem(path.name, 1, "the file cannot be read", "save it as UTF-8 and make it readable"),)


@lru_cache(maxsize=4)
def _lowest(text: str, file: str, ours: bool) -> Explanations | tuple[Problem, ...]:
    """Read the library's own text once, however often a home is opened."""
    problems: list[Problem] = []

    def read() -> Explanations | None:
        found = read_explanations(text, file, ours=ours)
        if isinstance(found, Explanations):
            return found
        problems.extend(found)
        return None

    return remembered(Explanations, [text.encode()], read) or tuple(problems)


def _over(below: dict[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Put what a facility wrote over what it has: sections entry by entry, a kind's parts part by part."""
    merged = {**below, **own}
    for section in ("unknowns", "blanks", "data_kinds", "phrases", "kinds"):
        if isinstance(own.get(section), Mapping):
            merged[section] = {**below[section], **own[section]}
    if isinstance(own.get("facts"), list):
        merged["facts"] = [*below["facts"], *own["facts"]]
    if isinstance(own.get("kinds"), Mapping):
        for kind, written in own["kinds"].items():
            if isinstance(written, Mapping):
                merged["kinds"][kind] = {**below["kinds"].get(kind, {}), **written}
    return merged


def _problem(data: object, lines: Lines, error: ErrorDetails) -> Problem:
    path = path_in(data, error["loc"])
    match error["type"]:
        case "value_error":
            said, _, cure = str(error.get("ctx", {}).get("error", error["msg"])).partition("; ")
            return lines.problem(path, f"`{path[-1]}`: {said}", cure)
        case "extra_forbidden":
            name = str(path[-1])
            return lines.problem(path, f"nobody knows the key `{name}` here", likely(name, _KEYS, "take it out"))
        case "literal_error" if path[-1:] and path[:-1] == ("kinds",):
            return lines.problem(path, f"nobody knows the kind `{path[-1]}`", likely(str(path[-1]), KINDS))
        case "missing":
            return lines.problem(path[:-1], *sentence(error, path))
        case _:
            return lines.problem(path, *sentence(error, path))


def _checks(explanations: Explanations, lines: Lines) -> Iterator[Problem]:
    """Everything that the shape alone cannot tell."""
    for kind in KINDS:
        if kind not in explanations.kinds:
            yield lines.problem(("kinds",), f"the kind `{kind}` is missing", f"add `{kind}:` with its paragraphs")
    for name in VALUES:
        if name not in explanations.blanks:
            cure = f"add `{name}: {{ja: …, en: …}}`"
            yield lines.problem(("blanks",), f"`{name}` has no wording for being unknown", cure)
        if name not in explanations.unknowns:
            yield lines.problem(("unknowns",), f"the gap `{name}` has no name", f"add `{name}: {{ja: …, en: …}}`")
    for name, variants in explanations.phrases.items():
        at: Way = ("phrases", name)
        if name in VALUES:
            yield lines.problem(at, f"`{name}` is filled in by the run and cannot be a phrase", "rename it")
        elif name in _within(explanations, name):
            yield lines.problem(at, f"the phrase `{name}` leads back to itself", "write it out once")
        for place, variant in enumerate(variants):
            yield from _of_variant(explanations, lines, (*at, place), variant)
        yield from _gaps(lines, at, f"the phrase `{name}` says nothing when nothing is known", variants)
    for kind, explanation in explanations.kinds.items():
        at = ("kinds", kind, "paragraphs")
        for place, paragraph in enumerate(explanation.paragraphs):
            yield from _of_variant(explanations, lines, (*at, place), paragraph)
            if paragraph.item is not None and paragraph.item not in explanation.items:
                cure = likely(paragraph.item, explanation.items)
                yield lines.problem((*at, place, "item"), f"no item is named `{paragraph.item}`", cure)
        yield from _gaps(lines, at, f"the kind `{kind}` says nothing when nothing is known", explanation.paragraphs)
        for item in explanation.items:
            answers = tuple(paragraph for paragraph in explanation.paragraphs if paragraph.item == item)
            yield from _gaps(lines, at, f"the item `{item}` is left out", answers)


def _of_variant(explanations: Explanations, lines: Lines, at: Way, variant: Variant) -> Iterator[Problem]:
    names = {*VALUES, *explanations.phrases}
    for language in ("ja", "en"):
        text = getattr(variant, language)
        for name in dict.fromkeys(PLACEHOLDER.findall(text)):
            if name not in names:
                yield lines.problem((*at, language), f"no placeholder is named `{name}`", likely(name, names))
        if re.search(r"\{\{|\}\}|\{%|%\}|\{#|#\}", PLACEHOLDER.sub("", text)):
            cure = "write `{{ facility }}`; nothing else may stand in braces"
            yield lines.problem((*at, language), "a placeholder cannot be read", cure)
    # Phrases may serve one language's grammar only; a value that one of the readers is not told is a mistake.
    told = [set(PLACEHOLDER.findall(text)) & set(VALUES) for text in (variant.ja, variant.en)]
    for name in sorted(told[0] ^ told[1]):
        language = "ja" if name in told[1] else "en"
        what = f"the {'Japanese' if language == 'ja' else 'English'} text lacks `{name}`"
        yield lines.problem((*at, language), what, f"put {{{{ {name} }}}} into it")
    if _JAPANESE.search(variant.en):
        yield lines.problem((*at, "en"), "the English text holds Japanese", "translate it")
    if variant.unknown is not None and variant.unknown not in explanations.unknowns:
        cure = likely(variant.unknown, explanations.unknowns)
        yield lines.problem((*at, "unknown"), f"no gap is named `{variant.unknown}`", cure)
    if variant.when is not None:
        facts = {*explanations.facts, *(f"has_{name}" for name in VALUES)}
        for fact in sorted(Condition.of(variant.when).facts - facts):
            yield lines.problem((*at, "when"), f"no fact is named `{fact}`", likely(fact, facts))


def _gaps(lines: Lines, at: Way, what: str, variants: tuple[Variant, ...]) -> Iterator[Problem]:
    """Name the first event and kind of facility that only texts with conditions serve."""
    always = [variant for variant in variants if variant.when is None]
    for event, facility in product(EVENTS, FACILITY_KINDS):
        if not any(variant.serves(event, facility) for variant in always):
            yield lines.problem(at, f"{what} ({event}, {facility})", "add one without `when`")
            return


def _within(explanations: Explanations, phrase: str) -> set[str]:
    """Give the phrases that a phrase reaches."""
    reached: set[str] = set()
    ahead = [phrase]
    while ahead:
        for variant in explanations.phrases.get(ahead.pop(), ()):
            new = {name for name in variant.placeholders if name in explanations.phrases} - reached
            reached |= new
            ahead += new
    return reached
