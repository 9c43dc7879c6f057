"""Invitations: a code that works once and expires; only its digest is ever kept."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from bot.alphabet import ALPHABET
from contacts.model import Member
from contacts.roles import ELSEWHERE, ROLES
from flows.commands.facility import Invite
from flows.engine import Engine
from flows.events.facility import MemberInvited
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from flows.refusals import Refused
from playbooks.frozen import frozen
from playbooks.model import FacilityKind

LENGTH = 12
"""32 ** 12 codes: about 60 bits, out of reach for guessing within a week."""

ROLE_WORDS = {
    "院長": "director",
    "管理者": "director",
    "代行": "deputy",
    "代行者": "deputy",
    "副院長": "deputy",
    "安全管理責任者": "safety_manager",
    "医師": "doctor",
    "歯科医師": "dentist",
    "薬剤師": "pharmacist",
    "看護師": "nurse",
    "看護": "nurse",
    "歯科衛生士": "hygienist",
    "受付": "reception",
    "事務": "reception",
    "職員": "staff",
}
"""What people call the roles."""

INVITABLE = ("deputy", *ROLES)
"""The roles one can be invited to; ``deputy`` stands in for the director."""


def roles_offered(kind: FacilityKind) -> tuple[str, ...]:
    """Give the roles that are offered at a kind of facility: a clinic is not asked for its dental hygienist."""
    return tuple(role for role in INVITABLE if role not in ELSEWHERE[kind])


def code_digest(code: str) -> str:
    """Give the digest under which a code is kept; case and spaces don't matter."""
    return sha256(code.strip().upper().encode()).hexdigest()


def role_named(written: str) -> str | None:
    """Read a role as people write it, in Japanese or by its English name; None if there is no such role."""
    role = ROLE_WORDS.get(written.strip(), written.strip().lower())
    return role if role in INVITABLE else None


def member_with(role: str, name: str, language: str = "ja", rank: int = 0) -> Member:
    """Describe a new member who holds ``role`` (``deputy``: stands in for the director)."""
    holds = {"stands_in_for": ("director",)} if role == "deputy" else {"roles": (role,)}
    return Member.model_validate({"id": "", "name": name, "language": language, "rank": rank, **holds})


@frozen
class Invitation:
    """A fresh invitation; ``code`` is shown once and never again."""

    role: str
    code: str
    expires: datetime
    member: str

    @classmethod
    def make(
        cls,
        engine: Engine,
        member: Member,
        role: str,
        *,
        actor: str,
        now: datetime,
        days: int,
        cause: str,
        bot_name: str | None = None,
    ) -> Invitation:
        """Invite somebody; Refused if the actor may not. A member who invites is shown the code in the chat."""
        order = invite(engine, member, role, now=now, days=days, bot_name=bot_name)
        code = str(order.shown["code"])
        if actor == CONSOLE:
            order = replace(order, shown={})
        outcome = engine.handle(order, actor=actor, now=now, cause=cause)
        if outcome.repeated:  # its code was shown then and is known to nobody now
            raise Refused("stale")
        invited = next(e for e in outcome.events if isinstance(e, MemberInvited))
        return cls(role, code, order.expires, invited.member)

    def link(self, bot_name: str | None) -> str | None:
        """Give the link that opens the chat with the code filled in; None while the bot's name isn't known."""
        return start_link(bot_name, self.code)


def invite(
    engine: Engine, member: Member, role: str, *, now: datetime, days: int, bot_name: str | None = None
) -> Invite:
    """Give the command that invites somebody, with a fresh code that is shown to whoever gives it."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    expires = now + timedelta(days=days)
    until = engine.roster().facility.local(expires)
    shown = {"code": code, "until": f"{until:%m/%d %H:%M}", "link": start_link(bot_name, code)}
    return Invite(FACILITY, member, role, code_digest(code), expires, shown)


def start_link(bot_name: str | None, code: str) -> str | None:
    """Give the link that opens the bot's chat with a code filled in."""
    return f"https://t.me/{bot_name}?start={code}" if bot_name else None
