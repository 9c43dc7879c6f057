"""``init`` and ``invite``: a home, and who may come in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import count
from pathlib import Path

import click
import segno

from bot.clock import SystemClock
from bot.command_line.ending import ALTERED, PROBLEMS, give_up, say, say_json
from bot.command_line.options import a_name, a_name_or_none, as_json, home_option, option
from bot.home import Home, NoHome, make_home
from bot.invitations import INVITABLE, Invitation, member_with, role_named
from bot.opening import Altered, open_whole
from bot.page_links import HOLDS_ON_PAPER, Site, offer, offer_board, site_of
from bot.phrasing import in_all, phrase
from bot.settings import Secrets
from bot.store.trouble import StorageTrouble
from contacts.labels import erased
from contacts.model import Facility, Member
from contacts.roster import Roster
from contacts.written.names import MOST_ALIKE, alike
from flows.commands.facility import EraseMember, OfferBoard, OfferPage
from flows.commands.papers import OpenAtMachine
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from flows.refusals import Refused
from flows.scene.circle import delicate
from flows.state.run import Run
from playbooks.model import FACILITY_KINDS
from playbooks.phrasing import Wording
from playbooks.texts import LANGUAGES


@click.command()
@click.argument("home", type=click.Path(path_type=Path))
@option("--facility", required=True, callback=a_name, says="facility")
@option("--kind", type=click.Choice(FACILITY_KINDS), required=True, says="kind")
@option("--director", required=True, callback=a_name, says="director")
@option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, says="first_language")
@option("--yes", is_flag=True, says="yes")
@as_json
def init(home: Path, facility: str, kind: str, director: str, language: str, yes: bool, json: bool) -> None:
    """Make a home for one facility, and the director's invitation."""
    if not (yes or json) and home.exists() and any(home.iterdir()):
        click.confirm(in_all(phrase("making.not_empty", home=home)), abort=True)
    try:
        invitation = make_home(
            home,
            Facility.model_validate({"name": facility, "kind": kind, "language": language}),
            director,
            SystemClock().now(),
        )
    except NoHome as problem:
        give_up(str(problem), PROBLEMS)
    if json:
        say_json(
            {"home": str(home), "facility": facility, "invite": {"role": invitation.role, "code": invitation.code}}
        )
        return
    say(phrase("making.ready", facility=facility, home=home))
    show_invitation(invitation, director, None)


@click.command()
@home_option
@option("--role", required=True, says="role", such_as=", ".join(INVITABLE))
@option("--name", required=True, callback=a_name, says="name")
@option("--another", is_flag=True, says="another")
@as_json
def invite(home: Path, role: str, name: str, another: bool, json: bool) -> None:
    """Make another invitation; for a member of that name, a new one in place of the old phone."""
    wanted = role_named(role)
    if wanted is None:
        give_up(phrase("making.no_role", role=role, roles=", ".join(INVITABLE)))
    opened = open_or_end(home)
    clock = SystemClock()
    engine = opened.engine
    roster = engine.roster()
    here = [m for m in roster.members if m.status != "left"]
    known = None if another else next((m for m in here if m.name == name), None)
    near = alike(name, here)[:MOST_ALIKE]
    if near and known is None and not another:
        opened.close()
        give_up(phrase("making.same_person", name=name, near=tuple(m.name for m in near)))
    person = known or member_with(wanted, name, roster.facility.language, rank=len(roster.members))
    try:
        invitation = Invitation.make(
            engine,
            person,
            wanted,
            actor=CONSOLE,
            now=clock.now(),
            days=opened.settings.invitations.days,
            cause=f"console:invite:{engine.journal.head().seq}",
        )
    except Refused as refusal:
        give_up(refusal.name, PROBLEMS)
    finally:
        opened.close()
    if json:
        found = {"member": invitation.member, "expires": invitation.expires.isoformat()}
        say_json({"invite": {"role": invitation.role, "code": invitation.code, **found}})
    else:
        show_invitation(invitation, name, None)


@click.command()
@home_option
@option("--name", callback=a_name_or_none, says="page_name")
@option("--board", says="page_board")
@option("--texts", is_flag=True, says="page_texts")
@as_json
def page(home: Path, name: str | None, board: str | None, texts: bool, json: bool) -> None:
    """Make a link that opens somebody's page in a browser, once, or the board of a run; and show it as a QR code as well."""
    if (name is None) == (board is None):
        give_up(phrase("page.name_or_board"))
    opened = open_or_end(home)
    now = SystemClock().now()
    try:
        site = site_of(opened.settings.page, Secrets())
        if site is None:
            give_up(phrase("page.off"), PROBLEMS)
        order, link, told = _to_board(opened, site, board, now, texts) if board else _to_page(opened, site, name, now)
        opened.engine.handle(order, actor=CONSOLE, now=now, cause=f"console:page:{opened.journal.head().seq}")
    except Refused:
        give_up(phrase("page.no_board", run=board), PROBLEMS)
    finally:
        opened.close()
    if json:
        say_json({"page": {"link": link, "expires": order.expires.isoformat()}})
        return
    say(f"\n{in_all(told)}\n\n  {link}\n")
    segno.make(link).terminal(compact=True)


def _to_page(opened: Home, site: Site, name: str | None, now: datetime) -> tuple[OfferPage, str, Wording]:
    """Give what lets somebody in, once, their link, and what to say of it."""
    found = [m for m in opened.engine.roster().active() if name in (m.id, m.name)]
    if len(found) != 1:
        give_up(phrase("making.nobody" if not found else "making.several", name=name), PROBLEMS)
    order, link = offer(site, opened.engine, found[0].id, now, HOLDS_ON_PAPER)
    until = opened.engine.roster().facility.local(order.expires)
    return order, link, phrase("page.link_for", name=found[0].name, until=until)


def _to_board(opened: Home, site: Site, run: str, now: datetime, texts: bool) -> tuple[OfferBoard, str, Wording]:
    """Give the same of a run's board."""
    order, link = offer_board(site, opened.engine, run, now, texts=texts)
    until = opened.engine.roster().facility.local(order.expires)
    return order, link, phrase("page.board_link", run=run, until=until)


def _name_of_erased(member: Member, roster: Roster) -> str:
    """Give what stands where the name of somebody stood who is erased: it tells them apart from others who were."""
    taken = {other.name for other in roster.members if other.id != member.id}
    names = (erased(number).in_language(roster.facility.language) for number in count(1))
    return next(name for name in names if name not in taken)


@click.command()
@home_option
@option("--name", required=True, callback=a_name, says="erased_name")
@option("--yes", is_flag=True, says="erase_yes")
@as_json
def erase(home: Path, name: str, yes: bool, json: bool) -> None:
    """Erase somebody who left: name, roles, numbers and phones, also as they were before. The record keeps what they did."""
    opened = open_or_end(home)
    try:
        found = [m for m in opened.engine.roster().members if name in (m.id, m.name)]
        if len(found) != 1:
            give_up(phrase("making.nobody" if not found else "making.several", name=name), PROBLEMS)
        [member] = found
        if member.status == "active":
            give_up(phrase("making.still_here", name=member.name), PROBLEMS)
        if member.status == "suspended" and json and not yes:
            give_up(phrase("making.erase_suspended_json", name=member.name), PROBLEMS)
        if member.status == "suspended" and not yes:
            click.confirm(in_all(phrase("making.erase_suspended", name=member.name)), abort=True)
        if not (yes or json):
            click.confirm(in_all(phrase("making.erase_sure", name=member.name)), abort=True)
        cause = f"console:erase:{member.id}:{opened.journal.head().seq}"
        order = EraseMember(FACILITY, member.id, _name_of_erased(member, opened.engine.roster()))
        opened.engine.handle(order, actor=CONSOLE, now=SystemClock().now(), cause=cause)
        seq = opened.journal.head().seq
    finally:
        opened.close()
    if json:
        say_json({"erased": member.id, "entry": seq})
    else:
        say(phrase("making.erased", id=member.id, seq=seq))


def open_or_end(home: Path, opens: Callable[[Path, datetime], Home] = open_whole) -> Home:
    """Open a home, or end with the sentence that says why not; an altered one is left alone unless ``opens`` mends it."""
    try:
        return opens(home, SystemClock().now())
    except Altered as altered:
        give_up(str(altered), ALTERED)
    except NoHome as problem:
        give_up(str(problem), PROBLEMS)
    except StorageTrouble as trouble:
        give_up(phrase("making.unwritable", home=home, trouble=trouble), PROBLEMS)


def show_invitation(invitation: Invitation, name: str, bot_name: str | None) -> None:
    """Print an invitation: the line to send, and once the bot's name is known the link and its QR code."""
    say(f"\n{in_all(phrase('making.invitation', name=name, until=invitation.expires))}")
    say(f"  {in_all(phrase('making.send'))}  /start {invitation.code}")
    link = invitation.link(bot_name)
    if link:
        say(f"  {link}\n")
        segno.make(link).terminal(compact=True)


def look_into(home: Home, runs: Iterable[Run], what: str, *, agreed: bool, by: str = "") -> None:
    """Let somebody at the machine see what only a few may know of once they say that it is agreed on; the record tells that they did."""
    delicate_ones = [run for run in runs if for_a_few(home, run)]
    if delicate_ones and not agreed:
        agree_or_end(home)
    now = SystemClock().now()
    for run in delicate_ones:
        order = OpenAtMachine(run.id, what, by)
        home.engine.handle(order, actor=CONSOLE, now=now, cause=f"console:{what}:{run.id}:{home.journal.head().seq}")


def agree_or_end(home: Home | None = None) -> None:
    """Ask a person at a terminal whether those who may know of it agreed; end where nobody sits there, or they didn't."""
    asked = sys.stdin.isatty() and sys.stdout.isatty()
    if not (asked and click.confirm(in_all(phrase("records.agreed")))):
        if home is not None:
            home.close()
        give_up(phrase("records.only_a_few"), PROBLEMS)


def for_a_few(home: Home, run: Run) -> bool:
    """Say whether only a few may know of a run: nobody who sits at the machine has said who they are."""
    return delicate(run, home.engine.context(SystemClock().now(), CONSOLE))
