"""A made-up clinic for tests: director 高橋, deputy 田中, reception 佐藤, nurse 鈴木, a small playbook and a clock in hand."""

from __future__ import annotations

import pytest

from tests.flows.clinic import (
    TROUBLE,
    Clinic,
    playbook_of,
)


@pytest.fixture
def clinic() -> Clinic:
    """The clinic with its four people and the small playbook, on a Thursday at nine."""
    return Clinic(playbook_of(TROUBLE)).found()
