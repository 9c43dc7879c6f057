"""Promises of reading the drills: those that come along, and a facility's own over them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from contacts.references import REFERENCES
from contacts.roles import ROLES, RUN_ROLES
from playbooks.drills.reading import DRILLS, load_drills
from playbooks.drills.shape import EVERYBODY, HOWS, DrillLibrary
from playbooks.kinds import longest
from playbooks.model import FACILITY_KINDS, FacilityKind
from playbooks.problems import Problem
from tests.library import shipped_catalogue

NINE = ["contact", "tabletop", "paper", "restore", "bot_restore", "quiz", "equipment", "newcomer", "yearly_review"]


def load(*folders: Path) -> tuple[DrillLibrary, tuple[Problem, ...]]:
    """Read what comes along and ``folders`` over it, as a home does."""
    roles = frozenset({*ROLES, *RUN_ROLES})
    return load_drills(*folders, playbooks=shipped_catalogue().playbooks, roles=roles, contacts=REFERENCES)


@pytest.fixture(scope="module")
def library() -> DrillLibrary:
    """What comes along, which must be sound."""
    found, problems = load()
    assert problems == ()
    return found


# What comes along


def test_the_nine_kinds_come_along(library: DrillLibrary) -> None:
    """In the order of the calendar, each with a cycle or the event that brings it."""
    assert list(library.kinds) == NINE
    assert {kind.id for kind in library.kinds.values() if kind.slot == "session"} == {"quiz"}
    assert {kind.id for kind in library.kinds.values() if kind.before_long_holidays} == {"contact"}
    assert {kind.id for kind in library.kinds.values() if kind.real_contacts} == {"contact"}
    assert {kind.id for kind in library.kinds.values() if kind.every_months is None} == {"newcomer"}


def test_drill_playbooks_are_for_drills_alone(library: DrillLibrary) -> None:
    """Every playbook that a kind runs is never offered for a real alarm, and each of these is run by a kind."""
    catalogue = shipped_catalogue()
    run = {kind.playbook for kind in library.kinds.values() if kind.playbook}
    assert run == {name for name, playbook in catalogue.playbooks.items() if playbook.use == ("drill",)}
    assert not run & {playbook.playbook for playbook in catalogue.for_use("incident")}


def test_every_facility_has_its_scenarios(library: DrillLibrary) -> None:
    """At least eight, and two for each kind of facility; the whole is told in 45 to 60 minutes."""
    assert len(library.scenarios) >= 8
    assert all(len(library.scenarios_for(kind)) >= 2 for kind in FACILITY_KINDS)
    assert all(45 <= scenario.minutes <= 60 for scenario in library.scenarios.values())


def test_in_every_tabletop_the_one_who_knows_cannot_be_reached(library: DrillLibrary) -> None:
    """Somebody is asked what to do then, wherever it is played; that a second one has to know is what it is for."""
    for scenario in library.scenarios.values():
        for kind in scenario.facilities:
            (inject,) = [one for one in scenario.injects_for(kind) if one.id == "one_who_knows"]
            assert inject.asks is not None
            assert "書き残す" in inject.expects.ja or "二人目" in inject.expects.ja


def test_every_scenario_is_full_of_life(library: DrillLibrary) -> None:
    """Eight injects or more wherever it is played, most of them asking something, in several ways, with time left to talk."""
    for scenario in library.scenarios.values():
        for kind in scenario.facilities:
            injects = scenario.injects_for(kind)
            assert len(injects) >= 8, (scenario.id, kind)
            assert sum(inject.asks is not None for inject in injects) >= 6
            assert len({inject.how for inject in injects}) >= 3
            assert max(inject.at or 0 for inject in injects) <= scenario.minutes - 5
        assert len(scenario.objectives) >= 3
        assert len(scenario.questions) >= 3
    assert {inject.how for s in library.scenarios.values() for inject in s.injects} == set(HOWS)


ELSEWHERE: dict[str, set[FacilityKind]] = {
    "dentist": {"dental"},
    "hygienist": {"dental"},
    "pharmacist": {"pharmacy"},
    "doctor": {"clinic"},
    "nurse": {"clinic", "visiting_nurse"},
}


def test_injects_reach_somebody(library: DrillLibrary) -> None:
    """No inject is for a profession that its facility does not have."""
    stray = [
        (scenario.id, inject.id, kind)
        for scenario in library.scenarios.values()
        for kind in scenario.facilities
        for inject in scenario.injects_for(kind)
        if inject.to != EVERYBODY and kind not in ELSEWHERE.get(inject.to, set(get_args(FacilityKind)))
    ]
    assert stray == []


def test_the_quiz_has_enough_to_ask(library: DrillLibrary) -> None:
    """24 questions for each kind of facility, three options each, nearly all with a right answer and a reason."""
    for kind in FACILITY_KINDS:
        questions = library.kinds["quiz"].questions_for(kind)
        assert len(questions) >= 24
        assert {len(question.options) for question in questions} == {3}
        assert sum(question.right is not None for question in questions) >= 24


def test_the_quiz_fits_on_a_phone(library: DrillLibrary) -> None:
    """What is asked has at most 60 Japanese signs, an option 20, as on the buttons of steps."""
    questions = library.kinds["quiz"].questions
    assert [q.id for q in questions if len(longest(q.ask.ja)) > 60] == []
    assert [o.ja for q in questions for o in q.options.values() if len(longest(o.ja)) > 20] == []


def test_the_agreed_times_are_measured(library: DrillLibrary) -> None:
    """The seven of the drills' promise are there, and some scenario shows each of them."""
    seven = {
        *("director_told", "lan_out", "backups_cut", "vendor_reached", "police_number_found", "paper_chart"),
        "preliminary_draft",
    }
    shown = Counter(o.measure for s in library.scenarios.values() for o in s.objectives if o.measure)
    assert seven <= library.measures.keys()
    assert seven <= shown.keys()


# A facility's own


def own(folder: Path, name: str, text: str) -> Path:
    """Write one file of a facility's own drills."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_a_facility_writes_what_differs(tmp_path: Path, library: DrillLibrary) -> None:
    """Minutes of a kind, a target, a question of its own beside the others."""
    own(
        tmp_path,
        "kinds.yaml",
        "kinds:\n  paper: {minutes: 30, months: [1]}\n"
        "  quiz:\n    questions:\n"
        "      - {id: where, ask: {ja: 鍵は？, en: The key?}, options: {a: {ja: 棚, en: Shelf}, b: {ja: 机, en: Desk}}}\n"
        "      - {id: printer, ask: {ja: 紙は？, en: Paper?}, options: {a: {ja: 棚, en: Shelf}, b: {ja: 机, en: Desk}}}\n",
    )
    own(tmp_path, "measures.yaml", "measures:\n  lan_out: {target_minutes: 3}\n")
    found, problems = load(tmp_path)

    assert problems == ()
    assert (found.kinds["paper"].minutes, found.kinds["paper"].months) == (30, (1,))
    assert found.kinds["paper"].title == library.kinds["paper"].title
    assert found.measures["lan_out"].target_minutes == 3
    before, after = (one.kinds["quiz"].questions for one in (library, found))
    assert {q.id for q in after} == {q.id for q in before} | {"where"}
    assert len(after) == len(before) + 1
    assert next(q.ask.ja for q in after if q.id == "printer") == "紙は？"


def test_a_facility_has_a_scenario_of_its_own(tmp_path: Path, library: DrillLibrary) -> None:
    """One of the same file name replaces; another joins."""
    text = (DRILLS / "scenarios" / "wrong_fax.yaml").read_text(encoding="utf-8")
    own(tmp_path, "scenarios/wrong_fax.yaml", text.replace("minutes: 45", "minutes: 50"))
    own(tmp_path, "scenarios/our_fax.yaml", text.replace("id: wrong_fax", "id: our_fax"))
    found, problems = load(tmp_path)

    assert problems == ()
    assert found.scenarios["wrong_fax"].minutes == 50
    assert found.scenarios.keys() == library.scenarios.keys() | {"our_fax"}


def test_a_mistake_leaves_what_lies_below(tmp_path: Path, library: DrillLibrary) -> None:
    """Everything wrong in all files is named with its line and cure, and nothing is taken away."""
    text = (DRILLS / "scenarios" / "wrong_fax.yaml").read_text(encoding="utf-8")
    own(
        tmp_path,
        "scenarios/wrong_fax.yaml",
        text.replace("how: phone", "how: fone", 1).replace("id: call", "idd: call"),
    )
    own(tmp_path, "scenarios/other.yaml", text)
    own(tmp_path, "kinds.yaml", "kinds:\n  paper:\n    minutes: soon\n    slot: session\n  walk: {minutes: 5}\n")
    own(tmp_path, "measures.yaml", "measures:\n  lan_out:\n    reached_by: [unplug]\n")
    found, problems = load(tmp_path)

    assert found == library
    told = [str(problem) for problem in problems]
    assert "kinds.yaml:3: `minutes` is no whole number (write a number such as 1)" in told
    assert "kinds.yaml:5: `owner` is missing in `walk` (add `owner:`)" in told
    assert "measures.yaml:3: `unplug` names no step (write `track/step`, `acknowledged:role` or `contact:kind`)" in told
    assert "other.yaml:2: `wrong_fax` stands in a file of another name (write `id: other` or rename the file)" in told
    assert any(t.startswith("wrong_fax.yaml:") and "cannot be `fone` (did you mean `phone`?)" in t for t in told)
    assert any("nobody knows the key `idd` here" in t for t in told)


@pytest.mark.parametrize("name", ["kinds.yaml", "measures.yaml", "scenarios/story.yaml"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n",
        "# only a remark\n",
        "[]",
        "just words",
        "kinds: 3",
        "measures: [1]",
        "kinds: {paper: 3}",
        "kinds: {quiz: {questions: [1, {}]}}",
        "measures: {a: []}",
        "id: story\ninjects: [1, {at: 3}]\n",
        "a: &a [*a]",
        "\x00",
        "{" * 30,
    ],
)
def test_no_text_makes_the_reader_raise(tmp_path: Path, library: DrillLibrary, name: str, text: str) -> None:
    """Whatever stands in a file, it is told, and the drills that come along stay."""
    found, problems = load(own(tmp_path, name, text))

    assert problems
    assert found == library


def test_a_file_that_cannot_be_read(tmp_path: Path, library: DrillLibrary) -> None:
    """Bytes that are no text are a problem; a folder that is not there is none."""
    (tmp_path / "kinds.yaml").write_bytes(b"\xff\xfe\x00")
    found, problems = load(tmp_path, tmp_path / "none")

    assert found == library
    assert problems == (Problem("kinds.yaml", 1, "the file cannot be read", "save it as UTF-8 and make it readable"),)


def test_a_second_reading_names_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered between starts was checked against just the playbooks of that start, others are checked anew."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    all_of_them = shipped_catalogue().playbooks
    first = load_drills(playbooks=all_of_them, digest=b"all")
    assert first == load() == load_drills(playbooks=all_of_them, digest=b"all")
    few = {name: book for name, book in all_of_them.items() if name != "mis_sent"}
    found, problems = load_drills(playbooks=few, digest=b"few")
    assert load_drills(playbooks=few, digest=b"few") == (found, problems)  # what is unsound is never remembered

    assert first[0].scenarios.keys() - found.scenarios.keys() == {"wrong_fax"}
    assert first[0].measures.keys() - found.measures.keys() == {"receiver_called"}
    assert "wrong_fax.yaml:5: there is no playbook `mis_sent`" in [str(p).partition(" (")[0] for p in problems]


def test_one_wrong_entry_spoils_no_other(tmp_path: Path, library: DrillLibrary) -> None:
    """Of a file that names somebody unknown in one entry, the other entries count."""
    text = "kinds:\n  paper: {minutes: 30}\n  equipment:\n    owner: cook\n"
    found, problems = load(own(tmp_path, "kinds.yaml", text))

    assert [str(p).partition(" (")[0] for p in problems] == ["kinds.yaml:4: nobody knows the role `cook`"]
    assert found.kinds["paper"].minutes == 30
    assert found.kinds["equipment"] == library.kinds["equipment"]
