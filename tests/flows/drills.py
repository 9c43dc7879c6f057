"""A small drill library for the tests: a tabletop with three injects, a quiz, and a drill for one person."""

from __future__ import annotations

from datetime import timedelta

from flows.commands.drilling import BeginExercise
from flows.commands.people import Close, SignOff, SkipQuestion
from flows.state.exercise import Exercise
from playbooks.drills.shape import DrillKind, DrillLibrary, Inject, Measure, Objective, Question, Scenario
from playbooks.texts import Text
from tests.flows.clinic import TAKAHASHI, TROUBLE, Clinic, playbook_of


def both(text: str) -> Text:
    """Say the same in both languages."""
    return Text(ja=text, en=text)


def _inject(name: str, to: str = "everybody", **when: object) -> Inject:
    told = {
        "sender": both("患者さん"),
        "how": "in_person",
        "text": both(f"出来事 {name}"),
        "expects": both("落ち着いて答える"),
    }
    return Inject.model_validate({"id": name, "to": to, **told, **when})


def _question(name: str) -> Question:
    return Question(
        id=name,
        ask=both(f"問い {name}"),
        options={"a": both("はい"), "b": both("いいえ")},
        right="a",
        because=both("だから"),
    )


SCENARIO = Scenario(
    id="story",
    title=both("お話"),
    playbook="trouble",
    minutes=45,
    situation=both("雨の朝です"),
    opening=both("画面が英語です"),
    objectives=(
        Objective(id="cut", text=both("線を抜ける"), measure="lan_out"),
        Objective(id="calm", text=both("落ち着いている")),
    ),
    injects=(
        _inject("visitor", at=2),
        _inject("fire", "pharmacist", at=4),
        _inject("photo", "nurse", after="containment/picture", delay=3),
    ),
    source="own",
)
OTHER = SCENARIO.model_copy(update={"id": "another", "injects": ()})


def kind(name: str, **fields: object) -> DrillKind:
    """Make a kind of drill."""
    base = {
        "id": name,
        "title": both(name),
        "purpose": both("確かめる"),
        "minutes": 45,
        "slot": "marked",
        "every_months": 12,
    }
    return DrillKind.model_validate({**base, "everybody": True, "owner": "safety_manager", "source": "own", **fields})


LIBRARY = DrillLibrary(
    kinds={
        "tabletop": kind("tabletop", scenarios=True),
        "quiz": kind("quiz", minutes=3, slot="session", questions=tuple(map(_question, ("q1", "q2", "q3", "q4")))),
        "check": kind("check", playbook="trouble", everybody=False, owner="nurse"),
    },
    scenarios={"story": SCENARIO, "another": OTHER},
    measures={
        "lan_out": Measure(
            id="lan_out", title=both("線を抜くまで"), target_minutes=5, reached_by=("containment/unplug",)
        ),
        "told": Measure(id="told", title=both("伝わるまで"), target_minutes=10, reached_by=("acknowledged:director",)),
        "vendor": Measure(id="vendor", title=both("つながるまで"), target_minutes=10, reached_by=("contact:vendor",)),
    },
)


def rehearsing() -> Clinic:
    """Give the clinic with this library."""
    return Clinic(playbook_of(TROUBLE), drills=LIBRARY).found()


def begin(clinic: Clinic, kind: str = "tabletop", by: str = TAKAHASHI, **more: str) -> Exercise:
    """Begin a drill; gives the exercise as it stands then."""
    clinic.act(by, BeginExercise("", kind, **more))
    return exercise(clinic)


def exercise(clinic: Clinic) -> Exercise:
    """Give the newest drill's exercise."""
    found = clinic.run.exercise
    assert found is not None
    return found


def finish(clinic: Clinic, by: str = TAKAHASHI) -> None:
    """End the newest drill: review without words, sign-off."""
    clinic.act(by, Close(clinic.run.id))
    for question in ("planned", "happened", "why", "keep", "change"):
        if clinic.run.asking:
            clinic.act(by, SkipQuestion(clinic.run.id, question))
    clinic.act(by, SignOff(clinic.run.id))
    clinic.now += timedelta(days=1)
