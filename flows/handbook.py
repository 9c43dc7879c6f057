"""The handbook: what a facility follows and how long it waits, as one value that is read once and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import Field

from playbooks.drills.shape import DrillLibrary
from playbooks.duties.shape import Duties
from playbooks.explanations.shape import Explanations
from playbooks.first_words.shape import FirstWords
from playbooks.kinds import worded
from playbooks.model import FacilityKind, Grade, Playbook
from playbooks.texts import Data

COMMAND: Mapping[Grade, int] = {"urgent": 3, "firm": 10, "quiet": 10}
"""Minutes that somebody who was asked to decide may stay silent, where the facility sets nothing itself."""

URGENT_QUESTION = 1
"""Minutes that a report may wait which may be urgent, where the facility sets nothing itself."""


class Pace(Data):
    """Waiting times in minutes (counts where the name says so), before the bot does something by itself."""

    question: int = Field(default=3, ge=1, le=60)
    """From a report nobody classified to beginning by itself; see :meth:`question_for`."""
    forget: int = Field(default=120, ge=10, le=24 * 60)
    """From asking again about an unclear report to putting it away."""
    alarm_repeat: int = Field(default=5, ge=1, le=120)
    """Between two calls of a member who has not confirmed."""
    alarm_repeats: int = Field(default=3, ge=1, le=10)
    """How many times a silent member is called again."""
    command: int | None = Field(default=None, ge=1, le=120)
    """From asking somebody to decide to asking the next; None: as the grade says (:data:`COMMAND`)."""
    step_grace: int = Field(default=5, ge=1, le=240)
    """From reminding the owner of a step to opening it to the deputy and everybody else."""
    reply: int = Field(default=3, ge=1, le=60)
    """From asking somebody what a colleague wants to know to asking the next."""

    def question_for(self, *, urgent: bool) -> int:
        """Give the minutes in which a report waits for an answer; one that may be urgent a single one, unless they are set."""
        return URGENT_QUESTION if urgent and "question" not in self.model_fields_set else self.question

    def command_at(self, grade: Grade) -> int:
        """Give the minutes from asking somebody to decide to asking the next, where it is this loud."""
        return self.command or COMMAND[grade]


@dataclass(frozen=True, kw_only=True)
class Handbook:
    """Everything that is written down before anything happens; a run keeps what it was opened with.

    Without ``duties`` no report is owed, without ``explanations`` there are no texts for patients,
    without ``first_words`` nobody is told anything before the first question. ``weekly_line``: whoever decides is told
    once a week that the bot is alive. ``retention_years``: so long files and texts of an ended run are kept before whoever
    decides is asked; None where the facility has not said.
    """

    playbooks: Mapping[str, Playbook] = field(default_factory=dict)
    duties: Duties | None = None
    explanations: Explanations | None = None
    drills: DrillLibrary = field(default_factory=DrillLibrary)
    pace: Pace = field(default_factory=Pace)
    first_words: FirstWords | None = None
    weekly_line: bool = False
    retention_years: int | None = None

    def for_kind(self, kind: FacilityKind) -> Handbook:
        """Give the handbook with only those playbooks that are meant for this kind of facility, and in its words."""
        ours = {name: worded(p, kind) for name, p in self.playbooks.items() if kind in p.facilities}
        return replace(self, playbooks=ours, drills=worded(self.drills, kind))
