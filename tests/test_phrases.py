"""What the program says: each key that the code names has its words, and each phrase is said by something."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from playbooks.phrasing import ROOT, read
from tests.code import modules, nodes

SPEAKERS = {"contacts": ("contacts", "flows"), "playbooks": ("playbooks",), "bot": ("bot",)}
CHOSEN_BY = {"contacts": "say", "bot": "phrase"}
"""The function that chooses a package's phrase by its key."""


def known(package: str) -> set[str]:
    """Give every key of a package's phrases, its topic in front."""
    return {f"{file.stem}.{key}" for file in (ROOT / package / "phrases" / "ja").glob("*.yaml") for key in read(file)}


def labels(call: ast.Call) -> Iterator[re.Pattern[str]]:
    """Give the keys of labelled choices: those that are named, else whatever stands under their topic."""
    topic, *choices = call.args
    inside = [node for choice in choices for node in ast.walk(choice)]
    named = [node.value for node in inside if isinstance(node, ast.Constant)]
    for choice in [re.escape(str(name)) for name in named] or [".+"]:
        yield re.compile(re.escape(str(getattr(topic, "value", "?"))) + r"\." + choice)
    if named and any(isinstance(node, ast.Starred) and isinstance(node.value, ast.Name) for node in inside):
        yield re.compile(re.escape(str(getattr(topic, "value", "?"))) + r"\..+")


def texts(package: str) -> Iterator[re.Pattern[str] | str]:
    """Give every text in the code that may be a key, and the shape of each that is put together to one."""
    for folder in SPEAKERS[package]:
        for path in modules(folder):
            for node in nodes(path):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "labelled":
                    yield from labels(node)
                elif isinstance(node, ast.JoinedStr):
                    parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"[\w.]+" for v in node.values]
                    yield re.compile("".join(parts))
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


@pytest.mark.parametrize("package", SPEAKERS)
def test_no_phrase_is_unused(package: str) -> None:
    """A sentence that nobody says is one that nobody keeps true."""
    found = set(texts(package))
    named = {text for text in found if isinstance(text, str)}
    shapes = [
        s for s in found - named if isinstance(s, re.Pattern) and re.search("[a-z]", s.pattern.replace(r"[\w.]+", ""))
    ]

    def is_said(key: str) -> bool:
        return key in named or any(s.fullmatch(key) for s in shapes)

    unused = [
        key for key in known(package) if not is_said(key) and not is_said(re.sub(r"^(?:pages|diagram)\.", "", key))
    ]
    assert sorted(unused) == []


@pytest.mark.parametrize("package", CHOSEN_BY)
def test_no_phrase_is_missing(package: str) -> None:
    """What the code names by its whole key has its words; a missing one would be a message that nobody gets."""
    named = {
        node.args[0].value
        for folder in SPEAKERS[package]
        for path in modules(folder)
        for node in nodes(path)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == CHOSEN_BY[package]
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }

    assert named
    assert sorted(named - known(package)) == []
