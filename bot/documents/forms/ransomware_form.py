"""What the government's common form for ransomware cases (in use since 2025-10-01) asks for, to be copied into it.

The layout of the official workbook (ランサムウェア事案共通様式) is not imitated: the fields are, above all those that the
nine items of the breach report do not have: the note, extension, kind, way in, indicators, and consent to sharing.
"""

from __future__ import annotations

from bot.documents.facts.form import Form, Section
from bot.documents.facts.pen import Pen
from bot.documents.forms import deeds, harm, ppc
from bot.documents.forms.institution import institution
from bot.documents.source import Source
from contacts.workbook.table import workbook_of


def ransomware_form(source: Source) -> Form:
    """Give the fields of the common form with what is known."""
    pen = Pen(source)
    duties = pen.known.duties.duties
    return Form(
        title=pen.title("paper.ransomware_form.title"),
        to=pen.to(*(duties[name] for name in (ppc.PRELIMINARY, "mhlw", "police"))),
        sections=(institution(pen), _event(pen), _ransomware(pen), *ppc.items(pen)[1:8], _handling(pen), _consent(pen)),
        note=pen.note(),
        foot=(pen.say("form.ransomware.foot"), pen.law(duties[ppc.PRELIMINARY])),
    )


def _event(pen: Pen) -> Section:
    return pen.section(
        "form.event",
        harm.happened(pen),
        harm.found(pen),
        harm.symptoms(pen),
        harm.systems(pen),
        harm.machines(pen),
        harm.care(pen),
        *harm.data(pen),
    )


def _ransomware(pen: Pen) -> Section:
    photos = pen.known.answer("photograph")
    piece = photos.answer.given.get("evidence") if photos else None
    note = tuple(one for one in deeds.kept(pen) if piece and pen.source.seq_of(int(piece)) in one.entries)
    return pen.section(
        "form.ransomware",
        pen.field("form.ransomware.note", note, pen.told(pen.known.said("copy_words"), "form.said")),
        pen.field("form.ransomware.extension", note="form.ransomware.extension.note"),
        pen.field("form.ransomware.kind"),
        pen.field("form.ransomware.way_in", note="form.ransomware.ask_vendor"),
        pen.field("form.ransomware.indicators", note="form.ransomware.ask_vendor"),
        pen.field("form.ransomware.findings", pen.told(pen.known.said("findings"), "form.findings")),
        pen.field("form.ransomware.backups", pen.fact("backup_state"), deeds.did(pen, "protect_backups")),
    )


def _handling(pen: Pen) -> Section:
    return pen.section(
        "form.handling",
        pen.field("form.handling.contained", deeds.contained(pen)),
        pen.field("form.handling.decided", deeds.decided(pen)),
        pen.field("form.handling.told", deeds.told(pen), deeds.filed(pen)),
        pen.field("form.handling.restored", deeds.restored(pen), pen.fact("reopened")),
    )


def _consent(pen: Pen) -> Section:
    return pen.section("form.consent", pen.by_hand("form.consent.sharing", note="form.consent.note"))


def ransomware_workbook(form: Form, source: Source) -> bytes:
    """Give the form as an Excel table to copy from: section, field, what is known, entries."""
    pen = Pen(source)
    rows = [
        (section.title, field.label, one.text if one else "", ", ".join(map(str, one.entries)) if one else "", state)
        for section in form.sections
        for field in section.fields
        for state in (pen.say(f"form.state.{field.state}"),)
        for one in (field.statements or (None,))
    ]
    headers = tuple(pen.say(f"form.column.{name}") for name in ("section", "field", "value", "entries", "state"))
    return workbook_of(form.title, headers, rows)
