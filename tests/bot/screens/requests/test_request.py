"""What a button asks of the bot itself: each request has a desk, a label and few enough bytes, and comes back as it went."""

from __future__ import annotations

from typing import get_type_hints

import pytest

from bot.hearing.front_desk import FrontDesk
from bot.screens.buttons import VERBS, data_of
from bot.screens.requests import (
    contacts,
    drilling,
    drills,
    people,
    photos,
    privacy,
    reports,
    retention,
    runs,
    setup,
    tasks,
)
from bot.screens.requests.request import ASKS, REQUESTS, Request, request_of
from bot.words.words import phrases
from playbooks.texts import LANGUAGES, Language
from tests.clinic import Clinic
from tests.requests import EVERY, every

CALLED_BY_WHAT_THEY_SHOW: dict[type[Request], str] = {
    people.InviteAs: "the role",
    people.SpeakTo: "the language in itself",
    people.ShowPerson: "the person",
    contacts.ShowKind: "the kind",
    contacts.ShowSituation: "the playbook",
    contacts.ShowVendor: "the system",
    contacts.AskNumberAt: "which of the numbers",
    contacts.ShowContract: "the contract",
    tasks.ShowTask: "the task",
    tasks.HandTaskOn: "the person",
    setup.ShowRegion: "the region",
    setup.AskThis: "what is asked for",
    setup.Choose: "what is chosen",
    reports.ShowPapers: "the run",
    reports.ShowForms: "the document",
    privacy.PickWords: "the words",
    retention.ShowKept: "the run",
    runs.CommandIn: "the run",
    runs.ShowRun: "the run",
    runs.FileUnder: "the run",
    photos.AskPhoto: "what it shows",
    drilling.HoldKind: "the kind",
    drilling.HoldScenario: "the scenario",
    drilling.GiveImprovement: "the person",
    drilling.ShowVendorThere: "the vendor",
    drills.ShowDrill: "the drill",
    drills.TakeScenario: "the scenario",
    drills.AddDrill: "the kind",
    drills.InviteThem: "the vendor",
    drills.ShowCadence: "the kind",
}
"""Requests without a phrase of their own, and what stands on their buttons."""


@pytest.mark.parametrize("asked", REQUESTS)
def test_every_request_comes_back_as_it_went(asked: type[Request]) -> None:
    """Written into at most 64 bytes and read back it is the same, so no two requests are ever taken for one another."""
    assert list(every(asked))
    assert [made for made in every(asked) if request_of(data_of(made)) != made] == []


def test_every_request_has_a_desk(clinic: Clinic) -> None:
    """What a button may ask is answered by one desk, and a desk answers to nothing that no button asks."""
    desks = FrontDesk(clinic.engine, clinic.clock, clinic.home.settings).desks

    assert {request for desk in desks for request in desk.requests} == set(REQUESTS)


def test_every_desk_takes_the_request_that_it_registers(clinic: Clinic) -> None:
    """A handler says of what type its request is; it stands under that type, or under one that is this, too."""
    desks = FrontDesk(clinic.engine, clinic.clock, clinic.home.settings).desks
    registered = [(request, handler) for desk in desks for request, handler in desk.requests.items()]
    typed = [(request, list(hints.values())[1]) for request, h in registered if (hints := get_type_hints(h))]

    assert len(typed) > len(registered) / 2
    assert [(request, wanted) for request, wanted in typed if not issubclass(request, wanted)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_request_has_a_label(language: Language) -> None:
    """In each language, but for those that are called by what they show."""
    assert {type(made) for made in EVERY if not made.label} == set(CALLED_BY_WHAT_THEY_SHOW)
    assert sorted({made.phrase for made in EVERY if made.label} - phrases(language).keys()) == []


def test_no_command_is_taken_for_a_request() -> None:
    """Their first word is no command's verb."""
    assert ASKS not in VERBS
    assert request_of("ack|incident-1") is None


@pytest.mark.parametrize(
    "data",
    [
        "menu",
        "menu|",
        "menu|language",
        "menu|language|xx",
        "menu|language|en|more",
        "menu|task|seven",
        "menu|task|²",
        "menu|task|07",
        "menu|task_later|7|tomorrow",
        "menu|settle|x|y|z",
        "menu|wrong|v|3",
        "menu|nothing",
        "|",
        "",
    ],
)
async def test_what_was_never_offered_is_refused(clinic: Clinic, data: str) -> None:
    """Made-up data asks for nothing, and is no mistake of ours either: the tap is refused politely."""
    assert request_of(data) is None
    assert "もう終わっています" in await clinic.does("director", button=data)
