"""What a day of verification speaks for."""

from __future__ import annotations

from datetime import date

import pytest

from contacts.rows.verification import as_entered
from contacts.shapes.outside import Contact, NumberField
from contacts.written.phone import NotANumber
from tests.contacts.book import VENDOR

DOUBTED = VENDOR.model_copy(update={"doubted_on": date(2026, 11, 20), "doubted_numbers": ("number",)})


def changed(contact: Contact, **fields: object) -> Contact:
    """Give what is kept of a contact when fields of it change."""
    return as_entered(contact, contact.model_copy(update=fields))


@pytest.mark.parametrize("field", ["number", "night_number", "alternate_number"])
def test_a_new_number_is_not_verified(field: NumberField) -> None:
    """The old date spoke for the old number."""
    after = changed(VENDOR, **{field: "03-1234-9999"})

    assert (after.verified_on, after.verified_by) == (None, None)
    assert getattr(after, field) == "03-1234-9999"


def test_a_new_number_with_a_new_date_is() -> None:
    """And other changes leave the date alone, as do contacts that are new."""
    assert changed(VENDOR, number="03-1234-9999", verified_on=date(2026, 11, 23)).verified_on == date(2026, 11, 23)
    assert changed(VENDOR, note="x").verified_on == VENDOR.verified_on
    assert as_entered(None, VENDOR) == VENDOR


def test_a_number_takes_its_one_form() -> None:
    """Full width, dashes and brackets are understood; what can't be dialled is not taken."""
    assert changed(VENDOR, night_number="０９０（１２３４）５６７８").night_number == "090-1234-5678"
    with pytest.raises(NotANumber):
        changed(VENDOR, number="あとで")


def test_a_doubt_ends_with_what_it_was_about() -> None:
    """With another number in that place, or a new day of verification; a note changes nothing."""
    assert changed(DOUBTED, number="03-1234-9999").doubted_on is None
    assert changed(DOUBTED, verified_on=date(2026, 11, 23)).doubted_numbers == ()
    assert changed(DOUBTED, note="x").doubted_on == date(2026, 11, 20)
    assert changed(DOUBTED, night_number="090-1234-5678").doubted_numbers == ("number",)
