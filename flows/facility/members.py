"""The members: invited, enrolled, changed, asked, shut out. Values go to the registry, names of fields to the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from contacts.model import Member
from contacts.registry import BOARD_LINK, PAGE_LINK, PAGE_SESSION, Rows, page_address
from flows.commands.clock import Due
from flows.commands.facility import (
    AskMember,
    ChangeMember,
    Enrol,
    EnterPage,
    EraseMember,
    ForgetPages,
    Invite,
    LeavePage,
    MarkReachable,
    MarkUnreachable,
    OfferBoard,
    OfferPage,
    SeatAtTerminal,
    Suspend,
)
from flows.commands.people import DropQuestion
from flows.events.facility import (
    BoardOffered,
    MemberChanged,
    MemberEnrolled,
    MemberInvited,
    MemberReachable,
    MemberSuspended,
    MemberUnreachable,
    PageEntered,
    PageLeft,
    PageOffered,
)
from flows.events.working import Asked, AskingDropped
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.calling import BoardLink
from flows.messages.members import (
    Enrolled,
    InvitationMade,
    NewPhone,
    PageLink,
    PageOpened,
    PagesClosed,
    PhoneReplaced,
    Suspended,
    Welcome,
)
from flows.messages.message import message_of
from flows.powers import CONSOLE
from flows.record.journal import AT_ONCE, FACILITY, NEXT, Owed
from flows.refusals import Refused
from flows.scene.circle import delicate
from flows.state.work import Context

Put = tuple[str, str, str | None]
"""A row: its kind, its key and its JSON text, or None to take it away."""


@settles
def invite(matter: Matter, command: Invite) -> Settlement:
    """Make an invitation, and enter the member if they are new; those that they were given before open nothing any more."""
    actor = matter.actor
    known = matter.rows("member")
    member = command.member
    if not member.id:
        member = member.model_copy(update={"id": f"m{len(known) + 1}"})
    elif member.id not in known:
        raise Refused("stale")
    member = member.model_copy(update={"status": "active", "channels": ()})
    invitation = {
        "member": member.id,
        "role": command.role,
        "expires": command.expires.isoformat(),
        "used": False,
        "by": actor,
    }
    worthless = (
        ("invitation", code, json.dumps({**older, "used": True}))
        for code, older in _open_invitations(matter.rows, member.id)
    )
    return Settlement(
        [MemberInvited(member.id, command.role, command.code, command.expires.isoformat())],
        [
            ("member", member.id, member.model_dump_json()),
            *worthless,
            ("invitation", command.code, json.dumps(invitation)),
        ],
        [Owed(actor, InvitationMade(member.id, **command.shown), priority=AT_ONCE)] if command.shown else [],
    )


@settles
def enrol(matter: Matter, command: Enrol) -> Settlement:
    """Let whoever has the code of an invitation in, once.

    A new phone in place of an old one is told to the old one and to those who decide, since a code in wrong hands would
    bring one, too.
    """
    value = matter.rows("invitation").get(command.code)
    if value is None:
        raise Refused("code_unknown")
    invitation = json.loads(value)
    if invitation["used"]:
        raise Refused("code_used")
    if datetime.fromisoformat(invitation["expires"]) <= matter.now:
        raise Refused("code_expired")
    addresses = {a: json.loads(v) for a, v in matter.rows("address").items()}
    member = invitation["member"]
    if command.address in addresses and addresses[command.address]["member"] != member:
        raise Refused("already_enrolled")
    channel = command.address.partition(":")[0]
    old = [
        a
        for a, v in addresses.items()
        if v["member"] == member and a.partition(":")[0] == channel and a != command.address
    ]
    by = invitation["by"]
    chain = [m.id for m in matter.context.chain()] if matter.context is not None else []
    told = dict.fromkeys(m for m in (by, *(chain if old else ())) if m not in {CONSOLE, member})
    came = NewPhone(member) if old else Enrolled(member)
    return Settlement(
        [MemberEnrolled(member, command.code)],
        [
            ("address", command.address, json.dumps({"member": member, "reachable": True})),
            ("invitation", command.code, json.dumps({**invitation, "used": True})),
            *(("address", a, None) for a in old),
        ],
        [
            Owed(member, Welcome(invitation["role"]), priority=AT_ONCE),
            *(Owed(d, came, priority=AT_ONCE if old else 5) for d in told),
            *(Owed(a, PhoneReplaced(), priority=AT_ONCE) for a in old),
        ],
    )


@settles
def seat(_: Matter, command: SeatAtTerminal) -> Settlement:
    """Let a member act from the terminal."""
    seated = json.dumps({"member": command.member, "reachable": True})
    return Settlement([MemberEnrolled(command.member, "")], [("address", command.address, seated)])


@settles
def offer_page(matter: Matter, command: OfferPage) -> Settlement:
    """Make a link to the page; of those that a member was given before, none opens anything any more."""
    if _known(matter.rows, command.member).status != "active":
        raise Refused("stale")
    link = {"member": command.member, "expires": command.expires.isoformat()}
    return Settlement(
        [PageOffered(command.member, command.expires.isoformat())],
        [*_taken(matter.rows, PAGE_LINK, command.member), (PAGE_LINK, command.code, json.dumps(link))],
        [Owed(command.to, PageLink(**command.shown), priority=AT_ONCE)] if command.shown else [],
    )


@settles
def enter_page(matter: Matter, command: EnterPage) -> Settlement:
    """Let a browser in by a link, once, and tell its member's other addresses; whatever fails reads the same outside."""
    rows = matter.rows
    link = json.loads(rows(PAGE_LINK).get(command.code) or "null")
    if link is None or datetime.fromisoformat(link["expires"]) <= matter.now:
        raise Refused("code_unknown")
    member = _known(rows, link["member"])
    if member.status != "active":
        raise Refused("code_unknown")
    others = [a for a, v in rows("address").items() if json.loads(v)["member"] == member.id]
    page = page_address(member.id)
    session = {"member": member.id, "expires": command.expires.isoformat()}
    told = [Owed(a, PageOpened(), priority=NEXT) for a in others if a != page]
    first = Owed(
        page, Welcome(next(iter(member.roles), "deputy" if member.stands_in_for else "staff")), priority=AT_ONCE
    )
    return Settlement(
        [PageEntered(member.id, command.expires.isoformat())],
        [
            (PAGE_LINK, command.code, None),
            (PAGE_SESSION, command.session, json.dumps(session)),
            *([("address", page, json.dumps({"member": member.id, "reachable": True}))] if page not in others else []),
        ],
        told if others else [first],
    )


@settles
def offer_board(matter: Matter, command: OfferBoard) -> Settlement:
    """Make a link to the board of a run; what only a few may know of has none, and links that were made before show nothing any more."""
    run = matter.here.runs.get(command.of)
    if run is None or delicate(run, matter.here):
        raise Refused("stale")
    rows = {key: json.loads(value) for key, value in matter.rows(BOARD_LINK).items()}
    before = [key for key, value in rows.items() if value["run"] == run.id]
    link = {
        "run": run.id,
        "member": matter.actor,
        "expires": command.expires.isoformat(),
        "texts": command.texts,
    }
    return Settlement(
        [BoardOffered(run.id, command.expires.isoformat(), command.texts)],
        [*((BOARD_LINK, key, None) for key in before), (BOARD_LINK, command.code, json.dumps(link))],
        [Owed(command.to, BoardLink(**command.shown), run.id, priority=AT_ONCE)] if command.shown else [],
    )


def pages_due(rows: Rows, context: Context) -> Iterator[Due]:
    """Give the order to take away links and browsers whose time is over, if there are any."""
    if over := list(_over(rows, context.now)):
        yield Due(context.now, f"clock:pages:{over[0][1]}", ForgetPages(FACILITY))


@settles
def forget_pages(matter: Matter, _: ForgetPages) -> Settlement:
    """Take away what lets nobody in any more; once somebody has no browser left, nothing is sent to their page."""
    over = list(_over(matter.rows, matter.now))
    gone = {key for kind, key, _ in over if kind == PAGE_SESSION}
    browsers = {key: json.loads(value)["member"] for key, value in matter.rows(PAGE_SESSION).items()}
    left = {member for key, member in browsers.items() if key not in gone}
    shut = dict.fromkeys(page_address(browsers[key]) for key in gone if browsers[key] not in left)
    return Settlement([], [*over, *(("address", at, None) for at in shut if at in matter.rows("address"))])


def _over(rows: Rows, now: datetime) -> Iterator[Put]:
    """Give what takes away links and browsers whose time is over."""
    for kind in (PAGE_LINK, PAGE_SESSION, BOARD_LINK):
        for key, value in rows(kind).items():
            if datetime.fromisoformat(json.loads(value)["expires"]) <= now:
                yield kind, key, None


@settles
def leave_page(matter: Matter, command: LeavePage) -> Settlement:
    """Sign a browser out, or all; once none is left, nothing is sent to the page any more."""
    rows = matter.rows
    if not command.session:
        puts = shut_page(rows, command.member)
        told = [Owed(command.member, PagesClosed(), priority=AT_ONCE)] if matter.actor != CONSOLE else []
        return Settlement([PageLeft(command.member, all=True)] if puts else [], puts, told)
    mine = [key for _, key, _ in _taken(rows, PAGE_SESSION, command.member)]
    if command.session not in mine:
        raise Refused("stale")
    puts = shut_page(rows, command.member) if len(mine) == 1 else [(PAGE_SESSION, command.session, None)]
    return Settlement([PageLeft(command.member)], puts)


def shut_page(rows: Rows, member: str) -> list[Put]:
    """Take away all by which a member is let in to the page, links to boards that they made, and their address there."""
    held = [put for kind in (PAGE_LINK, PAGE_SESSION, BOARD_LINK) for put in _taken(rows, kind, member)]
    address = page_address(member)
    return [*held, ("address", address, None)] if address in rows("address") else held


def _taken(rows: Rows, kind: str, member: str) -> list[Put]:
    """Give what takes a member's rows of a kind away."""
    return [(kind, key, None) for key, value in rows(kind).items() if json.loads(value)["member"] == member]


def _known(rows: Rows, member: str) -> Member:
    value = rows("member").get(member)
    if value is None:
        raise Refused("stale")
    return Member.model_validate_json(value)


@settles
def change(matter: Matter, command: ChangeMember) -> Settlement:
    """Change what is known of a member."""
    before = _known(matter.rows, command.member)
    after = Member.model_validate({**before.model_dump(), **dict(command.fields)})
    changed = tuple(sorted(name for name in Member.model_fields if getattr(before, name) != getattr(after, name)))
    if not changed:
        return Settlement()
    return Settlement([MemberChanged(after.id, changed)], [("member", after.id, after.model_dump_json())])


@settles
def suspend(matter: Matter, command: Suspend) -> Settlement:
    """Shut a member out: their addresses and their invitations are worth nothing any more."""
    rows, actor = matter.rows, matter.actor
    member = _known(rows, command.member)
    addresses = [a for a, v in rows("address").items() if json.loads(v)["member"] == member.id]
    return Settlement(
        [MemberSuspended(member.id)],
        [
            ("member", member.id, member.model_copy(update={"status": "suspended"}).model_dump_json()),
            *(("address", a, None) for a in addresses),
            *(row for row in shut_page(rows, member.id) if row[0] != "address"),
            *(
                ("invitation", code, json.dumps({**open_one, "used": True}))
                for code, open_one in _open_invitations(rows, member.id)
            ),
        ],
        [Owed(actor, Suspended(member.id), priority=AT_ONCE)] if actor != CONSOLE else [],
    )


@settles
def erase(matter: Matter, command: EraseMember) -> Settlement:
    """Forget who somebody was; Refused(``still_here``) as long as they may come in."""
    member = _known(matter.rows, command.member)
    if member.status == "active":
        raise Refused("still_here", member=member.id)
    theirs = {
        (row.kind, row.key)
        for row in matter.history()
        if row.kind in {"address", "invitation", PAGE_LINK, PAGE_SESSION}
        and json.loads(row.value)["member"] == member.id
    }
    blank = Member(id=member.id, name=command.called, status="left", rank=member.rank)
    changed = tuple(sorted(n for n in Member.model_fields if getattr(member, n) != getattr(blank, n)))
    return Settlement(
        [MemberChanged(member.id, changed)] if changed else [],
        [
            ("member", member.id, blank.model_dump_json()),
            *((kind, key, None) for kind, key in sorted(theirs) if key in matter.rows(kind)),
        ],
        erased=(("member", member.id), *sorted(theirs)),
    )


@settles
def mark_unreachable(matter: Matter, command: MarkUnreachable) -> Settlement:
    """Note that messages to a member don't get through."""
    marked = _marked(matter.rows, command.member, command.channel, reachable=False)
    return Settlement([MemberUnreachable(command.member, command.channel)] if marked else [], marked)


@settles
def mark_reachable(matter: Matter, command: MarkReachable) -> Settlement:
    """Note that a member wrote again."""
    marked = _marked(matter.rows, command.member, command.channel, reachable=True)
    return Settlement([MemberReachable(command.member, command.channel)] if marked else [], marked)


def _open_invitations(rows: Rows, member: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the invitations of a member that nobody has used, by code."""
    for code, value in rows("invitation").items():
        invitation: dict[str, Any] = json.loads(value)
        if invitation["member"] == member and not invitation["used"]:
            yield code, invitation


def _marked(rows: Rows, member: str, channel: str, *, reachable: bool) -> list[tuple[str, str, str | None]]:
    """Give the rows of a member's addresses that are marked otherwise so far."""
    held = {a: json.loads(v) for a, v in rows("address").items() if a.partition(":")[0] == channel}
    mine = (a for a, v in held.items() if v["member"] == member and v["reachable"] != reachable)
    return [("address", a, json.dumps({"member": member, "reachable": reachable})) for a in mine]


@settles
def ask(matter: Matter, command: AskMember) -> Settlement:
    """Wait for what the actor writes."""
    data = {**command.about, "turn": matter.house.turns + 1}
    return Settlement(
        [Asked(matter.actor, command.what, dict(command.about))],
        owed=[Owed(matter.actor, message_of(f"ask_{command.what}", data), key=command.key, priority=AT_ONCE)],
    )


@settles
def drop_question(matter: Matter, _: DropQuestion) -> Settlement:
    """Wait no longer for what the actor was asked."""
    return Settlement([AskingDropped(matter.actor)] if matter.actor in matter.house.waiting_for else [])
