"""Telephone numbers as people write them, made plain: never guessed, never completed, never invented."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from contacts.phrasing import say
from contacts.written.mistakes import Unreadable

SHORT_CODES: frozenset[str] = frozenset({"110", "118", "119", "#9110"})
"""Police, coast guard, fire and ambulance, police consultation: dialled as they stand, without an area code."""

REGION = "JP"

_DASHES = re.compile(r"[‐-―−ー－ｰ─━〜～~]")
EXTENSION = r"(?:内線|ext\.?|extension)"
"""How people write what leads on to an extension."""

_EXTENSION = re.compile(rf"\s*{EXTENSION}\s*[:：]?\s*(\d{{1,7}})$", re.IGNORECASE)
_WRITTEN = re.compile(r"\+?[\d\s()\[\]./-]+")


class NotANumber(Unreadable):
    """What was written is no telephone number; ``reason`` says why in both languages."""


def plain_number(written: str) -> str:
    """Give a number in its one form: 03-1234-5678, +44 …, 110, with 「内線12」 behind it where there is an extension.

    Full-width digits, all kinds of dashes, brackets and spaces are understood. Raises NotANumber for anything that
    has letters, lacks its area code or can't be dialled.
    """
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", written)).strip()
    bare = re.sub(r"[\s-]", "", text)
    if bare in SHORT_CODES:
        return bare
    extension = _EXTENSION.search(text)
    number = _parsed(text[: extension.start()] if extension else text, written.strip())
    japanese = number.country_code == phonenumbers.country_code_for_region(REGION)
    form = PhoneNumberFormat.NATIONAL if japanese else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form) + (f" 内線{extension.group(1)}" if extension else "")


def _parsed(text: str, written: str) -> PhoneNumber:
    if not _WRITTEN.fullmatch(text):
        raise NotANumber(say("written.phone_signs", written=written))
    if not text.startswith(("0", "+", "(0")):
        raise NotANumber(say("written.phone_no_area", written=written))
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise NotANumber(say("written.phone_undialled", written=written))
    return number


def dialled(number: str) -> str:
    """Give what a phone dials: E.164 (``+81312345678``), a short code as it is, and anything unreadable unchanged."""
    try:
        plain = plain_number(number).partition(" 内線")[0]
    except NotANumber:
        return number
    if plain in SHORT_CODES:
        return plain
    return phonenumbers.format_number(phonenumbers.parse(plain, REGION), PhoneNumberFormat.E164)
