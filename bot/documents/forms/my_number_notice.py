"""The letter to those whose My Number is concerned (番号法29条の4第2項), and what has to be looked at before it goes out.

It is the letter to patients in the words for staff, on the data of staff alone. Its day is entered by hand: the letter is
approved as a whole, and stays approved tomorrow.
"""

from __future__ import annotations

from dataclasses import replace

from bot.documents.facts.form import Form, Section
from bot.documents.facts.pen import Pen
from bot.documents.source import Source
from bot.words.explaining import draft_for
from playbooks.explanations.shape import ExplanationDraft, Explanations

DUTY = "my_number_notice"


def my_number_notice(source: Source) -> Form:
    """Give the letter, and on a page of its own what it leaves open; nothing of the record stands in either."""
    pen = Pen(source)
    texts = source.engine.handbook.explanations
    law = pen.known.duties.duties[DUTY]
    form = Form(
        title=pen.title(f"paper.{DUTY}.title"),
        to=law.to.in_language(source.language),
        sections=(pen.section("form.patients.none"),),
        note=pen.say("form.drill.note") if pen.run.drill else "",
        foot=(pen.law(law),),
        has_hole=True,
    ).untraced()
    if texts is None or pen.run.playbook is None:
        return form
    letter = draft_for(texts, pen.run, source.context, "letter", source.language, to_staff=True)
    # The first page goes out as it is; what is beside it stays in the house.
    first = Section(texts.kinds["letter"].title.in_language(source.language), text=letter.text)
    return replace(
        form, sections=(first, _before(pen, texts, letter)), has_hole=any(hole != "day" for hole in letter.holes)
    )


def _before(pen: Pen, texts: Explanations, letter: ExplanationDraft) -> Section:
    """List what the letter leaves open, and what a person enters."""
    names = (texts.unknowns[name].in_language(pen.source.language) for name in letter.unknown if name != "day")
    said = (
        pen.field("form.open.investigating", pen.state(pen.source.words.joined(names).unescape())),
        *(pen.by_hand(f"form.my_number.{what}") for what in ("day", "told_by", "new_number")),
    )
    return Section(pen.say("form.my_number.before"), said, note=pen.say("form.my_number.before.note"), apart=True)
