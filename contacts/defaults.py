"""What every home ships with: the numbers that are public and sourced, each marked to be verified, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from contacts.model import Contact
from contacts.shapes.hours import MIDNIGHT, WEEKDAYS, Hours, Session
from playbooks.model import FacilityKind

ALWAYS: Hours = {day: (Session(start=MIDNIGHT, until=MIDNIGHT),) for day in WEEKDAYS}
_DAYTIME: Hours = {day: (Session(start=time(6), until=time(21)),) for day in WEEKDAYS}

EMERGENCY: tuple[Contact, ...] = (
    Contact(
        id="fire_ambulance",
        kind="authority",
        services=("ambulance",),
        name="消防・救急",
        number="119",
        hours="24時間",
        open_hours=ALWAYS,
        note="火事とけが人・急病人。携帯から。IP電話ではかからないことがあるので、登録のときに確かめてください。",
    ),
    Contact(
        id="police_emergency",
        kind="authority",
        services=("police",),
        name="警察（緊急）",
        number="110",
        hours="24時間",
        open_hours=ALWAYS,
        note="緊急のとき。登録のときに確かめてください。",
    ),
)
"""119 and 110, which are there even where nobody has entered them."""

SHIPPED_CONTACTS: tuple[Contact, ...] = (
    *EMERGENCY,
    Contact(
        id="police_consultation",
        kind="authority",
        services=("police", "police_cyber"),
        name="警察相談専用電話",
        number="#9110",
        note="都道府県警察の相談窓口につながります。登録のときに確かめてください。",
    ),
    Contact(
        id="jma_cyber_support",
        kind="adviser",
        services=("association",),
        name="日本医師会サイバーセキュリティ支援制度",
        number="0120-179-066",
        hours="毎日 6:00–21:00",
        open_hours=_DAYTIME,
        note="日本医師会A①会員の医療機関が使えます。登録のときに確かめてください。",
    ),
)
"""119 is fire brigade and ambulance, 110 and #9110 are the police; the last is the doctors' association's line for its members (A①)."""

FOR_MEMBERS: Mapping[str, tuple[FacilityKind, ...]] = {"jma_cyber_support": ("clinic",)}
"""Desks that only members of a trade's association may call, and the kinds of facility that can be one."""
