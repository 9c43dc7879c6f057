"""What buttons ask about people."""

from __future__ import annotations

from typing import Annotated

from bot.invitations import INVITABLE
from bot.screens.requests.request import Request
from playbooks.texts import LANGUAGES


class InviteAs(Request, kept="invite|{role}"):
    """Invite somebody new in a role."""

    role: Annotated[str, INVITABLE]


class InviteAnother(Request, kept="invite|another|{turn}", label="setup.button.another"):
    """Invite somebody whose name is like that of one who is here."""

    turn: int


class SpeakTo(Request, kept="language|{language}"):
    """Speak this language to whoever taps."""

    language: Annotated[str, LANGUAGES]


class ClosePages(Request, kept="page|close", label="button.close_pages"):
    """Let no browser of whoever taps in any more."""


class BoardWithTexts(Request, kept="board|{run}|texts", label="button.board_texts"):
    """Show the board of a run with what people wrote, by another link."""

    run: str


class OfMember(Request):
    """Something about a member."""

    member: str


class ShowPerson(OfMember, kept="person|{member}"):
    """Show what can be done about a member."""


class AskWhetherLost(OfMember, kept="suspend|{member}", label="button.suspend"):
    """Ask whether somebody's phone is to be shut out."""


class SuspendPerson(OfMember, kept="suspend|{member}|yes", label="button.suspend.sure"):
    """Suspend somebody whose phone is lost."""


class InviteAgain(OfMember, kept="again|{member}", label="button.invite_again"):
    """Invite somebody anew."""


class TakeBack(OfMember, kept="invite_back|{member}", label="button.take_back"):
    """Take somebody back who was entered by mistake and hasn't come in yet."""


class AskWhetherLeft(OfMember, kept="left|{member}", label="button.left"):
    """Ask whether somebody has left for good."""


class LetGo(OfMember, kept="left|{member}|yes", label="button.left.sure"):
    """Let somebody go for good."""
