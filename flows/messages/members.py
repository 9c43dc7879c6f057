"""What is said of the people of the facility: invited, let in, shut out, away."""

from __future__ import annotations

from dataclasses import dataclass

from flows.messages.message import Message, Plain, secret


@dataclass(frozen=True)
class Welcome(Message):
    """You have come in."""

    role: str = ""


@dataclass(frozen=True)
class Enrolled(Message):
    """Somebody whom you invited has come in."""

    member: str


@dataclass(frozen=True)
class NewPhone(Message):
    """A member came in from a new phone, in place of the one before."""

    member: str


@dataclass(frozen=True)
class PhoneReplaced(Message):
    """This phone is a member's no longer: they came in from another one."""


@dataclass(frozen=True)
class Suspended(Message):
    """Somebody was shut out."""

    member: str


@dataclass(frozen=True)
class TakenBack(Message):
    """Somebody was entered by mistake, and taken back."""

    member: str


@dataclass(frozen=True)
class InvitationMade(Message, name="invited"):
    """An invitation for ``member``; it opens the door once."""

    member: str
    until: str
    code: str = secret()
    link: str | None = secret()


@dataclass(frozen=True)
class PageLink(Message):
    """The link that lets its reader in to the page, once, until a time of day; ``here``: on the bot's own machine alone."""

    until: str
    here: bool
    link: str = secret()


@dataclass(frozen=True)
class NoBoard(Plain):
    """There is nothing to be shown to a room."""


@dataclass(frozen=True)
class PageOff(Plain):
    """The page is not switched on."""


@dataclass(frozen=True)
class PageOpened(Message):
    """Your page was opened in a browser."""


@dataclass(frozen=True)
class PagesClosed(Plain):
    """No browser shows your page any more."""


@dataclass(frozen=True)
class AskInviteRole(Message):
    """In which role is somebody to be invited?"""


@dataclass(frozen=True)
class AskInviteName(Message):
    """Who is to be invited?"""

    role: str
    turn: int = 0


@dataclass(frozen=True)
class AskInviteSame(Message):
    """Is somebody ``called`` so one of those who are here already?"""

    turn: int
    role: str
    called: str


@dataclass(frozen=True)
class PeopleListed(Message, name="people"):
    """Who is registered here."""


@dataclass(frozen=True)
class PersonMenu(Message):
    """What can be done about somebody."""

    member: str


@dataclass(frozen=True)
class Leaving(Message):
    """What is open when somebody leaves."""

    member: str


@dataclass(frozen=True)
class Losing(Message):
    """What shutting out somebody's lost phone means, before it is done."""

    member: str


@dataclass(frozen=True)
class HasLeft(Message):
    """Somebody has left."""

    member: str


@dataclass(frozen=True)
class LanguageChoose(Message, name="language.choose"):
    """Which language do you want to read?"""


@dataclass(frozen=True)
class LanguageSet(Plain, name="language.set"):
    """This is your language now."""


@dataclass(frozen=True)
class CommandsListed(Message, name="help.commands"):
    """What can be asked for."""


@dataclass(frozen=True)
class AbsentOn(Plain, name="absent.on"):
    """You are away now."""


@dataclass(frozen=True)
class AbsentOff(Plain, name="absent.off"):
    """You are back now."""
