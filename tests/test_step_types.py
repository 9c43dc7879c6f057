"""Step types: each is said once in each layer, under one name, and none is forgotten anywhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import get_args

import pytest

from bot.demo.play import HANDED
from bot.words.step_types import SAID
from bot.words.words import phrases
from flows.written.taking import TAKING
from playbooks.model import Step
from playbooks.step_types import STEP_TYPES, Takes
from playbooks.texts import LANGUAGES, Language
from tests.code import tree
from tests.test_house_rules import modules

TABLES: dict[str, Mapping[Takes, object]] = {
    "playbooks.step_types.STEP_TYPES": STEP_TYPES,
    "flows.written.taking.TAKING": TAKING,
    "bot.words.step_types.SAID": SAID,
    "bot.demo.play.HANDED": HANDED,
}


@pytest.mark.parametrize("table", TABLES)
def test_no_type_is_missing(table: str) -> None:
    """What playbooks may write after ``takes:`` stands in every layer's table."""
    assert set(get_args(Takes)) - TABLES[table].keys() == set()


def test_what_a_type_needs_is_a_field() -> None:
    """What a type can't do without is something that an author can write."""
    assert {known.needs.field for known in STEP_TYPES.values() if known.needs} <= Step.model_fields.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_type_is_speechless(language: Language) -> None:
    """A type has its hint, the question after [done], and the refusal that its table promises, in both languages."""
    hints = {f"hint.{name}" for name, said in SAID.items() if said.hint}
    asked = {f"asking.{name}" for name, taking in TAKING.items() if taking.done_without == "asks"}
    refused = {f"refused.needs_{name}" for name, taking in TAKING.items() if taking.done_without == "is_refused"}

    assert (hints | asked | refused) - phrases(language).keys() == set()


def test_a_text_that_is_wanted_is_read() -> None:
    """Whatever is written for a step, or asked for after its [done], has somebody who reads it."""
    wanting = {name for name, known in STEP_TYPES.items() if known.wants in ("text", "call")}

    assert {name for name, taking in TAKING.items() if taking.reads} == wanting
    assert {name for name, taking in TAKING.items() if taking.done_without == "asks"} == wanting


def compared(tree: ast.Module) -> Iterator[int]:
    """Give the lines that ask what a step takes by its type's name."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare():
                asked = [node.left, *node.comparators]
            case ast.Match():
                asked = [node.subject]
            case _:
                continue
        if any(getattr(one, "attr", getattr(one, "id", "")) == "takes" for one in asked):
            yield node.lineno


def test_no_type_is_asked_for_by_name() -> None:
    """What a type is stands in the tables: a comparison elsewhere would be forgotten by whoever adds a type."""
    assert [f"{path}:{line}" for path in modules() for line in compared(tree(path))] == []


@pytest.mark.parametrize(
    "line", ['step.takes == "text"', 'step.takes in ("a", "b")', 'takes != "a"', "match s.takes:\n case _: 0"]
)
def test_the_rule_about_names_bites(line: str) -> None:
    """Whoever compares again is found."""
    assert list(compared(ast.parse(line))) == [1]
