"""Telephone numbers as people write them, made plain: never guessed, never completed, never invented."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from contacts.phrasing import say
from contacts.shapes.outside import Contact
from contacts.written.mistakes import Unreadable
from contacts.written.signs import one_by_one, straight

SHORT_CODES: frozenset[str] = frozenset(
    {"104", "110", "113", "115", "116", "117", "118", "119", "171", "177", "188", "189", "#9110"}
)
"""Numbers that are dialled as they stand, without an area code: police, coast guard, fire, messages after a disaster …"""

REGION = "JP"
INSIDE = "内線"
"""What leads on to an extension, as it is kept; alone, it is a number that only the telephones of the house dial."""

EXTENSION = r"(?:内線(?:番号)?|\(内線?\)|内(?=\s*\d)|;?ext(?:ension|n)?\b[.=]?|\bx(?=\s?\d))"
"""How people write what leads on to an extension."""

_HASH = re.compile(r"#\d{4}")
_SHORT = re.compile(r"(#?\d{3,4})番?")
_EXTENSION = re.compile(rf"{EXTENSION}\s*[:.]?\s*(\d{{1,7}})番?", re.IGNORECASE)
LABEL = (
    r"(?:\(代表?\)|代表(?:番号|電話)?|電話(?:番号)?|直通|携帯(?:電話|番号)?|固定(?:電話)?|\bphone\b\.?|\bmobile\b\.?|tel(?:ephone)?\b\.?"
    r"|tel(?=[\d:+])|[☎☏📞📱🕿])"
)
"""What says only that a number is one."""

_LABEL = re.compile(rf"{LABEL}|です|(?<=\d)番(?=\s|$)", re.IGNORECASE)

_SECOND = re.compile(
    r"[、,;/|\n]|または|もしくは|あるいは|\bor\b|つながらな(?:いとき|ければ|い場合|かったら)(?:は|に)?|次は|予備",
    re.IGNORECASE,
)
"""What stands between a number and the one to try when nobody answers there."""

_DIGITS = r"\+?\(?\+?\d[\d\s().・-]*\d"
_WRITTEN = re.compile(rf"\s*(?:{_DIGITS}|\d+)\s*")
_PIECE = re.compile(_DIGITS)


_WHOLE = range(10, 13)
"""So many digits a number has, with those of the country."""

_STRANGE = re.compile(r"[^\d\s()./+-](?:.*[^\d\s()./+-])?(?:\d{1,4}(?!\d))?")
_NUMBERS_AT_END = re.compile(
    rf"(?:{LABEL}|\s|[:(])*(?:[+(]*(?<!\d)(?<!\d[/.-])0[\d\s().-]{{7,}}\d|\+\d[\d\s().-]{{6,}}\d|(?<![\d/.-])#?\d[\d-]{{0,8}}番?$|{EXTENSION}\s*[:.]?\s*\d+\)?$)",
    re.IGNORECASE,
)
"""Where the numbers begin: the first that is long enough for one, or a short one at the end."""

_AROUND = " :.・\t-。!「」『』\"'<>"
"""What may stand around a number and says nothing."""


class NotANumber(Unreadable):
    """What was written is no telephone number; ``reason`` says why in both languages."""


def plain_number(written: str) -> str:
    """Give one number in its one form: 03-1234-5678, +44 …, 110, 内線136, with 「内線12」 behind it where there is an extension.

    Widths, dashes, brackets, labels and signs that nobody sees are understood. Raises NotANumber for two numbers, for what
    has letters, lacks its area code or can't be dialled.
    """
    first, *others = read_numbers(written)
    if others:
        raise NotANumber(say("written.phone_two", written=written.strip(), first=first, sign=others[0]))
    return first


def read_numbers(written: str) -> tuple[str, ...]:
    """Give the number, and the one for when nobody answers where a second is written; NotANumber names what is neither."""
    plain = one_by_one(straight(written).strip(), at_least=3)
    text = re.sub(rf"[、,;]\s*(?={EXTENSION})", " ", plain, flags=re.IGNORECASE)
    parts = [part for part in _SECOND.split(_apart(text)) if part.strip(" ()-")]
    numbers = tuple(dict.fromkeys(_one(part, written.strip()) for part in parts))
    if not numbers:
        raise NotANumber(say("written.phone_none", sign=text))
    if len(numbers) > 2:
        raise NotANumber(say("written.phone_signs", written=written.strip(), sign=numbers[2]))
    return numbers


def numbers_of(written: str, known: Contact | None, field: str = "number") -> dict[str, str]:
    """Give the fields of a contact that a text fills: its number, and the one for when nobody answers where that is free.

    NotANumber for a second number where another one stands already.
    """
    first, *others = read_numbers(written)
    taken = known.alternate_number if known is not None else None
    if others and (field == "alternate_number" or taken not in (None, *others)):
        raise NotANumber(say("written.phone_two", written=written.strip(), first=first, sign=others[0]))
    return {field: first} | ({"alternate_number": others[0]} if others else {})


def name_before(written: str) -> tuple[str, str]:
    """Part a name from the numbers behind it; the name is empty where nothing stands before them, or no number is there."""
    text = straight(written).strip()
    found = _NUMBERS_AT_END.search(text)
    return (text[: found.start()].strip(" :、,"), text[found.start() :]) if found else ("", written)


def _apart(text: str) -> str:
    """Part a second number in brackets, or behind a label, from the first."""
    text = re.sub(r"\((?=\s*(?:つながら|0\d{1,4}[-(]?\d+-?\d{3,}|\+\d{6}))", "/(", text)
    for blank in re.finditer(r"(?<=\d)\s+(?=[+(]*[0+])", text):
        sides = (text[: blank.start()], text[blank.end() :])
        if all(len(re.sub(r"\D", "", re.split(EXTENSION, side)[0])) in _WHOLE for side in sides):
            return "/".join(sides)
    whole = [m for m in _PIECE.finditer(text) if len(re.sub(r"\D", "", m[0])) >= 9]
    if len(whole) == 2 and _SECOND.search(text, whole[0].end(), whole[1].start()) is None:
        between = text[whole[0].end() : whole[1].start()]
        if between.strip() and not _LABEL.sub("", between).strip():
            return text[: whole[0].end()] + "/" + text[whole[0].end() :]
    return text


def _one(part: str, written: str) -> str:
    text = _LABEL.sub(" ", part)
    found = list(_EXTENSION.finditer(text))
    if len(found) > 1:
        raise NotANumber(say("written.phone_signs", written=written, sign=found[1][0]))
    extension = f"{INSIDE}{found[0][1]}" if found else ""
    if found:
        text = f"{text[: found[0].start()]} {text[found[0].end() :]}"
    text = _unwrapped(text)
    if not text and extension:
        return extension
    if not text:
        raise NotANumber(say("written.phone_none", sign=written))
    short = _SHORT.fullmatch(re.sub(r"[\s-]", "", text))
    if short and (short[1] in SHORT_CODES or _HASH.fullmatch(short[1])) and not extension:
        return short[1]
    if short and len(short[1]) == 3:
        raise NotANumber(say("written.phone_inside", written=written, sign=short[1]))
    number = phonenumbers.format_number(*_parsed(text, written))
    return f"{number} {extension}".strip()


def _unwrapped(text: str) -> str:
    """Take off what stands around a number: colons, dots, brackets that hold nothing or all."""
    text = re.sub(r"\(\s*[・,]?\s*\)", " ", text).strip(_AROUND)
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1]
    if text.count("(") != text.count(")"):
        text = text.strip("() ") if text.count("(") + text.count(")") == 1 else text
    return text.strip(_AROUND)


def _parsed(text: str, written: str) -> tuple[PhoneNumber, int]:
    if not _WRITTEN.fullmatch(text):
        strange = _STRANGE.search(text)
        if text == written and text.isalpha():
            raise NotANumber(say("written.phone_none", sign=text))
        left = strange[0] if strange else text
        raise NotANumber(say("written.phone_signs", written=written, sign=left))
    if not text.startswith(("0", "+", "(0", "(+")):
        raise NotANumber(say("written.phone_no_area", written=written, sign=text))
    try:
        number = phonenumbers.parse(text.replace("・", "-"), REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        foreign = text.lstrip("(").startswith("+") and not text.lstrip("(").startswith("+81")
        what = "written.phone_abroad" if foreign else "written.phone_undialled"
        raise NotANumber(say(what, written=written, sign=text))
    japanese = number.country_code == phonenumbers.country_code_for_region(REGION)
    return number, PhoneNumberFormat.NATIONAL if japanese else PhoneNumberFormat.INTERNATIONAL


def dialled(number: str) -> str:
    """Give what a phone dials: E.164 (``+81312345678``), a short code as it is, and anything unreadable unchanged.

    Empty for an extension alone: dialled from outside it would be somebody else's.
    """
    try:
        plain = plain_number(number).partition(f" {INSIDE}")[0]
    except NotANumber:
        return number
    if plain.startswith(INSIDE):
        return ""
    if _SHORT.fullmatch(plain):
        return plain
    return phonenumbers.format_number(phonenumbers.parse(plain, REGION), PhoneNumberFormat.E164)
