"""All that the registry knows, one name each; every module behind it holds one idea."""

from __future__ import annotations

from contacts.shapes.contracts import Contract
from contacts.shapes.equipment import Equipment
from contacts.shapes.facility import Facility
from contacts.shapes.hours import WEEKDAYS, Session, Weekday
from contacts.shapes.outside import Connection, Contact
from contacts.shapes.people import Member
from contacts.shapes.systems import TASKS, Responsibility, System

__all__ = [
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
