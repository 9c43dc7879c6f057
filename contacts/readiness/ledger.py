"""What the ledger knows of systems that stand still: which are meant, what is done instead, and who answers for what."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from contacts.roster import Roster
from contacts.shapes.contracts import Contract
from contacts.shapes.outside import Contact
from contacts.shapes.systems import Responsibility, System

LEAST_URGENT = 10**6
"""Minutes; more than any downtime that somebody writes."""


def systems_of(roster: Roster, services: Collection[str]) -> tuple[System, ...]:
    """Give the systems of some services (of none named: all), those that may be down for the shortest time first."""
    meant = [system for system in roster.systems if not services or system.service in services]
    return tuple(sorted(meant, key=lambda s: (_allowed(s), -(s.importance or 0))))


def _allowed(system: System) -> int:
    return LEAST_URGENT if system.allowed_downtime is None else system.allowed_downtime


def in_order(roster: Roster, services: Collection[str] = ()) -> tuple[System, ...]:
    """Give the systems that have a place in the order of restoring, the first first, with whatever they need before them."""
    meant = {system.id for system in systems_of(roster, services)}
    placed = [system for system in roster.systems if system.restore_order]
    needed = {need for system in placed if system.id in meant for need in system.needs}
    return tuple(sorted((s for s in placed if s.id in meant | needed), key=lambda s: s.restore_order or 0))


def running_contracts(roster: Roster, vendor: Contact, today: date) -> tuple[Contract, ...]:
    """Give the contracts with a vendor that are not over."""
    return tuple(c for c in roster.contracts if c.vendor == vendor.id and not c.ended(today))


def shares_of(roster: Roster, vendor: Contact) -> tuple[tuple[System, Responsibility], ...]:
    """Give who does what in an emergency on the systems that a vendor keeps, as far as it was settled."""
    return tuple(
        (system, share)
        for share in roster.responsibilities
        if share.emergency is not None
        and (system := roster.system(share.system)) is not None
        and roster.vendor_of(system) == vendor
    )


def kept_ready(roster: Roster, kind: str) -> list[tuple[str, str]]:
    """Give what is kept for an emergency and where it lies; of paper also what is used in place of a system. Nothing unknown."""
    pieces = [(piece.name, piece.place) for piece in roster.equipment if piece.kind == kind and piece.place]
    paper = [(s.name, s.on_paper) for s in roster.systems if kind == "paper_kit" and s.on_paper]
    return [*pieces, *paper]
