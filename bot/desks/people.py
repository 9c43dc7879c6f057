"""The people's desk: invitations, absences, lost phones and languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.clock import Clock
from bot.desks.desk import Act, Desk, Handler, RequestHandler, there
from bot.invitations import invite, member_with, role_named
from bot.page_links import HOLDS, Site, offer, offer_board
from bot.screens.requests.people import (
    AskWhetherLeft,
    AskWhetherLost,
    BoardWithTexts,
    ClosePages,
    InviteAgain,
    InviteAnother,
    InviteAs,
    LetGo,
    OfMember,
    ShowPerson,
    SpeakTo,
    SuspendPerson,
    TakeBack,
)
from bot.screens.requests.request import Request
from bot.settings import Settings
from contacts.model import Member
from contacts.readiness.deputies import left_open_by
from contacts.registry import members_with_address
from contacts.written.names import alike
from contacts.written.replies import means_myself, means_none
from flows.commands.facility import AskMember, ChangeMember, LeavePage, PutRegistry, RegistryRow, Suspend
from flows.commands.people import Leave, TellPresence
from flows.deeds import Deed
from flows.engine import Engine
from flows.listening.pleas import may_leave
from flows.messages.members import (
    AbsentOff,
    AbsentOn,
    AskInviteRole,
    HasLeft,
    LanguageChoose,
    LanguageSet,
    Leaving,
    Losing,
    NoBoard,
    PageOff,
    PeopleListed,
    PersonMenu,
    Suspended,
    TakenBack,
)
from flows.powers import CHAIN
from flows.record.journal import AT_ONCE, FACILITY, Owed
from flows.refusals import Refused
from flows.scene.circle import delicate

LONGEST_NAME = 60


class PeopleDesk(Desk):
    """Lets people in and keeps what they say about themselves."""

    main = (PeopleListed(), CHAIN)

    def __init__(self, engine: Engine, clock: Clock, settings: Settings) -> None:
        """``settings`` say how long an invitation holds; ``bot_name`` (without @) makes it a link, once it is known.

        ``page`` is where the home's page is, if this process shows one.
        """
        super().__init__(engine, clock)
        self.settings = settings
        self.bot_name: str | None = None
        self.page: Site | None = None

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give the slash commands about people."""
        return {
            "/invite": self._invite_from_line,
            "/people": self._list,
            "/absent": lambda act: self._absence(act, away=True),
            "/back": lambda act: self._absence(act, away=False),
            "/language": self._choose_language,
            "/page": self._offer_page,
            "/board": lambda act: self._offer_board(act, None, texts=False),
        }

    @property
    def requests(self) -> Mapping[type[Request], RequestHandler]:
        """Give what buttons ask about people."""
        return {
            InviteAs: self._ask_name,
            ShowPerson: self._person,
            AskWhetherLost: self._ask_whether_lost,
            SuspendPerson: self._suspend,
            InviteAgain: self._invite_again,
            InviteAnother: self._invite_another,
            SpeakTo: self._set_language,
            AskWhetherLeft: self._ask_whether_left,
            LetGo: self._let_go,
            TakeBack: self._take_back,
            ClosePages: self._close_pages,
            BoardWithTexts: lambda act, asked: self._offer_board(act, asked.run, texts=True),
        }

    @property
    def questions(self) -> Mapping[str, Handler]:
        """Read the name of somebody who is being invited."""
        return {"invite_name": self._named, "invite_same": self._named}

    # ── invitations ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _invite_from_line(self, act: Act) -> Deed:
        self.only(CHAIN, act)
        role_word, name = [*act.text.split(maxsplit=1), "", ""][:2]
        role = role_named(role_word) if role_word else None
        if role and name.strip():
            return self._invite_new(proper_name(name), role)
        return self.show(act.member, AskInviteRole())

    def _ask_name(self, act: Act, asked: InviteAs) -> Deed:
        self.only(CHAIN, act)
        return Deed(AskMember(FACILITY, "invite_name", {"role": asked.role}))

    def _named(self, act: Act) -> Deed:
        return Deed(self._invite_new(proper_name(act.text), str(act.about["role"])), answers=True)

    def _invite_new(self, name: str, role: str) -> Deed:
        """Invite somebody new; one who bears the name of somebody here, or nearly, only once it is said that they are two."""
        if alike(name, (m for m in self.engine.roster().members if m.status != "left")):
            return Deed(AskMember(FACILITY, "invite_same", {"role": role, "called": name}))
        return self.invite(self._new(role, name), role)

    def _invite_another(self, act: Act, tapped: InviteAnother) -> Deed:
        about = self.asked(tapped.turn, act, "invite_same").about
        role = str(about["role"])
        return Deed(self.invite(self._new(role, str(about["called"])), role), answers=True)

    def _invite_again(self, act: Act, asked: InviteAgain) -> Deed:
        known = there(self.engine.roster().member(asked.member))
        return self.invite(known, next(iter(known.roles), "deputy" if "director" in known.stands_in_for else "staff"))

    def invite(self, person: Member, role: str) -> Deed:
        """Make an invitation and show it to whoever asked for it."""
        days = self.settings.invitations.days
        return Deed(invite(self.engine, person, role, now=self.now(), days=days, bot_name=self.bot_name))

    def _new(self, role: str, name: str) -> Member:
        return member_with(role, name, rank=len(self.engine.roster().members))

    # ── the page ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _offer_page(self, act: Act) -> Deed:
        """Show whoever asks the link to their page, where they asked and nowhere else."""
        if self.page is None:
            return self.show(act.member, PageOff())
        order, _ = offer(self.page, self.engine, act.member, self.now(), HOLDS, to=act.heard.address)
        return Deed(order)

    def _offer_board(self, act: Act, run: str | None, *, texts: bool) -> Deed:
        """Show the link to the board of a run, the newest if none is named; older links to it show nothing any more."""
        if self.page is None:
            return self.show(act.member, PageOff())
        context = self.engine.context(self.now(), act.member)
        open_to_all = [one.id for one in self.live_runs(act.member) if not delicate(one, context)]
        wanted = run or next(reversed(open_to_all), None)
        if wanted is None:
            return self.show(act.member, NoBoard())
        to = act.heard.address
        order, _ = offer_board(self.page, self.engine, wanted, self.now(), texts=texts, to=to)
        return Deed(order)

    def _close_pages(self, act: Act, _: ClosePages) -> Deed:
        return Deed(LeavePage(FACILITY, act.member))

    # ── who is here ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _list(self, act: Act) -> Deed:
        self.only(CHAIN, act)
        return self.show(act.member, PeopleListed())

    def _still_here(self, act: Act, asked: OfMember) -> str:
        self.only(CHAIN, act)
        known = there(self.engine.roster().member(asked.member))
        if known.status == "left":
            raise Refused("stale")
        return known.id

    def _person(self, act: Act, asked: ShowPerson) -> Deed:
        return self.show(act.member, PersonMenu(self._still_here(act, asked)))

    def _ask_whether_left(self, act: Act, asked: AskWhetherLeft) -> Deed:
        """Ask before somebody goes for good, since nothing from their phone counts any more then."""
        return self.show(act.member, Leaving(self._still_here(act, asked)))

    def _ask_whether_lost(self, act: Act, asked: AskWhetherLost) -> Deed:
        """Ask before a phone is shut out: it stands beside what is tapped every day."""
        return self.show(act.member, Losing(self._still_here(act, asked)))

    def _suspend(self, act: Act, asked: SuspendPerson) -> Deed:
        """Shut a phone out, tell all who decide, and never leave nobody who does."""
        member, roster = self._still_here(act, asked), self.engine.roster()
        if left_open_by(roster.members, member) == "nobody":
            raise Refused("nobody_decides")
        told = (m.id for m in self.engine.context(self.now(), act.member).chain() if m.id not in (act.member, member))
        return Deed(Suspend(FACILITY, member), *(Owed(m, Suspended(member), priority=AT_ONCE) for m in told))

    def _take_back(self, act: Act, asked: TakeBack) -> Deed:
        """Take somebody back who never came in: a slip of the pen must not stay as a person."""
        member = self._still_here(act, asked)
        if member in members_with_address(self.engine.journal.registry) or member == act.member:
            raise Refused("came_in_already")
        return Deed(self._left(member), self.show(act.member, TakenBack(member)))

    def _let_go(self, act: Act, asked: LetGo) -> Deed:
        member = self._still_here(act, asked)
        return Deed(self._left(member), self.show(act.member, HasLeft(member)))

    def _left(self, member: str) -> PutRegistry:
        before = self.engine.journal.registry("member")[member]
        after = Member.model_validate_json(before).model_copy(update={"status": "left"}).model_dump_json()
        return PutRegistry(FACILITY, (RegistryRow("member", member, after, before),))

    def _absence(self, act: Act, *, away: bool) -> Deed:
        today = self.engine.context(self.now(), act.member).today
        # Coming back today means: away until yesterday, so that the record of the absence stays true.
        fields = {"absent_from": today, "absent_until": today} if away else {"absent_until": today - timedelta(days=1)}
        shown = self.show(act.member, AbsentOn() if away else AbsentOff())
        context = self.engine.context(self.now(), act.member)
        live = self.live_runs(act.member)
        here = [run.id for run in live if may_leave(run, context)]
        # what they have goes to others now, not when they are missed
        leaves = [Leave(run.id) for run in live if away and run.id in here and run.open_step_of(act.member)]
        back = [TellPresence(run.id, "here") for run in live if not away and run.id not in here]
        return Deed(*leaves, ChangeMember(FACILITY, act.member, fields), *back, shown)

    def _choose_language(self, act: Act) -> Deed:
        return self.show(act.member, LanguageChoose())

    def _set_language(self, act: Act, asked: SpeakTo) -> Deed:
        chosen = ChangeMember(FACILITY, act.member, {"language": asked.language})
        return Deed(chosen, self.show(act.member, LanguageSet()))


def proper_name(written: str) -> str:
    """Give a person's name as it is kept; Refused(``bad_name``) where there is none, or far too much."""
    name = " ".join(written.split())
    if not 1 <= len(name) <= LONGEST_NAME or means_none(name) or means_myself(name):
        raise Refused("bad_name")
    return name
