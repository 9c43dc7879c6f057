"""What is answered at once and without anybody else, in a run and outside."""

from __future__ import annotations

from collections.abc import Iterator

from bot.channels.channel import Heard
from bot.clock import Clock
from bot.desks.likely import Triage
from bot.hearing.front_desk import FrontDesk
from bot.hearing.in_run.listening import SEEMS_ASKED, known_answer, picture_before, said_at_once
from bot.hearing.in_run.standing import coming
from flows.commands.people import Plead, TellPresence, Write
from flows.deeds import Deed
from flows.engine import Engine
from flows.listening.pleas import ADVISED
from flows.messages.calling import FirstWordsTold
from flows.messages.hearing import AnswerTold, DangerWords, KnownTold
from flows.messages.members import CommandsListed, LanguageChoose
from flows.messages.steps import WhyStep
from flows.record.journal import AT_ONCE, URGENT, Owed
from flows.state.run import Run
from flows.state.work import Context
from playbooks.triage.danger import DESPAIR, danger_ears
from playbooks.triage.gate import gate
from playbooks.triage.speech import is_english
from playbooks.wants.answers import answers
from playbooks.wants.hearing import NOTE, heard_in
from playbooks.wants.names import saying_in, says, thing_in
from playbooks.wants.told import told_in


class Answering:
    """Answers what is written down, or known: what is asked often, whose number, what comes first if it happens."""

    def __init__(self, engine: Engine, clock: Clock, triage: Triage, desk: FrontDesk) -> None:
        """``desk`` shows the drills."""
        self.engine, self.clock, self.triage, self.desk = engine, clock, triage, desk

    def in_run(self, run: Run, text: str, member: str, context: Context) -> Deed | None:
        """Answer in a run what needs nobody else, and what is asked in case it happens."""
        if says(text, "asks_password"):
            told = KnownTold("password", language="en" if is_english(text) else "")
            return Deed(Owed(member, told, run.id, priority=AT_ONCE), Write(run.id, text, answered=True))
        if says(text, "asks_help"):
            return Deed(Owed(member, CommandsListed(), priority=AT_ONCE), Write(run.id, text, answered=True))
        if name := self.told(text, run):
            answer = AnswerTold(name, language="en" if is_english(text) else "")
            heard = Plead(run.id, text, (answers().answers[name].tells,), {"told": True})
            return Deed(Owed(member, answer, run.id, priority=AT_ONCE), heard)
        if (asked := self.asked_often(text, run)) and not (says(text, "asks_when") and coming(run, context)):
            answer = AnswerTold(asked, language="en" if is_english(text) else "")
            return Deed(Owed(member, answer, run.id, priority=AT_ONCE), Write(run.id, text, answered=True))
        if says(text, "asks_lead") and saying_in(text) != "status":
            leads = KnownTold("lead_now", language="en" if is_english(text) else "")
            return Deed(Owed(member, leads, run.id, priority=AT_ONCE), Write(run.id, text, answered=True))
        own = run.open_step_of(member)
        if own is not None and says(text, "asks_why"):
            return Deed(Owed(member, WhyStep(own.turn), run.id, priority=AT_ONCE), Write(run.id, text, answered=True))
        if own is not None and says(text, "half_done"):
            return Deed(Plead(run.id, text, ("what_now",)))
        if says(text, "asks_why_power"):
            return Deed(Plead(run.id, text, (ADVISED,), {"harm": "power", "asks_why": True}))
        if says(text, "free_hands"):
            here = Deed(TellPresence(run.id, "here"), or_else=lambda _: Deed())
            return Deed(here, Plead(run.id, text, ("what_now",)))
        if says(text, "in_trouble") or says(text, "asks_text"):
            return Deed(Plead(run.id, text, ("what_now",)))
        if says(text, "cannot_read"):
            return self._drawn(run, text, member)
        supposed = "" if said_at_once(text).grave or told_in(text) else gate().supposed(text)
        told_of = tuple(self.if_it_happens(supposed, member)) if supposed and not run.drill else ()
        return Deed(*told_of, Write(run.id, text, answered=True)) if told_of else None

    def _drawn(self, run: Run, text: str, member: str) -> Deed:
        """Show whoever can't read what stands on a thing how it looks, or their step, in their language; it is offered first."""
        person = self.engine.roster().member(member)
        choose = (
            [] if person is not None and person.language == "en" else [Owed(member, LanguageChoose(), priority=AT_ONCE)]
        )
        picture = thing_in(text) or picture_before(run, self.engine.context(self.clock.now(), member, run.id))
        about = {"picture": picture, "language": "en" if is_english(text) else ""}
        wish = Plead(run.id, text, ("which",), about) if picture else Plead(run.id, text, ("what_now",))
        return Deed(wish, *choose)

    def outside(self, text: str, heard: Heard, member: str) -> Deed | None:
        """Answer what needs nobody else: how to use this, whose number, who decides, what is held nowhere, that nothing goes on."""
        if says(text, "asks_help"):
            return Deed(Owed(member, CommandsListed(), priority=AT_ONCE))
        if any(says(text, said) for said in ("asks_drills", "drill_later")):
            return self.desk.command("/drills", heard, member)
        asked = self.asked_often(text)
        if asked and (not self.triage(text).playbooks or answers().answers[asked].no_report):
            told = AnswerTold(asked, quiet=True, language="en" if is_english(text) else "")
            return Deed(Owed(member, told, priority=AT_ONCE))
        known = known_answer(text, member, self.engine.roster())
        return (
            Deed(Owed(member, KnownTold(*known, "en" if is_english(text) else ""), priority=AT_ONCE)) if known else None
        )

    def asked_often(self, text: str, run: Run | None = None) -> str:
        """Name the answer that a text asks for, where it wants nothing that is graver; empty for none."""
        here = run.playbook.playbook if run is not None and run.playbook is not None else ""
        asked = answers().asked_in(text, self.engine.roster().facility.kind, here)
        mere = SEEMS_ASKED.union({NOTE}).issuperset(heard_in(text))
        return asked if asked and (mere or answers().answers[asked].whatever or _asks_to_use(text)) else ""

    def told(self, text: str, run: Run | None = None) -> str:
        """Name the answer to what a text tells that is no incident of a playbook; empty for none, and where danger comes first."""
        here = run.playbook.playbook if run is not None and run.playbook is not None else ""
        told = answers().asked_in(text, self.engine.roster().facility.kind, here, told=True)
        return told if told and (danger_ears().hear(text) is None or answers().calms(told, text)) else ""

    def calms(self, text: str) -> bool:
        """Say whether what a text tells or asks has words of its own that stand in the place of a suspicion of danger."""
        kind = self.engine.roster().facility.kind
        return any(
            name and answers().calms(name, text)
            for name in (answers().asked_in(text, kind, told=told) for told in (True, False))
        )

    def if_it_happens(self, supposed: str, member: str) -> Iterator[Owed]:
        """Tell what comes first if it happens: nothing has, so that nobody is called."""
        danger, likely = danger_ears().hear(supposed), self.triage(supposed)
        words, near = self.engine.handbook.first_words, (likely.playbooks or likely.faint)[:1]
        if danger is not None and danger.kind not in DESPAIR:
            yield Owed(member, DangerWords(danger.kind, supposed=True), priority=URGENT)
        elif words is not None and near:
            chosen = words.chosen(near, supposed, self.engine.handbook.playbooks)
            yield Owed(member, FirstWordsTold(chosen, supposed=True), priority=URGENT)


def _asks_to_use(text: str) -> bool:
    """Say whether somebody asks whether they may use a machine, and is about to do nothing else."""
    return heard_in(text) == {"warned": ("use",)} and says(text, "permits")
