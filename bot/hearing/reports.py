"""Whether a text reports something: new, another matter, or more of what is told already."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.channels.channel import Heard
from bot.clock import Clock
from bot.desks.likely import CONFIDED, Likely, Triage
from bot.hearing.answering import Answering
from bot.hearing.belonging import Belonging
from bot.hearing.in_run.listening import attack_after_all, attacks_in, said_at_once
from bot.hearing.whispering import Whispering
from flows.commands.people import ChoosePlaybook, Join, Report
from flows.deeds import Deed
from flows.engine import Engine
from flows.messages.calling import AskPlaybook, FirstWordsTold
from flows.messages.hearing import AnswerTold, Greeted, HintTold
from flows.record.journal import BACKGROUND, URGENT, Owed
from flows.response.asking import is_correction
from flows.response.placing import first_words_of, words_on_top
from flows.scene.circle import delicate
from flows.state.run import Run
from playbooks.first_words.shape import CAREFUL
from playbooks.triage.danger import DESPAIR, danger_ears
from playbooks.triage.gate import gate
from playbooks.triage.speech import is_english
from playbooks.wants.answers import answers
from playbooks.wants.hearing import NOTE, QUESTION
from playbooks.wants.names import saying_in, says
from playbooks.wants.told import playbook_told


class Reports:
    """Hears what may be a report."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        triage: Triage,
        belonging: Belonging,
        whispering: Whispering,
        answering: Answering,
    ) -> None:
        """``answering`` answers what is no report, ``whispering`` names whom one is about."""
        self.engine, self.clock, self.triage = engine, clock, triage
        self.belonging, self.whispering, self.answering = belonging, whispering, answering

    def hear(self, text: str, heard: Heard, *, endangered: bool = False) -> Deed:
        """Hear a text that belongs to nothing that goes on: a report, something to answer, or what is asked about."""
        likely, member = self.triage(text), self.belonging.member(heard)
        hint = said_at_once(text)
        if not (endangered or likely.sure) and (answer := self._of_no_playbook(text, heard, likely)) is not None:
            return answer
        told = (Owed(member, HintTold(hint.advice), priority=URGENT),) if hint.advice else ()
        of_patients = (asked := self.answering.asked_often(text)) != "" and answers().answers[asked].no_report
        if not hint.grave and not endangered and not of_patients and (supposed := gate().supposed(text)):
            return Deed(*self.answering.if_it_happens(supposed, member), self.belonging.held(heard, "report_or_not"))
        plain = not hint.advice or says(text, "asks_password")  # who asks for one has told nobody any
        if (
            plain
            and not (endangered or likely.sure)
            and (answer := self.answering.outside(text, heard, member)) is not None
        ):
            return answer
        if endangered and self._is_danger_alone(text, likely):
            return Deed()
        if likely.playbooks and (likely.sure or hint.advice != "care_device"):
            first = told if hint.beside else ()
            talk = likely.everyday and not hint.grave
            named = self.whispering.named(text)
            plainly = playbook_told(text)
            candidates = tuple(dict.fromkeys((plainly, *likely.playbooks))) if plainly else likely.playbooks
            report = Report("", text, candidates, sure=likely.sure, near=likely.near, named=named, everyday=talk)
            return Deed(*first, replace(report, plain=bool(plainly)))
        if endangered:
            return Deed()  # they have been asked already
        if not hint.grave and (gate().greets(text) or saying_in(text) == NOTE or _chats(text, likely)):
            return Deed(Owed(member, Greeted(), priority=BACKGROUND))
        first = told or ((Owed(member, FirstWordsTold(CAREFUL), priority=URGENT),) if hint.lost else ())
        return Deed(*first, self._hinted(heard, text, likely) if hint.grave else self._asked(heard, likely))

    def _is_danger_alone(self, text: str, likely: Likely) -> bool:
        """Say whether what tells of a danger tells of nothing else: of violence no machine, of who is ill no colleague."""
        danger = danger_ears().hear(text)
        if danger is None or not danger.told:
            return False
        confided = CONFIDED in likely.near and not self.whispering.named(text)
        return confided if danger.kind == "person" else danger.kind == "violence" and not likely.sure

    def _asked(self, heard: Heard, likely: Likely, **about: Any) -> Deed:
        return self.belonging.held(heard, "report_or_not", candidates=list(likely.faint), **about)

    def _hinted(self, heard: Heard, text: str, likely: Likely) -> Deed:
        """Ask whether something is happening; those who decide are told where nothing is tapped, but for whom it may accuse."""
        return self._asked(heard, likely, hint=True, accused=list(self.whispering.accused(text)))

    def is_for_everybody(self, run: Run, text: str, likely: Likely, member: str) -> bool:
        """Say whether what is surely another matter is told amid a delicate one: there it would stay between few who can't help."""
        apart = likely.sure and CONFIDED not in likely.near and not is_correction(text)
        return apart and delicate(run, self.engine.context(self.clock.now(), member))

    def _attacks(self, text: str, likely: Likely) -> list[str]:
        return attacks_in(text, likely, self.engine.handbook.playbooks)

    def attack_in_failure(self, run: Run, text: str, likely: Likely, member: str) -> str:
        """Name the attack that a text may show what is handled as a failure to be; empty for none.

        Of a failure that is small, or that nobody has opened yet, it is more of the same report.
        """
        failure = run.playbook is not None and run.playbook.event == "system_failure" and run.live
        if not failure or run.drill or run.small:
            return ""
        return next(iter(self._attacks(text, likely)), "") or attack_after_all(text, run, member)

    def _of_no_playbook(self, text: str, heard: Heard, likely: Likely) -> Deed | None:
        """Answer what is told that no playbook is for, or several may be; where more than words hangs on it, somebody has to look."""
        told = self.answering.told(text)
        if not told or (len(likely.near) == 1 and not answers().answers[told].no_report):
            return None
        only = answers().answers[told].tells == QUESTION
        answer = AnswerTold(told, quiet=only, language="en" if is_english(text) else "")
        looked_at = Deed() if only else self._hinted(heard, text, likely)
        return Deed(Owed(self.belonging.member(heard), answer, priority=URGENT), looked_at)

    def joined(self, run: Run, text: str, member: str, likely: Likely, *, mishap: bool = False) -> Deed:
        """Take more of what nobody has opened yet; what is plainly of one kind opens it as that, but for a mere mishap in it (``mishap``).

        Its reporter is asked anew anyway; whoever only joins in, where it may be an attack that nobody thought of yet.
        """
        more = Join(run.id, text, likely.near or likely.playbooks[:1])
        attacks = self._attacks(text, likely)
        if run.drill:
            return Deed(more)
        if likely.sure and not (mishap and run.near) and likely.playbooks[0] in {*attacks, *run.candidates, *run.near}:
            named = ChoosePlaybook(run.id, likely.playbooks[0])
            if self.belonging.may(named, run, member) and not delicate(
                run, self.engine.context(self.clock.now(), member)
            ):
                return Deed(more, named)
        if member == run.reporter or set(attacks) <= set(run.near):
            return Deed(more)
        return Deed(more, Owed(member, AskPlaybook(), run.id, key=f"question:{run.id}", priority=BACKGROUND))

    def may_seek(self, run: Run) -> bool:
        """Say whether what nobody has opened yet may be about something that was lost."""
        books = (self.engine.handbook.playbooks.get(name) for name in (*run.near, *run.candidates))
        return any(book is not None and "found" in book.facts for book in books)

    def is_more(self, run: Run, likely: Likely) -> bool:
        """Say whether a text tells more of what is small as yet: that it goes on, or that it looks like an attack."""
        books, here = self.engine.handbook.playbooks, run.playbook.playbook if run.playbook else ""
        return run.small and any(name == here or books[name].event == "cyber_attack" for name in likely.near)

    def on_top(self, run: Run, text: str, likely: Likely) -> str:
        """Choose first words for what tells of another matter than a run's; empty where it may well be the same.

        Of whoever wants to die nothing else comes first. In a drill what is said to be none is as if it were told alone.
        """
        danger = danger_ears().hear(text)
        if danger is not None and (danger.told or danger.kind in DESPAIR):
            return ""  # they have been told what comes first
        if run.drill and gate().says_it_is_real(text):
            return first_words_of(likely.near, text, self.engine.handbook)  # what a drill plays helps nobody here
        if len(likely.near) > 1 and not likely.sure:
            return ""
        return words_on_top(run, likely.near, text, self.engine.handbook)


def _chats(text: str, likely: Likely) -> bool:
    """Say whether a text is plainly small talk, and sounds like nothing that a playbook is for."""
    return not likely.faint and gate().is_small_talk(text)
