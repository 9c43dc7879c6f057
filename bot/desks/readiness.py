"""The readiness desk: how ready we are, what to do next, and the contact chart."""

from __future__ import annotations

from collections.abc import Mapping

from bot.desks.desk import Act, Desk, Handler, RequestHandler, there
from bot.screens.house.due import mark_of
from bot.screens.requests.request import Request
from bot.screens.requests.upkeep import ShowItem, ShowReadiness
from contacts.readiness.freshness import reminders
from contacts.readiness.requirements import Item, items
from flows.deeds import Deed
from flows.messages.members import AskInviteRole, PeopleListed
from flows.messages.message import Message
from flows.messages.upkeep import (
    ChartShown,
    MatterSettled,
    MatterShown,
    ReadinessAll,
    ReadinessItem,
    ReadinessNotYours,
    ReadinessShown,
)
from flows.powers import KEEPERS, may

TOPICS: Mapping[str, str] = {
    "deputy:director": "deputy_missing:director",
    "deputy:safety_manager": "deputy_missing:safety_manager",
    "numbers_fresh": "contact_unverified",
    "vendor_emergency": "vendor_questionnaire",
    "vendor_asked": "vendor_questionnaire",
    "restore_test": "restore_test",
    "equipment_checked": "equipment",
}
"""The matters of upkeep that settle an item, by its id: the beginning of their subjects."""

SCREENS: Mapping[str, Message] = {"reachable": PeopleListed(), "safety_manager": AskInviteRole()}
"""The screens on which the rest of an item is done, by its id; what has neither is entered on a sheet."""


class ReadinessDesk(Desk):
    """Shows the figure to those who keep the registry, and the contact chart to everybody."""

    main = (ReadinessShown(), KEEPERS)

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give the slash commands about readiness."""
        return {"/readiness": self._figure, "/chart": lambda act: self.show(act.member, ChartShown())}

    @property
    def requests(self) -> Mapping[type[Request], RequestHandler]:
        """Give what buttons ask about readiness."""
        return {ShowReadiness: self._all, ShowItem: self._item}

    def _theirs(self, act: Act) -> bool:
        return may(KEEPERS, self.engine.context(self.now(), act.member))

    def _figure(self, act: Act) -> Deed:
        return self.show(act.member, ReadinessShown() if self._theirs(act) else ReadinessNotYours())

    def _all(self, act: Act, asked: ShowReadiness) -> Deed:
        return self.show(act.member, ReadinessAll() if self._theirs(act) else ReadinessNotYours())

    def _item(self, act: Act, asked: ShowItem) -> Deed:
        if not self._theirs(act):
            return self.show(act.member, ReadinessNotYours())
        roster, today = self.engine.roster(), self.engine.context(self.now(), act.member).today
        item = there(next((i for i in items(roster, today) if i.id == asked.item), None))
        if item.complete:
            return self.show(act.member, MatterSettled())
        return self._lead(act, item)

    def _lead(self, act: Act, item: Item) -> Deed:
        roster, today = self.engine.roster(), self.engine.context(self.now(), act.member).today
        topic = TOPICS.get(item.id)
        due = next((r for r in reminders(roster, today) if topic and f"{r.subject}:".startswith(f"{topic}:")), None)
        if due is not None:
            return self.show(act.member, MatterShown(mark_of(due.subject)))
        if item.id in SCREENS:
            return self.show(act.member, SCREENS[item.id])
        return self.show(act.member, ReadinessItem(item.id))
