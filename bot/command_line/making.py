"""``init`` and ``invite``: a home, and who may come in."""

from __future__ import annotations

from pathlib import Path

import click
import segno

from bot.clock import SystemClock
from bot.command_line.ending import PROBLEMS, give_up, say, say_json
from bot.command_line.options import a_name, as_json, home_option
from bot.home import Home, NoHome, make_home
from bot.invitations import INVITABLE, Invitation, member_with, role_named
from bot.opening import open_home
from bot.store.trouble import StorageTrouble
from contacts.model import Facility
from flows.facility.settling import CONSOLE
from flows.refusals import Refused
from playbooks.model import FACILITY_KINDS
from playbooks.texts import LANGUAGES


@click.command()
@click.argument("home", type=click.Path(path_type=Path))
@click.option("--facility", required=True, callback=a_name, help="施設名 / the institution's name")
@click.option("--kind", type=click.Choice(FACILITY_KINDS), required=True, help="施設の種類 / what it is")
@click.option("--director", required=True, callback=a_name, help="院長・管理者の名前 / the director's name")
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="ja", show_default=True, help="はじめの言語 / first language"
)
@click.option("--yes", is_flag=True, help="確認しない / don't ask")
@as_json
def init(home: Path, facility: str, kind: str, director: str, language: str, yes: bool, json: bool) -> None:
    """Make a home for one facility, and the director's invitation."""
    if not (yes or json) and home.exists() and any(home.iterdir()):
        click.confirm(f"{home} にはファイルがあります。続けますか？ / {home} is not empty. Go on?", abort=True)
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
    say(f"{facility} の準備ができました（{home}）。 / The home of {facility} is ready.")
    show_invitation(invitation, director, None)


@click.command()
@home_option
@click.option("--role", required=True, help=f"役割 / role: {', '.join(INVITABLE)}")
@click.option("--name", required=True, callback=a_name, help="名前 / name")
@as_json
def invite(home: Path, role: str, name: str, json: bool) -> None:
    """Make another invitation; for a member of that name, a new one in place of the old phone."""
    wanted = role_named(role)
    if wanted is None:
        give_up(f"「{role}」という役割はありません / there is no role {role!r}. ({', '.join(INVITABLE)})")
    opened = open_or_end(home)
    clock = SystemClock()
    engine = opened.engine
    roster = engine.roster()
    known = next((m for m in roster.members if m.name == name and m.status != "left"), None)
    person = known or member_with(wanted, name, roster.facility.language, rank=len(roster.members))
    try:
        invitation = Invitation.make(
            engine, person, wanted, actor=CONSOLE, now=clock.now(), days=opened.settings.invitations.days,
            cause=f"console:invite:{engine.journal.head().seq}",
        )  # fmt: skip
    except Refused as refusal:
        give_up(refusal.name, PROBLEMS)
    finally:
        opened.close()
    if json:
        found = {"member": invitation.member, "expires": invitation.expires.isoformat()}
        say_json({"invite": {"role": invitation.role, "code": invitation.code, **found}})
    else:
        show_invitation(invitation, name, None)


def open_or_end(home: Path) -> Home:
    """Open a home, or end with the sentence that says why not."""
    try:
        return open_home(home, SystemClock().now())
    except NoHome as problem:
        give_up(str(problem), PROBLEMS)
    except StorageTrouble as trouble:
        give_up(
            f"{home} の記録に書き込めません（{trouble}）。 / The journal in {home} can't be written now ({trouble}).",
            PROBLEMS,
        )


def show_invitation(invitation: Invitation, name: str, bot_name: str | None) -> None:
    """Print an invitation: the line to send, and once the bot's name is known the link and its QR code."""
    say(f"\n{name} さんへの招待（1回だけ、{invitation.expires:%Y-%m-%d} まで） / invitation, once, until then:")
    say(f"  Telegram でボットを開いて送る / open the bot and send:  /start {invitation.code}")
    link = invitation.link(bot_name)
    if link:
        say(f"  {link}\n")
        segno.make(link).terminal(compact=True)
