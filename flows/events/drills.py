"""The calendar of drills: what was planned, announced, moved, held or missed, and why."""

from __future__ import annotations

from flows.events.event import FacilityEvent
from playbooks.frozen import frozen


@frozen
class YearPlanned(FacilityEvent):
    """The drills of a fiscal year were planned; ``basis`` is what the plan rests on, ``unplaced`` what found no place.

    ``basis`` is a digest of opening hours, marked times and cycles: when it changes, the rest of the year is looked at again.
    """

    year: int
    basis: str
    unplaced: tuple[str, ...] = ()


@frozen
class DrillPlanned(FacilityEvent):
    """A drill has its date: ``at`` (ISO 8601), to be held by the day ``until``; ``why`` are the facts of its reason.

    ``member`` is the newcomer it is for, ``after`` the drill that was missed and that it stands for. ``by_hand``: a
    person chose the day.
    """

    drill: str
    kind: str
    at: str
    until: str
    why: dict[str, str]
    scenario: str | None = None
    member: str | None = None
    after: str | None = None
    by_hand: bool = False


@frozen
class DrillMoved(FacilityEvent):
    """A drill was postponed to ``at``; ``cause`` is ``person``, ``incident``, ``unworkable``, ``broken_off`` or ``aborted``.

    ``reason`` is what the person said, ``why`` are the facts of the new date's reason.
    """

    drill: str
    at: str
    cause: str
    why: dict[str, str]
    reason: str = ""


@frozen
class DrillAnnounced(FacilityEvent):
    """The staff were told of a drill."""

    drill: str


@frozen
class DrillReminded(FacilityEvent):
    """Whoever decides was reminded ``before`` so many days; 0 is the hour itself, when the drill is offered."""

    drill: str
    before: int


@frozen
class DrillScenarioChosen(FacilityEvent):
    """A tabletop drill will play another scenario."""

    drill: str
    scenario: str


@frozen
class VendorInvited(FacilityEvent):
    """A vendor (``contact``) is asked to take part in a drill."""

    drill: str
    contact: str


@frozen
class VendorUninvited(FacilityEvent):
    """The invitation of a vendor (``contact``) to a drill was taken back."""

    drill: str
    contact: str


@frozen
class DrillStarted(FacilityEvent):
    """A drill began, as ``run``."""

    drill: str
    run: str


@frozen
class DrillMissed(FacilityEvent):
    """A drill was not held on its day: ``not_started`` or ``bot_off`` (nobody could have been asked)."""

    drill: str
    why: str


@frozen
class DrillDebriefed(FacilityEvent):
    """What the drill showed was talked over."""

    drill: str


@frozen
class DrillSignedOff(FacilityEvent):
    """Whoever decides stands behind the drill's record."""

    drill: str


LEFT, NEW_CADENCE = "left", "cadence"
"""Reasons of ours: the newcomer whom it was for has gone; its kind is held in another cycle from now on."""


@frozen
class DrillCancelled(FacilityEvent):
    """A drill will not be held, for a reason, somebody's or one of ours."""

    drill: str
    reason: str


@frozen
class CadenceChanged(FacilityEvent):
    """The facility holds a kind of drill otherwise; None leaves a thing as it was, ``every_months`` 0 means never."""

    kind: str
    every_months: int | None = None
    weekdays: tuple[str, ...] | None = None
    announced: bool | None = None
