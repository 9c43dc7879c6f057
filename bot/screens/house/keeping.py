"""How backups are said: the file itself, why there is none, and that the home was restored."""

from __future__ import annotations

from datetime import datetime

from bot.screens.labels import button
from bot.screens.scene import Scene, SceneOf, Screen, rows, shows
from flows.commands.people import ShowAgain
from flows.messages.upkeep import BackupSent, HomeRestored, NoBackupNow
from flows.powers import CHAIN
from flows.retention.due import holdings
from flows.scene.circle import sees
from flows.state.backups import wanting


@shows
def sent(scene: SceneOf[BackupSent]) -> Screen:
    """Say what the file is that goes along (see bot/tending/backing_up.py), and that its key belongs on paper."""
    return Screen(scene.words.say("backup_sent", on_paper=bool(scene.engine.house.backups.key_shown)))


@shows
def none(scene: SceneOf[NoBackupNow]) -> Screen:
    """Say why there is none, that nothing is lost, and what to do."""
    last = _when(scene, scene.message.last)
    why = scene.words.say(f"no_backup.{scene.message.why}")
    return Screen(scene.words.say("no_backup_now", why=why, last=last))


@shows
def restored(scene: SceneOf[HomeRestored]) -> Screen:
    """Say from when on things have to be said again; under it what goes on, for those who see it."""
    running = [run for run in scene.engine.live_runs() if sees(run, scene.context, scene.reader)]
    buttons = [button(scene, ShowAgain(run.id)) for run in running[:3]]
    text = scene.words.say(
        "home_restored",
        made=_when(scene, scene.message.made_at),
        cut=scene.message.cut,
        live=bool(running),
        decides=scene.may(CHAIN),
        kept=bool(holdings(scene.context, scene.reader)),
    )
    return Screen(text, rows(*buttons))


def backup_line(scene: Scene) -> str:
    """Say in a line when the last good backup was made, and what is wrong with it."""
    backups = scene.engine.house.backups
    wrong = wanting(backups, scene.context.roster.facility, scene.context.now)
    made = _when(scene, backups.made_at.isoformat()) if backups.made_at else ""
    why = scene.words.say(f"backup.{wrong.key}") if wrong else ""
    return scene.words.say("backup.state", made=made, fine=wrong is None, why=why)


def _when(scene: Scene, moment: str) -> str:
    return scene.words.day_and_time(datetime.fromisoformat(moment)) if moment else ""
