"""The pages that are made of the playbooks: ``docs/coverage.md`` and a page with diagrams for each, by ``make docs``.

Equal playbooks give equal pages, so a test can tell a stale one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from playbooks.catalogue import Catalogue
from playbooks.kinds import worded
from playbooks.model import Playbook, Track
from playbooks.pages.coverage import COVERAGE, Coverage, coverage_page, places, read_coverage
from playbooks.pages.diagram import mermaid
from playbooks.pages.drawing import begins, started_by
from playbooks.phrasing import LIST, Phrase
from playbooks.texts import Text

MOST_STEPS = 20
"""Steps that one diagram holds and a person can still follow; a larger playbook gets one diagram a track."""

_MADE_BY = "<!-- Made by `make docs`."
_MADE = _MADE_BY + " Change {source} instead. -->\n\n"


def pages(catalogue: Catalogue, coverage: Coverage) -> dict[str, str]:
    """Give every page by its path below ``docs/``, in the words of a clinic."""
    said = {name: worded(playbook, "clinic") for name, playbook in catalogue.playbooks.items()}
    catalogue = replace(catalogue, playbooks=said)
    made = {
        "coverage.md": _MADE.format(source="playbooks/coverage.yaml")
        + coverage_page(coverage, places(catalogue.playbooks))
    }
    made["playbooks/README.md"] = _MADE.format(source="the files in playbooks/library") + index(catalogue)
    for name, playbook in catalogue.playbooks.items():
        source = f"playbooks/library/{name}.yaml or a shared track beside it"
        made[f"playbooks/{name}.md"] = _MADE.format(source=source) + playbook_page(playbook, catalogue)
    return made


def shipped() -> tuple[Catalogue, Coverage]:
    """Read the library and the coverage that come along; ValueError, a line for each problem, if there are any."""
    catalogue = Catalogue.load()
    problems = catalogue.problems
    if not problems:
        read = read_coverage(COVERAGE.read_text(encoding="utf-8"), COVERAGE.name, places(catalogue.playbooks))
        if isinstance(read, Coverage):
            return catalogue, read
        problems = read
    raise ValueError("\n".join(map(str, problems)))


def index(catalogue: Catalogue) -> str:
    """List the playbooks with links to their pages."""
    page = [
        _said("index.title"),
        "",
        _said("index.header"),
        "| --- | --- | --- | --: | --: |",
    ]
    page += [
        f"| [{book.title.ja}]({name}.md) | {_said(f'event.{book.event}')} | {book.question.ja} | {len(book.tracks)} | {_size(book)} |"
        for name, book in catalogue.playbooks.items()
    ]
    return "\n".join(page) + "\n"


def playbook_page(playbook: Playbook, catalogue: Catalogue) -> str:
    """Write a playbook's page: its tracks as a table, then one diagram, or one a track if that would be too large."""
    page = [f"# {playbook.title.ja}", "", playbook.title.en, "", _said("book.question", text=playbook.question.ja), ""]
    kinds = tuple(_phrase(f"kind.{kind}") for kind in playbook.facilities)
    if playbook.first_words is not None:
        page += [_said("book.first_words", text=playbook.first_words.ja), ""]
    page += [_said("book.for", event=_phrase(f"event.{playbook.event}"), kinds=kinds), "", _said("book.tracks"), ""]
    page += [_said("book.header"), "| --- | --- | --- | --- | --: |", *_rows(playbook)]
    whole = _size(playbook) <= MOST_STEPS
    roles = dict.fromkeys(step.role for track in playbook.tracks.values() for step in track.steps.values())
    page += ["", _said("book.side_by_side"), "", _said("book.diagram"), ""]
    page += [
        _said("book.roles", roles=tuple(_phrase("book.role", id=role, role=_phrase(f"role.{role}")) for role in roles))
    ]
    page += [_said("book.arrows")]
    if whole:
        return "\n".join([*page, "", *_drawn(playbook)]) + "\n"
    for name, track in playbook.tracks.items():
        page += ["", f"### {track.title.ja}", "", *_drawn(_alone(playbook, name, track))]
        started = [playbook.tracks[other].title.ja for other in started_by(playbook, track)]
        page += ["", _said("book.starts", titles=tuple(started))] if started else []
        taking_over = [f"[{catalogue.playbooks[other].title.ja}]({other}.md)" for other in _handed_to(track)]
        page += ["", _said("book.hands_over", titles=tuple(taking_over))] if taking_over else []
    return "\n".join(page) + "\n"


def _rows(playbook: Playbook) -> Iterator[str]:
    for name, track in playbook.tracks.items():
        roles = LIST.ja.join(dict.fromkeys(_said(f"role.{step.role}") for step in track.steps.values()))
        entry = _begins(playbook, name, track)
        yield f"| {track.title.ja} | {_said(f'stage.{track.stage}')} | {entry} | {roles} | {len(track.steps)} |"


def _begins(playbook: Playbook, name: str, track: Track) -> str:
    """Say when a track begins: at once, by an answer in another, or once its condition may hold."""
    begun = begins(playbook, name)
    return begun.ja if track.when is None else _said("begins.when", begins=begun, when=track.when)


def _handed_to(track: Track) -> dict[str, None]:
    """Give the playbooks that take over after some answer in ``track``, each once."""
    answers = (answer for step in track.steps.values() for answer in step.answers.values())
    return dict.fromkeys(answer.hands_over for answer in answers if answer.hands_over is not None)


def _alone(playbook: Playbook, name: str, track: Track) -> Playbook:
    """Give a playbook of one track, entered where that track begins."""
    entry = _begins(playbook, name, track).replace("`", "")
    entered = track.model_copy(update={"starts": "at_once"})
    return playbook.model_copy(update={"title": Text(ja=entry, en=entry), "tracks": {name: entered}})


def _drawn(playbook: Playbook) -> Iterator[str]:
    yield from ("```mermaid", mermaid(playbook, "ja").rstrip("\n"), "```")


def _size(playbook: Playbook) -> int:
    return sum(len(track.steps) for track in playbook.tracks.values())


def _phrase(key: str, **facts: Any) -> Phrase:
    return Phrase("playbooks", f"pages.{key}", tuple(facts.items()))


def _said(key: str, **facts: Any) -> str:
    """Say it in Japanese, the language of these pages."""
    return _phrase(key, **facts).ja


def write(folder: Path, made: Mapping[str, str]) -> None:
    """Write pages below ``folder``, and take away what was made there of playbooks that are no more."""
    (folder / "playbooks").mkdir(parents=True, exist_ok=True)
    for old in (folder / "playbooks").glob("*.md"):
        if f"playbooks/{old.name}" not in made and old.read_text(encoding="utf-8").startswith(_MADE_BY):
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Write into the folder named, else into ``docs`` here; problems are printed instead, with exit code 1."""
    try:
        made = pages(*shipped())
    except ValueError as error:
        raise SystemExit(str(error)) from None
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs"), made)


if __name__ == "__main__":
    main()
