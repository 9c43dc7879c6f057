"""What is heard becomes a deed: who is it, what did they tap or write, and what does it belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.channels.channel import Attachment, Heard
from bot.clock import Clock
from bot.desks.desk import held_cause, there
from bot.desks.held_back import CORRECTABLE
from bot.desks.likely import CONFIDED, Likely, Triage
from bot.hearing.danger import Dangers
from bot.hearing.front_desk import FrontDesk, as_command
from bot.hearing.leading import asked_by_name, lead_handed_to, lead_meant, place_said
from bot.hearing.listening import (
    OF_THE_RESPONSE,
    SEEMS_ASKED,
    Wish,
    attack_after_all,
    attack_seen,
    attacks_in,
    is_answer,
    is_pressing,
    known_answer,
    open_line_for,
    picture_before,
    said_at_once,
    told_beside,
    wish_of,
)
from bot.hearing.masking import Masking
from bot.hearing.on_card import OnCard, asked_else, asked_since, by_label, by_number, is_asked
from bot.hearing.standing import asked_about, coming, forbidden, told_of
from bot.hearing.strangers import Strangers, is_start_with_code
from bot.screens.buttons import command_of
from bot.screens.requests.request import Request, request_of
from contacts.registry import member_at
from contacts.written.signs import visible
from flows.commands.command import Command
from flows.commands.facility import AskMember, MarkReachable, MarkUnreachable
from flows.commands.people import (
    CallOff,
    ChoosePlaybook,
    Claim,
    Close,
    Correct,
    DropQuestion,
    HandCommand,
    HandIn,
    Join,
    Leave,
    OpenLine,
    Plead,
    Report,
    SettleLine,
    ShowAgain,
    TakeCommand,
    TellPresence,
    Write,
)
from flows.deeds import Attempt, Deed
from flows.engine import Engine, Outcome
from flows.listening.pleas import ADVISED, COMING, FORBIDDEN, GRAVE, LEAVING, NOT_DONE, ORDER, STANDING, may_leave
from flows.messages.calling import AskPlaybook, CommandIs, CommandWanted, FirstWordsTold, LeadOffered, WhereNow
from flows.messages.drilling import FeedbackNameless
from flows.messages.ending import CloseRefused
from flows.messages.hearing import AnswerTold, CannotKeep, DangerWords, Greeted, HintTold, KnownTold, NotDone
from flows.messages.helping import LineOpen, LinesOffered
from flows.messages.members import CommandsListed, LanguageChoose
from flows.messages.message import message_of
from flows.messages.notes import DrillOrNot
from flows.messages.reporting import DutiesListed
from flows.messages.steps import AboutStep, LineTaken, WhyStep
from flows.powers import may
from flows.record.deliveries import Deliveries
from flows.record.journal import FACILITY, Owed
from flows.refusals import Refused
from flows.response.asking import is_correction, put_right
from flows.response.audience import NEXT, line_key, next_key, where_key
from flows.response.closing import obstacles
from flows.response.lines import line_told
from flows.response.placing import (
    Nowhere,
    Place,
    Which,
    is_apart,
    place_media,
    place_text,
    sounds_like_another_report,
    words_on_top,
)
from flows.scene.circle import delicate, seen
from flows.scene.hands import offered_to
from flows.scene.passing import may_be_handed, seeking
from flows.scene.presence import LEFT, where_is
from flows.scene.voice import runs_scene
from flows.state.run import TAKE_LEAD, Run, Shown
from flows.state.work import WAITED, Context
from flows.written.times import told_time
from playbooks.first_words.shape import CAREFUL
from playbooks.triage.danger import DESPAIR, danger_ears
from playbooks.triage.gate import gate
from playbooks.triage.people import is_named
from playbooks.triage.speech import is_english
from playbooks.triage.whispers import whispers
from playbooks.wants.answers import answers
from playbooks.wants.hearing import NOTE, QUESTION, UNCLEAR, heard_in, is_plain
from playbooks.wants.lines import lines_told
from playbooks.wants.names import names_the_lead, said_of_lost, saying_in, says, thing_in
from playbooks.wants.orders import orders
from playbooks.wants.told import told_in

TOLD_AS_TROUBLE = frozenset({"review", "inject"})
"""What is awaited and may well sound like trouble: an answer about the incident, and what a drill makes up."""


@dataclass(frozen=True)
class Reply:
    """What a tap is answered with at once: the name of a phrase (none where it only shows something), or a refusal with its facts.

    With a ``bug`` nothing of the act was done. ``masked``: something of what was written was not kept.
    """

    phrase: str = "toast.done"
    refused: Refused | None = None
    run: str = FACILITY
    bug: Exception | None = None
    masked: bool = False


MAY_ASK_HOW_IT_STANDS = frozenset({NOTE, UNCLEAR, NOT_DONE, QUESTION, "which", "number", "what_now", "nobody_reached"})
"""What a question that the run itself can answer may sound like."""

MAY_BE_OF_EITHER = frozenset({QUESTION, UNCLEAR, "solved", "worse", "undo", "done", LEAVING, "other_thing", "found"})
"""Wants that words about what is confided may sound like just as well."""

HARMFUL = GRAVE | {"warned", ADVISED, FORBIDDEN}
"""Wants of what does harm: nobody is told to do it."""

SAID_OF_TROUBLE = frozenset({"other_thing", "cannot_now", "worse", UNCLEAR})
"""Wants that a report of trouble may sound like, too."""

OLD_PARTS = ("answered", "ask", "minutes", "next", "pack", "report", "rows", "same", "task", "which")
"""What older versions put behind an act's cause for the second thing and the third that it asked for.

Whichever of them was written, the act counts as done. Not ``back`` nor ``real``: they were written before the act itself.
"""


class Inbound:
    """Turns acts into deeds of one engine. Everything is synchronous: no second act slips in between."""

    def __init__(
        self, engine: Engine, book: Deliveries, clock: Clock, triage: Triage, desk: FrontDesk, masking: Masking
    ) -> None:
        """``desk`` handles the menus and the facility's own affairs, ``masking`` covers what is a patient's."""
        self.engine, self.book, self.clock, self.triage, self.desk = engine, book, clock, triage, desk
        self.strangers, self.masking = Strangers(clock), masking
        self.dangers = Dangers(engine, clock, triage, desk.drilling)

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
        member = self._member(heard)
        if not member or is_start_with_code(heard.text or ""):
            return attempt
        asked = bool(as_command((heard.text or "").strip())) or self.desk.waits_for(member)
        cover = self.masking.cover(heard, numbers_asked=asked)
        if cover is None:
            return attempt
        return replace(attempt, cover=cover, covered=lambda events: self.masking.told(heard, member, cover, events))

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
            to = self._member(heard) or heard.address
            left = CloseRefused(tuple(refusal.data["obstacles"]))
            return [Owed(to, left, str(refusal.data["run"]), priority=1)]
        if heard.callback is not None:
            member = self._member(heard)
            return self.desk.today(heard, member) if member and refusal.name == "stale" else []
        if is_start_with_code(heard.text or ""):
            return [Owed(heard.address, message_of(f"refused.{refusal.name}", {}), priority=1)]
        return [Owed(self._member(heard), NotDone(refusal.name, refusal.data), command_run(heard), priority=1)]

    def _member(self, heard: Heard) -> str:
        return member_at(self.engine.journal.registry, heard.address) or ""

    def _from_member(self, heard: Heard, member: str) -> Deed:
        if heard.button is not None:
            return self._tapped(heard, member)
        if heard.edited is not None:
            return Deed(self._edited(heard, member), self.dangers.corrected((heard.text or "").strip(), member))
        text = (heard.text or "").strip()
        if (command := as_command(text)) and heard.attachment is None:
            return self.desk.command(command, heard, member)
        danger = danger_ears().hear(text)
        if danger is not None and not danger.told and says(text, "lead_down"):
            danger = None  # whoever can't lead any more sounds like one who can't go on
        first = self.dangers.first(danger, text, member, heard.at)
        if first is not None and heard.attachment is None:
            return first
        line = first or (self.dangers.line(danger, text, member) if danger is not None else Deed())
        whispered = self._whispered(text, member, self._placed(heard, member))
        if (thing := heard.attachment) is not None and whispered is not None:
            return Deed(line, whispered, lambda: self._beside(heard, member, thing))
        if thing is not None:
            return Deed(line, lambda: self._handed_in(heard, member))
        if not text:
            return Deed()
        run = self._spoken_about(heard, member)
        if run is not None and not self.triage(text).sure:
            return self.desk.drilling.say_nameless(run, text, member)
        if whispered is not None:
            return Deed(line, whispered)
        if self.desk.waits_for(member):
            likely = self.triage(text)
            if self.desk.is_answer(text, heard, member, likely):
                told = line if danger is not None and danger.told else Deed()
                return Deed(told, lambda: self.desk.written(text, heard, member))
            if likely.playbooks and self.desk.may_tell_of_trouble(member):
                asked = self.engine.house.waiting_for[member]
                return self._held(heard, "answer_or_report", candidates=list(likely.playbooks), asked=asked)
        return Deed(line, lambda: self._written(text, heard, member, endangered=danger is not None))

    def _held(self, heard: Heard, what: str, **about: Any) -> Deed:
        """Hold back what was heard, and ask its sender where it belongs."""
        text = (heard.text or "").strip()
        held = {"text": text, **about} if heard.attachment is None else about
        if self.clock.now() - heard.at >= WAITED:
            held = {**held, "said": heard.at.isoformat()}
        return Deed(AskMember(FACILITY, what, {**held, "cause": held_cause(heard)}))

    def _spoken_about(self, heard: Heard, member: str) -> str | None:
        """Give the drill about which this is said without a name: as an answer to our message, or as the next text."""
        replied = self.book.find(heard.address, heard.replied_to) if heard.replied_to else None
        if replied is not None and isinstance(replied.owed.message, FeedbackNameless):
            return replied.owed.run
        return self.desk.drilling.nameless_about(member) if replied is None else None

    # ── taps ────────────────────────────────────────────────────────────────────────────────────────────────────────

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
            case Request() as request:
                return self.desk.tapped(request, heard, member)
            case DropQuestion(run=run) if not self._is_asked(member, run):
                raise Refused("stale")
            case ShowAgain(run=run):
                return self.desk.show_again(member, run)
            case CallOff(run=run) if (here := self.engine.run(run)) is not None and here.state == "reported":
                return Deed(CallOff(run), self.dangers.called_off(here, member))
            case Command() as command:
                return Deed(command)

    def _is_asked(self, member: str, run_id: str) -> bool:
        run = self.engine.run(run_id)
        return member in (self.engine.house.waiting_for if run is None else run.asking)

    # ── words and things ────────────────────────────────────────────────────────────────────────────────────────────

    def _written(self, text: str, heard: Heard, member: str, *, endangered: bool = False) -> Deed:
        here = self._runs_for(heard)
        if saying_in(text) == "language":
            return Deed(Owed(member, LanguageChoose(), priority=1))
        place = place_text(member, here, self._replied(heard))
        match place:
            case Nowhere():
                return self._maybe_report(text, heard, endangered=endangered)
            case Which(runs=runs):
                live = [there(self.engine.run(run)) for run in runs]
                if (plain := self._plainly_of(live, text, heard, member)) is not None:
                    return plain
                apart = all(self._on_top(run, text, self.triage(text)) for run in live)
                if apart or is_plain(text, LEAVING):  # who goes is gone in all of them
                    return self._said_in(live[0], None, text, heard, member)
                warned = (self._not_them(run, text, member) for run in live)
                return Deed(*warned, self._held(heard, "which_run", runs=list(runs)))
            case Place(run=run_id, shown=shown):
                run = there(self.engine.run(run_id))
                about = self._replied(heard)
                if (told := self._told_on_card(run, text, member, shown, about)) is not None:
                    return told
                said = self._said_in(run, None if is_correction(text) else shown, text, heard, member)
                return Deed(self._not_them(run, text, member), said)

    def _plainly_of(self, live: Sequence[Run], text: str, heard: Heard, member: str) -> Deed | None:
        """Hear a text for the one matter that it can only mean: what asks for something known, or shows more of the louder one.

        What is confided and nobody has said more of waits beside it, and is asked about by its own question. What may tell more of
        that isn't heard so: others would read it.
        """
        context = self.engine.context(self.clock.now(), member)
        open_to_all = [run for run in live if not delicate(run, context)]
        if len(open_to_all) != 1 or any(run.playbook is not None for run in live if run not in open_to_all):
            return None
        run, likely, names = open_to_all[0], self.triage(text), tuple(self._first_names())
        if whispers().may_be_one(text, names) or self._named(text) or CONFIDED in (*likely.near, *likely.faint[:1]):
            return None
        asks = (
            self._asked_often(text, run)
            or "number" in heard_in(text)
            or known_answer(text, member, self.engine.roster())
        )
        card = run.open_step_of(member)
        on_card = card is not None and bool(by_number(text, run, context, card) if run.step(card).lines else None)
        shows = run.playbook is not None and run.playbook.playbook in likely.near
        if not (asks or shows or on_card or set(heard_in(text)) - MAY_BE_OF_EITHER):
            return None
        told = self._told_on_card(run, text, member, None, self._replied(heard))
        return told if told is not None else self._said_in(run, None, text, heard, member)

    def _told_on_card(self, run: Run, text: str, member: str, shown: int | None, replied: Place | None) -> Deed | None:
        """Take a text for what stands before its writer: a line of their card by its number, or its question by a label.

        So is a bare number or time for the one line that takes it. A number that no line takes is a note: alone it tells of
        nothing, and nobody is to be alarmed by it.
        """
        card = run.open_step_of(member)
        unasked = run.playbook is not None and member not in run.asking and replied is None
        if card is None and unasked and any(told.marked for told in lines_told().lines(text)):
            return Deed(Plead(run.id, text, ("what_now",)))  # a line of nothing that is before them
        if card is None or member in run.asking or (replied is not None and replied.shown not in (None, card.turn)):
            return None
        context = self.engine.context(self.clock.now(), member, run.id)
        on_card = by_number(text, run, context, card) if run.step(card).lines else None
        if on_card is not None:
            return self._done_on_card(run, text, card, on_card, member)
        if shown is not None:
            return None
        if line := line_told(run, context, card, text):
            return Deed(OpenLine(run.id, card.turn, line), Write(run.id, text, card.turn))
        if (answer := self._answered(run, text, context, card, replied)) is not None:
            return answer
        now = context.roster.facility.local(context.now)
        return Deed(Write(run.id, text)) if is_answer(text, "number", now) else None

    def _done_on_card(self, run: Run, text: str, card: Shown, told: OnCard, member: str) -> Deed:
        """Do what is told of the lines of a card, and say what is next on it, or what was settled last."""
        orders = [order for order in told.orders if isinstance(order, SettleLine) and order.answer != "unsure"]
        settled = [order.line for order in orders] or list(told.settled)
        written = Write(run.id, text, answered=True)
        if told.denied:  # one tap takes it back, and whoever leads knows of it
            stood = max(run.answered[card.track, f"{card.step}/{name}"].turn for name in told.denied)
            return Deed(Plead(run.id, text, (NOT_DONE,), {"answered": stood}))
        if told.waits:
            key = next_key(run.id, card.turn)
            return Deed(Owed(member, LineTaken(card.turn), run.id, key=key, priority=NEXT), written)
        if told.offered:
            return Deed(Owed(member, LinesOffered(card.turn, told.offered), run.id, priority=1), written)

        def then() -> Deed:
            here = there(self.engine.run(run.id))
            if member in here.asking or not settled or any(isinstance(order, OpenLine) for order in told.orders):
                return Deed()
            if here.shown[card.turn].open:
                key = next_key(run.id, card.turn)
                return Deed(Owed(member, LineTaken(card.turn), run.id, key=key, priority=NEXT))
            done = LineOpen(card.turn, settled[-1])
            return Deed(Owed(member, done, run.id, key=line_key(run.id, card.turn, settled[-1]), priority=1))

        return Deed(*told.orders, written, then)

    def _answered(self, run: Run, text: str, context: Context, shown: Shown, replied: Place | None) -> Deed | None:
        """Take a label, or a bare yes or no, for the answer of the question before its writer; a bare no is never an undo.

        Where somebody was asked something else since, or the question has other answers, they are shown it once more.
        """
        word = lines_told().yes_or_no(text)
        if replied is not None and replied.shown is None:
            return None  # it is about another message of ours
        order = by_label(text, run, context, shown)
        since = asked_since(run, context.actor, shown) or (word and self._asked_else(run, context.actor))
        if order is not None and not since:
            return Deed(order, Write(run.id, text, answered=True))
        if order is not None or (word and is_asked(run, context, shown)):
            return Deed(Plead(run.id, text, ("what_now",)))
        return None

    def _asked_else(self, run: Run, member: str) -> bool:
        registry, book = self.engine.journal.registry, self.book.of_run(run.id)
        return asked_else(one.owed for one in book if member_at(registry, one.owed.to) == member)

    def _said_in(self, run: Run, shown: int | None, text: str, heard: Heard, member: str) -> Deed:
        """Hear a text that belongs to a run: is it what was awaited, does it want something, is it another report?"""
        likely = self.triage(text)
        about: dict[str, Any] = {"run": run.id, "candidates": list(likely.playbooks)}
        asked = run.asking.get(member)
        awaited = asked.what if asked else run.at_hand(run.shown[shown]).takes if shown is not None else ""
        free, now = not awaited and heard.replied_to is None, self.clock.now()
        on_top = self._on_top(run, text, likely) if run.live and not is_correction(text) else ""
        first = (Owed(member, FirstWordsTold(on_top), priority=0),) if on_top else ()
        if free and run.drill and run.live and says(text, "asks_pretend"):
            return Deed(Owed(member, DrillOrNot(), run.id, priority=1), Write(run.id, text, answered=True))
        asks_real = says(text, "is_drill")
        if (
            free
            and run.drill
            and not asks_real
            and (sounds_real(member, run, likely) or (run.live and gate().says_it_is_real(text)))
        ):
            return Deed(*first, self._held(heard, "drill_or_real", **about))
        if free and run.state == "reported" and run.reporter == member and _points(text):
            asked_anew = Owed(member, AskPlaybook(), run.id, key=f"question:{run.id}", priority=1)
            return Deed(asked_anew, Write(run.id, text, answered=True))
        if free and run.state == "reported" and run.reporter == member and says(text, "no_kind"):
            return Deed(ChoosePlaybook(run.id, "unknown"), Write(run.id, text, answered=True))
        if free and run.state == "reported" and said_of_lost(text) and self._may_seek(run):
            return Deed(Join(run.id, text))
        plainly = told_in(text)
        if free and run.state == "reported" and likely.playbooks and plainly not in OF_THE_RESPONSE:
            unsure = delicate(run, self.engine.context(now, member)) and not likely.sure
            if not unsure and is_apart(run, likely.near, text, self.engine.handbook):
                return Deed(Report("", text, likely.playbooks, sure=likely.sure, near=likely.near))
            grave = [Plead(run.id, text, (plainly,))] if plainly in GRAVE else []
            return Deed(self._joined(run, text, member, likely), *grave)
        if free and self._is_more(run, likely):
            return Deed(Join(run.id, text, likely.near))
        if free and run.live and self._is_for_everybody(run, text, likely, member):
            named = self._named(text)
            return Deed(Report("", text, likely.playbooks, sure=True, near=likely.near, named=named))
        if run.live and asks_real:
            return Deed(Owed(member, DrillOrNot(), run.id, priority=1))
        roster = self.engine.roster()
        strict = bool(awaited) and is_answer(text, awaited, roster.facility.local(now))
        another = bool(on_top) and not strict and not run.drill
        said = saying_in(text) if not awaited or asked is None else ""
        if run.live and heard.replied_to is None:
            plain = self._plainly_said(said, run, text, member, free=free)
            if plain is not None:
                return plain
        wish = Wish()
        if not strict and not is_correction(text):
            wish = wish_of(text, run, self.engine.context(now, member, run.id), likely, another=another)
            if MAY_ASK_HOW_IT_STANDS.issuperset(wish.wants) and not another:
                wish = self._known_of(run, text, member) or wish
            to_come = (timed := told_time(text, roster.facility.local(now))) is not None and timed.at is None
            if not wish.wants and not to_come and "done" in heard_in(text) and run.live:  # nobody's step, or another's
                places = told_of(text, run, self.engine.context(now, member, run.id))
                wish = Wish(("done",), {"places": list(places)}) if places else wish
        # That a company doesn't answer is no sign of an attack, nor is what slipped out of somebody's hands.
        unlikely = OF_THE_RESPONSE | {"nobody_reached"}
        doubtful = strict or (not unlikely.isdisjoint(wish.wants) and not likely.sure)
        if not doubtful and (attack := self._attack_in_failure(run, text, likely, member)):
            seen = attack_seen(wish, attack, likely.near)
            advice = said_at_once(text).advice if says(text, "permits") else ""
            advised = [Owed(member, HintTold(advice), priority=1)] if advice else []
            if is_correction(text):
                return Deed(Write(run.id, text), Plead(run.id, put_right(text), seen.wants, seen.about))
            return Deed(
                *advised,
                Plead(run.id, text, seen.wants, seen.about),
                *([Write(run.id, text, shown)] if awaited else []),
            )
        if (to := self._lead_handed_to(text, run, member, awaited)) is not None:
            open_still = to or next(reversed(run.handed_to), "")
            already = open_still in (run.handed_to or run.asked_to_command) and open_still != member
            told = Owed(member, CommandWanted(open_still, you=False), run.id, priority=1)
            handed = told if already else HandCommand(run.id, to)
            return Deed(handed, self._where_said(run, text), Write(run.id, text, answered=True))
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
            return Deed(*first, self._held(heard, "answer_or_plea", **about, **meant))
        if likely.sure and heard.replied_to is None and _awaits_a_reason(run, member):
            return self._held(heard, "answer_or_report", **about)
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
            return self._held(heard, "same_or_new", **about, near=list(likely.near))
        if (
            TAKE_LEAD in wish.wants
            and (wish.about.get("plain") or asked_by_name(run, member))
            and self._may(TakeCommand(run.id), run, member)
        ):
            return Deed(TakeCommand(run.id), Write(run.id, text, answered=True))
        if LEAVING in wish.wants and wish.about.get("plain"):
            return Deed(Plead(run.id, text, wish.wants, wish.about), *self._leaves_elsewhere(run, member))
        where = self._where_said(run, text)
        if where.parts and not set(wish.wants) - {UNCLEAR, "cannot_now"}:
            heard_so = Owed(member, WhereNow(), run.id, key=where_key(run.id), priority=1)
            return Deed(where, heard_so, Write(run.id, text, answered=True))
        more = run.state == "reported" and free and member == run.reporter and not run.drill
        if more and {UNCLEAR, "solved"}.issuperset(wish.wants):
            return Deed(where, Join(run.id, text))
        said_now = Plead(run.id, text, wish.wants, wish.about) if wish.wants else Write(run.id, text)
        return Deed(where, said_now)

    def _ordered(self, run: Run, text: str, member: str, wish: Wish) -> Deed | None:
        """Bring an order to those whom it names, or to all; of whoever leads what names nobody is offered for all. None for none.

        What does harm, or is of the lead, is heard as what it is.
        """
        if not HARMFUL.isdisjoint(wish.wants) or said_at_once(text).advice or names_the_lead(text):
            return None
        context, heard = self.engine.context(self.clock.now(), member, run.id), orders()
        names = {m.name.split()[0]: m.id for m in context.roster.active() if m.id != member}
        if told := [names[name] for name in heard.named_in(text, names)]:
            return Deed(Plead(run.id, text, (ORDER,), {"for": told}))
        if member not in (run.commander, runs_scene(run, context)) or not run.calls_everybody:
            return None
        if heard.is_for_everybody(text):
            return Deed(Plead(run.id, text, (ORDER,), {"for": list(names.values())}))
        return Deed(Plead(run.id, text, (ORDER,))) if heard.is_for_all(text) else None

    def _is_for_everybody(self, run: Run, text: str, likely: Likely, member: str) -> bool:
        """Say whether what is surely another matter is told amid a delicate one: there it would stay between few who can't help."""
        apart = likely.sure and CONFIDED not in likely.near and not is_correction(text)
        return apart and delicate(run, self.engine.context(self.clock.now(), member))

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

    def _where_said(self, run: Run, text: str) -> Deed:
        """Believe where whoever can't lead says that they are, so that nothing for hands in the house goes to them."""
        said = place_said(text, self.engine.roster().facility.local(self.clock.now()))
        if said is None:
            return Deed()
        if said.where == LEFT:
            return Deed(Leave(run.id), or_else=lambda _: Deed())
        return Deed(TellPresence(run.id, said.where, said.until, lasting=said.lasting), or_else=lambda _: Deed())

    def _plainly_said(self, said: str, run: Run, text: str, member: str, *, free: bool) -> Deed | None:
        """Do what somebody says in words that have one meaning where they stand; None where it means nothing there."""
        context, shown = self.engine.context(self.clock.now(), member, run.id), run.open_step_of(member)
        if free and (known := self._answered_in(run, text, member, context)) is not None:
            return known
        if says(text, "deadlines") and run.state != "reported":
            return Deed(Owed(member, DutiesListed(), run.id, priority=1))
        if says(text, "asks_close") and run.playbook is not None and run.state != "reviewing":
            return self._ending_meant(run, text, member, context)
        if says(text, "asks_resume") and (run.commander == member or may(Close(run.id), context, run)):
            return Deed(self.desk.show_again(member, run.id), Write(run.id, text, answered=True))
        if said == "status" and run.state != "reported":
            return self.desk.show_again(member, run.id)
        if said == "status" and not delicate(run, context):
            # Before it is opened: what was reported, and that somebody has to say what it is.
            asked = Owed(member, AskPlaybook(again=True), run.id, key=f"question:{run.id}", priority=1)
            return Deed(asked, Write(run.id, text, answered=True))
        written = Write(run.id, text, answered=True)
        if said == "still_here" and where_is(run, context, member) == LEFT:
            return Deed(TellPresence(run.id, "here"), written)
        if (lead := self._lead_said(run, text, context, free=free)) is not None:
            return lead
        if run.commander == member and says(text, "grant") and (seek := seeking(run)):
            return Deed(HandCommand(run.id, next(reversed(seek))), written)
        if said == "take_on" and (track := offered_to(run, context, member)):
            return Deed(Claim(run.id, track), written)
        if said not in ("no_photo", "cannot_pull") or shown is None:
            return None
        line = open_line_for(said, run, context, shown)
        told = None if said == "no_photo" else text
        return Deed(SettleLine(run.id, shown.turn, line, "cannot", reason=told), Write(run.id, text)) if line else None

    def _ending_meant(self, run: Run, text: str, member: str, context: Context) -> Deed:
        """Say what is still open to whoever wants to end it, and show the board, with its button, to whoever then may."""
        left, written = obstacles(run, context), Write(run.id, text, answered=True)
        if left:
            found = CloseRefused(tuple(vars(one) for one in left))
            return Deed(Owed(member, found, run.id, priority=1), written)
        return Deed(self.desk.show_again(member, run.id), written)

    def _answered_in(self, run: Run, text: str, member: str, context: Context) -> Deed | None:
        """Answer in a run what needs nobody else, and what is asked in case it happens."""
        if says(text, "asks_password"):
            told = KnownTold("password", language="en" if is_english(text) else "")
            return Deed(Owed(member, told, run.id, priority=1), Write(run.id, text, answered=True))
        if says(text, "asks_help"):
            return Deed(Owed(member, CommandsListed(), priority=1), Write(run.id, text, answered=True))
        if (asked := self._asked_often(text, run)) and not (says(text, "asks_when") and coming(run, context)):
            answer = AnswerTold(asked, language="en" if is_english(text) else "")
            return Deed(Owed(member, answer, run.id, priority=1), Write(run.id, text, answered=True))
        if says(text, "asks_lead") and saying_in(text) != "status":
            leads = KnownTold("lead_now", language="en" if is_english(text) else "")
            return Deed(Owed(member, leads, run.id, priority=1), Write(run.id, text, answered=True))
        own = run.open_step_of(member)
        if own is not None and says(text, "asks_why"):
            return Deed(Owed(member, WhyStep(own.turn), run.id, priority=1), Write(run.id, text, answered=True))
        if own is not None and says(text, "half_done"):
            return Deed(Plead(run.id, text, ("what_now",)))
        if says(text, "asks_why_power"):
            return Deed(Plead(run.id, text, (ADVISED,), {"harm": "power"}))
        if says(text, "free_hands"):
            here = Deed(TellPresence(run.id, "here"), or_else=lambda _: Deed())
            return Deed(here, Plead(run.id, text, ("what_now",)))
        if says(text, "in_trouble") or says(text, "asks_text"):
            return Deed(Plead(run.id, text, ("what_now",)))
        if says(text, "cannot_read"):
            return self._drawn(run, text, member)
        supposed = "" if said_at_once(text).grave else gate().supposed(text)
        told_of = tuple(self._if_it_happens(supposed, member)) if supposed and not run.drill else ()
        return Deed(*told_of, Write(run.id, text, answered=True)) if told_of else None

    def _drawn(self, run: Run, text: str, member: str) -> Deed:
        """Show whoever can't read what stands on a thing how it looks, or their step, in their language; it is offered first."""
        person = self.engine.roster().member(member)
        choose = [] if person is not None and person.language == "en" else [Owed(member, LanguageChoose(), priority=1)]
        picture = thing_in(text) or picture_before(run, self.engine.context(self.clock.now(), member, run.id))
        about = {"picture": picture, "language": "en" if is_english(text) else ""}
        wish = Plead(run.id, text, ("which",), about) if picture else Plead(run.id, text, ("what_now",))
        return Deed(wish, *choose)

    def _lead_said(self, run: Run, text: str, context: Context, *, free: bool) -> Deed | None:
        """Do what words about doing it oneself come to, told once to whoever writes; None where they are of something else."""
        member, written = context.actor, Write(run.id, text, answered=True)
        match lead_meant(text, run, context, free=free, offered=offered_to(run, context, member)):
            case "takes":
                return Deed(TakeCommand(run.id), written)
            case "keeps":
                asked = (Owed(m, CommandIs(member), run.id, priority=1) for m in run.handed_to)
                return Deed(TakeCommand(run.id), *asked, written)
            case "offered":
                return Deed(Owed(member, LeadOffered(), run.id, priority=1), written)
            case "seeks":
                return Deed(Plead(run.id, text, (TAKE_LEAD,)))
            case "what_now":
                return Deed(Plead(run.id, text, ("what_now",)))
            case None:
                return None

    def _attacks(self, text: str, likely: Likely) -> list[str]:
        return attacks_in(text, likely, self.engine.handbook.playbooks)

    def _attack_in_failure(self, run: Run, text: str, likely: Likely, member: str) -> str:
        """Name the attack that a text may show what is handled as a failure to be; empty for none.

        Of a failure that is small, or that nobody has opened yet, it is more of the same report.
        """
        failure = run.playbook is not None and run.playbook.event == "system_failure" and run.live
        if not failure or run.drill or run.small:
            return ""
        return next(iter(self._attacks(text, likely)), "") or attack_after_all(text, run, member)

    def _lead_handed_to(self, text: str, run: Run, member: str, awaited: str) -> str | None:
        """Name who is to lead in the place of whoever writes; None where words may be the answer that is awaited, or mean else."""
        if not run.live or run.playbook is None or is_correction(text) or (awaited and not names_the_lead(text)):
            return None
        context = self.engine.context(self.clock.now(), member, run.id)
        to = lead_handed_to(text, run, context, heard_in(text))
        alone = not any(may_be_handed(run, context, m.id) for m in context.roster.active() if m.id != member)
        return None if alone else to

    def _whispered(self, text: str, member: str, here: Iterable[Run]) -> Report | None:
        """Give what is told in confidence a matter of its own: nobody else is to know of it before its writer says who may.

        So it is in an answer, beside a photo, and in a drill, but for one of such a matter; in such a matter (``here``) it
        stays where it is. No other kind of trouble is offered beside it: that would tell everybody.
        """
        if CONFIDED not in self.engine.handbook.playbooks:
            return None
        names = tuple(self._first_names())
        near = CONFIDED in self.triage(text).near
        if not whispers().is_confided(text, names) and not (near and whispers().may_be_one(text, names)):
            return None
        context = self.engine.context(self.clock.now(), member)
        runs = list(here)
        if runs and all(delicate(run, context) or (run.drill and not run.calls_everybody) for run in runs):
            return None
        return Report("", text, (CONFIDED,), sure=near, near=(CONFIDED,), named=self._named(text))

    def _placed(self, heard: Heard, member: str) -> list[Run]:
        """Give the runs to which a text may belong."""
        match place_text(member, self._runs_for(heard), self._replied(heard)):
            case Place(run=run):
                return [there(self.engine.run(run))]
            case Which(runs=runs):
                return [there(self.engine.run(run)) for run in runs]
            case _:
                return []

    def _first_names(self) -> Iterator[str]:
        return (m.name.split()[0] for m in self.engine.roster().active())

    def _named(self, text: str) -> tuple[str, ...]:
        """Give those whom a text names, by their name or by what they are here."""
        members = self.engine.roster().active()
        roles = whispers().roles_named(text, self._first_names())
        by_role = {m.id for m in members if roles & {*m.roles, *(["deputy"] if m.stands_in_for else [])}}
        return tuple(m.id for m in members if m.id in by_role or is_named(text, m.name.split()[0]))

    def _not_them(self, run: Run, text: str, member: str) -> Deed:
        """Tell whoever wants to ask the one whom a delicate matter is about not to."""
        whom = [m for m in map(self.engine.roster().member, run.named) if m is not None and m.id != member]
        asks = delicate(run, self.engine.context(self.clock.now(), member)) and any(
            whispers().goes_to(text, m.name.split()[0]) for m in whom
        )
        return Deed(Owed(member, FirstWordsTold(CONFIDED), run.id, priority=0)) if asks else Deed()

    def _joined(self, run: Run, text: str, member: str, likely: Likely) -> Deed:
        """Take more of what nobody has opened yet; what is plainly of one kind opens it as that.

        Its reporter is asked anew anyway; whoever only joins in, where it may be an attack that nobody thought of yet.
        """
        more = Join(run.id, text, likely.near or likely.playbooks[:1])
        attacks = self._attacks(text, likely)
        if run.drill:
            return Deed(more)
        if likely.sure and likely.playbooks[0] in {*attacks, *run.candidates, *run.near}:
            named = ChoosePlaybook(run.id, likely.playbooks[0])
            if self._may(named, run, member) and not delicate(run, self.engine.context(self.clock.now(), member)):
                return Deed(more, named)
        if member == run.reporter or set(attacks) <= set(run.near):
            return Deed(more)
        return Deed(more, Owed(member, AskPlaybook(), run.id, key=f"question:{run.id}", priority=7))

    def _leaves_elsewhere(self, run: Run, member: str) -> Iterator[Leave]:
        """Let somebody who goes be gone in all else that goes on."""
        others = (r for r in self._known(member) if r.live and r.id != run.id and r.playbook is not None)
        context = self.engine.context(self.clock.now(), member)
        return (Leave(r.id) for r in others if may_leave(r, context))

    def _may(self, command: Command, run: Run, member: str) -> bool:
        free = run.commander != member
        return free and may(command, self.engine.context(self.clock.now(), member, run.id), run)

    def _may_seek(self, run: Run) -> bool:
        """Say whether what nobody has opened yet may be about something that was lost."""
        books = (self.engine.handbook.playbooks.get(name) for name in (*run.near, *run.candidates))
        return any(book is not None and "found" in book.facts for book in books)

    def _is_more(self, run: Run, likely: Likely) -> bool:
        """Say whether a text tells more of what is small as yet: that it goes on, or that it looks like an attack."""
        books, here = self.engine.handbook.playbooks, run.playbook.playbook if run.playbook else ""
        return run.small and any(name == here or books[name].event == "cyber_attack" for name in likely.near)

    def _on_top(self, run: Run, text: str, likely: Likely) -> str:
        """Choose first words for what tells of another matter than a run's; empty where it may well be the same.

        Of whoever wants to die nothing else comes first.
        """
        danger = danger_ears().hear(text)
        if (len(likely.near) > 1 and not likely.sure) or (danger is not None and danger.kind in DESPAIR):
            return ""
        if (danger := danger_ears().hear(text)) is not None and danger.told:
            return ""  # they have been told what comes first
        return words_on_top(run, likely.near, text, self.engine.handbook)

    def _maybe_report(self, text: str, heard: Heard, *, endangered: bool = False) -> Deed:
        likely, member = self.triage(text), self._member(heard)
        hint = said_at_once(text)
        told = (Owed(member, HintTold(hint.advice), priority=0),) if hint.advice else ()
        of_patients = (asked := self._asked_often(text)) != "" and answers().answers[asked].no_report
        if not hint.grave and not endangered and not of_patients and (supposed := gate().supposed(text)):
            return Deed(*self._if_it_happens(supposed, member), self._held(heard, "report_or_not"))
        plain = not hint.advice or says(text, "asks_password")  # who asks for one has told nobody any
        if (
            plain
            and not (endangered or likely.sure)
            and (answer := self._answered_at_once(text, heard, member)) is not None
        ):
            return answer
        if likely.playbooks and (likely.sure or hint.advice != "care_device"):
            first = told if hint.beside else ()
            talk = likely.everyday and not hint.grave
            named = self._named(text)
            return Deed(
                *first,
                Report("", text, likely.playbooks, sure=likely.sure, near=likely.near, named=named, everyday=talk),
            )
        if endangered:
            return Deed()  # they have been asked already
        if not hint.grave and (gate().greets(text) or saying_in(text) == NOTE):
            return Deed(Owed(member, Greeted(), priority=7))
        first = told or ((Owed(member, FirstWordsTold(CAREFUL), priority=0),) if hint.lost else ())
        hints = {"hint": True} if hint.grave else {}
        return Deed(*first, self._held(heard, "report_or_not", candidates=list(likely.faint), **hints))

    def _answered_at_once(self, text: str, heard: Heard, member: str) -> Deed | None:
        """Answer what needs nobody else: how to use this, whose number, who decides, what is held nowhere, that nothing goes on."""
        if says(text, "asks_help"):
            return Deed(Owed(member, CommandsListed(), priority=1))
        if says(text, "asks_drills"):
            return self.desk.command("/drills", heard, member)
        asked = self._asked_often(text)
        if asked and (not self.triage(text).playbooks or answers().answers[asked].no_report):
            told = AnswerTold(asked, quiet=True, language="en" if is_english(text) else "")
            return Deed(Owed(member, told, priority=1))
        known = known_answer(text, member, self.engine.roster())
        return Deed(Owed(member, KnownTold(*known, "en" if is_english(text) else ""), priority=1)) if known else None

    def _asked_often(self, text: str, run: Run | None = None) -> str:
        """Name the answer that a text asks for, where it wants nothing that is graver; empty for none."""
        here = run.playbook.playbook if run is not None and run.playbook is not None else ""
        asked = answers().asked_in(text, self.engine.roster().facility.kind, here)
        mere = SEEMS_ASKED.union({NOTE}).issuperset(heard_in(text))
        return asked if asked and (mere or answers().answers[asked].whatever or _asks_to_use(text)) else ""

    def _if_it_happens(self, supposed: str, member: str) -> Iterator[Owed]:
        """Tell what comes first if it happens: nothing has, so that nobody is called."""
        danger, likely = danger_ears().hear(supposed), self.triage(supposed)
        words, near = self.engine.handbook.first_words, (likely.playbooks or likely.faint)[:1]
        if danger is not None and danger.kind not in DESPAIR:
            yield Owed(member, DangerWords(danger.kind, supposed=True), priority=0)
        elif words is not None and near:
            chosen = words.chosen(near, supposed, self.engine.handbook.playbooks)
            yield Owed(member, FirstWordsTold(chosen, supposed=True), priority=0)

    def _handed_in(self, heard: Heard, member: str) -> Deed:
        attachment = heard.attachment
        assert attachment is not None  # noqa: S101  (the caller looked)
        if attachment.kind == "other":
            return self._not_kept(attachment.what, heard, member)
        if attachment.kind == "voice":
            return self._spoken(heard, attachment, member)
        if self.desk.takes_file(heard, member):
            return self.desk.handed(heard, member)
        thing = _thing(heard, attachment)
        place = place_media(member, self._runs_for(heard), self._replied(heard))
        match place:
            case Nowhere():
                likely = self.triage(heard.text or "")
                candidates = tuple(dict.fromkeys((*likely.playbooks, "unknown")))
                report = Report("", heard.text or "📷", candidates, near=likely.near)
                return Deed(report, lambda: self._beside(heard, member, attachment))
            case Which(runs=runs):
                return self._held(heard, "which_run", runs=list(runs), thing=thing)
            case Place(run=run_id, shown=shown):
                return Deed(HandIn(run_id, **thing, shown=shown), lambda: self._mention_needed_text(member, run_id))

    def _beside(self, heard: Heard, member: str, attachment: Attachment) -> Deed:
        """Keep what came along with the words of a new report in its record, where it can be kept."""
        if attachment.kind == "other":
            return Deed(Owed(member, CannotKeep(attachment.what), priority=1))
        return Deed(HandIn(self.engine.runs()[-1].id, **_thing(heard, attachment)))

    def _spoken(self, heard: Heard, voice: Attachment, member: str) -> Deed:
        """Keep what was spoken where it belongs; nobody here can hear it, so that a line in words is asked for."""
        place = place_media(member, self._runs_for(heard), self._replied(heard))
        if not isinstance(place, Place):
            return self._not_kept(voice.kind, heard, member)
        return Deed(HandIn(place.run, **_thing(heard, voice)))

    def _not_kept(self, what: str, heard: Heard, member: str) -> Deed:
        """Ask for words in the place of what can't be kept; words that came with it are heard."""
        text = (heard.text or "").strip()
        words = Deed(lambda: self._written(text, replace(heard, attachment=None), member)) if text else Deed()
        return Deed(Owed(member, CannotKeep(what), priority=1), words)

    def _mention_needed_text(self, member: str, run_id: str) -> Deed:
        """Say so when a photo came where a step waits for words; the photo is kept all the same."""
        run = self.engine.run(run_id)
        shown = run.open_step_of(member) if run else None
        if run is not None and (member in run.asking or (shown and run.at_hand(shown).type.wants == "text")):
            return Deed(Owed(member, NotDone("needs_text"), run_id, priority=1))
        return Deed()

    def _edited(self, heard: Heard, member: str) -> Deed:
        """An edited message corrects what it wrote before; the old words stay. Where it wrote nothing, its new words are asked for."""
        first = replace(heard, cause=heard.cause.rpartition(".e")[0])
        before = [e for cause in (first.cause, held_cause(first)) for e in self.engine.journal.caused(cause)]
        said = next((e for e in before if e.kind in CORRECTABLE), None)
        run = self.engine.run(said.run) if said is not None else None
        if whispered := self._whispered(heard.text or "", member, [run] if run is not None else []):
            return Deed(whispered)
        if said is None:
            return Deed(Owed(member, NotDone("edit_unheard"), priority=1))
        text = (heard.text or "").strip()
        attack = self._attack_in_failure(run, text, self.triage(text), member) if run is not None else ""
        seen = attack_seen(Wish(), attack, self.triage(text).near)
        tells = [Plead(said.run, text, seen.wants, seen.about)] if attack else []
        return Deed(Correct(said.run, said.turn, text), *tells)

    # ── what the rest needs ─────────────────────────────────────────────────────────────────────────────────────────

    def _replied(self, heard: Heard) -> Place | None:
        if heard.replied_to is None:
            return None
        delivery = self.book.find(heard.address, heard.replied_to)
        if delivery is None or delivery.owed.run == FACILITY:
            return None
        message = delivery.owed.message
        return Place(delivery.owed.run, message.turn if isinstance(message, AboutStep) else None)

    def _runs_for(self, heard: Heard) -> list[Run]:
        """Give the live runs, those that wait for this person, and the one replied to, even if it has ended."""
        replied = self._replied(heard)
        member = self._member(heard)
        return [
            r
            for r in self._known(member)
            if r.live or member in r.asking or (replied is not None and r.id == replied.run)
        ]

    def _known(self, member: str) -> list[Run]:
        """Give the runs of which a member may know: of the others they are heard as if there were none."""
        return seen(self.engine.runs(), self.engine.context(self.clock.now(), member), member)


def sounds_real(member: str, run: Run, likely: Likely) -> bool:
    """Say whether a text in a drill may be about something real; from those in the middle of it only if it is plain."""
    return run.live and bool(likely.playbooks) and (likely.sure or member not in run.engaged)


def _asks_to_use(text: str) -> bool:
    """Say whether somebody asks whether they may use a machine, and is about to do nothing else."""
    return heard_in(text) == {"warned": ("use",)} and says(text, "permits")


def _points(text: str) -> bool:
    """Say whether a text only points at one of several things that were asked, by its number or place, or says yes or no."""
    return bool(says(text, "points") or lines_told().lines(text) or lines_told().yes_or_no(text))


def _awaits_a_reason(run: Run, member: str) -> bool:
    """Say whether somebody is to write a reason or the like; what they look back at may well sound like a report."""
    asking = run.asking.get(member)
    return run.live and asking is not None and asking.what not in TOLD_AS_TROUBLE


def _thing(heard: Heard, attachment: Attachment) -> dict[str, Any]:
    """Give what was sent along, as it is kept: by its channel's name for it."""
    return {
        "reference": f"{heard.address.partition(':')[0]}:{attachment.reference}",
        "media": attachment.kind,
        "file_name": attachment.file_name,
        "caption": heard.text,
    }


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
