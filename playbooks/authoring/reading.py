"""Files of playbooks read into complete playbooks, with everything wrong in them at once.

Nothing in a file makes the reader raise. What cannot be understood is named and then stood in for, so that one
mistake does not hide the others: a playbook that came with problems is there to be checked, never to be run.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any, TypeVar

from pydantic import ValidationError

from playbooks.authoring.author import SharedMention, SharedTrack, WrittenPlaybook, WrittenTrack
from playbooks.authoring.completing import complete
from playbooks.authoring.lines import Lines, Path, read_yaml
from playbooks.authoring.wording import likely, path_in, sentence
from playbooks.model import Playbook
from playbooks.problems import Problem
from playbooks.texts import Data

PLAYBOOKS = FilePath(__file__).resolve().parents[1]
"""Where all stands that comes along with the program."""

_Shape = TypeVar("_Shape", bound=Data)
_PARTS = ("tracks", "steps", "lines", "answers", "choices")
_ROUNDS = 6
"""How often a file is mended before it is given up: each round may uncover something inside what was mended."""

_TEXT = {"ja": "?", "en": "?"}
_STEP = {"ask": _TEXT, "role": "anyone", "source": "?", "answers": {"unsure": "end"}}
_STAND_IN: Mapping[str, Any] = {
    "playbook": "stand_in",
    "track": "stand_in",
    "title": _TEXT,
    "question": _TEXT,
    "ask": _TEXT,
    "ja": "?",
    "en": "?",
    "event": "system_failure",
    "signs": {},
    "stage": "detection",
    "urgency": 1,
    "source": "?",
    "steps": {"stand_in": _STEP},
    "tracks": {"stand_in": {"title": _TEXT, "stage": "detection", "urgency": 1, "steps": {"stand_in": _STEP}}},
}


def read_playbook(path: FilePath, tracks: Sequence[FilePath] = ()) -> tuple[Playbook | None, list[Problem], Lines]:
    """Read a playbook's file; shared tracks are looked for in the folders ``tracks``, the first that has one counts.

    Gives None if too little could be understood. A playbook beside problems is only good for further checks.
    """
    text, problems = _text_of(path)
    if text is None:
        return None, problems, Lines(str(path))
    playbook, problems, lines = understand(text, str(path), tracks)
    if playbook is not None and playbook.playbook not in (path.stem, _STAND_IN["playbook"]):
        cure = f"write `playbook: {path.stem}` or rename the file"
        problems.append(lines.problem(("playbook",), f"`{playbook.playbook}` stands in a file of another name", cure))
    return playbook, sorted(set(problems)), lines


def understand(text: str, file: str, tracks: Sequence[FilePath] = ()) -> tuple[Playbook | None, list[Problem], Lines]:
    """Read a playbook's text as :func:`read_playbook` does; ``file`` is how problems call it."""
    data, lines, problems = read_yaml(text, file, ours=_is_ours(file))
    if problems and data is None:
        return None, problems, lines
    written = _shaped(WrittenPlaybook, data, lines, problems)
    if written is None:
        return None, sorted(set(problems)), lines
    shared: dict[str, WrittenTrack] = {}
    for name, mention in written.tracks.items():
        if isinstance(mention, SharedMention):
            track, below = _shared(mention.shared, tracks, lines, ("tracks", name, "shared"), problems)
            shared[name] = track
            if below is not None:
                lines.graft(("tracks", name), below)
    playbook, more = complete(written, shared, lines)
    return playbook, sorted({*problems, *more}), lines


def _is_ours(file: str) -> bool:
    return PLAYBOOKS in FilePath(file).parents


def _text_of(path: FilePath) -> tuple[str | None, list[Problem]]:
    try:
        return path.read_bytes().decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, [Problem(str(path), line, "the file is not written in UTF-8", "save it again as UTF-8")]
    except OSError as error:
        return None, [Problem(str(path), 1, "the file cannot be opened", error.strerror or "is it there?")]


def _shared(
    name: str, folders: Sequence[FilePath], lines: Lines, at: Path, problems: list[Problem]
) -> tuple[WrittenTrack, Lines | None]:
    """Read the shared track a playbook mentions; a stand-in if there is none or it cannot be understood."""
    stand_in = WrittenTrack.model_validate(_STAND_IN["tracks"]["stand_in"])
    names = {path.stem: path for folder in reversed(folders) for path in sorted(folder.glob("*.yaml"))}
    if name not in names:
        problems.append(
            lines.problem(
                at, f"there is no shared track `{name}`", likely(name, names, "put it into the folder `tracks`")
            )
        )
        return stand_in, None
    text, unread = _text_of(names[name])
    if text is None:
        problems.extend(unread)
        return stand_in, None
    track, below, found = _track(text, str(names[name]))
    problems.extend(found)
    return track or stand_in, below


@lru_cache(maxsize=64)
def _track(text: str, file: str) -> tuple[WrittenTrack | None, Lines, tuple[Problem, ...]]:
    """Read a shared track's text once for all the playbooks that mention it."""
    data, below, problems = read_yaml(text, file, ours=_is_ours(file))
    track = None if problems and data is None else _shaped(SharedTrack, data, below, problems)
    return track, below, tuple(problems)


def _shaped(shape: type[_Shape], data: Any, lines: Lines, problems: list[Problem]) -> _Shape | None:
    """Give the data in its shape; whatever does not fit becomes a problem once, and is stood in for."""
    told: set[Path] = set()
    mended = copy.deepcopy(data)
    for _ in range(_ROUNDS):
        try:
            return shape.model_validate(mended)
        except ValidationError as error:
            findings = [(path_in(mended, finding["loc"]), finding) for finding in error.errors(include_url=False)]
        # The deepest first: a list that is empty for want of one good entry is no second mistake.
        for path, finding in sorted(findings, key=lambda found: -len(found[0])):
            if not any(_touch(path, known) for known in told):
                what, cure = sentence(finding, path, shape)
                problems.append(lines.problem(path if finding["type"] != "missing" else path[:-1], what, cure))
            told.add(path)
        # From the back, so that the places of a list's earlier entries stay what they were.
        for path, finding in sorted(
            findings, key=lambda found: [str(part).zfill(6) for part in found[0]], reverse=True
        ):
            if not path:
                return None
            _mend(mended, path, finding["type"])
    return None


def _touch(one: Path, other: Path) -> bool:
    """Say whether one stands inside the other: then what is wrong there comes of what was wrong before."""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def _mend(data: Any, path: Path, finding: str) -> None:
    """Put a stand-in at ``path`` or take away what is there; ``finding`` is pydantic's name for what is wrong."""
    around = data
    for part in path[:-1]:
        try:
            around = around[part]
        except (KeyError, IndexError, TypeError):
            return  # something around it was mended already
    name, parent = path[-1], path[-2] if len(path) > 1 else None
    if isinstance(around, dict):
        if finding == "missing":
            around[name] = copy.deepcopy(_STAND_IN.get(str(name), "stand_in"))
        elif finding == "extra_forbidden" or (parent not in _PARTS and name not in ("ja", "en")):
            around.pop(name, None)
        elif parent in _PARTS:
            around[name] = {"answers": {"unsure": "end"}} if parent == "steps" else {}
        else:
            around[name] = ["?"] if parent in ("signs", "never") else "?"
    elif isinstance(around, list) and isinstance(name, int) and name < len(around):
        if parent in ("ja", "en"):
            around[name] = "?"
        else:
            del around[name]
