"""A home is made once, opened by anybody who may, and run by one process at a time."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.command_line.tomoshibi import COMMANDS
from bot.handbook import read_handbook
from bot.home import Home, HomeTaken, NoHome, make_home
from bot.settings import SETTINGS_FILE
from bot.store.seals import KEY_FILE
from bot.store.sqlite.journal import JOURNAL_FILE
from contacts.defaults import SHIPPED_CONTACTS
from contacts.model import Facility
from tests.clinic import MORNING, Clinic

ROOT = Path(__file__).resolve().parents[2]
CLINIC = Facility(name="あかり診療所", kind="clinic")

OTHER = """
import sys
from pathlib import Path
from bot.handbook import read_handbook
from bot.home import Home
with Home(Path(sys.argv[1])).running():
    print("running", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def as_nobody_special() -> Iterator[None]:
    """Give up the power over other people's files, if the tests have it."""
    if os.name == "nt" or os.geteuid() != 0:
        yield
        return
    for module in COMMANDS.values():  # Python itself may lie where nobody else may look
        import_module(f"bot.command_line.{module}")
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def locked() -> Iterator[Path]:
    """A folder that everybody may look into and nobody may write to."""
    with TemporaryDirectory() as made:
        path = Path(made)
        path.chmod(0o555)
        yield path
        path.chmod(0o755)


def test_a_new_home(tmp_path: Path) -> None:
    """It holds the facility, the contacts that come along, settings to edit, a key, and one invitation for the director."""
    path = tmp_path / "new" / "home"
    invitation = make_home(path, CLINIC, "高橋", MORNING)

    home = Home(path)
    roster = home.engine.roster()
    home.close()
    assert roster.facility == CLINIC
    assert [(m.name, m.roles, m.channels) for m in roster.members] == [("高橋", ("director",), ())]
    assert roster.contacts == SHIPPED_CONTACTS
    assert (invitation.role, invitation.member) == ("director", "m1")
    assert (path / SETTINGS_FILE).is_file()
    assert (path / KEY_FILE).is_file()
    assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_the_code_itself_is_not_kept(tmp_path: Path) -> None:
    """Whoever reads the file finds its digest only."""
    invitation = make_home(tmp_path, CLINIC, "高橋", MORNING)

    assert all(invitation.code.encode() not in p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())


def test_a_home_is_never_made_twice(tmp_path: Path) -> None:
    """The second try says so and leaves everything as it was."""
    make_home(tmp_path, CLINIC, "高橋", MORNING)
    before = (tmp_path / SETTINGS_FILE).read_bytes(), (tmp_path / KEY_FILE).read_bytes()

    with pytest.raises(NoHome, match="is a home already"):
        make_home(tmp_path, CLINIC, "別人", MORNING)
    assert before == ((tmp_path / SETTINGS_FILE).read_bytes(), (tmp_path / KEY_FILE).read_bytes())


def test_settings_that_are_there_already_stay(tmp_path: Path) -> None:
    """Somebody prepared them before: they are not written over."""
    (tmp_path / SETTINGS_FILE).write_text("[invitations]\ndays = 3\n", encoding="utf-8")
    make_home(tmp_path, CLINIC, "高橋", MORNING)

    home = Home(tmp_path)
    home.close()
    assert home.settings.invitations.days == 3


def test_a_folder_that_is_no_home(tmp_path: Path) -> None:
    """One sentence says what to do first."""
    with pytest.raises(NoHome, match="tomoshibi init"):
        Home(tmp_path)


def test_where_nothing_may_be_written(locked: Path) -> None:
    """Making a home there says so in both languages, with the folder's name."""
    with as_nobody_special(), pytest.raises(NoHome, match=r"書き込めません.*Can't write") as told:
        make_home(locked / "home", CLINIC, "高橋", MORNING)
    assert str(locked) in str(told.value)


def test_a_home_that_may_not_even_be_looked_into(locked: Path) -> None:
    """It says so instead of breaking."""
    home = locked / "home"
    locked.chmod(0o755)
    make_home(home, CLINIC, "高橋", MORNING)

    home.chmod(0o000)
    with as_nobody_special():
        with pytest.raises(NoHome, match="Can't read"):
            Home(home)
        with pytest.raises(NoHome, match="Can't read"):
            make_home(home, CLINIC, "高橋", MORNING)
    home.chmod(0o700)


def test_a_file_where_the_home_should_be(tmp_path: Path) -> None:
    """A home can't be made inside a file; it says so."""
    (tmp_path / "file").write_text("x", encoding="utf-8")

    with pytest.raises(NoHome, match="Can't write"):
        make_home(tmp_path / "file" / "home", CLINIC, "高橋", MORNING)


def test_one_process_runs_a_home(tmp_path: Path) -> None:
    """A second one is told so; when the first is killed, however it ends, the home is free."""
    make_home(tmp_path, CLINIC, "高橋", MORNING)
    home = Home(tmp_path)
    command = [sys.executable, "-c", OTHER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "running\n"
        with pytest.raises(HomeTaken, match="running elsewhere already"), home.running():
            pass
        other.kill()
        other.wait(60)
    with home.running():
        pass
    home.close()


def test_within_one_process_too(tmp_path: Path) -> None:
    """Two bots of one process don't run one home either."""
    make_home(tmp_path, CLINIC, "高橋", MORNING)
    one, other = Home(tmp_path), Home(tmp_path)

    with one.running(), pytest.raises(HomeTaken), other.running():
        pass
    one.close()
    other.close()


def test_a_playbook_with_a_typo_leaves_the_others_in_use(tmp_path: Path) -> None:
    """A home opens with it; the problem names file and line, and nobody is left without the playbook that came along."""
    make_home(tmp_path, CLINIC, "高橋", MORNING)
    (tmp_path / "playbooks" / "ransomware.yaml").write_text("playbook: ransomware\ntitel: x\n", encoding="utf-8")

    home = Home(tmp_path)
    home.close()
    assert "ransomware" in home.engine.handbook.playbooks
    assert any("ransomware.yaml:2: " in str(p) for p in home.problems)


def test_a_journal_put_in_place_of_the_old_one(tmp_path: Path) -> None:
    """Evidence lies beside it, under the folder that verification looks at."""
    make_home(tmp_path, CLINIC, "高橋", MORNING)
    home = Home(tmp_path)
    home.close()

    assert home.evidence == tmp_path / "evidence"
    assert (tmp_path / JOURNAL_FILE).is_file()


async def test_only_playbooks_for_this_kind_of_place_are_offered(clinic: Clinic) -> None:
    """A playbook that a clinic keeps for a pharmacy is never followed at the clinic."""
    own = clinic.engine.handbook.playbooks["unknown"].model_copy(
        update={"playbook": "fridge", "facilities": ("pharmacy",)}
    )
    path = clinic.home.path
    everything = read_handbook()[0]
    clinic.home.close()

    home = Home(path, replace(everything, playbooks={**everything.playbooks, "fridge": own}))

    assert "fridge" not in home.engine.handbook.playbooks
    assert "ransomware" in home.engine.handbook.playbooks
    home.close()
