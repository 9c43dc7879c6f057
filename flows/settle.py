"""The facility's own affairs: invitations, enrolment, absences, lost phones. Values go to the registry, names of fields to the journal."""

from __future__ import annotations

import json
from datetime import datetime

from contacts.model import Member
from contacts.registry import Rows
from flows import commands as cmd
from flows import events as ev
from flows.calendar import orders as calendar_orders
from flows.facility import numbers, setting_up, tasks, upkeep
from flows.facility.registering import registered
from flows.facility.settling import CONSOLE, Matter, Settlement, only_chain, only_keepers
from flows.record.journal import Owed
from flows.refusals import Refused
from flows.state.work import Context

OWN_FIELDS = frozenset({"language", "absent_from", "absent_until", "on_call"})
"""What everybody may change about themselves."""


def settle(command: cmd.Command, matter: Matter) -> Settlement:
    """Give what a command about the facility does."""
    house, rows, context, now, actor = matter.house, matter.rows, matter.context, matter.now, matter.actor
    match command:
        case cmd.MakeFacility():
            return _make(command, rows)
        case cmd.Invite():
            return _invite(command, rows, context, actor)
        case cmd.Enrol():
            return _enrol(command, rows, context, now)
        case cmd.SeatAtTerminal():
            seated = json.dumps({"member": command.member, "reachable": True})
            return Settlement([ev.MemberEnrolled(command.member, "")], [("address", command.address, seated)])
        case cmd.ChangeMember():
            return _change(command, rows, context, actor)
        case cmd.Suspend():
            return _suspend(command, rows, context, actor)
        case cmd.MarkUnreachable() | cmd.MarkReachable():
            return _mark(command, rows)
        case cmd.PutRegistry():
            people = any(row.kind in {"member", "facility"} for row in command.rows)
            (only_chain if people else only_keepers)(context, actor)
            return registered(command.rows, matter)
        case cmd.VerifyNumber() | cmd.DoubtNumber() | cmd.EnterNumber():
            return numbers.settle(command, matter)
        case cmd.AskMember():
            return Settlement(
                [ev.Asked(actor, command.what, dict(command.about))],
                owed=[
                    Owed(
                        actor,
                        f"ask_{command.what}",
                        data={**command.about, "turn": house.turns + 1},
                        key=command.key,
                        priority=1,
                    )
                ],
            )
        case cmd.BeginSetup() | cmd.PassSetup() | cmd.TakeWorkbook() | cmd.MoveWorkbook():
            return setting_up.settle(command, matter)
        case cmd.BringUp() | cmd.TakeWallPack():
            return upkeep.settle(command, matter)
        case cmd.OpenTask() | cmd.GiveTask() | cmd.FinishTask() | cmd.VerifyTask() | cmd.DropTask():
            return tasks.settle(command, matter)
        case _ if isinstance(command, cmd.DrillCommand):
            return calendar_orders.settle(command, matter)
        case cmd.DropQuestion():
            return Settlement([ev.AskingDropped(actor)] if actor in house.waiting_for else [])
        case _:
            raise Refused("not_now", state="facility", move=type(command).__name__)


def _make(command: cmd.MakeFacility, rows: Rows) -> Settlement:
    if rows("facility"):
        raise Refused("facility_exists")
    return Settlement(
        [ev.FacilityMade()],
        [
            ("facility", "facility", command.facility.model_dump_json()),
            *(("contact", c.id, c.model_dump_json()) for c in command.contacts),
        ],
    )


def _invite(command: cmd.Invite, rows: Rows, context: Context | None, actor: str) -> Settlement:
    only_chain(context, actor)
    known = rows("member")
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
    return Settlement(
        [ev.MemberInvited(member.id, command.role, command.code, command.expires.isoformat())],
        [("member", member.id, member.model_dump_json()), ("invitation", command.code, json.dumps(invitation))],
        [Owed(actor, "invited", data={**command.shown, "member": member.id}, priority=1)] if command.shown else [],
    )


def _enrol(command: cmd.Enrol, rows: Rows, context: Context | None, now: datetime) -> Settlement:
    value = rows("invitation").get(command.code)
    if value is None:
        raise Refused("code_unknown")
    invitation = json.loads(value)
    if invitation["used"]:
        raise Refused("code_used")
    if datetime.fromisoformat(invitation["expires"]) <= now:
        raise Refused("code_expired")
    addresses = {a: json.loads(v) for a, v in rows("address").items()}
    member = invitation["member"]
    if command.address in addresses and addresses[command.address]["member"] != member:
        raise Refused("already_enrolled")
    channel = command.address.partition(":")[0]
    old = [
        a
        for a, v in addresses.items()
        if v["member"] == member and a.partition(":")[0] == channel and a != command.address
    ]
    director = [invitation["by"]] if invitation["by"] != CONSOLE else []
    return Settlement(
        [ev.MemberEnrolled(member, command.code)],
        [
            ("address", command.address, json.dumps({"member": member, "reachable": True})),
            ("invitation", command.code, json.dumps({**invitation, "used": True})),
            *(("address", a, None) for a in old),
        ],
        [
            Owed(member, "welcome", data={"role": invitation["role"]}, priority=1),
            *(Owed(d, "enrolled", data={"member": member}) for d in director),
        ],
    )


def _known(rows: Rows, member: str) -> Member:
    value = rows("member").get(member)
    if value is None:
        raise Refused("stale")
    return Member.model_validate_json(value)


def _change(command: cmd.ChangeMember, rows: Rows, context: Context | None, actor: str) -> Settlement:
    if actor != command.member or not set(command.fields) <= OWN_FIELDS:
        only_chain(context, actor)
    before = _known(rows, command.member)
    after = Member.model_validate({**before.model_dump(), **dict(command.fields)})
    changed = tuple(sorted(name for name in Member.model_fields if getattr(before, name) != getattr(after, name)))
    if not changed:
        return Settlement()
    return Settlement([ev.MemberChanged(after.id, changed)], [("member", after.id, after.model_dump_json())])


def _suspend(command: cmd.Suspend, rows: Rows, context: Context | None, actor: str) -> Settlement:
    only_chain(context, actor)
    member = _known(rows, command.member)
    addresses = [a for a, v in rows("address").items() if json.loads(v)["member"] == member.id]
    open_codes = [(c, json.loads(v)) for c, v in rows("invitation").items()]
    return Settlement(
        [ev.MemberSuspended(member.id)],
        [
            ("member", member.id, member.model_copy(update={"status": "suspended"}).model_dump_json()),
            *(("address", a, None) for a in addresses),
            *(("invitation", c, json.dumps({**v, "used": True})) for c, v in open_codes if v["member"] == member.id),
        ],
        [Owed(actor, "suspended", data={"member": member.id}, priority=1)] if actor != CONSOLE else [],
    )


def _mark(command: cmd.MarkUnreachable | cmd.MarkReachable, rows: Rows) -> Settlement:
    reachable = isinstance(command, cmd.MarkReachable)
    held = {a: json.loads(v) for a, v in rows("address").items()}
    mine = [
        a for a, v in held.items()
        if v["member"] == command.member and a.partition(":")[0] == command.channel and v["reachable"] != reachable
    ]  # fmt: skip
    if not mine:
        return Settlement()
    kind = ev.MemberReachable if reachable else ev.MemberUnreachable
    puts: list[tuple[str, str, str | None]] = [
        ("address", a, json.dumps({"member": command.member, "reachable": reachable})) for a in mine
    ]
    return Settlement([kind(command.member, command.channel)], puts)
