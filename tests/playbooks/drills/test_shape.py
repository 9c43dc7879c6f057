"""Promises of the drills' shape."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from playbooks.drills.shape import DrillKind, DrillLibrary, Inject, Measure, Question, Scenario
from playbooks.model import Playbook


@pytest.fixture
def written(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The test's docstring, as data."""
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(inspect.getdoc(request.function) or "")
    return data


def refused(shape: type[DrillKind | Inject | Question | Measure], written: dict[str, Any], said: str) -> bool:
    """Say whether the shape refuses it with these words."""
    with pytest.raises(ValidationError) as refusal:
        shape.model_validate(written)
    return said in str(refusal.value)


def test_a_drill_runs_one_thing(written: dict[str, Any]) -> None:
    """
    # A kind of drill names a playbook, scenarios or questions, and something brings it.
    {id: paper, title: {ja: 紙, en: Paper}, purpose: {ja: 紙, en: Paper}, minutes: 30, slot: marked, every_months: 12,
     everybody: true, owner: director, playbook: demo, source: own}
    """
    assert DrillKind.model_validate(written).announced
    assert refused(DrillKind, {**written, "scenarios": True}, "a drill runs one thing")
    assert refused(DrillKind, {**written, "playbook": None}, "a drill runs one thing")
    assert refused(DrillKind, {**written, "every_months": None}, "nothing ever brings this drill")
    assert refused(DrillKind, {**written, "slot": "session"}, "more than 3 minutes")
    assert refused(DrillKind, {**written, "months": [0]}, "months")
    assert (
        DrillKind.model_validate({**written, "every_months": None, "within_days_of_joining": 31}).every_months is None
    )


def test_a_question_can_be_judged(written: dict[str, Any]) -> None:
    """
    # The right answer is one of the options, and says why; a question without a right answer is fine.
    {id: power, ask: {ja: 電源は？, en: Power?}, options: {keep: {ja: 入れる, en: "On"}, cut: {ja: 切る, en: "Off"}},
     right: keep, because: {ja: 残る, en: Traces}}
    """
    assert Question.model_validate(written).right == "keep"
    assert refused(Question, {**written, "right": "leave"}, "none of the options")
    assert refused(Question, {**written, "because": None}, "nobody learns why")
    assert refused(Question, {**written, "options": {"keep": written["options"]["keep"]}}, "at least 2")
    assert Question.model_validate({**written, "right": None, "because": None}).right is None


def test_an_inject_comes_once(written: dict[str, Any]) -> None:
    """
    # At a time, or after a step, or after one of its answers.
    {id: caller, sender: {ja: 記者, en: Journalist}, how: phone, to: reception, text: {ja: もしもし, en: Hello},
     expects: {ja: 取り次ぐ, en: Passed on}}
    """
    assert Inject.model_validate({**written, "at": 5}).step is None
    assert Inject.model_validate({**written, "after": "containment/photograph"}).step == (
        "containment",
        "photograph",
        None,
    )
    assert Inject.model_validate({**written, "after": "a/b=no", "delay": 3}).step == ("a", "b", "no")
    assert refused(Inject, written, "at a time or after a step")
    assert refused(Inject, {**written, "at": 5, "after": "a/b"}, "at a time or after a step")
    assert refused(Inject, {**written, "at": 5, "delay": 1}, "counts from a step")
    assert refused(Inject, {**written, "after": "photograph"}, "pattern")


def test_everything_fits_its_facility() -> None:
    """Scenarios, injects and questions are given for one kind of facility, in their order."""
    text = {"ja": "例", "en": "Example"}
    inject = {"at": 1, "sender": text, "how": "news", "to": "everybody", "text": text, "expects": text}
    scenario = Scenario.model_validate(
        {
            "id": "one",
            "title": text,
            "facilities": ["clinic", "pharmacy"],
            "playbook": "demo",
            "minutes": 45,
            "situation": text,
            "opening": text,
            "objectives": [{"id": "a", "text": text}],
            "source": "own",
            "injects": [{"id": "all", **inject}, {"id": "some", **inject, "facilities": ["pharmacy"]}],
        }
    )
    library = DrillLibrary(scenarios={"one": scenario})

    assert [i.id for i in scenario.injects_for("clinic")] == ["all"]
    assert [i.id for i in scenario.injects_for("pharmacy")] == ["all", "some"]
    assert library.scenarios_for("clinic") == (scenario,)
    assert library.scenarios_for("dental") == ()


def test_a_measure_is_reached(playbook: Playbook) -> None:
    """
    # By a step, by any step with such a contact, or by the alarm's roll call.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          pull: {ask: {ja: 抜く, en: Pull}, source: our own}
          call: {ask: {ja: 電話, en: Call}, takes: contact, contact: 'authority:police', source: our own}
    """

    def reached(name: str) -> set[str]:
        measure = Measure.model_validate(
            {"id": "m", "title": {"ja": "例", "en": "M"}, "target_minutes": 5, "reached_by": [name]}
        )
        assert measure.ends_in(playbook) == (bool(measure.reached_in(playbook)) or name.startswith("ack"))
        return {step for _, step in measure.reached_in(playbook)}

    assert reached("main/pull") == {"pull"}
    assert reached("contact:authority:police") == reached("contact:authority") == {"call"}
    assert reached("contact:authority:police_cyber") == reached("contact:vendor") == reached("other/pull") == set()
    assert reached("acknowledged:director") == set()
