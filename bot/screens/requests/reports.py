"""What buttons ask about documents."""

from __future__ import annotations

from typing import Annotated

from bot.documents.forms.forms import APPROVED_WHOLE
from bot.documents.kinds import Format
from bot.screens.requests.request import Request
from bot.words.free_texts import PARTIES
from flows.events.papers import WITHHELD_FOR
from playbooks.texts import LANGUAGES

PLAN = "bcp"
"""The document of the facility that is approved: its plan for going on."""

IN_CHAT: tuple[Format, ...] = ("pdf", "docx", "html", "xlsx")
"""The forms that are offered in the chat."""


class OfPapers(Request):
    """Something about the documents of a run, or of the facility."""

    run: str


class ShowPapers(OfPapers, kept="report|{run}"):
    """Ask which document is wanted."""


class ShowForms(OfPapers, kept="report|{run}|{kind}"):
    """Ask in which form a document is wanted."""

    kind: str


class TakePaper(OfPapers, kept="report|{run}|{kind}|{form}", label="button.report.{form}"):
    """Hand out a document."""

    kind: str
    form: Annotated[Format, IN_CHAT]


class TakePicture(OfPapers, kept="report|{run}|picture|png", label="button.report.picture"):
    """Hand out the timeline as a picture."""


class ApprovePaper(Request, kept="approve_document|{run}|{kind}|{language}|{digest}", label="button.approve_document"):
    """Approve a form as it was on the screen; ``digest`` is how its own begins."""

    run: str
    kind: Annotated[str, APPROVED_WHOLE | {PLAN}]
    language: Annotated[str, LANGUAGES]
    digest: str


class PlanWasRead(Request, kept="plan_read|{version}", label="button.plan_read"):
    """Say that one has read this version of the plan."""

    version: int


class LookThrough(OfPapers, kept="look|{run}|{after}", label="button.look"):
    """Show what people wrote after a turn that nobody has looked at yet."""

    after: int


class KeepPage(OfPapers, kept="look_page|{run}|{after}|{digest}", label="button.look.page"):
    """Let all on a page go out in which nothing stands out; ``digest`` is how that page's own begins."""

    after: int
    digest: str


class KeepText(OfPapers, kept="look_keep|{run}|{after}|{turn}", label="button.look.keep"):
    """Let the words of one entry go out."""

    after: int
    turn: int


class KeepTextFor(OfPapers, kept="look_keep|{run}|{after}|{turn}|{to}", label="button.look.to.{to}"):
    """Let the words of one entry go to one recipient."""

    after: int
    turn: int
    to: Annotated[str, PARTIES]


class AskWhyWithheld(OfPapers, kept="look_hide|{run}|{after}|{turn}", label="button.look.hide"):
    """Withhold the words of one entry; it is asked why."""

    after: int
    turn: int


class WithholdText(OfPapers, kept="look_hide|{run}|{after}|{turn}|{reason}", label="button.look.{reason}"):
    """Withhold the words of one entry for a reason."""

    after: int
    turn: int
    reason: Annotated[str, WITHHELD_FOR]
