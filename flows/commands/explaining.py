"""What is ordered about the texts for patients."""

from __future__ import annotations

from flows.commands.command import LateCommand
from playbooks.frozen import frozen


@frozen
class ApproveExplanation(LateCommand):
    """I stand behind this text, as it reads now."""

    kind: str
    language: str
    text: str


@frozen
class UseExplanation(LateCommand):
    """This approved text was used; without ``about`` (who was told, where, how many) the bot asks."""

    kind: str
    language: str
    about: str | None = None


@frozen
class SayWhereToAsk(LateCommand):
    """Patients may call this ``telephone``; without one the bot asks for it. The text of ``kind`` waits for it."""

    kind: str
    language: str
    telephone: str | None = None
