"""Which row is which."""

from __future__ import annotations

from contacts.rows.naming import Naming
from contacts.rows.recognition import Recognition
from contacts.rows.row_reading import RowNames, RowReading
from contacts.rows.sheets import MEMBERS, RESPONSIBILITIES
from contacts.rows.tables import Row
from contacts.shapes.people import Member
from contacts.written.mistakes import Mistake
from playbooks.texts import Data
from tests.contacts.book import TODAY, registry

MEMBER = Member(id="m1", name="高橋")


def recognised(*rows: Row, held: dict[str, Data] | None = None) -> tuple[Recognition, list[Mistake]]:
    """Recognise rows of the sheet of members."""
    told: list[Mistake] = []
    now = {**registry(), "member": held if held is not None else {"m1": MEMBER}}
    return Recognition({"member": rows}, now, TODAY, told.append), told


def row(line: int, name: str | None, key: str | None = None) -> Row:
    """Make a row."""
    return Row(line, key, {"name": name})


def test_by_id_by_name_or_new() -> None:
    """In this order; spaces and width in a name don't count."""
    for one, key in ((row(3, "別の名", "m1"), "m1"), (row(3, "高　橋"), "m1"), (row(3, "新人"), "m2")):
        which, told = recognised(one)
        assert (which.line("member", key), which.line("member", "m9"), told) == (3, None, [])


def test_a_name_that_a_row_with_an_id_has_taken_is_free() -> None:
    """The old 高橋 is called 山田 now; this one is new."""
    which, told = recognised(row(3, "山田", "m1"), row(4, "高橋"))

    assert (which.line("member", "m1"), which.line("member", "m2"), told) == (3, 4, [])


def test_two_of_a_name_need_their_ids() -> None:
    """With them they may go on; without, nobody guesses."""
    held: dict[str, Data] = {"m1": MEMBER, "m2": MEMBER.model_copy(update={"id": "m2"})}

    assert recognised(row(3, "高橋", "m1"), row(4, "高橋", "m2"), held=held)[1] == []
    assert "2つ以上" in recognised(row(3, "高橋"), held=held)[1][0].what.ja
    assert "3行目にも" in recognised(row(3, "高橋", "m1"), row(4, "高橋"))[1][0].what.ja


def test_ids_that_are_not_ours_or_there_twice() -> None:
    """Each is told at its row."""
    assert [m.row for m in recognised(row(3, "x", "m9"))[1]] == [3]
    assert [m.row for m in recognised(row(3, "高橋", "m1"), row(4, "田中", "m1"))[1]] == [4]


def test_a_gap_in_the_numbers_is_no_trap() -> None:
    """A new member never gets the id of one there is."""
    which, _ = recognised(
        row(3, "新人"), held={"m1": MEMBER, "m3": MEMBER.model_copy(update={"id": "m3", "name": "x"})}
    )

    assert which.line("member", "m3") is None
    assert which.line("member", "m4") == 3


def test_the_names_once_the_file_is_in() -> None:
    """New ones and changed ones, beside those that nobody touched."""
    names = recognised(row(3, "山田", "m1"), row(4, "新人"))[0].names()

    assert [names.keys("member", n) for n in ("高橋", "山田", "新人")] == [[], ["m1"], ["m2"]]
    assert names.keys("system", "電子カルテ") == ["karte"]


def test_rows_that_are_known_by_what_they_say() -> None:
    """A task of a system, once; what can't be read has no key and is told with its cells."""
    told: list[Mistake] = []
    names = Naming.of(registry())
    reading = RowReading(RESPONSIBILITIES, RowNames(names, names), TODAY, told.append)
    which = Recognition({}, registry(), TODAY, told.append)
    task = {"system": "電子カルテ", "task": "ログ"}

    assert which.key(reading, Row(3, None, task)) == "karte.logs"
    assert which.key(reading, Row(4, None, {**task, "system": "なし"})) == which.key(reading, Row(5, None, {})) == ""
    assert told == []
    assert which.key(reading, Row(6, None, task)) == ""
    assert [m.row for m in told] == [6]
    assert MEMBERS.known_by == ("name",)
