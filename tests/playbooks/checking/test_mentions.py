"""What a playbook names must exist: each test's docstring is the playbook."""

from __future__ import annotations


def test_condition_that_calls(found: list[str]) -> None:
    """
    # A condition is never code: what calls something is refused where it stands.
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
            when: __import__('os').system('true')
          unplug:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            when: __import__('os')
    """
    assert found == [
        "demo.yaml:13: `when`: a condition cannot call anything (compare facts, as in `leak != none`)",
        "demo.yaml:17: `when`: a condition cannot call anything (compare facts, as in `leak != none`)",
    ]


def test_condition_of_a_track(found: list[str]) -> None:
    """
    # The condition of a track is read as well.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        when: leak is none
        steps:
          look:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
    """
    assert found == [
        "demo.yaml:9: `when`: `is` compares nothing here (write `==` or `!=`)",
    ]


def test_fact_that_nothing_sets(found: list[str]) -> None:
    """
    # A fact in a condition is set by a step, or is one of those that the reporting duties look at.
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
            when: leak != none and screen_locked
            answers:
              yes: {sets: {screen_lokced: yes}}
              no: {}
    """
    assert found == [
        "demo.yaml:13: `when` asks for the fact `screen_locked`, which nothing sets (did you mean `screen_lokced`?)",
    ]


def test_fact_set_by_a_value(found: list[str]) -> None:
    """
    # Numbers, facts given at the start and choices count as set.
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
            takes: number
            value: terminals
            when: floor == 2
          count:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            when: terminals > 3 or persons > 1000
    facts: {floor: 1}
    """
    assert found == []


def test_role_that_nobody_knows(found: list[str]) -> None:
    """
    # Every step belongs to a role that somebody can hold.
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
            role: recepcion
    """
    assert found == [
        "demo.yaml:13: the step `look` belongs to the role `recepcion`, which nobody knows (did you mean `reception`?)",
    ]


def test_contact_that_nobody_knows(found: list[str]) -> None:
    """
    # Whom to call, and whom to ask when unsure, are contacts a facility can enter.
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
            takes: contact
            contact: vendor:her
            answers:
              unsure: {call: vendor:netwrok}
    """
    assert found == [
        "demo.yaml:14: the step `look` calls `vendor:her`, which is no contact (did you mean `vendor:ehr`?)",
        "demo.yaml:16: the step `look` calls `vendor:netwrok`, which is no contact (did you mean `vendor:network`?)",
    ]


def test_playbook_that_takes_over(found: list[str]) -> None:
    """
    # `hands_over` names another playbook that exists.
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
            answers:
              yes: {hands_over: blackuot}
              no: {hands_over: demo}
    """
    assert found == [
        "demo.yaml:14: `yes` hands over to the playbook `blackuot`, which does not exist (did you mean `blackout`?)",
        "demo.yaml:15: `no` hands over to this same playbook (name another, or start a track instead)",
    ]


def test_names_are_plain(found: list[str]) -> None:
    """
    # Names travel in buttons and file names: small letters, digits and _ only.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          見る:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
          end:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            answers:
              done: {sets: {1st: yes}}
              Yes-No: {label: {ja: はい, en: Both}}
    """
    assert found == [
        "demo.yaml:10: `見る` cannot name a step (use a-z, 0-9 and _, at most 40)",
        "demo.yaml:13: `end` cannot name a step (it already means the end of the track)",
        "demo.yaml:17: `1st` cannot name a fact (use a-z, 0-9 and _, at most 40, beginning with a letter)",
        "demo.yaml:18: `Yes-No` cannot name an answer (use a-z, 0-9 and _, at most 40)",
    ]


def test_picture_that_is_not_there(found: list[str]) -> None:
    """
    # A picture is one of those that come along.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          unplug:
            ask: {ja: 線を抜いてください, en: Pull the cable}
            picture: lan_plag
            source: our own
          hub:
            ask: {ja: 線を抜いてください, en: Pull the cable}
            picture: hub
            source: our own
    """
    assert found == [
        "demo.yaml:12: the step `unplug` shows the picture `lan_plag`, which does not exist (did you mean `lan_plug`?)",
    ]
