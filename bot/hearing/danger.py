"""Danger comes before anything else, inside a run and outside: what a text about it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.desks.drilling import DrillingDesk
from bot.desks.held_back import taken_back
from bot.desks.likely import Likely, Triage
from bot.hearing.in_run.listening import wish_of
from bot.hearing.whispering import Whispering
from flows.commands.danger import RingDanger, SeeDanger, TakeDangerBack, TellOfDanger
from flows.commands.people import Join, Plead, Report, Write
from flows.deeds import Deed
from flows.engine import Engine
from flows.facility.danger import TOO_LATE, going_on, seen_by, told_in
from flows.messages.calling import AskPlaybook
from flows.messages.hearing import DangerAsked, DangerKnown, DangerNewsKept, DistressHeard, DistressNews
from flows.record.journal import AT_ONCE, FACILITY, NEXT, URGENT, Owed
from flows.scene.circle import seen
from flows.state.house import SeenDanger
from flows.state.run import Run
from playbooks.texts import everywhere
from playbooks.triage.danger import DESPAIR, KINDS, Danger, danger_ears
from playbooks.triage.gate import gate
from playbooks.triage.speech import fold
from playbooks.wants.names import says

HELP = "authority:ambulance"
"""Whom a step calls that may be done once somebody writes that help was called."""

ANEW = timedelta(minutes=3)
"""So long what somebody writes anew of a danger is about the same."""

OF_ITS_OWN = frozenset({"disaster", "insider"})
"""Matters that no words about a danger open beside it: of a fire they do so themselves, and what is told in confidence is nobody else's."""

COMES = timedelta(minutes=15)
"""So long 「向かいます」 and 「AEDはどこ」 are about the one who is in danger."""

COMES_BACK = timedelta(hours=12)
"""So long whoever is said to have come back may be the one who was violent."""

OF_ONE = frozenset({"asks_words", "asks_long", "asks_state"})
"""Questions that only their writer reads the answer to, where nothing is told beside."""

OF_WHO_WRITES = frozenset({"cannot_call", "voiceless"})
"""News that only who wrote of a danger, or was rung for it, can give of themselves."""


class Dangers:
    """Turns words about a danger into deeds: who wrote of it reads whom to call, and in earnest others are rung."""

    def __init__(
        self, engine: Engine, clock: Clock, triage: Triage, drilling: DrillingDesk, whispering: Whispering
    ) -> None:
        """``drilling`` ends a drill for what is real, ``whispering`` names whom a text is about."""
        self.engine, self.clock, self.triage = engine, clock, triage
        self.drilling, self.whispering = drilling, whispering
        self._on_since = clock.now()

    def first(self, danger: Danger | None, text: str, member: str, written: datetime) -> Deed | None:
        """Give what comes before all else that is awaited of a text; None where it tells of no plain danger, and no news of one.

        ``written`` is when it was: while the bot was off, that may be long ago.
        """
        ears = danger_ears()
        said_of_one = (
            danger is None
            or ears.insists(text)
            or ears.is_coming(text)
            or ears.looks_for(text)
            or ears.waits_for(text)
            or (ears.is_voiceless(text) and not ears.names(text, "violence"))
        )
        news = self._hushes(text, member) or (self._news(text, member) if said_of_one else None)
        beside = news is not None or (danger is not None and danger.plain)
        answered = news is not None and ears.news(text) == "asks_called"
        asked = None if answered else self._asked(text, member, quiet=beside)
        if news is None and (danger is None or not danger.plain):
            news, asked = asked, None
        if danger is None or not (danger.told or danger.real):
            news = news or self._distress(text, member)
        if news is not None:
            return Deed(news, asked or Deed())
        if ears.returns(text) and self._violent_today():
            danger = danger or Danger("violence", plain=True)
            danger = replace(danger, plain=True) if danger.kind == "violence" else danger
        if danger is None:
            return None
        if danger.kind == "own_despair":
            return Deed(self._seen(danger, ""))  # it is for nobody else to read, and not kept
        made_up = self._makes_up(member) and not danger.real
        insisted = (danger.real and self._drill() is not None) or (danger.told and self._took_back(danger, member))
        plain = danger.plain or (insisted and danger.kind not in DESPAIR)
        at_once = plain and not made_up and not self._looks_back(member)
        if at_once and self._came_late(written) and self._drill() is None:
            told = self._seen(danger, text, plain=True, written=written)
            return Deed(told, self._noted(text, member, self._known(member)))
        if not at_once:
            return None
        endangered = self._endangered(danger, text, member)
        return Deed(*self._rung_first(danger), *self._eased(danger, text), endangered, asked or Deed())

    def _rung_first(self, danger: Danger) -> Iterator[RingDanger]:
        """Ring the others at once for what waits to be rung, where more is written of it: who writes on means it, and two are sure."""
        house = self.engine.house
        for one in going_on(house, self.clock.now()) if self._drill() is None else ():
            if one.rings_by_itself and one.danger == danger.kind:
                yield RingDanger(FACILITY, one.turn)

    def _asked(self, text: str, member: str, *, quiet: bool) -> Deed | None:
        """Answer what is asked of a danger that its writer knows of; ``quiet``, where the others are told of the text anyway.

        After a quarter of an hour or an all-clear only what names it, or while no incident goes on that may be meant.
        """
        ears = danger_ears()
        question = ears.question(text) or ("asks_called" if ears.news(text) == "asks_called" else None)
        beside = ears.tells_beside(text)
        if question is None or (question == "asks_doing" and beside) or self._looks_back(member):
            return None
        for one in going_on(self.engine.house, self.clock.now()):
            if self._knows_of(one, member) and self._is_asked_of(one, question, text, member):
                theme, alone = ears.own_words(one.text, one.danger), question in OF_ONE and not beside
                ring = RingDanger(FACILITY, one.turn) if one.rings_by_itself and member != one.member else Deed()
                return Deed(ring, TellOfDanger(FACILITY, one.turn, question, text, quiet or alone, theme))
        return None

    def _is_asked_of(self, one: SeenDanger, question: str, text: str, member: str) -> bool:
        if self.clock.now() - one.at <= COMES and not one.eased:
            return True
        later = question == "asks_state" or (question != "asks_doing" and not one.eased)
        return later and (not self._known(member) or danger_ears().names(text, one.danger))

    def _hushes(self, text: str, member: str) -> Deed | None:
        """Say the truth to whoever wants somebody not told of a danger who was rung for it, or will be."""
        if not danger_ears().hushes(text):
            return None
        now, named = self.clock.now(), {*self.whispering.people_in(text)} - {member}
        here = self.engine.context(now, member)
        for one in going_on(self.engine.house, now):
            soon = (m.id for m in here.roster.present(here.today)) if one.rings_by_itself else ()
            known = tuple(m for m in dict.fromkeys((*one.rung, one.member, *soon)) if m in named)
            if known and self._knows_of(one, member):
                return Deed(Owed(member, DangerKnown(one.turn, known), priority=URGENT))
        return None

    def _knows_of(self, one: SeenDanger, member: str) -> bool:
        """Say whether a member knows of a danger, or may have heard a shout that comes before the phones ring."""
        return one.rings_by_itself or member in {*one.rung, *seen_by(self.engine.house, one)}

    def _violent_today(self) -> bool:
        now = self.clock.now()
        dangers = self.engine.house.dangers.values() if self._drill() is None else ()
        return any(one.danger == "violence" and one.state != "none" and now - one.at <= COMES_BACK for one in dangers)

    def _came_late(self, written: datetime) -> bool:
        """Say whether a text was written while the bot was off, and too long ago to ring for it unasked.

        Of what comes while it is on, an old time says that a clock is wrong, or the line was: it rings.
        """
        return written < self._on_since and self.clock.now() - written >= TOO_LATE

    def _took_back(self, danger: Danger, member: str) -> bool:
        """Say whether somebody tells anew of what they took back just now: then it was no mistake, however few their words."""
        dangers, now = self.engine.house.dangers.values(), self.clock.now()
        own = (one for one in dangers if (one.member, one.danger, one.state) == (member, danger.kind, "none"))
        return any(now - one.at <= COMES for one in own)

    def fresh(self, text: str, member: str) -> SeenDanger | None:
        """Give the newest danger that a member was rung for or wrote of, while whatever they write is likely about it.

        Who was not rung yet knows of none but their own. After an all-clear only what says that it is bad again is about it.
        """
        house, now = self.engine.house, self.clock.now()
        lately = (one for one in going_on(house, now) if now - one.at <= COMES and (one.rung or one.rings_by_itself))
        theirs = (one for one in lately if member in {*one.rung, *seen_by(house, one)})
        return next((one for one in theirs if not one.eased or danger_ears().worsens(text)), None)

    def said_beside(self, one: SeenDanger, text: str, member: str) -> Deed:
        """Pass on what was written beside a danger, as it stands, to all whom it reached; who writes on means it: others are rung first.

        What is bad again after an all-clear is a danger anew.
        """
        if one.eased:
            kind = next(kind for kind in KINDS if kind == one.danger)
            return self._endangered(Danger(kind, plain=True), text, member)
        ring = RingDanger(FACILITY, one.turn) if one.rings_by_itself else Deed()
        return Deed(ring, self._passed_on(TellOfDanger(FACILITY, one.turn, "said", text), member))

    def line(self, danger: Danger, text: str, member: str) -> Deed:
        """Tell whoever wrote it whom to call, and ring nobody; a doubt about what somebody makes up for a drill is none."""
        return Deed() if self._makes_up(member) and not danger.plain else Deed(self._seen(danger, text))

    def corrected(self, text: str, member: str) -> Deed:
        """Hear what somebody wrote anew, unless they were told of a danger just now."""
        danger, last = danger_ears().hear(text), self.engine.house.danger_told.get(member)
        if danger is None or text.startswith("/") or (last is not None and self.clock.now() - last < ANEW):
            return Deed()
        return Deed(self._seen(danger, text, plain=danger.plain))

    def called_off(self, run: Run, member: str) -> Deed:
        """Take back, with a report that was none, the danger in whose name its reporter wrote it."""
        of_it = (d for d in self.engine.house.dangers.values() if (d.member, d.text) == (member, run.text))
        last = max(of_it, key=lambda d: d.turn, default=None)
        return Deed(TakeDangerBack(FACILITY, last.turn)) if last is not None and last.state != "none" else Deed()

    # ── a danger ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _seen(self, danger: Danger, text: str, *, plain: bool = False, written: datetime | None = None) -> SeeDanger:
        drill, ears = self._drill(), danger_ears()
        known = self.engine.house.dangers.values()
        apart = tuple(one.turn for one in known if ears.themes(one.text) != ears.themes(text))
        return SeeDanger(
            FACILITY,
            danger.kind,
            text,
            plain,
            drill.id if drill is not None else "",
            danger.helped,
            apart,
            ears.own_words(text, danger.kind),
            "en" if ears.in_english(text) else "",
            written,
            plain and drill is not None and not self._is_played(drill, danger, text),
        )

    def _endangered(self, danger: Danger, text: str, member: str) -> Deed:
        """Tell whoever wrote whom to call; then take what they wrote to where it belongs, so that it stands in a record."""
        told, drill = self._seen(danger, text, plain=True), self._drill()
        if drill is not None and self._is_real(drill, danger, text, member):
            return Deed(told, lambda: self._real_in(drill))
        runs = self._known(member)
        if drill is not None:
            return Deed(told, Deed() if any(member in run.asking for run in runs) else Deed(Write(drill.id, text)))
        burning = [run for run in runs if _is_a_disaster(run)]
        if danger.kind == "fire" and not burning:
            return Deed(told, Report("", text, ("disaster", "unknown"), sure=True, near=("disaster",)))
        if danger.kind == "fire" and burning[0].state == "reported":
            return Deed(told, Join(burning[0].id, text, ("disaster",)))
        return Deed(told, self._noted(text, member, burning or runs), *([] if runs else self._reported_beside(text)))

    def _reported_beside(self, text: str) -> Iterator[Report]:
        """Open what the same words surely report as well: who swallowed another's drug has to be told of it afterwards, too."""
        likely = self.triage(text)
        if likely.sure and not OF_ITS_OWN & {*likely.near}:
            yield Report("", text, likely.playbooks, sure=True, near=likely.near)

    def _noted(self, text: str, member: str, runs: Sequence[Run]) -> Deed:
        """Keep what was said of a danger in the record of what goes on, where it answers nothing that was asked."""
        run = next((run for run in runs if not run.drill), None)
        return Deed(Write(run.id, text)) if run is not None and member not in run.asking else Deed()

    def _eased(self, danger: Danger, text: str) -> Iterator[TellOfDanger]:
        """Give what the same words say has eased: what is told beside is another danger, and never swallowed by it."""
        if self._drill() is None:
            for one in going_on(self.engine.house, self.clock.now()):
                if one.danger != danger.kind and danger_ears().eased_beside(text, one.danger):
                    yield TellOfDanger(FACILITY, one.turn, "eased", text)

    # ── what became of it ───────────────────────────────────────────────────────────────────────────────────────────

    def _news(self, text: str, member: str) -> Deed | None:
        """Take what somebody tells that became of a danger; of what is practised only that it is real, or none."""
        if self._looks_back(member):
            return None
        house, now, ears = self.engine.house, self.clock.now(), danger_ears()
        if (drill := self._drill()) is not None:
            told = told_in(house, drill.id, now)
            if told is None or told.state not in ("seen", "rung"):
                return None
            asked = member in seen_by(house, told) and member not in drill.asking and now - told.at <= ANEW
            if gate().says_it_is_real(text) or (asked and ears.insists(text)):
                return self._real_in(drill)
            if told.state == "seen":
                return self._withdrawn(told) if told.member == member and ears.takes_back(text, told.danger) else None
        dangers = going_on(house, now)
        if (of_which := self._one_of_several(dangers, text, member)) is not None:
            dangers = of_which
        elif any(ears.news(text, one.danger, own=True) == "eased" for one in dangers):
            return Deed(
                *(Owed(member, DangerAsked(one.turn), priority=AT_ONCE) for one in dangers if one.member == member)
            )
        if (which := self._or_the_report(dangers, text, member)) is not None:
            return which
        for one in dangers:
            if member != one.member and self._knows_of(one, member) and now - one.at <= COMES and ears.is_coming(text):
                ring = RingDanger(FACILITY, one.turn) if one.rings_by_itself else Deed()
                return Deed(ring, TellOfDanger(FACILITY, one.turn, "coming", text))
            if one.rung and member in seen_by(house, one) and now - one.at <= COMES and ears.waits_for(text):
                return self._passed_on(TellOfDanger(FACILITY, one.turn, "waited_for", text), member)
            if one.rung and now - one.at <= COMES and ears.looks_for(text):
                return Deed(TellOfDanger(FACILITY, one.turn, "looked_for", text))
            writers = seen_by(house, one)
            if one.rings_by_itself and writers == {member} and ears.takes_back(text, one.danger):
                return self._withdrawn(one)
            at_hand = member in one.rung and now - one.at <= ANEW and ears.takes_any_back(text)
            own = member in writers or at_hand or ears.names(text, one.danger)
            news = ears.news(text, one.danger, own=own)
            if news in OF_WHO_WRITES and not self._tells_of_self(one, member):
                continue
            if news is not None:
                return self._passed_on(TellOfDanger(FACILITY, one.turn, news, text), member)
        news = ears.news(text) if not dangers else None
        if news is None or news == "asks_called" or news in OF_WHO_WRITES:
            return None  # of nothing that anybody knows of
        return self._passed_on(TellOfDanger(FACILITY, 0, news, text), member)

    def _tells_of_self(self, one: SeenDanger, member: str) -> bool:
        """Say whether it is of a fresh danger that somebody says they can't call, and of no step of theirs."""
        fresh = self._knows_of(one, member) and self.clock.now() - one.at <= COMES
        return fresh and all(run.open_step_of(member) is None for run in self._known(member))

    def _one_of_several(self, dangers: list[SeenDanger], text: str, member: str) -> list[SeenDanger] | None:
        """Give the dangers that a text may be about; None where its writer wrote of several and names not just one of them.

        A word that takes one back must never stop the call for another.
        """
        own = [one for one in dangers if one.member == member]
        named = [one for one in own if danger_ears().names(text, one.danger)]
        if len(own) < 2:
            return dangers
        return named if len(named) == 1 else None

    def _or_the_report(self, dangers: list[SeenDanger], text: str, member: str) -> Deed | None:
        """Ask what a mistake was, where its writer told of a danger and of another matter that nobody has begun yet."""
        own = [one for one in dangers if one.member == member]
        told = {one.text for one in own}
        reports = [
            r for r in self._known(member) if (r.state, r.reporter) == ("reported", member) and r.text not in told
        ]
        if not own or not reports or not danger_ears().takes_any_back(text):
            return None
        asked = (Owed(member, DangerAsked(one.turn), priority=AT_ONCE) for one in own)
        return Deed(
            *asked, *(Owed(member, AskPlaybook(), run.id, key=f"question:{run.id}", priority=NEXT) for run in reports)
        )

    def _withdrawn(self, told: SeenDanger) -> Deed:
        return Deed(taken_back(self.engine, told), Owed(told.member, DangerNewsKept("none"), priority=AT_ONCE))

    def _passed_on(self, news: TellOfDanger, member: str) -> Deed:
        """Pass on what became of a danger; a step that somebody may mean to have done by it is offered beside."""
        runs = [run for run in self._known(member) if not run.drill]
        for run in runs:
            wish = wish_of(news.text, run, self.engine.context(self.clock.now(), member, run.id), Likely())
            meant = run.shown.get(wish.about.get("shown", 0)) if "done" in wish.wants else None
            if meant is not None and run.at_hand(meant).contact == HELP and member not in run.asking:
                return Deed(news, Plead(run.id, news.text, ("done",), {"shown": meant.turn}))
        return Deed(news, self._noted(news.text, member, runs))

    def _distress(self, text: str, member: str) -> Deed | None:
        """Answer whoever writes that they can't go on, and tell whoever leads, without a sound and without the words.

        While a danger is fresh that they wrote of, or something was asked, the words are about that.
        """
        house, now = self.engine.house, self.clock.now()
        runs = self._known(member)
        of_danger = any(member in seen_by(house, one) and now - one.at <= COMES for one in going_on(house, now))
        if not runs or of_danger or any(member in run.asking for run in runs) or member in house.waiting_for:
            return None
        if not danger_ears().is_distress(text) or says(text, "lead_down") or says(text, "drill_ends"):
            return None
        leads = next((run.commander for run in runs if run.commander and run.commander != member), None)
        told = (leads,) if leads is not None else ()
        quiet = (Owed(m, DistressNews(member), priority=AT_ONCE, silent=True) for m in told)
        return Deed(Owed(member, DistressHeard(told), priority=URGENT), *quiet)

    # ── in a drill ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _drill(self) -> Run | None:
        """Give the drill that goes on, if nothing real does."""
        runs = [run for run in self.engine.live_runs() if run.state != "reviewing"]
        return runs[0] if runs and all(run.drill for run in runs) else None

    def _is_real(self, drill: Run, danger: Danger, text: str, member: str) -> bool:
        """Say whether a danger told in a drill is real without a tap: by its words, or because a second person tells of it.

        What only repeats the drill's story isn't, nor is a second one in a drill that is about such a danger.
        """
        if _repeats(drill, text):
            return False
        if danger.real:
            return True
        told = told_in(self.engine.house, drill.id, self.clock.now())
        leads = drill.exercise.facilitator if drill.exercise is not None else ""
        return (
            told is not None
            and (told.danger, told.state, told.plain) == (danger.kind, "seen", True)
            and len({told.member, member} - {leads}) > 1
            and not self._is_played(drill, danger, text)
        )

    def _is_played(self, drill: Run, danger: Danger, text: str) -> bool:
        """Say whether a danger may well be part of a drill: it repeats its story, or that is about such a danger."""
        heard = (danger_ears().hear(words) for words in _played(drill))
        about = any(told is not None and told.kind == danger.kind for told in heard)
        return about or _is_a_disaster(drill) or _repeats(drill, text)

    def _real_in(self, drill: Run) -> Deed:
        told = told_in(self.engine.house, drill.id, self.clock.now())
        return self.drilling.danger_is_real(told) if told is not None else Deed()

    def _makes_up(self, member: str) -> bool:
        """Say whether somebody was asked what is to happen next in a drill."""
        asked = (run.asking.get(member) for run in self.engine.live_runs() if run.drill)
        return any(asking is not None and asking.what == "inject" for asking in asked)

    def _looks_back(self, member: str) -> bool:
        """Say whether somebody was asked to look back at what is over: what they tell then happened before."""
        return any(not run.live and member in run.asking for run in self.engine.runs())

    def _known(self, member: str) -> list[Run]:
        """Give the runs that go on and of which a member may know."""
        known = seen(self.engine.runs(), self.engine.context(self.clock.now(), member), member)
        return [run for run in known if run.live and run.state != "reviewing"]


def _repeats(drill: Run, text: str) -> bool:
    """Say whether a text only repeats what a drill has told its players."""
    said = fold(text)
    return bool(said) and any(said in fold(words) for words in _played(drill))


def _played(drill: Run) -> list[str]:
    """Give what a drill has told its players so far, in each language."""
    exercise = drill.exercise
    if exercise is None:
        return [drill.text]
    story = exercise.scenario
    texts = [story.situation, story.opening, story.title] if story is not None else []
    texts += [inject.text for inject in exercise.injects if exercise.sent(inject.id) is not None]
    own = (happened.text for happened in exercise.happened.values() if happened.text)
    return [drill.text, *own, *(said for text in texts for said in everywhere(text).values())]


def _is_a_disaster(run: Run) -> bool:
    return run.playbook.event == "disaster" if run.playbook else "disaster" in (*run.near, *run.candidates)
