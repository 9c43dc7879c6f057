"""What is particular to an attack with a ransom note: the note, the traces, the way in, as fields that several forms share."""

from __future__ import annotations

from bot.documents.facts.form import Field
from bot.documents.facts.pen import Pen
from bot.documents.forms import deeds


def ransom_note(pen: Pen) -> Field:
    """Give the note: its photo, and the words that somebody copied from it."""
    photos = pen.known.answer("photograph")
    piece = photos.answer.given.get("evidence") if photos else None
    kept = tuple(one for one in deeds.kept(pen) if piece and pen.source.seq_of(int(piece)) in one.entries)
    return pen.field("form.ransomware.note", kept, pen.told(pen.known.said("copy_words"), "form.said"))


def traces(pen: Pen) -> tuple[Field, ...]:
    """Give how encrypted files are called, how somebody got in and what they left, each with whom to ask while it is unknown."""
    return (
        _told(pen, "form.ransomware.extension", "extension", "form.ransomware.extension.note"),
        _told(pen, "form.ransomware.way_in", "entry_told", "form.ransomware.ask_vendor"),
        _told(pen, "form.ransomware.indicators", "indicators", "form.ransomware.ask_vendor"),
    )


def _told(pen: Pen, label: str, step: str, whom_to_ask: str) -> Field:
    """Give what a step was told in somebody's words; as long as nobody was, the field says whom to ask."""
    said = pen.told(pen.known.said(step), "form.said")
    return pen.field(label, said, note="" if said else whom_to_ask)
