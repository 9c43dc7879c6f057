"""Labels to cut out and stick on leads before anything happens, so that nobody has to know a plug by its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from bot.documents.facts.labels import LABELS, Label
from bot.documents.kinds import Written, document
from bot.documents.paper.markdown import BLANK, Markdown, escape, lines, table, write
from bot.documents.paper.photos import bare
from bot.documents.source import Source
from playbooks.pictures import drawing

IN_A_ROW = 3
LARGEST = (900, 900)
"""Pixels of a photo on a label: enough for paper, and no more than is needed of somebody's office."""


@document("cable_labels", of="facility")
def cable_labels(source: Source) -> Written:
    """Write the sheets of labels."""
    title = source.words.say("paper.cable_labels.title").unescape()
    return Written(title, write("cable_labels", source.words, **values(source)), pictures(source))


def values(source: Source) -> dict[str, object]:
    """Give what the template needs."""
    said = partial(_said, source)
    return {
        "labels": [
            (said(label.name), said(f"{label.name}.where"), _cut_out(label, source))
            for label in LABELS[source.roster.facility.kind]
        ]
    }


def _said(source: Source, what: str) -> Markdown:
    return escape(source.words.say(f"paper.label.{what}"))


def _cut_out(label: Label, source: Source) -> Markdown:
    said = partial(_said, source)
    picture = Markdown(f"![]({_file(label)}){{height=15mm}}")
    name, small = (
        Markdown(f"[{said(f'{label.name}{of}')}]{{{size}}}") for of, size in (("", ".big"), (".small", ".small"))
    )
    one = lines([picture, name, small, Markdown(f"{said('of')}{BLANK}")])
    rows = [[one] * IN_A_ROW for _ in range(label.copies // IN_A_ROW)]
    return table((33,) * IN_A_ROW, ("",) * IN_A_ROW, rows)


def _file(label: Label) -> str:
    return f"label-{label.name}.png"


def pictures(source: Source) -> Mapping[str, bytes]:
    """Give the picture of each label: the facility's own photo where there is one that can be read, else our drawing."""
    return {
        _file(label): next(_photos(label, source), None) or drawing(label.pictures[0])
        for label in LABELS[source.roster.facility.kind]
    }


def _photos(label: Label, source: Source) -> Iterator[bytes]:
    for name in label.pictures:
        own = source.house.photos.get(name)
        found = source.photos(own.sha256) if own is not None and own.sha256 else None
        printed = bare(found, LARGEST) if found is not None else None
        if printed is not None:
            yield printed
