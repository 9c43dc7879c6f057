"""All that the registry knows, one name each; every module behind it holds one idea."""

from __future__ import annotations

from contacts.contracts import Contract
from contacts.equipment import Equipment
from contacts.facility import Facility
from contacts.hours import WEEKDAYS, Session, Weekday
from contacts.outside import Connection, Contact
from contacts.people import DEPUTISED, ROLES, RUN_ROLES, Member
from contacts.systems import TASKS, Responsibility, System

__all__ = [
    "DEPUTISED",
    "ROLES",
    "RUN_ROLES",
    "TASKS",
    "WEEKDAYS",
    "Connection",
    "Contact",
    "Contract",
    "Equipment",
    "Facility",
    "Member",
    "Responsibility",
    "Session",
    "System",
    "Weekday",
]
