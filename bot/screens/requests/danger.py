"""What buttons say about a danger."""

from __future__ import annotations

from typing import Literal

from bot.screens.requests.request import Request

DangerAnswer = Literal["ring", "back", "real"]
"""Ring everybody now; it is none; in a drill: it is real."""


class AnswerDanger(Request, kept="danger|{turn}|{answer}", label="button.danger.{answer}"):
    """Say what is to become of the danger that was seen at ``turn``."""

    turn: int
    answer: DangerAnswer
