"""What is told in confidence, and whom it names: it reaches nobody before its writer chose who may know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.clock import Clock
from bot.desks.likely import CONFIDED, Triage
from flows.commands.people import CallOff, ChoosePlaybook, Report, SettleCircle
from flows.deeds import Deed
from flows.engine import Engine
from flows.messages.calling import FirstWordsTold, WhoMayKnow
from flows.record.journal import AT_ONCE, URGENT, Owed
from flows.scene.circle import delicate, may_be_left_out
from flows.state.run import Run
from playbooks.triage.gate import gate
from playbooks.triage.people import is_named, people, with_colleagues
from playbooks.triage.whispers import whispers

HANDS_ON = ("cyber_attack", "system_failure", "disaster")
"""Events in which somebody pulls a cable or cuts the power because they were asked to, or may."""


class Whispering:
    """Hears what is told of somebody who works here."""

    def __init__(self, engine: Engine, clock: Clock, triage: Triage) -> None:
        """Hear by the names of those who work here."""
        self.engine, self.clock, self.triage = engine, clock, triage

    def whispered(self, text: str, member: str, here: Iterable[Run]) -> Report | None:
        """Give what is told in confidence a matter of its own: nobody else is to know of it before its writer says who may.

        So it is in an answer, beside a photo, and in a drill, but for one of such a matter; in such a matter (``here``) it
        stays where it is. No other kind of trouble is offered beside it: that would tell everybody.
        """
        runs = list(here)
        if CONFIDED not in self.engine.handbook.playbooks or not (
            self.is_confided(text) or self._may_be_harm(text, runs)
        ):
            return None
        context = self.engine.context(self.clock.now(), member)
        if runs and all(delicate(run, context) or (run.drill and not run.calls_everybody) for run in runs):
            return None
        near = CONFIDED in self.triage(text).near
        return Report("", text, (CONFIDED,), sure=near, near=(CONFIDED,), named=self.named(text))

    def is_confided(self, text: str) -> bool:
        """Say whether a text tells in confidence, or of a colleague's deed that is wrong."""
        names = tuple(self.first_names())
        near, text = CONFIDED in self.triage(text).near, gate().beside_a_drill(text)
        return whispers().is_confided(text, names) or (near and whispers().may_be_one(text, names))

    def _may_be_harm(self, text: str, here: Sequence[Run]) -> bool:
        """Say whether a colleague did to a machine what nothing that goes on asks for: nobody can tell yet whether they were to."""
        likely = self.triage(text)
        told = any(self.engine.handbook.playbooks[name].event in HANDS_ON for name in likely.near)
        hands_on = told or any(run.playbook is None or run.playbook.event in HANDS_ON for run in here)
        return whispers().may_be_harm(text, tuple(self.first_names()), attacked=hands_on)

    def first_names(self) -> Iterator[str]:
        """Give the names by which those who work here are called."""
        return (m.name.split()[0] for m in self.engine.roster().active())

    def named(self, text: str) -> tuple[str, ...]:
        """Give those of whom a text tells, by their name or by what they are here; not whom it wants told."""
        return self.people_in(whispers().but_for_trusted(text, self.first_names()))

    def accused(self, text: str) -> tuple[str, ...]:
        """Give those whom a text names where it tells of something that one of us does."""
        doing = "ours" in people().named_in(with_colleagues(text, self.first_names()))
        return self.named(text) if doing else ()

    def settles(self, run: Run, text: str, member: str) -> Deed | None:
        """Do what whoever confided something says of who may know, in words; None where they say nothing of it.

        Whoever it names, or who doesn't decide, is told by no words alone, and nobody by a mere wish: that is asked about once more.
        """
        said, trusted = whispers().of_the_circle(text), whispers().trusted_in(text, self.first_names())
        context = self.engine.context(self.clock.now(), member, run.id)
        others, named = may_be_left_out(run, context), {*run.named, *self.named(text)}
        match said:
            case "nothing":
                return Deed(CallOff(run.id))
            case "nobody" if run.circle_asked:
                return Deed(SettleCircle(run.id, "+".join(others)))
            case "agreed" if run.circle_asked:
                return Deed(SettleCircle(run.id, "+".join(m for m in others if m in named)))
        wanted = [m for m in self.people_in(trusted) if m != member] if trusted else []
        if not wanted or not others:
            return None
        begun = [] if run.circle_asked else [ChoosePlaybook(run.id, CONFIDED)]
        if {*wanted} <= {*others} - named and not whispers().only_wishes(trusted):
            return Deed(*begun, SettleCircle(run.id, "+".join(m for m in others if m not in wanted)))
        asked = Owed(member, WhoMayKnow(tuple(wanted)), run.id, key=f"circle:{run.id}", priority=AT_ONCE)
        return Deed(*begun, asked)

    def people_in(self, text: str) -> tuple[str, ...]:
        """Give those whom a text names, by their name or by what they are here."""
        members = self.engine.roster().active()
        roles = whispers().roles_named(text, self.first_names())
        by_role = {m.id for m in members if roles & {*m.roles, *(["deputy"] if m.stands_in_for else [])}}
        return tuple(m.id for m in members if m.id in by_role or is_named(text, m.name.split()[0]))

    def not_them(self, run: Run, text: str, member: str) -> Deed:
        """Tell whoever wants to ask the one whom a delicate matter is about not to."""
        whom = [m for m in map(self.engine.roster().member, run.named) if m is not None and m.id != member]
        asks = delicate(run, self.engine.context(self.clock.now(), member)) and any(
            whispers().goes_to(text, m.name.split()[0]) for m in whom
        )
        return Deed(Owed(member, FirstWordsTold(CONFIDED), run.id, priority=URGENT)) if asks else Deed()
