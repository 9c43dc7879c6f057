"""A small clinic's registry, and a hand that fills workbooks as people do."""

from __future__ import annotations

import pytest

from contacts.defaults import SHIPPED_CONTACTS
from contacts.model import (
    Facility,
    Member,
)
from contacts.registry import SHAPES
from tests.contacts.book import (
    Registry,
)


@pytest.fixture
def empty() -> Registry:
    """The registry of a home that was just made."""
    held: Registry = {kind: {} for kind in SHAPES}
    held["facility"]["facility"] = Facility(name="あかり診療所", kind="clinic")
    held["member"]["m1"] = Member(id="m1", name="高橋", roles=("director",))
    held["contact"] = {c.id: c for c in SHIPPED_CONTACTS}
    return held
