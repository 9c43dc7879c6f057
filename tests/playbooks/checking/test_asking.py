"""What a step asks must be possible to give: each test's docstring is the playbook."""

from __future__ import annotations


def test_nobody_to_ask(found: list[str]) -> None:
    """
    # Whoever is unsure is given somebody to call or a way on.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        steps:
          look:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
          unplug:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            answers: {unsure: end}
    """
    assert found == [
        "demo.yaml:9: whoever is unsure at the step `look` is left alone (add `unsure: {call: …}` or `{to: …}`, or `help:` to the track)",
    ]


def test_decision_of_somebody_else(found: list[str]) -> None:
    """
    # Decisions are taken by whoever commands.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          look:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            decision: reopen
            role: reception
    """
    assert found == [
        "demo.yaml:14: the decision `reopen` is left to `reception` (write `role: commander`)",
    ]


def test_decision_without_a_reason(found: list[str]) -> None:
    """
    # Decisions are recorded with a reason.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          look:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            decision: reopen
            answers:
              yes: {reason: none}
              no: {}
    """
    assert found == [
        "demo.yaml:15: `yes` decides `reopen` without a reason (write `reason: required`)",
    ]


def test_decision_by_choices_alone(found: list[str]) -> None:
    """
    # A choice that leads on by itself asks for no reason, so it cannot take a decision.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          look:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            decision: power_off
            takes: choice
            choices:
              one: {ja: 切る, en: "Off", to: end}
              two: {ja: 切らない, en: "On", to: end}
    """
    assert found == [
        "demo.yaml:10: no answer of the step `look` takes its decision with a reason (let `done` or answers with labels lead on, not the choices themselves)",
    ]


def test_what_is_taken_fits(found: list[str]) -> None:
    """
    # A step has what it needs to take something, and nothing that it would never show.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          choose:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            takes: choice
          hidden:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            choices: {one: {ja: ひとつ, en: One}}
          call:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            takes: contact
          count:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            takes: number
          keep:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            takes: photo
            value: screen
          tick:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            takes: checklist
            choices: {one: {ja: ひとつ, en: One, to: end}}
    """
    assert found == [
        "demo.yaml:13: the step `choose` takes a choice but offers none (add `choices:`)",
        "demo.yaml:17: the choices of the step `hidden` are never shown (write `takes: choice` or `takes: checklist`)",
        "demo.yaml:21: the step `call` does not say whom to call (add `contact: vendor:…`)",
        "demo.yaml:25: the number of the step `count` goes nowhere (add `value: <fact>`)",
        "demo.yaml:30: the step `keep` has a `value` but takes photo (only a moment, a number, a text or a time can become a fact)",
        "demo.yaml:35: `one` is ticked, so it cannot lead on by itself (let `done` lead on)",
    ]
