"""What is heard becomes a deed: who is it, what did they tap or write, and what does it belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.channels.channel import Heard
from bot.clock import Clock
from bot.desks.desk import held_cause, there
from bot.desks.held_back import CORRECTABLE
from bot.desks.likely import CONFIDED, Triage
from bot.hearing.answering import Answering
from bot.hearing.belonging import Belonging
from bot.hearing.danger import Dangers
from bot.hearing.front_desk import FrontDesk, as_command
from bot.hearing.handed_in import HandedIn
from bot.hearing.in_run.before_them import BeforeThem
from bot.hearing.in_run.listening import Wish, attack_seen, is_silent, known_answer
from bot.hearing.in_run.on_card import by_number
from bot.hearing.in_run.plainly import Plainly
from bot.hearing.in_run.said import Said
from bot.hearing.in_run.standing import people_named
from bot.hearing.masking import Masking
from bot.hearing.reports import Reports
from bot.hearing.strangers import Strangers, is_start_with_code
from bot.hearing.typed import TypedChoices
from bot.hearing.whispering import Whispering
from bot.screens.buttons import command_of
from bot.screens.renderer import Renderer
from bot.screens.requests.people import SpeakTo
from bot.screens.requests.request import Request, request_of
from bot.screens.tongues import Tongues
from contacts.registry import member_at
from contacts.written.signs import visible
from flows.commands.command import Command
from flows.commands.facility import MarkReachable, MarkUnreachable
from flows.commands.people import AnswerStep, CallOff, Correct, DropQuestion, Plead, ShowAgain
from flows.deeds import Attempt, Deed
from flows.engine import Engine, Outcome
from flows.listening.pleas import LEAVING
from flows.messages.drilling import FeedbackNameless
from flows.messages.ending import CloseRefused
from flows.messages.hearing import DangerAlarm, DangerAsked, DangerNews, DangerNewsKept, NotDone
from flows.messages.members import LanguageChoose
from flows.messages.message import message_of
from flows.messages.notes import KeptFrom
from flows.record.deliveries import Deliveries
from flows.record.journal import AT_ONCE, FACILITY, Owed
from flows.refusals import Refused
from flows.response.asking import is_correction
from flows.response.audience import screen_key
from flows.response.placing import Nowhere, Place, Which, place_text
from flows.scene.circle import delicate, unchosen
from flows.state.house import SeenDanger
from flows.state.run import Run
from playbooks.frozen import frozen
from playbooks.triage.danger import Danger, danger_ears
from playbooks.triage.gate import gate
from playbooks.triage.whispers import whispers
from playbooks.wants.hearing import QUESTION, UNCLEAR, heard_in, is_plain
from playbooks.wants.names import saying_in, says

OF_OTHERS = frozenset(
    {"receipt", "withdrawn", "false_alarm_by", "false_alarm_source", "promise", "promised_time", "vendor_lesson"}
)
"""Questions of a run whose answers name people of authorities and vendors."""


@frozen
class Reply:
    """What a tap is answered with at once: the name of a phrase (none where it only shows something), or a refusal with its facts.

    With a ``bug`` nothing of the act was done. ``masked``: something of what was written was not kept.
    """

    phrase: str = "toast.done"
    refused: Refused | None = None
    run: str = FACILITY
    bug: Exception | None = None
    masked: bool = False


MAY_BE_OF_EITHER = frozenset({QUESTION, UNCLEAR, "solved", "worse", "undo", "done", LEAVING, "other_thing", "found"})
"""Wants that words about what is confided may sound like just as well."""

OF_NO_DANGER = frozenset({"note", "only_names", "language", "status", "asks_help", "asks_password", "asks_drills"})
"""Sayings that belong to no danger, however fresh it is."""

OF_A_STEP = frozenset({"done", "found", "solved", "hand_over", "leaving", "number", "undo"})
"""Wants that, from somebody who has a step, are about that or give it to somebody."""

OLD_PARTS = ("answered", "ask", "minutes", "next", "pack", "report", "rows", "same", "task", "which")
"""What older versions put behind an act's cause for the second thing and the third that it asked for.

Whichever of them was written, the act counts as done. Not ``back`` nor ``real``: they were written before the act itself.
"""


class Inbound:
    """Turns acts into deeds of one engine. Everything is synchronous: no second act slips in between."""

    def __init__(
        self,
        engine: Engine,
        book: Deliveries,
        clock: Clock,
        triage: Triage,
        desk: FrontDesk,
        masking: Masking,
        tongues: Tongues,
        screens: Renderer,
    ) -> None:
        """``desk`` handles the menus and the facility's own affairs, ``masking`` covers what is a patient's.

        ``tongues`` hears in which language people write, ``screens`` says what stands before them.
        """
        self.tongues = tongues
        self.engine, self.book, self.clock, self.triage, self.desk = engine, book, clock, triage, desk
        self.strangers, self.masking = Strangers(clock), masking
        self.belonging, self.whispering = Belonging(engine, book, clock), Whispering(engine, clock, triage)
        self.dangers = Dangers(engine, clock, triage, desk.drilling, self.whispering)
        self.answering = Answering(engine, clock, triage, desk)
        self.reports = Reports(engine, clock, triage, self.belonging, self.whispering, self.answering)
        self.on_card = BeforeThem(engine, book, clock)
        self.typed = TypedChoices(book, clock, self.belonging, screens)
        plainly = Plainly(engine, clock, desk, self.answering)
        self.said = Said(engine, clock, triage, self.belonging, self.whispering, self.reports, plainly)
        self.things = HandedIn(engine, triage, desk, self.belonging, self._written)

    def take(self, *heard: Heard) -> list[Reply]:
        """Take acts in, all in one transaction; raises only what storage raises. A refusal or a bug is a reply."""
        now = self.clock.now()
        heard = tuple(replace(act, text=visible(act.text)) if act.text else act for act in heard)
        outcomes = self.engine.do(*(self._attempt(act, now) for act in heard))
        return [_reply(act, outcome) for act, outcome in zip(heard, outcomes, strict=True)]

    def _attempt(self, heard: Heard, now: datetime) -> Attempt:
        attempt = Attempt(
            heard.cause,
            now,
            deed=lambda: self._deed(heard),
            known_as=tuple(f"{heard.cause}:{part}" for part in OLD_PARTS),
            tells=lambda refusal: self._told(heard, refusal),
            said=heard.at if heard.button is None else None,
        )
        member = self.belonging.member(heard)
        if not member or is_start_with_code(heard.text or ""):
            return attempt
        asked = (
            bool(as_command((heard.text or "").strip()))
            or self.desk.waits_for(member)
            or self._is_told_of_others(member)
        )
        cover = self.masking.cover(heard, numbers_asked=asked)
        if cover is None:
            return attempt
        return replace(attempt, cover=cover, covered=lambda events: self.masking.told(heard, member, cover, events))

    def _is_told_of_others(self, member: str) -> bool:
        """Say whether somebody is asked who answered, took in a report or said so: an official, a vendor, no patient."""
        return any(
            (member in run.asking and run.asking[member].what in OF_OTHERS)
            or ((shown := run.open_step_of(member)) is not None and run.at_hand(shown).type.wants == "call")
            for run in self.engine.runs()
            if run.live or member in run.asking
        )

    def _deed(self, heard: Heard) -> Deed:
        if heard.place == "group":
            return self.strangers.in_group(heard)
        if is_start_with_code(heard.text or ""):
            return self.strangers.enrol(heard)
        member_id = member_at(self.engine.journal.registry, heard.address)
        member = self.engine.roster().member(member_id) if member_id is not None else None
        if member is None or member.status != "active":
            silent = member_id is None and heard.callback is not None
            return Deed() if silent else self.strangers.answer(heard)
        channel = heard.address.partition(":")[0]
        if heard.left:
            return Deed(MarkUnreachable(FACILITY, member.id, channel), by=member.id)
        if channel in member.channels:
            return Deed(lambda: self._from_member(heard, member.id), by=member.id)
        # whoever writes is back, whatever becomes of what they write
        back = MarkReachable(FACILITY, member.id, channel)
        return Deed(back, Deed(lambda: self._from_member(heard, member.id), or_else=Deed), by=member.id)

    def _told(self, heard: Heard, refusal: Refused) -> Sequence[Owed]:
        """Give what a refusal owes; of a tap it is the toast that tells, and an old button brings today's screen."""
        if refusal.name == "close":
            to = self.belonging.member(heard) or heard.address
            left = CloseRefused(tuple(refusal.data["obstacles"]))
            return [Owed(to, left, str(refusal.data["run"]), priority=AT_ONCE)]
        if heard.callback is not None:
            member = self.belonging.member(heard)
            return self.desk.today(heard, member) if member and refusal.name == "stale" else []
        if is_start_with_code(heard.text or ""):
            return [Owed(heard.address, message_of(f"refused.{refusal.name}", {}), priority=AT_ONCE)]
        return [
            Owed(
                self.belonging.member(heard), NotDone(refusal.name, refusal.data), command_run(heard), priority=AT_ONCE
            )
        ]

    def _from_member(self, heard: Heard, member: str) -> Deed:
        if heard.button is not None:
            return self._tapped(heard, member)
        if heard.edited is not None:
            return Deed(self._edited(heard, member), self.dangers.corrected((heard.text or "").strip(), member))
        text = (heard.text or "").strip()
        if (command := as_command(text)) and heard.attachment is None:
            return self.desk.command(command, heard, member)
        if heard.attachment is None and not self._is_awaited(member) and (tapped := self.typed.button(heard, member)):
            return self._tapped(replace(heard, button=tapped), member)
        self.tongues.heard(member, text)
        danger = danger_ears().hear(text)
        if danger is not None and not danger.told and (says(text, "lead_down") or says(text, "drill_ends")):
            danger = None  # whoever can't lead any more, or has enough of a drill, sounds like one who can't go on
        if danger is not None and not danger.plain and self.answering.calms(text):
            danger = None  # what is to be done has words of its own, which name when it is a danger
        if danger is not None and not (danger.told or danger.plain) and self.whispering.is_confided(text):
            danger = None  # nothing in it names a danger: it is what a colleague is said to do
        if danger is not None and is_silent(text, self.engine.roster()):
            danger = None  # a colleague who doesn't answer is mostly out, or on the phone
        fresh = self.dangers.fresh(text, member)
        if danger is not None and not danger.told and fresh is not None and not fresh.eased:
            danger = None  # nothing in it names a danger: it is about the one that goes on
        first = self.dangers.first(danger, text, member, heard.at)
        if first is not None and heard.attachment is None:
            return first
        if heard.attachment is None and (told := self._told_already(text, heard, member)) is not None:
            return told
        line = first or (self.dangers.line(danger, text, member) if danger is not None else Deed())
        whispered = (
            self.whispering.whispered(text, member, self.belonging.placed(heard, member))
            if self._may_be_confided(danger, fresh, text)
            else None
        )
        if (thing := heard.attachment) is not None and whispered is not None:
            return Deed(line, whispered, lambda: self.things.beside(heard, member, thing))
        if thing is not None:
            return Deed(line, lambda: self.things.take(heard, member))
        if not text:
            return Deed()
        run = self._spoken_about(heard, member)
        if run is not None and not self.triage(text).sure:
            return self.desk.drilling.say_nameless(run, text, member)
        if whispered is not None:
            return Deed(line, whispered)
        if fresh is not None and (beside := self._beside_a_danger(fresh, danger, text, heard, member)) is not None:
            return beside
        if self.desk.waits_for(member):
            likely = self.triage(text)
            if self.desk.is_answer(text, heard, member, likely):
                told = line if danger is not None and danger.told else Deed()
                return Deed(told, lambda: self.desk.written(text, heard, member))
            if likely.playbooks and self.desk.may_tell_of_trouble(member):
                asked = self.engine.house.waiting_for[member]
                return self.belonging.held(heard, "answer_or_report", candidates=list(likely.playbooks), asked=asked)
        hears = partial(self._written, text, heard, member, endangered=danger is not None)
        return Deed(line, hears, lambda: self.desk.contacts.offered(self.masking.numbers_in(text), text, member))

    def _told_already(self, text: str, heard: Heard, member: str) -> Deed | None:
        """Say whether those from whom somebody wants to keep what goes on know of it; None where nothing does, or it is told in confidence."""
        context = self.engine.context(self.clock.now(), member)
        runs = [run for run in self.belonging.runs_for(heard) if run.live and not run.drill]
        if (
            not runs
            or any(delicate(run, context) or member in run.asking for run in runs)
            or not says(text, "keep_from")
        ):
            return None
        people = self.whispering.named(text) or people_named(text, context)
        return Deed(Owed(member, KeptFrom(people), runs[-1].id, priority=AT_ONCE)) if people else None

    def _is_awaited(self, member: str) -> bool:
        """Say whether the next text of somebody is an answer in their own words, which may be a mere number."""
        return self.desk.waits_for(member) or any(member in run.asking for run in self.engine.runs())

    def _may_be_confided(self, danger: Danger | None, fresh: SeenDanger | None, text: str) -> bool:
        """Say whether a text may be told in confidence where a danger is told in it, or goes on.

        Others are in the same house as a fire, or as whoever attacks them; of somebody who is ill it tells of a colleague, or of nobody.
        """
        kinds = {fresh.danger if fresh is not None else "", danger.kind if danger is not None and danger.told else ""}
        if fresh is not None and fresh.danger in ("fire", "violence"):
            return False
        return "person" not in kinds or bool(self.whispering.named(text))

    def _beside_a_danger(
        self, one: SeenDanger, danger: Danger | None, text: str, heard: Heard, member: str
    ) -> Deed | None:
        """Pass on what is written minutes after somebody called for help and is not surely something else; None where it is.

        Awaited answers are that, unless they name what the danger is about, and so are reports that are sure or name a machine,
        greetings and what is known, and what is told of one's own step.
        """
        if (danger is not None and danger.kind != one.danger) or not self._may_be_of_one(heard):
            return None
        named, likely = danger_ears().names(text, one.danger), self.triage(text)
        runs = [run for run in self.belonging.runs_for(heard) if run.live]
        awaited = self.desk.waits_for(member) or any(member in run.asking for run in runs)
        of_things = danger_ears().names_a_thing(text)
        may_be_another = of_things and not named and one.danger not in ("fire", "violence")
        sure = likely.sure and CONFIDED not in likely.near  # what names one of us was heard as that before
        reports = sure or may_be_another
        if reports or (awaited and not named) or gate().greets(text) or saying_in(text) in OF_NO_DANGER:
            return None
        if self.answering.asked_often(text) or known_answer(text, member, self.engine.roster()):
            return None
        if any(run.open_step_of(member) is not None and OF_A_STEP & {*heard_in(text)} for run in runs):
            return None
        return self.dangers.said_beside(one, text, member)

    def _may_be_of_one(self, heard: Heard) -> bool:
        """Say whether a text answers no other message than one of a danger."""
        replied = self.book.find(heard.address, heard.replied_to) if heard.replied_to else None
        return replied is None or isinstance(
            replied.owed.message, DangerAlarm | DangerNews | DangerNewsKept | DangerAsked
        )

    def _spoken_about(self, heard: Heard, member: str) -> str | None:
        """Give the drill about which this is said without a name: as an answer to our message, or as the next text."""
        replied = self.book.find(heard.address, heard.replied_to) if heard.replied_to else None
        if replied is not None and isinstance(replied.owed.message, FeedbackNameless):
            return replied.owed.run
        return self.desk.drilling.nameless_about(member) if replied is None else None

    def _of_a_lost_past(self, heard: Heard) -> bool:
        """Say whether a button stands under a message that a restored home never sent.

        It was sent after the backup. What it names by number may be something else by now.
        """
        if self.engine.house.backups.restored_at is None or heard.message_id is None:
            return False
        return self.book.find(heard.address, heard.message_id) is None

    def _tapped(self, heard: Heard, member: str) -> Deed:
        if self._of_a_lost_past(heard):
            raise Refused("stale")
        match command_of(heard.button or "") or request_of(heard.button or ""):
            case None:
                raise Refused("stale")
            case SpeakTo() as request:
                self.tongues.chose(member)
                return self.desk.tapped(request, heard, member)
            case Request() as request:
                return self.desk.tapped(request, heard, member)
            case DropQuestion(run=run) if not self._is_asked(member, run):
                raise Refused("stale")
            case ShowAgain(run=run):
                return self.desk.show_again(member, run)
            case CallOff(run=run) if (here := self.engine.run(run)) is not None and here.state == "reported":
                return Deed(CallOff(run), self.dangers.called_off(here, member))
            case AnswerStep(run=run, shown=shown) as answer:
                return Deed(replace(answer, on_screen=self._stands_there(heard, run, shown)))
            case Command() as command:
                return Deed(command)

    def _stands_there(self, heard: Heard, run_id: str, shown: int) -> bool:
        """Say whether a button was tapped in the message that shows a step, and not in a reminder or an offer about it."""
        run, sent = self.engine.run(run_id), self.book.find(heard.address, heard.message_id or "")
        return run is not None and sent is not None and shown in run.shown and sent.owed.key == screen_key(run, shown)

    def _is_asked(self, member: str, run_id: str) -> bool:
        run = self.engine.run(run_id)
        return member in (self.engine.house.waiting_for if run is None else run.asking)

    def _written(self, text: str, heard: Heard, member: str, *, endangered: bool = False) -> Deed:
        here = self.belonging.runs_for(heard)
        if saying_in(text) == "language":
            return Deed(Owed(member, LanguageChoose(), priority=AT_ONCE))
        if heard.replied_to is None and (settled := self._settled(here, text, member)) is not None:
            return settled
        place = place_text(member, here, self.belonging.replied(heard))
        match place:
            case Nowhere():
                return self.reports.hear(text, heard, endangered=endangered)
            case Which(runs=runs):
                live = [there(self.engine.run(run)) for run in runs]
                if (plain := self._plainly_of(live, text, heard, member)) is not None:
                    return plain
                apart = all(self.reports.on_top(run, text, self.triage(text)) for run in live)
                if apart or is_plain(text, LEAVING):  # who goes is gone in all of them
                    return self.said.hear(live[0], None, text, heard, member)
                warned = (self.whispering.not_them(run, text, member) for run in live)
                return Deed(*warned, self.belonging.held(heard, "which_run", runs=list(runs)))
            case Place(run=run_id, shown=shown):
                run = there(self.engine.run(run_id))
                about = self.belonging.replied(heard)
                if (told := self.on_card.told(run, text, member, shown, about)) is not None:
                    return told
                said = self.said.hear(run, None if is_correction(text) else shown, text, heard, member)
                return Deed(self.whispering.not_them(run, text, member), said)

    def _settled(self, here: Sequence[Run], text: str, member: str) -> Deed | None:
        """Hear who may know of what its writer confided last, whatever else goes on: that is what they were asked."""
        last = next((run for run in reversed(here) if run.live), None)
        if last is None or last.reporter != member or any(member in run.asking for run in here):
            return None
        apart = self.reports.is_for_everybody(last, text, self.triage(text), member)
        if apart or not unchosen(last, self.engine.context(self.clock.now(), member, last.id)):
            return None
        return self.whispering.settles(last, text, member)

    def _plainly_of(self, live: Sequence[Run], text: str, heard: Heard, member: str) -> Deed | None:
        """Hear a text for the one matter that it can only mean: what asks for something known, or shows more of the louder one.

        What is confided and nobody has said more of waits beside it, and is asked about by its own question. What may tell more of
        that isn't heard so: others would read it.
        """
        context = self.engine.context(self.clock.now(), member)
        open_to_all = [run for run in live if not delicate(run, context)]
        if len(open_to_all) != 1 or any(run.playbook is not None for run in live if run not in open_to_all):
            return None
        run, likely, names = open_to_all[0], self.triage(text), tuple(self.whispering.first_names())
        if (
            whispers().may_be_one(text, names)
            or self.whispering.named(text)
            or CONFIDED in (*likely.near, *likely.faint[:1])
        ):
            return None
        asks = (
            self.answering.asked_often(text, run)
            or "number" in heard_in(text)
            or known_answer(text, member, self.engine.roster())
        )
        card = run.open_step_of(member)
        on_card = card is not None and bool(by_number(text, run, context, card) if run.step(card).lines else None)
        shows = run.playbook is not None and run.playbook.playbook in likely.near
        if not (asks or shows or on_card or set(heard_in(text)) - MAY_BE_OF_EITHER):
            return None
        told = self.on_card.told(run, text, member, None, self.belonging.replied(heard))
        return told if told is not None else self.said.hear(run, None, text, heard, member)

    def _edited(self, heard: Heard, member: str) -> Deed:
        """An edited message corrects what it wrote before; the old words stay. Where it wrote nothing, its new words are asked for."""
        first = replace(heard, cause=heard.cause.rpartition(".e")[0])
        before = [e for cause in (first.cause, held_cause(first)) for e in self.engine.journal.caused(cause)]
        said = next((e for e in before if e.kind in CORRECTABLE), None)
        run = self.engine.run(said.run) if said is not None else None
        if whispered := self.whispering.whispered(heard.text or "", member, [run] if run is not None else []):
            return Deed(whispered)
        if said is None:
            return Deed(Owed(member, NotDone("edit_unheard"), priority=AT_ONCE))
        text = (heard.text or "").strip()
        attack = self.reports.attack_in_failure(run, text, self.triage(text), member) if run is not None else ""
        seen = attack_seen(Wish(), attack, self.triage(text).near)
        tells = [Plead(said.run, text, seen.wants, seen.about)] if attack else []
        return Deed(Correct(said.run, said.turn, text), *tells)


def _reply(heard: Heard, outcome: Outcome) -> Reply:
    if outcome.refused is not None:
        refused = Refused("not_now") if outcome.refused.name == "close" else outcome.refused
        return Reply(refused=refused, run=command_run(heard), masked=outcome.covered)
    if outcome.repeated:
        return Reply("toast.received" if outcome.only_told else "toast.repeated", run=outcome.run)
    if not outcome.by and heard.place != "group" and not is_start_with_code(heard.text or ""):
        return Reply("stranger", bug=outcome.bug)
    toast = "toast.done" if outcome.entries else ""
    return Reply(toast, run=outcome.run, bug=outcome.bug, masked=outcome.covered)


def command_run(heard: Heard) -> str:
    """Give the run that a tap was about, to say a refusal in its terms."""
    command = command_of(heard.button or "")
    return command.run if command is not None else FACILITY
