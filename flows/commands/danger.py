"""What is ordered when somebody's words say that a person is in danger, or that this place burns."""

from __future__ import annotations

from datetime import datetime

from flows.commands.command import FacilityCommand
from playbooks.frozen import frozen

VOICELESS = "voiceless"
"""The theme of a danger whose writer can't speak or hides, and what is told of it: nobody may phone them."""


@frozen
class SeeDanger(FacilityCommand):
    """The actor wrote of a danger. What is ``plain`` rings everybody after a while; in a ``drill`` (its run) only what is ``unplayed``.

    ``helped`` says that somebody has called for help already; ``apart``, which dangers (by turn) are others by their words;
    ``theme``, what its first words are about; ``also``, the language it was written in. ``written`` is when it was written, where
    it comes so late, since the bot was off, that nobody is to be rung by itself.
    """

    danger: str
    text: str
    plain: bool = False
    drill: str = ""
    helped: bool = False
    apart: tuple[int, ...] = ()
    theme: str = ""
    also: str = ""
    written: datetime | None = None
    unplayed: bool = False


@frozen
class RingDanger(FacilityCommand):
    """Ring everybody for the danger that was seen at turn ``of``."""

    of: int


@frozen
class TellDangerLate(FacilityCommand):
    """Tell that nobody was rung for the danger that was seen at turn ``of``, since the bot was off."""

    of: int


@frozen
class TakeDangerBack(FacilityCommand):
    """There is no danger after all."""

    of: int


@frozen
class TellOfDanger(FacilityCommand):
    """The actor wrote what became of the danger seen at turn ``of`` (0: nobody wrote of one); it ends nothing.

    ``news`` as in the event. ``quiet``: only the actor is answered, since nothing but a question was written.
    ``theme`` is what the danger's first words are about.
    """

    of: int
    news: str
    text: str
    quiet: bool = False
    theme: str = ""
