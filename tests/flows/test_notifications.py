"""What is owed to whom."""

from __future__ import annotations

from flows.commands.people import (
    ChoosePlaybook,
    Claim,
    Close,
    Decide,
    DropQuestion,
    KeepEvidence,
    Ratify,
    TakeCommand,
    TellByMouth,
    Waive,
)
from flows.notifications import still_true
from flows.record.journal import BOARD, URGENT, Owed
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic, one_step


def owed(clinic: Clinic, name: str, who: str) -> Owed:
    """Give the newest message of a name to somebody."""
    return next(o for o in reversed(clinic.heard) if o.name == name and o.to == f"phone:{who}")


def holds(clinic: Clinic, message: Owed, who: str) -> bool:
    """Say whether a message still holds for somebody."""
    return still_true(message, clinic.run, who)


def test_alarms_go_first_and_boards_last(clinic: Clinic) -> None:
    """The order of sending: alarms, then the next action, and board edits at the end, without a sound."""
    clinic.reports(SATO)
    names = [o.name for o in clinic.told]

    assert names[:3] == ["alarm"] * 3
    assert names.index("opened") < names.index("step")
    assert "board" not in names  # who reported has just read all of it
    clinic.photographs(SATO)
    assert [o.name for o in clinic.told][-1] == "board"
    board = owed(clinic, "board", SATO)
    assert (board.priority, board.silent, board.edits) == (BOARD, True, True)
    assert owed(clinic, "alarm", SUZUKI).priority == URGENT


def test_boards_go_to_those_who_follow(clinic: Clinic) -> None:
    """Whoever reported, confirmed or decides has a board; nobody else is bothered, and who was suspended gets nothing."""
    clinic.reports(SATO)
    clinic.photographs(SATO)
    clinic.confirms(SUZUKI)
    clinic.writes(SATO, "紙で続ける")
    assert clinic.got("board") == [SATO, SUZUKI]

    clinic.loses_phone(SUZUKI)
    clinic.writes(SATO, "まだ紙")
    assert clinic.got("board") == [SATO]


def test_a_question_alone_moves_no_board(clinic: Clinic) -> None:
    """Asking for a reason changes nothing that others see."""
    clinic.reports(SATO)
    clinic.answers(SATO, "cannot")

    assert [o.name for o in clinic.told] == ["asking"]


def test_the_screens_message_is_changed_in_place(clinic: Clinic) -> None:
    """An answered step is marked on the message that asked, and the next one is a message of its own."""
    clinic.reports(SATO)
    asked = owed(clinic, "step", SATO)
    clinic.photographs(SATO)

    done = owed(clinic, "step_done", SATO)
    assert (done.key, done.edits) == (asked.key, True)
    assert owed(clinic, "step", SATO).key != asked.key
    assert clinic.told_to(SATO) == ["step_done", "step", "photos_asked"]


def test_the_confirmed_alarm_is_marked(clinic: Clinic) -> None:
    """[確認しました] goes from the message once it is tapped, also when a colleague tapped for them."""
    clinic.reports(SATO)
    clinic.act(SATO, TellByMouth(clinic.run.id, SUZUKI))

    marked = owed(clinic, "alarm_confirmed", SUZUKI)
    assert (marked.key, marked.edits) == (owed(clinic, "alarm", SUZUKI).key, True)


def test_a_released_step_nobody_took_is_offered() -> None:
    """Handed on, nobody else needs to be told; once all let it go twice, whoever was called and is free hears that it waits."""
    clinic = Clinic(one_step("within: 5 min")).found()
    clinic.reports(SATO)
    clinic.confirms(TANAKA)
    clinic.wait(10)
    assert clinic.screens() == {TANAKA: "it"}
    assert clinic.got("step_waiting") == []

    clinic.wait(20)
    assert clinic.screens() == {TANAKA: "it"}

    clinic.wait(10)

    assert clinic.screens() == {}
    assert sorted(clinic.got("step_waiting")) == [TAKAHASHI, SATO, SUZUKI]
    waiting = owed(clinic, "step_waiting", SATO)
    assert holds(clinic, waiting, SATO)
    clinic.act(SATO, Claim(clinic.run.id, "only"))
    assert not holds(clinic, waiting, SATO)


def test_what_became_untrue_is_not_sent(clinic: Clinic) -> None:
    """Each message that waits is looked at again: a later event may have answered it."""
    clinic.reports(SATO, playbook=None, candidates=("trouble",))
    question = owed(clinic, "question", SATO)
    assert holds(clinic, question, SATO)
    clinic.act(SATO, ChoosePlaybook(clinic.run.id, "trouble"))
    assert not holds(clinic, question, SATO)

    alarm, step = owed(clinic, "alarm", TAKAHASHI), owed(clinic, "step", SATO)
    assert holds(clinic, alarm, TAKAHASHI)
    assert holds(clinic, step, SATO)
    clinic.wait(20)
    ask, offer = owed(clinic, "command_ask", TANAKA), owed(clinic, "command_open", SUZUKI)
    assert holds(clinic, ask, TANAKA)
    assert holds(clinic, offer, SUZUKI)
    clinic.confirms(TAKAHASHI)

    assert not holds(clinic, alarm, TAKAHASHI)
    assert not holds(clinic, ask, TANAKA)
    assert not holds(clinic, offer, SUZUKI)
    assert not holds(clinic, step, SATO)


def test_a_question_dropped_is_not_asked(clinic: Clinic) -> None:
    """What the bot no longer waits for needs no question."""
    clinic.reports(SATO)
    clinic.answers(SATO, "cannot")
    asking = owed(clinic, "asking", SATO)
    assert holds(clinic, asking, SATO)

    clinic.act(SATO, DropQuestion(clinic.run.id))

    assert not holds(clinic, asking, SATO)


def test_what_is_ratified_is_not_asked_again(clinic: Clinic) -> None:
    """One of the chain has spoken: the other's question is void."""
    clinic.reports(SATO)
    clinic.wait(20)
    clinic.act(SUZUKI, TakeCommand(clinic.run.id))
    clinic.act(SUZUKI, Decide(clinic.run.id, "power_off", reason="煙"))
    ask = owed(clinic, "ratify_ask", TAKAHASHI)
    assert holds(clinic, ask, TAKAHASHI)

    (turn,) = clinic.run.decisions
    clinic.act(TANAKA, Ratify(clinic.run.id, turn, "yes"))

    assert not holds(clinic, ask, TAKAHASHI)
    assert SUZUKI in clinic.got("ratified")


def test_who_signs_is_asked_to_sign(clinic: Clinic) -> None:
    """After the review the sign-off goes to who answered it, or to the chain if they may not sign."""
    clinic.reports(SATO)
    clinic.wait(20)
    clinic.act(SUZUKI, TakeCommand(clinic.run.id))
    clinic.act(TAKAHASHI, Waive(clinic.run.id, "訓練ではないが小さい件"))
    clinic.act(SUZUKI, Close(clinic.run.id))
    while clinic.run.asking:
        clinic.writes(SUZUKI, "よくできた")

    assert clinic.got("sign_off") == [TAKAHASHI, TANAKA]


def test_unreceived_evidence_marks_no_board(clinic: Clinic) -> None:
    """That bytes were fetched changes nothing that people see."""
    clinic.reports(SATO)
    entry, *_ = clinic.photographs(TANAKA, to_step=False).entries
    clinic.act("clock", KeepEvidence(clinic.run.id, entry.turn, "ab" * 32, 1))

    assert clinic.told == []
