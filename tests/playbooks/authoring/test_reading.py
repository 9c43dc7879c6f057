"""Files read into playbooks, with everything wrong in them at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.authoring.reading import read_playbook, understand
from playbooks.model import Playbook

SOUND = """\
playbook: demo
title: {ja: 例, en: Example}
question: {ja: 画面がおかしい, en: The screen is odd}
event: cyber_attack
signs: {ja: [おかしい], en: [odd]}
facts: {persons: 0}
tracks:
  alarm: {shared: alarm, urgency: 2}
  contain:
    title: {ja: 封じ込め, en: Containment}
    stage: first_response
    urgency: 1
    role: reporter
    help: vendor:ehr
    steps:
      photograph:
        ask: {ja: 撮ってください, en: Photograph it}
        takes: photo
        within: 5 min
        answers: {cannot: end}
        source: our own
"""

ALARM = """\
track: alarm
title: {ja: 知らせる, en: Alarm}
stage: detection
urgency: 1
role: anyone
steps:
  tell:
    ask: {ja: 知らせてください, en: Tell somebody}
    source: our own
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a sound playbook and the track it shares."""
    (tmp_path / "tracks").mkdir()
    (tmp_path / "demo.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "tracks" / "alarm.yaml").write_text(ALARM, encoding="utf-8")
    return tmp_path


def reading(folder: Path) -> tuple[Playbook | None, list[str]]:
    """Read the playbook of ``folder``; problems as a person reads them, below the folder."""
    playbook, problems, _ = read_playbook(folder / "demo.yaml", [folder / "tracks"])
    return playbook, [str(problem).replace(f"{folder}/", "") for problem in problems]


def test_sound_file_is_a_complete_playbook(folder: Path) -> None:
    """A sound file gives a playbook without problems, shared tracks written in under the name it calls them."""
    playbook, problems = reading(folder)
    assert problems == []
    assert playbook is not None
    assert list(playbook.tracks) == ["alarm", "contain"]
    assert (playbook.tracks["alarm"].urgency, playbook.tracks["alarm"].begin) == (2, "tell")
    assert playbook.step("contain", "photograph").within == 300
    assert playbook.facts == {"persons": "0"}


def test_byte_order_mark_is_no_mistake(folder: Path) -> None:
    """Editors on Windows begin a file with a mark that nobody sees."""
    (folder / "demo.yaml").write_text(SOUND, encoding="utf-8-sig")
    assert reading(folder)[1] == []


def test_file_of_another_encoding(folder: Path) -> None:
    """A file saved in Shift_JIS is refused with what to do, at the line where it shows."""
    (folder / "demo.yaml").write_text(SOUND, encoding="shift_jis")
    assert reading(folder) == (None, ["demo.yaml:2: the file is not written in UTF-8 (save it again as UTF-8)"])


def test_file_that_is_not_there(tmp_path: Path) -> None:
    """A file that cannot be opened is a problem like any other."""
    assert reading(tmp_path) == (None, ["demo.yaml:1: the file cannot be opened (No such file or directory)"])


def test_file_of_another_name(folder: Path) -> None:
    """A playbook is called as its file is."""
    (folder / "demo.yaml").write_text(SOUND.replace("playbook: demo", "playbook: demonstration"), encoding="utf-8")
    said = "demo.yaml:1: `demonstration` stands in a file of another name (write `playbook: demo` or rename the file)"
    assert reading(folder)[1] == [said]


def test_shared_track_that_is_not_there(folder: Path) -> None:
    """A shared track nobody wrote is named, with the one that was probably meant."""
    (folder / "demo.yaml").write_text(SOUND.replace("shared: alarm", "shared: alram"), encoding="utf-8")
    assert reading(folder)[1] == ["demo.yaml:8: there is no shared track `alram` (did you mean `alarm`?)"]


def test_mistake_in_a_shared_track_is_named_in_its_own_file(folder: Path) -> None:
    """A mistake in a shared track has the shared file's name and line."""
    (folder / "tracks" / "alarm.yaml").write_text(
        ALARM.replace("stage: detection", "stage: detektion"), encoding="utf-8"
    )
    assert reading(folder)[1] == ["tracks/alarm.yaml:3: `stage` cannot be `detektion` (did you mean `detection`?)"]


def test_lines_of_a_shared_track_are_kept(folder: Path) -> None:
    """Checks can name the line of a step in the shared file, and of an override in the playbook's own."""
    _, _, lines = read_playbook(folder / "demo.yaml", [folder / "tracks"])
    assert lines.at(("tracks", "alarm", "steps", "tell", "ask")) == (str(folder / "tracks" / "alarm.yaml"), 8)
    assert lines.at(("tracks", "alarm", "urgency")) == (str(folder / "demo.yaml"), 8)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (
            "event: cyber_attack",
            "event: 7",
            "4: `event` cannot be `7` (known: cyber_attack, disaster, information_leak, system_failure)",
        ),
        (
            "question: {ja: 画面がおかしい, en: The screen is odd}",
            "question: odd",
            "3: `question` is a text where named values belong (write `question: {ja: …, en: …}`)",
        ),
        (
            "signs: {ja: [おかしい], en: [odd]}",
            "signs: {ja: [119], en: [odd]}",
            "5: `ja, entry 1` is a number or truth value where a text belongs (put the text in quotes)",
        ),
        (
            "facts: {persons: 0}",
            "facts: {persons: true}",
            "6: `persons` is a truth value where a text belongs (write `yes`, or put it in quotes)",
        ),
        ("urgency: 1\n", "urgency: high\n", "12: `urgency` is no whole number (write a number such as 1)"),
        ("urgency: 1\n", "urgency: 0\n", "12: `urgency` is too small (the least is 1)"),
        ("takes: photo", "optional: perhaps", "18: `optional` is neither true nor false (write `true` or `false`)"),
        (
            "takes: photo",
            "facilities: clinic",
            "18: `facilities` is a text where a list belongs (write `facilities: [clinic]`)",
        ),
        ("takes: photo", "facilities: [clinc]", "18: `facilities, entry 1` cannot be `clinc` (did you mean `clinic`?)"),
        ("takes: photo", "facilities: []", "18: `facilities` is empty (write something or remove the line)"),
        (
            "takes: photo",
            "role:\n        takes: photo\n        unit: {ja: '', en: x}",
            "20: `ja` is empty (write something or remove the line)",
        ),
        (
            "within: 5 min",
            "within: 30 d\n        whithin: 1 h",
            "20: nobody knows the key `whithin` in `photograph` (did you mean `within`?)",
        ),
        ("within: 5 min", "within: 100 d", "19: `within` is too large (the most is 7776000)"),
        (
            "answers: {cannot: end}",
            "answers: {cannot: {too: end}}",
            "20: nobody knows the key `too` in `cannot` (did you mean `to`?)",
        ),
        (
            "answers: {cannot: end}",
            "answers: {cannot: 3}",
            "20: `cannot` is a number or truth value where named values belong (write `cannot: next_step` or `cannot: {to: next_step}`)",
        ),
        (
            "answers: {cannot: end}",
            "answers: {stuck: end}",
            "20: the answer `stuck` has no label (add `label: {ja: …, en: …}`; only done, cannot, unsure, yes, no, not_applicable go without)",
        ),
        ("    role: reporter\n", "", "15: the step `photograph` has no role (add `role:` to it or to its track)"),
        (
            "{shared: alarm, urgency: 2}",
            "{shared: alarm, urgency: 2, stage: recovery}",
            "8: nobody knows the key `stage` in `alarm` (known: shared, starts, urgency, when)",
        ),
        (
            "playbook: demo",
            "playbook: Demo One",
            "1: `Demo One` is no name (use small letters a-z, digits and _, beginning with a letter)",
        ),
        (
            "facts: {persons: 0}",
            "ja: nothing",
            "6: nobody knows the key `ja` (known: alarm, calls, cuts_network, event, facilities, facts, first_words, grade, playbook, question, raises, signs, stops, title, tracks, use)",
        ),
    ],
)
def test_wrong_values_in_plain_words(folder: Path, was: str, now: str, said: str) -> None:
    """A wrong value is one problem with its line, in a sentence, with the likely cure; nothing follows from it."""
    assert was in SOUND
    (folder / "demo.yaml").write_text(SOUND.replace(was, now), encoding="utf-8")
    assert reading(folder)[1] == [f"demo.yaml:{said}"]


@given(st.data())
def test_no_content_makes_it_raise(data: st.DataObject) -> None:
    """Whatever is put in the place of any line, there are a playbook or problems, each with a line of the file."""
    rows = SOUND.splitlines()
    odd = st.sampled_from(
        [
            "- 1",
            "x: [",
            "steps: 3",
            "tracks: {}",
            "ja: {en: []}",
            "? a",
            "null",
            "answers: [{}]",
            "",
            "&a *a",
            "unsure: {to: []}",
        ]
    )
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(rows) - 1))
        indent = len(rows[place]) - len(rows[place].lstrip())
        rows[place] = " " * indent + data.draw(odd | st.text(max_size=12))
    playbook, problems, _ = understand("\n".join(rows), "demo.yaml")
    assert playbook is not None or problems
    assert all(problem.line >= 1 for problem in problems)
