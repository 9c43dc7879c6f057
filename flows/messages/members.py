"""What is said of the people of the facility: invited, let in, shut out."""

from __future__ import annotations

from dataclasses import dataclass

from flows.messages.message import Message, secret


@dataclass(frozen=True)
class Invited(Message):
    """Here is the invitation that you asked for; whoever has its code comes in as ``member``."""

    member: str
    until: str
    code: str = secret()
    link: str | None = secret()
