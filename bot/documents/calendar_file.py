"""The drills ahead as an iCalendar file: phones and office calendars import it, and it rings by itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Alarm, Calendar, Event

from bot.phrasing import phrase
from contacts.shapes.facility import Facility
from flows.calendar.due import reminded_before
from flows.state.drill_calendar import Drill
from playbooks.drills.shape import DrillKind
from playbooks.texts import Language

PRODUCT = "-//Tomoshibi//drills//JA"


def calendar_file(
    drills: Iterable[Drill], kinds: dict[str, DrillKind], facility: Facility, home: str, language: Language
) -> bytes:
    """Give the file's bytes (RFC 5545, lines end with CRLF).

    ``home`` tells this facility's drills from another's; with it a drill keeps its UID for ever, and its SEQUENCE grows
    when it is moved, so that importing again moves it in the calendar, too. A cancelled drill says so.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", phrase("drills.calendar", facility=facility.name).in_language(language))
    for drill in sorted(drills, key=lambda d: (d.at, d.id)):
        kind = kinds.get(drill.kind)
        if kind is not None and (drill.ahead or drill.state == "cancelled"):
            calendar.add_component(_event(drill, kind, facility, home, language))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(drill: Drill, kind: DrillKind, facility: Facility, home: str, language: Language) -> Event:
    begins = facility.local(drill.at)
    event = Event()
    event.add("uid", f"{drill.id}.{home}@tomoshibi")
    event.add("dtstamp", drill.since)
    event.add("sequence", drill.moves + (drill.state == "cancelled"))
    event.add("summary", phrase("drills.event", title=kind.title).in_language(language))
    event.add("description", f"{kind.purpose.in_language(language)}\n\n{drill.why.in_language(language)}")
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=kind.minutes))
    event.add("status", "CONFIRMED" if drill.ahead else "CANCELLED")
    for days in reminded_before(kind) if drill.ahead else ():
        event.add_component(_alarm(days, kind.title.in_language(language)))
    return event


def _alarm(days: int, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(days=-days))
    return alarm
