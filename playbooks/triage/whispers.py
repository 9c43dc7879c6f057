"""What is said of a colleague under somebody's breath, or in confidence: for nobody before its writer chose who may know.

The words are data (``library/whispers.yaml``): deeds that are wrong, work that is none where it is done in secret or for oneself,
and what excuses. Whose deed it is, ``people`` says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from playbooks.authoring.folders import LIBRARY
from playbooks.authoring.shipped import shipped
from playbooks.texts import Data
from playbooks.triage.harm import Harm, erased, in_secret, seen_at_it, undone
from playbooks.triage.mishaps import mishaps
from playbooks.triage.people import either, naming, people, with_colleagues
from playbooks.triage.speech import pattern_of, plainly_folded

LEXICON = LIBRARY / "whispers.yaml"

_WITHIN = 18
"""Signs between a thing and what is done with it."""

_CLAUSE = re.compile("[、。,.!]")

_MERE_WORD = 5
"""So many signs of another clause tell nothing of their own (「さっき、」「すみません、」)."""


class CircleLexicon(Data):
    """What is said of who may know, each the whole of a text: that it was nothing, nobody may, those who were named may."""

    nothing: str
    nobody: str
    agreed: str


class WhispersLexicon(Data):
    """``library/whispers.yaml`` in this shape: words and patterns over folded text; ``_en`` are whole words."""

    did: str
    wrong: dict[str, str]
    wrong_en: dict[str, str]
    harm: Harm
    harm_en: Harm
    ordered: str
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
    fault: str
    thanked: str
    own_fault: str
    to_them: str
    trusted: str
    wished: str
    trusted_en: str
    circle: CircleLexicon
    titles: dict[str, str]


class Whispers:
    """Tells what is delicate from what may be told."""

    def __init__(self, lexicon: WhispersLexicon) -> None:
        """Compile the lexicon's patterns."""
        worked = f"(?:{lexicon.things})[^。]{{0,{_WITHIN}}}?(?:{'|'.join(lexicon.work.values())})"
        harm, harm_en = lexicon.harm, lexicon.harm_en
        wrong = either(
            "|".join((*lexicon.wrong.values(), in_secret(harm))),
            "|".join((*lexicon.wrong_en.values(), in_secret(harm_en, english=True))),
        )
        work = either("|".join((worked, *lexicon.elsewhere.values())), lexicon.work_en)
        self._wrong, self._work = (pattern_of(deeds.replace("~", lexicon.did)) for deeds in (wrong, work))
        self._things = pattern_of(either(lexicon.things, lexicon.things_en))
        self._needless = pattern_of(either("|".join(lexicon.needless.values()), lexicon.needless_en))
        self._seen = pattern_of(either(lexicon.seen, lexicon.seen_en))
        self._doubted = pattern_of(either(lexicon.doubted, lexicon.doubted_en))
        blamed = f"{lexicon.blamed}|{seen_at_it(harm_en)}".replace("~", lexicon.missing)
        self._blamed, self._ordered = (
            pattern_of(each.replace("@", f"(?:{people().one_of_ours})")) for each in (blamed, lexicon.ordered)
        )
        self._openly = pattern_of(either(harm.openly, harm_en.openly))
        erasing = either(erased(harm, harm.vital), erased(harm_en, harm_en.vital, english=True))
        undoing = either(f"{undone(harm, harm.vital)}~", undone(harm_en, harm_en.vital, english=True))
        self._erased, self._undone = (pattern_of(each.replace("~", lexicon.did)) for each in (erasing, undoing))
        self._excused = pattern_of(either(lexicon.excused, lexicon.excused_en))
        self._slipped = pattern_of(lexicon.slipped)
        named_alone = lexicon.named_alone.replace("@", f"(?:{lexicon.things})")
        self._of_things = pattern_of(f"{lexicon.fails}|{named_alone}")
        self._confided = pattern_of(f"{lexicon.in_confidence}|{lexicon.silence}")
        self._moods, self._own_fault = pattern_of(lexicon.moods), pattern_of(lexicon.own_fault)
        self._fault, self._thanked = pattern_of(lexicon.fault), pattern_of(lexicon.thanked)
        self._to_them = pattern_of(lexicon.to_them)
        self._trusted, self._trusted_en = lexicon.trusted, lexicon.trusted_en
        self._wished = pattern_of(lexicon.wished)
        self._titles_said = tuple(lexicon.titles.values())
        self._circle = {said: pattern_of(words) for said, words in lexicon.circle.model_dump().items()}
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
        return (
            confided
            or self._ordered.search(said) is not None
            or (not self._excused.search(said) and self._tells_of_one(said))
        )

    def may_be_harm(self, text: str, colleagues: Iterable[str] = (), *, attacked: bool = False) -> bool:
        """Say whether a text tells that somebody who works here pulled, cut or erased something, and not whether they were to.

        Where somebody is asked to pull and to cut (``attacked``), to erase is no part of it.
        """
        said = with_colleagues(text, colleagues)
        told = (self._excused, self._slipped, self._openly)
        if any(sign.search(said) for sign in told) or mishaps().told_in(said):
            return False
        deeds = (self._erased if attacked else self._undone).finditer(said)
        return any(people().doer(said, deed) == "ours" and not _beside(said, deed) for deed in deeds)

    def may_be_one(self, text: str, colleagues: Iterable[str] = ()) -> bool:
        """Say whether a text that sounds like a whisper may be one: somebody who works here and work, or a thing that is kept.

        Nothing excuses it.
        """
        said = with_colleagues(text, colleagues)
        if self._excused.search(said) or mishaps().told_in(said):
            return False
        work = self._ours(self._work, said)
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

    def finds_fault(self, text: str) -> bool:
        """Say whether words that name somebody may find fault with them: then they aren't quoted to them. Rather once too often."""
        return self._fault.search(self._thanked.sub("", plainly_folded(text))) is not None

    def goes_to(self, text: str, name: str) -> bool:
        """Say whether somebody speaks of asking, or telling, somebody of that name."""
        return bool(self._to_them.search(with_colleagues(text, [name])))

    def roles_named(self, text: str, colleagues: Iterable[str] = ()) -> frozenset[str]:
        """Give the roles whose holders a text names by what they are here; what stands behind a name is part of it."""
        said = with_colleagues(text, colleagues)
        return frozenset(role for role, title in self._titles.items() if title.search(said))

    def but_for_trusted(self, text: str, colleagues: Iterable[str] = ()) -> str:
        """Give a text without those who are to be told, or asked, by name or by what they are here (「院長に相談したい」)."""
        return self._told(text, colleagues).sub("", plainly_folded(text))

    def trusted_in(self, text: str, colleagues: Iterable[str] = ()) -> str:
        """Give of a text those who are to be told, or asked, as it names them; empty for nobody."""
        return "、".join(told[0] for told in self._told(text, colleagues).finditer(plainly_folded(text)))

    def only_wishes(self, trusted: str) -> bool:
        """Say whether somebody is only wished to hear of it, by those words of a text in which they are named for it."""
        return self._wished.search(trusted) is not None

    def of_the_circle(self, text: str) -> str:
        """Name what a text says of who may know (a field of :class:`CircleLexicon`), and nothing else; empty for anything else."""
        said = plainly_folded(text).strip(" 。.!、")
        return next((what for what, words in self._circle.items() if words.fullmatch(said)), "")

    def _told(self, text: str, colleagues: Iterable[str]) -> re.Pattern[str]:
        one = "|".join((*map(naming, filter(None, colleagues)), *self._titles_said))
        return re.compile(f"(?:{one})(?:{self._trusted})|(?:{self._trusted_en})(?:{one})")

    def _ours(self, deeds: re.Pattern[str], said: str) -> bool:
        """Say whether somebody who works here did one of some deeds."""
        return any(people().doer(said, deed) == "ours" for deed in deeds.finditer(said))

    def _tells_of_one(self, said: str) -> bool:
        if self._blamed.search(said) or self._ours(self._wrong, said):
            return True
        if mishaps().told_in(said):
            return False
        needless, seen = self._needless.search(said), self._seen.search(said)
        if not needless and not seen and not self._doubted.search(said):
            return False
        # what was seen and is no work was another's, though nobody is named
        theirs = {"ours", "unnamed"} if needless and seen else {"ours"}
        return any(people().doer(said, deed) in theirs for deed in self._work.finditer(said))


def _beside(said: str, deed: re.Match[str]) -> bool:
    """Say whether a text tells anything in another clause than that of a deed: more than a word of time or regret."""
    before, after = _CLAUSE.split(said[: deed.start()])[:-1], _CLAUSE.split(said[deed.end() :])[1:]
    return sum(map(len, (*before, *after))) > _MERE_WORD


@cache
def whispers() -> Whispers:
    """Give what tells whispers with the lexicon that comes along."""
    return Whispers(shipped(WhispersLexicon, LEXICON))
