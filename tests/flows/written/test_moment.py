"""When something happened is a day and a time, roughly: a day alone is asked for its time once, and stands if nobody knows."""

from __future__ import annotations

import pytest

from flows.commands.people import DropQuestion
from flows.written.times import names_hour
from tests.flows.clinic import SATO, Clinic, one_step

WHEN = one_step("takes: moment")


@pytest.mark.parametrize(
    "text",
    [
        "昨日の22時ごろ",
        "11/28 2:00",
        "夜中だと思います",
        "今朝",
        "about 2 pm",
        "yesterday night",
        "30分前",
        "2 hours ago",
    ],
)
def test_a_time_of_the_day_is_heard(text: str) -> None:
    """By the clock, by a part of the day, or by how long ago."""
    assert names_hour(text)


@pytest.mark.parametrize("text", ["昨日", "11月28日", "先週の金曜", "yesterday", "28 November", "2日前"])
def test_a_day_alone_has_none(text: str) -> None:
    """However it is named."""
    assert not names_hour(text)


@pytest.fixture
def clinic() -> Clinic:
    """The clinic, in which reception is asked when it happened."""
    clinic = Clinic(WHEN).found()
    clinic.reports(SATO)
    return clinic


def written(clinic: Clinic) -> str:
    """Give what stands as the answer; empty while nothing does."""
    done = clinic.run.answered.get(("only", "it"))
    return str(done.given["text"]) if done is not None else ""


@pytest.mark.parametrize(
    "text",
    ["昨日の22時ごろ", "今朝", "わからない", "会社が調査中", "先月の末", "去年の夏", "not known yet", "last week"],
)
def test_what_names_a_time_or_nobody_knows_is_taken(clinic: Clinic, text: str) -> None:
    """At once; nothing is asked."""
    clinic.writes(SATO, text, to_step=True)

    assert (written(clinic), clinic.run.asking) == (text, {})


@pytest.mark.parametrize("more", ["22時ごろ", "たぶん、みんなが帰ったあと"])
def test_a_day_alone_is_asked_for_its_time_once(clinic: Clinic, more: str) -> None:
    """Day and time stand together; whatever comes is the answer, and it isn't asked again."""
    clinic.writes(SATO, "昨日", to_step=True)
    assert (written(clinic), clinic.run.asking[SATO].what) == ("", "moment")
    clinic.writes(SATO, more)

    assert (written(clinic), clinic.run.asking) == (f"昨日 {more}", {})


def test_a_day_stands_if_nobody_knows_the_time(clinic: Clinic) -> None:
    """One tap, and the day that was written is the answer; no word is lost."""
    clinic.writes(SATO, "昨日", to_step=True)
    clinic.act(SATO, DropQuestion(clinic.run.id))

    assert (written(clinic), clinic.run.asking) == ("昨日", {})


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("昨日の22時ごろ", "time"),
        ("昨日の22時ごろ（会社の見立て）", "time"),
        ("11月28日の夜", "day"),
        ("先月の末", "span"),
        ("last week", "span"),
        ("わからない", "undated"),
        ("会社が調査中", "undated"),
    ],
)
def test_how_finely_it_was_told_is_known(text: str, fine: str) -> None:
    """So that whoever prepares the last report is asked again where no day was named, and nobody where one was."""
    clinic = Clinic(one_step("takes: moment\nvalue: occurred")).found()
    clinic.reports(SATO)
    clinic.writes(SATO, text, to_step=True)
    if clinic.run.asking:
        clinic.act(SATO, DropQuestion(clinic.run.id))

    assert clinic.run.facts["occurred"] == fine
