"""What is said of the people of the facility: invited, let in, shut out, away."""

from __future__ import annotations

from flows.messages.message import Message, Plain, secret
from playbooks.frozen import frozen


@frozen
class Welcome(Message):
    """You have come in."""

    role: str = ""


@frozen
class Enrolled(Message):
    """Somebody whom you invited has come in."""

    member: str


@frozen
class NewPhone(Message):
    """A member came in from a new phone, in place of the one before."""

    member: str


@frozen
class PhoneReplaced(Message):
    """This phone is a member's no longer: they came in from another one."""


@frozen
class Suspended(Message):
    """Somebody was shut out."""

    member: str


@frozen
class TakenBack(Message):
    """Somebody was entered by mistake, and taken back."""

    member: str


@frozen
class InvitationMade(Message, name="invited"):
    """An invitation for ``member``; it opens the door once."""

    member: str
    until: str
    code: str = secret()
    link: str | None = secret()


@frozen
class PageLink(Message):
    """The link that lets its reader in to the page, once, until a time of day; ``here``: on the bot's own machine alone."""

    until: str
    here: bool
    link: str = secret()


@frozen
class NoBoard(Plain):
    """There is nothing to be shown to a room."""


@frozen
class PageOff(Plain):
    """The page is not switched on."""


@frozen
class PageOpened(Message):
    """Your page was opened in a browser."""


@frozen
class PagesClosed(Plain):
    """No browser shows your page any more."""


@frozen
class AskInviteRole(Message):
    """In which role is somebody to be invited?"""


@frozen
class AskInviteName(Message):
    """Who is to be invited?"""

    role: str
    turn: int = 0


@frozen
class AskInviteSame(Message):
    """Is somebody ``called`` so one of those who are here already?"""

    turn: int
    role: str
    called: str


@frozen
class PeopleListed(Message, name="people"):
    """Who is registered here."""


@frozen
class PersonMenu(Message):
    """What can be done about somebody."""

    member: str


@frozen
class Leaving(Message):
    """What is open when somebody leaves."""

    member: str


@frozen
class Losing(Message):
    """What shutting out somebody's lost phone means, before it is done."""

    member: str


@frozen
class HasLeft(Message):
    """Somebody has left."""

    member: str


@frozen
class LanguageChoose(Message, name="language.choose"):
    """Which language do you want to read?"""


@frozen
class LanguageSet(Plain, name="language.set"):
    """This is your language now."""


@frozen
class CommandsListed(Message, name="help.commands"):
    """What can be asked for."""


@frozen
class AbsentOn(Plain, name="absent.on"):
    """You are away now."""


@frozen
class AbsentOff(Plain, name="absent.off"):
    """You are back now."""
