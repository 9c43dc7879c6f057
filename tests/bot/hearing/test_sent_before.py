"""A message happened when it was sent, however late it is heard; a tap counts when it is heard, and the outage before it is told."""

from __future__ import annotations

from datetime import timedelta
from math import inf
from pathlib import Path

from bot.hearing.outage import Outages
from bot.words.timeline import timeline
from flows.commands.people import Report
from flows.commands.upkeep import OpenTask
from flows.record.journal import FACILITY
from tests.clinic import Clinic


def rows(clinic: Clinic, run: str = "incident-1") -> list[str]:
    """List the timeline in words."""
    return [f"{row.who}: {row.what}" for row in timeline(run, clinic.entries(run=run), clinic.engine.roster(), "ja")]


async def test_a_report_that_was_sent_in_the_night(clinic: Clinic) -> None:
    """It is known from then on, on which the law rests; people are called and waited for from now on."""
    now = clinic.clock.now()
    sent = now - timedelta(hours=7, minutes=50)
    await clinic.does("reception", text="電子カルテの画面に英語の脅し文が出ている", at=sent)
    run = clinic.run("incident-1")

    assert (run.known_at, run.reported_at) == (sent, now)
    [reported] = clinic.entries("reported")
    assert (reported.occurred_at, reported.recorded_at) == (sent, now)
    assert all(e.occurred_at == now for e in clinic.entries(run="incident-1") if e.kind != "reported")
    assert rows(clinic)[0].endswith("（送信 01:00）")
    assert "送信" not in "".join(rows(clinic)[1:])


async def test_a_note_and_its_time(clinic: Clinic) -> None:
    """It stands at the time it was sent; a time in it is read from there, and yesterday is the day before that."""
    run = clinic.orders(Report("", "画面に英語", playbook="ransomware"), "reception").run
    clinic.clock.advance(hours=30)
    sent = clinic.clock.now() - timedelta(hours=26)
    await clinic.does("nurse", text="業者さんが来て、サーバーを見ています", at=sent)
    await clinic.does("nurse", text="昨日 22:00 にサーバーから音がしていた", at=sent)
    plain, timed = clinic.entries("note_taken")[-2:]

    assert (plain.occurred_at, plain.recorded_at) == (sent, clinic.clock.now())
    local = clinic.engine.roster().facility.local
    assert local(timed.occurred_at).date() == local(sent).date() - timedelta(days=1)
    said = [row for row in rows(clinic, run) if "業者さんが" in row or "音がして" in row]
    assert [row.count("送信") for row in said] == [1, 0]


async def test_what_is_no_run_s_happened_when_it_was_sent_too(clinic: Clinic) -> None:
    """A danger, words that may be a report, each at its time; a tap, that somebody was rung, and what waits, from now on."""
    opened = clinic.orders(OpenTask(FACILITY, "improvement", {"text": "紙を補充する"}, clinic.id("nurse"))).entries[0]
    clinic.clock.advance(hours=2)
    now, sent = clinic.clock.now(), clinic.clock.now() - timedelta(minutes=40)
    await clinic.does("nurse", text="待合室で患者さんが倒れました。意識がない", at=sent)
    await clinic.does("reception", text="もう電源切っちゃいました", at=sent)
    await clinic.does("nurse", button=f"menu|task_done|{opened.turn}", at=sent)
    [seen], [hint] = clinic.entries("danger_seen"), [e for e in clinic.entries("asked", FACILITY) if '"hint"' in e.body]

    assert [(e.occurred_at, e.recorded_at) for e in (seen, hint)] == [(sent, now)] * 2
    assert all(
        e.occurred_at == e.recorded_at for e in clinic.entries(run=FACILITY) if e.kind not in {"danger_seen", "asked"}
    )


async def test_a_clock_that_is_behind(clinic: Clinic) -> None:
    """Nothing happens later than it is heard, whatever time the message names; and what is only seconds old is now."""
    run = clinic.orders(Report("", "画面に英語", playbook="ransomware"), "reception").run
    for at in (timedelta(hours=2), timedelta(seconds=-40)):
        await clinic.does("nurse", text="サーバーの電源は入ったままです", at=clinic.clock.now() + at)

    assert {e.occurred_at for e in clinic.entries("note_taken")} == {clinic.clock.now()}
    assert "送信" not in "".join(rows(clinic, run))


class Answered:
    """A line that is answered, or was not for a while."""

    name = "terminal"

    def __init__(self) -> None:
        self.silence = 0.0

    def silent_for(self) -> float:
        """Give the seconds since the last answer."""
        return self.silence

    def ahead(self) -> None:
        """Tell no time."""


async def test_a_tap_that_waited_for_the_line(clinic: Clinic, tmp_path: Path) -> None:
    """It counts when it is heard; the outage stands before it, and its row says between what times it was done. Later ones don't."""
    run = clinic.orders(Report("", "画面に英語", playbook="ransomware"), "reception").run
    line = Answered()
    outages = Outages(clinic.engine, {"terminal": line}, tmp_path, clinic.clock)  # type: ignore[dict-item]
    await outages.look_due()
    line.silence = 60 * 60
    clinic.clock.advance(minutes=60)
    await outages.look_due()
    line.silence = 0
    outages.enter()
    outages.enter()
    await clinic.does("director", button=f"ack|{run}")
    clinic.clock.advance(minutes=5)
    await outages.look_due()
    await clinic.does("deputy", button=f"ack|{run}")

    [away] = [row for row in rows(clinic, run) if "途切れて" in row]
    assert away == "（自動）: 04/01 08:50 から回線が途切れていた。この間に押されたものは、届いた時刻で記録する"
    first, second = [
        row for row in rows(clinic, run) if ("確認" in row and "院長" in row) or ("代行" in row and "確認" in row)
    ][-2:]
    assert first.endswith("（受信 09:50、08:50 から 09:50 までのあいだ）")
    assert "受信" not in second


async def test_an_outage_between_two_starts(clinic: Clinic, tmp_path: Path) -> None:
    """What a bot that was off for hours finds is told in the same way; a start at once, or a line that isn't there yet, tells nothing."""
    clinic.orders(Report("", "画面に英語", playbook="ransomware"), "reception")
    line = Answered()
    told = []
    for off, silence in ((0, 0.0), (1, 0.0), (180, inf), (0, 0.0), (0, 0.0)):
        clinic.clock.advance(minutes=off)
        line.silence = silence
        await Outages(clinic.engine, {"terminal": line}, tmp_path, clinic.clock).look_due()  # type: ignore[dict-item]
        told.append(len(clinic.entries("line_was_away")))

    assert told == [0, 0, 0, 1, 1]
