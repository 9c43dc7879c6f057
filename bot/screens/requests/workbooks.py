"""What buttons ask about workbooks."""

from __future__ import annotations

from bot.screens.requests.request import Request


class SendTemplate(Request, kept="template", label="setup.button.excel"):
    """Send the empty workbook."""


class ReadWorkbook(Request, kept="workbook|read|{turn}", label="workbook.button.read"):
    """Read a file that came during an incident as a workbook; ``turn`` is that of the question what it is."""

    turn: int


class RegisterWorkbook(Request, kept="workbook|register|{workbook}", label="workbook.button.register"):
    """Make the changes that a workbook proposes."""

    workbook: int


class LeaveWorkbook(Request, kept="workbook|drop|{workbook}", label="workbook.button.drop"):
    """Change nothing."""

    workbook: int
