"""The poster for the door in the first hour: one page in letters that are read from where people wait."""

from __future__ import annotations

import re

from bot.documents.kinds import Written, document
from bot.documents.paper.markdown import write
from bot.documents.source import Source
from bot.words.first_poster import first_poster
from playbooks.texts import Language

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
        "door": _sentences(said),
        "below": _sentences(first_poster(source.roster, other)) if other else [],
        "facility": facility.name,
        "approved": facility.poster is not None,
    }


def _sentences(text: str) -> list[str]:
    return [sentence for part in _SENTENCES.split(text) if (sentence := part.strip())]
