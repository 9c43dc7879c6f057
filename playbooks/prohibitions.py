"""How a prohibition is written: it names what is forbidden, since its heading says that it is.

「してはいけないこと: 電源を切る」 can be read in one way only. An item that says *not* once more turns round under such a heading,
and what people are to do instead belongs into the step itself.
"""

from __future__ import annotations

import re

from playbooks.texts import Language, Texts

_NEGATED: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"(?:ない|ません|ないこと|ないで(?:ください)?|禁止)(?:[（(].*[）)])?[。．]?$"),
    "en": re.compile(r"(?:do not|don['’]t|never|please do not)\b", re.IGNORECASE),
}
"""What says *not* by itself: at its end in Japanese, at its beginning in English."""


def negated(text: str, language: Language) -> bool:
    """Say whether a prohibition says *not* by itself, so that a heading that forbids would turn it round."""
    found = _NEGATED[language]
    return bool((found.search if language == "ja" else found.match)(text.strip()))


def says_not(never: Texts) -> bool:
    """Say whether any of these says *not* by itself, as all did in playbooks of older versions."""
    return any(negated(one, language) for language in _NEGATED for one in never.in_language(language))
