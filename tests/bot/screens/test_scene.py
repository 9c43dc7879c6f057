"""What the views have in common: how buttons are laid out, how texts are cut, and how a view is found."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from bot.channels.channel import Button
from bot.screens.renderer import Renderer
from bot.screens.scene import VIEWS, SceneOf, Screen, lines, rows, shorten, shows
from flows.messages.calling import WhereWeStand
from flows.messages.message import MESSAGES, Message, Plain, Undecodable
from flows.record.journal import Owed
from playbooks.frozen import frozen
from tests.clinic import Clinic


@frozen
class One(Message, name="test.one"):
    """A message for this test."""


@frozen
class Other(Message, name="test.other"):
    """Another one."""


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


def test_a_view_is_found_by_the_messages_whose_scene_it_takes() -> None:
    """One function may say several messages; a message that has its view already takes no other."""

    def both(_: SceneOf[One | Other]) -> Screen:
        return Screen("x")

    assert shows(both) is both
    with pytest.raises(TypeError, match="One has a view already"):
        shows(both)
    assert VIEWS.pop(One) is VIEWS.pop(Other) is both


def test_each_message_can_be_said() -> None:
    """By one view, or by nothing but its phrase; only what nobody can read is said by nothing."""
    said = VIEWS.keys() | {message for message in MESSAGES.values() if issubclass(message, Plain)}

    assert [m.__name__ for m in MESSAGES.values() if m not in said and m not in (Undecodable, One, Other)] == []
    assert [m.__name__ for m in VIEWS if issubclass(m, Plain)] == []


def test_a_view_of_a_run_without_one(clinic: Clinic) -> None:
    """Is a mistake of ours."""
    with pytest.raises(LookupError, match="belongs to a run"):
        Renderer(clinic.engine).render(Owed("m1", WhereWeStand()), "m1", clinic.clock.now())


def test_what_nobody_can_read_can_not_be_said(clinic: Clinic) -> None:
    """A name that no class has, as an older or newer version may have left it, is an error of that message alone."""
    with pytest.raises(LookupError):
        Renderer(clinic.engine).render(Owed("m1", Undecodable("of.tomorrow")), "m1", clinic.clock.now())
