"""``run``, ``chat`` and ``demo``: the bot alive."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import click
import structlog
from rich.console import Console

from bot.channels.channel import Channel
from bot.channels.fallback import ByApprise, Fallback, Keeper
from bot.channels.page import Page
from bot.channels.telegram.menu_commands import menu_commands
from bot.channels.telegram.telegram import Telegram, TokenRefused
from bot.channels.terminal import Terminal
from bot.clock import SystemClock
from bot.command_line.backups import alone_at_first
from bot.command_line.ending import FINE, MISUSE, PROBLEMS, end_now, give_up, say
from bot.command_line.making import look_into, open_or_end
from bot.command_line.options import everything_option, home_option, option
from bot.demo.by_hand import by_hand
from bot.demo.on_page import on_page
from bot.demo.papers import BUNDLE, leave_papers, look_through
from bot.demo.play import Play, demo_start, open_demo
from bot.demo.tally import said
from bot.documents.source import Source
from bot.home import Home, HomeTaken
from bot.lamp import Lamp
from bot.logs import log_to_stderr
from bot.opening import open_home
from bot.page_links import Site, site_of, token
from bot.phrasing import in_all, phrase
from bot.settings import PAGE_PORT, Secrets, fallback_urls, heartbeat_url, keeper_urls
from bot.store.trouble import StorageTrouble
from bot.store.verifying import verify_home
from bot.web.home_page import HomePage, application
from bot.web.serving import TRIES, NoPort, free_socket, listen_at, serve
from bot.wiring import light
from bot.words.timeline import timeline
from bot.words.words import Words
from contacts.model import Member
from flows.commands.facility import SeatAtTerminal
from flows.powers import CONSOLE
from flows.record.chain import BrokenChain
from flows.record.journal import FACILITY
from flows.record.lines import line_of
from flows.scene.circle import seen
from playbooks.model import FACILITY_KINDS, FacilityKind
from playbooks.texts import LANGUAGES, Language, everywhere

_log = structlog.get_logger(__name__)

UPLOADS = "uploads"
"""The folder of a home in which lies what was sent to its page, until it is kept elsewhere."""

ENDS_WITHIN = 4.0
"""Seconds after which the process ends whatever still hangs in it: what people did is on disk before they are answered, and
what was in hand is owed again at the next start."""


@click.command()
@home_option
def run(home: Path) -> None:
    """Run a home: on Telegram, and on its page if that is switched on, until stopped (SIGTERM or Ctrl-C)."""
    log_to_stderr()
    secrets = Secrets()
    opened = open_or_end(home, open_home)
    if secrets.token is None and not opened.settings.page.on:
        opened.close()
        give_up("\n".join((*everywhere(phrase("living.no_token")).values(), in_all(phrase("living.try_demo")))))
    try:
        if secrets.token is not None:
            alone_at_first(home, secrets.token, secrets.telegram_api_url)
        while not _run_once(opened, secrets):
            opened.close()
            opened = open_or_end(home, open_home)  # the altered journal is set aside, and the work goes on
    except HomeTaken as taken:
        give_up(str(taken), PROBLEMS)
    except TokenRefused as refused:
        give_up(str(refused), PROBLEMS)
    finally:
        opened.close()
    end_now()


def _run_once(home: Home, secrets: Secrets) -> bool:
    """Run until stopped (True), or until the journal is found altered (False)."""
    try:
        with home.running():
            asyncio.run(_shine(home, _telegram(secrets), site_of(home.settings.page, secrets)))
    except BrokenChain:
        return False
    return True


async def _shine(home: Home, telegram: Telegram | None, site: Site | None = None) -> None:
    clock = SystemClock()
    listening = _listening(site, alone=telegram is None) if site is not None else None
    page = Page(clock, f"{token()[:6]}-", home.path / UPLOADS) if listening is not None else None
    channels: list[Channel] = [channel for channel in (telegram, page) if channel is not None]
    lamp = light(home, clock, *channels, *_elsewhere(home), heartbeat=_heartbeat(home), page=site if page else None)

    async def shining() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(lamp.run())
            if site is not None and page is not None and listening is not None:
                page.recall, ending = lamp.outbox.still_shown, asyncio.Event()
                parts = HomePage(lamp=lamp, site=site, page=page, clock=clock, ending=ending)
                say(phrase("page.at_home", address=f"{site.address}/"))
                group.create_task(serve(application(parts), listening, ending))

    try:
        await _until_told(shining())
    except ExceptionGroup as group:
        known = group.subgroup((TokenRefused, BrokenChain))
        raise (_first(known) if known else group) from None
    finally:
        if telegram is not None:
            await telegram.close()
        if listening is not None:
            listening.close()


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Give what lies in a group, however deep."""
    found = group.exceptions[0]
    return _first(found) if isinstance(found, BaseExceptionGroup) else found


async def _until_told(doing: Coroutine[Any, Any, None]) -> None:
    """Do it until the process is told to end (SIGTERM, Ctrl-C); what hangs for seconds then is cut by ending the process."""
    task = asyncio.create_task(doing)
    loop = asyncio.get_running_loop()

    def stop(*_: object) -> None:
        ending = threading.Timer(ENDS_WITHIN, os._exit, (FINE,))
        ending.daemon = True
        ending.start()
        with contextlib.suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(task.cancel)

    for sign in (signal.SIGTERM, signal.SIGINT):  # not the loop's own: while it is held up it would hear none
        signal.signal(sign, stop)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _telegram(secrets: Secrets) -> Telegram | None:
    if secrets.token is None:
        return None
    return Telegram(secrets.token, now=SystemClock().now, api_url=secrets.telegram_api_url, commands=menu_commands())


def _listening(site: Site, *, alone: bool) -> socket.socket | None:
    """Listen where the page is to be; where that can't be, all else goes on, if there is anything else."""
    try:
        return listen_at(site.bind, site.port)
    except OSError as why:
        told = phrase("page.port_taken", bind=site.bind, port=site.port)
        if alone:
            give_up(told, PROBLEMS)
        _log.error("page.unusable", bind=site.bind, port=site.port, why=str(why))
        click.echo(in_all(told), err=True)
        return None


def _elsewhere(home: Home) -> Iterator[ByApprise]:
    """Give the channels for what doesn't get through and for seals, as far as they are set and can be; else `check` says so."""
    for channel, urls_of in ((Fallback, fallback_urls), (Keeper, keeper_urls)):
        try:
            if urls := urls_of(home.settings, Secrets()):
                yield channel(urls)
        except (ValueError, ModuleNotFoundError) as why:
            _log.warning("elsewhere.unusable", channel=channel.name, why=str(why))


def _heartbeat(home: Home) -> str | None:
    """Give the heartbeat's address; one that may not be holds nothing up, and `check` says so."""
    try:
        return heartbeat_url(home.settings, Secrets())
    except ValueError as why:
        _log.warning("heartbeat.unusable", why=str(why))
        return None


@click.command()
@home_option
@option("--as", "name", required=True, says="speaker")
@everything_option
def chat(home: Path, name: str, everything: bool) -> None:
    """Talk to the bot in the terminal, as one of its members; `写真 PATH` sends a picture, `ファイル PATH` a file."""
    log_to_stderr(quiet=True)
    opened = open_or_end(home, open_home)
    member = _member(opened, name)
    context = opened.engine.context(SystemClock().now(), member.id)
    look_into(opened, seen(opened.engine.runs(), context, member.id), "chat", agreed=everything, by=member.id)
    try:
        asyncio.run(_chat(opened, member))
    except StorageTrouble as trouble:
        give_up(phrase("living.unwritable", trouble=trouble), PROBLEMS)
    finally:
        opened.close()


def _member(home: Home, name: str) -> Member:
    found = [m for m in home.engine.roster().members if name in (m.id, m.name) and m.status == "active"]
    if not found:
        known = "、".join(m.name for m in home.engine.roster().active())
        home.close()
        give_up(phrase("living.no_member", name=name, known=known), MISUSE)
    return found[0]


async def _chat(home: Home, member: Member) -> None:
    clock = SystemClock()
    address = f"terminal:{member.id}"
    session = f"{member.id}-{secrets.token_hex(6)}"
    waiting = False

    def show(text: str) -> None:
        if not waiting:
            say(f"{text}\n")
            return
        say(f"\n{text}\n")  # it comes while a line is waited for: below its sign, and the sign again
        _prompt(member.name)

    async def read_line() -> str | None:
        nonlocal waiting
        _prompt(member.name)
        waiting = True
        line = await _read_line()
        waiting = False
        return line

    terminal = Terminal(address, clock, show, read_line, session, home.path / "received")
    lamp = light(home, clock, terminal)
    if address not in home.journal.registry("address"):
        seat = SeatAtTerminal(FACILITY, member.id, address)
        home.engine.handle(seat, actor=CONSOLE, now=clock.now(), cause=f"chat:{address}:{home.journal.head().seq}")
    task = asyncio.create_task(_deliver_always(lamp))
    try:
        for number, message, _ in lamp.outbox.still_shown(address):
            terminal.recall(number, message)
        say(_opening(home, member) + "\n")
        await lamp.outbox.flush()
        await terminal.listen(lamp.hear_and_answer)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _opening(home: Home, member: Member) -> str:
    """Say to somebody who sits down at the terminal who they are here and what to do, in their language."""
    words = Words(member.language, home.engine.roster())
    facility = words.roster.facility.name
    opening = phrase("living.opening", facility=facility, name=member.name, role=words.role_of(member.id))
    return opening.in_language(member.language)


async def _deliver_always(lamp: Lamp) -> None:
    """Show what others and time bring while nothing is typed; the clock ticks here only if nothing else runs the home."""
    try:
        with lamp.home.running():
            while True:
                await asyncio.sleep(1)
                await lamp.tick()
                await lamp.outbox.flush()
    except HomeTaken:
        while True:
            await asyncio.sleep(1)
            await lamp.outbox.flush()


def _prompt(name: str) -> None:
    """Show whose line is waited for, where a person sits before it."""
    if sys.stdin.isatty():
        click.echo(f"{name} > ", nl=False)


async def _read_line() -> str | None:
    line = await asyncio.to_thread(sys.stdin.buffer.readline)
    return line.decode(sys.stdin.encoding, "replace").rstrip("\r\n") if line else None


@click.command()
@option("--play", "playbook", says="play")
@option("--kind", type=click.Choice(FACILITY_KINDS), default="clinic", show_default=True, says="kind")
@option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, says="language")
@option("--out", type=click.Path(path_type=Path), says="out")
@option("--page", "in_browser", is_flag=True, says="page")
@option("--port", type=click.IntRange(1, 65535), default=PAGE_PORT, show_default=True, says="port")
def demo(
    playbook: str | None, out: Path | None, kind: FacilityKind, language: Language, in_browser: bool, port: int
) -> None:
    """Open a made-up clinic in the terminal, or with --page in a browser; with --play, a whole incident plays by itself."""
    log_to_stderr(quiet=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = out or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "demo-home").exists():
            give_up(phrase("living.played_before", folder=folder))
        if playbook:
            asyncio.run(_play(folder, playbook, kind, language, papers=out is not None))
        elif in_browser:
            _on_page(folder, kind, language, port)
        else:
            asyncio.run(_by_hand(folder, kind, language))


def _on_page(folder: Path, kind: FacilityKind, language: Language, port: int) -> None:
    """Serve the page until Ctrl-C or SIGTERM; a port that is taken is passed over."""
    clock = SystemClock()
    try:
        with free_socket(port) as listening:
            serving = on_page(folder, demo_start(clock.now()), clock, kind, listening, say, language)
            asyncio.run(_until_told(serving))
    except NoPort:
        give_up(phrase("page.no_port", first=port, last=port + TRIES - 1), PROBLEMS)


async def _play(folder: Path, playbook: str, kind: FacilityKind, language: Language, *, papers: bool) -> None:
    start = demo_start(SystemClock().now())
    cast = open_demo(folder, start, lambda member, text: _line(member, "<", text), kind, language)
    stage = cast.stage

    def _line(member: str, sign: str, text: str) -> None:
        at = stage.home.engine.roster().facility.local(stage.clock.now())
        say(f"{at:%H:%M}  {cast.names[member]}  {sign} {text.replace(chr(10), chr(10) + '              ')}")

    known = stage.home.engine.handbook.playbooks.get(playbook)
    if known is None or "incident" not in known.use:
        give_up(phrase("playbooks.unknown", playbook=playbook))
    run = await Play(cast, folder, lambda member, line: _line(member, ">", line)).play(playbook)
    kept, withheld = look_through(cast, run)
    entries = list(stage.home.journal.entries(run=run.id))
    rows = timeline(run.id, entries, stage.home.engine.roster(), cast.language)
    text = "\n".join(f"{r.seq}\t{r.occurred_at.isoformat()}\t{r.who}\t{r.what}" for r in rows)
    (folder / "timeline.txt").write_text(text + "\n", encoding="utf-8")
    lines = (line_of(entry) for entry in stage.home.journal.entries())
    (folder / "journal.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    source = Source.of(stage.home.engine, run.id, cast.language)
    figures = "\n".join(said(stage.tally, source, stage.home.journal.deliveries.of_run(run.id)))
    with Console(stderr=True).status("…") as status:
        documents = leave_papers(cast, run, folder, status.update) if papers else 0
    stage.home.close()
    report = verify_home(stage.home.path)
    told = phrase(
        "demo.played",
        run=run.id,
        state=run.state,
        entries=report.entries,
        seals=report.seals,
        altered=len(report.findings),
        folder=folder,
    )
    say(f"\n{figures}\n\n{told.in_language(cast.language)}")
    if papers:
        left = phrase("demo.left", documents=documents, kept=kept, withheld=withheld, bundle=BUNDLE)
        say(left.in_language(cast.language))
    if report.findings or run.live:
        raise SystemExit(PROBLEMS)


async def _by_hand(folder: Path, kind: FacilityKind, language: Language) -> None:
    await by_hand(folder, demo_start(SystemClock().now()), kind, say, _read_line, language, _prompt)
