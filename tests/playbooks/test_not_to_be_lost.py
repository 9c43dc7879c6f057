"""What a security officer called good, and no change of the playbooks may lose: held on the worst branches, in each kind of facility."""

from __future__ import annotations

from functools import cache

import pytest

from flows.state.run import Run
from playbooks.model import END, FACILITY_KINDS, FacilityKind, Playbook
from tests.library import shipped_catalogue
from tests.worst import LEAK, Ways, Worst

IT_GOES_ON: Ways = {
    **LEAK,
    "spreading": ["still", "done"],
    "contained": ["not_yet", "stopped"],
    "entry_closed": ["cannot", "done"],
    "backup_checked": ["cannot", "done"],
}
"""An attack that goes on before everybody's eyes; the way in is open and the backup unexamined when somebody wants to restore."""

PULLED = (
    ("ransomware", "containment/this_machine/unplug_machine"),
    ("ransomware", "cutting_off/protect_backups"),
    ("ransomware", "cutting_off/outside_line/cut_outside"),
    ("ransomware", "cutting_off/other_machines/cut_others"),
    ("ransomware", "cutting_off/other_machines/devices_checked"),
    ("unknown", "hands_off/unplug"),
    ("unknown", "first_look/unplug_to_be_safe"),
    ("unknown", "which/leave_it"),
    ("network_outage", "first_look/unplug_to_be_safe"),
    ("unauthorised_access", "containment/unplug"),
    ("support_scam", "containment/cut_off/unplug"),
    ("vendor_breach", "the_line/cut"),
)
"""Wherever a lead is pulled out of a machine, or a machine is left alone."""

OF_ANY_MACHINE = {
    "containment/this_machine/unplug_machine",
    "cutting_off/other_machines/cut_others",
    "hands_off/unplug",
    "first_look/unplug_to_be_safe",
    "containment/unplug",
}
"""Where it may be a machine that a patient hangs on."""


def book(name: str) -> Playbook:
    """Give a playbook as it comes along."""
    return shipped_catalogue().playbooks[name]


def forbidden(playbook: str, place: str) -> str:
    """Give what must not be done at a place, by its own words, its card's, or the rest of that card."""
    track, card, *line = place.split("/")
    steps = [book(playbook).step(track, card), *(book(playbook).step(track, f"{card}/{one}") for one in line)]
    return "・".join(word for step in steps for word in step.never.ja)


@cache
def attacked(kind: FacilityKind) -> Run:
    """Play the attack that goes on to its end."""
    worst = Worst("ransomware", kind, IT_GOES_ON)
    worst.play()
    return worst.clinic.run


def turn(run: Run, place: str) -> int:
    """Give the turn at which a step, or a line of a card, was last answered."""
    track, _, step = place.partition("/")
    return run.answered[track, step].turn


@pytest.mark.parametrize(("playbook", "place"), PULLED)
def test_the_power_stays_on(playbook: str, place: str) -> None:
    """Whoever pulls a lead reads on the same screen that the power stays on."""
    assert "電源を切る" in forbidden(playbook, place)


def test_only_whoever_decides_switches_off_and_only_while_it_goes_on() -> None:
    """It is an exception, with a reason, asked only where the spread is seen; leaving it on is named first."""
    step = book("ransomware").step("containment", "power_off")

    assert (step.role, step.decision, step.when) == ("commander", "power_off", "spreading == yes")
    assert next(iter(step.choices)) == "keep_on"
    assert step.answers["done"].reason == "required"


@pytest.mark.parametrize("place", sorted(OF_ANY_MACHINE))
def test_no_medical_device_is_unplugged_unasked(place: str) -> None:
    """Wherever it may be any machine, a doctor or nurse is asked first."""
    for playbook in (name for name, at in PULLED if at == place):
        assert "医療機器の線を抜く" in forbidden(playbook, place)


@pytest.mark.parametrize("kind", [kind for kind in FACILITY_KINDS if kind != "pharmacy"])
def test_devices_are_looked_at_before_other_machines(kind: FacilityKind) -> None:
    """The line that sends for a doctor or nurse stands first on the card, where there are such devices."""
    card = book("ransomware").step("cutting_off", "other_machines")

    assert next(name for name, line in card.lines.items() if kind in line.facilities) == "devices_checked"


@pytest.mark.parametrize("kind", FACILITY_KINDS)
def test_backups_are_saved_before_anything_else_is_cut(kind: FacilityKind) -> None:
    """Before the line to the outside, and before the other machines."""
    run = attacked(kind)
    backups = turn(run, "cutting_off/protect_backups")

    assert backups < turn(run, "cutting_off/outside_line/cut_outside")
    assert backups < turn(run, "cutting_off/other_machines/cut_others")


@pytest.mark.parametrize("kind", FACILITY_KINDS)
def test_calls_go_to_a_mobile_before_the_line_is_cut(kind: FacilityKind) -> None:
    """The mobile is named on the card above the cut, the 24-hour line moved before that; afterwards somebody tries whether it rings."""
    seen = [
        name
        for name, line in book("ransomware").step("cutting_off", "outside_line").lines.items()
        if kind in line.facilities
    ]
    night = ["day_and_night"] if kind in ("pharmacy", "visiting_nurse") else []

    assert [one for one in seen if one in ("day_and_night", "one_mobile", "cut_outside", "phones_ring")] == [
        *night,
        "one_mobile",
        "cut_outside",
        "phones_ring",
    ]


@pytest.mark.parametrize("kind", FACILITY_KINDS)
def test_nothing_is_restored_before_evidence_way_in_and_backup(kind: FacilityKind) -> None:
    """The decision is asked only when all three have been answered with yes, however often it takes; then only."""
    run = attacked(kind)
    asked = run.answered["recovery", "restore"].shown

    for line in ("evidence", "entry_closed", "backup_checked"):
        answer = run.answered["recovery", f"before_restore/{line}"]
        assert (answer.answer, answer.turn < asked) == ("done", True)


@pytest.mark.parametrize("place", ["authorities/to_tell/police", "recovery/without_backup"])
def test_nobody_pays(place: str) -> None:
    """It stands where one might think of it: beside the police, and where there is no backup."""
    assert "お金を払う" in forbidden("ransomware", place)


@pytest.mark.parametrize("kind", FACILITY_KINDS)
def test_a_wrong_medicine_is_about_the_person_first(kind: FacilityKind) -> None:
    """A doctor or pharmacist rings and sees to them; before that no more is asked than what it was, and that the rest is held back."""
    steps = Worst("mis_sent", kind, {**LEAK, "way": ["medicine"], "taken": ["swallowed"]}).play().steps
    call = steps.index("containment/medicine_call")

    assert set(steps[:call]) == {"containment/stop_more", "containment/way"}
    assert steps[call + 1 : call + 3] == ["containment/taken", "containment/doctor_now"]
    assert book("mis_sent").tracks["containment"].begin == "medicine_call"


def test_an_insiders_case_is_quiet() -> None:
    """It calls those who decide alone, and begins by saying that nobody is spoken to, asked or searched."""
    playbook = book("insider")

    assert playbook.calls == "deciders"
    assert playbook.tracks["containment"].begin == "alone"
    assert all(one in forbidden("insider", "containment/alone") for one in ("本人を問いつめる", "同僚に話す", "調べる"))


def test_an_insiders_case_goes_by_the_lawyer() -> None:
    """Everywhere the lawyer is called before logs are asked for, devices taken and the person heard."""
    track = book("insider").tracks["containment"]
    way = [track.begin]
    while (goal := track.steps[way[-1]].usual_goal) not in (END, *way):
        way.append(goal)
    late = [name for name in ("logs", "devices", "talk") if name in way]

    assert late[-1] == "talk"
    assert all(way.index("lawyer_first") < way.index(name) for name in late)
    assert track.steps["lawyer_first"].facilities == FACILITY_KINDS


@pytest.mark.parametrize("kind", FACILITY_KINDS)
def test_the_persons_are_told_after_an_attack(kind: FacilityKind) -> None:
    """The first ones, the text, telling all of them, and whether harm followed; nobody has ruled a leak out."""
    run = attacked(kind)
    told = ("prepare/tell_first", "prepare/text", "text_ready", "telling/tell", "telling/harm")

    assert [step for step in told if ("persons_concerned", step) not in run.answered] == []
    assert run.facts["secondary_harm"] == "no"
    assert run.text_of("persons_concerned", "telling/tell").files == "persons_notice"


@pytest.mark.parametrize("name", sorted(shipped_catalogue().playbooks))
def test_wherever_a_report_is_sent_the_persons_may_be_told(name: str) -> None:
    """A playbook that sends a report to the commission tells the persons, too, and goes on to the last reports."""
    tracks = book(name).tracks.values()
    files = {one.files for track in tracks for card in track.steps.values() for one in (card, *card.lines.values())}

    if any("ppc_send" in track.steps for track in tracks):
        assert {"persons_notice", "ppc_final", "my_number_preliminary", "my_number_final"} <= files
