"""Whom a text names, and to whom it speaks: words about somebody are no words to them."""

from __future__ import annotations

from contacts.model import Member
from playbooks.wants.orders import orders


def is_said_to(text: str, member: Member) -> bool:
    """Say whether a text asks something of a member whom it calls by name, or calls them to what somebody else does."""
    called, roles = _names_of(member), _roles_of(member)
    ordered = not {*called, *roles}.isdisjoint(orders().told(text, called))
    return ordered or orders().calls(text, called, roles)


def is_said_of(text: str, member: Member) -> bool:
    """Say whether a text names a member, or the role that they have, and says more than that, and not to them."""
    called = _names_of(member)
    if text in (member.name, *called):
        return False
    return orders().names(text, called, _roles_of(member)) and not is_said_to(text, member)


def _names_of(member: Member) -> tuple[str, ...]:
    return tuple(name for name in member.name.split() if name)


def _roles_of(member: Member) -> tuple[str, ...]:
    return (*member.roles, *(("deputy",) if member.stands_in_for else ()))
