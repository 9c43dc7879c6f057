"""How a run begins, who was called, who answered and who decides."""

from __future__ import annotations

from typing import Any

from flows.events.event import RunEvent
from playbooks.frozen import frozen


@frozen
class Reported(RunEvent):
    """Somebody said what they see; ``mode`` (incident or drill) is fixed from here on. ``named`` are members it names.

    ``everyday`` says that it was most likely no more than talk; ``plain``, that the first candidate is what it is.
    """

    reporter: str
    text: str
    candidates: tuple[str, ...] = ()
    mode: str = "incident"
    sure: bool = False
    near: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    everyday: bool = False
    plain: bool = False


@frozen
class ReportNudged(RunEvent):
    """Nobody said what it looks like: the reporter is asked again, and whoever decides is told."""


@frozen
class Declared(RunEvent):
    """It is an incident (or a drill) of this kind; ``playbook`` is the whole text that will be followed.

    ``duties`` is the reporting law as it stood on that day, whole as well.
    """

    playbook: dict[str, Any]
    duties: dict[str, Any] | None = None


@frozen
class Alarmed(RunEvent):
    """Who was called; those in ``quiet`` without a sound, because the facility is closed at this hour."""

    ring: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()


@frozen
class ReportedAgain(RunEvent):
    """Another person reported the same thing; ``near`` are the playbooks that their words come near to.

    ``early``: nothing had begun yet, so that they still have to be called when it does. ``named``: of whom it is told in confidence.
    """

    member: str
    text: str
    near: tuple[str, ...] = ()
    early: bool = False
    named: tuple[str, ...] = ()


@frozen
class Acknowledged(RunEvent):
    """``member`` knows; when the actor is another person, they told ``member`` by word of mouth."""

    member: str


@frozen
class PresenceTold(RunEvent):
    """``member`` said where they are: ``here`` with free hands, ``with_patient`` or ``away``.

    It holds until they say otherwise (``lasting``), or until the time that they named (``until``, ISO; empty: none).
    """

    member: str
    where: str
    until: str = ""
    lasting: bool = False


@frozen
class PresenceAsked(RunEvent):
    """``member`` was asked again where they are."""

    member: str


@frozen
class ArrivalTold(RunEvent):
    """``member`` wrote that they are on their way, to be here at ``until`` (an ISO time; empty: they named none)."""

    member: str
    until: str = ""


@frozen
class VoiceCallAsked(RunEvent):
    """``member`` was asked to call ``whom`` by voice, who decides and hasn't answered."""

    member: str
    whom: str


@frozen
class VoiceCallTold(RunEvent):
    """Whoever was asked at turn ``of`` says whether they spoke with ``whom``; that is told by them, not by ``whom``."""

    of: int
    whom: str
    reached: bool


@frozen
class AlarmRepeated(RunEvent):
    """A silent member was called again, for the ``count``-th time."""

    member: str
    count: int


@frozen
class Returned(RunEvent):
    """A member who had been silent is back and gets one summary."""

    member: str


@frozen
class CommandAsked(RunEvent):
    """``member`` was asked to decide; ``after`` is who stayed silent before."""

    member: str
    after: str | None = None


@frozen
class CommandOffered(RunEvent):
    """Nobody of the chain answered: any member may take command."""


@frozen
class CommandTaken(RunEvent):
    """``member`` decides from here on; ``reserved`` says that the director's decisions wait for ratification."""

    member: str
    reserved: bool = False


@frozen
class CommandHandedOn(RunEvent):
    """Whoever decides wants ``member`` to do so; until they accept, nothing changes."""

    member: str


@frozen
class SceneTaken(RunEvent):
    """``member`` runs the scene from here on, until somebody leads."""

    member: str


@frozen
class CommandLapsed(RunEvent):
    """Whoever decided is silent, away or gone: nobody decides until somebody takes command; ``why`` says which."""

    member: str
    why: str


@frozen
class GradeRaised(RunEvent):
    """It is louder from here on; ``why`` is one of :data:`flows.scene.grades.WHYS`, ``said`` where the actor said so."""

    grade: str
    why: str


@frozen
class GradeLowered(RunEvent):
    """It is less loud from here on, for a ``reason``."""

    grade: str
    reason: str


@frozen
class CircleAsked(RunEvent):
    """It is a matter for a few: whoever reported is asked who of them is not to know, and until then nobody is told."""


@frozen
class CircleSettled(RunEvent):
    """Whoever reported has said who may know: all who would be told, but for ``left_out``.

    Empty is nobody; several have a + between them.
    """

    left_out: str = ""

    @property
    def members(self) -> tuple[str, ...]:
        """Who is left out."""
        return tuple(filter(None, self.left_out.split("+")))
