"""The numbers that every home ships with."""

from __future__ import annotations

from contacts.defaults import SHIPPED_CONTACTS
from contacts.references import REFERENCES


def test_only_public_numbers_and_none_of_them_verified() -> None:
    """Four lines that anybody can look up; each says that somebody here has to make sure of it."""
    assert {c.number for c in SHIPPED_CONTACTS} == {"119", "110", "#9110", "0120-179-066"}
    assert all(c.verified_on is None and c.verified_by is None for c in SHIPPED_CONTACTS)
    assert all("確かめてください" in (c.note or "") for c in SHIPPED_CONTACTS)


def test_each_answers_a_reference_of_the_playbooks() -> None:
    """Under its own id."""
    assert {f"{c.kind}:{s}" for c in SHIPPED_CONTACTS for s in c.services} <= REFERENCES
    assert len({c.id for c in SHIPPED_CONTACTS}) == len(SHIPPED_CONTACTS)
