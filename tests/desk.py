"""How much the reception desk reads in the first ten minutes: each play at each kind of facility, by the real bot.

``python -m tests.desk [PLAY …]`` prints it.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.demo.play import Play, demo_start, open_demo
from bot.demo.tally import FIRST
from playbooks.model import FACILITY_KINDS, FacilityKind
from tests.clinic import MORNING
from tests.library import shipped_catalogue

BOUND = (12, 1200)
"""Messages and characters, buttons, what must not be done, captions and the changed part of each edit among them."""

NOT_YET: Mapping[tuple[str, FacilityKind], tuple[int, int]] = {("one_device", "pharmacy"): (14, 1400)}
"""A paper jam that turns out to be all machines, where nobody but the desk has hands: the questions of two playbooks one after the other."""


class _OverError(Exception):
    """The first minutes are over."""


async def read(folder: Path, playbook: str, kind: FacilityKind) -> Counter[str]:
    """Play the first ten minutes in an empty folder; gives what the reception desk had to read and do."""
    cast = open_demo(folder, demo_start(MORNING), lambda _, __: None, kind)
    stage, until = cast.stage, cast.stage.clock.now() + FIRST[0]
    wait = stage.wait

    async def no_longer(minutes: float) -> None:
        if stage.clock.now() > until:
            raise _OverError
        await wait(minutes)

    stage.wait = no_longer  # type: ignore[method-assign]
    try:
        await Play(cast, folder, lambda _, __: None).play(playbook)
    except _OverError:
        return stage.tally.figures(cast.members["reception"], (), until)
    finally:
        stage.home.close()
    return stage.tally.figures(cast.members["reception"], (), until)


def plays() -> Iterator[tuple[str, FacilityKind]]:
    """Give each playbook that is for an incident with each kind of facility that it is for."""
    for playbook in shipped_catalogue().for_use("incident"):
        yield from ((playbook.playbook, kind) for kind in FACILITY_KINDS if kind in playbook.facilities)


def main(wanted: list[str]) -> None:
    """Print messages and characters of each play, and mark what is more than it may be."""
    for playbook, kind in plays():
        if not wanted or playbook in wanted:
            with tempfile.TemporaryDirectory() as folder:
                figures = asyncio.run(read(Path(folder), playbook, kind))
            come = (figures["messages"], figures["characters"])
            mark = "" if all(one <= most for one, most in zip(come, BOUND, strict=True)) else "  ←"
            said = f"{come[0]:3} / {BOUND[0]} messages {come[1]:6,} / {BOUND[1]:,} characters{figures['acts']:4} acts"
            sys.stdout.write(f"{playbook:22}{kind:16}{said}{mark}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
