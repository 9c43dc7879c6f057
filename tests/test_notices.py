"""What comes along is named with its licence, as the installed packages say it themselves."""

from __future__ import annotations

import re

from tests.notices import LOCK, NOTICE, licence_of, locked, notice


def test_the_notice_is_up_to_date() -> None:
    """`make docs` writes it."""
    assert NOTICE.read_text(encoding="utf-8") == notice()


def test_everything_has_a_licence() -> None:
    """Nothing is installed of which nobody knows under which licence it may be."""
    assert [package for package in locked() if not licence_of(package)] == []


def test_what_asks_for_more_is_said() -> None:
    """Of what is copyleft, and of the fonts, it is said what whoever passes them on owes."""
    text = NOTICE.read_text(encoding="utf-8")
    owing = {
        package
        for package in locked()
        if re.search(r"GPL|General Public|MPL|Mozilla|OFL|Open Font", licence_of(package))
    }

    assert owing >= {"python-telegram-bot", "manimgx-fonts", "noto-cjk-sans-jp-regular"}
    assert [package for package in owing if f"- **{package}**" not in text] == []
    assert "GPL-2.0-or-later" in text


def test_what_builds_is_not_what_runs() -> None:
    """The lock of what runs holds no build backend."""
    assert (
        re.findall(r"^(?:hatchling|editables|trove-classifiers)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
        == []
    )
