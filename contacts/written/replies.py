"""What people write where a name or a number was asked for, and that is neither: that there is none, or that it is they."""

from __future__ import annotations

import re
import unicodedata

_NONE = re.compile(
    r"(?:(?:今は?|いまは?|まだ|だれも|誰も|特に|とくに|よく)?"
    r"(?:(?:わか|分か|判)(?:ら|り)|知(?:ら|り)|決ま(?:って|りて)?い|決めてい|い|お(?:ら|り)|あり)?(?:ない|ません|なし|無し|無い)"
    r"|わかんない|わからん|未定|不明|検討中|あとで|後で|また今度)(?:です|にします|する)?"
    r"|none|nobody|no one|no idea|unknown|(?:i )?(?:do not|don['’]t) know|not yet|later|skip",
    re.IGNORECASE,
)
_MYSELF = re.compile(
    r"(?:わたし|わたくし|私|僕|俺|自分)(?:自身)?(?:です|でいいです|がやります|がします|にします)?|me|myself|it['’]?s me",
    re.IGNORECASE,
)
_AROUND = " 　。．.、,!！?？…〜~"


def _bare(written: str) -> str:
    return unicodedata.normalize("NFKC", written).strip(_AROUND)


def means_none(written: str) -> bool:
    """Say whether somebody writes that there is none, or that they don't know."""
    return bool(_NONE.fullmatch(_bare(written)))


def means_myself(written: str) -> bool:
    """Say whether somebody writes that it is they."""
    return bool(_MYSELF.fullmatch(_bare(written)))
