"""A message is kept as a name and facts, and read back as it was; its secrets stand apart."""

from __future__ import annotations

from flows.messages.members import Invited
from flows.messages.message import apart

INVITED = Invited("m5", "04/08 08:30", code="23456789ABCD", link="https://t.me/akari_bot?start=23456789ABCD")


def test_secrets_stand_apart() -> None:
    """What may be kept for ever, and what must be gone once the message is sent; without secrets all is kept."""
    kept, hidden = apart(INVITED.name, INVITED.facts)

    assert kept == {"member": "m5", "until": "04/08 08:30"}
    assert hidden == {"code": INVITED.code, "link": INVITED.link}
    assert apart("alarm", {"n": 1}) == ({"n": 1}, {})


def test_a_secret_is_not_shown_by_accident() -> None:
    """Printed, as in a log, a message says nothing of its secrets."""
    assert "23456789ABCD" not in repr(INVITED)
