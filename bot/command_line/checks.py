"""What is wrong or missing in a home, in sentences that say what to do."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from bot.bundle.findings import finding_in_words
from bot.channels.channel import Undelivered
from bot.channels.fallback import is_installed
from bot.channels.telegram.telegram import TokenRefused, ahead_of_telegram
from bot.home import Home
from bot.page_links import site_of
from bot.phrasing import in_all, phrase
from bot.settings import Secrets, fallback_urls, heartbeat_url, keeper_urls
from bot.store.verifying import verify_home
from bot.tending.heartbeat import last_beats
from bot.tending.proof.time_stamping import last_asked
from bot.tending.right_time import OFF
from bot.tending.room import LEAST_DISK
from contacts.registry import members_with_address
from contacts.roster import Roster, held_roles
from flows.handbook import COMMAND
from flows.powers import CONSOLE
from flows.retention.due import holding
from flows.state.backups import wanting
from playbooks.frozen import frozen

BEATS_MISSED = 3
"""So many beats may be missing before it is said."""


@frozen
class CheckResult:
    """One thing to do; ``serious`` ones would hurt in an incident today."""

    what: str
    serious: bool = True


def _found(key: str, *, serious: bool = True, **facts: object) -> CheckResult:
    return CheckResult(in_all(phrase(f"checks.{key}", **facts)), serious)


async def check_home(home: Home, secrets: Secrets, now: datetime) -> list[CheckResult]:
    """Look at everything and give all findings, the serious ones first."""
    found = [*_files(home), *_modes(home), *_backups(home, now), *_people(home)]
    found += [*_contacts(home.engine.roster()), *_machine(home), *_retention(home, now)]
    found += _page(home, secrets)
    found += [*_heartbeat(home, secrets, now), *_elsewhere(home, secrets), *_time_stamps(home)]
    found += [f async for f in _telegram(secrets, lambda: now)]
    return sorted(found, key=lambda f: not f.serious)


def _page(home: Home, secrets: Secrets) -> Iterator[CheckResult]:
    """Say where the page is to be seen from outside and isn't: without a key it stays on the machine."""
    site = site_of(home.settings.page, secrets)
    if site is not None and not site.public and home.settings.page.public is not None:
        yield _found("page_without_key", address=home.settings.page.public)


def _files(home: Home) -> Iterator[CheckResult]:
    for problem in home.problems:
        yield CheckResult(str(problem))
    report = verify_home(home.path)
    for finding in report.findings:
        yield _found("altered", where=finding_in_words(finding))
    for finding in report.earlier:
        yield CheckResult(in_all(finding_in_words(finding)), serious=False)
    for kept in home.journal.unhandled.all():
        yield _found("unhandled", at=kept.at, cause=kept.cause)


def _modes(home: Home) -> Iterator[CheckResult]:
    """Name what other users of the machine could read, where the system says so (not on Windows)."""
    if os.name == "nt":
        return
    open_to_others = [path for path in (home.path, *home.path.rglob("*")) if path.lstat().st_mode & 0o077]
    if open_to_others:
        first = ", ".join(str(path.relative_to(home.path)) for path in open_to_others[:3])
        yield _found("modes", count=len(open_to_others), first=first, path=home.path)


def _backups(home: Home, now: datetime) -> Iterator[CheckResult]:
    """Say when the last good backup was made, if something is wrong with it; one that never was is for later days."""
    plan = home.settings.backup
    if plan.folder and not Path(plan.folder).expanduser().is_dir():
        yield _found("backup_folder_gone", folder=plan.folder)
    elif not plan.folder and not plan.chat:
        yield _found("no_backup_folder", serious=False)
    backups, roster = home.engine.house.backups, home.engine.roster()
    wrong = wanting(backups, roster.facility, now)
    if wrong is not None:
        yield CheckResult(in_all(wrong.text), serious=wrong.key not in {"never", "no_key", "untried"})
    elif backups.made_at is not None:
        made = roster.facility.local(backups.made_at)
        yield _found("backed_up", made=made, serious=False)


def _retention(home: Home, now: datetime) -> Iterator[CheckResult]:
    """Say that nobody has said how long evidence is kept, where there is some; and what was to go and hasn't."""
    context = home.engine.context(now, CONSOLE)
    kept = [one for run in context.runs.values() if (one := holding(run, context)) is not None and one.files]
    unsaid = [one for one in kept if one.until is None]
    if unsaid:
        yield _found("no_retention", count=len(unsaid), serious=False)
    for run in context.runs.values():
        if any(not one.erased for one in run.disposals.values()):
            yield _found("not_erased", run=run.id)


def _people(home: Home) -> Iterator[CheckResult]:
    roster = home.engine.roster()
    held = held_roles(m for m in roster.members if m.status == "active")
    deputies = [m for m in roster.active() if "director" in m.stands_in_for]
    if not deputies:
        yield _found("no_deputy")
    pace = home.engine.handbook.pace
    if pace.command is not None and pace.command > COMMAND["urgent"]:
        yield _found("slow_command", minutes=pace.command, urgent=COMMAND["urgent"], serious=False)
    if "safety_manager" not in held:
        yield _found("no_safety_manager", serious=False)
    enrolled = members_with_address(home.journal.registry)
    for member in roster.active():
        if member.id not in enrolled:
            yield _found("not_enrolled", name=member.name, serious=False)
        elif not member.channels:
            yield _found("unreached", name=member.name)


def _contacts(roster: Roster) -> Iterator[CheckResult]:
    for contact in roster.contacts:
        if not contact.number:
            yield _found("no_number", name=contact.name, serious=False)
        elif contact.verified_on is None:
            yield _found("unverified", name=contact.name, serious=False)
    for piece in (e for e in roster.equipment if e.works is False):
        yield _found("broken", name=piece.name)
    if not roster.vendors():
        yield _found("no_vendor", serious=False)


def _machine(home: Home) -> Iterator[CheckResult]:
    free = shutil.disk_usage(home.path).free
    if free < LEAST_DISK:
        yield _found("disk", free=free // 2**20)
    outside = home.settings.host.outside_facility
    if outside is False or (outside is None and _in_private_network()):
        yield _found("inside")


def _in_private_network() -> bool:
    """Say whether this machine has a private address; choosing a route for UDP sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return ip_address(probe.getsockname()[0]).is_private
        except OSError:
            return False


def _heartbeat(home: Home, secrets: Secrets, now: datetime) -> Iterator[CheckResult]:
    """Say what became of the last beats; without an address there are none, which is nobody's fault."""
    try:
        url = heartbeat_url(home.settings, secrets)
    except ValueError as why:
        yield _found("heartbeat_unusable", why=why)
        return
    if url is None:
        return
    beats, late = last_beats(home.path), timedelta(minutes=home.settings.heartbeat.minutes) * BEATS_MISSED
    arrived = datetime.fromisoformat(beats.arrived_at) if beats.arrived_at else None
    if arrived is None:
        yield _found("heartbeat_never", why=beats.failing or "—")
    elif now - arrived > late:
        at = home.engine.roster().facility.local(arrived)
        yield _found("heartbeat_late", at=at, why=beats.failing or "—")


def _time_stamps(home: Home) -> Iterator[CheckResult]:
    """Say why the newest seal has no time stamp; seals hold without."""
    asked = last_asked(home.path)
    if home.settings.timestamps.url is None or not asked.failing:
        return
    if asked.stamped_at:
        at = home.engine.roster().facility.local(datetime.fromisoformat(asked.stamped_at))
        yield _found("stamp_late", at=at, why=asked.failing, serious=False)
    else:
        yield _found("stamp_never", why=asked.failing, serious=False)


def _elsewhere(home: Home, secrets: Secrets) -> Iterator[CheckResult]:
    """Say why a way round, or one to whoever keeps seals, that is set can't be used."""
    for what, urls_of in (("fallback", fallback_urls), ("keeper", keeper_urls)):
        try:
            urls = urls_of(home.settings, secrets)
        except ValueError as why:
            yield _found(f"{what}_unusable", why=why)
            continue
        if urls and not is_installed():
            yield _found(f"{what}_missing")


async def _telegram(secrets: Secrets, now: Callable[[], datetime]) -> AsyncIterator[CheckResult]:
    if secrets.token is None:
        yield _found("no_token")
        return
    try:
        ahead = await ahead_of_telegram(secrets.token, secrets.telegram_api_url, now)
        if ahead is not None and abs(ahead) >= OFF:
            minutes = round(abs(ahead).total_seconds() / 60)
            yield _found("clock_ahead" if ahead > timedelta() else "clock_behind", minutes=minutes)
    except TokenRefused:
        yield _found("token_refused")
    except Undelivered as failure:
        yield _found("no_telegram", why=failure.why)
