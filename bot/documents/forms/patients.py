"""The texts for patients, on paper: poster, phone script, web text and letter, as approved or as a draft.

They give items 1, 2, 4, 5 and 9 of the report (施行規則10条) in plain words; see :mod:`bot.words.explaining`. They show nothing
of the record: no run, no entries, no names of staff.
"""

from __future__ import annotations

from dataclasses import replace

from bot.documents.facts.form import Form, Section
from bot.documents.facts.pen import Pen
from bot.documents.source import Source
from bot.words.explaining import TO_PERSONS, draft_for, kinds_of
from playbooks.explanations.shape import Explanations, Kind


def patient_notice(source: Source) -> Form:
    """Give all four texts; it is a draft while any of them is not approved as it stands."""
    pen = Pen(source)
    texts = source.engine.handbook.explanations
    kinds = kinds_of(pen.run)
    written = [_text(pen, texts, kind) for kind in kinds] if texts and pen.run.playbook else []
    said = [pen.say("form.drill.note")] if pen.run.drill else []
    said += [pen.say("form.patients.letter_alone")] if kinds == (TO_PERSONS,) else []
    return Form(
        title=pen.title("paper.patient_notice.title"),
        to=pen.say("form.patients.to"),
        sections=tuple(section for section, _ in written) or (pen.section("form.patients.none"),),
        draft=not written or not all(approved for _, approved in written),
        note="\n".join(said),
    ).untraced()


def _text(pen: Pen, texts: Explanations, kind: Kind) -> tuple[Section, bool]:
    """Give a text and whether it is approved; the day it bears stays that of its approval while nothing else changes."""
    source, explanation = pen.source, texts.kinds[kind]
    approved = pen.run.explanations.get((kind, source.language))
    text = draft_for(texts, pen.run, source.context, kind, source.language).text
    stands = False
    if approved is not None:
        then = draft_for(texts, pen.run, replace(source.context, now=approved.at), kind, source.language).text
        stands = approved.text in (then, text)
    mark = "approved" if stands else "outdated" if approved else "draft"
    title = pen.say(
        "form.patients.title",
        name=explanation.title.in_language(source.language),
        mark=pen.say(f"form.patients.{mark}"),
    )
    use = explanation.use.in_language(source.language)
    return Section(title, note=use, text=approved.text if stands and approved else text, large=kind == "poster"), stands
