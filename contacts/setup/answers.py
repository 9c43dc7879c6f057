"""What an answer to set-up enters: the rows that change, read by the same readers as a workbook's cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contacts.phrasing import say
from contacts.prefectures import prefecture_in
from contacts.registry import FACILITY_KEY
from contacts.rows.sheets import FACILITY
from contacts.setup.people import deputy, mobile, safety_manager, staff
from contacts.setup.questions import SetupAnswer, SetupEntry
from contacts.setup.things import keeper, of_contact, of_system, outside, place, read_name_and_number, systems, urgent
from contacts.shapes.facility import OCCASIONS, Facility
from contacts.written.cells import WEEK_HOURS, TelephoneCell, WordsCell, YesNoCell
from contacts.written.closures import read_closures
from contacts.written.mistakes import Unreadable
from contacts.written.replies import means_none

SENTENCE = say("setup.reads_like_a_sentence")
"""Why what was written is taken for no name."""

POSTER = WordsCell(300)
SHORTEST_POSTER = 10
"""Signs; less is 「はい」 and no text for a door."""

NONE = "-"
"""Chosen instead of a time: this time of the week is not for drills after all."""


def answer(name: str, asking: SetupAnswer) -> SetupEntry:
    """Read the answer to the question ``what`` (see :mod:`contacts.setup.questions`); Unreadable says what is wrong with it.

    KeyError for a question that there is not.
    """
    return _ANSWERS[name](asking)


def is_closed(name: str) -> bool:
    """Say whether the answers to a question have a form of their own, so that no sentence is taken for one."""
    return name not in _FREE


def is_read(name: str) -> bool:
    """Say whether the answers to a question are read for what they mean, so that this is said back to whoever wrote them."""
    return name in _READ


def _facility(asking: SetupAnswer, **changed: Any) -> SetupEntry:
    facility: Facility = asking.roster.facility
    return SetupEntry((("facility", FACILITY_KEY, facility.model_copy(update=changed)),))


def _prefecture(asking: SetupAnswer) -> SetupEntry:
    named = prefecture_in(asking.written) or asking.written
    return _facility(asking, prefecture=FACILITY.column("prefecture").form.read(named))


def _telephone(asking: SetupAnswer) -> SetupEntry:
    return _facility(asking, telephone=TelephoneCell().read(asking.written))


def _hours(asking: SetupAnswer) -> SetupEntry:
    return _facility(asking, sessions=WEEK_HOURS.read(asking.written))


def _closures(asking: SetupAnswer) -> SetupEntry:
    """Take the days named for all that lie ahead; days gone by stay as they were."""
    facility, found = asking.roster.facility, read_closures(asking.written)
    closed = {d for d in facility.closed if d < asking.today} | {d for d, sessions in found.items() if not sessions}
    half = {d: s for d, s in facility.half_days.items() if d < asking.today} | {d: s for d, s in found.items() if s}
    return _facility(asking, closed=tuple(sorted(closed)), half_days=half)


def _drills(asking: SetupAnswer) -> SetupEntry:
    if asking.subject not in OCCASIONS:
        raise Unreadable(say("setup.choose_time"))
    marked = {what: hours for what, hours in asking.roster.facility.marked.items() if what != asking.subject}
    if asking.written != NONE:
        marked[asking.subject] = WEEK_HOURS.read(asking.written)
    return _facility(asking, marked={what: marked[what] for what in OCCASIONS if what in marked})


def _yes_or_no(field: str) -> Callable[[SetupAnswer], SetupEntry]:
    def read(asking: SetupAnswer) -> SetupEntry:
        return _facility(asking, **{field: not means_none(asking.written) and YesNoCell().read(asking.written)})

    return read


def _fallback_phone(asking: SetupAnswer) -> SetupEntry:
    name, number = read_name_and_number(asking.written)
    return _facility(asking, fallback_phone=f"{name} {number}".strip())


def _poster(asking: SetupAnswer) -> SetupEntry:
    if len(asking.written) < SHORTEST_POSTER:
        raise Unreadable(say("setup.choose_button"))
    return _facility(asking, poster=POSTER.read(asking.written))


def _by_button(_: SetupAnswer) -> SetupEntry:
    raise Unreadable(say("setup.choose_button"))


_ANSWERS: dict[str, Callable[[SetupAnswer], SetupEntry]] = {
    "urgent": urgent,
    "mobile": mobile,
    "prefecture": _prefecture,
    "telephone": _telephone,
    "hours": _hours,
    "closures": _closures,
    "drills": _drills,
    "safety_manager": safety_manager,
    "deputy": deputy,
    "staff": staff,
    "systems": systems,
    "runs": of_system("runs"),
    "importance": of_system("importance"),
    "keeper": keeper,
    "number": of_contact("number"),
    "night": of_contact("night_number"),
    "open": of_contact("open_hours"),
    "outside": outside,
    "place": place,
    "phones_on_line": _yes_or_no("phones_on_line"),
    "home_devices": _yes_or_no("home_devices"),
    "fallback_phone": _fallback_phone,
    "poster": _poster,
    "photos": _by_button,
    "labels": _by_button,
}

_READ = frozenset(
    {
        "urgent",
        "mobile",
        "telephone",
        "hours",
        "closures",
        "drills",
        "number",
        "night",
        "open",
        "outside",
        "fallback_phone",
    }
)

_FREE = frozenset({"safety_manager", "deputy", "staff", "systems", "keeper", "place"})
"""Questions that any name will answer."""
