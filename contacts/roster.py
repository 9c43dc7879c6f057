"""The roster: who is here, who decides, and whom to call, as it is at this moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from contacts.defaults import EMERGENCY, FOR_MEMBERS
from contacts.model import Connection, Contact, Contract, Equipment, Facility, Member, Responsibility, System
from playbooks.frozen import frozen


@frozen
class Roster:
    """A snapshot of all that the registry knows, in the order of entry; pure data, asked by the flows."""

    facility: Facility
    members: tuple[Member, ...] = ()
    contacts: tuple[Contact, ...] = ()
    systems: tuple[System, ...] = ()
    contracts: tuple[Contract, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    connections: tuple[Connection, ...] = ()
    equipment: tuple[Equipment, ...] = ()

    def member(self, member_id: str) -> Member | None:
        """Give a member by id, whatever their status; None if there never was one."""
        return next((m for m in self.members if m.id == member_id), None)

    def active(self) -> tuple[Member, ...]:
        """Give those who work here now, in the order in which they were entered."""
        return tuple(m for m in self.members if m.status == "active")

    def present(self, day: date) -> tuple[Member, ...]:
        """Give the active members who are not absent on ``day``."""
        return tuple(m for m in self.active() if not m.absent_on(day))

    def owners(self, role: str, day: date) -> tuple[Member, ...]:
        """Give who does what ``role`` owns on ``day``: present holders first, then present deputies by rank."""
        here = self.present(day)
        holders = [m for m in here if role in m.roles]
        deputies = sorted((m for m in here if role in m.stands_in_for and m not in holders), key=lambda m: m.rank)
        return (*holders, *deputies)

    def chain(self, day: date) -> tuple[Member, ...]:
        """Give who decides on ``day``, first to last: directors, then their deputies; those absent are left out."""
        return self.owners("director", day)

    def open_to_us(self) -> tuple[Contact, ...]:
        """Give whom a facility of this kind may call: a desk for members of another trade's association is left out."""
        kind = self.facility.kind
        return tuple(c for c in self.contacts if kind in FOR_MEMBERS.get(c.id, (kind,)))

    def contacts_for(self, reference: str) -> tuple[Contact, ...]:
        """Give the contacts a playbook means by ``kind:service``, those with a verified number first, doubted ones last."""
        kind, _, service = reference.partition(":")
        found = [c for c in self.open_to_us() if c.kind == kind and service in c.services]
        found = found or [c for c in EMERGENCY if c.kind == kind and service in c.services]  # older homes lack 119
        return tuple(sorted(found, key=lambda c: (c.number is None, c.doubted_on is not None, c.verified_on is None)))

    def knows_number(self, reference: str) -> bool:
        """Say whether there is a number, or a person, for ``vendor:network``, ``role:director`` …."""
        kind, _, name = reference.partition(":")
        if kind == "member":
            return any(m.id == name and m.telephone for m in self.active())
        found = self.contacts_for(reference)
        return kind == "role" or any(c.number or c.night_number or c.alternate_number for c in found)

    def named_in(self, text: str, but: str = "") -> Member | None:
        """Give who is named in a text, by family name; None for nobody, or for more than one."""
        found = [m for m in self.active() if m.id != but and m.name.split()[0] in text]
        return found[0] if len(found) == 1 else None

    def contact(self, contact_id: str | None) -> Contact | None:
        """Give a contact by id; None if there is none (any more)."""
        return next((c for c in (*self.contacts, *EMERGENCY) if c.id == contact_id), None)

    def vendors(self) -> tuple[Contact, ...]:
        """Give the companies that care for the systems, in the order in which they were entered."""
        return tuple(c for c in self.contacts if c.kind == "vendor")

    def system(self, system_id: str | None) -> System | None:
        """Give a system by id; None if there is none (any more)."""
        return next((s for s in self.systems if s.id == system_id), None)

    def vendor_of(self, system: System) -> Contact | None:
        """Give who keeps a system: the vendor entered with it, or else the best known for its service."""
        return self.contact(system.vendor) or next(iter(self.contacts_for(f"vendor:{system.service}")), None)


def held_roles(members: Iterable[Member]) -> frozenset[str]:
    """Give every role that an active member holds or stands in for."""
    return frozenset(r for m in members if m.status == "active" for r in (*m.roles, *m.stands_in_for))
