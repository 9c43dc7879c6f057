"""How this record stands to the three conditions for keeping documents electronically (電子保存の三要件), clause by clause.

What the program does, what it can't, and what stays the facility's duty; the clauses are those of the notice that the
guidance for small institutions quotes in its section 3.1.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.kinds import Written, document
from bot.documents.paper.markdown import lines, write
from bot.documents.source import Source
from bot.store.seals import SEALED
from flows.record.journal import FACILITY

CLAUSES = {
    "readable": {"eye": ("does", "not"), "paper": ("does", "not")},
    "authentic": {"changes": ("does", "not"), "author": ("does", "not")},
    "lasting": {"restorable": ("does", "not")},
}
"""The conditions with their clauses, in the order of the notice; of each what is done, and what is not."""

NAME = "three_conditions"

Row = tuple[object, ...]


@document(NAME, of="facility")
def three_conditions(source: Source) -> Written:
    """Write the page; its figures are those of the journal up to the source's entry."""
    words = source.words
    journal = source.engine.journal
    sealed = [e for e in journal.entries(run=FACILITY) if e.kind == SEALED and e.seq <= source.seq]
    made = write(
        NAME,
        words,
        title=words.say("paper.three_conditions.title"),
        conditions=[
            (words.say(f"paper.conditions.{it}"), words.say(f"paper.conditions.{it}.wants"), list(_rows(source, it)))
            for it in CLAUSES
        ],
        entries=source.seq,
        seals=len(sealed),
        last=source.roster.facility.local(sealed[-1].recorded_at).date() if sealed else "",
        today=source.context.today,
    )
    return Written(words.say("paper.three_conditions.title").unescape(), made)


def _rows(source: Source, condition: str) -> Iterator[Row]:
    say = source.words.say
    for clause, parts in CLAUSES[condition].items():
        key = f"paper.conditions.{condition}.{clause}"
        said = [say(f"paper.conditions.{part}", text=say(f"{key}.{part}")) for part in parts]
        yield say(key), lines(said), say(f"{key}.duty")
