"""What the views have in common: how buttons are laid out, how texts are cut, and how a view is found."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from bot.channels.channel import Button
from bot.screens.renderer import Renderer
from bot.screens.scene import VIEWS, Screen, lines, rows, shorten, view
from flows.record.journal import Owed
from tests.clinic import Clinic

A, B, C = (Button(label, label) for label in "ABC")


def test_buttons_in_rows() -> None:
    """One below the other, or so many side by side; what isn't there leaves no gap."""
    assert rows(A, B, C) == ((A,), (B,), (C,))
    assert rows(A, None, B, C, width=2) == ((A, B), (C,))
    assert rows(None) == rows() == ()


def test_a_text_that_is_only_shown_to_be_recognised() -> None:
    """Cut with a sign that says so, never longer than asked for."""
    assert shorten("12345", 5) == "12345"
    assert shorten("123456", 5) == "1234…"


def test_lines_of_safe_text_stay_safe() -> None:
    """Joined, markup is still markup and text still text."""
    assert lines([Markup("<b>"), "<b>"]) == "<b>\n&lt;b&gt;"


def test_a_view_is_found_by_each_of_its_names() -> None:
    """One function may say several messages."""

    @view("test.one", "test.two")
    def both(_: object) -> Screen:
        return Screen("x")

    assert VIEWS.pop("test.one") is VIEWS.pop("test.two") is both


def test_a_view_of_a_run_without_one(clinic: Clinic) -> None:
    """Is a mistake that says which message it was."""
    with pytest.raises(LookupError, match="board belongs to a run"):
        Renderer(clinic.engine).render(Owed("m1", "board"), "m1", clinic.clock.now())
