"""What an incident did, as far as anybody knows."""

from __future__ import annotations

import pytest

from bot.documents.facts.knowledge import KnownValue
from bot.documents.facts.pen import Pen
from bot.documents.forms import deeds, harm
from bot.documents.source import Source
from flows.state.run import Run
from tests.bot.documents.sources import learns, source_of
from tests.clinic import Clinic


async def test_at_the_beginning_little_is_known(clinic: Clinic, begun: Run) -> None:
    """Since when and what was seen are known; when it began, how many and why are under investigation."""
    pen = Pen(source_of(clinic, begun.id))

    assert harm.found(pen).text == "2027-04-01 08:50"
    assert "画面に英語" in harm.symptoms(pen).text
    assert {f.state for f in (harm.happened(pen), harm.persons(pen), harm.machines(pen), harm.cause(pen))} == {
        "investigating"
    }


async def test_the_number_is_the_most_there_can_be(clinic: Clinic, begun: Run) -> None:
    """「最大 1,200人」, from the entry that said so."""
    learns(clinic, begun, persons="1200")
    field = harm.persons(Pen(source_of(clinic, begun.id)))

    assert field.text == "最大 1,200人"
    assert field.entries == (clinic.engine.journal.head().seq,)


async def test_an_assumed_cause_is_said_to_be_assumed(whole: Source, clinic: Clinic, begun: Run) -> None:
    """A cause stands as such only when somebody called it established."""
    established = harm.cause(Pen(whole)).text
    assert established.startswith("VPN装置の古い版の弱点から")
    pen = Pen(whole)
    pen.run.facts["cause_known"] = "assumed"
    assert harm.cause(pen).text == f"（推定）{established}"
    pen.run.facts["cause_known"] = "unknown"
    open_cause = harm.cause(pen)
    assert open_cause.state == "investigating"
    assert "未確認" in open_cause.text


def test_kinds_of_data_as_ticked(whole: Source) -> None:
    """Each ticked kind is a statement of its own."""
    assert "検査・画像・処方・請求の記録" in [one.text for one in harm.kinds(Pen(whole))]


async def test_only_a_check_rules_a_leak_out(clinic: Clinic, begun: Run) -> None:
    """「出ていない」 without a check stands as our own view; checked, both entries stand behind it."""
    learns(clinic, begun, leak="none")
    ours, _, _ = harm.data(Pen(source_of(clinic, begun.id)))
    learns(clinic, begun, leak_checked="yes")
    checked, _, _ = harm.data(Pen(source_of(clinic, begun.id)))

    assert "施設で判断" in ours.text
    assert "専門家等が確認" in checked.text
    assert len(checked.statements[0].entries) == 2


def test_when_it_happened_needs_a_day_or_time(whole: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands by the calendar, no finer than it was told; other words leave the field open, and stand there to be checked."""
    for said, text in (
        ("3月28日ごろ", "2027-03-28ごろ"),
        ("昨夜9時", "2027-03-31 21:00"),
        ("今日の2時ごろ（会社の見立て）", "2027-04-01 02:00ごろ（記載：今日の2時ごろ（会社の見立て））"),
        ("1年前", "2026年ごろ（記載：1年前）"),
        ("先月の末", "2027年3月（記載：先月の末）"),
        ("先週", "2027-03-22〜2027-03-28（記載：先週）"),
        ("不明", "不明"),
        ("確認して記録しました", "「確認して記録しました」（日時の記載なし。要確認）"),
        ("来月の予定", "「来月の予定」（日時の記載なし。要確認）"),
    ):
        pen = Pen(whole)
        monkeypatch.setattr(pen.known, "said", lambda name, said=said: KnownValue(said, (1,)))
        state = "investigating" if "要確認" in text else "known"
        assert (harm.happened(pen).state, harm.happened(pen).text) == (state, text)


async def test_what_turned_stands_in_the_overview_and_the_course(clinic: Clinic, begun: Run) -> None:
    """「探していた物を発見」, with its time, as soon as somebody found it; and nothing of it before."""
    assert harm.since_then(Pen(source_of(clinic, begun.id))) == ()
    learns(clinic, begun, found="yes", back="untouched")
    pen = Pen(source_of(clinic, begun.id))

    (field,) = harm.since_then(pen)
    assert [one.text[17:] for one in field.statements] == ["探していた物を発見", "発見時、第三者が触れた形跡なし"]
    assert "探していた物を発見" in deeds.course(pen)[-1].text
