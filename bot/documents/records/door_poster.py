"""The poster for the door in the first hour: one page in letters that are read from where people wait."""

from __future__ import annotations

import re

from bot.documents.kinds import Written, document
from bot.documents.paper.markdown import lines, write
from bot.documents.paper.phrased import is_wide, phrased
from bot.documents.source import Source
from bot.words.first_poster import first_poster
from playbooks.texts import Language

WIDEST = ((9, 13.0), (14, 18.0))
"""So many lines at most, of so many full-width signs each: short texts in few signs a line, so that they are big."""
LONGEST = 26.0
"""Full-width signs in a line of a longer text."""

_SENTENCES = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+|\n+")


@document("door_poster", of="facility")
def door_poster(source: Source) -> Written:
    """Write the poster: the facility's text, with the other language below where somebody of that language asks for it."""
    title = source.words.say("paper.door_poster.title").unescape()
    return Written(title, write("door_poster", source.words, **values(source)))


def values(source: Source) -> dict[str, object]:
    """Give what the template needs; that nobody approved it is told to staff, never at the door."""
    facility, language = source.roster.facility, source.words.language
    said = facility.poster or first_poster(source.roster)
    other: Language | None = language if language != facility.language else None
    return {
        "door": [lines(of_one) for of_one in _laid_out(said)],
        "wide": is_wide(said),
        "below": _sentences(first_poster(source.roster, other)) if other else [],
        "facility": facility.name,
        "approved": facility.poster is not None,
    }


def _laid_out(text: str) -> list[list[str]]:
    """Give each sentence in lines, in the biggest letters that hold them."""
    for most, widest in WIDEST:
        laid = [list(phrased(sentence, widest)) for sentence in _sentences(text)]
        if sum(map(len, laid)) <= most:
            return laid
    return [list(phrased(sentence, LONGEST)) for sentence in _sentences(text)]


def _sentences(text: str) -> list[str]:
    return [sentence for part in _SENTENCES.split(text) if (sentence := part.strip())]
