"""What fixed choices are called."""

from __future__ import annotations

from typing import get_args

import pytest

from contacts import labels
from contacts.prefectures import PREFECTURES
from contacts.references import SERVICES
from contacts.roles import ROLES
from contacts.shapes.equipment import EquipmentKind
from contacts.shapes.facility import OCCASIONS
from contacts.shapes.hours import WEEKDAYS
from contacts.shapes.outside import ContactKind
from contacts.shapes.systems import TASKS, Answerable, Place
from contacts.written.cells import ChoiceCell
from contacts.written.likeness import plain
from playbooks.model import FACILITY_KINDS
from playbooks.texts import LANGUAGES

ALL = {
    "facility": (labels.FACILITY_KIND, FACILITY_KINDS),
    "language": (labels.LANGUAGE, LANGUAGES),
    "role": (labels.ROLE, ROLES),
    "contact": (labels.CONTACT_KIND, get_args(ContactKind)),
    "service": (labels.SERVICE, tuple(s for services in SERVICES.values() for s in services)),
    "vendor service": (labels.VENDOR_SERVICE, SERVICES["vendor"]),
    "place": (labels.PLACE, get_args(Place)),
    "task": (labels.TASK, TASKS),
    "answerable": (labels.ANSWERABLE, get_args(Answerable)),
    "equipment": (labels.EQUIPMENT_KIND, get_args(EquipmentKind)),
    "weekday": (labels.WEEKDAY, WEEKDAYS),
    "occasion": (labels.OCCASION, OCCASIONS),
}


@pytest.mark.parametrize("what", ALL)
def test_every_choice_has_its_name_and_no_two_the_same(what: str) -> None:
    """In both languages; so that a name read from a table means one thing."""
    named, ids = ALL[what]

    assert set(named) == set(ids)
    for language in LANGUAGES:
        assert len({plain(label.in_language(language)) for label in named.values()}) == len(named)
    assert [ChoiceCell(named).read(label.ja) for label in named.values()] == list(named)
    assert [ChoiceCell(named).read(label.en) for label in named.values()] == list(named)


def test_there_are_forty_seven_prefectures() -> None:
    """Each once."""
    assert len(set(PREFECTURES)) == 47
