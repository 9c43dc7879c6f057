"""Promises of the checks of drills: each test's docstring is what a person wrote."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from pathlib import Path

import pytest

from playbooks.authoring.reading import understand
from playbooks.drills.reading import load_drills
from playbooks.model import Playbook
from tests.playbooks.known import HEAD

STEPS = """
tracks:
  main:
    title: {ja: 例, en: Example}
    stage: detection
    urgency: 1
    role: anyone
    help: vendor:ehr
    steps:
      pull: {ask: {ja: 抜く, en: Pull}, answers: {done: , no: {}}, source: our own}
facilities: [clinic]
"""

MEASURES = """
measures:
  out: {title: {ja: 抜く, en: Out}, target_minutes: 5, reached_by: [main/pull]}
  told: {title: {ja: 伝わる, en: Told}, target_minutes: 5, reached_by: ["acknowledged:director"]}
  vendor: {title: {ja: 電話, en: Called}, target_minutes: 5, reached_by: ["contact:vendor"]}
"""

STORY = {
    "id": "story",
    "title": "{ja: 話, en: Story}",
    "facilities": "[clinic]",
    "playbook": "demo",
    "minutes": "45",
    "source": "our own",
    "situation": "{ja: 朝です, en: Morning}",
    "opening": "{ja: 画面, en: Screen}",
    "objectives": "[{id: out, text: {ja: 抜ける, en: Unplug}, measure: out}]",
}
"""What a test leaves out of its scenario is put below its docstring."""


def playbooks() -> Mapping[str, Playbook]:
    """A playbook of one step for clinics, and one that is never drilled."""
    head = "\n".join(f"{key}: {value}" for key, value in HEAD.items())
    found = {}
    for name, use in (("demo", "[incident, drill]"), ("earnest", "[incident]")):
        playbook, problems, _ = understand(f"{head}{STEPS}use: {use}\n", f"{name}.yaml")
        assert playbook is not None
        assert problems == []
        found[name] = playbook
    return found


@pytest.fixture
def found(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    """What is wrong with the scenario (or the kinds, or the measures) in the test's docstring."""
    text = inspect.getdoc(request.function) or ""
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "measures.yaml").write_text(MEASURES, encoding="utf-8")
    begin = next(line for line in text.splitlines() if not line.startswith("#"))
    if begin in ("kinds:", "measures:"):
        (tmp_path / f"{begin.rstrip(':')}.yaml").write_text(text, encoding="utf-8")
    else:
        missing = [f"{key}: {value}" for key, value in STORY.items() if f"\n{key}:" not in f"\n{text}"]
        (tmp_path / "scenarios" / "story.yaml").write_text("\n".join([text, *missing]), encoding="utf-8")
    roles, contacts = {"director", "reception"}, {"vendor:ehr", "authority:police"}
    return [str(p) for p in load_drills(playbooks=playbooks(), roles=roles, contacts=contacts, library=tmp_path)[1]]


def test_a_sound_scenario(found: list[str]) -> None:
    """
    # Times in order, after a step or an answer, to everybody or a role.
    injects:
      - {id: a, at: 5, sender: {ja: 客, en: Guest}, how: in_person, to: everybody, text: {ja: 何, en: What}, expects: {ja: 静か, en: Calm}}
      - {id: b, after: main/pull=no, delay: 2, sender: {ja: 客, en: Guest}, how: phone, to: director, text: {ja: 何, en: What}, expects: {ja: 静か, en: Calm}}
      - {id: c, at: 5, sender: {ja: 客, en: Guest}, how: news, to: reception, text: {ja: 何, en: What}, expects: {ja: 静か, en: Calm}}
    """
    assert found == []


def test_injects_out_of_order(found: list[str]) -> None:
    """
    # The line of the inject that comes too early, too late, or under a name that is taken.
    injects:
      - {id: a, at: 9, sender: {ja: 客, en: Guest}, how: in_person, to: everybody, text: {ja: 何, en: What}, expects: {ja: 静か, en: Calm}}
      - {id: a, at: 5, sender: {ja: 客, en: Guest}, how: in_person, to: everybody, text: {ja: 何, en: What}, expects: {ja: 静か, en: Calm}}
      - {id: c, at: 45, sender: {ja: 客, en: Guest}, how: in_person, to: everybody, text: {ja: 何, en: What}, expects: {ja: 静か, en: Calm}}
    """
    assert found == [
        "story.yaml:4: `a` comes at minute 5, after one at minute 9 (put the injects in order of time)",
        "story.yaml:4: `a` is there twice (give it another id)",
        "story.yaml:5: `c` comes at minute 45, when the drill of 45 minutes is over (let it come earlier)",
    ]


def test_names_that_nobody_knows(found: list[str]) -> None:
    """
    # Steps, answers, roles and measures, all at once.
    objectives:
      - {id: a, text: {ja: 抜ける, en: Unplug}, measure: outt}
      - {id: b, text: {ja: 電話, en: Call}, measure: vendor}
      - {id: c, text: {ja: 伝わる, en: Told}, measure: told}
    injects:
      - {id: a, after: main/pul, sender: {ja: 客, en: Guest}, how: in_person, to: everybody, text: {ja: 何, en: What}, expects: {ja: 静か, en: Calm}}
      - {id: b, after: main/pull=maybe, sender: {ja: 客, en: Guest}, how: in_person, to: driector, text: {ja: 何, en: What}, expects: {ja: 静か, en: Calm}}
    """
    assert found == [
        "story.yaml:3: no measure is named `outt` (did you mean `out`?)",
        "story.yaml:4: nothing in the playbook `demo` reaches `vendor` (leave `measure` out and let people rate it, or take another)",
        "story.yaml:7: the playbook `demo` has no step `main/pul` (did you mean `main/pull`?)",
        "story.yaml:8: nobody knows the role `driector` (did you mean `director`?)",
        "story.yaml:8: the step `main/pull` has no answer `maybe` (known: done, no, unsure)",
    ]


def test_a_playbook_for_others(found: list[str]) -> None:
    """
    # The playbook has to be meant for the scenario's facilities, and the story to last 45 to 60 minutes.
    facilities: [clinic, dental]
    minutes: 30
    """
    assert found == [
        "story.yaml:2: the playbook `demo` is not meant for `dental` (take it out or name another playbook)",
        "story.yaml:3: a tabletop drill of 30 minutes (it should take 45 to 60)",
    ]


def test_a_playbook_that_is_never_drilled(found: list[str]) -> None:
    """
    # `use` says what a playbook is for, in drills too.
    playbook: earnest
    """
    assert found == ["story.yaml:2: the playbook `earnest` is not meant for drills (add `drill` to its `use`)"]


def test_nobody_is_asked_for_patients(found: list[str]) -> None:
    """
    # Neither in the middle of it nor afterwards; how many people is fine.
    questions:
      - {ja: 患者さんの名前は何でしたか？, en: What was it like?}
    injects:
      - {id: a, at: 5, sender: {ja: 客, en: Guest}, how: in_person, to: everybody, text: {ja: 何, en: What},
         asks: {ja: どなたですか, en: What is the patient's name and date of birth?}, expects: {ja: 静か, en: Calm}}
      - {id: b, at: 6, sender: {ja: 客, en: Guest}, how: in_person, to: everybody, text: {ja: 何, en: What},
         asks: {ja: 患者さんは何人ですか？ 名前は書きません。, en: How many patients?}, expects: {ja: 静か, en: Calm}}
    """
    cure = "(ask for a number of people, or say that patients are left out)"
    assert found == [
        f"story.yaml:3: people are asked for what identifies a patient (`名前`) {cure}",
        f"story.yaml:6: people are asked for what identifies a patient (`date of birth`) {cure}",
    ]


def test_both_languages(found: list[str]) -> None:
    """
    # A text that is not translated is found wherever it stands.
    title: {ja: 話, en: 話}
    questions: [{ja: どうでしたか？, en: " "}]
    """
    assert found == [
        "story.yaml:2: the English text of `title` is Japanese (translate it)",
        "story.yaml:3: `0` has no English text (write `en:` for it too)",
    ]


def test_kinds_name_what_there_is(found: list[str]) -> None:
    """
    # The playbook, the role of whoever runs it, and each question once.
    kinds:
      paper: {title: {ja: 紙, en: Paper}, purpose: {ja: 紙, en: Paper}, minutes: 30, slot: marked, every_months: 12,
        everybody: true, owner: boss, playbook: dmeo, source: own}
      quiz: {title: {ja: 問, en: Quiz}, purpose: {ja: 問, en: Quiz}, minutes: 3, slot: session, every_months: 1,
        everybody: true, owner: director, source: own, questions: [
          {id: a, ask: {ja: 問, en: Ask}, options: {x: {ja: 一, en: One}, y: {ja: 二, en: Two}}},
          {id: a, ask: {ja: 問, en: Ask}, options: {x: {ja: 一, en: One}, y: {ja: 二, en: Two}}}]}
    """
    assert found == [
        "kinds.yaml:4: nobody knows the role `boss` (known: director, reception)",
        "kinds.yaml:4: there is no playbook `dmeo` (did you mean `demo`?)",
        "kinds.yaml:8: `a` is there twice (give it another id)",
    ]


def test_measures_name_what_there_is(found: list[str]) -> None:
    """
    # Steps, roles, contacts and whole kinds of contacts.
    measures:
      a: {title: {ja: 例, en: A}, target_minutes: 5, reached_by: [main/push, main/pull]}
      b: {title: {ja: 例, en: B}, target_minutes: 5, reached_by: ["acknowledged:boss", "acknowledged:director"]}
      c: {title: {ja: 例, en: C}, target_minutes: 5, reached_by: ["contact:vendor:her", "contact:vendor", "contact:authority:police"]}
    """
    assert found == [
        "measures.yaml:3: no playbook has the step `main/push` (did you mean `main/pull`?)",
        "measures.yaml:4: nobody knows the role `boss` (known: director, reception)",
        "measures.yaml:5: `vendor:her` is no contact (did you mean `vendor:ehr`?)",
    ]
