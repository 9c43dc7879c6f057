"""What patients were told: which text the director approved, and where it was used."""

from __future__ import annotations

from flows.events.event import RunEvent
from playbooks.frozen import frozen


@frozen
class ExplanationApproved(RunEvent):
    """The director stands behind this very ``text`` (``kind``: poster, phone, web or letter) in this language."""

    kind: str
    language: str
    text: str


@frozen
class ExplanationUsed(RunEvent):
    """An approved text was used; ``about`` says who was told, where, how many, in people's own words."""

    kind: str
    language: str
    about: str


@frozen
class WhereToAskSaid(RunEvent):
    """Patients may call this ``telephone`` about the matter; it was missing in the text of ``kind`` in ``language``."""

    telephone: str
    kind: str
    language: str
