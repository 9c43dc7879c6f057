"""What somebody says in a run in words that have one meaning where they stand, and is done or answered at once."""

from __future__ import annotations

from bot.clock import Clock
from bot.hearing.answering import Answering
from bot.hearing.front_desk import FrontDesk
from bot.hearing.in_run.leading import lead_handed_to, lead_meant, place_said
from bot.hearing.in_run.listening import open_line_for
from flows.commands.people import Claim, Close, HandCommand, Leave, Plead, SettleLine, TakeCommand, TellPresence, Write
from flows.deeds import Deed
from flows.engine import Engine
from flows.listening.pleas import ORDER
from flows.messages.calling import AskPlaybook, CommandIs, LeadOffered, WhereNow
from flows.messages.ending import CloseRefused
from flows.messages.notes import HowFar
from flows.messages.reporting import DutiesListed
from flows.powers import may
from flows.record.journal import AT_ONCE, Owed
from flows.response.asking import is_correction
from flows.response.audience import where_key
from flows.response.closing import obstacles
from flows.scene.circle import delicate
from flows.scene.hands import offered_to
from flows.scene.passing import may_be_handed, seeking
from flows.scene.presence import LEFT, where_is
from flows.state.run import TAKE_LEAD, Run
from flows.state.work import Context
from playbooks.wants.hearing import heard_in
from playbooks.wants.names import names_the_lead, says


class Plainly:
    """Does what plain words come to: of the lead, of where somebody is, of how it stands, of its end."""

    def __init__(self, engine: Engine, clock: Clock, desk: FrontDesk, answering: Answering) -> None:
        """``desk`` shows the board, ``answering`` what needs nobody else."""
        self.engine, self.clock, self.desk, self.answering = engine, clock, desk, answering

    def where_said(self, run: Run, text: str) -> Deed:
        """Believe where whoever can't lead says that they are, so that nothing for hands in the house goes to them."""
        said = place_said(text, self.engine.roster().facility.local(self.clock.now()))
        if said is None:
            return Deed()
        if said.where == LEFT:
            return Deed(Leave(run.id), or_else=lambda _: Deed())
        return Deed(TellPresence(run.id, said.where, said.until, lasting=said.lasting), or_else=lambda _: Deed())

    def hear(self, said: str, run: Run, text: str, member: str, *, free: bool) -> Deed | None:
        """Do what somebody says in words that have one meaning where they stand; None where it means nothing there."""
        context, shown = self.engine.context(self.clock.now(), member, run.id), run.open_step_of(member)
        if free and (known := self.answering.in_run(run, text, member, context)) is not None:
            return known
        if says(text, "deadlines") and run.state != "reported":
            return Deed(Owed(member, DutiesListed(), run.id, priority=AT_ONCE))
        closes = run.commander == member or may(Close(run.id), context, run)
        # whoever has a step before them, and may end nothing, may mean that one
        ends = says(text, "asks_close") or (free and says(text, "ends_here") and (closes or shown is None))
        if ends and run.playbook is not None and run.state != "reviewing":
            return self._ending_meant(run, text, member, context)
        if says(text, "how_far") and run.playbook is not None:
            return Deed(Owed(member, HowFar(), run.id, priority=AT_ONCE), Write(run.id, text, answered=True))
        if says(text, "asks_resume") and closes:
            return Deed(self.desk.show_again(member, run.id), Write(run.id, text, answered=True))
        if said == "status" and run.state != "reported":
            return self.desk.show_again(member, run.id)
        leads = run.state == "reported" and (says(text, "take_on") or TAKE_LEAD in heard_in(text))
        if (said == "status" or leads) and not delicate(run, context):
            # Before it is opened, there is nothing to lead: what was reported, and that somebody has to say what it is.
            asked = Owed(member, AskPlaybook(again=True), run.id, key=f"question:{run.id}", priority=AT_ONCE)
            return Deed(asked, Write(run.id, text, answered=True))
        written = Write(run.id, text, answered=True)
        where = where_is(run, context, member)
        back = says(text, "still_here") and (where in ("away", LEFT) or member in run.arrivals)
        if back or (says(text, "arrived") and where != "here"):
            heard_so = Owed(member, WhereNow(), run.id, key=where_key(run.id), priority=AT_ONCE)
            return Deed(TellPresence(run.id, "here"), heard_so, written)
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
        """Say what is still open to whoever wants to end it, and bring the button to whoever may: nothing ends by words."""
        left, leads = obstacles(run, context), run.commander
        asks = leads not in (None, member) and not may(Close(run.id), context, run)
        to_leader = Plead(run.id, text, (ORDER,), {"for": [leads], "ends": True})
        written = to_leader if asks else Write(run.id, text, answered=True)
        if left:
            found = CloseRefused(tuple(vars(one) for one in left))
            return Deed(Owed(member, found, run.id, priority=AT_ONCE), written)
        return Deed(self.desk.show_again(member, run.id), written)

    def _lead_said(self, run: Run, text: str, context: Context, *, free: bool) -> Deed | None:
        """Do what words about doing it oneself come to, told once to whoever writes; None where they are of something else."""
        member, written = context.actor, Write(run.id, text, answered=True)
        match lead_meant(text, run, context, free=free, offered=offered_to(run, context, member)):
            case "takes":
                return Deed(TakeCommand(run.id), written)
            case "keeps":
                asked = (Owed(m, CommandIs(member), run.id, priority=AT_ONCE) for m in run.handed_to)
                return Deed(TakeCommand(run.id), *asked, written)
            case "offered":
                return Deed(Owed(member, LeadOffered(), run.id, priority=AT_ONCE), written)
            case "seeks":
                return Deed(Plead(run.id, text, (TAKE_LEAD,)))
            case "what_now":
                return Deed(Plead(run.id, text, ("what_now",)))
            case None:
                return None

    def lead_handed_to(self, text: str, run: Run, member: str, awaited: str) -> str | None:
        """Name who is to lead in the place of whoever writes; None where words may be the answer that is awaited, or mean else."""
        if not run.live or run.playbook is None or is_correction(text) or (awaited and not names_the_lead(text)):
            return None
        context = self.engine.context(self.clock.now(), member, run.id)
        to = lead_handed_to(text, run, context, heard_in(text))
        alone = not any(may_be_handed(run, context, m.id) for m in context.roster.active() if m.id != member)
        return None if alone else to
