"""Documents go along with a bundle: those of the recipient, and no others."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.bundle.contents import export
from bot.bundle.papers import OF_THE_HOUSE, papers
from bot.bundle.table import shipped_table
from bot.documents.forms.forms import FORMS, GOES_TO
from bot.documents.kinds import kinds
from flows.commands.drilling import BeginExercise
from flows.commands.people import Report
from tests.clinic import Clinic


def names(clinic: Clinic, out: Path, recipient: str) -> set[str]:
    """Export the newest run; gives the documents in the bundle."""
    export(clinic.home.path, clinic.run().id, out, recipient=recipient, language="ja", documents=papers)
    with ZipFile(out) as bundle:
        assert all(bundle.read(n).startswith(b"%PDF") for n in bundle.namelist() if n.startswith("documents/"))
        return {n.removeprefix("documents/") for n in bundle.namelist() if n.startswith("documents/")}


@pytest.mark.parametrize(("recipient", "wanted"), [("health_centre", {"health_centre.pdf"}), ("insurer", set())])
async def test_each_gets_its_own(clinic: Clinic, tmp_path: Path, recipient: str, wanted: set[str]) -> None:
    """The health centre gets its report; whom the table grants nothing only reads how the record meets the three conditions."""
    await clinic.incident()

    assert names(clinic, tmp_path / "x.zip", recipient) == wanted | {"three_conditions.pdf"}


async def test_a_drill_is_reported_to_nobody(clinic: Clinic, tmp_path: Path) -> None:
    """What an office gets of a drill never looks like a report of an incident without saying that it is a drill."""
    clinic.orders(BeginExercise("", "quiz"))

    assert "ppc_preliminary.pdf" not in names(clinic, tmp_path / "x.zip", "internal")


def test_every_form_goes_to_somebody_the_table_knows() -> None:
    """A wrong name would silently leave a document out; none has no reader."""
    assert GOES_TO.keys() == FORMS.keys()
    assert {name for to in GOES_TO.values() for name in to} <= shipped_table().recipients.keys()
    assert {*OF_THE_HOUSE} <= {*kinds("run"), *kinds("drill")}


async def test_a_lost_phone_is_no_ransomware(clinic: Clinic, tmp_path: Path) -> None:
    """The form for attacks goes along only where one may have happened."""
    clinic.orders(Report("", "往診かばんをなくした", playbook="lost_device"), "reception")
    await clinic.says("reception", clinic.engine.handbook.playbooks["lost_device"].question.ja)

    assert names(clinic, tmp_path / "x.zip", "ppc") == {"ppc_preliminary.pdf", "ppc_final.pdf", "three_conditions.pdf"}
