"""Keys of new rows."""

from __future__ import annotations

from datetime import date

from contacts.written.keys import new_key

DAY = date(2026, 11, 23)


def test_a_key_is_short_and_its_own() -> None:
    """The same name on the same day gives the same key, another day another one, and what is taken is never given."""
    first = new_key("contact", "あおば システム", DAY, ())

    assert first == new_key("contact", "あおばシステム", DAY, ())
    assert first.startswith("c-")
    assert len(first) == 10
    assert new_key("contact", "あおばシステム", DAY.replace(day=24), ()) != first
    assert new_key("contact", "あおばシステム", DAY, {first}) != first


def test_people_are_numbered() -> None:
    """And a number is never given twice."""
    assert new_key("member", "誰か", DAY, {"m1", "m3"}) == "m4"
