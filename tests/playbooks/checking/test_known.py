"""What the checks know of the world."""

from __future__ import annotations

from playbooks.authoring.lines import Lines
from playbooks.checking.checks import check
from playbooks.checking.known import Known, steps_of
from playbooks.model import Playbook


def test_what_nobody_can_say_is_not_checked(playbook: Playbook) -> None:
    """
    # Without lists of roles, contacts and playbooks, their names are left alone.
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
            answers: {done: {hands_over: blackout}}
    """
    where = Lines("demo.yaml")
    assert check(playbook, Known(), where) == []
    said = [str(problem) for problem in check(playbook, Known(frozenset(), frozenset(), frozenset()), where)]
    assert said == [
        "demo.yaml:1: `done` hands over to the playbook `blackout`, which does not exist (there is none yet)",
        "demo.yaml:1: the step `look` belongs to the role `anyone`, which nobody knows (there is none yet)",
        "demo.yaml:1: the step `look` calls `vendor:ehr`, which is no contact (there is none yet)",
    ]
    assert [path for path, *_ in steps_of(playbook)] == [("tracks", "main", "steps", "look")]
