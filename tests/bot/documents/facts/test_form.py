"""Forms: what is approved, marked and shown of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.documents.facts.form import Field, Form, Section, Statement

FORM = Form(
    "速報", "委員会", (Section("概要", (Field("原因", (Statement("不明", (3,)), Statement("推定", (5, 4)))),)),)
)


@pytest.mark.parametrize(
    "other",
    [
        replace(FORM, title="確報"),
        replace(FORM, foot=("法",)),
        replace(FORM, sections=(Section("概要", (Field("原因", (Statement("不明", (3,)),)),)),)),
        replace(FORM, sections=(Section("概要", (Field("原因", state="investigating"),)),)),
        replace(FORM, sections=(Section("概要", text="原因"),)),
    ],
)
def test_another_word_is_another_form(other: Form) -> None:
    """The digest by which a form is approved changes with whatever it says."""
    assert other.sha256 != FORM.sha256


def test_the_approval_itself_changes_nothing() -> None:
    """A form keeps its digest when it is no draft any more."""
    assert replace(FORM, draft=False, approved="院長").sha256 == FORM.sha256


def test_what_is_new_is_marked() -> None:
    """Only what the earlier form did not say in the same field is marked."""
    before = replace(FORM, sections=(Section("概要", (Field("原因", (Statement("不明", (1,)),)),)),))
    field = FORM.since(before).field("原因")

    assert [one.changed for one in field.statements] == [False, True]
    assert field.changed
    assert not FORM.since(FORM).field("原因").changed


def test_others_see_nothing_of_the_record() -> None:
    """An untraced form holds no number of an entry at all, not only hidden."""
    plain = FORM.untraced()

    assert not plain.traced
    assert plain.field("原因").entries == ()
    assert plain.field("原因").text == "不明\n推定"


def test_a_field_names_its_entries() -> None:
    """A field rests on the entries of all that it says; one that is not there is a mistake."""
    assert FORM.field("原因").entries == (3, 4, 5)
    with pytest.raises(KeyError):
        FORM.field("住所")


def test_what_a_statement_rests_on_fits_its_column() -> None:
    """A few entries are named; of many the first, the last and how many, so that a line stays a line; else the source."""
    assert Statement("a", (1, 2, 3)).behind == "1, 2, 3"
    assert Statement("a", (1, 2, 3, 9)).behind == "1–9 (4)"
    assert Statement("a", source="登録").behind == "登録"
