"""Word to the ministry and to the health centre: damage, response, recovery, prevention.

After the ministry's notice of 2018-10-29 (医政総発1029第1号, 医政地発1029第3号, 医政研発1029第1号) local government looks into
these four and reports to the ministry; neither has a legal day, so none is claimed.
"""

from __future__ import annotations

from bot.documents.facts.form import Form, Section
from bot.documents.facts.pen import Pen
from bot.documents.forms import deeds, harm
from bot.documents.forms.institution import institution
from bot.documents.forms.still_open import still_open
from bot.documents.source import Source
from playbooks.conditions import UNKNOWN


def mhlw(source: Source) -> Form:
    """Give the word to the ministry."""
    return _four_points(Pen(source), "mhlw")


def health_centre(source: Source) -> Form:
    """Give the word to the health centre and the local government."""
    return _four_points(Pen(source), "health_centre")


def _four_points(pen: Pen, kind: str) -> Form:
    """Give the form; of a failure that is no attack it says so, and rests on what there is for those."""
    failure = pen.run.facts.get("nature", UNKNOWN) in ("failure", "disaster")
    law = pen.known.duties.duties.get(f"{kind}_failure" if failure else kind) or pen.known.duties.duties[kind]
    said = (institution(pen), _damage(pen), _response(pen), _recovery(pen), _prevention(pen), _next(pen))
    return Form(
        title=pen.title(f"paper.{kind}.failure" if failure else f"paper.{kind}.title"),
        to=pen.to(law),
        sections=(*said, still_open(pen, said)),
        note=pen.note(),
        foot=(pen.law(law),),
    )


def _damage(pen: Pen) -> Section:
    return pen.section(
        "form.damage",
        harm.found(pen),
        harm.symptoms(pen),
        harm.systems(pen),
        harm.machines(pen),
        harm.care(pen),
        *harm.data(pen),
        harm.persons(pen),
    )


def _response(pen: Pen) -> Section:
    return pen.section(
        "form.response_taken",
        pen.field("form.handling.contained", deeds.contained(pen)),
        pen.field("form.handling.decided", deeds.decided(pen)),
        pen.field("form.handling.told", deeds.told(pen, in_short=True), deeds.filed(pen)),
    )


def _recovery(pen: Pen) -> Section:
    return pen.section(
        "form.recovery",
        pen.field(
            "form.recovery.state",
            pen.fact("restore_needed"),
            pen.fact("entry_closed"),
            pen.fact("backup_state"),
            pen.fact("reopened", timed=True),
        ),
        pen.field("form.recovery.done", deeds.restored(pen)),
        pen.field("form.recovery.decided", deeds.decided(pen, "restore", "reopen")),
    )


def _prevention(pen: Pen) -> Section:
    return pen.section(
        "form.four.prevention",
        harm.cause(pen),
        pen.field("form.prevention.planned", pen.told(pen.known.said("prevention"))),
        pen.field("form.prevention.staff", deeds.did(pen, "tell_staff")),
    )


def _next(pen: Pen) -> Section:
    return pen.section("form.next", pen.by_hand("form.next.report"))
