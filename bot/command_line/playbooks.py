"""``playbooks`` and ``triage``: what there is to follow, and which one somebody's words mean."""

from __future__ import annotations

from pathlib import Path

import click

from bot.command_line.ending import PROBLEMS, give_up, say, say_json
from bot.command_line.options import as_json, language_option, option
from bot.library import catalogue_of
from bot.phrasing import in_all, phrase
from playbooks.authoring.schema import playbook_schema
from playbooks.catalogue import OWN, Catalogue
from playbooks.model import Playbook
from playbooks.pages.diagram import mermaid
from playbooks.texts import LANGUAGES, Language
from playbooks.triage.gate import gate
from playbooks.triage.lexicon import triage_of

_home = option("--home", type=click.Path(path_type=Path), envvar="TOMOSHIBI_HOME", default=None, says="home_playbooks")


def _catalogue(home: Path | None) -> Catalogue:
    """Give the playbooks that come along, with a home's own on top."""
    return catalogue_of(home / OWN) if home else catalogue_of()


@click.group()
def playbooks() -> None:
    """Show, check and draw the playbooks."""


@playbooks.command("list")
@_home
@as_json
def list_playbooks(home: Path | None, json: bool) -> None:
    """List all playbooks."""
    found = _catalogue(home).playbooks.values()
    if json:
        say_json(
            [
                {
                    "id": p.playbook,
                    "title": p.title.model_dump(),
                    "event": p.event,
                    "tracks": len(p.tracks),
                    "steps": sum(len(t.steps) for t in p.tracks.values()),
                }
                for p in found
            ]
        )
        return
    for p in found:
        say(f"{p.playbook:22} {in_all(p.title)}")


def _one(home: Path | None, name: str) -> Playbook:
    found = _catalogue(home).playbooks.get(name)
    if found is None:
        give_up(phrase("playbooks.unknown", playbook=name), PROBLEMS)
    return found


@playbooks.command()
@click.argument("playbook")
@_home
@language_option
@as_json
def show(playbook: str, home: Path | None, language: Language | None, json: bool) -> None:
    """Print a playbook, step by step."""
    found = _one(home, playbook)
    if json:
        say_json(found.model_dump(mode="json"))
        return
    speaks: Language = language or LANGUAGES[0]
    say(f"{found.title.in_language(speaks)}\n")
    for track in found.tracks.values():
        say(f"■ {track.title.in_language(speaks)}")
        for name, step in track.steps.items():
            say(f"  - {step.ask.in_language(speaks)}  [{step.role}] ({name})")
            for never in step.never.in_language(speaks):
                say(f"      × {never}")
        say("")


@playbooks.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@_home
@as_json
def check_playbooks(files: tuple[Path, ...], home: Path | None, json: bool) -> None:
    """Check a home's playbooks, or those in the folders of the files named; print each mistake as file:line."""
    folders = sorted({(f if f.is_dir() else f.parent) for f in files})
    catalogue = catalogue_of(*folders) if folders else _catalogue(home)
    if json:
        say_json([{"file": p.file, "line": p.line, "what": p.what, "cure": p.cure} for p in catalogue.problems])
    else:
        for problem in catalogue.problems:
            say(str(problem))
        if not catalogue.problems:
            say(phrase("playbooks.sound", count=len(catalogue.playbooks)))
    if catalogue.problems:
        raise SystemExit(PROBLEMS)


@playbooks.command()
@click.argument("playbook")
@_home
@language_option
def diagram(playbook: str, home: Path | None, language: Language | None) -> None:
    """Draw a playbook as a Mermaid flowchart."""
    say(mermaid(_one(home, playbook), language or LANGUAGES[0]))


@playbooks.command()
def schema() -> None:
    """Print the JSON Schema of a playbook, so that editors complete and check."""
    say_json(playbook_schema())


@click.command()
@click.argument("text")
@_home
@language_option
@as_json
def triage(text: str, home: Path | None, language: Language | None, json: bool) -> None:
    """Say which playbook somebody's words mean, best first; nothing if they tell of no incident."""
    catalogue = _catalogue(home)
    found = triage_of(catalogue.playbooks).rank(gate().reporting(text), language)
    if json:
        say_json([{"playbook": m.playbook, "score": m.score} for m in found])
        return
    for match in found:
        title = catalogue.playbooks[match.playbook].title.in_language(language or LANGUAGES[0])
        say(f"{match.score:.2f}  {match.playbook:22} {title}")
    if not found:
        say(phrase("playbooks.no_incident"))
