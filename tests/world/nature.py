"""How people are: what the player has beside the pace of a play's people (``bot.demo.pace``), and the dice.

What the design doesn't give is our judgement and says so.
"""

from __future__ import annotations

from math import exp, log
from random import Random

from bot.demo.pace import Pace, Range
from playbooks.frozen import frozen


@frozen
class Nature(Pace):
    """Seconds, and chances. Two numbers are a range, even unless said otherwise."""

    looks: Range = (60, 600)
    """How long colleagues leave their phone alone, log-uniformly."""
    picks_up: float = 0.6
    unsure: float = 0.2
    unsure_after_picture: float = 0.1
    ticks_undone: float = 0.05
    wrong_lead: float = 0.05

    director_looks: Range = (2400, 7200)
    """Ours: the director is silent for 40 minutes at least, log-uniformly, unless somebody reaches them by voice."""
    reporter_looks: Range = (20, 120)
    """Ours: whoever reported leaves the phone on the desk beside them, log-uniformly."""
    heard: float = 0.8
    """Ours: a colleague in the house who is not with a patient hears somebody who calls out, and looks at the phone."""
    after_call: Range = (15, 60)
    """Ours: until somebody who was called by voice has the phone in hand."""
    longest_wait: float = 360.0
    """Ours: how long somebody waits for a colleague who said that they come; half as long for one who has not."""
    phone: Range = (10, 30)
    """Ours: something on the phone itself, such as its Wi-Fi."""
    a_look: Range = (10, 30)
    """Ours: to follow a lead with one's eyes; who does sees whether it was the right one."""
    waits: float = 20.0
    """Ours: how long the phone stays in hand when nothing is left to do."""
    interrupted: float = 0.2
    """Ours: the chance that a patient comes between the screen and an act, at the desk."""
    interruption: Range = (20, 60)
    nurse_with_patient: Range = (180, 480)
    nurse_free: Range = (120, 300)
    """Ours: a nurse is with a patient about six minutes in ten."""
    deputy_out: float = 0.25
    """Ours: the chance that the deputy is not in the house."""
    on_wifi_too: float = 0.1
    """Ours: the chance that the machine has Wi-Fi beside its cable."""
    at_the_hub: float = 0.5
    """Ours: the chance that whoever unplugs the others does it at the hub, and so frees the first machine, too."""
    deputy_takes: float = 0.5
    """Ours: the chance that a deputy takes charge when the alarm offers it; asked by name they always do."""
    others_take: float = 0.3
    """Ours: the chance that somebody else takes charge when all are asked."""
    claims: float = 0.3
    """Ours: the chance that somebody free takes up work that stands on the board, each time they look."""
    passes_on: float = 0.03
    """Ours: the chance that somebody who could do a step asks for somebody else instead, where a button offers it."""
    takes_back: float = 0.03
    """Ours: the chance that somebody takes back what they just answered: a wrong tap on a small screen, one in thirty or so."""
    in_bulk: float = 0.5
    """Ours: the chance that somebody settles a card by one tap at its end instead of line by line."""


class Dice(Random):
    """One person's chance, so that what others do doesn't change it."""

    def between(self, span: Range) -> float:
        """Give so many seconds."""
        return self.uniform(*span)

    def between_log(self, span: Range) -> float:
        """Give so many seconds, short ones as often as long ones."""
        return exp(self.uniform(log(span[0]), log(span[1])))

    def happens(self, chance: float) -> bool:
        """Throw."""
        return self.random() < chance
