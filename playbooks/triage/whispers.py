"""What is said of a colleague under somebody's breath, or in confidence: for nobody before its writer chose who may know.

The words are data (``library/whispers.yaml``): deeds that are wrong, work that is none where it is done in secret or for oneself,
and what excuses. Whose deed it is, ``people`` says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from playbooks.authoring.shipped import shipped
from playbooks.catalogue import LIBRARY
from playbooks.texts import Data
from playbooks.triage.mishaps import mishaps
from playbooks.triage.people import either, naming, people, with_colleagues
from playbooks.triage.speech import pattern_of, plainly_folded

LEXICON = LIBRARY / "whispers.yaml"

_WITHIN = 18
"""Signs between a thing and what is done with it."""


class WhispersLexicon(Data):
    """``library/whispers.yaml`` in this shape: words and patterns over folded text; ``_en`` are whole words."""

    did: str
    wrong: dict[str, str]
    wrong_en: dict[str, str]
    things: str
    things_en: str
    work: dict[str, str]
    elsewhere: dict[str, str]
    work_en: str
    needless: dict[str, str]
    needless_en: str
    seen: str
    seen_en: str
    doubted: str
    doubted_en: str
    missing: str
    blamed: str
    excused: str
    excused_en: str
    slipped: str
    fails: str
    named_alone: str
    in_confidence: str
    silence: str
    moods: str
    own_fault: str
    to_them: str
    trusted: str
    titles: dict[str, str]


class Whispers:
    """Tells what is delicate from what may be told."""

    def __init__(self, lexicon: WhispersLexicon) -> None:
        """Compile the lexicon's patterns."""
        worked = f"(?:{lexicon.things})[^。]{{0,{_WITHIN}}}?(?:{'|'.join(lexicon.work.values())})"
        wrong = either("|".join(lexicon.wrong.values()), "|".join(lexicon.wrong_en.values()))
        work = either("|".join((worked, *lexicon.elsewhere.values())), lexicon.work_en)
        self._wrong, self._work = (pattern_of(deeds.replace("~", lexicon.did)) for deeds in (wrong, work))
        self._things = pattern_of(either(lexicon.things, lexicon.things_en))
        self._needless = pattern_of(either("|".join(lexicon.needless.values()), lexicon.needless_en))
        self._seen = pattern_of(either(lexicon.seen, lexicon.seen_en))
        self._doubted = pattern_of(either(lexicon.doubted, lexicon.doubted_en))
        blamed = lexicon.blamed.replace("~", lexicon.missing).replace("@", f"(?:{people().one_of_ours})")
        self._blamed = pattern_of(blamed)
        self._excused = pattern_of(either(lexicon.excused, lexicon.excused_en))
        self._slipped = pattern_of(lexicon.slipped)
        named_alone = lexicon.named_alone.replace("@", f"(?:{lexicon.things})")
        self._of_things = pattern_of(f"{lexicon.fails}|{named_alone}")
        self._confided = pattern_of(f"{lexicon.in_confidence}|{lexicon.silence}")
        self._moods, self._own_fault = pattern_of(lexicon.moods), pattern_of(lexicon.own_fault)
        self._to_them = pattern_of(lexicon.to_them)
        self._trusted, self._titles_said = lexicon.trusted, tuple(lexicon.titles.values())
        self._titles = {role: pattern_of(words) for role, words in lexicon.titles.items()}

    def is_confided(self, text: str, colleagues: Collection[str] = ()) -> bool:
        """Say whether a text is told in confidence, or tells or asks what somebody who works here is said to do.

        ``colleagues`` are the names of those who do: people write them bare, in kana and in Latin letters.
        """
        said = with_colleagues(text, colleagues)
        confided = self._confided.search(said) is not None
        if confided and self._own_fault.search(said):
            confided = self._tells_of_one(said) or self.may_be_one(
                text, colleagues
            )  # not whoever fears to be scolded for what they did themselves
        return confided or (not self._excused.search(said) and self._tells_of_one(said))

    def may_be_one(self, text: str, colleagues: Iterable[str] = ()) -> bool:
        """Say whether a text that sounds like a whisper may be one: somebody who works here and work, or a thing that is kept.

        Nothing excuses it.
        """
        said = with_colleagues(text, colleagues)
        if self._excused.search(said) or mishaps().told_in(said):
            return False
        work = any(people().doer(said, deed) == "ours" for deed in self._work.finditer(said))
        kept = self._things.search(said) is not None and not self._slipped.search(said)
        return work or (kept and "ours" in people().named_in(said))

    def is_work(self, text: str) -> bool:
        """Say whether a text tells of work, and of nothing that would make it none."""
        said = with_colleagues(text, [])
        odd = (self._wrong, self._needless, self._seen, self._doubted)
        return self._work.search(said) is not None and not any(sign.search(said) for sign in odd)

    def is_of_things(self, text: str) -> bool:
        """Say whether a text tells what doesn't work, or names a thing alone, and of nothing that would be odd of anybody."""
        said = with_colleagues(text, [])
        odd = (self._wrong, self._needless, self._seen, self._blamed)
        return self._of_things.search(said) is not None and not any(sign.search(said) for sign in odd)

    def is_mood(self, text: str) -> bool:
        """Say whether a text tells how somebody is, or what they mean to do now, and of nothing that would be odd of anybody."""
        said = with_colleagues(text, [])
        odd = (self._wrong, self._needless, self._seen, self._blamed)
        return self._moods.search(said) is not None and not any(sign.search(said) for sign in odd)

    def goes_to(self, text: str, name: str) -> bool:
        """Say whether somebody speaks of asking, or telling, somebody of that name."""
        return bool(self._to_them.search(with_colleagues(text, [name])))

    def roles_named(self, text: str, colleagues: Iterable[str] = ()) -> frozenset[str]:
        """Give the roles whose holders a text names by what they are here; what stands behind a name is part of it."""
        said = with_colleagues(text, colleagues)
        return frozenset(role for role, title in self._titles.items() if title.search(said))

    def but_for_trusted(self, text: str, colleagues: Iterable[str] = ()) -> str:
        """Give a text without those who are to be told, or asked, by name or by what they are here (「院長に相談したい」)."""
        said = plainly_folded(text)
        ways = (*map(naming, filter(None, colleagues)), *self._titles_said)
        return re.sub(f"(?:{'|'.join(ways)})(?:{self._trusted})", "", said)

    def _tells_of_one(self, said: str) -> bool:
        if self._blamed.search(said) or any(people().doer(said, deed) == "ours" for deed in self._wrong.finditer(said)):
            return True
        if mishaps().told_in(said):
            return False
        needless, seen = self._needless.search(said), self._seen.search(said)
        if not needless and not seen and not self._doubted.search(said):
            return False
        # what was seen and is no work was another's, though nobody is named
        theirs = {"ours", "unnamed"} if needless and seen else {"ours"}
        return any(people().doer(said, deed) in theirs for deed in self._work.finditer(said))


@cache
def whispers() -> Whispers:
    """Give what tells whispers with the lexicon that comes along."""
    return Whispers(shipped(WhispersLexicon, LEXICON))
