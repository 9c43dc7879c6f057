"""A test's docstring as a playbook: what a test writes there is read, checked and handed to it."""

from __future__ import annotations

import inspect

import pytest

from contacts.model import ROLES, RUN_ROLES
from playbooks.authoring.reading import understand
from playbooks.checking.checks import check
from playbooks.checking.known import Known
from playbooks.model import Playbook
from playbooks.problems import Problem

KNOWN = Known(
    roles=frozenset(ROLES + RUN_ROLES),
    contacts=frozenset({"vendor:ehr", "vendor:network", "authority:police", "adviser:adviser"}),
    playbooks=frozenset({"demo", "blackout"}),
)

HEAD = {
    "playbook": "demo",
    "title": "{ja: 例, en: Example}",
    "question": "{ja: 画面がおかしい, en: The screen is odd}",
    "event": "cyber_attack",
    "signs": "{ja: [おかしい], en: [odd]}",
}
"""What a test leaves out is put below its docstring, so that lines are counted from the docstring's first."""


def docstring_as_yaml(request: pytest.FixtureRequest) -> str:
    """Give the calling test's docstring as the text of a playbook's file."""
    text = inspect.getdoc(request.function) or ""
    missing = [f"{key}: {value}" for key, value in HEAD.items() if f"\n{key}:" not in f"\n{text}"]
    return "\n".join([text, *missing]) + "\n"


@pytest.fixture
def read(request: pytest.FixtureRequest) -> tuple[Playbook, list[Problem]]:
    """The playbook in the test's docstring, and everything wrong with it."""
    playbook, problems, lines = understand(docstring_as_yaml(request), "demo.yaml")
    assert playbook is not None
    return playbook, sorted({*problems, *check(playbook, KNOWN, lines)})


@pytest.fixture
def playbook(read: tuple[Playbook, list[Problem]]) -> Playbook:
    """The playbook in the test's docstring, which must be sound."""
    assert read[1] == []
    return read[0]


@pytest.fixture
def found(read: tuple[Playbook, list[Problem]]) -> list[str]:
    """Everything wrong with the playbook in the test's docstring, as a person reads it."""
    return [str(problem) for problem in read[1]]
