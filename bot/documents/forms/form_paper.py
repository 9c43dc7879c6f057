"""The forms among the documents: one template sets them all, and the ransomware form is an Excel table as well."""

from __future__ import annotations

from bot.documents.forms.forms import FORMS, form_of
from bot.documents.forms.ransomware_form import ransomware_workbook
from bot.documents.kinds import PAPER, Format, Written, document
from bot.documents.paper.markdown import write
from bot.documents.source import Source

FORMATS: dict[str, tuple[Format, ...]] = {"ransomware_form": (*PAPER, "xlsx")}


def written(kind: str, source: Source) -> Written:
    """Write a form."""
    form, facility = form_of(kind, source), source.roster.facility
    changed = any(field.changed for section in form.sections for field in section.fields)
    made = write(
        "form",
        source.words,
        form=form,
        facility=facility.name,
        made=f"{facility.local(source.date):%Y-%m-%d %H:%M}",
        seq=source.seq,
        changed=changed,
    )
    table = (lambda: ransomware_workbook(form, source)) if kind == "ransomware_form" else None
    return Written(form.title, made, draft=form.draft, workbook=table)


def _register(kind: str) -> None:
    document(kind, of="run", formats=FORMATS.get(kind, PAPER))(lambda source: written(kind, source))


for _kind in FORMS:
    _register(_kind)
