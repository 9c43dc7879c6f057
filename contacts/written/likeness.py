"""Texts as one sees them: what looks the same is the same, and what was probably meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import islice

from rapidfuzz import fuzz, process

ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What neither Excel nor XML can hold."""

_LOOKED_AT = 300
"""How many words are looked at for what was meant: thousands of mistakes must not cost minutes."""

_COMPANY = re.compile(r"(?:株式|有限|合同)会社|\((?:株|有)\)")


def plain(text: str) -> str:
    """Give text as it is compared: width, case and spaces don't count."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", ILLEGAL.sub("", text))).casefold()


def nearest(written: str, known: Iterable[str]) -> str | None:
    """Give the known word that was probably meant; None if none is near."""
    among = {k: _COMPANY.sub("", plain(k)) for k in islice(known, _LOOKED_AT)}
    found = process.extractOne(_COMPANY.sub("", plain(written)), among, scorer=fuzz.WRatio, score_cutoff=60)
    return str(found[2]) if found else None
