"""What is said about duties, texts for patients, documents and reports."""

from __future__ import annotations

from dataclasses import dataclass

from flows.messages.message import Message, Plain


@dataclass(frozen=True)
class DutiesListed(Message, name="duties"):
    """What is owed to whom, and until when."""


@dataclass(frozen=True)
class FactsOffered(Message, name="facts"):
    """The facts that change what is owed."""


@dataclass(frozen=True)
class RefusalsOffered(Message, name="refusals"):
    """The reports that may be found not owed."""


@dataclass(frozen=True)
class DutiesDue(Message, name="duty_reminder"):
    """Reports that are due; ``day`` is the local day of the reminder."""

    day: str


@dataclass(frozen=True)
class DutyDone(Message, name="duty_filed"):
    """A report was made."""

    duty: str


@dataclass(frozen=True)
class DutyTakenBack(Message, name="duty_withdrawn"):
    """``by`` says that a report was not made after all; ``receipt`` had been given for it."""

    duty: str
    by: str
    reason: str
    receipt: str


@dataclass(frozen=True)
class DutyHeard(Message, name="duty_heard"):
    """``by`` says in a step that a report was made, and may not file it; ``words`` are the receipt they gave."""

    duty: str
    by: str
    words: str


@dataclass(frozen=True)
class FactsNoted(Message):
    """What you said of the facts was noted; ``known_at`` (ISO 8601) is since when it is known, where you said that."""

    known_at: str = ""


@dataclass(frozen=True)
class ExplanationsOffered(Message, name="explain"):
    """For which patients do you need a text?"""


@dataclass(frozen=True)
class ExplanationShown(Message, name="explanation"):
    """A text for patients, as it reads now."""

    kind: str
    language: str


@dataclass(frozen=True)
class ExplanationReady(Message, name="explanation_approved"):
    """A text for patients was approved."""

    kind: str
    language: str


@dataclass(frozen=True)
class ExplanationNoted(Plain, name="explanation_used"):
    """It was noted that a text was used."""


@dataclass(frozen=True)
class BlackOutOffered(Message):
    """What people wrote, newest first, to be chosen from; ``page`` 0 is what they wrote last."""

    page: int = 0


@dataclass(frozen=True)
class BlackOutAsked(Message):
    """Is what stands at ``turn`` of ``run`` to be forgotten for ever?"""

    run: str
    turn: int


@dataclass(frozen=True)
class BlackedOutTold(Plain):
    """It is forgotten; where it may still be."""


@dataclass(frozen=True)
class DocumentReady(Message, name="document_approved"):
    """A document was approved."""

    kind: str
    language: str


@dataclass(frozen=True)
class PlanReady(Message, name="plan_approved"):
    """The facility's plan was approved; that is its ``version``."""

    version: int


@dataclass(frozen=True)
class PlanIsRead(Plain, name="plan_read"):
    """It was noted that you have read that ``version`` of the plan."""

    version: int


@dataclass(frozen=True)
class ReportSubjects(Message, name="report.of"):
    """Of what do you want a document?"""


@dataclass(frozen=True)
class ReportKinds(Message, name="report.kind"):
    """Which document do you want?"""


@dataclass(frozen=True)
class ReportForms(Message, name="report.form"):
    """In which form do you want it?"""

    kind: str


@dataclass(frozen=True)
class Document(Message, name="report"):
    """A document, made of the journal up to entry ``until``."""

    kind: str
    form: str
    until: int


@dataclass(frozen=True)
class DocumentNotMade(Plain):
    """A file that you asked for could not be made, and is not tried any more."""

    file: str


@dataclass(frozen=True)
class TextsToLookAt(Message, name="look"):
    """What people wrote after turn ``after`` that nobody has looked at yet, a page of it, before it goes to others."""

    after: int = 0


@dataclass(frozen=True)
class TextToKeep(Message, name="look.whom"):
    """To whom may the words at a turn go, of a matter for a few? The page they stood on began after turn ``after``."""

    turn: int
    after: int


@dataclass(frozen=True)
class TextToWithhold(Message, name="look.why"):
    """Why are the words at a turn not to go out? The page they stood on began after turn ``after``."""

    turn: int
    after: int
