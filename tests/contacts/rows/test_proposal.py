"""What a filled workbook proposes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from contacts.defaults import SHIPPED_CONTACTS
from contacts.rows.proposal import propose
from contacts.shapes.contracts import Contract
from contacts.shapes.facility import Facility
from contacts.shapes.outside import Contact
from contacts.shapes.people import Member
from contacts.shapes.systems import System
from contacts.workbook import export, read
from tests.contacts.book import CONTRACT, DEPUTY, RECEPTION, TODAY, VENDOR, Book, Registry, registry

STAFF, OUTSIDE = "スタッフ", "連絡先"


def said(book: Book, held: Registry) -> list[tuple[str, str, str]]:
    """Give what a workbook would change: kind, key and how."""
    proposal = book.proposes(held)
    assert proposal.mistakes == ()
    return [(c.kind, c.key, c.how) for c in proposal.changes]


# Round trip


def test_an_export_that_comes_back_changes_nothing() -> None:
    """Byte for byte as it went out."""
    assert propose(read(export(registry(), TODAY)), registry(), TODAY).changes == ()


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)


@settings(max_examples=10, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # shrinking workbooks takes minutes
@given(name=TEXTS, note=TEXTS, number=TEXTS, other=TEXTS, hours=TEXTS)
def test_whatever_people_typed_comes_back_as_it_was(name: str, note: str, number: str, other: str, hours: str) -> None:
    """Formulas, control signs, emoji, what looks like an escape of Excel's, a vendor and a member of the same name."""
    held = registry(
        VENDOR.model_copy(update={"name": name, "note": note, "number": number, "hours": hours}),
        Contact(id="other", kind="vendor", services=("pc",), name=other, note=f"_x0041_{note}"),
        RECEPTION.model_copy(update={"name": name[:60]}),
    )
    proposal = propose(read(export(held, TODAY)), held, TODAY)

    assert proposal.mistakes == ()
    assert proposal.changes == ()


def test_a_new_home_comes_back_too(empty: Registry) -> None:
    """With next to nothing in it; it is only told what lacks."""
    proposal = Book.of(empty).proposes(empty)

    assert (proposal.changes, proposal.mistakes) == ((), ())
    assert [a.ja for a in proposal.advice] == [
        "「院長・管理者」の代行者がまだいません",
        "「安全管理責任者」の代行者がまだいません",
    ]


# From a template


def test_an_empty_template_changes_nothing() -> None:
    """Its examples and its weekdays are no rows; nothing is removed by a file that never knew what there is."""
    assert said(Book.template(), registry()) == []


def test_a_clinic_from_a_template(empty: Registry) -> None:
    """Rows of all sheets name each other; known names are changed, new ones added, nothing is lost."""
    book = Book.template()
    book.add("施設", {"施設名": "あかり診療所", "種類": "診療所", "都道府県": "東京"})
    book.put("開いている時間", 4, "開いている時間", "9:00–12:30")
    book.add("休みの日", {"日付": date(2026, 12, 29)})
    book.add(STAFF, {"氏名": "高橋", "役割": "院長、安全管理責任者"})
    book.add(STAFF, {"氏名": "田中", "代行する役割": "院長、安全管理責任者", "代行の順番": 1})
    book.add(
        OUTSIDE, {"区分": "事業者", "用件": "電子カルテ", "名前": "カルテ社", "電話番号": "０３－１２３４－５６７８"}
    )
    book.add("システム", {"システム名": "カルテ", "事業者": "カルテ社", "止まってよい時間": "4時間"})
    book.add(
        "契約",
        {
            "契約名": "保守",
            "事業者": "カルテ社",
            "対象システム": "カルテ",
            "終了日": "令和9年3月31日",
            "解約の予告（日前）": "90日前",
        },
    )
    book.add("役割分担", {"システム": "カルテ", "作業": "ログ", "通常時の担当": "事業者"})
    proposal = book.proposes(empty)
    rows: dict[str, Any] = {c.kind: c.after for c in proposal.changes}

    assert [(c.kind, c.how) for c in proposal.changes] == [
        ("facility", "changed"),
        ("member", "changed"),
        ("member", "added"),
        ("contact", "added"),
        ("system", "added"),
        ("contract", "added"),
        ("responsibility", "added"),
    ]
    vendor, system = rows["contact"].id, rows["system"].id
    assert rows["facility"].sessions.keys() == {"mon"}
    assert (rows["facility"].prefecture, rows["facility"].closed) == ("東京都", (date(2026, 12, 29),))
    assert rows["member"] == Member(id="m2", name="田中", stands_in_for=("director", "safety_manager"), rank=1)
    assert rows["contact"].number == "03-1234-5678"
    assert rows["system"] == System(id=system, name="カルテ", vendor=vendor, allowed_downtime=240)
    assert rows["contract"] == Contract(
        id=rows["contract"].id, name="保守", vendor=vendor, systems=(system,), end=date(2027, 3, 31), notice_days=90
    )
    assert (rows["responsibility"].id, rows["responsibility"].normal) == (f"{system}.logs", "vendor")


def test_the_same_template_twice_changes_nothing_more(empty: Registry) -> None:
    """Rows are known by their names."""
    book = Book.template()
    book.add(OUTSIDE, {"区分": "事業者", "用件": "電子カルテ", "名前": "カルテ社"})
    (change,) = book.proposes(empty).changes
    assert change.after is not None
    empty["contact"][change.key] = change.after

    assert said(book, empty) == []


def test_somebody_of_the_name_of_one_who_left_is_new() -> None:
    """Old reports mean the other one."""
    held = registry(RECEPTION.model_copy(update={"status": "left"}))
    book = Book.template()
    book.add(STAFF, {"氏名": "佐藤", "役割": "受付"})

    assert said(book, held) == [("member", "m4", "added")]


# From an export


def test_one_cell_changed_is_one_field_changed() -> None:
    """Everything else stays, what no sheet shows as well."""
    held = registry(RECEPTION.model_copy(update={"channels": ("telegram",)}))
    book = Book.of(held)
    book.change(STAFF, "佐藤", "役割", "受付、看護師")
    (change,) = book.proposes(held).changes

    assert (change.key, change.fields) == ("m3", ("roles",))
    assert change.after == RECEPTION.model_copy(update={"channels": ("telegram",), "roles": ("reception", "nurse")})


def test_a_renamed_row_is_the_same_row() -> None:
    """Its id says so, and whoever names it by its new name means it."""
    book = Book.of(registry())
    book.change(OUTSIDE, "株式会社カルテ", "名前", "新カルテ社")
    book.change("システム", "電子カルテ", "事業者", "新カルテ社")

    assert said(book, registry()) == [("contact", "ehr", "changed")]


def test_a_row_taken_out_is_removed() -> None:
    """A member leaves instead; and what came after the export stays."""
    book = Book.of(registry())
    book.drop("備品", "予備の回線")
    book.drop(STAFF, "佐藤")
    later = registry(Contact(id="later", kind="partner", services=("hospital",), name="あとの病院"))

    assert said(book, later) == [("member", "m3", "removed"), ("equipment", "e1", "removed")]
    assert book.proposes(later).changes[0].after == RECEPTION.model_copy(update={"status": "left"})


def test_the_last_day_off_can_be_taken_out() -> None:
    """A sheet that was exported and came back empty means: none."""
    book = Book.of(registry())
    book.sheet("休みの日").delete_rows(3, 10)
    (change,) = book.proposes(registry()).changes

    assert change.fields == ("closed", "half_days")


def test_the_facility_can_not_be_taken_out() -> None:
    """Its row deleted says nothing."""
    book = Book.of(registry())
    book.drop("施設", "あかり診療所")

    assert said(book, registry()) == []


def test_a_sheet_that_is_gone_says_nothing() -> None:
    """Somebody sent only the sheets that matter."""
    book = Book.of(registry())
    del book.book[OUTSIDE]

    assert said(book, registry()) == []


def test_a_number_changed_in_chat_meanwhile_survives_an_old_export() -> None:
    """The failure to prevent: an old file brings an old number back."""
    book = Book.of(registry())
    book.change(OUTSIDE, "株式会社カルテ", "メモ", "x")
    now = registry(VENDOR.model_copy(update={"number": "03-1234-1111"}))
    (change,) = book.proposes(now).changes

    assert change.after == VENDOR.model_copy(update={"number": "03-1234-1111", "note": "x"})


def test_a_new_number_is_not_verified_by_an_old_date() -> None:
    """Unless the date changes as well."""
    book = Book.of(registry())
    book.change(OUTSIDE, "株式会社カルテ", "電話番号", "03-1234-9999")
    (change,) = book.proposes(registry()).changes

    assert change.fields == ("number", "verified_by", "verified_on")


# What is wrong


@pytest.mark.parametrize(
    ("sheet", "text", "header", "value", "says"),
    [
        (STAFF, "佐藤", "氏名", "田 中", "4行目にもあります"),
        (STAFF, "高橋", "代行する役割", "院長", "自分の代行者"),
        (STAFF, "高橋", "役割", "医師", "院長・管理者がいなくなります"),
        (STAFF, "佐藤", "不在（まで）", "2026/12/1", "不在の始まり"),
        (STAFF, "佐藤", "言語", "仏語", "選べません"),
        (STAFF, "佐藤", "ID（変えない）", "m77", "台帳にありません"),
        (STAFF, "佐藤", "ID（変えない）", "m2", "ID m2"),
        (OUTSIDE, "株式会社カルテ", "電話番号", "03-CALL-ME", "CALL-ME"),
        (OUTSIDE, "株式会社カルテ", "電話番号", 312345678, "先頭の0"),
        (OUTSIDE, "株式会社カルテ", "番号を確かめた日", "2027/1/1", "未来"),
        (OUTSIDE, "株式会社カルテ", "区分", "公的機関", "用件です"),
        ("システム", "電子カルテ", "事業者", "カルテ会社", "「株式会社カルテ」のことですか"),
        ("システム", "電子カルテ", "重要度（1–5）", 9, "1から5"),
        ("契約", "カルテ保守", "終了日", "2020/1/1", "開始日より前"),
        ("契約", "カルテ保守", "対象システム", "電子カルテ、レセ", "見つかりません"),
        ("役割分担", "バックアップ", "作業", "掃除", "選べません"),
        ("施設", "あかり診療所", "施設名", None, "空です"),
        ("開いている時間", "月", "開いている時間", "9時ごろ", "読み取れません"),
        ("休みの日", "9:00–12:30", "日付", "12/28", "年から"),
    ],
)
def test_each_mistake_stops_everything(sheet: str, text: str, header: str, value: Any, says: str) -> None:
    """And names its sheet and row; what is right beside it does not go in either."""
    book = Book.of(registry())
    book.change("備品", "予備の回線", "メモ", "これは正しい")
    line = book.line(sheet, text)
    book.change(sheet, text, header, value)
    found = book.troubles(registry())

    assert any(f[0] == sheet and f[1] in {line, None} and says in f[3] for f in found), found


def test_all_mistakes_at_once() -> None:
    """In the order in which they stand in the file, so that it is mended in one go."""
    book = Book.template()
    book.add(
        OUTSIDE,
        {"区分": "事業者", "用件": "電子カルテ", "名前": "A社", "電話番号": "abc", "番号を確かめた日": "きのう"},
    )
    book.add(OUTSIDE, {"名前": "B社"})
    book.add(STAFF, {"役割": "庭師"})

    assert [(s, r, c) for s, r, c, _ in book.troubles(registry())] == [
        (STAFF, 4, "氏名"),
        (STAFF, 4, "役割"),
        (OUTSIDE, 4, "電話番号"),
        (OUTSIDE, 4, "番号を確かめた日"),
        (OUTSIDE, 5, "区分"),
        (OUTSIDE, 5, "用件"),
    ]


def test_a_circle_of_deputies_is_refused() -> None:
    """Two who only stand in for each other."""
    book = Book.of(registry())
    book.change(STAFF, "高橋", "役割", "院長")
    book.change(STAFF, "高橋", "代行する役割", "安全管理責任者")
    book.change(STAFF, "田中", "役割", "安全管理責任者")
    book.change(STAFF, "田中", "代行する役割", "院長")

    assert any("輪" in what for *_, what in book.troubles(registry()))


def test_a_flaw_that_was_there_before_stands_in_nobodys_way() -> None:
    """Whoever mends a number need not mend the deputies first."""
    held = registry(DEPUTY.model_copy(update={"roles": ("director",)}))
    book = Book.of(held)
    book.change(OUTSIDE, "株式会社カルテ", "メモ", "x")

    assert said(book, held) == [("contact", "ehr", "changed")]


def test_what_is_still_named_can_not_be_removed() -> None:
    """A system without its vendor would say nobody to call."""
    book = Book.of(registry())
    book.drop(OUTSIDE, "株式会社カルテ")

    assert {(s, c) for s, _, c, _ in book.troubles(registry())} == {
        ("システム", "事業者"),
        ("契約", "事業者"),
        ("外とつながる線", "相手"),
    }


def test_the_same_row_twice() -> None:
    """A person, a day, a task, the facility itself: one row each."""
    book = Book.template()
    for _ in range(2):
        book.add("施設", {"施設名": "あかり診療所", "種類": "診療所"})
        book.add("休みの日", {"日付": "2027/1/2"})
        book.add(STAFF, {"氏名": "新人"})
        book.add("役割分担", {"システム": "電子カルテ", "作業": "ログの管理"})

    assert [(s, r) for s, r, *_ in book.troubles(registry())] == [
        ("施設", 5),
        ("休みの日", 5),
        (STAFF, 5),
        ("役割分担", 5),
    ]


def test_ids_are_new_for_ever() -> None:
    """A member's counts on from all there ever were; a contact's is no other contact's."""
    book = Book.template()
    book.add(STAFF, {"氏名": "新人A"})
    book.add(STAFF, {"氏名": "新人B"})
    book.add(OUTSIDE, {"区分": "連携先", "用件": "連携病院", "名前": "病院"})
    keys = [c.key for c in book.proposes(registry()).changes]

    assert keys[:2] == ["m4", "m5"]
    assert keys[2] not in {c.id for c in SHIPPED_CONTACTS}


def test_what_a_system_needs_is_named_by_name() -> None:
    """Also one that is new in the same file; an order that can't be is advice, which stands in nobody's way."""
    book = Book.of(registry())
    book.add("システム", {"システム名": "院内LAN", "復旧の順番": 2})
    book.change("システム", "電子カルテ", "先に動いている必要があるもの", "院内LAN")
    book.change("システム", "電子カルテ", "復旧にかかった時間", "1時間30分")
    proposal = book.proposes(registry())
    karte = next(c.after for c in proposal.changes if c.key == "karte")

    assert isinstance(karte, System)
    assert (len(karte.needs), karte.restore_minutes) == (1, 90)
    assert any("先に必要な「院内LAN」は2番目" in a.ja for a in proposal.advice)


def test_the_end_of_a_contract_goes_round() -> None:
    """What was ticked and where the proof is come back from the file as they went out."""
    ended = CONTRACT.model_copy(update={"end_steps": ("received", "cut"), "proof": "書庫"})
    assert Book.of(registry(ended)).proposes(registry(ended)).changes == ()


def test_what_hangs_on_the_line_goes_round() -> None:
    """The answers about telephones, devices and the poster come back as they went out, and can be changed in the file."""
    known = Facility(
        name="あかり診療所",
        kind="clinic",
        phones_on_line=True,
        fallback_phone="佐藤 03-1234-5670",
        home_devices=False,
        poster="紙で受付をしています。",
    )
    assert Book.of(registry(known)).proposes(registry(known)).changes == ()

    book = Book.of(registry(known))
    book.change("施設", "あかり診療所", "固定電話もネットの回線か", "×")
    book.change("施設", "あかり診療所", "患者さん宅にネットで知らせる機器があるか", None)
    book.change("施設", "あかり診療所", "最初の1時間に入口に貼る文（責任者が確認した文）", "紙で会計をしています。")
    [change] = book.proposes(registry(known)).changes
    assert isinstance(change.after, Facility)
    assert change.after == known.model_copy(
        update={"phones_on_line": False, "home_devices": None, "poster": "紙で会計をしています。"}
    )


def test_a_person_who_may_be_here_already_is_asked_about() -> None:
    """髙橋 beside 高橋 comes in as somebody new only after somebody read the question."""
    book = Book.template()
    book.add("スタッフ", {"氏名": "髙橋 一郎", "役割": "院長"})
    held = registry(RECEPTION.model_copy(update={"id": "m7", "name": "高橋", "roles": ("director",)}))

    assert any("「高橋」と同じ人なら" in advice.ja for advice in book.proposes(held).advice)
