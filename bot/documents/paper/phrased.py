"""Lines that end where a phrase does: Japanese has no blanks to break at, and letters read from afar must not fall apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

_PHRASES = re.compile(r"(?<=[、。])|(?<=を)|(?<=[はがにでてもとへ])(?=[おご]?[一-龠ァ-ヶ])")
"""Where a line may end: after a comma, and after a particle before the next word."""


def phrased(text: str, widest: float) -> Iterator[str]:
    """Break each line of a text between its phrases, as long as each may be (in full-width signs); one without such signs stays."""
    for whole in text.split("\n"):
        line = ""
        for phrase in _PHRASES.split(whole) if is_wide(whole) else (whole,):
            if line and _width(line + phrase) > widest:
                yield line
                line = ""
            line += phrase
        yield line


def is_wide(text: str) -> bool:
    """Say whether a text is written in full-width signs."""
    return any(map(_takes_two, text))


def _width(line: str) -> float:
    """Measure a line in full-width signs; a stop at its end takes half of one."""
    return sum(1 if _takes_two(sign) else 0.5 for sign in line) - (0.5 if line.endswith(("、", "。")) else 0)


def _takes_two(sign: str) -> bool:
    return east_asian_width(sign) in "WF"
