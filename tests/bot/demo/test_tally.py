"""What a play asks of its people, counted as they see it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.channels.channel import Button, RenderedMessage
from bot.demo.pace import PACE
from bot.demo.tally import COUNTED, Tally, asks, said, screens
from bot.documents.source import Source
from flows.messages.helping import LineOpen
from flows.messages.steps import StepOpen
from flows.record.journal import Owed
from tests.clinic import Played

AT = datetime(2027, 4, 1, tzinfo=UTC)
TO = "terminal:m1"


def test_what_is_read_and_done_is_counted() -> None:
    """Words, buttons and a number to ring; of a change in place only what is new; acts one by one, each at its time."""
    clock = [AT]
    tally = Tally(lambda: clock[0])
    first = RenderedMessage(TO, "<b>線を 抜く</b>", ((Button("済み", "a"),),), contact=("会社", "+81"))
    tally.shown("m1", first, "t1")
    clock[0] = AT + timedelta(minutes=12)
    tally.shown("m1", RenderedMessage(TO, "線を 抜く\n確認済み", replaces="t1"), "t1")
    tally.acted("m1")

    ten, all_ = (tally.figures("m1", (), until) for until in (AT + timedelta(minutes=10), None))
    assert [ten[what] for what in COUNTED] == [1, 4 + 2 + 2 + 3, 0, 0]
    assert [all_[what] for what in COUNTED] == [1, 11 + 4, 0, 1]
    assert tally.figures("m2", ())["acts"] == 0


def test_a_card_is_one_screen() -> None:
    """A step or card that comes is something to deal with, in place of the one before it, too; a change of it, and a line of it, are not."""
    card, changed, following = (
        Owed(TO, StepOpen(4)),
        Owed(TO, StepOpen(4), edits=True),
        Owed(TO, StepOpen(5), edits=True),
    )

    assert screens([card, changed]) == 1
    assert screens([card, changed, following]) == 2
    assert not asks(Owed(TO, LineOpen(4, "lead")))


def test_the_figures_of_a_play(played: Played) -> None:
    """Each act is somebody's; everybody had screens; cut, backups, vendor and leader are told with their minutes."""
    clinic, run = played.clinic, played.run
    tally, deliveries = clinic.stage.tally, clinic.home.journal.deliveries.of_run(run.id)
    figures = {m: tally.figures(m, deliveries) for m in clinic.cast.members.values()}
    lines = list(said(tally, Source.of(clinic.engine, run.id, "ja"), deliveries))

    assert sum(one["acts"] for one in figures.values()) == len(played.typed)
    assert all(one["screens"] for one in figures.values())
    assert [line.partition(":")[0].strip() for line in lines] == [
        *("一人ずつ（最初の10分 / 15分 / 全部）", *clinic.cast.names.values()),
        *(
            "様子のおかしい機械の線を抜いた",
            "バックアップを守った",
            "最初のシステム会社につながった",
            "対応の責任者が決まった",
        ),
    ]
    assert all(line.endswith("分後") for line in lines[-4:])


def test_the_first_ten_minutes_of_the_desk(played: Played) -> None:
    """Whoever reported reads at most twelve messages and 1,200 characters, though a play's people are quick."""
    start = played.run.reported_at
    assert start is not None
    reception = played.clinic.id("reception")
    first = played.clinic.stage.tally.figures(reception, (), start + timedelta(minutes=10))

    assert first["acts"] > 3
    assert (first["messages"] <= 12, first["characters"] <= 1200) == (True, True), first


def test_nobody_is_quicker_than_they_read_and_work(played: Played) -> None:
    """The lead is out no sooner than whoever pulled it could have read what was shown to them, and pulled it."""
    clinic, run = played.clinic, played.run
    cut = run.answered["containment", "this_machine/unplug_machine"]
    read = sum(
        much
        for who, at, what, much in clinic.stage.tally.counts
        if (who, what) == (cut.by, "characters") and at < cut.at - timedelta(minutes=1)
    )

    assert run.reported_at is not None
    assert cut.at - run.reported_at >= timedelta(seconds=read / PACE.reads + PACE.hands[0])
