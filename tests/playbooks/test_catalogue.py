"""Which playbooks there are: those that come along, and a facility's own over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from contacts.roles import ROLES, RUN_ROLES
from playbooks.catalogue import Catalogue

ROLE_NAMES = frozenset(ROLES + RUN_ROLES)

PLAYBOOK = """\
playbook: {name}
title: {{ja: {name}の例, en: Example}}
question: {{ja: 画面がおかしい, en: The screen is odd}}
event: cyber_attack
signs: {{ja: [おかしい], en: [odd]}}
facilities: [{kinds}]
use: [{use}]
tracks:
  alarm: {{shared: alarm}}
"""

ALARM = """\
track: alarm
title: {{ja: 知らせる, en: Alarm}}
stage: detection
urgency: 1
role: {role}
help: vendor:ehr
steps:
  tell:
    ask: {{ja: 知らせてください, en: {ask}}}
    source: our own
"""


def write(folder: Path, name: str, *, kinds: str = "clinic, dental", use: str = "incident, drill") -> None:
    """Write a playbook's file into ``folder``."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(PLAYBOOK.format(name=name, kinds=kinds, use=use), encoding="utf-8")


def write_alarm(folder: Path, *, role: str = "anyone", ask: str = "Tell somebody") -> None:
    """Write the shared track into ``folder``."""
    (folder / "tracks").mkdir(parents=True, exist_ok=True)
    (folder / "tracks" / "alarm.yaml").write_text(ALARM.format(role=role, ask=ask), encoding="utf-8")


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A folder of playbooks as it comes along."""
    folder = tmp_path / "shipped"
    write(folder, "blackout")
    write(folder, "ransomware", kinds="pharmacy", use="incident")
    write_alarm(folder)
    return folder


def test_uses(shipped: Path) -> None:
    """For drills there are those playbooks that can be drilled."""
    catalogue = Catalogue.of(shipped, roles=ROLE_NAMES)
    assert catalogue.problems == ()
    assert list(catalogue.playbooks) == ["blackout", "ransomware"]
    assert [playbook.playbook for playbook in catalogue.for_use("drill")] == ["blackout"]


def test_own_folder_replaces_and_adds(shipped: Path, tmp_path: Path) -> None:
    """A facility's own playbook replaces the one of the same name, and others are added."""
    own = tmp_path / "own"
    write(own, "blackout", kinds="clinic")
    write(own, "flood")
    catalogue = Catalogue.of(shipped, own, tmp_path / "not_there", roles=ROLE_NAMES)
    assert catalogue.problems == ()
    assert list(catalogue.playbooks) == ["blackout", "flood", "ransomware"]
    assert catalogue.playbooks["blackout"].facilities == ("clinic",)


def test_own_track_replaces_everywhere(shipped: Path, tmp_path: Path) -> None:
    """A facility's own shared track is used by the playbooks that came along."""
    own = tmp_path / "own"
    write_alarm(own, ask="Ring the bell")
    catalogue = Catalogue.of(shipped, own, roles=ROLE_NAMES)
    assert {playbook.step("alarm", "tell").ask.en for playbook in catalogue.playbooks.values()} == {"Ring the bell"}


def test_broken_own_playbook_leaves_the_shipped_one(shipped: Path, tmp_path: Path) -> None:
    """A mistake in a facility's own file is named, and the playbook that came along stays."""
    own = tmp_path / "own"
    write(own, "blackout", kinds="clinc")
    catalogue = Catalogue.of(shipped, own, roles=ROLE_NAMES)
    assert [str(problem) for problem in catalogue.problems] == [
        f"{own}/blackout.yaml:6: `facilities, entry 1` cannot be `clinc` (did you mean `clinic`?)"
    ]
    assert catalogue.playbooks["blackout"].facilities == ("clinic", "dental")


def test_broken_own_track_leaves_the_shipped_one(shipped: Path, tmp_path: Path) -> None:
    """A mistake in a facility's own track is named once, and the track that came along stays in every playbook."""
    own = tmp_path / "own"
    write_alarm(own, role="nobody", ask="Ring the bell")
    catalogue = Catalogue.of(shipped, own, roles=ROLE_NAMES)
    assert [problem.file for problem in catalogue.problems] == [f"{own}/tracks/alarm.yaml"]
    assert {playbook.step("alarm", "tell").ask.en for playbook in catalogue.playbooks.values()} == {"Tell somebody"}


def test_broken_playbook_that_is_alone(tmp_path: Path) -> None:
    """A playbook with problems is never offered."""
    write(tmp_path / "own", "flood")
    catalogue = Catalogue.of(tmp_path / "own")
    assert dict(catalogue.playbooks) == {}
    assert [problem.line for problem in catalogue.problems] == [9]


def test_what_is_no_playbook_is_left_alone(shipped: Path) -> None:
    """The words in which people tell of an event stand beside the playbooks and are none."""
    (shipped / "triage.yaml").write_text("same: {}\n", encoding="utf-8")
    assert Catalogue.of(shipped, roles=ROLE_NAMES).problems == ()
