"""Ways through a playbook: each test's docstring is the playbook, and the whole message is shown."""

from __future__ import annotations


def test_answer_that_leads_nowhere(found: list[str]) -> None:
    """
    # An answer that leads to a step nobody wrote is named, with the step that was probably meant.
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
            answers: {done: unplgu}
          unplug:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
    """
    assert found == [
        "demo.yaml:13: `done` of the step `look` leads to `unplgu`, which is no step of this track (did you mean `unplug`?)",
    ]


def test_only_unsure_may_stay(found: list[str]) -> None:
    """
    # Only `unsure` may stay where it is: any other answer leads on.
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
              done: {to: null}
              cannot: {}
    """
    assert found == [
        "demo.yaml:14: `done` of the step `look` leads nowhere (only `unsure` may stay; name a step or `end`)",
    ]


def test_begin_names_a_step(found: list[str]) -> None:
    """
    # A track begins with one of its steps.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        begin: lok
        steps:
          look:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
    """
    assert found == [
        "demo.yaml:9: the track `main` begins with `lok`, which is none of its steps (did you mean `look`?)",
    ]


def test_otherwise_names_a_step(found: list[str]) -> None:
    """
    # Where a step is passed over, too, the way leads somewhere.
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
            when: leak == confirmed
            otherwise: later
    """
    assert found == [
        "demo.yaml:14: `otherwise` of the step `look` leads to `later`, which is no step of this track (known: end, look)",
    ]


def test_choice_leads_somewhere(found: list[str]) -> None:
    """
    # A choice leads to a step of the track.
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
            takes: choice
            choices:
              one: {ja: ひとつ, en: One, to: nowhere}
              two: {ja: ふたつ, en: Two, to: end}
    """
    assert found == [
        "demo.yaml:15: `one` of the step `look` leads to `nowhere`, which is no step of this track (known: end, look)",
    ]


def test_step_that_is_never_reached(found: list[str]) -> None:
    """
    # A step to which no way leads is named.
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
            answers: {done: end}
          unplug:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
    """
    assert found == [
        "demo.yaml:14: no way leads to the step `unplug` (let an answer lead to `unplug`, or remove it)",
    ]


def test_cycle_without_an_exit(found: list[str]) -> None:
    """
    # Steps that only lead to each other would trap a run.
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
            answers: {done: again}
          again:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            answers: {done: look}
    """
    assert found == [
        "demo.yaml:10: from the step `look` no way leads to the end (let one of its answers lead on to `end`)",
        "demo.yaml:14: from the step `again` no way leads to the end (let one of its answers lead on to `end`)",
    ]


def test_cycle_with_an_exit(found: list[str]) -> None:
    """
    # Going back is fine as long as one answer leads out.
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
            answers: {done: again}
          again:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            answers: {yes: look, no: end}
    """
    assert found == []


def test_unsure_that_stays_is_no_way_out(found: list[str]) -> None:
    """
    # Staying with somebody to ask is no way on.
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
              done: look
              unsure: {call: vendor:ehr}
    """
    assert found == [
        "demo.yaml:10: from the step `look` no way leads to the end (let one of its answers lead on to `end`)",
    ]


def test_kind_of_facility_without_an_end(found: list[str]) -> None:
    """
    # The only way out must not lie in a step that is for another kind of facility.
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
            answers: {done: dentist}
          dentist:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            facilities: [dental]
            otherwise: look
            answers: {done: end}
    facilities: [dental, pharmacy]
    """
    assert found == [
        "demo.yaml:10: in a pharmacy no way leads from the step `look` to the end (steps for other kinds are passed over: let an answer or `otherwise` lead past them)",
        "demo.yaml:14: in a pharmacy no way leads from the step `dentist` to the end (steps for other kinds are passed over: let an answer or `otherwise` lead past them)",
    ]


def test_passing_over_in_a_circle(found: list[str]) -> None:
    """
    # Two steps that are passed over to each other would never stop.
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
            when: leak != none
            otherwise: again
            answers: {done: end}
          again:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            when: loss != none
            otherwise: look
            answers: {done: end}
    """
    assert found == [
        "demo.yaml:14: passing over `look` comes back to it (let `otherwise` lead further on)",
        "demo.yaml:20: passing over `again` comes back to it (let `otherwise` lead further on)",
    ]


def test_track_that_nothing_starts(found: list[str]) -> None:
    """
    # A track that waits is started by something.
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
      recovery:
        title: {ja: 例, en: Example}
        stage: recovery
        urgency: 2
        role: anyone
        help: vendor:ehr
        starts: later
        steps:
          look:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
    """
    assert found == [
        "demo.yaml:13: nothing ever starts the track `recovery` (write `starts: [recovery]` at an answer)",
    ]


def test_started_track_exists(found: list[str]) -> None:
    """
    # `starts` names a track of this playbook.
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
            answers: {done: {starts: [mian]}}
    """
    assert found == [
        "demo.yaml:13: `done` starts the track `mian`, which this playbook does not have (did you mean `main`?)",
    ]


def test_something_starts_at_once(found: list[str]) -> None:
    """
    # One track at least starts with the run.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        starts: later
        steps:
          look:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            answers: {done: {starts: [main]}}
    """
    assert found == [
        "demo.yaml:2: no track starts at once (let one track have `starts: at_once`)",
    ]
