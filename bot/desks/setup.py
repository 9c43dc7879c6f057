"""The set-up desk: asks the director one thing after the other, and enters each answer at once."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.clock import Clock
from bot.desks.desk import Act, Desk, Handler, RequestHandler, held_cause, there
from bot.desks.likely import Likely
from bot.desks.people import PeopleDesk
from bot.invitations import role_named
from bot.screens.requests.request import Request
from bot.screens.requests.setup import (
    USUAL,
    AskThis,
    Choose,
    GoOn,
    GoThroughAgain,
    NameIsNew,
    PutOff,
    SentenceIsAnswer,
    SentenceIsReport,
    ShowRegion,
    ShowStep,
    ShowSteps,
)
from bot.words.first_poster import first_poster
from contacts.setup.answers import SENTENCE, answer, is_closed, is_read
from contacts.setup.questions import (
    OWN_POSTER,
    YES_OR_NO,
    SetupAnswer,
    SetupQuestion,
    next_question,
    question,
    questions,
    quiet_times,
)
from contacts.setup.things import SAME, knows_service
from contacts.shapes.facility import OCCASIONS
from contacts.written.hours import write_hours
from contacts.written.mistakes import Unreadable
from contacts.written.replies import means_myself, means_none
from flows.commands.facility import AskMember, PutRegistry, RegistryRow
from flows.commands.people import Report
from flows.commands.setting_up import BeginSetup, PassSetup
from flows.deeds import Deed
from flows.engine import Engine
from flows.messages.setting_up import AskSetup, SetupEnd, SetupMenu, SetupStep, SetupUnreadable
from flows.powers import CHAIN
from flows.record.journal import AT_ONCE, FACILITY, Owed
from flows.refusals import Refused
from playbooks.phrasing import Phrase

OWN_WORDS = "setup_poster"
"""The question for a text that tells of an outage, as a report does: whoever wrote it says which it is."""

KEY = "setup"
"""All questions of a set-up stand under this key: a newer one takes the place of one that was not sent yet."""

_LISTED = re.compile(r"\d\s*(?:台|個|本|枚|つ)|(?:故障|修理)中[の）)、]|[（(](?:故障|修理)中")
"""What a list of machines holds and hardly any report: how many of each, and which of them is out of order."""

_SENTENCE = re.compile(r"[がをは。！？!?]|ない|ます|です|[しっいれ]た|てる|ている|動か")
"""What names of systems and firms hardly hold, and what somebody in trouble writes."""


class SetupDesk(Desk):
    """Leads through the set-up; it can be left at any moment, and goes on where it was left."""

    main = (SetupMenu(), CHAIN)
    prose = frozenset({OWN_WORDS})

    def __init__(self, engine: Engine, clock: Clock, people: PeopleDesk) -> None:
        """``people`` is the desk that invites whoever is named."""
        super().__init__(engine, clock)
        self._people = people

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give the command that begins, and goes on."""
        return {"/setup": self._go_on}

    @property
    def requests(self) -> Mapping[type[Request], RequestHandler]:
        """Give what buttons ask in the set-up."""
        return {
            GoOn: lambda act, asked: self._go_on(act),
            GoThroughAgain: self._again,
            ShowSteps: self._steps,
            ShowStep: self._step,
            ShowRegion: self._region,
            AskThis: self._ask_this,
            PutOff: self._put_off,
            Choose: self._chosen,
            SentenceIsReport: self._report,
            SentenceIsAnswer: self._meant,
            NameIsNew: self._meant,
        }

    @property
    def questions(self) -> Mapping[str, Handler]:
        """Read the answers of the set-up."""
        return {
            "setup": self._written,
            OWN_WORDS: self._written,
            "setup_sentence": self._written,
            "setup_name": self._written,
        }

    def is_answer(self, act: Act, what: str, likely: Likely) -> bool:
        """Say whether a text is an answer: names of systems sound like incidents, and are none.

        While something is going on nothing is. What has a form of its own (a number, hours, a day) is an answer if it
        can be read; a name is one unless it is surely a report, or a sentence that may be one; and that there is none is
        an answer everywhere.
        """
        asked = self._question(str(act.about["question"]))
        if self.live_runs(act.member) or asked is None:
            return False
        if not likely.playbooks or means_none(act.text):
            return True
        if asked.what == "poster":
            return False
        if is_closed(asked.what):
            return self._reads(asked, act)
        if asked.what in ("systems", "keeper") and knows_service(act.text):
            return True
        # firms are called サポート and ウイルス対策, and desks even worse
        may_be_sure = asked.what == "keeper" or _LISTED.search(act.text) is not None
        return (may_be_sure or not likely.sure) and not _SENTENCE.search(act.text)

    def _reads(self, asked: SetupQuestion, act: Act) -> bool:
        try:
            answer(asked.what, self._asking(asked, act.text, act))
        except Unreadable:
            return False
        return True

    # ── going on ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _may(self, act: Act) -> None:
        self.only(CHAIN, act)
        if self.live_runs(act.member):
            raise Refused("incident_first")

    def _go_on(self, act: Act) -> Deed:
        self._may(act)
        return self._next(act) if self.engine.house.in_setup else self._begin(act)

    def _begin(self, act: Act) -> Deed:
        return Deed(BeginSetup(FACILITY), lambda: self._next(act))

    def _next(self, act: Act, read: str = "") -> Deed:
        following = next_question(self.engine.roster(), self.engine.house.setup_passed)
        if following is not None:
            return self._ask(following, read)
        return Deed(self.show(act.member, SetupEnd()), answers=True)

    def _ask(self, asked: SetupQuestion, read: str = "") -> Deed:
        """Ask a question; what was read from the answer before (to the question ``read``) is said back with it."""
        what = OWN_WORDS if asked.id == OWN_POSTER else "setup"
        said_back = {"read": read} if read else {}
        return Deed(AskMember(FACILITY, what, {"question": asked.id, **said_back}, KEY))

    def _question(self, name: str) -> SetupQuestion | None:
        return question(self.engine.roster(), name)

    def _named(self, name: str) -> SetupQuestion:
        return there(self._question(name))

    # ── taps ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _again(self, act: Act, tapped: GoThroughAgain) -> Deed:
        self._may(act)
        return self._begin(act)

    def _steps(self, act: Act, tapped: ShowSteps) -> Deed:
        self._may(act)
        return self.show(act.member, SetupMenu())

    def _step(self, act: Act, tapped: ShowStep) -> Deed:
        self._may(act)
        found = [q for q in questions(self.engine.roster()) if q.step == tapped.step]
        return self._ask(found[0]) if len(found) == 1 else self.show(act.member, SetupStep(tapped.step))

    def _region(self, act: Act, tapped: ShowRegion) -> Deed:
        self._may(act)
        return self._change(act, self._named("prefecture"), region=tapped.region)

    def _ask_this(self, act: Act, tapped: AskThis) -> Deed:
        self._may(act)
        return self._ask(self._named(tapped.question))

    def _put_off(self, act: Act, tapped: PutOff) -> Deed:
        self._may(act)
        return Deed(PassSetup(FACILITY, self._named(tapped.question).id), lambda: self._next(act))

    def _chosen(self, act: Act, tapped: Choose) -> Deed:
        self._may(act)
        asked, chosen = self._named(tapped.question), tapped.chosen
        if chosen == USUAL:
            hours = quiet_times(self.engine.roster().facility)
            usual = next((hours[o] for o in OCCASIONS if o == asked.subject and o in hours), None)
            if usual is None:
                return self._ask(asked)
            chosen = write_hours(usual)
        if asked.id == "poster" and chosen == SAME:
            chosen = first_poster(self.engine.roster())
        return self._enter(asked, chosen, act)

    def _change(self, act: Act, asked: SetupQuestion, region: str = "") -> Deed:
        """Change the question that stands on the screen in place; if it is another one by now, ask anew."""
        changed = Owed(act.member, AskSetup(asked.id, region=region), key=KEY, priority=AT_ONCE, edits=True)
        return Deed(changed) if self._waits(act.member) == asked.id else Deed(self._ask(asked), changed)

    def _waits(self, member: str) -> str:
        house = self.engine.house
        asked = house.asked.get(house.waiting_for.get(member, 0))
        return str(asked.about["question"]) if asked is not None and asked.what in self.questions else ""

    # ── answers ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _written(self, act: Act) -> Deed:
        self._may(act)
        asked, written = self._named(str(act.about["question"])), act.text
        if asked.id == "staff":
            word, _, name = written.replace("　", " ").partition(" ")
            role = role_named(word)
            if role is not None and name.strip():
                asked, written = self._question(f"staff:{role}") or asked, name
        if asked.id == "poster":
            asked = self._named(OWN_POSTER)
        if means_none(written) and asked.what not in YES_OR_NO:
            return self._leave(asked, act)
        if not is_closed(asked.what) and _SENTENCE.search(written) and not means_myself(written):
            return self._ask_what_it_is(asked, SENTENCE, written, act)
        return self._enter(asked, written, act)

    def _leave(self, asked: SetupQuestion, act: Act) -> Deed:
        """Go on, since there is no answer: nothing is entered, and nobody is invited who is called 「いません」."""
        whole = self._question(asked.what)
        if asked.subject and whole is not None:
            return self._ask(whole)
        return Deed(PassSetup(FACILITY, asked.id), lambda: self._next(act))

    def _asking(self, asked: SetupQuestion, written: str, act: Act) -> SetupAnswer:
        roster = self.engine.roster()
        me = roster.member(act.member)
        today = self.engine.context(self.now(), act.member).today
        return SetupAnswer(asked.subject, written.strip(), roster, today, me.name if me is not None else "", act.member)

    def _meant(self, act: Act, tapped: NameIsNew | SentenceIsAnswer) -> Deed:
        """Enter what was asked about: this name is somebody new, or this sentence is a name."""
        self._may(act)
        kept = self.asked(tapped.turn, act, "setup_name" if isinstance(tapped, NameIsNew) else "setup_sentence").about
        new = isinstance(tapped, NameIsNew)
        return self._enter(self._named(str(kept["question"])), str(kept["text"]), act, new=new)

    def _enter(self, asked: SetupQuestion, written: str, act: Act, *, new: bool = False) -> Deed:
        """Enter an answer and go on; one that can't be read is sent back, and the question stays.

        A name that nobody here bears makes a person only after somebody said that it is one (``new``).
        """
        try:
            read = answer(asked.what, self._asking(asked, written, act))
        except Unreadable as unreadable:
            return self._send_back(asked, unreadable, written, act)
        except KeyError:
            raise Refused("stale") from None
        if read.invite is not None and not new:
            kept = {"question": asked.id, "name": read.invite.name, "text": written}
            return Deed(AskMember(FACILITY, "setup_name", kept))
        entered = []
        if read.rows:
            held = {kind: self.engine.journal.registry(kind) for kind in {kind for kind, _, _ in read.rows}}
            entered.append(
                Deed(
                    PutRegistry(
                        FACILITY,
                        tuple(
                            RegistryRow(
                                kind, key, row.model_dump_json() if row is not None else None, held[kind].get(key)
                            )
                            for kind, key, row in read.rows
                        ),
                    )
                )
            )
        if read.invite is not None:
            entered.append(self._people.invite(read.invite, read.role))
        return Deed(*entered, lambda: self._after(asked, act))

    def _send_back(self, asked: SetupQuestion, unreadable: Unreadable, written: str, act: Act) -> Deed:
        """Say what is wrong; a sentence may be somebody's call for help, so it is kept until they say that it is none."""
        if act.heard.button is not None or not _SENTENCE.search(written):
            return self.show(act.member, SetupUnreadable(asked.id, unreadable.reason.as_json()))
        return self._ask_what_it_is(asked, unreadable.reason, written, act)

    def _ask_what_it_is(self, asked: SetupQuestion, reason: Phrase, written: str, act: Act) -> Deed:
        kept = {"reason": reason.as_json(), "question": asked.id, "text": written, "cause": held_cause(act.heard)}
        return Deed(AskMember(FACILITY, "setup_sentence", kept))

    def _report(self, act: Act, tapped: SentenceIsReport) -> Deed:
        asked = self.asked(tapped.turn, act, "setup_sentence")
        report = Report("", str(asked.about["text"]), ("unknown",), playbook="unknown")
        return Deed(report, once=str(asked.about["cause"]))

    def _after(self, asked: SetupQuestion, act: Act) -> Deed:
        again = self._question(asked.what)
        read = asked.id if act.heard.button is None and is_read(asked.what) else ""
        if again is None or not again.several:
            return self._next(act, read)
        if act.heard.button is not None and self._waits(act.member) == again.id:
            return self._change(act, again)
        return self._ask(again, read)
