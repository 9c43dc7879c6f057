"""What is said about the facility's own photos of its cables and boxes."""

from __future__ import annotations

from flows.messages.message import Message
from playbooks.frozen import frozen


@frozen
class PhotosOffered(Message):
    """The things of which the facility may have a photo of its own."""


@frozen
class AskOwnPhoto(Message):
    """Send a photo of ``picture``; ``turn`` is that of the question."""

    picture: str
    turn: int = 0


@frozen
class OwnPhotoKept(Message):
    """This photo of ``picture`` is shown from now on."""

    picture: str


@frozen
class OwnPhotoLost(Message):
    """The photo of ``picture`` did not arrive; send it again."""

    picture: str


@frozen
class OwnPhotoDropped(Message):
    """Our drawing of ``picture`` is shown again."""

    picture: str
