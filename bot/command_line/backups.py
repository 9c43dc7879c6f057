"""``backup`` and ``restore``: the record in a second place, and back from there; ``retention``: how long what is kept beside it stays."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from bot.backup.cipher import Damaged, Newer, NotOurs, WrongKey
from bot.backup.making import NoBackup, backups_in, folder_of, made_before
from bot.backup.recovery_key import NoKey, RecoveryKey, key_of, put_key
from bot.backup.restoring import NotEmpty, alone_is_proved, alone_is_unproved
from bot.backup.restoring import restore as restored_from
from bot.bundle.findings import finding_in_words
from bot.channels.channel import Undelivered
from bot.channels.telegram.alone import is_alone
from bot.channels.telegram.telegram import TokenRefused
from bot.clock import SystemClock
from bot.command_line.ending import ALTERED, PROBLEMS, give_up, say, say_json
from bot.command_line.making import for_a_few, look_into, open_or_end
from bot.command_line.options import as_json, everything_option, home_option, option
from bot.command_line.records import posted_head
from bot.home import Home, HomeTaken
from bot.opening import open_home
from bot.phrasing import in_all, phrase
from bot.screens.house.retention import size_of
from bot.settings import Secrets
from bot.store.trouble import StorageTrouble
from bot.tending.backing_up import backed_up, noted
from bot.tending.disposing import erase_due
from contacts.shapes.days import months_after
from flows.commands.papers import DisposeEvidence, ExtendRetention
from flows.commands.upkeep import NoteKeyShown, NoteRestore
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from flows.refusals import Refused
from flows.retention.due import Holding, holding


@click.command()
@home_option
@option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), says="backup_to")
@option("--key", "show", is_flag=True, says="show_key")
@option("--new-key", is_flag=True, says="new_key")
@as_json
def backup(home: Path, folder: Path | None, show: bool, new_key: bool, json: bool) -> None:
    """Back a home up now, also while the bot runs; or show the recovery key, to be kept on paper."""
    opened = open_or_end(home)
    try:
        if show or new_key:
            _show_key(opened, new=new_key, json=json)
            return
        plan = opened.settings.backup
        to = folder or (Path(plan.folder).expanduser() if plan.folder else None)
        if to is None:
            give_up(phrase("backups.no_folder"))
        now = SystemClock().now()
        made = backed_up(opened, to, now)
        noted(opened, made, now, actor=CONSOLE)
        shown = bool(opened.engine.house.backups.key_shown)
    except NoBackup as none:
        give_up(phrase(f"backups.none.{none.why}", detail=none.detail), PROBLEMS)
    finally:
        opened.close()
    if json:
        say_json({"file": str(made.path), "bytes": made.size, "entries": made.manifest.seq, "altered": made.altered})
        return
    say(phrase("backups.made", file=made.path, size=-(-made.size // 1024), entries=made.manifest.seq))
    for name in made.altered:
        say(phrase("backups.altered", name=name))
    if not shown:
        say(phrase("backups.key_not_shown"))


def _show_key(home: Home, *, new: bool, json: bool) -> None:
    """Show the key and enter that it was shown; the entry holds its fingerprint."""
    try:
        if new:
            put_key(home.path, RecoveryKey.make())
        key = key_of(home.path)
    except NoKey:
        give_up(phrase("backups.none.key", detail=""), PROBLEMS)
    except OSError as error:
        give_up(phrase("backups.key_unwritable", detail=error.strerror), PROBLEMS)
    order = NoteKeyShown(FACILITY, key.fingerprint)
    cause = f"console:key:{home.engine.journal.head().seq}"
    home.engine.handle(order, actor=CONSOLE, now=SystemClock().now(), cause=cause)
    if json:
        say_json({"recovery_key": key.text, "fingerprint": key.fingerprint})
        return
    facility = home.engine.roster().facility.name
    say(phrase("backups.key", facility=facility, key=key.text, fingerprint=key.fingerprint))


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@option("--home", type=click.Path(path_type=Path), required=True, says="restore_to")
@option("--key", "written", envvar="TOMOSHIBI_RECOVERY_KEY", default=None, says="recovery_key")
@option("--seal", "seals", multiple=True, says="seal")
@as_json
def restore(file: Path, home: Path, written: str | None, seals: tuple[str, ...], json: bool) -> None:
    """Restore a backup into an empty folder, verify it, and say what is missing and what has to be asked for again."""
    heads = [posted_head(text) for text in seals]
    key = _key(written)
    alone = _alone_or_end()
    with _refusals(file, home):
        unpacked = restored_from(file, key, home, heads)
    missing = sorted({head.seq for head in heads if head.seq > unpacked.report.head.seq})
    opened = open_or_end(home, open_home)
    try:
        manifest = unpacked.manifest
        order = NoteRestore(FACILITY, manifest.made_at, manifest.seq, manifest.digest, tuple(missing))
        cause = f"restored:{manifest.digest[:16]}:{manifest.seq}"
        opened.engine.handle(order, actor=CONSOLE, now=SystemClock().now(), cause=cause)
        live = [run.id for run in opened.engine.live_runs()]
        made = opened.engine.roster().facility.local(datetime.fromisoformat(manifest.made_at))
    finally:
        opened.close()
    if alone:
        alone_is_proved(home)
    found = [
        f
        for f in unpacked.report.findings
        if (f.kind, f.seq, f.detail) not in {("seal_cut", None, str(m)) for m in missing}
    ]
    findings = [f"{f.seq or ''} {f.kind} {f.detail}".strip() for f in found]
    if json:
        told = {"made_at": manifest.made_at, "entries": manifest.seq, "missing_seals": missing, "live": live}
        say_json({"home": str(home), **told, "findings": findings})
    else:
        say(phrase("backups.restored", home=home, made=made, entries=manifest.seq))
        if missing:
            say(phrase("backups.missing", count=max(missing) - manifest.seq))
        for finding in found:
            say(phrase("backups.found", what=finding_in_words(finding)))
        say(phrase("backups.ask_again"))
        say(phrase("backups.next" if alone else "backups.next_alone"))
    if findings:
        raise SystemExit(ALTERED)


def _key(written: str | None) -> RecoveryKey:
    """Take the key that was given, or ask the person who sits there."""
    if written is None:
        if not sys.stdin.isatty():
            give_up(phrase("backups.no_key_given"))
        written = click.prompt(in_all(phrase("backups.type_key")))
    try:
        return RecoveryKey.read(written)
    except NoKey:
        give_up(phrase("backups.mistyped"))


def _alone_or_end() -> bool:
    """End where another process polls with the token of the environment; False where there is no token to look with."""
    secrets = Secrets()
    if secrets.token is None:
        return False
    alone_or_end(secrets.token, secrets.telegram_api_url)
    return True


def alone_or_end(token: str, api_url: str | None) -> None:
    """End with a sentence where another process polls with this token, or where nobody can say."""
    try:
        alone = asyncio.run(is_alone(token, api_url))
    except (TokenRefused, Undelivered) as refused:
        give_up(str(refused), PROBLEMS)
    if not alone:
        give_up(phrase("backups.not_alone"), PROBLEMS)


def alone_at_first(home: Path, token: str, api_url: str | None) -> None:
    """Before a restored home runs for the first time, see that the bot it was taken from is off; end where it isn't."""
    if alone_is_unproved(home):
        say(phrase("backups.looking"))
        alone_or_end(token, api_url)
        alone_is_proved(home)


@contextmanager
def _refusals(file: Path, home: Path) -> Iterator[None]:
    """End with a sentence for whatever can't be restored; nothing has been put anywhere then."""
    try:
        yield
    except NotEmpty:
        give_up(phrase("backups.not_empty", home=home), PROBLEMS)
    except NotOurs:
        give_up(phrase("backups.not_ours", file=file), PROBLEMS)
    except Newer:
        give_up(phrase("backups.newer"), PROBLEMS)
    except WrongKey as wrong:
        give_up(phrase("backups.wrong_key", wanted=wrong.wanted), PROBLEMS)
    except Damaged:
        give_up(phrase("backups.damaged", file=file), PROBLEMS)
    except OSError as error:
        give_up(phrase("backups.unwritable", home=home, why=error.strerror or str(error)), PROBLEMS)


@click.group(invoke_without_command=True)
@option("--home", type=click.Path(path_type=Path), envvar="TOMOSHIBI_HOME", says="home_from_environment")
@everything_option
@as_json
@click.pass_context
def retention(ctx: click.Context, home: Path | None, everything: bool, json: bool) -> None:
    """List what is kept of runs that are over (photos, files, texts of messages), and until when. Nothing ever goes by itself."""
    if ctx.invoked_subcommand is not None:
        return
    if home is None:
        raise click.MissingParameter(param_type="option", param_hint="--home")
    opened = open_or_end(home)
    try:
        context = opened.engine.context(SystemClock().now(), CONSOLE)
        all_of_them = [one for run in opened.engine.runs() if (one := holding(run, context)) is not None]
        found = [one for one in all_of_them if everything or not for_a_few(opened, one.run)]
        folder = folder_of(opened.path, opened.settings.backup)
        backups = len(backups_in(folder)) if folder is not None else 0
    finally:
        opened.close()
    if json:
        said = [
            {
                "run": one.run.id,
                "files": len(one.files),
                "bytes": one.bytes,
                "until": one.until and one.until.isoformat(),
            }
            for one in found
        ]
        say_json({"years": context.handbook.retention_years, "backups": backups, "kept": said})
        return
    for one in found:
        until = phrase("retention.until", until=one.until) if one.until is not None else phrase("retention.unsaid")
        line = phrase(
            "retention.line", run=f"{one.run.id:14}", files=len(one.files), size=size_of(one.bytes), until=until
        )
        say(f"{'!' if one.asked_from <= context.today else ' '} {in_all(line)}")
    if len(found) < len(all_of_them):
        click.echo(in_all(phrase("records.for_a_few", count=len(all_of_them) - len(found))), err=True)
    say(phrase("retention.backups", count=backups) if found else phrase("retention.none"))


@retention.command("keep")
@click.argument("run")
@home_option
@option("--years", type=click.IntRange(1, 30), required=True, says="keep_years")
@everything_option
def keep_longer(run: str, home: Path, years: int, everything: bool) -> None:
    """Keep what is kept of RUN for so many years from today."""
    opened = open_or_end(home)
    try:
        held = _held_or_end(opened, run, "retention keep", agreed=everything)
        now = SystemClock().now()
        until = months_after(opened.engine.roster().facility.local(now).date(), 12 * years)
        _order(opened, ExtendRetention(held.run.id, until))
    finally:
        opened.close()
    say(phrase("retention.kept", run=run, until=until))


@retention.command("remove")
@click.argument("run")
@home_option
@option("--yes", is_flag=True, says="yes")
@everything_option
def remove(run: str, home: Path, yes: bool, everything: bool) -> None:
    """Remove the photos and files of RUN, and the texts of its messages, for ever. The record stays, and so does its proof."""
    opened = open_or_end(home)
    try:
        held = _held_or_end(opened, run, "retention remove", agreed=everything)
        asked = phrase("retention.ask", run=run, files=len(held.files), size=size_of(held.bytes))
        if not yes:
            if not sys.stdin.isatty():
                give_up(phrase("retention.say_yes", asked=asked), PROBLEMS)
            click.confirm(in_all(asked), abort=True)
        _order(opened, DisposeEvidence(held.run.id, held.mark))
        erased = _erased(opened)
        opened.journal.deliveries.sweep()
        done = opened.engine.run(held.run.id)
    finally:
        opened.close()
    texts = max(done.disposals.items())[1].texts if done is not None else 0
    say(phrase("retention.removed" if erased else "retention.removing", files=len(held.files), texts=texts))
    folder = folder_of(home, opened.settings.backup)
    still = made_before(folder, SystemClock().now()) if folder is not None else 0
    say(phrase("retention.still", count=still))


def _erased(home: Home) -> bool:
    """Erase what was disposed of, unless the bot runs, which does so itself within seconds."""
    try:
        with home.running():
            asyncio.run(erase_due(home, SystemClock()))
    except HomeTaken:
        return False
    return all(one.erased for run in home.engine.runs() for one in run.disposals.values())


def _held_or_end(home: Home, run: str, what: str, *, agreed: bool) -> Holding:
    found = home.engine.run(run)
    if found is None:
        give_up(phrase("records.unknown", run=run), PROBLEMS)
    look_into(home, [found], what, agreed=agreed)
    held = holding(found, home.engine.context(SystemClock().now(), CONSOLE))
    if held is None:
        give_up(phrase("retention.live" if found.live else "retention.nothing", run=run), PROBLEMS)
    return held


_REFUSED = {
    "retention_busy": "live",
    "retention_changed": "changed",
    "retention_nothing": "nothing",
    "stale": "so_already",
}
"""What is said of each refusal of an order on what is kept."""


def _order(home: Home, order: ExtendRetention | DisposeEvidence) -> None:
    """Give the order; end where it may not be, and nothing has changed then."""
    cause = f"console:retention:{order.run}:{home.journal.head().seq}"
    try:
        home.engine.handle(order, actor=CONSOLE, now=SystemClock().now(), cause=cause)
    except Refused as refused:
        give_up(phrase(f"retention.{_REFUSED[refused.name]}", run=order.run), PROBLEMS)
    except StorageTrouble as trouble:
        give_up(phrase("making.unwritable", home=home.path, trouble=trouble), PROBLEMS)
