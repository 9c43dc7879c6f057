"""What a text in a run is: what was awaited, a want, another report, or a note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.channels.channel import Heard
from bot.clock import Clock
from bot.desks.desk import there
from bot.desks.likely import Likely, Triage
from bot.hearing.belonging import Belonging
from bot.hearing.in_run.leading import asked_by_name
from bot.hearing.in_run.listening import (
    OF_THE_RESPONSE,
    SEEMS_ASKED,
    Wish,
    attack_seen,
    is_answer,
    is_pressing,
    said_at_once,
    told_beside,
    wish_of,
)
from bot.hearing.in_run.plainly import Plainly
from bot.hearing.in_run.standing import asked_about, coming, forbidden, told_of
from bot.hearing.reports import Reports
from bot.hearing.whispering import Whispering
from contacts.naming import is_said_of
from flows.commands.people import (
    AnswerPlea,
    CallOff,
    ChoosePlaybook,
    HandCommand,
    Join,
    Leave,
    Plead,
    Report,
    TakeCommand,
    Write,
)
from flows.deeds import Deed
from flows.engine import Engine
from flows.listening.pleas import (
    COMING,
    FALSE_ALARM,
    FORBIDDEN,
    HARMFUL,
    LEAK_FEARED,
    LEAVING,
    NOT_DONE,
    ORDER,
    STANDING,
    may_leave,
)
from flows.messages.calling import AskPlaybook, CommandWanted, FirstWordsTold, ReportOver, WhereNow
from flows.messages.drilling import DrillEnding
from flows.messages.hearing import HintTold
from flows.messages.notes import DrillOrNot, PleaSettled
from flows.record.journal import AT_ONCE, NEXT, URGENT, Owed
from flows.response.asking import is_correction, put_right
from flows.response.audience import where_key
from flows.response.placing import is_apart, sounds_like_another_report
from flows.scene.circle import delicate, unchosen
from flows.scene.voice import runs_scene
from flows.state.run import TAKE_LEAD, Run
from flows.state.work import Context
from flows.written.times import told_time
from playbooks.triage.danger import danger_ears
from playbooks.triage.gate import gate
from playbooks.wants.acts import acts
from playbooks.wants.hearing import NOTE, QUESTION, UNCLEAR, heard_in
from playbooks.wants.lines import lines_told
from playbooks.wants.names import (
    answers_nothing,
    asks_openly,
    is_over_early,
    names_strangers,
    names_the_lead,
    said_of_lost,
    saying_in,
    says,
)
from playbooks.wants.orders import orders
from playbooks.wants.told import told_in

TOLD_AS_TROUBLE = frozenset({"review", "inject"})
"""What is awaited and may well sound like trouble: an answer about the incident, and what a drill makes up."""

MAY_ASK_HOW_IT_STANDS = frozenset({NOTE, UNCLEAR, NOT_DONE, QUESTION, "which", "number", "what_now", "nobody_reached"})
"""What a question that the run itself can answer may sound like."""

ASKS_ONE = frozenset({QUESTION, UNCLEAR, "what_now", "hand_over", "nobody_reached", ORDER})
"""Wants that a question to one by name may sound like."""

CONFIDED_TOO = frozenset({QUESTION, UNCLEAR, "undo", "hand_over", "what_now", "cannot_now", "nobody_reached"})
"""Wants that somebody has of whom they haven't chosen yet."""

SAID_OF_TROUBLE = frozenset({"other_thing", "cannot_now", "worse", UNCLEAR})
"""Wants that a report of trouble may sound like, too."""


OVER_EARLY = frozenset({"solved", FALSE_ALARM, "mistaken"})
"""Wants that say of a report that it was none, or that what was wrong isn't any more."""

LETS_IN = frozenset({"pressed", "stick_in", "secret_given"})
"""Wants of who opened, plugged in or gave away something, and may have let somebody in by it."""

MAY_ANSWER = frozenset({UNCLEAR, "hand_over"})
"""Wants that an answer to a colleague's question may sound like (「お薬だけ渡して」)."""

ANSWERS_FOR = timedelta(minutes=10)
"""So long what somebody writes who was asked something is its answer, where it is plainly nothing else."""


ANSWERS_ONE_OF_MANY = timedelta(minutes=2)
"""So long it is the newest question's, where several wait."""


class Said:
    """Hears a text that belongs to a run."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        triage: Triage,
        belonging: Belonging,
        whispering: Whispering,
        reports: Reports,
        plainly: Plainly,
    ) -> None:
        """``reports`` says what tells of another matter, ``plainly`` does what has one meaning."""
        self.engine, self.clock, self.triage = engine, clock, triage
        self.belonging, self.whispering, self.reports, self.plainly = belonging, whispering, reports, plainly

    def hear(self, run: Run, shown: int | None, text: str, heard: Heard, member: str) -> Deed:
        """Hear a text that belongs to a run: is it what was awaited, does it want something, is it another report?"""
        likely = self.triage(text)
        about: dict[str, Any] = {"run": run.id, "candidates": list(likely.playbooks)}
        asked = run.asking.get(member)
        awaited = asked.what if asked else run.at_hand(run.shown[shown]).takes if shown is not None else ""
        free, now = not awaited and heard.replied_to is None, self.clock.now()
        on_top = self.reports.on_top(run, text, likely) if run.live and not is_correction(text) else ""
        first = (Owed(member, FirstWordsTold(on_top), priority=URGENT),) if on_top else ()
        if free and run.drill and run.live and says(text, "asks_pretend"):
            return Deed(Owed(member, DrillOrNot(), run.id, priority=AT_ONCE), Write(run.id, text, answered=True))
        if free and run.drill and run.live and run.state != "reviewing" and (ending := _ending_drill(text)) is not None:
            return Deed(Owed(member, ending, run.id, priority=AT_ONCE), Write(run.id, text, answered=True))
        asks_real = says(text, "is_drill")
        if (
            free
            and run.drill
            and not asks_real
            and (sounds_real(member, run, likely) or (run.live and gate().says_it_is_real(text)))
        ):
            real = (
                {"hint": True} if gate().says_it_is_real(text) else {}
            )  # who decides hears of it, if nothing is tapped
            return Deed(*first, self.belonging.held(heard, "drill_or_real", **about, **real))
        if free and run.state == "reported" and run.reporter == member and _points(text):
            asked_anew = Owed(member, AskPlaybook(), run.id, key=f"question:{run.id}", priority=AT_ONCE)
            return Deed(asked_anew, Write(run.id, text, answered=True))
        if free and run.state == "reported" and run.reporter == member and says(text, "no_kind"):
            return Deed(ChoosePlaybook(run.id, "unknown"), Write(run.id, text, answered=True))
        confided_by = member == run.reporter and unchosen(run, self.engine.context(now, member, run.id))
        if free and not confided_by and (over := self._over_early(run, text, likely, member)) is not None:
            return over
        if free and confided_by and says(text, "takes_all_back"):
            asked_anew = Owed(member, AskPlaybook(again=True), run.id, key=f"question:{run.id}", priority=AT_ONCE)
            return Deed(asked_anew, Write(run.id, text, answered=True))
        if free and (confided := self._said_in_confidence(run, text, likely, member)) is not None:
            return confided
        if free and run.state == "reported" and said_of_lost(text) and self.reports.may_seek(run):
            return Deed(Join(run.id, text))
        plainly = told_in(text)
        harm = self._harm_early(run, text, likely, member) if free and run.state == "reported" else Deed()
        if free and run.state == "reported" and likely.playbooks and plainly not in OF_THE_RESPONSE:
            unsure = delicate(run, self.engine.context(now, member)) and not likely.sure
            if not unsure and is_apart(run, likely.near, text, self.engine.handbook):
                return Deed(Report("", text, likely.playbooks, sure=likely.sure, near=likely.near))
            return Deed(self.reports.joined(run, text, member, likely, mishap=_is_mishap(harm)), harm)
        if free and run.state == "reported" and harm.parts:
            return Deed(harm, self._asked_anew(run, member))
        if free and self.reports.is_more(run, likely):
            return Deed(Join(run.id, text, likely.near))
        if free and run.live and self.reports.is_for_everybody(run, text, likely, member):
            named = self.whispering.named(text)
            return Deed(Report("", text, likely.playbooks, sure=True, near=likely.near, named=named))
        if run.live and asks_real:
            return Deed(Owed(member, DrillOrNot(), run.id, priority=AT_ONCE))
        roster = self.engine.roster()
        strict = bool(awaited) and is_answer(text, awaited, roster.facility.local(now))
        another = bool(on_top) and not strict and not run.drill
        said = saying_in(text) if not awaited or asked is None else ""
        if run.live and heard.replied_to is None:
            plain = self.plainly.hear(said, run, text, member, free=free)
            if plain is not None:
                return plain
        wish = Wish()
        if not strict and not is_correction(text):
            wish = wish_of(text, run, self.engine.context(now, member, run.id), likely, another=another)
            may_ask = MAY_ASK_HOW_IT_STANDS.issuperset(wish.wants) or says(text, "asks_knows")
            if may_ask and not another:
                wish = self._known_of(run, text, member) or wish
            to_come = (timed := told_time(text, roster.facility.local(now))) is not None and timed.at is None
            if not wish.wants and not to_come and "done" in heard_in(text) and run.live:  # nobody's step, or another's
                places = told_of(text, run, self.engine.context(now, member, run.id))
                wish = Wish(("done",), {"places": list(places)}) if places else wish
        if not HARMFUL.isdisjoint(wish.wants):
            of = [m.id for m in roster.active() if m.id != member and is_said_of(text, m)]
            wish = replace(wish, about=wish.about | ({"of": of} if of else {}))
        # That a company doesn't answer is no sign of an attack, nor is what slipped out of somebody's hands.
        unlikely = OF_THE_RESPONSE | {"nobody_reached"}
        doubtful = strict or (not unlikely.isdisjoint(wish.wants) and not likely.sure)
        if not doubtful and (attack := self.reports.attack_in_failure(run, text, likely, member)):
            seen = attack_seen(wish, attack, likely.near)
            advice = said_at_once(text).advice if says(text, "permits") else ""
            advised = [Owed(member, HintTold(advice), priority=AT_ONCE)] if advice else []
            if is_correction(text):
                return Deed(Write(run.id, text), Plead(run.id, put_right(text), seen.wants, seen.about))
            return Deed(
                *advised,
                Plead(run.id, text, seen.wants, seen.about),
                *([Write(run.id, text, shown)] if awaited else []),
            )
        replied = self.belonging.asked_in_reply(heard, run) if not awaited else None
        may_answer = free and not another and not likely.playbooks and MAY_ANSWER.issuperset(wish.wants)
        question = replied or (self._question_to(run, text, heard, member) if may_answer else None)
        if question is not None:
            passed_on = Owed(member, PleaSettled(question), run.id, priority=AT_ONCE)
            return Deed(AnswerPlea(run.id, question, text), passed_on, or_else=lambda _: Deed(Write(run.id, text)))
        names = [m.name.split()[0] for m in roster.active()]
        ordered_so = bool(
            orders().told(text, names).keys() - {*names} or orders().spared(text, names)
        ) and not names_the_lead(text)
        if not ordered_so and (to := self.plainly.lead_handed_to(text, run, member, awaited)) is not None:
            open_still = to or next(reversed(run.handed_to), "")
            already = open_still in (run.handed_to or run.asked_to_command) and open_still != member
            told = Owed(member, CommandWanted(open_still, you=False), run.id, priority=AT_ONCE)
            handed = told if already else HandCommand(run.id, to)
            return Deed(handed, self.plainly.where_said(run, text), Write(run.id, text, answered=True))
        if free and run.live and (ordered := self._ordered(run, text, member, wish)) is not None:
            return ordered
        if (
            awaited
            and not strict
            and (is_pressing(wish, awaited, text) or (another and (likely.sure or not likely.near)))
        ):
            meant = {
                "shown": shown,
                "wants": list(wish.wants),
                "means": {**wish.about, "told": another, "plain": False},
            }
            return Deed(*first, self.belonging.held(heard, "answer_or_plea", **about, **meant))
        if likely.sure and heard.replied_to is None and _awaits_a_reason(run, member):
            return self.belonging.held(heard, "answer_or_report", **about)
        if awaited:
            for_step = run.shown.get(int(asked.about.get("shown", 0)) if asked else shown or 0)
            beside = told_beside(wish, run, for_step, text)
            tells = [Plead(run.id, text, beside.wants, beside.about)] if beside.wants else []
            return Deed(*tells, Write(run.id, text, shown))
        if is_correction(text):
            return Deed(Write(run.id, text, shown))
        if (
            free
            and not another
            and not said
            and not set(wish.wants) - SAID_OF_TROUBLE
            and sounds_like_another_report(member, run, bool(likely.playbooks))
        ):
            return self.belonging.held(heard, "same_or_new", **about, near=list(likely.near))
        if (
            TAKE_LEAD in wish.wants
            and (wish.about.get("plain") or asked_by_name(run, member))
            and self.belonging.may(TakeCommand(run.id), run, member)
        ):
            return Deed(TakeCommand(run.id), Write(run.id, text, answered=True))
        if LEAVING in wish.wants and wish.about.get("plain"):
            return Deed(Plead(run.id, text, wish.wants, wish.about), *self._leaves_elsewhere(run, member))
        if SEEMS_ASKED.issuperset(wish.wants) and gate().is_small_talk(text) and not likely.faint:
            return Deed(Write(run.id, text))  # it has a button for whoever means it
        if free and confided_by and run.state == "reported" and CONFIDED_TOO.issuperset(wish.wants):
            # nobody but its writer has it, so that nobody else can answer: what comes next is theirs to choose
            return Deed(Plead(run.id, text, ("what_now",)) if wish.wants else Join(run.id, text))
        where = self.plainly.where_said(run, text)
        if where.parts and not set(wish.wants) - {UNCLEAR, "cannot_now"}:
            heard_so = Owed(member, WhereNow(), run.id, key=where_key(run.id), priority=AT_ONCE)
            return Deed(where, heard_so, Write(run.id, text, answered=True))
        more = run.state == "reported" and free and member == run.reporter and not run.drill
        if more and {UNCLEAR, "solved"}.issuperset(wish.wants):
            return Deed(where, Join(run.id, text))
        said_now = Plead(run.id, text, wish.wants, wish.about) if wish.wants else Write(run.id, text)
        return Deed(where, said_now)

    def _over_early(self, run: Run, text: str, likely: Likely, member: str) -> Deed | None:
        """Ask whoever says that it was nothing, or is over, whether to stop, before anybody said what it is; None for all else.

        It is no more of the report; what does harm, or reports something, is heard as that.
        """
        if (
            run.state != "reported"
            or run.drill
            or likely.playbooks
            or not self.belonging.may(CallOff(run.id), run, member)
        ):
            return None
        heard = heard_in(text)
        if not (is_over_early(text) or {*heard} & OVER_EARLY) or not HARMFUL.isdisjoint(heard):
            return None
        if acts().asks_for(text) or danger_ears().hear(text) is not None:
            return None

        def asked() -> Deed:
            turn = there(self.engine.run(run.id)).turns
            return Deed(Owed(member, ReportOver(turn), run.id, key=f"over:{run.id}", priority=AT_ONCE))

        return Deed(Write(run.id, text, answered=True), asked)

    def _harm_early(self, run: Run, text: str, likely: Likely, member: str) -> Deed:
        """Tell whoever did harm, or is about to, what to do now, and whoever decides, before anybody said what it is; nothing for no harm."""
        if unchosen(run, self.engine.context(self.clock.now(), member, run.id)):
            return Deed()
        wish = wish_of(text, run, self.engine.context(self.clock.now(), member, run.id), likely)
        wants = tuple(want for want in wish.wants if want in HARMFUL | {LEAK_FEARED, NOT_DONE})
        return Deed(Plead(run.id, text, wants, wish.about)) if wants else Deed()

    def _asked_anew(self, run: Run, member: str) -> Deed:
        """Put the question once more below what somebody read, to whoever is to answer it."""
        if member != run.reporter:
            return Deed()
        return Deed(Owed(member, AskPlaybook(), run.id, key=f"question:{run.id}", priority=NEXT))

    def _question_to(self, run: Run, text: str, heard: Heard, member: str) -> int | None:
        """Give the newest question that somebody was asked minutes ago, where a text may answer it: no order, and nothing for the record."""
        context = self.engine.context(self.clock.now(), member, run.id)
        facility = context.roster.facility
        if told_time(text, facility.local(context.now)) is not None or orders().is_for_everybody(text):
            return None
        if orders().told(text, [m.name.split()[0] for m in context.roster.active() if m.id != member]):
            return None
        theirs = (p for p in run.pleas.values() if p.waits and member in p.to and member != p.by)
        asked = {p.of: context.now - p.passed for p in theirs if QUESTION in p.wants}
        newest = max(asked, default=None)
        if newest is None or answers_nothing(text) or self.belonging.newest_question(run, heard) != newest:
            return None
        if says(text, "accept") and asks_openly(run.notes[newest].text):
            return None  # 「OK」 says nothing of where the key is
        long = ANSWERS_ONE_OF_MANY if len(asked) > 1 else ANSWERS_FOR
        return newest if asked[newest] <= long else None

    def _said_in_confidence(self, run: Run, text: str, likely: Likely, member: str) -> Deed | None:
        """Keep whom a whisperer names from being told, before they chose who may know; None where they name nobody."""
        context = self.engine.context(self.clock.now(), member, run.id)
        if member != run.reporter or not unchosen(run, context):
            return None
        if self.reports.is_for_everybody(run, text, likely, member):
            return None
        named = self.whispering.named(text)
        return Deed(Join(run.id, text, named=named)) if named else None

    def _ordered(self, run: Run, text: str, member: str, wish: Wish) -> Deed | None:
        """Bring an order to those whom it names, or to all; of whoever leads what names nobody is offered for all. None for none.

        What does harm, or is of the lead, is heard as what it is.
        """
        heard = orders()
        advice = said_at_once(text).advice
        harms = not HARMFUL.isdisjoint(wish.wants) or bool(advice and (advice != "answer" or names_strangers(text)))
        if (harms and not heard.forbids(text)) or names_the_lead(text):
            return None
        context = self.engine.context(self.clock.now(), member, run.id)
        if unchosen(run, context):
            return None
        others = {m.id: m.name.split()[0] for m in context.roster.active() if m.id != member}
        said = heard.told(text, [*others.values()])
        leads = member in (run.commander, runs_scene(run, context))
        said = said or (heard.shared_out(text, [*others.values()]) if leads else {})
        if told := {one: words for called, words in said.items() for one in self._called(called, others, context)}:
            return Deed(Plead(run.id, text, (ORDER,), {"for": [*told], "does": _meant(told, run, context)}))
        if ASKS_ONE.issuperset(wish.wants) and (asked := heard.asked(text, [*others.values()])):
            to = [one for called in asked for one in self._called(called, others, context)]
            return Deed(Plead(run.id, text, (QUESTION,), {"for": to}))
        if not leads or not run.calls_everybody:
            return None
        spared = heard.spared(text, [*others.values()])
        if heard.is_for_others(text, [*others.values()]):
            but = {one for called in spared for one in self._called(called, others, context)}
            return Deed(Plead(run.id, text, (ORDER,), {"for": [one for one in others if one not in but]}))
        if heard.is_for_everybody(text):
            return Deed(Plead(run.id, text, (ORDER,), {"for": [*others]}))
        if run.commander == member and (heard.is_plain(text) or heard.is_for_all(text)):
            return Deed(Plead(run.id, text, (ORDER,), {"for": [*others]}))
        for_all = heard.is_for_all(text) or (spared and heard.forbids(text))
        return Deed(Plead(run.id, text, (ORDER,))) if for_all else None

    def _called(self, called: str, others: Mapping[str, str], context: Context) -> list[str]:
        """Give those of some others who are called by a name, or who hold a role here."""
        roles = {m.id: {*m.roles, *(["deputy"] if m.stands_in_for else [])} for m in context.roster.active()}
        return [one for one, name in others.items() if called == name or called in roles[one]]

    def _known_of(self, run: Run, text: str, member: str) -> Wish | None:
        """Give what a text asks that the run knows itself: how something stands, or that a step forbids it; None for nothing."""
        context = self.engine.context(self.clock.now(), member, run.id)
        if not run.live:
            return None
        if says(text, "asks_when") and (known := coming(run, context)):
            return Wish((COMING,), known)
        if about := asked_about(text, run, context).about:
            return Wish((STANDING,), about)
        if (step := forbidden(text, run, context)) is not None:
            return Wish((FORBIDDEN,), {"place": step[0], "never": step[1]})
        return None

    def _leaves_elsewhere(self, run: Run, member: str) -> Iterator[Leave]:
        """Let somebody who goes be gone in all else that goes on."""
        others = (r for r in self.belonging.known(member) if r.live and r.id != run.id and r.playbook is not None)
        context = self.engine.context(self.clock.now(), member)
        return (Leave(r.id) for r in others if may_leave(r, context))


def sounds_real(member: str, run: Run, likely: Likely) -> bool:
    """Say whether a text in a drill may be about something real; from those in the middle of it only if it is plain."""
    return run.live and bool(likely.playbooks) and (likely.sure or member not in run.engaged)


def _ending_drill(text: str) -> DrillEnding | None:
    """Give the offer to end a drill, or to hold it on another day, to whoever says in it that they want that."""
    if later := says(text, "drill_later") or says(text, "later"):
        return DrillEnding(later)
    return DrillEnding() if says(text, "drill_ends") or says(text, "ends") else None


def _meant(told: Mapping[str, str], run: Run, context: Context) -> dict[str, list[Any]]:
    """Give, of those who are told something, who has it before them: the step's turn, and its line, empty for the step itself."""
    found: dict[str, list[Any]] = {}
    for member, words in told.items():
        own = run.open_step_of(member)
        here = f"{own.track}/{own.step}" if own is not None else ""
        for place in told_of(words, run, context):
            if own is not None and (place == here or place.startswith(f"{here}/")):
                found.setdefault(member, [own.turn, place.removeprefix(here).removeprefix("/")])
    return found


def _is_mishap(harm: Deed) -> bool:
    """Say whether what does harm is something that its writer let in: how it came says little of what it is."""
    return any(isinstance(part, Plead) and not LETS_IN.isdisjoint(part.wants) for part in harm.parts)


def _points(text: str) -> bool:
    """Say whether a text only points at one of several things that were asked, by its number or place, or says yes or no."""
    return bool(says(text, "points") or lines_told().lines(text) or lines_told().yes_or_no(text))


def _awaits_a_reason(run: Run, member: str) -> bool:
    """Say whether somebody is to write a reason or the like; what they look back at may well sound like a report."""
    asking = run.asking.get(member)
    return run.live and asking is not None and asking.what not in TOLD_AS_TROUBLE
