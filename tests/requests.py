"""All requests that a button can hold, made up: with each value that a field allows, and the longest that is ever kept."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any, get_type_hints

from bot.documents.kinds import kinds
from bot.screens import requests
from bot.screens.requests.request import REQUESTS, Request, one_of
from contacts.defaults import SHIPPED_CONTACTS
from contacts.prefectures import PREFECTURES
from contacts.setup.questions import OFFERED_SYSTEMS
from playbooks.drills.reading import load_drills
from playbooks.pictures import pictures
from tests.library import shipped_catalogue

for module in pkgutil.iter_modules(requests.__path__, f"{requests.__name__}."):
    importlib.import_module(module.name)

LATE = 99_999
"""A turn, a task or a workbook in the ten-thousandth incident."""

LONGEST: dict[str, object] = {
    "track": "cause_and_prevention",
    "run": "incident-9999",
    "member": "m9999",
    "owner": "m9999",
    "contact": max((contact.id for contact in SHIPPED_CONTACTS), key=len),
    "keeper": "c9999",
    "system": "s-0123456789",
    "contract": "c-0123456789",
    "picture": max(pictures(), key=len),
    "playbook": max(shipped_catalogue().playbooks, key=len),
    "kind": max((*load_drills()[0].kinds, *kinds()), key=len),
    "item": "outside:authority:dental_association",
    "question": "importance:s-0123456789",
    "chosen": max((*PREFECTURES, *OFFERED_SYSTEMS, "[c-0123456789]"), key=lambda chosen: len(chosen.encode())),
    "mark": "0123456789",
    "digest": "01234567",
    "seen": "012345",
    "day": date(2030, 12, 31),
}
"""The longest value of each field that may hold any text or day; others are numbers."""


def every(request: type[Request]) -> Iterator[Request]:
    """Make a request with each combination of the values that its fields allow."""
    hints: dict[str, Any] = get_type_hints(request, include_extras=True)
    names = [word[1:-1] for word in request.kept if word.startswith("{")]
    for values in product(*(one_of(hints[name]) or (LONGEST.get(name, LATE),) for name in names)):
        yield request(**dict(zip(names, values, strict=True)))


EVERY = [made for request in REQUESTS for made in every(request)]
