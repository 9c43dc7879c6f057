"""What would change, as values and in words."""

from __future__ import annotations

from contacts.rows.differences import changed_fields, described, differences, names_in, shown_name
from contacts.rows.naming import Naming
from contacts.shapes.contracts import Contract
from contacts.shapes.systems import Responsibility
from tests.contacts.book import BACKUP, RECEPTION, VENDOR, Registry, registry


def without(held: Registry, kind: str, key: str) -> Registry:
    """Take a row out."""
    return {k: {i: r for i, r in rows.items() if (k, i) != (kind, key)} for k, rows in held.items()}


def test_nothing_changed_nothing_said() -> None:
    """However often it is compared."""
    assert differences(registry(), registry()) == ()


def test_added_changed_removed() -> None:
    """Kind by kind, with the names of the fields that say something."""
    held = registry()
    wanted = without(registry(VENDOR.model_copy(update={"number": "03-1234-9999", "note": "x"})), "equipment", "e1")
    wanted["contract"]["k2"] = Contract(id="k2", name="回線", notice_days=30)

    assert [(c.kind, c.key, c.how, c.fields) for c in differences(held, wanted)] == [
        ("contact", "ehr", "changed", ("note", "number")),
        ("contract", "k2", "added", ("name", "notice_days")),
        ("equipment", "e1", "removed", ()),
    ]


def test_a_member_who_leaves_is_called_removed_and_kept() -> None:
    """Old reports go on naming them."""
    change = differences(registry(), registry(RECEPTION.model_copy(update={"status": "left"})))[0]

    assert (change.how, change.after is not None, change.name) == ("removed", True, "佐藤")


def test_a_change_in_words() -> None:
    """What it is, who, and each field before and after; in the reader's language."""
    held = registry()
    (change,) = differences(held, registry(VENDOR.model_copy(update={"number": None, "asked_on": None})))

    assert described(change, Naming.of(held), "ja") == (
        "〜 連絡先: 株式会社カルテ — 非常時対応を確認した日 2026-06-01 → なし、電話番号 03-1234-5678 → なし"
    )
    assert described(change, Naming.of(held), "en").startswith(
        "〜 Contacts: 株式会社カルテ — emergency response asked on"
    )


def test_the_calendar_is_named_not_listed() -> None:
    """The hours of a whole week would be no line."""
    held = registry()
    wanted = {**held, "facility": {"facility": held["facility"]["facility"].model_copy(update={"closed": ()})}}

    assert described(differences(held, wanted)[0], Naming.of(held), "ja") == "〜 施設: あかり診療所 — 休みの日"


def test_a_row_without_a_name_is_named_by_what_it_is_about() -> None:
    """Also where its system comes with the same file."""
    held = registry()
    changes = differences(without(held, "responsibility", BACKUP.id), held)

    assert isinstance(changes[0].after, Responsibility)
    assert shown_name(changes[0], names_in(held, changes)) == "電子カルテ / バックアップ"


def test_fields_are_sorted() -> None:
    """So that the journal says the same for the same change."""
    assert changed_fields(VENDOR, VENDOR.model_copy(update={"note": "x", "hours": "y"})) == ("hours", "note")
