"""``check``: everything that is wrong or missing, before it matters."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from bot.bundle.findings import finding_in_words
from bot.clock import SystemClock
from bot.command_line.checks import check_home
from bot.command_line.ending import ALTERED, PROBLEMS, say, say_json
from bot.command_line.making import open_or_end
from bot.command_line.options import as_json, option
from bot.library import catalogue_of
from bot.phrasing import in_all, phrase
from bot.settings import Secrets
from bot.store.kept import storage_of
from bot.store.verifying import verify_home
from contacts.readiness.readiness import Readiness, readiness
from playbooks.texts import everywhere


@click.command()
@option("--home", type=click.Path(path_type=Path), envvar="TOMOSHIBI_HOME", default=None, says="home")
@as_json
def check(home: Path | None, json: bool) -> None:
    """Say everything that is wrong with playbooks, people, contacts, settings, token, clock, disk and journal.

    Below stands how ready the facility is; what is not ready yet is no problem that a script should stop at.
    """
    ready: Readiness | None = None
    if home is None:
        found = [{"what": str(p), "serious": True} for p in catalogue_of().problems]
    else:
        _end_if_altered(home, json=json)
        opened = open_or_end(home)
        try:
            found = [vars(f) for f in asyncio.run(check_home(opened, Secrets(), SystemClock().now()))]
            roster = opened.engine.roster()
            ready = readiness(roster, roster.facility.local(SystemClock().now()).date())
        finally:
            opened.close()
    _say_all(found, ready, json=json)
    if any(f["serious"] for f in found):
        raise SystemExit(PROBLEMS)


def _end_if_altered(home: Path, *, json: bool) -> None:
    """Look at the journal before anything opens it to write, which would set an altered one aside."""
    altered = verify_home(home).findings if storage_of(home).exists() else ()
    if altered:
        what = [in_all(phrase("checks.altered_before_opening", where=finding_in_words(one))) for one in altered]
        _say_all([{"what": one, "serious": True} for one in what], json=json)
        raise SystemExit(ALTERED)


def _say_all(found: Sequence[Mapping[str, object]], ready: Readiness | None = None, *, json: bool) -> None:
    if json:
        say_json({"problems": found, **({"readiness": ready_as_json(ready)} if ready else {})})
        return
    for finding in found:
        say(f"{'✗' if finding['serious'] else '・'} {finding['what']}")
    if not found:
        say(phrase("checks.none"))
    if ready is not None:
        _say_readiness(ready)


def _say_readiness(ready: Readiness) -> None:
    for item in ready.next:
        number = f", list {item.checklist}" if item.checklist else ""
        say(f"▷ {in_all(item.todo)} (§{item.guidance}{number})")
    say(phrase("checks.readiness", figure=ready.figure))


def ready_as_json(ready: Readiness) -> dict[str, object]:
    """Give the figure, the ids of what to do next, and every item with the clause and the checklist's number it answers."""
    listed = [
        {
            "id": item.id,
            "done": item.done,
            "of": item.of,
            "weight": item.weight,
            "complete": item.complete,
            "todo": everywhere(item.todo),
            "guidance": item.guidance,
            "checklist": item.checklist,
        }
        for item in ready.items
    ]
    return {"figure": ready.figure, "next": [item.id for item in ready.next], "items": listed}
