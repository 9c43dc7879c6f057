"""A form of our own with what the government's common form for ransomware cases (in use since 2025-10-01) asks for.

The official workbook (ランサムウェア事案共通様式) was not at hand, so its layout is not claimed: what is known of it from
others' descriptions is here (the note, extension, kind, way in, indicators, consent to sharing), with the head and the nine
items of the breach report, in place of which it may be used. What is still open is listed at its end.
"""

from __future__ import annotations

from dataclasses import replace

from bot.documents.facts.form import Field, Form, Section
from bot.documents.facts.pen import Pen
from bot.documents.forms import attack, deeds, harm, ppc
from bot.documents.forms.institution import institution
from bot.documents.forms.still_open import still_open
from bot.documents.source import Source


def ransomware_form(source: Source) -> Form:
    """Give the form with what is known: head, overview, what is particular to ransomware, the nine items, the course."""
    pen = Pen(source)
    duties = pen.known.duties.duties
    overview, *items = ppc.items(pen)
    course, record = ppc.account(pen)
    said = (
        _head(pen),
        institution(pen),
        replace(overview, fields=(*overview.fields, harm.systems(pen), harm.machines(pen))),
        _ransomware(pen),
        *items,
        _handling(pen),
        course,
        _consent(pen),
    )
    return Form(
        title=pen.title("paper.ransomware_form.title"),
        to=pen.to(*(duties[name] for name in (ppc.PRELIMINARY, "mhlw", "police"))),
        sections=(*said, still_open(pen, said), record),
        note=pen.note(),
        foot=(pen.say("form.ransomware.foot"), pen.law(duties[ppc.PRELIMINARY])),
    )


def _head(pen: Pen) -> Section:
    """Give the kind of report; once the preliminary one was filed, what follows is the final one."""
    section = ppc.kind_of_report(pen, ppc.FINAL if ppc.PRELIMINARY in pen.run.filed else ppc.PRELIMINARY)
    receiver = pen.by_hand("form.ransomware.receiver", note="form.ransomware.receiver.note")
    return replace(section, fields=(*section.fields, receiver))


def _ransomware(pen: Pen) -> Section:
    extension, *way_in = attack.traces(pen)
    return pen.section(
        "form.ransomware",
        attack.ransom_note(pen),
        extension,
        pen.field("form.ransomware.kind"),
        *way_in,
        pen.field("form.ransomware.findings", pen.told(pen.known.said("findings"), "form.findings")),
        pen.field("form.ransomware.backups", pen.fact("backup_state"), deeds.did(pen, "protect_backups")),
    )


def _handling(pen: Pen) -> Section:
    return pen.section(
        "form.handling",
        pen.field("form.handling.contained", deeds.contained(pen, named=True)),
        pen.field("form.handling.restored", deeds.restored(pen), pen.fact("reopened", timed=True)),
    )


def _consent(pen: Pen) -> Section:
    return pen.section("form.consent", pen.by_hand("form.consent.sharing", note="form.consent.note"))


def ransomware_workbook(form: Form, source: Source) -> bytes:
    """Give the form as one sheet, A4 and one page wide: the label beside its field, the entries at the right."""
    from contacts.workbook.form_sheet import FormLine, form_sheet  # noqa: PLC0415  (openpyxl takes its time to load)

    pen = Pen(source)
    lines: list[FormLine] = [FormLine("note", text) for text in (_mark(pen, form), form.note) if text]
    for section in form.sections:
        lines.append(FormLine("heading", section.title, apart=section.apart))
        lines += [FormLine("note", section.note)] if section.note else []
        lines += [FormLine("field", field.label, *_entries(pen, field)) for field in section.fields]
    lines += [FormLine("note", text) for text in form.foot]
    return form_sheet(form.title, form.to, lines)


def _mark(pen: Pen, form: Form) -> str:
    return pen.say("form.draft.note") if form.draft else pen.say("form.approved.line", approved=form.approved)


def _entries(pen: Pen, field: Field) -> tuple[str, str]:
    """Give what stands beside a field's label, and what it rests on."""
    unknown = pen.say("form.investigating") if field.state == "investigating" else ""
    texts = [*(one.text for one in field.statements), unknown, field.note]
    behind = [one.behind for one in field.statements]
    return "\n".join(filter(None, texts)), "\n".join(dict.fromkeys(filter(None, behind)))
