"""What answers about people enter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from contacts.roster import Roster
from contacts.setup.people import deputy, safety_manager, staff
from contacts.setup.questions import SetupAnswer
from contacts.shapes.facility import Facility
from contacts.shapes.people import Member
from contacts.written.mistakes import Unreadable

DIRECTOR = Member(id="m1", name="高橋", roles=("director",), channels=("telegram",))
NURSE = Member(id="m2", name="鈴木", roles=("nurse",))
ASKING = SetupAnswer(
    "director", "", Roster(Facility(name="あかり", kind="clinic"), (DIRECTOR, NURSE)), date(2026, 11, 23)
)


def said(written: str, subject: str = "director") -> SetupAnswer:
    """Give an answer."""
    return replace(ASKING, subject=subject, written=written)


@pytest.mark.parametrize("written", ["[m2]", "鈴木", " 鈴　木 "])
def test_somebody_who_is_here_becomes_deputy(written: str) -> None:
    """By tap or by name; and is not any more when chosen again."""
    ((kind, key, row),) = deputy(said(written)).rows
    assert isinstance(row, Member)
    assert (kind, key, row.stands_in_for, row.roles) == ("member", "m2", ("director",), ("nurse",))

    again = replace(ASKING, written="[m2]", roster=replace(ASKING.roster, members=(DIRECTOR, row)))
    ((_, _, after),) = deputy(again).rows
    assert isinstance(after, Member)
    assert after.stands_in_for == ()


def test_what_is_kept_knows_nothing_of_channels() -> None:
    """The addresses are kept elsewhere."""
    ((_, _, row),) = safety_manager(said("[m1]")).rows
    assert isinstance(row, Member)
    assert (row.roles, row.channels) == (("director", "safety_manager"), ())


def test_somebody_new_is_invited() -> None:
    """As deputy, as safety manager, or as staff who stand in for the safety manager."""
    assert (deputy(said("田中")).role, deputy(said("田中")).rows) == ("deputy", ())
    found = deputy(said("田 中", "safety_manager"))
    assert found.invite is not None
    assert (found.role, found.invite.name, found.invite.roles, found.invite.stands_in_for) == (
        "staff",
        "田 中",
        ("staff",),
        ("safety_manager",),
    )
    assert safety_manager(said("佐藤")).role == "safety_manager"
    named = staff(said("佐藤", "reception"))
    assert named.invite is not None
    assert (named.role, named.invite.roles) == ("reception", ("reception",))


@pytest.mark.parametrize(
    ("answering", "written", "subject", "why"),
    [
        (deputy, "高橋", "director", "自分の代行者にはなれません"),
        (deputy, "[m9]", "director", "見つかりません"),
        (deputy, "長" * 61, "director", "60文字まで"),
        (staff, "佐藤", "", "先に役割のボタンを押すか"),
        (staff, "鈴木", "nurse", "もう登録されています"),
    ],
)
def test_who_can_not_be(answering: object, written: str, subject: str, why: str) -> None:
    """Nobody stands in for themselves, nobody is invited twice, nobody is guessed."""
    with pytest.raises(Unreadable) as caught:
        answering(said(written, subject))  # type: ignore[operator]

    assert why in caught.value.reason.ja
