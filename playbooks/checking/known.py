"""What the checks of a playbook know of the world outside it, as plain sets of names."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from playbooks.authoring.lines import Path
from playbooks.frozen import frozen
from playbooks.model import Playbook, Step, Track

DUTY_FACTS: frozenset[str] = frozenset(
    {
        "leak",
        "loss",
        "damage",
        "sensitive",
        "malicious",
        "financial",
        "encrypted_safely",
        "my_number",
        "care_affected",
        "crime_suspected",
        "persons",
        "my_number_persons",
        "public_on_net",
        "nature",
        "vendor_attacked",
        "entrusted",
        "care_users",
        "sheets_issued",
        "sheets_remaining",
    }
)
"""The facts that the reporting duties look at: a run always has them, as ``unknown`` at first."""


@frozen
class Known:
    """Names that exist: roles, contact references (``vendor:ehr``) and playbooks; None where nobody can say."""

    roles: AbstractSet[str] | None = None
    contacts: AbstractSet[str] | None = None
    playbooks: AbstractSet[str] | None = None


def steps_of(playbook: Playbook) -> Iterator[tuple[Path, Track, str, Step]]:
    """Give every step with the way to it, its track and its name; a card's lines, as ``card/line``, right behind it."""
    for track_name, track in playbook.tracks.items():
        for name, step in track.steps.items():
            path: Path = ("tracks", track_name, "steps", name)
            yield path, track, name, step
            for line_name, line in step.lines.items():
                yield (*path, "lines", line_name), track, f"{name}/{line_name}", line
