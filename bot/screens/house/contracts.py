"""How contracts are shown in the chat: with whom, for what, until when, what was agreed; and what may be entered of them."""

from __future__ import annotations

from typing import get_args

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.labels import button
from bot.screens.requests.contacts import AddContract, AskContract, ContractField, SetRenewal, ShowContact, ShowContract
from bot.screens.scene import Scene, SceneOf, Screen, rows, shorten, shows
from contacts.model import Contact, Contract
from contacts.readiness.ledger import shares_of
from contacts.written.hours import write_hours
from flows.commands.people import DropQuestion
from flows.messages.contacts import AskContractField, AskNewContract, ContractShown, ContractsShown, ContractUnread
from flows.powers import KEEPERS
from flows.record.journal import FACILITY
from playbooks.texts import wording

LONGEST = 40
"""Signs of a vendor's name on a button."""


def _running(scene: Scene) -> list[Contract]:
    return [c for c in scene.context.roster.contracts if not c.ended(scene.context.today)]


@shows
def contracts(scene: SceneOf[ContractsShown]) -> Screen:
    """List the contracts that run, that which ends first before the others; those who keep the registry may add one."""
    roster, today = scene.context.roster, scene.context.today
    running = sorted(_running(scene), key=lambda c: (c.runs_out(today) is None, c.runs_out(today) or today))
    listed = [_line(scene, contract) for contract in running]
    buttons = [Button(c.name, data_of(ShowContract(c.id))) for c in running]
    without = [c for c in roster.vendors() if c.id not in {one.vendor for one in running}]
    if scene.may(KEEPERS):
        buttons += [button(scene, AddContract(c.id), name=shorten(c.name, LONGEST)) for c in without]
    names = scene.words.joined(c.name for c in without)
    return Screen(scene.words.say("contracts", listed=listed, without=names), rows(*buttons))


def _line(scene: Scene, contract: Contract) -> str:
    vendor = scene.context.roster.contact(contract.vendor)
    end = contract.runs_out(scene.context.today)
    return scene.words.say("contracts.line", name=contract.name, vendor=vendor.name if vendor else "", end=end or "")


@shows
def contract(scene: SceneOf[ContractShown]) -> Screen:
    """Say all of one contract: numbers and hours, term, what was agreed, who does what; and what may be entered."""
    roster, today, words = scene.context.roster, scene.context.today, scene.words
    found = next((c for c in roster.contracts if c.id == scene.message.contract), None)
    if found is None:
        return Screen(words.say("contacts.none"))
    vendor = roster.contact(found.vendor)
    text = words.say(
        "contract",
        name=found.name,
        vendor=vendor.name if vendor else "",
        number=(vendor.number or "") if vendor else "",
        hours=_hours(vendor),
        systems=words.joined(s.name for s in roster.systems if s.id in found.systems),
        end=found.runs_out(today) or "",
        auto=found.auto_renewal,
        notice=found.notice_by(today) or "",
        clause=found.emergency_clause or "",
        notification=found.notification or "",
        data_return=found.data_return or "",
        shares=len(shares_of(roster, vendor)) if vendor else 0,
        note=found.note or "",
    )
    card = button(scene, ShowContact(vendor.id)) if vendor else None
    return Screen(text, (*rows(card), *(_ways(scene, found) if scene.may(KEEPERS) else ())))


def _ways(scene: Scene, contract: Contract) -> tuple[tuple[Button, ...], ...]:
    fields = [button(scene, AskContract(contract.id, field)) for field in get_args(ContractField)]
    wish = SetRenewal(contract.id, "no" if contract.auto_renewal else "yes")
    return rows(*fields, button(scene, wish), width=2)


def _hours(vendor: Contact | None) -> str:
    if vendor is None:
        return ""
    return vendor.hours or write_hours(vendor.open_hours)


@shows
def asked(scene: SceneOf[AskContractField | AskNewContract]) -> Screen:
    """Ask for one thing of a contract, with a way out."""
    roster, message = scene.context.roster, scene.message
    if isinstance(message, AskContractField):
        name = next((c.name for c in roster.contracts if c.id == message.contract), "")
        text = scene.words.say(f"ask_contract_field.{message.field}", name=name)
    else:
        vendor = roster.contact(message.contact)
        text = scene.words.say("ask_new_contract", name=vendor.name if vendor else "")
    return Screen(text, rows(button(scene, DropQuestion(FACILITY))), wants_text=True)


@shows
def unread(scene: SceneOf[ContractUnread]) -> Screen:
    """Say what is wrong with what was written; the question stays."""
    reason = wording(scene.message.reason).in_language(scene.words.language)
    return Screen(scene.words.say("contract_unread", reason=reason), rows(button(scene, DropQuestion(FACILITY))))
