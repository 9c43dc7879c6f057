"""A letter to each vendor who is invited to a tabletop drill: when, where, what is asked of them, room for their answer.

It says what a tabletop drill is and nothing of the story that will be played.
"""

from __future__ import annotations

from bot.documents.kinds import Written, document
from bot.documents.paper.markdown import BLANK, write
from bot.documents.source import Source
from contacts.labels import WEEKDAY
from contacts.shapes.hours import WEEKDAYS
from contacts.shapes.outside import Contact
from flows.state.drill_calendar import Drill

NAME = "vendor_invitation"

PEN = "＿" * 12
"""Room for a number that nobody entered, inside a sentence."""

Row = tuple[object, ...]


@document(NAME, of="facility")
def vendor_invitation(source: Source) -> Written:
    """Write a page for each vendor who is invited to a drill that is ahead or goes on; where nobody is, a page says so."""
    words, roster = source.words, source.roster
    title = words.say(f"paper.{NAME}.title")
    drills = [d for d in source.house.drills.values() if d.ahead or d.state == "running"]
    asks = [words.say(f"paper.{NAME}.ask.{what}") for what in ("can", "tell", "look_back")]
    made = write(
        NAME,
        words,
        title=title,
        facility=roster.facility,
        telephone=roster.facility.telephone or PEN,
        who=_answers(source),
        today=source.context.today,
        asks=asks,
        letters=[
            (vendor.name, _head(source, drill, vendor), _announced(source, drill))
            for drill in sorted(drills, key=lambda d: d.at)
            for vendor in roster.vendors()
            if vendor.id in drill.vendors
        ],
        blank=BLANK,
    )
    return Written(title.unescape(), made)


def _answers(source: Source) -> str:
    """Name whom the vendor answers: who sees to the safety of the systems, else who decides."""
    today = source.context.today
    found = source.roster.owners("safety_manager", today) or source.roster.chain(today)
    return found[0].name if found else ""


def _head(source: Source, drill: Drill, vendor: Contact) -> list[Row]:
    words, facility = source.words, source.roster.facility
    at = facility.local(drill.at)
    kind = source.house.calendar.kind_of(drill, source.engine.handbook.drills)
    systems = [s.name for s in source.roster.systems if source.roster.vendor_of(s) == vendor]
    when = words.say(
        f"paper.{NAME}.at",
        day=at.date(),
        weekday=WEEKDAY[WEEKDAYS[at.weekday()]].in_language(words.language),
        clock=f"{at.hour}:{at:%M}",
        minutes=kind.minutes if kind else "",
    )
    return [
        (words.say(f"paper.{NAME}.when"), when),
        (words.say(f"paper.{NAME}.where"), "　".join(filter(None, (facility.name, facility.address)))),
        (words.say(f"paper.{NAME}.systems"), words.joined(systems).unescape() or BLANK),
        (words.say(f"paper.{NAME}.what"), words.say(f"paper.{NAME}.what.said")),
        (words.say(f"paper.{NAME}.how"), words.say(f"paper.{NAME}.how.said")),
    ]


def _announced(source: Source, drill: Drill) -> bool:
    kind = source.house.calendar.kind_of(drill, source.engine.handbook.drills)
    return kind is None or kind.announced
