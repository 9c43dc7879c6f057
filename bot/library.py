"""The playbooks that come along, with a home's own on top: read without everything else that a handbook holds."""

from __future__ import annotations

from pathlib import Path

from contacts.references import REFERENCES
from contacts.roles import EVERY_ROLE
from playbooks.catalogue import Catalogue


def catalogue_of(*folders: Path) -> Catalogue:
    """Give the playbooks that come along, with those of ``folders`` on top, checked against every role and contact."""
    return Catalogue.load(*folders, roles=EVERY_ROLE, contacts=REFERENCES)
