"""The institution itself: what it is, where, and when it is open."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from contacts.shapes.days import is_national_holiday
from contacts.shapes.hours import WEEKDAYS, Hours, Session, Weekday, open_at
from playbooks.model import FacilityKind
from playbooks.texts import Data, Language

Occasion = Literal["meeting", "before_opening", "midday"]
OCCASIONS: tuple[Occasion, ...] = ("meeting", "before_opening", "midday")
"""Times of a week in which people are there and no patient is waiting: good for a drill."""


class Facility(Data):
    """The institution: its kind, its hours and its zone. No sessions given means: always open (everybody rings).

    ``closed`` are single days without any session, ``half_days`` single days with sessions of their own. ``marked`` are
    the times of a week that drills may use. ``telephone`` is the desk that patients call,
    ``address`` what somebody has to say who calls an ambulance. What the set-up asks about the line to the outside is
    None while nobody has answered: whether the telephones run over it (``phones_on_line``) and devices at patients' homes
    report over it (``home_devices``); ``fallback_phone`` is who has which phone when it is cut. ``poster`` is the text for
    the door in the first hour, once somebody who decides stands behind it.
    """

    name: str
    kind: FacilityKind
    language: Language = "ja"
    zone: str = "Asia/Tokyo"
    sessions: Hours = {}
    closed: tuple[date, ...] = ()
    half_days: dict[date, tuple[Session, ...]] = {}
    marked: dict[Occasion, Hours] = {}
    prefecture: str | None = None
    telephone: str | None = None
    address: str | None = None
    phones_on_line: bool | None = None
    fallback_phone: str | None = None
    home_devices: bool | None = None
    poster: str | None = None

    def local(self, moment: datetime) -> datetime:
        """Give the facility's wall-clock time of an aware ``moment``."""
        return moment.astimezone(ZoneInfo(self.zone))

    @property
    def rests_on_holidays(self) -> bool:
        """Whether national holidays are days off: not where every day of the week has its hours."""
        return len([day for day, sessions in self.sessions.items() if sessions]) < len(WEEKDAYS)

    def rests_on(self, day: date) -> bool:
        """Say whether a day is one without hours, whatever its weekday; a half day's own hours count."""
        return day in self.closed or (day not in self.half_days and self.rests_on_holidays and is_national_holiday(day))

    def in_session(self, moment: datetime) -> bool:
        """Say whether the facility is open at an aware ``moment``; always, while no session is known."""
        if not self.sessions:
            return True
        here = self.local(moment)
        if self.rests_on(here.date()):
            return False
        own = self.half_days.get(here.date())
        if own is not None:
            return any(session.holds(here.time()) for session in own)
        return open_at(self.sessions, here)

    def marked_on(self, day: Weekday) -> dict[Occasion, tuple[Session, ...]]:
        """Give the marked times of a weekday, by occasion; occasions without any are left out."""
        return {what: hours[day] for what, hours in self.marked.items() if hours.get(day)}
