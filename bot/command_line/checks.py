"""What is wrong or missing in a home, in sentences that say what to do."""

from __future__ import annotations

import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from ipaddress import ip_address

from bot.channels.channel import Undelivered
from bot.channels.telegram.telegram import TokenRefused, who_am_i
from bot.home import Home
from bot.settings import Secrets
from bot.store.verifying import verify_home
from contacts.registry import members_with_address
from contacts.roster import Roster, held_roles

LEAST_DISK = 500 * 1024 * 1024
"""Bytes that should be free: photos of a long incident and a set-aside journal have to fit."""


@dataclass(frozen=True)
class Finding:
    """One thing to do; ``serious`` ones would hurt in an incident today."""

    what: str
    serious: bool = True


async def check_home(home: Home, secrets: Secrets) -> list[Finding]:
    """Look at everything and give all findings, the serious ones first."""
    found = [*_files(home), *_people(home), *_contacts(home.engine.roster()), *_machine(home)]
    found += [f async for f in _telegram(secrets)]
    return sorted(found, key=lambda f: not f.serious)


def _files(home: Home) -> Iterator[Finding]:
    for problem in home.problems:
        yield Finding(str(problem))
    for finding in verify_home(home.path).findings:
        yield Finding(
            f"記録に書き換えの跡: {finding.seq or ''} {finding.kind} {finding.detail} / the journal was altered"
        )
    for kept in home.journal.unhandled.all():
        yield Finding(
            f"処理できなかった操作が残っています（{kept.at:%Y-%m-%d %H:%M}、{kept.cause}） / an act that could not be handled"
        )


def _people(home: Home) -> Iterator[Finding]:
    roster = home.engine.roster()
    held = held_roles(m for m in roster.members if m.status == "active")
    deputies = [m for m in roster.active() if "director" in m.stands_in_for]
    if not deputies:
        yield Finding(
            "院長の代行者がいません。/invite で代行者を招待してください。 / nobody stands in for the director: invite a deputy."
        )
    if "safety_manager" not in held:
        yield Finding("安全管理責任者が決まっていません。 / nobody is the safety manager.", serious=False)
    enrolled = members_with_address(home.journal.registry)
    for member in roster.active():
        if member.id not in enrolled:
            yield Finding(
                f"{member.name}さんは、まだ登録していません。 / {member.name} has not enrolled yet.", serious=False
            )
        elif not member.channels:
            yield Finding(
                f"{member.name}さんに連絡がつきません。招待し直してください。 / {member.name} can't be reached; invite anew."
            )


def _contacts(roster: Roster) -> Iterator[Finding]:
    for contact in roster.contacts:
        if not contact.number:
            yield Finding(f"{contact.name}の電話番号がありません。 / no number for {contact.name}.", serious=False)
        elif contact.verified_on is None:
            yield Finding(
                f"{contact.name}の番号を、まだ誰も確かめていません。 / nobody has verified {contact.name}.",
                serious=False,
            )
    for piece in (e for e in roster.equipment if e.works is False):
        yield Finding(
            f"「{piece.name}」が使えません。直すか、取り替えてください。 / {piece.name} does not work: mend or replace it."
        )
    if not any(c.kind == "vendor" for c in roster.contacts):
        yield Finding("事業者（電子カルテなど）の連絡先がありません。 / no vendor is entered.", serious=False)


def _machine(home: Home) -> Iterator[Finding]:
    free = shutil.disk_usage(home.path).free
    if free < LEAST_DISK:
        yield Finding(
            f"ディスクの空きが {free // 2**20} MB しかありません。 / only {free // 2**20} MB of disk are free."
        )
    outside = home.settings.host.outside_facility
    if outside is False or (outside is None and _in_private_network()):
        yield Finding(
            "ボットが院内のネットワークで動いているようです。封じ込めで回線を切ると、ボットも止まります。院外のサーバーか、"
            "携帯回線の機器で動かしてください（確かめたら settings.toml の [host] outside_facility = true）。 / "
            "The bot seems to run inside the network that containment will cut. Run it outside, or on a mobile line."
        )


def _in_private_network() -> bool:
    """Say whether this machine has a private address; choosing a route for UDP sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return ip_address(probe.getsockname()[0]).is_private
        except OSError:
            return False


async def _telegram(secrets: Secrets) -> AsyncIterator[Finding]:
    if secrets.token is None:
        yield Finding("TELEGRAM_BOT_TOKEN がありません。 / TELEGRAM_BOT_TOKEN is not set.")
        return
    try:
        await who_am_i(secrets.token, secrets.telegram_api_url)
    except TokenRefused:
        yield Finding(
            "Telegramがトークンを受け付けません。@BotFather でコピーし直してください。 / Telegram refuses the token."
        )
    except Undelivered as failure:
        yield Finding(f"Telegramにつながりません（{failure.why}）。 / Telegram can't be reached ({failure.why}).")
