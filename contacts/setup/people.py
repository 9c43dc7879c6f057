"""What set-up's answers about people enter: roles, deputies, and those who are to be invited."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from contacts.labels import ROLE
from contacts.phrasing import say
from contacts.readiness.deputies import deputises, flaws
from contacts.roster import Roster
from contacts.rows.naming import Naming
from contacts.setup.questions import SetupAnswer, SetupEntry
from contacts.setup.things import read_name_and_number
from contacts.shapes.people import Member
from contacts.written.cells import WordsCell
from contacts.written.mistakes import Unreadable
from contacts.written.replies import means_myself

_NAME = WordsCell(60)


def safety_manager(asking: SetupAnswer) -> SetupEntry:
    """Appoint the safety manager, or dismiss whoever is chosen again."""
    return _in_role(asking, "roles", "safety_manager", "safety_manager", {"roles": ("safety_manager",)})


def deputy(asking: SetupAnswer) -> SetupEntry:
    """Name a deputy for a role, or dismiss whoever is chosen again."""
    role = asking.subject
    new = {"stands_in_for": (role,)} | ({} if role == "director" else {"roles": ("staff",)})
    return _in_role(asking, "stands_in_for", role, "deputy" if role == "director" else "staff", new)


def _in_role(asking: SetupAnswer, field: str, role: str, invited_as: str, new: dict[str, Any]) -> SetupEntry:
    """Give somebody a role, or take it from whoever has it; a name that nobody bears is invited."""
    member = _known(asking)
    if member is None:
        return SetupEntry(invite=_somebody(asking, new), role=invited_as)
    has: tuple[str, ...] = getattr(member, field)
    now = tuple(r for r in has if r != role) if role in has else (*has, role)
    after = member.model_copy(update={field: now, "channels": ()})
    _hold_together(asking.roster, after)
    return SetupEntry((("member", member.id, after),))


def mobile(asking: SetupAnswer) -> SetupEntry:
    """Enter the deputy's own number: their name and it, or the number alone where there is one deputy."""
    name, number = read_name_and_number(asking.written)
    deputies = [m for m in asking.roster.active() if deputises(m, "director")]
    if not name and len(deputies) != 1:
        raise Unreadable(say("setup.name_and_number"))
    asking = replace(asking, written=name or f"[{deputies[0].id}]")
    member = _known(asking)
    if member is None:
        new = {"stands_in_for": ("director",), "telephone": number}
        return SetupEntry(invite=_somebody(asking, new), role="deputy")
    stands_in_for = tuple(dict.fromkeys((*member.stands_in_for, "director")))
    after = member.model_copy(update={"stands_in_for": stands_in_for, "telephone": number, "channels": ()})
    _hold_together(asking.roster, after)
    return SetupEntry((("member", member.id, after),))


def _known(asking: SetupAnswer) -> Member | None:
    """Give the member who is meant, by id in brackets, by name or as whoever answers; None for a name that nobody bears."""
    active = asking.roster.active()
    if means_myself(asking.written):
        return next((m for m in active if m.id == asking.who), None)
    naming = Naming({"member": {m.id: m.name for m in active}})
    if asking.written.startswith("[") or naming.keys("member", asking.written):
        key = naming.meant("member", asking.written)
        return next(m for m in active if m.id == key)
    return None


def _somebody(asking: SetupAnswer, fields: dict[str, Any]) -> Member:
    name = " ".join(_NAME.read(asking.written).split())
    members = asking.roster.members
    return Member.model_validate(
        {"id": "", "name": name, "rank": len(members), "language": asking.roster.facility.language, **fields}
    )


def _hold_together(roster: Roster, after: Member) -> None:
    """Refuse deputies of themselves or in a circle, as a workbook would."""
    before = set(flaws(roster.members))
    for flaw in flaws(after if m.id == after.id else m for m in roster.members):
        if flaw not in before:
            raise Unreadable(flaw.what)


def staff(asking: SetupAnswer) -> SetupEntry:
    """Name somebody to be invited in a role."""
    role = asking.subject
    if role not in ROLE and role != "deputy":
        raise Unreadable(say("setup.choose_role"))
    if _known(asking) is not None:
        raise Unreadable(say("setup.registered_already", written=asking.written))
    holds = {"stands_in_for": ("director",)} if role == "deputy" else {"roles": (role,)}
    return SetupEntry(invite=_somebody(asking, holds), role=role)
