"""What answers the guidance, clause by clause: the table in ``coverage.yaml``, checked against the playbooks, as Markdown.

Its rows are the core clauses of 小規模医療機関等向けガイダンス (第6.0版) and the items of the ministry's BCP check table
(確認表). What nothing answers yet stands in it as open, with what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError, model_validator

from playbooks.authoring.folders import LIBRARY
from playbooks.authoring.lines import Lines, read_yaml
from playbooks.authoring.wording import likely, path_in, sentence
from playbooks.frozen import frozen
from playbooks.model import Playbook
from playbooks.phrasing import Phrase
from playbooks.problems import Problem
from playbooks.texts import Data, Language

COVERAGE = Path(__file__).parent / "coverage.yaml"
"""The table that comes along."""

State = Literal["answered", "in part", "open"]
STATES: tuple[State, ...] = ("answered", "in part", "open")

Line = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\n|<>]+$")]
"""One line of text that can stand in a Markdown table."""

Proof = Annotated[
    str, StringConstraints(pattern=r"^(bot|contacts|flows|playbooks|tests)/[\w/]+\.(py|yaml)(::test_\w+)?$")
]
"""A module, data file or test, from the project's folder: ``flows/board.py``, ``tests/flows/response/test_steps.py::test_…``."""


class Feature(Data):
    """Something the program does beside the steps, and what proves that it does."""

    does: Line
    proof: tuple[Proof, ...] = Field(min_length=1)


class CoverageRow(Data):
    """One clause or item: where it stands, its key phrase, what it asks in our own words, and what answers it.

    ``steps`` are ``playbook/track/step`` or, in a shared track, ``track/step``, with ``/line`` behind for a card's; ``features`` are names of features.
    """

    section: Line
    phrase: Line
    says: Line
    steps: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    missing: Line | None = None

    @property
    def state(self) -> State:
        """Say whether it is answered, answered in part, or open."""
        if self.missing is None:
            return "answered"
        return "in part" if self.steps or self.features else "open"

    @model_validator(mode="after")
    def _says_something(self) -> CoverageRow:
        if not (self.steps or self.features or self.missing):
            raise ValueError(
                "nothing answers it and nothing is said to be missing; add `steps:`, `features:` or `missing:`"
            )
        return self


class Coverage(Data):
    """The whole table; rows are kept by their numbers, in the order in which they are written."""

    features: dict[str, Feature]
    clauses: dict[str, CoverageRow]
    checklist: dict[str, CoverageRow]

    def rows(self) -> Iterator[tuple[str, str, CoverageRow]]:
        """Give every row with its table (``clauses`` or ``checklist``) and its number."""
        for table, rows in (("clauses", self.clauses), ("checklist", self.checklist)):
            for number, row in rows.items():
                yield table, number, row


@frozen
class CoveragePlace:
    """A step that a row may name: what it asks, in Japanese, and the playbooks in which it stands."""

    ask: str
    playbooks: tuple[str, ...]


def places(playbooks: Mapping[str, Playbook], folder: Path = LIBRARY) -> dict[str, CoveragePlace]:
    """Give every step by the names a row may use; ``folder`` is where the playbooks' files say which tracks are shared."""
    found: dict[str, CoveragePlace] = {}
    for name, playbook in playbooks.items():
        data, _, _ = read_yaml((folder / f"{name}.yaml").read_text(encoding="utf-8"), name, ours=folder == LIBRARY)
        mentions: Mapping[str, Mapping[str, object]] = data["tracks"]
        for track_name, track in playbook.tracks.items():
            shared = mentions[track_name].get("shared")
            steps: dict[str, tuple[str, ...]] = {step_name: (step.ask.ja,) for step_name, step in track.steps.items()}
            for step_name, step in track.steps.items():
                steps |= {f"{step_name}/{line}": (step.ask.ja, one.ask.ja) for line, one in step.lines.items()}
            for step_name, asks in steps.items():
                ask = "：".join(asks)
                found[f"{name}/{track_name}/{step_name}"] = CoveragePlace(ask, (name,))
                if shared is not None:
                    short = f"{shared}/{step_name}"
                    others = found[short].playbooks if short in found else ()
                    found[short] = CoveragePlace(ask, (*others, name))
    return found


def read_coverage(text: str, file: str, known: Mapping[str, CoveragePlace]) -> Coverage | tuple[Problem, ...]:
    """Read the text of a coverage file; gives all its problems instead, by line, if there are any. Never raises.

    ``known`` are the steps there are.
    """
    data, lines, problems = read_yaml(text, file)
    if data is None:
        return tuple(problems)
    try:
        coverage = Coverage.model_validate(data)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            path = path_in(data, one["loc"])
            what, cure = sentence(one, path)
            if one["type"] == "value_error":
                what, _, cure = str(one["ctx"]["error"]).partition("; ")
            problems.append(lines.problem(path, what, cure))
        return tuple(sorted(set(problems)))
    return tuple(sorted({*problems, *_dangling(coverage, known, lines)})) or coverage


def _dangling(coverage: Coverage, known: Mapping[str, CoveragePlace], lines: Lines) -> Iterator[Problem]:
    """Find steps and features that a row names and nobody has, names that stand twice, and features that nobody names."""
    named: set[str] = set()
    for table, number, row in coverage.rows():
        named.update(row.features)
        for key, names, there in (("steps", row.steps, known), ("features", row.features, coverage.features)):
            for place, name in enumerate(names):
                path = (table, number, key, place)
                if name not in there:
                    what = f"there is no {key[:-1]} `{name}` for {number}"
                    yield lines.problem(path, what, likely(name, there, "take it out"))
                elif name in names[:place]:
                    yield lines.problem(path, f"`{name}` stands twice for {number}", "take one out")
    for name in sorted(coverage.features.keys() - named):
        yield lines.problem(("features", name), f"no row names the feature `{name}`", "name it, or take it out")


def counts(rows: Mapping[str, CoverageRow]) -> dict[State, int]:
    """Count rows by state, every state included."""
    return {state: sum(row.state == state for row in rows.values()) for state in STATES}


def coverage_page(coverage: Coverage, known: Mapping[str, CoveragePlace]) -> str:
    """Write the table as Markdown, counts first, then what is missing, then row by row; ends with a line break."""
    tables = {"clauses": coverage.clauses, "checklist": coverage.checklist}
    page = ["# Coverage", "", "What the guidance asks for, and what of Tomoshibi answers it.", ""]
    page += ["|  | rows | answered | in part | open |", "| --- | --: | --: | --: | --: |"]
    for table, rows in tables.items():
        title, japanese = _title(table, "en"), _title(table, "ja")
        numbers = " | ".join(str(count) for count in counts(rows).values())
        page.append(f"| {title} ({japanese}) | {len(rows)} | {numbers} |")
    steps = {step for _, _, row in coverage.rows() for step in row.steps}
    page += ["", f"{len(steps)} different steps and {len(coverage.features)} features are named.", ""]
    page += [
        "**Answered**: the steps and features do it. **In part**: they do some of it. **Open**: nothing does it yet.",
        "The guidance was read as 98 clauses, numbered in the order of its text (`§` is its section). Those here are its core:",
        "incidents, plan, drills, contacts, log and reports. The others are on risk analysis, choosing vendors, audits and law.",
        "A step is `playbook/track/step`, or `track/step` where several playbooks share the track; a card's line stands behind it.",
        "",
    ]
    page += ["## What is missing", "", "|  | key phrase | state | missing |", "| --- | --- | --- | --- |"]
    page += [
        f"| {_number(table, number, row)} | {row.phrase} | {row.state} | {row.missing} |"
        for table, number, row in coverage.rows()
        if row.missing
    ]
    for table, rows in tables.items():
        title, japanese = _title(table, "en"), _title(table, "ja")
        page += ["", f"## {title}", "", japanese]
        for number, row in rows.items():
            page += ["", *_entry(table, number, row, coverage, known)]
    return "\n".join(page) + "\n"


def _title(table: str, language: Language) -> str:
    return Phrase("playbooks", f"pages.coverage.{table}").in_language(language)


def _number(table: str, number: str, row: CoverageRow) -> str:
    return f"{number} (§{row.section})" if table == "clauses" else f"{number} {row.section}"


def _entry(
    table: str, number: str, row: CoverageRow, coverage: Coverage, known: Mapping[str, CoveragePlace]
) -> Iterator[str]:
    yield from (f"### {_number(table, number, row)} 「{row.phrase}」: {row.state}", "", row.says, "")
    for name in row.steps:
        homes = known[name].playbooks
        where = f"[{name}](playbooks/{homes[0]}.md)" if len(homes) == 1 else f"{name} ({len(homes)} playbooks)"
        yield f"- {where} 「{known[name].ask}」"
    for name in row.features:
        feature = coverage.features[name]
        yield f"- {feature.does} ({', '.join(map(_link, feature.proof))})"
    if row.missing:
        yield f"- **Missing:** {row.missing}"


def _link(proof: str) -> str:
    file, _, test = proof.partition("::")
    return f"[{test or file}](../{file})"
