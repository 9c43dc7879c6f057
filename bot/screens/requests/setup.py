"""What buttons ask in the set-up."""

from __future__ import annotations

from typing import Annotated

from bot.screens.requests.request import Request
from contacts.prefectures import REGIONS
from contacts.setup.questions import STEPS

USUAL = "+"
"""Chosen instead of a time: the one that the sessions leave free."""


class GoOn(Request, kept="setup|go", label="setup.button.go"):
    """Begin the set-up, or go on with it."""


class GoThroughAgain(Request, kept="setup|again", label="setup.button.again"):
    """Come back to the questions that were put off."""


class ShowSteps(Request, kept="setup|menu", label="setup.button.menu"):
    """List the steps of the set-up."""


class ShowStep(Request, kept="setup|step|{step}", label="setup.step.{step}"):
    """Show the questions of a step."""

    step: Annotated[str, STEPS]


class ShowRegion(Request, kept="setup|region|{region}"):
    """Show the prefectures of a region."""

    region: Annotated[str, REGIONS]


class OfQuestion(Request):
    """Something about a question of the set-up, by its id."""

    question: str


class AskThis(OfQuestion, kept="setup|ask|{question}"):
    """Ask this question."""


class PutOff(OfQuestion, kept="setup|pass|{question}", label="setup.button.later"):
    """Pass over a question."""


class Choose(OfQuestion, kept="setup|set|{question}|{chosen}"):
    """Answer a question by a tap."""

    chosen: str


class NameIsNew(Request, kept="setup|new|{turn}", label="setup.button.new"):
    """Enter a name that was written as somebody new."""

    turn: int


class SentenceIsAnswer(Request, kept="setup|answer|{turn}", label="setup.button.answer"):
    """Enter what was written, though it reads like a sentence."""

    turn: int


class SentenceIsReport(Request, kept="setup|report|{turn}", label="setup.button.report"):
    """Report what was written for an answer."""

    turn: int
