"""What buttons ask about the facility's own photos."""

from __future__ import annotations

from bot.screens.requests.request import Request


class AskPhoto(Request, kept="photo|ask|{picture}"):
    """Let me send the facility's own photo of ``picture``; the button is called by what it shows."""

    picture: str


class DropOwnPhoto(Request, kept="photo|drop|{picture}", label="photos.button.drop"):
    """Show our drawing of ``picture`` again."""

    picture: str
