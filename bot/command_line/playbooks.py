"""``playbooks`` and ``triage``: what there is to follow, and which one somebody's words mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.command_line.ending import PROBLEMS, give_up, say, say_json
from bot.command_line.options import as_json, language_option, option
from bot.phrasing import in_all, phrase
from contacts.references import REFERENCES
from contacts.roles import EVERY_ROLE
from playbooks.authoring.folders import LIBRARY, OWN
from playbooks.frozen import frozen
from playbooks.phrasing import LANGUAGES, Language
from playbooks.remembering import Plain, remembered
from playbooks.triage.ranking import Knowledge, Triage
from playbooks.triage.scales import Scales, remembered_as
from playbooks.triage.talk import Talk, Talking

if TYPE_CHECKING:
    from playbooks.catalogue import Catalogue  # `triage` needs neither them nor Pydantic
    from playbooks.model import Playbook

_home = option("--home", type=click.Path(path_type=Path), envvar="TOMOSHIBI_HOME", default=None, says="home_playbooks")


def _catalogue(home: Path | None) -> Catalogue:
    """Give the playbooks that come along, with a home's own on top."""
    from bot.library import catalogue_of

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
    from bot.library import catalogue_of

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
    from playbooks.pages.diagram import mermaid

    say(mermaid(_one(home, playbook), language or LANGUAGES[0]))


@playbooks.command()
def schema() -> None:
    """Print the JSON Schema of a playbook, so that editors complete and check."""
    from playbooks.authoring.schema import playbook_schema

    say_json(playbook_schema())


@frozen
class Brief(Plain):
    """What triage needs to know of all playbooks: Pydantic and they themselves would take three quarters of its time.

    ``titles`` by playbook and language; ``knowledge`` and ``talking`` by their fields; ``weighed`` names the scales.
    """

    titles: Mapping[str, Mapping[Language, str]]
    knowledge: Mapping[str, Any]
    talking: Mapping[str, str]
    weighed: str


@click.command()
@click.argument("text")
@_home
@language_option
@as_json
def triage(text: str, home: Path | None, language: Language | None, json: bool) -> None:
    """Say which playbook somebody's words mean, best first; nothing if they tell of no incident."""
    folders = [home / OWN] if home else []
    brief = remembered(Brief, _made_of(*folders), lambda: _brief_if_sound(*folders)) or _brief(*folders)

    def ready(language: Language | None, _: object) -> Scales:
        return remembered_as(brief.weighed)(language, lambda: _weighed(language, *folders))

    telling = Talk(Talking(**brief.talking)).left_of(text)
    found = Triage(Knowledge(**brief.knowledge), ready=ready).rank(telling, language)
    if json:
        say_json([{"playbook": m.playbook, "score": m.score} for m in found])
        return
    for match in found:
        say(f"{match.score:.2f}  {match.playbook:22} {brief.titles[match.playbook][language or LANGUAGES[0]]}")
    if not found:
        say(phrase("playbooks.no_incident"))


def _made_of(*folders: Path) -> Iterator[bytes]:
    """Give everything that a brief hangs on: the files with their names, and the names that playbooks may use."""
    yield repr([sorted(EVERY_ROLE), sorted(REFERENCES)]).encode()
    for folder in (LIBRARY, *folders):
        for file in sorted(folder.rglob("*.yaml")):
            yield str(file.relative_to(folder)).encode()
            yield file.read_bytes()


def _brief_if_sound(*folders: Path) -> Brief | None:
    """Give it for remembering; None where a file has problems, of which the next call may know more."""
    from bot.library import catalogue_of

    return None if catalogue_of(*folders).problems else _brief(*folders)


def _brief(*folders: Path) -> Brief:
    from bot.library import catalogue_of
    from playbooks.triage.gate import talking
    from playbooks.triage.lexicon import known, weighed_as

    books = catalogue_of(*folders).playbooks
    titles = {name: {tongue: book.title.in_language(tongue) for tongue in LANGUAGES} for name, book in books.items()}
    return Brief(titles, vars(known()), vars(talking()), weighed_as(books))


def _weighed(language: Language | None, *folders: Path) -> Scales:
    from bot.library import catalogue_of
    from playbooks.triage.lexicon import triage_of

    return triage_of(catalogue_of(*folders).playbooks).scales(language)
