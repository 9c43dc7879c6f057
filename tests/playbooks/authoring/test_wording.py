"""Findings of pydantic in plain sentences; the sentences themselves are shown in test_reading."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from playbooks.authoring.wording import likely, path_in


def test_near_names_are_offered() -> None:
    """A slip of the finger is answered with the name that was meant."""
    assert likely("recepcion", ["reception", "director"]) == "did you mean `reception`?"


def test_far_names_list_what_there_is() -> None:
    """Where nothing is near, the names that there are help; or another way out, if one is given."""
    assert likely("xyz", ["nurse", "director"]) == "known: director, nurse"
    assert likely("xyz", ["nurse"], "write `sets:`") == "write `sets:`"
    assert likely("xyz", []) == "there is none yet"
    assert likely("xyz", [f"n{n:02}" for n in range(30)]).endswith("n23, …")


def test_path_without_the_names_of_unions() -> None:
    """The way is that of the file, even for a track that is called as pydantic calls its alternatives."""
    data: dict[str, object] = {"tracks": {"shared": {"steps": {"look": {}}}}}
    assert path_in(data, ("tracks", "shared", "<inline>", "steps", "look", "ask")) == (
        "tracks",
        "shared",
        "steps",
        "look",
        "ask",
    )


@given(st.text(max_size=10), st.lists(st.text(max_size=10)))
def test_any_name_gets_an_answer(name: str, names: list[str]) -> None:
    """Whatever was written, the cure is one line."""
    assert "\n" not in likely(name.replace("\n", ""), [one.replace("\n", "") for one in names])
