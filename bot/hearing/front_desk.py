"""The front desk: sends each slash command, request and awaited text to the desk that it is for."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeVar

from bot.channels.channel import Heard
from bot.clock import Clock
from bot.desks.contacts import ContactsDesk
from bot.desks.desk import Act, Desk
from bot.desks.drilling import DrillingDesk
from bot.desks.drills import DrillsDesk
from bot.desks.held_back import HeldBackDesk
from bot.desks.likely import Likely
from bot.desks.papers import PapersDesk
from bot.desks.people import PeopleDesk
from bot.desks.readiness import ReadinessDesk
from bot.desks.reports import ReportsDesk
from bot.desks.runs import RunsDesk
from bot.desks.setup import SetupDesk
from bot.desks.tasks import TasksDesk
from bot.desks.upkeep import UpkeepDesk
from bot.desks.workbooks import PhotosDesk, WorkbooksDesk
from bot.privacy.withheld import Withheld
from bot.screens.requests.request import ASKS, Request
from bot.settings import Settings
from flows.deeds import Deed
from flows.engine import Engine
from flows.events.working import Asked
from flows.facility.masking import KNOWN_FOR
from flows.messages.hearing import OldScreen
from flows.messages.members import CommandsListed
from flows.powers import may
from flows.record.journal import AT_ONCE, Owed
from flows.refusals import Refused
from flows.scene.circle import sees

BEGIN = "start"

Key = TypeVar("Key")
Value = TypeVar("Value")


def as_command(text: str) -> str:
    """Give a slash command as it is meant: people type its word in full width, and the first of all without its slash."""
    word = next(iter(text.split(maxsplit=1)), "")
    plain = unicodedata.normalize("NFKC", word).casefold()
    meant = f"/{plain}" if plain == BEGIN and word == text else plain
    return f"{meant}{text[len(word) :]}" if meant.startswith("/") else ""


class FrontDesk:
    """Answers what is asked of the bot itself."""

    def __init__(self, engine: Engine, clock: Clock, settings: Settings) -> None:
        """Open a desk for each topic."""
        self.withheld = Withheld(KNOWN_FOR)
        self.engine = engine
        self.people = PeopleDesk(engine, clock, settings)
        self.runs = RunsDesk(engine, clock)
        self.drilling = DrillingDesk(engine, clock)
        self.workbooks = WorkbooksDesk(engine, clock)
        self.contacts = ContactsDesk(engine, clock)
        topics: tuple[Desk, ...] = (
            self.people,
            self.runs,
            self.drilling,
            self.contacts,
            TasksDesk(engine, clock),
            DrillsDesk(engine, clock),
            UpkeepDesk(engine, clock),
            ReadinessDesk(engine, clock),
            SetupDesk(engine, clock, self.people),
            self.workbooks,
            PhotosDesk(engine, clock),
            ReportsDesk(engine, clock),
            PapersDesk(engine, clock),
        )
        self._questions = _all(*(desk.questions for desk in topics))
        self.desks: tuple[Desk, ...] = (
            *topics,
            HeldBackDesk(engine, clock, self.drilling, self._questions, self.withheld),
        )
        self._commands = _all(*(desk.commands for desk in self.desks))
        self._requests = _all(*(desk.requests for desk in self.desks))
        self._prose = frozenset().union(*(desk.prose for desk in topics))

    def called(self, bot_name: str | None) -> None:
        """Learn the bot's name (without @), once the channel knows it."""
        self.people.bot_name = bot_name

    def command(self, text: str, heard: Heard, member: str) -> Deed:
        """Do what a slash command says; one that nobody knows is answered with what there is."""
        word, rest = [*text.split(maxsplit=1), ""][:2]  # people type full-width spaces, too
        handler = self._commands.get(word.lower())
        if handler is None:
            return self.runs.show(member, CommandsListed())
        return handler(Act(member, heard, text=rest))

    def tapped(self, request: Request, heard: Heard, member: str) -> Deed:
        """Do what a button asks of the bot itself; of a run of which whoever taps isn't to know, there is nothing."""
        if not self._knows(member, getattr(request, "run", "")):
            raise Refused("stale")
        return self._requests[type(request)](Act(member, heard), request)

    def today(self, heard: Heard, member: str) -> Sequence[Owed]:
        """Give today's screen of what an old button was about, and no more: where its run stands, or its desk's main screen.

        Of a run that is the step which waits for whoever tapped, or the board where none does.
        """
        verb, *words = (heard.button or "").split("|")
        run = next((w for w in words if self.engine.run(w) is not None and self._knows(member, w)), None)
        desk = next((d for d in self.desks if verb == ASKS and words and words[0] in d.first_words), None)
        main, power = (desk.main if desk is not None and run is None else None) or (None, None)
        seen = power is None or may(power, self.engine.context(self.runs.now(), member))
        shown = self.runs.show(member, main) if main is not None and seen else self.show_again(member, run)
        screens = [part for part in shown.parts if isinstance(part, Owed)]
        return [Owed(member, OldScreen(), key="old_screen", priority=AT_ONCE), *screens[-1:]]

    def _knows(self, member: str, run_id: str) -> bool:
        run = self.engine.run(run_id)
        return run is None or sees(run, self.engine.context(self.runs.now(), member), member)

    def waits_for(self, member: str) -> bool:
        """Say whether the next text of a member is for a desk."""
        turn = self.engine.house.waiting_for.get(member)
        return turn is not None and self.engine.house.asked[turn].what in self._questions

    def may_tell_of_trouble(self, member: str) -> bool:
        """Say whether an answer that sounds like a report may well be an answer all the same."""
        return self._asked(member).what in self._prose

    def is_answer(self, text: str, heard: Heard, member: str, likely: Likely) -> bool:
        """Say whether a text answers what a desk asked; one that sounds like an incident rather is a report."""
        asked = self._asked(member)
        desk = next(d for d in self.desks if asked.what in d.questions)
        return desk.is_answer(Act(member, heard, text=text, about=asked.about), asked.what, likely)

    def takes_file(self, heard: Heard, member: str) -> bool:
        """Say whether what was sent along is for a desk."""
        return any(desk.takes_file(Act(member, heard)) for desk in self.desks)

    def handed(self, heard: Heard, member: str) -> Deed:
        """Take what was sent along to the desk that it is for."""
        act = Act(member, heard, text=(heard.text or "").strip())
        return next(desk for desk in self.desks if desk.takes_file(act)).handed(act)

    def written(self, text: str, heard: Heard, member: str) -> Deed:
        """Take the answer to a question of ours."""
        asked = self._asked(member)
        return self._questions[asked.what](Act(member, heard, text=text, about=asked.about))

    def _asked(self, member: str) -> Asked:
        return self.engine.house.asked[self.engine.house.waiting_for[member]]

    def show_again(self, member: str, run_id: str | None = None) -> Deed:
        """Send the board and the open step anew."""
        return self.runs.show_again(member, run_id)


def _all(*handlers: Mapping[Key, Value]) -> dict[Key, Value]:
    """Put together what the desks answer to; ValueError where two desks claim the same."""
    found: dict[Key, Value] = {}
    for some in handlers:
        if found.keys() & some.keys():
            raise ValueError(f"two desks answer to {', '.join(map(str, found.keys() & some.keys()))}")
        found |= some
    return found
