"""A message is kept as a name and facts, and read back as it was; its secrets stand apart."""

from __future__ import annotations

import pytest

from flows.messages.calling import AlarmAgain, AskPlaybook, ChooseRun
from flows.messages.members import InvitationMade
from flows.messages.message import MESSAGES, Message, Undecodable, decode, message_of
from flows.messages.steps import StepOpen
from playbooks.frozen import frozen

INVITED = InvitationMade("m5", "04/08 08:30", code="23456789ABCD", link="https://t.me/akari_bot?start=23456789ABCD")


def test_a_message_is_read_back_as_it_was() -> None:
    """Lists come back as tuples; what has a default may be missing, and what is not known any more is left out."""
    for message in (ChooseRun("close", ("incident-1", "incident-2")), AlarmAgain(2), INVITED):
        assert message_of(message.kept_as, message.facts) == message
    assert message_of("choose_run", {"word": "close", "runs": ["incident-1"]}) == ChooseRun("close", ("incident-1",))
    assert message_of("question", {}) == AskPlaybook(again=False)
    assert message_of("step", {"turn": 7, "of_yesterday": True}) == StepOpen(7)


def test_what_can_not_be_read_is_kept_as_it_stands() -> None:
    """A name that no class has, or facts that are missing: it holds up no other message."""
    assert decode("of.tomorrow", {"turn": 1}) == Undecodable("of.tomorrow", {"turn": 1})
    assert decode("step", {"of": 7}) == Undecodable("step", {"of": 7})
    assert decode("step", {"turn": 7}) == StepOpen(7)


@pytest.mark.parametrize(("name", "facts"), [("of.tomorrow", {"turn": 1}), ("step", {"of": 7})])
def test_what_is_no_message_is_not_made(name: str, facts: dict[str, int]) -> None:
    """A mistake of ours shows itself where it is made."""
    with pytest.raises((KeyError, TypeError)):
        message_of(name, facts)


def test_no_two_messages_are_kept_under_one_name() -> None:
    """A class that would take another's place is refused when it is written down."""
    with pytest.raises(TypeError, match="both called 'step'"):

        @frozen
        class Step(Message):
            """Another step."""

    assert MESSAGES["step"] is StepOpen


def test_secrets_are_known_by_their_message() -> None:
    """Without them the rest is as it was, and they are empty."""
    assert InvitationMade.secrets() == {"code", "link"}
    assert INVITED.without_secrets == InvitationMade("m5", "04/08 08:30")
    assert AlarmAgain.secrets() == frozenset()
    assert AlarmAgain(2).without_secrets == AlarmAgain(2)


def test_a_secret_is_not_shown_by_accident() -> None:
    """Printed, as in a log, a message says nothing of its secrets."""
    assert "23456789ABCD" not in repr(INVITED)
