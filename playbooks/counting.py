"""Counts as people write them: 1200, 1,200, 1200人. Every sign is used, or the count is not read and the sign named."""

from __future__ import annotations

import re

_COUNT = re.compile(
    r"(?P<digits>\d[\d,.]*)\s*(?:枚|人|件|台|個|名|通|か所|箇所|people|persons?|patients?|machines?|pcs?)?(?:\s*(?:です|でした))?。?",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}")


class NoCount(ValueError):
    """A text is no count; ``sign`` is what of it could not be used."""

    def __init__(self, sign: str) -> None:
        super().__init__(sign)
        self.sign = sign


def counted(plain: str) -> int:
    """Read a count from a text in plain width; raises NoCount with the sign that is left."""
    found = _COUNT.search(plain)
    if found is None or not _WHOLE.fullmatch(found["digits"]):
        raise NoCount(plain[found.start() :] if found else plain)
    if left := (plain[: found.start()].strip() or plain[found.end() :].strip()):
        raise NoCount(left)
    return int(found["digits"].replace(",", ""))
