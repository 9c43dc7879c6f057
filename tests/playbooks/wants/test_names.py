"""Whom a text names: those who work here by what they are, and nobody else by a title that others have, too."""

from __future__ import annotations

import pytest

from playbooks.wants.names import all_called_in


@pytest.mark.parametrize(
    "text",
    [
        "先生の番号教えて",
        "うちの先生出ません",
        "院長先生が出ない",
        "副院長先生の番号",
        "今先生いますか",
        "今日の先生に連絡つかない",
        "前の院長に電話していい?",
        "すみません先生は？",
    ],
)
def test_the_doctor_here_is_the_director(text: str) -> None:
    """By whatever title."""
    assert all_called_in(text) == ("role:director",)


@pytest.mark.parametrize(
    "text",
    [
        "学校の先生の電話番号は",
        "前の病院の先生の番号教えて",
        "紹介状の先生に連絡していいですか",
        "保育園の先生から電話",
        "整形の先生に電話していい？",
        "大学病院の先生の連絡先",
        "学校の校長先生",
        "木村先生の番号",
        "リハビリの先生の番号",
        "よその院長先生から電話",
        "the school doctor's number",
    ],
)
def test_another_doctor_is_nobody_here(text: str) -> None:
    """A school's, another house's, or one of a name that nobody here has."""
    assert "role:director" not in all_called_in(text)
