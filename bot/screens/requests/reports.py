"""What buttons ask about documents."""

from __future__ import annotations

from typing import Annotated

from bot.documents.forms.forms import APPROVED_WHOLE
from bot.documents.kinds import Format
from bot.screens.requests.request import Request
from playbooks.texts import LANGUAGES

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
    kind: Annotated[str, APPROVED_WHOLE]
    language: Annotated[str, LANGUAGES]
    digest: str
