"""The paper forms for the time without systems, by kind of facility; blank, for nobody's data is in this program."""

from __future__ import annotations

from bot.phrasing import phrase
from playbooks.frozen import frozen
from playbooks.model import FacilityKind
from playbooks.phrasing import Phrase


@frozen
class FormLine:
    """One line of a form: its label, and how many lines of room it needs."""

    label: Phrase
    room: int = 1


@frozen
class DowntimeForm:
    """A form: title and lines. Each copy gets a number D-YYYYMMDD-NNN, written by hand."""

    title: Phrase
    lines: tuple[FormLine, ...]


def _line(key: str, room: int = 1) -> FormLine:
    return FormLine(phrase(key), room)


_PERSON = (
    _line("downtime_forms.name"),
    _line("downtime_forms.matched_by"),
    _line("downtime_forms.number_insurance"),
)
_SAFETY = (
    _line("downtime_forms.allergies"),
    _line("downtime_forms.medicines", 2),
    _line("downtime_forms.condition"),
)
_AFTER = (
    _line("downtime_forms.written_by"),
    _line("downtime_forms.entered_later"),
)

CARE = DowntimeForm(
    phrase("downtime_forms.care"),
    (
        *_PERSON,
        *_SAFETY,
        _line("downtime_forms.arrived"),
        _line("downtime_forms.complaint", 3),
        _line("downtime_forms.tests", 3),
        _line("downtime_forms.diagnosis", 2),
        _line("downtime_forms.treatment", 3),
        _line("downtime_forms.read_back"),
        _line("downtime_forms.payment"),
        *_AFTER,
    ),
)
DISPENSING = DowntimeForm(
    phrase("downtime_forms.dispensing"),
    (
        *_PERSON,
        *_SAFETY,
        _line("downtime_forms.prescriber"),
        _line("downtime_forms.prescription", 4),
        _line("downtime_forms.queries", 2),
        _line("downtime_forms.handed_over", 3),
        _line("downtime_forms.dispensed_by"),
        _line("downtime_forms.explained", 2),
        *_AFTER,
    ),
)
VISIT = DowntimeForm(
    phrase("downtime_forms.visit"),
    (
        *_PERSON,
        *_SAFETY,
        _line("downtime_forms.visited"),
        _line("downtime_forms.vitals"),
        _line("downtime_forms.state", 4),
        _line("downtime_forms.done", 4),
        _line("downtime_forms.told", 2),
        _line("downtime_forms.next_visit"),
        *_AFTER,
    ),
)

FORMS: dict[FacilityKind, tuple[DowntimeForm, ...]] = {
    "clinic": (CARE,),
    "dental": (CARE,),
    "pharmacy": (DISPENSING,),
    "visiting_nurse": (VISIT,),
}
"""The form for each kind of facility; the shipped ones are a beginning, a facility hangs up its own beside them."""

SHEETS = 20
"""Numbers on one page of the list of sheets, 001 onwards."""
