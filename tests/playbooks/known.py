"""What playbooks in tests may name."""

from __future__ import annotations

import inspect

import pytest

from contacts.roles import ROLES, RUN_ROLES
from playbooks.checking.known import Known

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
