"""A test's docstring as a playbook: what a test writes there is read, checked and handed to it."""

from __future__ import annotations

import pytest

from playbooks.authoring.reading import understand
from playbooks.checking.checks import check
from playbooks.model import Playbook
from playbooks.problems import Problem
from tests.playbooks.known import KNOWN, docstring_as_yaml


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
