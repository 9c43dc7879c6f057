"""What is named in what somebody writes: whose number, which deed, which thing. The words are data (``library/wants.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from playbooks.authoring.folders import LIBRARY
from playbooks.authoring.shipped import shipped
from playbooks.texts import Data, Texts
from playbooks.triage.speech import plainly_folded, remembered, unify
from playbooks.wants.acts import acts

LEXICON = LIBRARY / "wants.yaml"

_SIGNS = re.compile(r"[。.!、,，…・〜~ー\s\ufe0f😊☺🙂😄🙏✨🥶]+(?![a-z])")
_LATIN = re.compile(r"[a-z]")


class Names(Data):
    """Words by what they name: references of contacts, deeds, pictures of things; each the first first.

    ``leads`` are machines whose lead may be the wrong one. ``reports`` are what is filed with an office, by the name of its
    duty, where all its groups are named. ``in_place_of`` stands behind the name of whose work it is (in English before it),
    ``called`` behind any name, and behind ``no_names``, which are none.
    ``given_to`` is a pattern of whom something goes to, by what they are (``@ja``, ``@en``).
    ``no_colleague`` is a pattern of titles that nobody here has (「学校の先生」).
    ``handed_to`` stands behind whom something went to, ``checks`` asks whether a deed was right.
    ``loosely`` names by what is said where no ``numbers`` are. ``everybody`` are words for all people at once.
    ``needs`` and ``unless`` hold what must and what must not be named for a meaning;
    ``kept`` is what lies ready, by its kind, ``place`` what asks where;
    ``lead`` are words for who leads the response, ``oneself`` for whoever writes, ``monitor`` for screens, ``power`` for
    what stops a machine,
    ``patients`` for those who are cared for, ``ransom`` for what only attackers ask for, ``sign`` for how an attack shows;
    ``above_all`` what is heard whatever else a text means,
    where all its groups are named; ``sayings`` patterns of whole texts that mean one thing alone; ``of_lost`` such of what is looked for,
    ``over_early`` one of a report that was none, or is over.
    """

    numbers: dict[str, Texts]
    loosely: dict[str, Texts] = {}
    deeds: dict[str, Texts]
    leads: dict[str, Texts]
    things: dict[str, Texts]
    reports: dict[str, tuple[Texts, ...]]
    in_place_of: Texts
    called: Texts
    needs: dict[str, Texts]
    unless: dict[str, Texts]
    above_all: dict[str, tuple[Texts, ...]]
    handed_to: Texts
    given_to: str = "(?!)"
    no_colleague: str = "(?!)"
    over_early: str = "(?!)"
    checks: Texts
    sayings: dict[str, str] = {}
    of_lost: dict[str, str] = {}
    kept: dict[str, Texts] = {}
    place: Texts = Texts()
    no_names: Texts = Texts()
    lead: Texts = Texts()
    no_answer: Texts = Texts()
    open_questions: Texts = Texts()
    oneself: Texts = Texts()
    monitor: Texts = Texts()
    power: Texts = Texts()
    strangers: Texts = Texts()
    patients: Texts = Texts()
    everybody: Texts = Texts()
    ransom: Texts = Texts()
    sign: Texts = Texts()


def called_in(text: str) -> str:
    """Give the reference of whom a text names (``vendor:ehr``), the first in the lexicon's order; empty for nobody."""
    return next(iter(_called(text)), "")


def all_called_in(text: str) -> tuple[str, ...]:
    """Give the references of all whom a text names, the first in the lexicon's order first."""
    return _called(text)


def names_everybody(text: str) -> bool:
    """Say whether a text speaks of everybody, or nobody at all (「だれも出ません」)."""
    return _touches(text, names_that_come_along().everybody)


@remembered
def thing_in(text: str) -> str:
    """Give the picture of what a text names (``router_wan``), the first in the lexicon's order; empty for nothing."""
    return next(iter(_named(text, names_that_come_along().things)), "")


def kept_in(text: str) -> str:
    """Give the kind of what lies ready for an emergency, of which a text asks where it is; empty for nothing."""
    names = names_that_come_along()
    return next(iter(_named(text, names.kept)), "") if _touches(text, names.place) else ""


def kinds_called(text: str) -> frozenset[str]:
    """Give of what kind those are whom a text names (``vendor``, ``authority``)."""
    return frozenset(name.partition(":")[0] for name in _called(text))


def leads_in(text: str) -> frozenset[str]:
    """Give the machines that a text names, of which somebody may pull the wrong lead."""
    return frozenset(_named(text, names_that_come_along().leads))


def above_all(text: str) -> str:
    """Give the want that is heard whatever else a text means, since somebody may be hurt; empty for none."""
    groups = names_that_come_along().above_all
    named = (want for want, each in groups.items() if all(_touches(text, words) for words in each))
    unless = names_that_come_along().unless
    return next((want for want in named if want not in unless or not _touches(text, unless[want])), "")


def saying_in(text: str) -> str:
    """Give what a text says so plainly that nothing has to be weighed (``take_on``); empty where it needs weighing."""
    said = _SIGNS.sub("", plainly_folded(text)).strip()
    return next((name for name, words in _sayings().items() if words.fullmatch(said)), "")


def says(text: str, name: str) -> bool:
    """Say whether a text says just this (``accept``)."""
    said = _SIGNS.sub("", plainly_folded(text)).strip()
    return _sayings()[name].fullmatch(said) is not None


@cache
def _sayings() -> Mapping[str, re.Pattern[str]]:
    return _compiled(names_that_come_along().sayings)


def _compiled(patterns: Mapping[str, str]) -> Mapping[str, re.Pattern[str]]:
    """Give patterns as they meet what was said: without the long sign, which is taken out of that as well (りーだー)."""
    return {name: re.compile(re.sub("ー[?*+]?", "", words)) for name, words in patterns.items()}


def said_of_lost(text: str) -> tuple[str, ...]:
    """Give what a text says of something that is looked for: that somebody has it (``found``), or may have seen it (``handled``)."""
    said = _SIGNS.sub("", plainly_folded(text)).strip()
    return tuple(name for name, words in _of_lost().items() if words.fullmatch(said) and acts().may_tell(name, text))


@cache
def _of_lost() -> Mapping[str, re.Pattern[str]]:
    return _compiled(names_that_come_along().of_lost)


def is_over_early(text: str) -> bool:
    """Say whether a text says of a report that nobody has begun that it was none, or is over."""
    said = _SIGNS.sub("", plainly_folded(text)).strip()
    return _over_early()["over"].fullmatch(said) is not None


@cache
def _over_early() -> Mapping[str, re.Pattern[str]]:
    return _compiled({"over": names_that_come_along().over_early})


def names_the_lead(text: str) -> bool:
    """Say whether a text speaks of leading the response."""
    return _touches(text, names_that_come_along().lead)


def answers_nothing(text: str) -> bool:
    """Say whether a text is of the lead, of an end or of where its writer is, or says merely that they read: no question's answer."""
    return _touches(text, names_that_come_along().no_answer)


def asks_openly(text: str) -> bool:
    """Say whether a text asks where, what, when or who: neither yes nor no answers it."""
    return _touches(text, names_that_come_along().open_questions)


def names_oneself(text: str) -> bool:
    """Say whether whoever writes names themselves as who does something."""
    return _touches(text, names_that_come_along().oneself)


def names_a_monitor(text: str) -> bool:
    """Say whether a text names a screen, which may be a patient's."""
    return _touches(text, names_that_come_along().monitor)


def names_strangers(text: str) -> bool:
    """Say whether a text names what those behind an attack are reached by, or that nobody knows them."""
    return _touches(text, names_that_come_along().strangers)


def names_power(text: str) -> bool:
    """Say whether a text names what stops a machine."""
    return _touches(text, names_that_come_along().power)


def names_patients(text: str) -> bool:
    """Say whether a text names those who are cared for here, or theirs."""
    return _touches(text, names_that_come_along().patients)


def names_a_ransom(text: str) -> bool:
    """Say whether a text names what only attackers ask for."""
    return _touches(text, names_that_come_along().ransom)


def names_a_sign(text: str) -> bool:
    """Say whether a text names how an attack shows on a machine."""
    return _touches(text, names_that_come_along().sign)


def may_be(meaning: str, text: str) -> bool:
    """Say whether a text names what a meaning can't do without, and nothing that speaks against it."""
    names = names_that_come_along()
    needs, unless = names.needs.get(meaning), names.unless.get(meaning)
    return (needs is None or _touches(text, needs)) and (unless is None or not _touches(text, unless))


def reports_in(text: str) -> tuple[str, ...]:
    """Give the duties whose report a text names; of several to one office the first, since one was meant."""
    groups = names_that_come_along().reports
    named = [duty for duty, each in groups.items() if all(_touches(text, words) for words in each)]
    staged = [duty for duty in named if duty.endswith(("_preliminary", "_final"))]
    return tuple(duty for duty in named if duty not in staged[1:])


def is_replaced(text: str, name: str) -> bool:
    """Say whether a text names somebody as the one in whose place another is to do something."""
    words, plain = names_that_come_along().in_place_of, re.escape(name)
    ja, en = "|".join(map(re.escape, words.ja)), "|".join(map(re.escape, words.en))
    called = "|".join(map(re.escape, names_that_come_along().called.ja))
    return re.search(rf"{plain}(?:{called})?(?:{ja})|(?:{en}) {plain}", text, re.IGNORECASE) is not None


def is_handed_to(text: str, name: str) -> bool:
    """Say whether a text tells that something went to somebody (「田中さんに渡しました」): that is no step of one's own."""
    handed = names_that_come_along().handed_to
    plain, ja, en = re.escape(name), "|".join(map(re.escape, handed.ja)), "|".join(map(re.escape, handed.en))
    called = "|".join(map(re.escape, names_that_come_along().called.ja))
    return re.search(rf"{plain}(?:{called})?(?:{ja})|(?:{en}) {plain}", text, re.IGNORECASE) is not None


def roles_given(text: str) -> frozenset[str]:
    """Give the roles to whose holder something goes by what they are called (「院長に返します」, "back to the director")."""
    names = names_that_come_along()
    called = "|".join(map(re.escape, names.called.ja))

    def given(title: Texts) -> bool:
        ja, en = "|".join(map(re.escape, title.ja)), "|".join(map(re.escape, title.en))
        pattern = names.given_to.replace("@ja", f"(?:{ja})(?:{called})?").replace("@en", f"(?:{en})")
        return re.search(pattern, text.lower()) is not None

    roles = {name.removeprefix("role:"): title for name, title in names.numbers.items() if name.startswith("role:")}
    return frozenset(role for role, title in roles.items() if given(title))


def asks_whether_right(text: str) -> bool:
    """Say whether somebody asks whether what they did is right."""
    return _touches(text, names_that_come_along().checks)


def called_by_name(text: str) -> tuple[str, ...]:
    """Give the names that a text calls people by (「山田さん」, "Yamada-san", "give it to Yamada")."""
    called, none = names_that_come_along().called, names_that_come_along().no_names.ja
    ja, en = "|".join(map(re.escape, called.ja)), "|".join(map(re.escape, called.en))
    found = re.findall(
        rf"([\u4e00-\u9fa5\u3005\u30a1-\u30f6\u30fc]{{1,8}})(?:{ja})|\b(?:{en}) ([A-Z][a-z]+)\b|\b([A-Z][a-z]+)-san\b",
        text,
    )
    return tuple(dict.fromkeys(name for names in found for name in names if name and name not in none))


def names_a_deed(text: str, deed: str = "") -> bool:
    """Say whether a text names what was done (``deed``, if one is given), or only that something was."""
    named = _named(text, names_that_come_along().deeds)
    return deed in named if deed else bool(named)


@remembered
def deeds_in(text: str) -> frozenset[str]:
    """Give what a text says that was, or is to be, done."""
    return frozenset(_named(text, names_that_come_along().deeds))


def may_mean(text: str, ask: str) -> bool:
    """Say whether "done" in a text may mean the step that asks for ``ask``: the same deed, or none by name."""
    deeds = names_that_come_along().deeds
    said = _named(text, deeds)
    return not said or not set(said).isdisjoint(_named(ask, deeds))


@cache
def names_that_come_along() -> Names:
    """Give the words that come along."""
    return shipped(Names, LEXICON)


@remembered
def _called(text: str) -> tuple[str, ...]:
    names, ours = names_that_come_along(), _no_colleague().sub("", unify(text))
    return _named(ours, names.numbers) or _named(ours, names.loosely)


@cache
def _no_colleague() -> re.Pattern[str]:
    return re.compile(names_that_come_along().no_colleague)


def _named(text: str, words: Mapping[str, Texts]) -> tuple[str, ...]:
    return tuple(name for name, texts in words.items() if _touches(text, texts))


def _touches(text: str, words: Texts) -> bool:
    return bool(_pattern((*words.ja, *words.en)).search(unify(text)))


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(_written, sorted(words, key=len, reverse=True))))


def _written(word: str) -> str:
    body = re.escape(word.lower())
    return rf"(?<![a-z]){body}(?![a-z])" if _LATIN.search(word) else body
