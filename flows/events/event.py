"""What all events have in common."""

from __future__ import annotations

from flows.naming import kept_name
from playbooks.frozen import frozen

KINDS: dict[str, type[Event]] = {}
"""The event classes by the kind under which the journal keeps them (``StepShown`` is ``step_shown``)."""


@frozen
class Event:
    """Something that stands in a journal."""

    def __init_subclass__(cls) -> None:
        """Take a class into :data:`KINDS`; TypeError if another has its kind already."""
        if Event not in cls.__bases__:  # RunEvent and FacilityEvent only say where an event may stand
            kind = kept_name(cls)
            if kind in KINDS:
                raise TypeError(f"{cls.__qualname__} and {KINDS[kind].__qualname__} would both be kept as {kind!r}")
            KINDS[kind] = cls


@frozen
class RunEvent(Event):
    """Something that happens in a run."""


@frozen
class FacilityEvent(Event):
    """Something that happens in the facility itself."""
