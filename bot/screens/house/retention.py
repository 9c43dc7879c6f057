"""How it is said what is kept of runs that are over, until when, and what removing it comes to."""

from __future__ import annotations

from datetime import date

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.labels import button
from bot.screens.requests.retention import YEARS, AskDisposal, Dispose, KeepYears, ShowKept, ShowRetention
from bot.screens.runs.run import unclassified
from bot.screens.scene import Scene, SceneOf, Screen, rows, shorten, shows
from flows.commands.papers import DisposeEvidence
from flows.messages.upkeep import DisposalAsked, DisposalTold, RetentionIs, RetentionListed, RetentionOf
from flows.powers import CHAIN, may
from flows.retention.due import Holding, holdings, is_quiet
from flows.state.run import Run

LISTED = 8
"""So many runs are listed, those first about which somebody is asked first."""

_KILO = 1024


@shows
def listed(scene: SceneOf[RetentionListed]) -> Screen:
    """List what is kept, what is asked about first."""
    found = holdings(scene.context, scene.reader)
    asked = sum(one.asked_from <= scene.context.today for one in found)
    busy = not is_quiet(scene.context, scene.reader)
    text = scene.words.say(
        "retention", count=len(found), asked=asked, years=scene.context.handbook.retention_years, busy=busy
    )
    said = (Button(_label(scene, one), data_of(ShowKept(one.run.id))) for one in found[:LISTED])
    return Screen(text, rows(*said))


@shows
def one(scene: SceneOf[RetentionOf]) -> Screen:
    """Say what is kept of a run, and what stays provable without it; as long as nothing goes on, it may be decided on."""
    held = _held(scene, scene.message.of)
    if held is None:
        return _nothing(scene, scene.message.of)
    busy = not is_quiet(scene.context, scene.reader)
    facts = {**_facts(scene, held), "changed": scene.message.changed, "busy": busy}
    text = scene.words.say("retention.of", **facts, back=scene.engine.house.backups.restored_at is not None)
    keep = [button(scene, KeepYears(held.run.id, years), years=years) for years in YEARS]
    remove = [button(scene, AskDisposal(held.run.id))] if _may(scene, held) else []
    return Screen(text, (*rows(*keep, width=len(YEARS)), *rows(*remove)))


@shows
def asked(scene: SceneOf[DisposalAsked]) -> Screen:
    """Say once more what would go for ever, and where it stays all the same."""
    held = _held(scene, scene.message.of)
    if held is None:
        return _nothing(scene, scene.message.of)
    if not _may(scene, held):
        return Screen(scene.words.say("refused.retention_busy"))
    now = button(scene, Dispose(held.run.id, held.mark))
    back = button(scene, ShowKept(held.run.id), "button.retention.back")
    return Screen(scene.words.say("retention.ask", **_facts(scene, held)), rows(now, back))


@shows
def kept(scene: SceneOf[RetentionIs]) -> Screen:
    """Say until when it is kept now."""
    return Screen(scene.words.say("retention.kept", until=date.fromisoformat(scene.message.until)))


@shows
def gone(scene: SceneOf[DisposalTold]) -> Screen:
    """Tell those who decide what is being removed, or was, by whom, and where it still is."""
    told = scene.message
    said = {"by": scene.words.who(told.by), "files": told.files, "size": size_of(told.bytes), "texts": told.texts}
    name = _name(scene, scene.run) if scene.run is not None else ""
    rest = {"done": told.done, "shared": told.shared, "gone": told.gone, "backups": told.backups}
    return Screen(scene.words.say("retention.gone", name=name, **said, **rest))


def size_of(size: int) -> str:
    """Say a number of bytes as people do."""
    if size < _KILO * _KILO:
        return f"{-(-size // _KILO)} kB"
    return f"{size / _KILO / _KILO:.1f} MB"


def _held(scene: Scene, run: str) -> Holding | None:
    return next((one for one in holdings(scene.context, scene.reader) if one.run.id == run), None)


def _nothing(scene: Scene, of: str) -> Screen:
    run = scene.engine.run(of)
    return Screen(scene.words.say("retention.live" if run is not None and run.live else "retention.none"))


def _may(scene: Scene, held: Holding) -> bool:
    """Say whether the reader may remove it now: never while anything goes on."""
    return is_quiet(scene.context, scene.reader) and may(
        DisposeEvidence(held.run.id, held.mark), scene.context, held.run
    )


def _facts(scene: Scene, held: Holding) -> dict[str, object]:
    local = scene.context.roster.facility.local
    first, last = (local(at).date() if at is not None else None for at in (held.first, held.last))
    return {
        "name": _name(scene, held.run),
        "files": len(held.files),
        "size": size_of(held.bytes),
        "first": first,
        "last": last,
        "until": held.until,
        "over": held.until is not None and held.until <= scene.context.today,
        "drill": held.run.drill,
    }


def _name(scene: Scene, run: Run) -> str:
    title = run.playbook.title.in_language(scene.words.language) if run.playbook is not None else ""
    day = f" {scene.context.roster.facility.local(run.reported_at):%Y-%m-%d}" if run.reported_at else ""
    banner = scene.words.say("banner.drill") if run.drill else ""
    return f"{banner}{title or unclassified(scene, run, 20)}{day}"


def _label(scene: Scene, held: Holding) -> str:
    return shorten(scene.words.label("button.retention.of", name=_name(scene, held.run), files=len(held.files)), 60)


def to_retention(scene: Scene) -> Button:
    """Give the button that lists what is kept."""
    return button(scene, ShowRetention())


def retention_line(scene: Scene) -> str:
    """Say in a line that nobody has said how long evidence is kept, or that its time is over; empty where neither is so."""
    kept = holdings(scene.context, scene.reader) if scene.may(CHAIN) else []
    asked = sum(one.asked_from <= scene.context.today for one in kept)
    unsaid = any(one.files and one.until is None for one in kept)
    return scene.words.say("retention.state", asked=asked) if asked or unsaid else ""
