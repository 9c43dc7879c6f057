"""What is said about duties, texts for patients, documents and reports."""

from __future__ import annotations

from flows.messages.message import Message, Plain
from playbooks.frozen import frozen


@frozen
class DutiesListed(Message, name="duties"):
    """What is owed to whom, and until when."""


@frozen
class FactsOffered(Message, name="facts"):
    """The facts that change what is owed."""


@frozen
class RefusalsOffered(Message, name="refusals"):
    """The reports that may be found not owed."""


@frozen
class DutiesDue(Message, name="duty_reminder"):
    """Reports that are due; ``day`` is the local day of the reminder."""

    day: str


@frozen
class DutyDone(Message, name="duty_filed"):
    """A report was made."""

    duty: str


@frozen
class DutyTakenBack(Message, name="duty_withdrawn"):
    """``by`` says that a report was not made after all; ``receipt`` had been given for it."""

    duty: str
    by: str
    reason: str
    receipt: str


@frozen
class DutyHeard(Message, name="duty_heard"):
    """``by`` says in a step that a report was made, and may not file it; ``words`` are the receipt they gave."""

    duty: str
    by: str
    words: str


@frozen
class FactsNoted(Message):
    """What you said of the facts was noted; ``known_at`` (ISO 8601) is since when it is known, where you said that."""

    known_at: str = ""


@frozen
class ExplanationsOffered(Message, name="explain"):
    """For which patients do you need a text?"""


@frozen
class ExplanationShown(Message, name="explanation"):
    """A text for patients, as it reads now."""

    kind: str
    language: str


@frozen
class ExplanationReady(Message, name="explanation_approved"):
    """A text for patients was approved."""

    kind: str
    language: str


@frozen
class ExplanationNoted(Plain, name="explanation_used"):
    """It was noted that a text was used."""


@frozen
class BlackOutOffered(Message):
    """What people wrote, newest first, to be chosen from; ``page`` 0 is what they wrote last."""

    page: int = 0


@frozen
class BlackOutAsked(Message):
    """Is what stands at ``turn`` of ``run`` to be forgotten for ever?"""

    run: str
    turn: int


@frozen
class BlackedOutTold(Plain):
    """It is forgotten; where it may still be."""


@frozen
class DocumentReady(Message, name="document_approved"):
    """A document was approved."""

    kind: str
    language: str


@frozen
class PlanReady(Message, name="plan_approved"):
    """The facility's plan was approved; that is its ``version``."""

    version: int


@frozen
class PlanIsRead(Plain, name="plan_read"):
    """It was noted that you have read that ``version`` of the plan."""

    version: int


@frozen
class ReportSubjects(Message, name="report.of"):
    """Of what do you want a document?"""


@frozen
class ReportKinds(Message, name="report.kind"):
    """Which document do you want?"""


@frozen
class ReportForms(Message, name="report.form"):
    """In which form do you want it?"""

    kind: str


@frozen
class Document(Message, name="report"):
    """A document, made of the journal up to entry ``until``."""

    kind: str
    form: str
    until: int


@frozen
class DocumentNotMade(Plain):
    """A file that you asked for could not be made, and is not tried any more."""

    file: str


@frozen
class TextsToLookAt(Message, name="look"):
    """What people wrote after turn ``after`` that nobody has looked at yet, a page of it, before it goes to others."""

    after: int = 0


@frozen
class TextToKeep(Message, name="look.whom"):
    """To whom may the words at a turn go, of a matter for a few? The page they stood on began after turn ``after``."""

    turn: int
    after: int


@frozen
class TextToWithhold(Message, name="look.why"):
    """Why are the words at a turn not to go out? The page they stood on began after turn ``after``."""

    turn: int
    after: int
