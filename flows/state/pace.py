"""How long the bot waits before it does something by itself; the facility may change each."""

from __future__ import annotations

from pydantic import Field

from playbooks.texts import Data


class Pace(Data):
    """Waiting times in minutes (counts where the name says so)."""

    question: int = Field(default=3, ge=1, le=60)
    """From a report nobody classified to opening it with the likeliest playbook."""
    forget: int = Field(default=120, ge=10, le=24 * 60)
    """From asking again about an unclear report to putting it away."""
    alarm_repeat: int = Field(default=5, ge=1, le=120)
    """Between two calls of a member who has not confirmed."""
    alarm_repeats: int = Field(default=3, ge=1, le=10)
    """How many times a silent member is called again."""
    command: int = Field(default=10, ge=1, le=120)
    """From asking somebody to decide to asking the next."""
    step_grace: int = Field(default=5, ge=1, le=240)
    """From reminding the owner of a step to opening it to the deputy and everybody else."""
