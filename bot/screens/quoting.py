"""What others wrote, as one reader may have it quoted: words that name them stay away from them, whatever shows them.

Nobody can tell whether words about somebody accuse them. So a report that names its reader stands before them without its
words, on every screen; what is said *to* them by name goes to them as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from bot.screens.scene import CUT
from contacts.model import Member
from flows.engine import Engine
from flows.record.journal import FACILITY
from flows.written.free_text import FREE_TEXT, texts_in
from playbooks.wants.orders import orders


def about(reader: Member, engine: Engine, run: str, *, by_role: bool = True) -> Callable[[str], bool]:
    """Give what says of a text on a screen of ``run`` whether others wrote it and name ``reader`` in it, and not to call them.

    Without ``by_role`` only their names do: a call for help (「先生を呼んで」) is read by whoever it calls.
    """
    called, roles = _names_of(reader), _roles_of(reader) if by_role else ()

    def tells_of_them(text: str) -> bool:
        if text in (reader.name, *called):
            return False  # a name by itself says nothing
        return orders().names(text, called, roles) and not is_said_to(text, reader)

    def is_about(text: str) -> bool:
        cut, named = text.endswith(CUT), tells_of_them(text)
        if not cut and not named:
            return False  # mostly, and before anything is looked up
        others = (said for by, said in _written(engine, run, house=named) if by != reader.id)
        return any((said == text or (cut and said.startswith(text[:-1]))) and tells_of_them(said) for said in others)

    return is_about


def is_said_to(text: str, member: Member) -> bool:
    """Say whether a text asks something of a member whom it calls by name, or calls them to what somebody else does."""
    called, roles = _names_of(member), _roles_of(member)
    ordered = not {*called, *roles}.isdisjoint(orders().told(text, called))
    return ordered or orders().calls(text, called, roles)


def _names_of(member: Member) -> tuple[str, ...]:
    return tuple(name for name in member.name.split() if name)


def _roles_of(member: Member) -> tuple[str, ...]:
    return (*member.roles, *(("deputy",) if member.stands_in_for else ()))


def _written(engine: Engine, here: str, *, house: bool) -> Iterator[tuple[str, str]]:
    """Give who wrote each text of this run and of those that go on, and of the facility's own affairs where ``house`` says so."""
    live = (run.id for run in engine.runs() if run.live)
    for run in dict.fromkeys((here, *live, *((FACILITY,) if house else ()))):
        for entry in engine.journal.entries(run=run):
            if entry.kind in FREE_TEXT:
                for text in texts_in(entry.kind, json.loads(entry.body)):
                    yield entry.actor, text
