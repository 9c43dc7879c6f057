"""What a text may be about: the playbooks that it may mean, as the desks and the bot's ears are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from playbooks.first_words.reading import first_words
from playbooks.frozen import frozen
from playbooks.model import Playbook
from playbooks.triage.gate import gate
from playbooks.triage.lexicon import triage_of
from playbooks.triage.mishaps import mishaps
from playbooks.triage.people import people
from playbooks.triage.ranking import Match
from playbooks.triage.sense import sense
from playbooks.triage.speech import remembered
from playbooks.triage.whispers import whispers
from playbooks.wants.hearing import SAID_PLAINLY
from playbooks.wants.names import saying_in

MOST_CANDIDATES = 3
"""Playbooks offered as buttons after a report."""

CONFIDED = "insider"
"""The matter that is told in confidence until its writer says what it is: nobody else hears of it before they chose who may."""

NONE = "none"
"""What the sense for reports calls what is none."""

REPORT = 0.68
"""From here on it is a report; below, whoever wrote it is asked whether something is going on."""

SURE = 0.65
"""So likely, a report whose writer has no time to answer begins by itself; measured: of those none was an attack that was taken for
something harmless."""

SIGNED = 0.35
"""… if the playbook's own signs say so, too: the name of a firm or a list of machines may sound like a report and is none."""

BY_SIGNS = 0.5
"""How much the signs of a playbook count beside what was learnt of how people report; measured on writers left out of it."""

NEAR = 0.5
"""Beside the likeliest, what reaches this part of its score may be it just as well."""

EVERYDAY = 0.8
"""Below this a report that nobody is sure of, with no own sign of what must not wait, is most likely everyday talk. Measured on writers
left out of what was learnt: it holds back 42 of 1,646 reports, the half of them of matters that never begin by time, and a quarter of
the talk that was taken for a report and would begin by itself."""

OF_NOBODY = 0.12
"""Below this a colleague's deed is not even offered where none is told: who taps it by mistake calls nobody."""

FAINT = 0.05
"""Below this nothing is offered."""


@frozen
class Likely:
    """The playbooks that a text may mean, the likeliest first; empty for what sounds like no incident.

    ``near`` are those between which nobody can tell yet. ``faint`` are those of a text that is no report as it stands.
    ``everyday`` says that it is most likely talk after all.
    """

    playbooks: tuple[str, ...] = ()
    sure: bool = False
    near: tuple[str, ...] = ()
    faint: tuple[str, ...] = ()
    everyday: bool = False


Triage = Callable[[str], Likely]


def likely_among(playbooks: Mapping[str, Playbook]) -> Triage:
    """Give what tells which of these playbooks a text may mean, at most three.

    What was learnt knows the playbooks that come along; one that a facility added is found by its signs alone.
    """
    triage = triage_of(playbooks)

    @remembered
    def likely(text: str) -> Likely:
        if saying_in(text) in {*SAID_PLAINLY, "no_photo"}:
            return Likely()
        text = gate().beside_a_drill(text)
        told, by_signs = sense("reports").likelihoods(text), triage.rank(text)
        if told.get(CONFIDED) and not whispers().is_confided(text):
            told = _of_no_colleague(text, told)
            by_signs = [match for match in by_signs if match.playbook != CONFIDED or told[CONFIDED]]
        if innocent := gate().innocent_of(text):
            told = _told_without(told, innocent)
            by_signs = [match for match in by_signs if match.playbook not in innocent]
        found = _ranked(told, by_signs, playbooks)
        of_its_own = bool(by_signs) and by_signs[0].playbook not in told
        reported = max(1 - told[NONE], by_signs[0].score if of_its_own else 0.0)
        names, telling = tuple(found)[:MOST_CANDIDATES], gate().reporting(text)
        if plain := first_words().plain_in(telling) or mishaps().told_in(text):
            return Likely(
                (plain, *(name for name in names if name != plain))[:MOST_CANDIDATES], sure=True, near=(plain,)
            )
        by_itself = gate().works_by_itself(text)
        if not names or not telling or (reported < REPORT and not by_itself and not gate().fails(text)):
            return Likely(faint=names)
        by_sign = {match.playbook for match in by_signs if match.score >= NEAR * by_signs[0].score}
        near = tuple(
            name
            for name in names
            if found[name] >= NEAR * found[names[0]]
            or (name in by_sign and playbooks[name].event == "cyber_attack")  # of two that are near the worse counts
        )
        if CONFIDED not in near and told.get(CONFIDED, 1) < OF_NOBODY and not whispers().may_be_one(text):
            names = tuple(name for name in names if name != CONFIDED)
        attack = any(playbooks[name].event == "cyber_attack" for name in near)
        signed = {match.playbook: match.score for match in by_signs}.get(names[0], 0.0)
        sure = (told.get(names[0], signed) >= SURE and signed >= SIGNED) or (attack and by_itself)
        urgent = any(playbooks[name].begins_as == "urgent" for name in near)
        signs = max((match.score for match in by_signs), default=0.0)
        unsigned = not signs if urgent else signs < SIGNED
        if gate().is_everyday(text) and not sure:
            return Likely(faint=names)
        return Likely(names, sure, near, everyday=not (sure or attack) and unsigned and reported < EVERYDAY)

    return likely


def _of_no_colleague(text: str, told: Mapping[str, float]) -> dict[str, float]:
    """Give how likely each playbook is where a text can't be of what a colleague did.

    What a patient did, or the writer, is told to whoever has to know; work with charts is no report.
    """
    confided = told[CONFIDED]
    if confided < SURE and whispers().is_of_things(text):
        return {name: much / (1 - confided) for name, much in told.items()} | {CONFIDED: 0.0}
    if people().named_in(text) == {"other"}:
        return {name: much / (1 - confided) for name, much in told.items()} | {CONFIDED: 0.0}
    if (confided < SURE and whispers().is_work(text)) or whispers().is_mood(text):
        return {**told, NONE: told[NONE] + confided, CONFIDED: 0.0}
    return dict(told)


def _told_without(told: Mapping[str, float], innocent: Mapping[str, str]) -> dict[str, float]:
    """Give how likely each playbook is where a text can't be of some: what spoke for these speaks for another, or for no report."""
    left = {**told, **dict.fromkeys(innocent, 0.0)}
    for name, rather in innocent.items():
        left[rather or NONE] = left.get(rather or NONE, 0.0) + told.get(name, 0.0)
    return left


def _ranked(
    told: Mapping[str, float], by_signs: Iterable[Match], playbooks: Mapping[str, Playbook]
) -> dict[str, float]:
    """Give what may be meant with its score, the likeliest first."""
    scores = {name: much for name, much in told.items() if name in playbooks}
    for match in by_signs:
        unknown = 0.0 if match.playbook in told else match.score
        scores[match.playbook] = scores.get(match.playbook, unknown) + BY_SIGNS * match.score
    return {name: much for name, much in sorted(scores.items(), key=lambda each: -each[1]) if much >= FAINT}
