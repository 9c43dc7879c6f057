"""Shorthands spelled out: each test's docstring is what an author writes."""

from __future__ import annotations

from playbooks.model import Playbook


def test_what_is_left_out(playbook: Playbook) -> None:
    """
    # Ways left out lead to the next step, `done` and `unsure` are always offered, roles and help come from the track.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: reception
        help: vendor:ehr
        steps:
          look:
            ask: {ja: 画面を見てください, en: Look at the screen}
            when: leak != none
            source: our own
          unplug:
            ask: {ja: 線を抜いてください, en: Unplug the cable}
            takes: photo
            answers: {cannot: {}, not_applicable: {}}
            source: our own
    """
    track = playbook.tracks["main"]
    look, unplug = track.steps["look"], track.steps["unplug"]
    assert (track.begin, look.role, look.otherwise, unplug.otherwise) == ("look", "reception", "unplug", "end")
    assert list(look.answers) == ["done", "unsure"]
    assert list(unplug.answers) == ["done", "cannot", "not_applicable", "unsure"]
    assert (look.answers["done"].to, unplug.answers["done"].to) == ("unplug", "end")
    unsure = look.answers["unsure"]
    assert (unsure.to, unsure.call, unsure.settles) == (None, "vendor:ehr", False)
    cannot = unplug.answers["cannot"]
    assert (cannot.to, cannot.reason, cannot.settles) == ("end", "required", False)
    assert [answer.label.ja for answer in unplug.answers.values()] == [
        "写真を送りました",
        "できません",
        "該当しません",
        "わからない",
    ]


def test_own_answers_stand_for_done(playbook: Playbook) -> None:
    """
    # Where an author offers answers of their own, nothing is "done" beside them; `unsure` may lead on.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        steps:
          look:
            ask: {ja: 画面は動きますか, en: Does the screen work?}
            source: our own
            answers:
              yes: end
              no: {sets: {persons: 3}}
              unsure: {to: end}
    """
    answers = playbook.step("main", "look").answers
    assert list(answers) == ["yes", "no", "unsure"]
    assert answers["no"].sets == {"persons": "3"}
    assert (answers["unsure"].to, answers["unsure"].settles) == ("end", False)


def test_choices_that_lead_on_by_themselves(playbook: Playbook) -> None:
    """
    # Choices that all lead on need no `done`; if one does not, `done` is where it leads.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          all:
            ask: {ja: 選んでください, en: Choose}
            takes: choice
            choices:
              one: {ja: ひとつ, en: One, to: some}
              two: {ja: ふたつ, en: Two, to: end, sets: {leak: none}}
            source: our own
          some:
            ask: {ja: 選んでください, en: Choose}
            takes: choice
            choices:
              one: {ja: ひとつ, en: One}
              two: {ja: ふたつ, en: Two, to: end}
            source: our own
    """
    every, some = playbook.step("main", "all"), playbook.step("main", "some")
    assert list(every.answers) == ["unsure"]
    assert every.choices["two"].sets == {"leak": "none"}
    assert list(some.answers) == ["done", "unsure"]
    assert (some.choices["one"].to, some.answers["done"].to) == (None, "end")


def test_decisions_are_the_commanders(playbook: Playbook) -> None:
    """
    # A decision belongs to whoever commands and asks for a reason, even in a track of somebody else.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: recovery
        urgency: 1
        role: reception
        help: vendor:ehr
        steps:
          reopen:
            ask: {ja: 再開しますか, en: Do we reopen?}
            decision: reopen
            answers: {yes: end, no: end}
            source: our own
    """
    step = playbook.step("main", "reopen")
    assert step.role == "commander"
    assert {name: answer.reason for name, answer in step.answers.items()} == {
        "yes": "required",
        "no": "required",
        "unsure": "none",
    }
