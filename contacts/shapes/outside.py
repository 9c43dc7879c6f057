"""Those outside: whom to call, and what our systems are connected with."""

from __future__ import annotations

from datetime import date
from typing import Literal

from contacts.shapes.hours import Hours
from playbooks.texts import Data

ContactKind = Literal["vendor", "authority", "adviser", "partner"]
NumberField = Literal["number", "night_number", "alternate_number"]


class Contact(Data):
    """Somebody outside to call: a vendor, an authority, an expert or a partner.

    ``services`` are what playbooks ask for, as in ``vendor:ehr``. ``verified_on`` is the day on which a person of the
    facility confirmed the number; without it the card says so. ``hours`` is free text as the vendor gives it,
    ``open_hours`` the same in a form that can be computed with. ``emergency_help`` is what they do in an emergency,
    ``remote_line`` how they reach into our network from afar, ``asked_on`` the day on which they last answered the
    questionnaire about emergencies, ``signed_on`` that on which their confirmation came back signed, ``disclosed_on`` that on
    which their security disclosure (MDS/SDS) came. ``doubted_numbers`` are the fields whose number somebody found to be wrong, since
    ``doubted_on``.
    """

    id: str
    kind: ContactKind
    services: tuple[str, ...]
    name: str
    number: str | None = None
    night_number: str | None = None
    hours: str | None = None
    verified_on: date | None = None
    verified_by: str | None = None
    note: str | None = None
    alternate_number: str | None = None
    open_hours: Hours = {}
    emergency_help: str | None = None
    remote_line: str | None = None
    asked_on: date | None = None
    signed_on: date | None = None
    disclosed_on: date | None = None
    doubted_on: date | None = None
    doubted_numbers: tuple[NumberField, ...] = ()


NUMBER_FIELDS: tuple[NumberField, ...] = ("number", "night_number", "alternate_number")
"""The fields of a contact that hold telephone numbers; ``verified_on`` speaks for them."""


class Connection(Data):
    """A line or service by which our systems hang together with somebody outside (guidance §3.5.3).

    ``contact`` and ``system`` are ids; ``cut_by`` is how this connection is cut, and by whom.
    """

    id: str
    name: str
    way: str | None = None
    contact: str | None = None
    system: str | None = None
    cut_by: str | None = None
    note: str | None = None
