"""``run``, ``chat`` and ``demo``: the bot alive."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import click
import structlog
from rich.console import Console

from bot.channels.fallback import ByApprise, Fallback, Keeper
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
from bot.phrasing import in_all, phrase
from bot.settings import Secrets, fallback_urls, heartbeat_url, keeper_urls
from bot.store.trouble import StorageTrouble
from bot.store.verifying import verify_home
from bot.web.serving import PORT, TRIES, NoPort, free_socket
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

ENDS_WITHIN = 4.0
"""Seconds after which the process ends whatever still hangs in it: what people did is on disk before they are answered, and
what was in hand is owed again at the next start."""


@click.command()
@home_option
def run(home: Path) -> None:
    """Run a home: on Telegram, until stopped (SIGTERM or Ctrl-C)."""
    log_to_stderr()
    secrets = Secrets()
    opened = open_or_end(home, open_home)
    if secrets.token is None:
        opened.close()
        give_up("\n".join((*everywhere(phrase("living.no_token")).values(), in_all(phrase("living.try_demo")))))
    try:
        alone_at_first(home, secrets.token, secrets.telegram_api_url)
        while not _run_once(opened, secrets.token, secrets.telegram_api_url):
            opened.close()
            opened = open_or_end(home, open_home)  # the altered journal is set aside, and the work goes on
    except HomeTaken as taken:
        give_up(str(taken), PROBLEMS)
    except TokenRefused as refused:
        give_up(str(refused), PROBLEMS)
    finally:
        opened.close()
    end_now()


def _run_once(home: Home, token: str, api_url: str | None) -> bool:
    """Run until stopped (True), or until the journal is found altered (False)."""
    try:
        with home.running():
            telegram = Telegram(token, now=SystemClock().now, api_url=api_url, commands=menu_commands())
            asyncio.run(_shine(home, telegram))
    except BrokenChain:
        return False
    return True


async def _shine(home: Home, telegram: Telegram) -> None:
    lamp = light(home, SystemClock(), telegram, *_elsewhere(home), heartbeat=_heartbeat(home))
    task = asyncio.create_task(lamp.run())
    loop = asyncio.get_running_loop()

    def stop(*_: object) -> None:
        ending = threading.Timer(ENDS_WITHIN, os._exit, (FINE,))
        ending.daemon = True
        ending.start()
        with contextlib.suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(task.cancel)

    for sign in (signal.SIGTERM, signal.SIGINT):  # not the loop's own: while it is held up it would hear none
        signal.signal(sign, stop)
    try:
        await task
    except asyncio.CancelledError:
        return
    except ExceptionGroup as group:
        known = group.subgroup((TokenRefused, BrokenChain))
        raise (known.exceptions[0] if known else group) from None
    finally:
        await telegram.close()


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
        for number, message in lamp.outbox.still_shown(address):
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
@option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, says="port")
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
    """Serve the page until Ctrl-C; a port that is taken is passed over."""
    clock = SystemClock()
    try:
        with free_socket(port) as listening, contextlib.suppress(KeyboardInterrupt):
            asyncio.run(on_page(folder, demo_start(clock.now()), clock, kind, listening, say, language))
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
