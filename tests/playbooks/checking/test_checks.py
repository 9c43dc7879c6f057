"""All checks together: each test's docstring is the playbook."""

from __future__ import annotations


def test_sound_playbook(found: list[str]) -> None:
    """
    # A playbook without mistakes has no problems.
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
    """
    assert found == []


def test_ten_mistakes_ten_lines(found: list[str]) -> None:
    """
    # Ten different mistakes are ten lines: none of them hides another.
    playbook: demo
    title: {ja: 例, en: Example}
    signs: {ja: [おかしい], en: odd}
    event: cyber_atack
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 12
        role: anyone
        help: vendor:ehr
        steps:
          photograph:
            ask: {ja: 画面を撮ってください, en: Photograph the screen}
            takes: foto
            colour: red
            source: our own
            source: our own
            answers: {done: unplgu}
          unplug:
            ask: {ja: 線を抜いてください, en: Unplug the cable}
            role: recepcion
            within: 5 minutes
            when: leak is none
            source: our own
    """
    assert found == [
        "demo.yaml:4: `en` is a text where a list belongs (write `en: [odd]`)",
        "demo.yaml:5: `event` cannot be `cyber_atack` (did you mean `cyber_attack`?)",
        "demo.yaml:10: `urgency` is too large (the most is 9)",
        "demo.yaml:16: `takes` cannot be `foto` (did you mean `photo`?)",
        "demo.yaml:17: nobody knows the key `colour` in `photograph` (known: answers, ask, choices, contact, decision, evidence, facilities, files, gated, hands, known, lines, never, optional, otherwise, picture, role, source, takes, unit, urgency, value, when, why, …)",
        "demo.yaml:19: `source` is written twice; it already stands in line 18 (keep one of the two)",
        "demo.yaml:20: `done` of the step `photograph` leads to `unplgu`, which is no step of this track (did you mean `unplug`?)",
        "demo.yaml:23: the step `unplug` belongs to the role `recepcion`, which nobody knows (did you mean `reception`?)",
        "demo.yaml:24: `within` cannot be `5 minutes` (write a time allowed as '5 min', '2 h' or '1 d')",
        "demo.yaml:25: `when`: `is` compares nothing here (write `==` or `!=`)",
    ]
