"""How the facility's own photos of its cables and boxes are asked for and shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.labels import button
from bot.screens.requests.photos import AskPhoto, DropOwnPhoto
from bot.screens.requests.setup import GoOn
from bot.screens.scene import Scene, SceneOf, Screen, rows, shows
from flows.commands.people import DropQuestion
from flows.commands.photos import DropPhoto
from flows.commands.setting_up import BeginSetup
from flows.messages.photos import AskOwnPhoto, OwnPhotoDropped, OwnPhotoKept, OwnPhotoLost, PhotosOffered
from flows.record.journal import FACILITY
from playbooks.pictures import drawing, pictures


def _title(scene: Scene, picture: str) -> str:
    return pictures()[picture].title.in_language(scene.words.language) if picture in pictures() else picture


@shows
def offered(scene: SceneOf[PhotosOffered]) -> Screen:
    """List the things, those with a photo marked."""
    return Screen(scene.words.say("photos.offered"), rows(*photo_buttons(scene, pictures())))


def photo_buttons(scene: Scene, names: Iterable[str]) -> Iterator[Button]:
    """Give a button for each thing of which a photo may be sent, those with one marked."""
    for name in names:
        mark = f"{scene.words.label('mark.done')} " if name in scene.engine.house.photos else ""
        yield Button(mark + _title(scene, name), data_of(AskPhoto(name)))


@shows
def asked(scene: SceneOf[AskOwnPhoto]) -> Screen:
    """Ask for one photo, beside what it looks like in our drawing; a photo that is there may be dropped."""
    name = scene.message.picture
    drop = name in scene.engine.house.photos and scene.may(DropPhoto(FACILITY, name))
    return Screen(
        scene.words.say("photos.ask", title=_title(scene, name)),
        rows(button(scene, DropOwnPhoto(name)) if drop else None, button(scene, DropQuestion(FACILITY))),
        picture=(lambda: (f"{name}.png", drawing(name))) if name in pictures() else None,
    )


@shows
def kept(scene: SceneOf[OwnPhotoKept]) -> Screen:
    """Say what it will be shown for, and show it."""
    own = scene.engine.house.photos.get(scene.message.picture)
    text = scene.words.say("photos.kept", title=_title(scene, scene.message.picture))
    house = scene.engine.house
    in_setup = house.in_setup and "photos" not in house.setup_passed and scene.may(BeginSetup(FACILITY))
    return Screen(text, rows(button(scene, GoOn()) if in_setup else None), photo=own.sha256 if own else None)


@shows
def lost_or_dropped(scene: SceneOf[OwnPhotoLost | OwnPhotoDropped]) -> Screen:
    """Say that it has to be sent again, or that the drawing is back."""
    key = "photos.lost" if isinstance(scene.message, OwnPhotoLost) else "photos.dropped"
    return Screen(scene.words.say(key, title=_title(scene, scene.message.picture)))
