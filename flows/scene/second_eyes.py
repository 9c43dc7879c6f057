"""Who looks whether what somebody says they pulled is really out: a wrong tick under the backups can't be made good any more."""

from __future__ import annotations

from flows.scene.pulled import FIRST_THINGS, leads_wait
from flows.scene.voice import there
from flows.state.run import Run
from flows.state.work import Context


def second_eyes(run: Run, context: Context, but: str) -> str | None:
    """Name who is to look at the backups: never whoever says they are out, and ``but``, who is about to pull the next lead, last.

    They are known to be in the house with free hands, and have nothing before them if possible; None where nobody is, a lead
    still waits for hands, or nobody says so.
    """
    say_so = {
        how.by
        for place, how in run.answered.items()
        if how.answer == "done" and run.text_of(*place).picture in FIRST_THINGS["backups"]
    }
    if not say_so or leads_wait(run, context):
        return None
    others = (member for member in dict.fromkeys((*there(run, context), but)) if member not in say_so)
    return min(others, key=lambda member: (member == but, run.open_step_of(member) is not None), default=None)
