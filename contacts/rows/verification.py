"""What a day of verification speaks for: a number that nobody has changed or doubted since."""

from __future__ import annotations

from contacts.shapes.outside import NUMBER_FIELDS, Contact
from contacts.written.phone import plain_number
from playbooks.texts import Data


def as_entered(before: Data | None, after: Contact) -> Contact:
    """Give a contact as it is to be kept, when it follows ``before`` (None: it is new).

    New numbers take their one form; NotANumber is raised for one that can't be dialled. A number that changes without a
    new day of verification counts as checked by nobody, and the doubts about it are over; so are all doubts on the day
    on which somebody verifies it anew.
    """
    known = before if isinstance(before, Contact) else None
    numbers = {
        name: getattr(after, name) for name in NUMBER_FIELDS if getattr(after, name) != getattr(known, name, None)
    }
    changed: dict[str, object] = {name: plain_number(number) if number else None for name, number in numbers.items()}
    anew = after.verified_on is not None and after.verified_on != (known.verified_on if known else None)
    if known is not None and numbers and not anew:
        changed |= {"verified_on": None, "verified_by": None}
    doubted = () if anew else tuple(name for name in after.doubted_numbers if name not in numbers)
    changed |= {"doubted_numbers": doubted, "doubted_on": after.doubted_on if doubted else None}
    return after.model_copy(update=changed)
