"""Messages are owed until they are delivered, whichever book they stand in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.messages.calling import ChooseRun
from flows.messages.hearing import NotDone
from flows.messages.members import InvitationMade
from flows.messages.message import message_of
from flows.record.deliveries import Deliveries
from flows.record.journal import Owed
from tests.journals import NOON, Twin, draft

SOON = NOON + timedelta(seconds=30)
LATER = NOON + timedelta(minutes=5)


def owe(journal: Twin, *owed: Owed) -> list[int]:
    """Owe messages from an entry on and give their numbers."""
    before = len(journal.deliveries.of_run("r1"))
    with journal.writing() as writing:
        writing.append([draft()], cause=f"c{writing.head().seq}", recorded_at=NOON)
        writing.owe(owed, at=NOON)
    return [delivery.id for delivery in journal.deliveries.of_run("r1")[before:]]


def message(to: str = "m1", name: str = "alarm", key: str | None = None, priority: int = 5) -> Owed:
    """Make a message of the run."""
    return Owed(to, message_of(name, {}), "r1", key, priority)


def due(book: Deliveries, *busy: str) -> list[int]:
    """List the numbers that are due five minutes after noon."""
    return [delivery.id for delivery in book.due(LATER, busy=busy)]


def test_a_message_from_owed_to_sent(journal: Twin) -> None:
    """It is due at once, in hand while it is sent, and then keeps where it stands."""
    (number,) = owe(journal, message())
    book = journal.deliveries
    owed = book.get(number)
    assert (owed.state, owed.owed, owed.attempts, owed.owed_at, owed.seq) == ("owed", message(), 0, NOON, 1)
    assert due(book) == [number]

    assert book.mark_sending(number, "telegram:1")
    assert due(book) == []
    book.mark_sent(number, "telegram:1", "77", SOON)

    sent = book.get(number)
    assert (sent.state, sent.address, sent.message_id, sent.sent_at) == ("sent", "telegram:1", "77", SOON)
    assert book.find("telegram:1", "77") == sent
    assert book.find("telegram:2", "77") is None


def test_the_urgent_goes_first_and_a_busy_chat_holds_up_nobody_else(journal: Twin) -> None:
    """By priority, then as it came; a busy recipient or address waits, all others go."""
    a, b, c, d = owe(
        journal, message("m1"), message("m2", priority=0), message("telegram:9"), message("m1", priority=0)
    )
    assert due(journal.deliveries) == [b, d, a, c]
    assert due(journal.deliveries, "m1") == [b, c]
    assert due(journal.deliveries, "telegram:9", "m2") == [d, a]

    journal.deliveries.mark_sending(a, "telegram:1")
    journal.deliveries.postpone(a, SOON, "busy")
    assert due(journal.deliveries, "telegram:1") == [b, d, c]


def test_a_failed_try_waits(journal: Twin) -> None:
    """What was postponed is due again at its time, keeps the reason and counts the tries."""
    (number,) = owe(journal, message())
    book = journal.deliveries
    book.mark_sending(number, "telegram:1")
    book.postpone(number, SOON, "the network is away")

    assert book.due(SOON - timedelta(microseconds=1)) == []
    assert book.next_due() == SOON
    (waiting,) = book.due(SOON)
    assert (waiting.attempts, waiting.last_error, waiting.not_before) == (1, "the network is away", SOON)
    assert [waiting] == book.unsent()


def test_a_clock_that_goes_back_puts_off_no_try(journal: Twin) -> None:
    """What would have to wait longer than anything is put off for may go now: the clock was ahead when it was put off."""
    (number,) = owe(journal, message())
    journal.deliveries.mark_sending(number, "telegram:1")
    journal.deliveries.postpone(number, SOON, "the network is away")

    assert journal.deliveries.due(SOON - timedelta(minutes=59)) == []
    assert [d.id for d in journal.deliveries.due(SOON - timedelta(days=1))] == [number]


def test_what_is_given_up_is_never_due(journal: Twin) -> None:
    """Failed and superseded messages stay in the book but not in line; nothing owed means nothing due."""
    a, b = owe(journal, message(), message("m2"))
    journal.deliveries.fail(a, "blocked the bot")
    journal.deliveries.supersede(b)

    assert due(journal.deliveries) == []
    assert journal.deliveries.next_due() is None
    assert [d.state for d in journal.deliveries.of_run("r1")] == ["failed", "superseded"]


def test_what_failed_is_told_from_a_time_on(journal: Twin) -> None:
    """All that was given up, as it came, and nothing that is owed, was sent or came before."""
    _, first, second = owe(journal, message("m1"), message("m2"), message("m3"))
    book = journal.deliveries
    for number in (second, first):
        book.mark_sending(number, "telegram:2")
        book.fail(number, "blocked")

    assert [delivery.id for delivery in book.failed(NOON)] == [first, second]
    assert book.failed(SOON) == []


def test_what_is_superseded_can_not_be_taken_in_hand(journal: Twin) -> None:
    """A message that became untrue between looking and sending is not sent; what is sent stays sent."""
    a, b = owe(journal, message(), message("m2"))
    journal.deliveries.supersede(a)
    journal.deliveries.mark_sent(b, "telegram:2", "1", SOON)
    journal.deliveries.supersede(b)

    assert not journal.deliveries.mark_sending(a, "telegram:1")
    assert not journal.deliveries.mark_sending(b, "telegram:2")
    assert journal.deliveries.get(b).state == "sent"


def test_after_a_stop_what_was_in_hand_is_owed_again(journal: Twin) -> None:
    """It may arrive twice, never not at all; but not if a newer one of its key has come meanwhile."""
    a, b = owe(journal, message(), message("m1", "board", key="board"))
    journal.deliveries.mark_sending(a, "telegram:1")
    journal.deliveries.mark_sending(b, "telegram:1")
    (newer,) = owe(journal, message("m1", "board", key="board"))

    assert journal.deliveries.resume() == 2
    assert due(journal.deliveries) == [a, newer]


def test_the_copy_of_a_message(journal: Twin) -> None:
    """The same message, owed at the same moment to another address, also once its secret went with its sending; nothing else is one."""
    phone, page, _ = owe(journal, *(replace(invitation(), to=to) for to in ("telegram:1", "page:m1", "page:m2")))
    (later,) = owe(journal, replace(invitation(), to="page:m3"))
    journal.deliveries.mark_sending(page, "page:m1")
    journal.deliveries.mark_sent(page, "page:m1", "5", NOON)
    here = journal.deliveries.get(phone)
    found = journal.deliveries.copy(here, "page:m1")

    assert found is not None
    assert (found.id, found.state) == (page, "sent")
    assert journal.deliveries.copy(here, "page:m3") is None
    assert journal.deliveries.copy(here, "telegram:1") is None
    assert journal.deliveries.copy(journal.deliveries.get(later), "page:m1") is None


def test_what_is_in_hand_is_known(journal: Twin) -> None:
    """As it came to be owed, until it is sent or owed again: whoever opens the home next sees what was being sent."""
    a, b, _ = owe(journal, message(), message("m2"), message("m3"))
    journal.deliveries.mark_sending(b, "telegram:2")
    journal.deliveries.mark_sending(a, "telegram:1")
    assert [one.id for one in journal.deliveries.in_hand()] == [a, b]
    journal.deliveries.mark_sent(a, "telegram:1", "5", NOON)
    journal.deliveries.resume()

    assert journal.deliveries.in_hand() == []


def test_a_board_in_hand_that_fails_gives_way_to_the_newer(journal: Twin) -> None:
    """Postponing never brings back an older state of a board."""
    (old,) = owe(journal, message("m1", "board", key="board"))
    journal.deliveries.mark_sending(old, "telegram:1")
    (new,) = owe(journal, message("m1", "board", key="board"))
    journal.deliveries.postpone(old, SOON, "busy")

    assert journal.deliveries.get(old).state == "superseded"
    assert due(journal.deliveries) == [new]


def test_the_message_that_an_edit_changes(journal: Twin) -> None:
    """The last delivered one of the key to that person; an edit keeps the message id and becomes the last one."""
    book = journal.deliveries
    (first,) = owe(journal, message("m1", "board", key="board"))
    book.mark_sent(first, "telegram:1", "77", SOON)
    (edit,) = owe(journal, message("m1", "board", key="board"))
    book.mark_sent(edit, "telegram:1", "77", LATER)
    owe(journal, message("m1", "board", key="board"))

    last = book.last_delivered("m1", "board")
    assert last is not None
    assert (last.id, last.message_id) == (edit, "77")
    assert book.find("telegram:1", "77") == last
    assert book.last_delivered("m2", "board") is None


def test_a_delivery_joins_the_transaction_it_is_noted_in(journal: Twin) -> None:
    """Noted inside a transaction that fails, it was never noted."""
    (number,) = owe(journal, message())

    def fail() -> None:
        with journal.writing():
            journal.deliveries.mark_sent(number, "telegram:1", "77", SOON)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert journal.deliveries.get(number).state == "owed"


def test_a_number_that_never_was(journal: Twin) -> None:
    """Asking for it is a KeyError."""
    with pytest.raises(KeyError):
        journal.deliveries.get(7)
    assert not journal.deliveries.mark_sending(7, "telegram:1")
    journal.deliveries.mark_sent(7, "telegram:1", "77", SOON)
    journal.deliveries.fail(7, "gone")
    assert journal.deliveries.find("telegram:1", "77") is None


def test_only_what_this_process_can_send(journal: Twin) -> None:
    """What waits for another channel is left out, and a limit takes the most urgent."""
    a, b, c = owe(journal, message("telegram:1"), message("terminal:m1"), message("telegram:2", priority=0))
    book = journal.deliveries

    assert [d.id for d in book.due(LATER, channels=["telegram"])] == [c, a]
    assert [d.id for d in book.due(LATER, channels=["terminal"])] == [b]
    assert [d.id for d in book.due(LATER, channels=["terminal:m1"])] == [b]
    assert book.due(LATER, channels=["terminal:m2"]) == []
    assert book.due(LATER, channels=[]) == []
    assert [d.id for d in book.due(LATER, limit=1)] == [c]


def test_a_newer_one_takes_the_place_of_what_is_unsent(journal: Twin) -> None:
    """Of one key to one person, the older is superseded while nobody has begun to send it; another person's stays."""
    old, other = owe(journal, message(key="board"), message("m2", key="board"))
    (new,) = owe(journal, message(key="board"))

    assert [journal.deliveries.get(n).state for n in (old, other, new)] == ["superseded", "owed", "owed"]
    assert [d.id for d in journal.deliveries.of_run("r1")] == [old, other, new]
    assert [d.id for d in journal.deliveries.newest_first("r1")] == [new, other, old]
    assert journal.deliveries.of_run("r2") == [*journal.deliveries.newest_first("r2")] == []


def test_the_next_one_due_may_be_long_past(journal: Twin) -> None:
    """What was never tried is due since it was owed; among those that wait, the earliest counts."""
    (number,) = owe(journal, message())
    journal.deliveries.postpone(number, LATER, "busy")
    assert journal.deliveries.next_due() == LATER
    owe(journal, message("m2"))
    assert journal.deliveries.next_due() == NOON


def test_facts_come_back_as_plain_data(journal: Twin) -> None:
    """A message is read back as JSON gives it, so that nothing works on one store only."""
    with journal.writing() as writing:
        writing.owe([Owed("m1", ChooseRun("佐藤", ("a", "b")), "r1")], at=NOON)
        writing.owe([Owed("m1", NotDone("why", {"of": ("a", "b")}), "r1")], at=NOON)

    flat, deep = (delivery.owed.message for delivery in journal.deliveries.of_run("r1"))
    assert (flat, deep) == (ChooseRun("佐藤", ("a", "b")), NotDone("why", {"of": ["a", "b"]}))


SECRET = {"code": "23456789ABCD", "link": "https://t.me/akari_bot?start=23456789ABCD"}
OPEN = {"member": "m5", "until": "04/08 08:30"}
EMPTY = {"code": "", "link": ""}


def invitation(key: str | None = None) -> Owed:
    """Make a message that holds a secret."""
    return Owed("m1", InvitationMade(**OPEN, **SECRET), "r1", key)


def test_a_secret_is_known_until_its_message_is_sent(journal: Twin) -> None:
    """While it is owed, in hand or postponed it can be said; once it stands there, only the rest is known."""
    (number,) = owe(journal, invitation())
    book = journal.deliveries
    book.mark_sending(number, "telegram:1")
    book.postpone(number, SOON, "the network is away")
    book.mark_sending(number, "telegram:1")
    assert book.resume() == 1
    assert [d.owed.message.facts for d in book.due(LATER)] == [OPEN | SECRET]

    book.mark_sent(number, "telegram:1", "77", SOON)
    assert book.get(number).owed.message.facts == OPEN | EMPTY
    assert book.find("telegram:1", "77") == book.get(number)
    assert book.sweep()


def test_a_secret_goes_with_what_is_given_up(journal: Twin) -> None:
    """Failed, taken back, or replaced by a newer one of its key, also one that was in hand: nothing of it is kept."""
    failed, superseded, twin, in_hand, waits = owe(
        journal, invitation(), invitation(), invitation("a"), invitation("b"), invitation()
    )
    book = journal.deliveries
    book.mark_sending(in_hand, "telegram:1")
    book.fail(failed, "blocked the bot")
    book.supersede(superseded)
    owe(journal, invitation("a"), invitation("b"))
    book.postpone(in_hand, SOON, "busy")

    assert [book.get(n).state for n in (failed, superseded, twin, in_hand)] == ["failed", *["superseded"] * 3]
    assert [book.get(n).owed.message.facts for n in (failed, superseded, twin, in_hand)] == [OPEN | EMPTY] * 4
    assert book.get(waits).owed.message.facts == OPEN | SECRET


def test_a_secret_stays_if_its_sending_was_never_noted(journal: Twin) -> None:
    """Noted inside a transaction that fails, the message is owed as before, secret and all."""
    (number,) = owe(journal, invitation())

    def fail() -> None:
        with journal.writing():
            journal.deliveries.mark_sent(number, "telegram:1", "77", SOON)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert journal.deliveries.get(number).owed.message.facts == OPEN | SECRET
