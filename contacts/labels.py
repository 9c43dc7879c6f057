"""What the registry's fixed choices are called in a table: in Excel, in the contact chart, in a problem."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import get_args

from contacts.phrasing import say
from contacts.roles import ROLES
from contacts.shapes.equipment import EquipmentKind
from contacts.shapes.facility import OCCASIONS
from contacts.shapes.hours import WEEKDAYS
from contacts.shapes.outside import ContactKind
from contacts.shapes.systems import TASKS, Answerable, Place
from playbooks.kinds import words_of
from playbooks.model import FACILITY_KINDS, FacilityKind
from playbooks.phrasing import LANGUAGES, Phrase

Labels = Mapping[str, Phrase]


def labelled(topic: str, *choices: str) -> Labels:
    """Give what choices are called, in this order; ``topic`` is where in the phrases their names stand."""
    return MappingProxyType({choice: say(f"{topic}.{choice}") for choice in choices})


FACILITY_KIND = labelled("labels.facility_kind", *FACILITY_KINDS)
LANGUAGE = labelled("labels.language", *LANGUAGES)
ROLE = labelled("labels.role", *ROLES)
STATUS = labelled("labels.status", "active", "suspended", "left")
CONTACT_KIND = labelled("labels.contact_kind", *get_args(ContactKind))
VENDOR_SERVICE = labelled(
    "labels.service",
    *("ehr", "receipt", "network", "remote_maintenance", "eligibility", "imaging"),
    *("lab", "backup", "pc", "website", "mail"),
)
SERVICE = labelled(
    "labels.service",
    *VENDOR_SERVICE,
    *("ambulance", "police", "police_cyber", "ppc", "mhlw", "health_centre", "eligibility_centre", "claims"),
    "regional_bureau",
    *("insurer", "lawyer", "forensic", "association", "adviser", "first_response", "ipa", "jpcert", "seals"),
    *("connected", "hospital", "pharmacy", "care"),
)
PLACE = labelled("labels.place", *get_args(Place))
EARLIER_PLACE = labelled("labels.earlier_place", "onpremises", "both")
"""What places were called in workbooks that people may still have."""
TASK = labelled("labels.task", *TASKS)
ANSWERABLE = labelled("labels.answerable", *get_args(Answerable))
EQUIPMENT_KIND = labelled("labels.equipment_kind", *get_args(EquipmentKind))
YES_NO = labelled("labels.yes_no", "yes", "no")
WEEKDAY = labelled("labels.weekday", *WEEKDAYS)
HOLIDAY = say("labels.holiday")
OCCASION = labelled("labels.occasion", *OCCASIONS)


def role_label(role: str, kind: FacilityKind) -> Phrase:
    """Give what a role is called at a kind of facility; a workbook, which all kinds fill in, has ``ROLE``."""
    return words_of(kind)["head"] if role == "director" else ROLE[role]


def erased(number: int) -> Phrase:
    """Give what stands where the name of somebody stood who was erased, the first being 1."""
    return say("labels.erased", number=number)
