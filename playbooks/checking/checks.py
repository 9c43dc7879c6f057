"""Everything a playbook must be before anybody may rely on it, as a tuple of functions.

Each takes the complete playbook, the names known outside it, and the lines to name; each yields what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from playbooks.authoring.lines import Lines
from playbooks.checking import asking, cards, mentions, privacy, sentences, ways
from playbooks.checking.known import Known
from playbooks.model import Playbook
from playbooks.problems import Problem

Check = Callable[[Playbook, Known, Lines], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    mentions.names_are_plain,
    mentions.roles_exist,
    mentions.contacts_exist,
    mentions.playbooks_exist,
    mentions.pictures_exist,
    mentions.services_exist,
    mentions.conditions_are_sound,
    ways.every_way_leads_somewhere,
    ways.every_step_is_reached,
    ways.every_track_can_end,
    ways.every_later_track_starts,
    sentences.both_languages,
    sentences.short_enough,
    sentences.forbids_plainly,
    sentences.nothing_to_fill_in,
    asking.unsure_is_helped,
    asking.decisions_are_owned,
    asking.what_is_taken_fits,
    cards.cards_are_short,
    cards.lines_may_be_lines,
    cards.lines_have_their_own_names,
    privacy.asks_for_no_patient,
)


def check(playbook: Playbook, known: Known, where: Lines) -> list[Problem]:
    """Give everything wrong with a playbook, in the order of its files and lines, each once."""
    return sorted({problem for one in CHECKS for problem in one(playbook, known, where)})
