"""The facility's own photos of its cables and boxes: whoever works here may send one, those who keep the registry drop it."""

from __future__ import annotations

from flows.commands.photos import DropPhoto, KeepPhoto, LosePhoto, TakePhoto
from flows.events.photos import PhotoDropped, PhotoKept, PhotoLost, PhotoReceived
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.photos import OwnPhotoDropped, OwnPhotoKept, OwnPhotoLost
from flows.record.journal import AT_ONCE, Owed
from flows.refusals import Refused
from flows.state.house import OwnPhoto


@settles
def take(matter: Matter, command: TakePhoto) -> Settlement:
    """Take a photo in; it counts once its bytes are there."""
    return Settlement([PhotoReceived(command.picture, matter.actor, command.reference)])


@settles
def keep(matter: Matter, command: KeepPhoto) -> Settlement:
    """Show it from now on."""
    photo = _coming(matter, command.of)
    told = Owed(photo.member, OwnPhotoKept(photo.picture), priority=AT_ONCE)
    return Settlement([PhotoKept(command.of, command.sha256)], owed=[told])


@settles
def lose(matter: Matter, command: LosePhoto) -> Settlement:
    """Ask for it once more."""
    photo = _coming(matter, command.of)
    return Settlement([PhotoLost(command.of)], owed=[Owed(photo.member, OwnPhotoLost(photo.picture), priority=AT_ONCE)])


@settles
def drop(matter: Matter, command: DropPhoto) -> Settlement:
    """Show the drawing again."""
    if command.picture not in matter.house.photos:
        raise Refused("stale")
    told = Owed(matter.actor, OwnPhotoDropped(command.picture), priority=AT_ONCE)
    return Settlement([PhotoDropped(command.picture)], owed=[told])


def _coming(matter: Matter, of: int) -> OwnPhoto:
    photo = matter.house.photos_coming.get(of)
    if photo is None:
        raise Refused("stale")
    return photo
