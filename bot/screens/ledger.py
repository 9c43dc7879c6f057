"""What the ledger says during a run: of systems that stand still, and of a vendor who is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from markupsafe import Markup

from bot.screens.cards import contact_card, pretended
from bot.screens.scene import Scene, SceneOf, Screen, shorten, shows
from contacts.labels import ANSWERABLE, PLACE, TASK
from contacts.readiness.ledger import in_order, running_contracts, shares_of, systems_of
from contacts.shapes.systems import System
from flows.leading.downtime import allowed_until, stopped_since
from flows.messages.calling import DowntimeNear
from playbooks.model import Step

MOST = 3
"""So many systems stand beside an action, those that may be down for the shortest time; the others behind the button that asks why."""

LONGEST = 90
"""Signs of what was agreed with a vendor that stand beside a call."""


def of_systems(scene: Scene, name: str, *, whole: bool) -> list[Markup]:
    """Say what the ledger holds under a name of :data:`SAYINGS` of the systems that stand still, a few of them or the ``whole``."""
    said = list(SAYINGS[name](scene))
    return said if whole else said[:MOST]


def _services(scene: Scene) -> tuple[str, ...]:
    book = scene.run.playbook if scene.run is not None else None
    return book.stops if book is not None else ()


def _systems(scene: Scene) -> tuple[System, ...]:
    return systems_of(scene.context.roster, _services(scene))


def _hosting(scene: Scene) -> Iterator[Markup]:
    for system in _systems(scene):
        if system.runs is not None:
            place = PLACE[system.runs].in_language(scene.words.language)
            yield scene.words.say("known.hosting", name=system.name, value=place)


def _substitutes(scene: Scene) -> Iterator[Markup]:
    for system in _systems(scene):
        if system.on_paper:
            yield scene.words.say("known.substitutes", name=system.name, value=system.on_paper)


def _downtime(scene: Scene) -> Iterator[Markup]:
    return (said for system in _systems(scene) if (said := downtime_of(scene, system)))


def downtime_of(scene: Scene, system: System, key: str = "known.downtime") -> Markup | None:
    """Say how long a system may stand still, until when that is, and what is done instead; None where nobody wrote it."""
    if system.allowed_downtime is None:
        return None
    since = stopped_since(scene.run) if scene.run is not None else None
    until = allowed_until(since, system) if since else None
    return scene.words.say(
        key,
        name=system.name,
        length=scene.words.length(system.allowed_downtime),
        until=scene.words.clock_time(until, scene.context.today) if until else "",
        instead=system.on_paper or "",
    )


def _backups(scene: Scene) -> Iterator[Markup]:
    for system in _systems(scene):
        if system.backup_place:
            took = scene.words.length(system.restore_minutes) if system.restore_minutes else ""
            tested = system.restore_tested_on.isoformat() if system.restore_tested_on else ""
            yield scene.words.say(
                "known.backups", name=system.name, value=system.backup_place, tested=tested, took=took
            )


def _order(scene: Scene) -> Iterator[Markup]:
    placed = in_order(scene.context.roster, _services(scene))
    if placed:
        yield scene.words.say("known.order", systems=[system.name for system in placed])


SAYINGS: Mapping[str, Callable[[Scene], Iterator[Markup]]] = {
    "hosting": _hosting,
    "substitutes": _substitutes,
    "downtime": _downtime,
    "backups": _backups,
    "order": _order,
}
"""What may be said of systems, by the name that a playbook has for it."""


@shows
def downtime_near(scene: SceneOf[DowntimeNear]) -> Screen:
    """Say whose time is over or nearly so, what is done instead, and whom to ask."""
    roster, message = scene.context.roster, scene.message
    systems = [system for key in (*message.over, *message.near) if (system := roster.system(key)) is not None]
    vendors = {vendor.id: vendor for system in systems if (vendor := roster.vendor_of(system)) is not None}
    cards = [contact_card(scene, vendor) for vendor in vendors.values()]
    said = {system.id: downtime_of(scene, system, "downtime_near.one") or system.name for system in systems}
    text = scene.words.say(
        "downtime_near",
        over=[said[key] for key in message.over if key in said],
        near=[said[key] for key in message.near if key in said],
        contacts=[] if pretended(scene) else [card.text for card in cards[:2]],
    )
    return Screen(text, (), None if pretended(scene) else next((c.native for c in cards if c.native), None))


# ── of a vendor who is called ───────────────────────────────────────────────────────────────────────────────────────


def agreed(scene: Scene, step: Step) -> list[Markup]:
    """Say beside a call what the vendor said they do, what the contract says, and who does what in an emergency."""
    return list(_agreed(scene, step.contact)) if step.contact else []


def _agreed(scene: Scene, reference: str) -> Iterator[Markup]:
    words, roster, language = scene.words, scene.context.roster, scene.words.language
    vendor = next(iter(roster.contacts_for(reference)), None)
    if vendor is None or vendor.kind != "vendor":
        return
    if vendor.emergency_help:
        yield words.say("known.agreed.help", value=shorten(vendor.emergency_help, LONGEST))
    for contract in running_contracts(roster, vendor, scene.context.today):
        for field in ("emergency_clause", "notification"):
            if said := getattr(contract, field):
                yield words.say(f"known.agreed.{field}", name=contract.name, value=shorten(said, LONGEST))
    shares = [
        words.say(
            "known.agreed.share",
            name=system.name,
            task=TASK[share.task].in_language(language),
            who=ANSWERABLE[share.emergency].in_language(language),
            words=shorten(share.emergency_words or "", LONGEST),
        )
        for system, share in shares_of(roster, vendor)
        if share.emergency is not None
    ]
    if shares:
        yield words.say("known.agreed.shares", shares=shares)
