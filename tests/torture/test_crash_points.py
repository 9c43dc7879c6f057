"""Death at every transaction of a whole incident: nothing is lost, nothing is done twice, and it goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.crash_points import points


def test_some_crash_points_of_an_incident(tmp_path: Path) -> None:
    """One point in many, chosen by its hash: opened again, the home comes to what it comes to where nothing died."""
    found = points(tmp_path, one_in=4, calls=60)

    assert found.differ == []
    assert len(found.points) == 3
    assert found.points.total() >= 6


@pytest.mark.long
def test_every_crash_point_of_an_incident(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All of them: each transaction of the ransomware play, before it, inside it and after its commit."""
    found = points(tmp_path)
    with capsys.disabled():
        print(f"\n{found.transactions} transactions of {found.calls} calls; {dict(found.points)}")  # noqa: T201

    assert found.differ == []
