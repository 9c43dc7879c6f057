"""What of a form is still open, listed at its end: what nobody knows yet, and what a person has to enter."""

from __future__ import annotations

from collections.abc import Iterable

from bot.documents.facts.form import Section
from bot.documents.facts.pen import Pen


def still_open(pen: Pen, said: Iterable[Section]) -> Section:
    """List the fields in which nothing stands; so nobody has to look for them before the form is sent."""
    fields = [field for section in said for field in section.fields]

    def names(state: str) -> str:
        return pen.source.words.joined(dict.fromkeys(one.label for one in fields if one.state == state)).unescape()

    by_record = pen.say("form.by_record")
    listed = (
        pen.field(f"form.open.{state}", pen.state(names(state), source=by_record))
        for state in ("investigating", "by_hand")
        if names(state)
    )
    return pen.section("form.open.title", *listed, note="form.open.about")
