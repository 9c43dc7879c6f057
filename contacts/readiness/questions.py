"""What to ask: a vendor about emergencies, oneself at a renewal, and both at the end of a contract."""

from __future__ import annotations

from contacts.labels import labelled
from contacts.phrasing import say
from playbooks.texts import Wording

VENDOR_QUESTIONS: tuple[Wording, ...] = tuple(
    say(f"questions.vendor.{about}")
    for about in (
        "does",
        "numbers",
        "how_soon",
        "remote_line",
        "backups",
        "restoring",
        "traces",
        "reports",
        "at_the_end",
    )
)
"""What a vendor is asked once a year, in an order in which it can be read over the telephone."""

RENEWAL_POINTS: tuple[Wording, ...] = tuple(
    say(f"questions.renewal.{about}")
    for about in ("range", "people", "price", "emergency", "data_return", "split", "notice")
)
"""What may have changed since a contract was last renewed; the vendor explains, the facility checks (guidance §3.5.2)."""

END_STEPS = labelled("questions.end", "received", "readable", "deleted", "certificate", "cut", "devices")
"""What is done when a contract has ended (guidance §3.5.2), by the names under which it is kept."""
