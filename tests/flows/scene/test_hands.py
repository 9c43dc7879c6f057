"""Who is given which step, as people say where they are: hands are those of somebody in the house, and free."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.commands.people import Claim, GiveStep, OpenLine, SettleLine, TakeCommand, TellPresence
from flows.response.steps import taken_by, taken_from
from flows.scene.hands import owners
from flows.scene.passing import takers
from flows.scene.pulled import before_a_call
from tests.flows.clinic import PEOPLE, SATO, SUZUKI, TAKAHASHI, TANAKA, TROUBLE, Clinic, playbook_of
from tests.library import shipped_catalogue

BY_HAND = playbook_of(
    TROUBLE.replace("Photograph the screen.}", "Photograph the screen.}\n        hands: true").replace(
        "Pull the cable.}", "Pull the cable.}\n        hands: true"
    )
)
"""The screen is photographed and the cable pulled by somebody in the house; the vendor can be called from anywhere."""


@pytest.fixture
def clinic() -> Clinic:
    """The clinic, in which reception has reported, and the nurse hands out paper."""
    clinic = Clinic(BY_HAND).found()
    clinic.reports(SATO)
    assert clinic.screens() == {SATO: "picture", SUZUKI: "paper"}
    return clinic


def say(clinic: Clinic, **where: str) -> None:
    """Let people say where they are, one after the other."""
    for who, place in where.items():
        clinic.act(who, TellPresence(clinic.run.id, place))


def test_who_has_no_hands_is_relieved_at_once(clinic: Clinic) -> None:
    """Reception is with a patient: the deputy, who is free, photographs; each of them reads whom it went from and to."""
    had = clinic.screen(SATO)
    say(clinic, m2="here", m3="with_patient")
    assert clinic.screens() == {TANAKA: "picture", SUZUKI: "paper"}
    assert ("step_released" in clinic.told_to(SATO), "step" in clinic.told_to(TANAKA)) == (True, True)
    has = clinic.screen(TANAKA)
    assert (taken_from(clinic.run, has), taken_by(clinic.run, clinic.run.shown[had.turn])) == (SATO, TANAKA)

    clinic.photographs(TANAKA)
    assert clinic.screens() == {TANAKA: "unplug", SUZUKI: "paper"}
    assert taken_from(clinic.run, clinic.screen(TANAKA)) is None


def test_an_answer_that_lapsed_gives_steps_again(clinic: Clinic) -> None:
    """Nothing goes to reception while they are with a patient; ten minutes later the call is theirs without a word."""
    say(clinic, m2="here", m3="with_patient")
    clinic.wait(9)
    assert SATO not in clinic.screens()
    clinic.wait(1)
    assert clinic.screens()[SATO] == "call"


def test_a_step_can_come_back(clinic: Clinic) -> None:
    """The deputy goes out in turn: reception, whose patient has left, has the photograph again."""
    say(clinic, m2="here", m3="with_patient")
    clinic.now += timedelta(minutes=4)
    say(clinic, m3="here", m2="away")
    assert clinic.screens()[SATO] == "call"  # given at once, as they said that they are free
    clinic.answers(SATO, "cannot", reason="話し中")
    assert clinic.screens() == {SATO: "picture", SUZUKI: "paper"}


def test_outside_there_is_work_that_takes_no_hands(clinic: Clinic) -> None:
    """Reception is outside: the photograph goes to whoever is in, the call to the vendor is theirs from there."""
    say(clinic, m2="here", m3="away")
    assert clinic.screens() == {TANAKA: "picture", SUZUKI: "paper", SATO: "call"}


def test_everybody_is_outside(clinic: Clinic) -> None:
    """What takes hands stays with whoever reported, and so does what comes next: nothing comes to nothing."""
    say(clinic, m1="away", m2="away", m4="away", m3="away")
    assert clinic.screens()[SATO] == "picture"
    clinic.photographs(SATO)
    assert clinic.screens()[SATO] == "unplug"


def test_only_one_person_is_there_at_all() -> None:
    """A doctor alone, with a patient: the steps stay, one after the other, and so do the decisions."""
    clinic = Clinic(BY_HAND).found(people=PEOPLE[:1])
    clinic.reports(TAKAHASHI)
    say(clinic, m1="with_patient")
    assert clinic.screens() == {TAKAHASHI: "picture"}
    clinic.photographs(TAKAHASHI)
    assert clinic.screens() == {TAKAHASHI: "unplug"}


def test_the_only_person_in_the_house_is_with_a_patient(clinic: Clinic) -> None:
    """It stays with them while all the others are outside, and goes to the first who comes in, even if nothing waits."""
    say(clinic, m1="away", m2="away", m4="away", m3="with_patient")
    assert clinic.screens()[SATO] == "picture"
    say(clinic, m2="here")
    assert clinic.screens()[TANAKA] == "picture"
    assert SATO not in clinic.screens()


def test_whoever_is_busy_relieves_when_they_are_done(clinic: Clinic) -> None:
    """Nobody has two steps: the nurse hands out the paper first, then takes the photograph over."""
    say(clinic, m4="here", m3="with_patient")
    assert clinic.screens() == {SATO: "picture", SUZUKI: "paper"}
    clinic.answers(SUZUKI)
    assert (clinic.screens()[SUZUKI], SATO in clinic.screens()) == ("picture", False)


def test_a_silent_colleague_relieves_nobody(clinic: Clinic) -> None:
    """Who never answered the alarm isn't known to be there: the step stays with whoever is."""
    say(clinic, m3="with_patient")
    assert clinic.screens()[SATO] == "picture"


def test_a_decision_follows_whoever_leads(clinic: Clinic) -> None:
    """A director with a patient has charge: nothing else is theirs, what only they may decide is."""
    say(clinic, m1="with_patient")
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    assert clinic.screens()[TAKAHASHI] == "stop"


def test_who_takes_a_step_nevertheless_has_it(clinic: Clinic) -> None:
    """The deputy, with a patient, takes the call of their own will; it stays theirs until they say so again."""
    say(clinic, m2="with_patient", m1="here")
    clinic.act(TANAKA, Claim(clinic.run.id, "vendors"))
    say(clinic, m3="here")
    assert clinic.screens()[TANAKA] == "call"
    clinic.now += timedelta(minutes=1)
    say(clinic, m2="away")
    assert clinic.screens()[TANAKA] == "call"
    say(clinic, m2="with_patient")
    assert TAKAHASHI not in clinic.screens()  # who is to take charge is free for it, for three minutes
    clinic.wait(3)
    assert clinic.screens()[TAKAHASHI] == "call"


NOBODYS = playbook_of(
    TROUBLE.replace("role: nurse", "role: safety_manager")
    .replace("answers: {done: {starts: [entry]}}", "answers: {done: {starts: [entry]}}\n        role: commander")
    .replace("role: reception", "role: pharmacist", 1)
)
"""Nobody here is safety manager or pharmacist; the sheets are counted by whoever leads, who decides nothing by that."""


def test_a_role_nobody_holds_goes_to_the_free_deputy() -> None:
    """The director leads and decides; the deputy, who is there, calls the vendor, and counts the sheets, too."""
    clinic = Clinic(NOBODYS).found()
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    assert clinic.screens() == {SATO: "picture", TAKAHASHI: "call"}
    other = Clinic(NOBODYS).found()
    other.reports(SATO)
    say(other, m2="here")
    assert other.screens() == {SATO: "picture"}  # free to lead
    other.act(TAKAHASHI, TakeCommand(other.run.id))
    assert other.screens() == {SATO: "picture", TANAKA: "call", TAKAHASHI: "paper"}
    other.answers(TANAKA, "cannot", reason="話し中")
    other.answers(TAKAHASHI)
    assert other.screens() == {SATO: "picture", TANAKA: "sheets", TAKAHASHI: "stop"}


def test_a_decision_waits_for_whoever_leads() -> None:
    """The director is busy with what only they may decide nothing by: the decision doesn't go to the deputy."""
    clinic = Clinic(NOBODYS).found()
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    assert clinic.screens()[TAKAHASHI] == "call"
    say(clinic, m2="here")
    clinic.answers(TANAKA)
    assert "stop" not in clinic.screens().values()


def test_nobody_in_the_house_is_idle_for_long(clinic: Clinic) -> None:
    """The vendor's call waits for reception, who is at the machine: after three minutes the nurse, free by then, has it."""
    say(clinic, m4="here")
    clinic.answers(SUZUKI)
    clinic.writes(SUZUKI, "3", to_step=True)
    assert SUZUKI not in clinic.screens()
    clinic.wait(2)
    assert SUZUKI not in clinic.screens()
    clinic.wait(1)
    assert clinic.screens()[SUZUKI] == "call"


def test_who_is_silent_is_relieved_by_who_is_there(clinic: Clinic) -> None:
    """The nurse answers nothing: after three minutes the deputy, who is there and doesn't lead, hands out the paper."""
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    say(clinic, m2="here")
    had = clinic.screen(SUZUKI)
    clinic.wait(3)
    clinic.answers(TANAKA, "cannot", reason="話し中")
    assert (clinic.screens()[TANAKA], clinic.run.shown[had.turn].why) == ("paper", "silent")


# ── nobody else can have it ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def scene() -> Clinic:
    """The clinic, in which reception has reported and nobody else has answered."""
    clinic = Clinic(ALONE).found()
    clinic.reports(SATO)
    return clinic


ALONE = playbook_of(
    TROUBLE.replace("Photograph the screen.}", "Photograph the screen.}\n        hands: true").replace(
        "role: nurse", "role: reporter"
    )
)
"""Whoever reported has everything to do, one after the other, as long as nobody else answers."""


def test_what_was_late_is_asked_again_of_whoever_let_it_go(scene: Clinic) -> None:
    """Nobody else is there: the photograph, not the next step, comes back to reception, who reads why."""
    had = scene.screen(SATO)
    scene.wait(10)
    assert (scene.screens(), scene.screen(SATO).turn > had.turn) == ({SATO: "picture"}, True)
    assert taken_by(scene.run, scene.run.shown[had.turn]) == SATO
    assert "step_waiting" not in {o.name for o in scene.heard}


def test_a_reporter_who_is_suspended_leaves_nothing_behind(scene: Clinic) -> None:
    """Whoever was called, is free and in is asked at once for what nobody has, and the first tap takes it."""
    scene.act(TAKAHASHI, TellPresence(scene.run.id, "away"))
    scene.loses_phone(SATO)
    scene.tick()
    asked = {o.to.removeprefix("phone:") for o in scene.heard if o.name == "step_waiting"}
    assert asked == {TANAKA}
    scene.act(TANAKA, Claim(scene.run.id, "containment"))
    assert scene.screens()[TANAKA] == "picture"


def test_who_let_go_has_it_in_turn(scene: Clinic) -> None:
    """Handed on by reception, late with the nurse: it goes back to reception, whose turn is longer ago."""
    scene.act(SATO, GiveStep(scene.run.id, "containment", scene.screen(SATO).turn, SUZUKI))
    assert (scene.screens()[SUZUKI], scene.screens()[SATO]) == ("picture", "call")
    scene.writes(SATO, "折り返します", to_step=True)
    scene.answers(SATO)
    scene.writes(SATO, "0", to_step=True)
    scene.wait(10)
    assert scene.screens()[SATO] == "picture"


def test_what_anybody_may_do_is_for_whoever_leads_last() -> None:
    """The director, who leads, answered before the nurse did: what anybody may do goes to the nurse."""
    clinic = Clinic(
        playbook_of(TROUBLE.replace("role: reception", "role: anyone", 1).replace("role: nurse", "role: reporter"))
    ).found()
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    assert owners("anyone", clinic.run, clinic.context(SATO)) == [SATO, TAKAHASHI]
    say(clinic, m4="here")
    assert owners("anyone", clinic.run, clinic.context(SATO)) == [SATO, SUZUKI, TAKAHASHI]


def test_a_call_that_is_being_made_goes_on() -> None:
    """The deputy led, and is at work that decides nothing, when the director takes over: it stays theirs; the decision goes along."""
    clinic = Clinic(NOBODYS).found()
    clinic.reports(SATO)
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    clinic.writes(TANAKA, "折り返します", to_step=True)
    had = clinic.screen(TANAKA)
    assert had.step == "paper"
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    assert (clinic.screen(TANAKA).turn, clinic.screens()[TAKAHASHI]) == (had.turn, "stop")
    clinic.answers(TANAKA)

    other = Clinic(NOBODYS).found()
    other.reports(SATO)
    other.act(TANAKA, TakeCommand(other.run.id))
    other.writes(TANAKA, "折り返します", to_step=True)
    for step in ("paper", "sheets"):
        assert other.screens()[TANAKA] == step
        other.answers(TANAKA) if step == "paper" else other.writes(TANAKA, "0", to_step=True)
    assert other.screens()[TANAKA] == "stop"
    other.act(TAKAHASHI, TakeCommand(other.run.id))
    assert (other.screens()[TAKAHASHI], TANAKA in other.screens()) == ("stop", False)


# ── leads ───────────────────────────────────────────────────────────────────────────────────────────────────────────

ATTACK = playbook_of("""
cuts_network: true
tracks:
  containment:
    title: {ja: 広がりを止める, en: Stop it}
    stage: first_response
    urgency: 1
    help: vendor:network
    role: reporter
    steps:
      unplug: {ask: {ja: 線を抜いてください。, en: Pull the cable.}, hands: true, source: own}
  vendors:
    title: {ja: 事業者, en: Vendors}
    stage: first_response
    urgency: 1
    help: vendor:ehr
    role: commander
    steps:
      call:
        ask: {ja: 事業者に電話してください。, en: Call the vendor.}
        takes: contact
        contact: vendor:ehr
        source: own
  cutting_off:
    title: {ja: ほかの線, en: Other leads}
    stage: first_response
    urgency: 1
    help: vendor:network
    role: anyone
    steps:
      backups: {ask: {ja: NASの線を抜いてください。, en: Pull the NAS.}, picture: nas, hands: true, source: own}
      outside: {ask: {ja: 外の線を抜いてください。, en: Pull the router.}, picture: router_wan, hands: true, source: own}
""")
"""One lead for whoever reported, two for anybody, and the vendor's call for whoever leads."""


@pytest.fixture
def attack() -> Clinic:
    """The clinic under attack: reception has reported and is at the machine, nobody else has answered."""
    clinic = Clinic(ATTACK).found()
    clinic.reports(SATO)
    return clinic


def called(clinic: Clinic) -> list[str]:
    """Give who was asked to call by voice."""
    return [call.caller for call in clinic.run.voice_calls.values()]


def test_a_lead_comes_before_a_call_by_voice(attack: Clinic) -> None:
    """The nurse, who is there, pulls the backups first; she calls the director when that is done."""
    say(attack, m4="here")
    assert (attack.screens()[SUZUKI], called(attack)) == ("backups", [])
    attack.answers(SUZUKI)
    attack.answers(SATO)
    assert attack.screens()[SUZUKI] == "outside"
    say(attack, m2="here")
    attack.tick()
    assert called(attack) == [SATO]


@pytest.mark.parametrize(("where", "step"), [("here", "backups"), ("away", "call")])
def test_who_takes_charge_in_the_house_pulls_before_they_call(attack: Clinic, where: str, step: str) -> None:
    """The call waits until the deputy says where they are, two minutes at most; the lead is theirs if nobody else has hands."""
    attack.act(TANAKA, TakeCommand(attack.run.id))
    assert TANAKA not in attack.screens()
    say(attack, m2=where)
    assert attack.screens()[TANAKA] == step


def test_a_call_waits_two_minutes_for_where_somebody_is(attack: Clinic) -> None:
    """Who leads and doesn't say where they are is given no lead, and the call in the end."""
    attack.act(TANAKA, TakeCommand(attack.run.id))
    attack.wait(2)
    assert attack.screens() == {SATO: "unplug", TANAKA: "call"}


@pytest.mark.parametrize(("where", "caller"), [("with_patient", SUZUKI), ("away", TANAKA)])
def test_a_call_that_waits_is_for_who_is_outside_and_last_for_who_reported(
    attack: Clinic, where: str, caller: str
) -> None:
    """Nobody leads, and all leads are out: it is the nurse's, who is in as reception is; or the deputy's, who can do nothing else."""
    say(attack, m4="here")
    attack.answers(SATO)
    for _ in ("backups", "outside"):
        [has] = attack.screens()
        attack.answers(has)
    say(attack, m2=where)
    attack.wait(3)

    assert attack.screens() == {caller: "call"}


def test_a_lead_that_somebody_is_slow_with_goes_to_who_is_there(attack: Clinic) -> None:
    """The nurse was called to a patient: four minutes later it is reception's, whose own lead is out; not reception's the nurse's."""
    say(attack, m4="here")
    attack.answers(SATO)
    attack.wait(3)
    assert attack.screens() == {SUZUKI: "backups"}
    attack.wait(1)
    assert attack.screens() == {SATO: "backups"}
    assert taken_from(attack.run, attack.screen(SATO)) == SUZUKI

    other = Clinic(ATTACK).found()
    other.reports(SATO)
    say(other, m2="here", m4="here")
    other.answers(TANAKA)
    other.wait(4)
    assert other.screens()[SATO] == "unplug"


def test_no_lead_is_passed_to_who_does_not_answer(attack: Clinic) -> None:
    """The director was asked to lead and is silent: nobody knows where they are."""
    say(attack, m4="here")
    assert TAKAHASHI not in takers(attack.run, attack.context(SUZUKI), "cutting_off")
    say(attack, m1="here")
    assert TAKAHASHI in takers(attack.run, attack.context(SUZUKI), "cutting_off")


def test_phones_leave_the_wifi_when_the_outside_line_is_next(attack: Clinic) -> None:
    """Not before, when there is enough to read; whoever pulls it reads so on their own screen, and everybody once."""
    say(attack, m4="here")
    assert not any(o.name == "line_goes" for o in attack.heard)
    attack.answers(SUZUKI)
    told = {o.to.removeprefix("phone:") for o in attack.heard if o.name == "line_goes"}
    assert told == {SATO}


# ── a photo that doesn't come ───────────────────────────────────────────────────────────────────────────────────────

CARDS = playbook_of("""
tracks:
  containment:
    title: {ja: 広がりを止める, en: Stop it}
    stage: first_response
    urgency: 1
    help: vendor:network
    role: reporter
    steps:
      machine:
        ask: {ja: そのパソコン, en: That machine}
        takes: card
        hands: true
        lines:
          picture: {ja: 撮る, en: Photograph it, takes: photo}
          pull: {ja: 線を抜く, en: Pull its lead, hands: true, picture: lan_plug}
        source: own
  vendors:
    title: {ja: 事業者, en: Vendors}
    stage: first_response
    urgency: 1
    help: vendor:ehr
    role: commander
    steps:
      call:
        ask: {ja: 事業者に電話してください。, en: Call the vendor.}
        takes: contact
        contact: vendor:ehr
        source: own
  cutting_off:
    title: {ja: ほかの線, en: Other leads}
    stage: first_response
    urgency: 1
    help: vendor:network
    role: anyone
    steps:
      backups: {ask: {ja: NASの線を抜いてください。, en: Pull the NAS.}, picture: nas, hands: true, source: own}
      others:
        ask: {ja: ほかのパソコン, en: The others}
        takes: card
        hands: true
        lines: {pull: {ja: 線を抜く, en: Pull their leads, picture: hub, hands: true}}
        source: own
""")
"""The reporter's machine is a card with a photo; then a lead that comes before the vendor's call, and one that comes after it."""


@pytest.mark.parametrize(
    ("track", "step", "before"),
    [
        ("containment", "machine", True),
        ("cutting_off", "backups", True),
        ("cutting_off", "others", False),
        ("vendors", "call", False),
    ],
)
def test_what_comes_before_any_call(track: str, step: str, before: bool) -> None:
    """One's own machine, though a card with more than its lead, and the backups; no other machines, and no call."""
    clinic = Clinic(CARDS).found()
    clinic.reports(SATO)

    assert before_a_call(clinic.run, track, step) is before


def test_a_photo_that_does_not_come_holds_nothing_up() -> None:
    """Everybody else is silent: the backups come after two minutes, then the call, the other leads, and the photo at last."""
    clinic = Clinic(CARDS).found()
    clinic.reports(SATO)
    clinic.act(SATO, SettleLine(clinic.run.id, clinic.screen(SATO).turn, "pull", "done"))
    clinic.wait(1)
    assert clinic.screens() == {SATO: "machine"}
    clinic.wait(1)
    assert clinic.screens() == {SATO: "backups"}
    clinic.wait(1)
    clinic.answers(SATO)
    assert clinic.screens() == {SATO: "call"}
    clinic.answers(SATO)
    clinic.writes(SATO, "山口さん、折り返します")
    assert clinic.screens() == {SATO: "others"}
    clinic.act(SATO, SettleLine(clinic.run.id, clinic.screen(SATO).turn, "pull", "done"))
    assert clinic.screens() == {SATO: "machine"}


def test_a_photo_that_comes_late_settles_its_card() -> None:
    """Who sent it while they pull the backups is asked for it no more, and goes on with the backups."""
    clinic = Clinic(CARDS).found()
    clinic.reports(SATO)
    clinic.act(SATO, SettleLine(clinic.run.id, clinic.screen(SATO).turn, "pull", "done"))
    clinic.wait(2)
    clinic.photographs(SATO, to_step=False)
    assert clinic.screens() == {SATO: "backups"}
    assert clinic.run.tracks["containment"].open is False
    assert "step" not in clinic.told_to(SATO)


@pytest.mark.parametrize("heard", [False, True])
def test_the_machine_of_whoever_reported_is_theirs_while_they_are_heard(*, heard: bool) -> None:
    """Reception says nothing for four minutes: the nurse, who is there, goes to it. Once they have tapped a line of it, nobody does."""
    clinic = Clinic(*shipped_catalogue().playbooks.values()).found()
    clinic.reports(SATO, playbook="ransomware")
    say(clinic, m2="here", m4="here")
    assert clinic.screens()[SATO] == "this_machine"
    if heard:
        clinic.act(SATO, OpenLine(clinic.run.id, clinic.screen(SATO).turn, "photograph"))
    clinic.wait(4)
    assert clinic.screens().get(SATO if heard else SUZUKI) == "this_machine"
