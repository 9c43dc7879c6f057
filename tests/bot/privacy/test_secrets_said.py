"""What opens a thing or an account is found where somebody writes it out, also without a word for it."""

from __future__ import annotations

import pytest

from bot.privacy.secrets_said import secrets_said


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("パスはneko88", "neko88"),
        ("パスがclinic01", "clinic01"),
        ("薬品庫は4649で開きます", "4649"),
        ("裏口は 0923 を押すと開きます", "0923"),
        ("the drug cabinet opens with 4649", "4649"),
        ("the door code is 8812", "8812"),
    ],
)
def test_what_opens_a_thing_is_a_secret_without_its_name(text: str, secret: str) -> None:
    """It is masked like a password that is called one."""
    assert {text[hit.start : hit.end] for hit in secrets_said(text)} == {secret}


@pytest.mark.parametrize(
    "text",
    [
        "パスは3時に回します",
        "今日は9時30分で開きます",
        "エラーコードは0x8007",
        "サーバー室は2階で使えます",
        "バスは10時",
    ],
)
def test_a_time_or_a_place_opens_nothing(text: str) -> None:
    """Nor does a bus."""
    assert list(secrets_said(text)) == []
