"""Where each step of a1988d0's library stands now: found by its name, else by ``moved.yaml``.

``python -m tests.playbooks.moving`` records what the steps were, from that commit (once), and prints what the rule does not find.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from playbooks.authoring.folders import LIBRARY
from playbooks.authoring.lines import read_yaml

COMMIT = "a1988d0"
BEFORE = Path(__file__).with_name(f"steps_{COMMIT}.json")
"""Each step of that commit's library by its place, with what must not be lost of it."""
MOVED = Path(__file__).with_name("moved.yaml")

KEPT = ("contact", "files", "value", "decision", "source")

Steps = dict[str, dict[str, str]]
"""What is kept of steps and lines, by their places: ``playbook/track/step`` or, in a shared track, ``track/step``, with ``/line`` behind."""


def steps_of(name: str, text: str) -> Steps:
    """Give the steps and lines that stand in one file of a library."""
    data, _, _ = read_yaml(text, name)
    tracks: Mapping[str, Any] = data.get("tracks", {}) if "playbook" in data else {"": data}
    return {
        "/".join(filter(None, (name, track, *place))): kept
        for track, written in tracks.items()
        for place, kept in _kept(written.get("steps", {}))
    }


def _kept(steps: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    for name, step in steps.items():
        yield (name,), {what: str(step[what]) for what in KEPT if what in step}
        for line, one in step.get("lines", {}).items():
            both = {"source": step["source"], **one}
            yield (name, line), {what: str(both[what]) for what in KEPT if what in both}


@cache
def before() -> Steps:
    """Give the steps as they were."""
    found: Steps = json.loads(BEFORE.read_text(encoding="utf-8"))
    return found


@cache
def now() -> Steps:
    """Give the steps and lines as they are."""
    found: Steps = {}
    for path in (*sorted(LIBRARY.glob("*.yaml")), *sorted(LIBRARY.glob("tracks/*.yaml"))):
        found |= steps_of(path.stem, path.read_text(encoding="utf-8"))
    return found


@cache
def written() -> Mapping[str, Mapping[str, Any]]:
    """Give what ``moved.yaml`` says: ``moved``, ``dropped`` and ``changed``, each by the old place."""
    found: Mapping[str, Mapping[str, Any]] = read_yaml(MOVED.read_text(encoding="utf-8"), MOVED.name)[0]
    return found


def by_name(old: str) -> str | None:
    """Find a step by its name: in its place, as a line of a card of its track, else wherever alone it stands.

    Its own file comes before others; a playbook's own step isn't looked for among those of other playbooks.
    """
    within, _, name = old.rpartition("/")
    if old in now():
        return old
    mine, own = within.partition("/")[0], within.count("/") > 0
    named = [place for place in now() if place.rpartition("/")[2] == name]
    tiers = (
        [place for place in named if place.startswith(f"{within}/")],
        [place for place in named if place.startswith(f"{mine}/")],
        [place for place in named if _shared(place) or not own],
    )
    return next((tier[0] for tier in tiers if len(tier) == 1), None)


def _shared(place: str) -> bool:
    return (LIBRARY / "tracks" / f"{place.partition('/')[0]}.yaml").exists()


def place_now(old: str) -> str | None:
    """Give where an old step stands now; None if nobody knows, or it was dropped."""
    if old in written()["dropped"]:
        return None
    return written()["moved"].get(old) or by_name(old)


def record() -> Steps:
    """Read the steps of the commit itself."""

    def git(*words: str) -> str:
        return subprocess.run(("git", *words), check=True, capture_output=True, text=True).stdout

    files = git("ls-tree", "-r", "--name-only", COMMIT, "playbooks/library").split()
    found: Steps = {}
    for file in files:
        if Path(file).stem != "triage":
            found |= steps_of(Path(file).stem, git("show", f"{COMMIT}:{file}"))
    return found


def main() -> None:
    """Record what was, if it isn't yet, and say which steps are to be written into ``moved.yaml``."""
    if not BEFORE.exists():
        lines = (f"{json.dumps(place)}: {json.dumps(kept, ensure_ascii=False)}" for place, kept in record().items())
        BEFORE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    lost = [old for old in before() if place_now(old) not in now() and old not in written()["dropped"]]
    sys.stdout.write("".join(f"{old}\n" for old in lost))


if __name__ == "__main__":
    main()
