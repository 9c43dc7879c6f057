"""From the first message to everybody knowing, and to somebody deciding."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contacts.model import Member
from flows.commands.clock import CallIn, LapseCommand, PassCommandOn
from flows.commands.facility import Enrol, Invite
from flows.commands.people import (
    Acknowledge,
    CallOff,
    ChoosePlaybook,
    Join,
    Report,
    TakeCommand,
    TellByMouth,
    TellPresence,
)
from flows.events.calling import Acknowledged
from flows.handbook import Pace
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from tests.flows.clinic import (
    MORNING,
    SATO,
    SUZUKI,
    TAKAHASHI,
    TANAKA,
    TROUBLE,
    Clinic,
    happened,
    one_step,
    playbook_of,
)

# Report


def test_the_reporter_gets_the_first_action_at_once(clinic: Clinic) -> None:
    """Nothing waits for an approval: the order that opens the run puts the first step on the reporter's screen."""
    clinic.reports(SATO)

    assert clinic.run.commander is None
    assert clinic.screen(SATO).step == "picture"
    assert clinic.told_to(SATO) == ["opened", "step"]


def test_a_report_nobody_classified_is_asked_about(clinic: Clinic) -> None:
    """Without a playbook there is one question, and no alarm yet; the answer begins the response."""
    clinic.reports(SATO, playbook=None, candidates=("trouble",))
    assert (clinic.run.state, clinic.told_to(SATO), clinic.got("alarm")) == ("reported", ["question"], [])

    clinic.act(SATO, ChoosePlaybook(clinic.run.id, "trouble"))

    assert clinic.run.state == "responding"
    assert clinic.got("alarm") == [TAKAHASHI, TANAKA, SUZUKI]


def test_nobody_has_to_answer_the_question(clinic: Clinic) -> None:
    """Where triage is sure, the likeliest playbook begins by itself, once: after a minute where it may be urgent."""
    clinic.reports(SATO, playbook=None, candidates=("trouble",), sure=True)

    assert "alarm" not in [o.name for o in clinic.wait(0)]
    assert [o.name for o in clinic.wait(3)].count("alarm") == 3


def test_what_the_facility_has_set_counts() -> None:
    """How long a question waits is the facility's, urgent or not."""
    assert [Pace().question_for(urgent=urgent) for urgent in (True, False)] == [1, 3]
    assert [Pace(question=3).question_for(urgent=urgent) for urgent in (True, False)] == [3, 3]


@pytest.mark.parametrize(("near", "minutes"), [("trouble", 1), ("else", 3)], ids=["may be urgent", "anything"])
def test_an_unclear_report_begins_by_itself_too(clinic: Clinic, near: str, minutes: int) -> None:
    """Whoever reported may have no hand for the question: with who decides they are asked once more, and it begins one wait later."""
    clinic.reports(SATO, playbook=None, candidates=("trouble",), near=(near,))

    asked = [(o.name, o.to) for o in clinic.wait(minutes)]
    assert asked == [("question", f"phone:{m}") for m in (SATO, TAKAHASHI, TANAKA)]
    assert [o.name for o in clinic.wait(minutes)].count("alarm") == 3


def test_what_is_most_likely_everyday_talk_never_begins_by_itself(clinic: Clinic) -> None:
    """Its writer is asked once and nobody else; it is put away at last, and those who decide read of it in the evening."""
    clinic.reports(SATO, "観葉植物に水あげた", playbook=None, candidates=("trouble",), near=("trouble",), everyday=True)

    assert [o.name for o in clinic.wait(119)] == []
    clinic.wait(1)
    assert clinic.run.state == "false_alarm"
    clinic.now = MORNING + timedelta(hours=8)
    clinic.tick()
    assert [(o.to, o.silent) for o in clinic.told if o.name == "quiet_ends"] == [
        (f"phone:{m}", True) for m in (TAKAHASHI, TANAKA)
    ]


def test_everyday_talk_that_goes_on_is_none(clinic: Clinic) -> None:
    """A second one who tells of it, or a photo, makes it a report like any other; what its writer calls a mistake is told to nobody."""
    clinic.reports(SATO, playbook=None, candidates=("trouble",), near=("trouble",), everyday=True)
    clinic.act(SUZUKI, Join(clinic.run.id, "こっちもです", ("trouble",)))
    assert [o.name for o in clinic.wait(1)].count("alarm") == 3

    clinic.act(TAKAHASHI, CallOff(clinic.run.id, ""))
    clinic.reports(SATO, playbook=None, candidates=("trouble",), near=("trouble",), everyday=True)
    clinic.act(SATO, CallOff(clinic.run.id))
    clinic.now = MORNING + timedelta(hours=8)
    clinic.tick()
    assert clinic.got("quiet_ends") == []


def test_what_may_be_an_attack_begins_at_once() -> None:
    """However unsure the words are: everybody is called after the one minute that the question has."""
    attack = playbook_of(TROUBLE, "attack").model_copy(update={"event": "cyber_attack"})
    clinic = Clinic(playbook_of(TROUBLE), attack, playbook_of(TROUBLE, "unknown")).found()
    clinic.reports(SATO, playbook=None, candidates=("trouble",), near=("trouble", "attack"))

    assert [o.name for o in clinic.wait(1)].count("alarm") == 3


def test_what_is_like_nothing_is_put_away(clinic: Clinic) -> None:
    """What no playbook is like is asked about again, of the chain as well, and ends at last: nobody is called for nothing."""
    clinic.reports(SATO, playbook=None)

    assert [(o.name, o.to) for o in clinic.wait(30)] == [("question", f"phone:{m}") for m in (SATO, TAKAHASHI, TANAKA)]
    assert clinic.wait(95) == []
    assert clinic.run.state == "false_alarm"


def test_none_of_the_proposals_leads_to_the_unknown(clinic: Clinic) -> None:
    """[どれでもない] begins the playbook for what nobody can name; where there is none, the likeliest."""
    clinic.reports(SATO, playbook=None, candidates=("trouble",))
    clinic.act(SATO, ChoosePlaybook(clinic.run.id, ""))

    assert clinic.run.playbook == clinic.playbooks["trouble"]


def test_an_unknown_playbook_is_refused(clinic: Clinic) -> None:
    """A name that no playbook has opens nothing, and the question stays."""
    clinic.reports(SATO, playbook=None)

    assert clinic.refused(SATO, ChoosePlaybook(clinic.run.id, "witchcraft")).name == "unknown_playbook"


def test_a_response_begins_once(clinic: Clinic) -> None:
    """A second tap on a proposal is refused: it has begun."""
    run = clinic.reports(SATO)

    assert clinic.refused(SATO, ChoosePlaybook(run.id, "trouble")).name == "already_open"


def feared() -> Clinic:
    """Give the clinic in which something may be an attack, or small, or nobody knows."""
    attack = playbook_of(TROUBLE, "attack").model_copy(update={"event": "cyber_attack"})
    other = playbook_of(TROUBLE, "another").model_copy(update={"event": "cyber_attack"})
    clinic = Clinic(playbook_of(TROUBLE), attack, other, playbook_of(TROUBLE, "unknown")).found()
    clinic.reports(SATO, playbook=None, candidates=("trouble",), near=("trouble", "attack"))
    return clinic


def test_the_attack_may_be_named_after_its_posture_was_taken() -> None:
    """Silence took the posture alone: [ランサムウェア] in the old question isn't too late, anything less is; nor is it named twice."""
    clinic = feared()
    clinic.wait(1)
    begun = clinic.run.playbook
    assert begun is not None
    assert begun.playbook == "unknown"
    assert clinic.refused(SATO, ChoosePlaybook(clinic.run.id, "trouble")).data["playbook"] == "unknown"
    clinic.act(SATO, ChoosePlaybook(clinic.run.id, "attack"))

    assert clinic.run.playbook == clinic.playbooks["attack"]
    assert clinic.refused(SATO, ChoosePlaybook(clinic.run.id, "another")).data["playbook"] == "attack"


def test_what_somebody_chose_is_not_chosen_anew() -> None:
    """[どれでもない] began it, no silence: an old button that names the attack comes too late, others are proposed in its steps."""
    clinic = feared()
    clinic.act(SATO, ChoosePlaybook(clinic.run.id, ""))

    assert clinic.refused(SATO, ChoosePlaybook(clinic.run.id, "attack")).data["playbook"] == "unknown"


def test_a_second_reporter_joins(clinic: Clinic) -> None:
    """[同じ件] puts the words into the run, counts as confirmation, and whoever decides hears of it."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)

    clinic.act(SUZUKI, Join(clinic.run.id, "処置室も動かない"))

    assert [n.text for n in clinic.run.notes.values()] == ["処置室も動かない"]
    assert SUZUKI in clinic.run.acknowledged
    assert clinic.got("reported_again") == [TAKAHASHI]


# Alarm


def test_the_alarm_goes_to_everybody_else(clinic: Clinic) -> None:
    """All but the reporter are called, with a sound, while the clinic is open."""
    clinic.reports(SATO)

    assert clinic.got("alarm") == [TAKAHASHI, TANAKA, SUZUKI]
    assert not any(o.silent for o in clinic.told if o.name == "alarm")


def test_a_firm_matter_calls_those_who_decide_and_whom_it_needs() -> None:
    """A step is the nurse's: she is rung, reception isn't. When it turns out to be loud, everybody is called at once."""
    loud = playbook_of(TROUBLE, "loud").model_copy(update={"grade": "urgent"})
    turned = "answers: {worse: {label: {ja: 広がった, en: Worse}, hands_over: loud}}"
    firm = one_step(turned, role="nurse", name="firm").model_copy(update={"grade": "firm"})
    clinic = Clinic(firm, loud).found()
    other = clinic.hire(name="伊藤", roles=("reception",))
    clinic.reports(SATO)

    assert clinic.got("alarm") == [TAKAHASHI, TANAKA, SUZUKI]
    clinic.wait(2)
    assert other not in {o.to.removeprefix("phone:") for o in clinic.heard if o.run == clinic.run.id}

    clinic.answers(SUZUKI, "worse")
    assert clinic.got("alarm") == [other]


def test_at_night_only_those_who_must_are_rung() -> None:
    """Outside the sessions the chain and the on-call ring; the others find the alarm in silence, in the morning it rings."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    on_call = clinic.hire(name="伊藤", roles=("nurse",), on_call=True)
    clinic.now = MORNING + timedelta(hours=17)

    clinic.reports(SATO)

    assert clinic.run.ring.keys() == {TAKAHASHI, TANAKA, on_call}
    assert [o.to for o in clinic.told if o.name == "alarm" and o.silent] == [f"phone:{SUZUKI}"]
    rung = [(o.to, clinic.now) for o in clinic.wait(6 * 60 + 59) if o.name == "alarm_again"]
    assert f"phone:{SUZUKI}" not in dict(rung)
    assert f"phone:{SUZUKI}" in [o.to for o in clinic.wait(1) if o.name == "alarm_again"]


def test_nobody_is_rung_on_a_day_off(clinic: Clinic) -> None:
    """Whoever is absent gets the alarm in silence, and no repeats while away."""
    clinic.goes_home(SUZUKI)
    clinic.reports(SATO)

    assert SUZUKI in clinic.run.quiet
    assert f"phone:{SUZUKI}" not in [o.to for o in clinic.wait(30) if o.name == "alarm_again"]


def test_the_silent_are_called_three_times_and_then_named(clinic: Clinic) -> None:
    """Every five minutes, three times; after that the board names them and nobody calls again."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    clinic.confirms(TANAKA)

    calls = [o for o in clinic.wait(14) if o.name == "alarm_again"]
    assert [o.message.facts["count"] for o in calls] == [1, 2]
    assert clinic.board(TAKAHASHI).silent == ()

    assert [o.message.facts["count"] for o in clinic.wait(60) if o.name == "alarm_again"] == [3]
    assert clinic.board(TAKAHASHI).silent == (SUZUKI,)


def test_whoever_confirmed_is_left_in_peace(clinic: Clinic) -> None:
    """A confirmation ends the calls; a second one is refused with who and when."""
    clinic.reports(SATO)
    clinic.confirms(SUZUKI)

    assert f"phone:{SUZUKI}" not in [o.to for o in clinic.wait(30) if o.name == "alarm_again"]
    again = clinic.refused(SUZUKI, Acknowledge(clinic.run.id))
    assert (again.name, again.data["at"][:16]) == ("already_confirmed", "2027-04-01T00:00")


def test_the_facility_sets_the_pace() -> None:
    """How often and how many times the silent are called is a setting."""
    clinic = Clinic(playbook_of(TROUBLE), pace=Pace(alarm_repeat=2, alarm_repeats=1)).found()
    clinic.reports(SATO)

    assert [o.to for o in clinic.wait(20) if o.name == "alarm_again"] == [
        f"phone:{m}" for m in (TAKAHASHI, TANAKA, SUZUKI)
    ]


def test_somebody_without_a_phone_is_told_by_mouth() -> None:
    """The board names them at once; a colleague taps [口頭で伝えた], and the log says on whose behalf."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    nobody = clinic.hire(name="渡辺", roles=("staff",), phone=False)
    clinic.reports(SATO)
    assert clinic.board(SATO).unreachable == (nobody,)
    assert TellByMouth(clinic.run.id, nobody) in clinic.offered(SATO, TellByMouth)

    outcome = clinic.act(SATO, TellByMouth(clinic.run.id, nobody))

    assert outcome.events == (Acknowledged(nobody),)
    assert outcome.entries[0].actor == SATO
    assert clinic.run.told_by == {nobody: SATO}
    assert clinic.offered(SATO, TellByMouth) == []


def test_telling_by_mouth_takes_no_command(clinic: Clinic) -> None:
    """That somebody told the director does not make the director decide; that is for the director to say."""
    clinic.reports(SATO)
    clinic.act(SATO, TellByMouth(clinic.run.id, TAKAHASHI))

    assert clinic.run.commander is None


def test_nobody_unknown_is_told(clinic: Clinic) -> None:
    """A member who never was cannot have been told."""
    clinic.reports(SATO)

    assert clinic.refused(SATO, TellByMouth(clinic.run.id, "m99")).name == "stale"


# Who decides


def test_an_old_button_still_takes_command(clinic: Clinic) -> None:
    """For whoever is asked to decide, [確認しました] of an older version takes command; for others it doesn't."""
    clinic.reports(SATO)
    clinic.confirms(SUZUKI)
    assert not clinic.got("command_yours")

    clinic.confirms(TAKAHASHI)

    assert (clinic.run.commander, clinic.run.reserved) == (TAKAHASHI, False)
    assert {"command_yours", "step"} <= set(clinic.told_to(TAKAHASHI))
    assert clinic.screen(TAKAHASHI).step == "stop"


def test_a_director_who_reports_decides_from_the_start(clinic: Clinic) -> None:
    """Whoever stands first in the chain and reports has command at once, and is asked nothing."""
    clinic.reports(TAKAHASHI)

    assert clinic.run.commander == TAKAHASHI
    assert ("command_yours" in clinic.told_to(TAKAHASHI), clinic.got("command_taken")) == (False, [])
    assert "command_ask" not in [o.name for o in clinic.wait(14)]


@pytest.mark.parametrize("mode", ["incident", "drill"])
def test_only_who_reports_decides_from_the_start(clinic: Clinic, mode: str) -> None:
    """A director who says what somebody else's report is has not taken charge by that; nor does a drill wait for them to."""
    clinic.reports(SATO, playbook=None, mode=mode)
    clinic.act(TAKAHASHI if mode == "incident" else SATO, ChoosePlaybook(clinic.run.id, "trouble"))

    assert (clinic.run.commander, list(clinic.run.asked_to_command)) == (None, [TAKAHASHI])


def test_all_who_are_at_it_read_who_leads_first(clinic: Clinic) -> None:
    """Whoever confirmed reads it once somebody leads; that it passed on, only those who decide."""
    clinic.reports(SATO)
    clinic.confirms(SUZUKI)
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    assert {SATO, SUZUKI} <= set(clinic.got("command_taken"))
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    assert clinic.got("command_taken") == [TANAKA]


def test_where_it_is_not_urgent_each_of_the_chain_is_asked(clinic: Clinic) -> None:
    """In an attack everybody is after two; a firm matter goes on to the third, since there is time."""
    asked = {}
    for grade in ("urgent", "firm"):
        other = Clinic(playbook_of(TROUBLE).model_copy(update={"grade": grade})).found()
        third = other.hire(name="伊藤", roles=("doctor",), stands_in_for=("director",), rank=2)
        other.reports(SATO)
        other.wait(60)
        asked[grade] = third in other.run.asked_to_command
    assert asked == {"urgent": False, "firm": True}


def test_where_one_is_stands_in_the_alarm_itself(clinic: Clinic) -> None:
    """The message that called changes; none comes for the answer, neither the first time nor afterwards."""
    clinic.reports(SATO)
    for where in ("here", "with_patient"):
        clinic.act(SUZUKI, TellPresence(clinic.run.id, where))
        assert [o.edits for o in clinic.told if o.to == f"phone:{SUZUKI}" and o.name == "alarm_confirmed"] == [True]


def test_a_silent_director_is_replaced_by_the_deputy(clinic: Clinic) -> None:
    """After three minutes the deputy is asked, told who stayed silent, and takes over; saying where one is takes nothing."""
    clinic.reports(SATO)
    assert "command_ask" not in [o.name for o in clinic.wait(2)]

    clinic.wait(1)
    assert clinic.got("command_ask") == [TANAKA]
    assert [o.message.facts["after"] for o in clinic.told if o.name == "command_ask"] == [TAKAHASHI]

    clinic.act(TANAKA, TellPresence(clinic.run.id, "here"))
    assert clinic.board(TANAKA).commander is None
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    assert (clinic.run.commander, clinic.run.reserved) == (TANAKA, False)


def test_a_deputy_need_not_wait(clinic: Clinic) -> None:
    """Whoever is of the chain may take command while nobody has it; a nurse may not."""
    clinic.reports(SATO)
    assert clinic.refused(SUZUKI, TakeCommand(clinic.run.id)).name == "not_in_chain"

    clinic.act(TANAKA, TakeCommand(clinic.run.id))

    assert clinic.run.commander == TANAKA


def test_the_director_takes_it_back(clinic: Clinic) -> None:
    """The director can take over from the deputy at any time, decisions on the screen included; not the other way."""
    clinic.reports(SATO)
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    assert clinic.screen(TANAKA).step == "stop"

    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))

    assert clinic.run.commander == TAKAHASHI
    assert clinic.screen(TAKAHASHI).step == "stop"
    assert clinic.got("command_yours") == [TAKAHASHI]
    assert TANAKA in clinic.got("command_taken")
    assert clinic.refused(TANAKA, TakeCommand(clinic.run.id)).name == "not_in_chain"
    assert clinic.refused(TAKAHASHI, TakeCommand(clinic.run.id)).name == "already_command"


def test_whoever_returns_gets_one_summary(clinic: Clinic) -> None:
    """The director who was passed over is told once where things stand, whatever they do afterwards."""
    clinic.reports(SATO)
    clinic.wait(10)
    clinic.confirms(TANAKA)

    clinic.confirms(TAKAHASHI)
    assert clinic.got("welcome_back") == [TAKAHASHI]
    assert clinic.run.commander == TANAKA

    clinic.writes(TAKAHASHI, "戻りました")
    assert clinic.got("welcome_back") == []


def test_the_silent_member_who_comes_gets_one_summary(clinic: Clinic) -> None:
    """Called three times in vain, then there: one summary, also when somebody else takes command later."""
    clinic.reports(SATO)
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    clinic.wait(20)

    clinic.confirms(SUZUKI)
    assert clinic.got("welcome_back") == [SUZUKI]

    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    clinic.writes(SUZUKI, "患者さんに説明中")
    assert clinic.got("welcome_back") == []


def test_whoever_was_there_all_along_needs_no_summary(clinic: Clinic) -> None:
    """The deputy who was asked, decided and gave command back was never away."""
    clinic.reports(SATO)
    clinic.wait(10)
    clinic.confirms(TANAKA)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))

    clinic.writes(TANAKA, "業者と話しています")

    assert clinic.got("welcome_back") == []


def test_a_second_silence_gets_a_second_summary(clinic: Clinic) -> None:
    """A director who fell silent again while deciding is passed over again, and gets a summary again."""
    clinic.reports(SATO)
    clinic.wait(10)
    clinic.confirms(TANAKA)
    clinic.confirms(TAKAHASHI)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    clinic.wait(25)
    assert clinic.run.commander is None
    clinic.act(TANAKA, TakeCommand(clinic.run.id))

    clinic.writes(TAKAHASHI, "戻りました")

    assert clinic.got("welcome_back") == [TAKAHASHI]


def test_when_nobody_of_the_chain_answers_anybody_may_decide(clinic: Clinic) -> None:
    """After director and deputy command is offered to all; what they decide is marked as to be ratified."""
    clinic.reports(SATO)
    clinic.wait(6)
    assert clinic.got("command_open") == [TAKAHASHI, TANAKA, SATO, SUZUKI]
    assert [o.name for o in clinic.wait(60)].count("command_open") == 0

    clinic.act(SUZUKI, TakeCommand(clinic.run.id))

    assert (clinic.run.commander, clinic.run.reserved) == (SUZUKI, True)
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    assert (clinic.run.commander, clinic.run.reserved) == (TANAKA, False)


def test_a_clinic_without_anybody_to_decide_offers_it_at_once() -> None:
    """Director and deputy are both away: nobody waits for them."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    clinic.goes_home(TAKAHASHI)
    clinic.goes_home(TANAKA)
    clinic.reports(SATO)

    assert clinic.got("command_open") == [TAKAHASHI, TANAKA, SATO, SUZUKI]


def test_an_absent_director_is_not_waited_for(clinic: Clinic) -> None:
    """The deputy is the first to be asked, and has their own ten minutes."""
    clinic.goes_home(TAKAHASHI)
    clinic.reports(SATO)

    assert clinic.board(SATO).asked == (TANAKA,)


def test_a_director_nobody_can_write_to_is_not_waited_for() -> None:
    """Without a phone in the bot a director can't answer: the deputy is asked at once."""
    clinic = Clinic(playbook_of(TROUBLE)).found(people=())
    clinic.hire(name="高橋", roles=("director",), phone=False)
    deputy = clinic.hire(name="田中", stands_in_for=("director",))
    reception = clinic.hire(name="佐藤", roles=("reception",))
    clinic.reports(reception)

    assert clinic.board(reception).asked == (deputy,)


def test_a_commander_who_leaves_is_replaced(clinic: Clinic) -> None:
    """A lost phone or an absence takes the decision away at the next tick, and the next of the chain is asked."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    clinic.loses_phone(TAKAHASHI)

    clinic.wait(1)

    assert clinic.run.commander is None
    assert clinic.got("command_ask") == [TANAKA]
    assert "stop" not in clinic.screens().values()


def test_the_deputy_is_told_who_was_silent_last(clinic: Clinic) -> None:
    """With two deputies the second is asked after the first, not after the director."""
    second = clinic.hire(name="小林", roles=("doctor",), stands_in_for=("director",), rank=2)
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    clinic.loses_phone(TAKAHASHI)
    clinic.wait(1)

    clinic.wait(3)

    assert [(o.to, o.message.facts["after"]) for o in clinic.told if o.name == "command_ask"] == [
        (f"phone:{second}", TANAKA)
    ]


def test_an_offer_ends_when_somebody_takes_it(clinic: Clinic) -> None:
    """Once somebody decides, command is no longer anybody's: after a lapse the rest of the chain is asked first."""
    clinic.reports(SATO)
    clinic.wait(20)
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    second = clinic.hire(name="小林", roles=("doctor",), stands_in_for=("director",), rank=2)
    clinic.loses_phone(TANAKA)

    clinic.wait(1)

    assert clinic.got("command_ask") == [second]
    assert clinic.offered(SUZUKI, TakeCommand) == []
    assert clinic.refused(SUZUKI, TakeCommand(clinic.run.id)).name == "not_in_chain"
    clinic.wait(3)
    assert SUZUKI in clinic.got("command_open")


def test_the_clock_does_not_pass_on_what_is_taken(clinic: Clinic) -> None:
    """An escalation that comes too late changes nothing."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)

    assert clinic.refused("clock", PassCommandOn(clinic.run.id)).name == "stale"
    assert happened(clinic.act("clock", LapseCommand(clinic.run.id, "away")))[:1] == ["command_lapsed"]
    assert clinic.refused("clock", LapseCommand(clinic.run.id, "away")).name == "stale"


def test_a_playbook_for_drills_alone_never_opens_an_incident(clinic: Clinic) -> None:
    """`use: [drill]` keeps what is made for practice out of an emergency; as a drill it can be opened."""
    clinic.playbooks["trouble"] = clinic.playbooks["trouble"].model_copy(update={"use": ("drill",)})

    assert clinic.refused(SATO, Report("", "画面がおかしい", playbook="trouble")).name == "unknown_playbook"
    assert clinic.reports(SATO, mode="drill").drill


# Who comes in, and who is asked next


def test_whoever_enrols_meanwhile_is_called_at_once() -> None:
    """Somebody hired in the middle of it, and somebody whose phone comes late: both get the alarm now, and once."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    late = clinic.hire(name="山田", roles=("reception",), phone=False)
    clinic.reports(SATO)
    clinic.wait(1)
    clinic.act(CONSOLE, Invite(FACILITY, _known(clinic, late), "reception", "late", clinic.now + timedelta(days=1)))
    clinic.act("", Enrol(FACILITY, "late", f"phone:{late}"))
    new = clinic.hire(name="伊藤", roles=("nurse",))

    clinic.tick()
    assert sorted(o.to for o in clinic.heard if o.name == "alarm" and o.to[6:] in (late, new)) == [
        f"phone:{late}",
        f"phone:{new}",
    ]
    assert {late, new} <= clinic.run.ring.keys()
    clinic.confirms(new)
    assert [o for o in clinic.wait(3) if o.name == "alarm"] == []
    assert clinic.refused("clock", CallIn(clinic.run.id, new)).name == "stale"


def test_a_delicate_matter_calls_nobody_else() -> None:
    """Where only those who decide are called, whoever enrols meanwhile hears nothing."""
    clinic = Clinic(playbook_of(TROUBLE).model_copy(update={"calls": "deciders"})).found()
    clinic.reports(SATO)
    new = clinic.hire(name="伊藤", roles=("nurse",))

    assert [o for o in clinic.wait(5) if o.to == f"phone:{new}" and o.run != FACILITY] == []


def test_who_is_asked_next_and_when() -> None:
    """The deputy after the director, then everybody; nobody once somebody decides."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    clinic.reports(SATO)
    seen = clinic.board(SATO)
    assert (seen.asked_next, seen.passes_at) == (TANAKA, clinic.now + timedelta(minutes=3))

    clinic.wait(3)
    seen = clinic.board(SATO)
    assert (seen.asked_next, seen.passes_at) == (None, clinic.now + timedelta(minutes=3))
    clinic.confirms(TANAKA)
    assert clinic.board(SATO).passes_at is None


def _known(clinic: Clinic, member: str) -> Member:
    found = clinic.engine.roster().member(member)
    assert found is not None
    return found
