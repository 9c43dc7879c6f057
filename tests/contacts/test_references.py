"""Whom a playbook may name."""

from __future__ import annotations

import re

from contacts.model import Contact
from contacts.references import REFERENCES, SERVICES
from contacts.roles import ROLES


def test_every_service_of_every_kind_can_be_named() -> None:
    """As kind:service; a kind is one that a contact can have."""
    assert {f"{kind}:{service}" for kind, services in SERVICES.items() for service in services} <= REFERENCES
    kinds = Contact.model_json_schema()["properties"]["kind"]["enum"]
    assert set(SERVICES) == set(kinds)


def test_people_can_be_named_by_role() -> None:
    """By any role that a member holds, by whoever decides and by whoever reported."""
    roles = {r for r in REFERENCES if r.startswith("role:")}

    assert roles == {f"role:{role}" for role in (*ROLES, "commander", "reporter")}


def test_a_reference_is_short_enough_for_an_eye() -> None:
    """Lower-case words with one colon; no service stands twice under its kind."""
    assert all(re.fullmatch(r"[a-z]+:[a-z][a-z_]*", reference) for reference in REFERENCES)
    assert all(len(set(services)) == len(services) for services in SERVICES.values())
