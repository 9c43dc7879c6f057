"""CONTRIBUTING.md is run: its test passes, its look into a journal works, and the files it names are there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.clinic import open_clinic

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
A_TEST, A_LOOK = re.findall(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


async def test_the_test_passes(tmp_path: Path) -> None:
    """The one that is shown to newcomers, as it stands."""
    clinic, names = open_clinic(tmp_path), dict[str, Any]()
    await clinic.stage.settle()
    exec(A_TEST, names)  # noqa: S102  (our own words)
    [shown] = [value for name, value in names.items() if name.startswith("test_")]
    await shown(clinic)
    clinic.home.close()


async def test_a_run_is_read_from_its_journal(tmp_path: Path, capsys: Any) -> None:
    """Entry by entry, and as what they come to."""
    clinic, names = open_clinic(tmp_path), dict[str, Any]()
    await clinic.incident()
    exec(A_LOOK.replace("~/akari", str(clinic.home.path)), names)  # noqa: S102  (our own words)
    assert "Reported(" in capsys.readouterr().out
    assert names["run"].state == "responding"
    names["home"].close()
    clinic.home.close()


def test_what_it_names_is_there() -> None:
    """Each file and folder between backticks, and each link."""
    named = re.findall(r"`([a-z_]+/[\w/.-]*\w)`|\]\(([\w/.]+)\)", TEXT)
    paths = {one or other for one, other in named if "NAME" not in one}
    assert len(paths) > 25
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []
