"""``init`` and ``invite``: a home, and who may come in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.home import Home
from bot.invitations import code_digest
from bot.store.sqlite.journal import JOURNAL_FILE, SqliteJournal
from flows.commands.facility import ChangeMember, SeatAtTerminal, Suspend
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from tests.bot.command_line.prompt import Prompt
from tests.bot.test_home import as_nobody_special, locked
from tests.journals import bytes_in, forge

__all__ = ["locked"]

INIT = ("--facility", "あかり診療所", "--kind", "clinic", "--director", "高橋")


def test_a_home_for_scripts(prompt: Prompt) -> None:
    """The document has home, facility and the director's invitation; the code in it is the one that counts."""
    made = prompt.json("init", prompt.home, *INIT)

    assert made == {
        "home": str(prompt.home),
        "facility": "あかり診療所",
        "invite": {"role": "director", "code": made["invite"]["code"]},
    }
    home = Home(prompt.home)
    assert code_digest(made["invite"]["code"]) in home.journal.registry("invitation")
    home.close()


def test_a_home_for_people(prompt: Prompt) -> None:
    """What was made, where, and the very line to send."""
    result = prompt.runs("init", prompt.home, *INIT, "--yes")

    assert result.exit_code == 0
    assert "あかり診療所 の準備ができました" in result.stdout
    assert re.search(r"/start [2-9A-Z]{12}\b", result.stdout)


def test_a_folder_that_is_not_empty_is_asked_about(prompt: Prompt, tmp_path: Path) -> None:
    """「いいえ」 ends without making anything; ``--yes`` doesn't ask."""
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    assert prompt.runs("init", tmp_path, *INIT, stdin="n\n").exit_code == 1
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]

    assert prompt.runs("init", tmp_path, *INIT, stdin="y\n").exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--facility", "x"),
        ("--facility", "x", "--kind", "hospital", "--director", "y"),
        ("--facility", "x", "--kind", "clinic", "--director", " "),
        ("--facility", "", "--kind", "clinic", "--director", "y"),
        ("--facility", "x", "--kind", "clinic", "--director", "y" * 61),
        ("--facility", "x", "--kind", "clinic", "--director", "y", "--language", "fr"),
    ],
)
def test_misuse_makes_nothing(prompt: Prompt, words: tuple[str, ...]) -> None:
    """Exit 2, and no half-made home lies about."""
    assert prompt.runs("init", prompt.home, *words).exit_code == 2
    assert not prompt.home.exists()


def test_a_home_that_is_there_already(prompt: Prompt) -> None:
    """Exit 1 with the sentence on stderr; stdout stays clean for scripts."""
    prompt.makes_home()
    result = prompt.runs("init", prompt.home, *INIT, "--json")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "is a home already" in result.stderr


def test_a_place_where_nothing_may_be_written(prompt: Prompt, locked: Path) -> None:
    """Exit 1, and why, with the folder's name; not a trace."""
    with as_nobody_special():
        result = prompt.runs("init", locked / "home", *INIT, "--yes")

    assert result.exit_code == 1
    assert "書き込めません" in result.stderr
    assert "Traceback" not in result.output


def test_a_home_that_can_only_be_read(prompt: Prompt, locked: Path) -> None:
    """Inviting there ends with exit 1 and one sentence."""
    locked.chmod(0o755)
    prompt.home = locked / "home"
    prompt.makes_home()
    prompt.home.chmod(0o555)
    for file in prompt.home.rglob("*"):
        file.chmod(0o555 if file.is_dir() else 0o444)
    with as_nobody_special():
        result = prompt.runs("invite", "--home", prompt.home, "--role", "nurse", "--name", "鈴木")

    assert result.exit_code == 1
    assert "can't be written" in result.stderr


def test_inviting_for_scripts(prompt: Prompt) -> None:
    """Role, code, member and until when; the member stands in the roster in the facility's language."""
    prompt.makes_home("--language", "en")
    made = prompt.json("invite", "--home", prompt.home, "--role", "看護師", "--name", "鈴木")["invite"]

    assert made.keys() == {"role", "code", "member", "expires"}
    assert made["role"] == "nurse"
    home = Home(prompt.home)
    nurse = home.engine.roster().member(made["member"])
    home.close()
    assert nurse is not None
    assert (nurse.name, nurse.roles, nurse.language) == ("鈴木", ("nurse",), "en")


def test_inviting_somebody_anew(prompt: Prompt) -> None:
    """The same name is the same person with a new phone, not a second one."""
    prompt.makes_home()
    first = prompt.json("invite", "--home", prompt.home, "--role", "nurse", "--name", "鈴木")["invite"]
    again = prompt.json("invite", "--home", prompt.home, "--role", "nurse", "--name", "鈴木")["invite"]

    assert first["member"] == again["member"]
    assert first["code"] != again["code"]


def test_a_name_like_that_of_somebody_here(prompt: Prompt) -> None:
    """Whether it is the same person is asked before a second one is made; who says that they are two has two."""
    prompt.makes_home()
    prompt.json("invite", "--home", prompt.home, "--role", "nurse", "--name", "齋藤 一")
    words = ("invite", "--home", prompt.home, "--role", "nurse", "--name", "斎藤　一さん")
    refused = prompt.runs(*words)
    assert refused.exit_code == 2
    assert "齋藤 一" in refused.stderr
    assert "--another" in refused.stderr
    prompt.json(*words, "--another")

    home = Home(prompt.home)
    assert [m.name for m in home.engine.roster().members][1:] == ["齋藤 一", "斎藤 一さん"]
    home.close()


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--role", "wizard", "--name", "x"), 2), (("--role", "nurse", "--name", " "), 2), (("--role", "nurse"), 2)],
)
def test_inviting_nobody(prompt: Prompt, words: tuple[str, ...], code: int) -> None:
    """An unknown role or no name is misuse."""
    prompt.makes_home()
    result = prompt.runs("invite", "--home", prompt.home, *words)

    assert result.exit_code == code


def test_inviting_where_there_is_no_home(prompt: Prompt) -> None:
    """Exit 1, and what to do first."""
    result = prompt.runs("invite", "--home", prompt.home, "--role", "nurse", "--name", "x")

    assert result.exit_code == 1
    assert "tomoshibi init" in result.stderr


def test_two_who_were_erased_are_told_apart(prompt: Prompt) -> None:
    """Each has a name of their own from then on, and keeps it."""
    prompt.makes_home()
    for name in ("山本", "中村"):
        prompt.json("invite", "--home", prompt.home, "--role", "staff", "--name", name)
    home = Home(prompt.home)
    for member in [m for m in home.engine.roster().members if m.name in ("山本", "中村")]:
        home.engine.handle(Suspend(FACILITY, member.id), actor=CONSOLE, now=SystemClock().now(), cause=member.id)
    home.close()
    for name in ("山本", "中村"):
        prompt.json("erase", "--home", prompt.home, "--name", name, "--yes")
    home = Home(prompt.home)
    names = [m.name for m in home.engine.roster().members if m.status == "left"]
    home.close()

    assert names == ["退職した人1", "退職した人2"]


def test_a_journal_that_another_process_is_writing(prompt: Prompt) -> None:
    """Exit 1 with a sentence; nothing half done, and a second try works."""
    prompt.makes_home()
    with SqliteJournal(prompt.home / "journal.db") as other, other.writing():
        result = prompt.runs("invite", "--home", prompt.home, "--role", "nurse", "--name", "x")
    assert result.exit_code == 1
    assert "can't be written now" in result.stderr

    assert prompt.runs("invite", "--home", prompt.home, "--role", "nurse", "--name", "x").exit_code == 0


def test_somebody_who_left_is_erased(prompt: Prompt) -> None:
    """Name and phone are nowhere in the home any more, also as they were; the record says so, verifies, and keeps what they did."""
    prompt.makes_home()
    prompt.json("invite", "--home", prompt.home, "--role", "staff", "--name", "山本")
    assert prompt.runs("erase", "--home", prompt.home, "--name", "山本", "--yes").exit_code == 1
    home = Home(prompt.home)
    now, engine = SystemClock().now(), home.engine
    [member] = [m.id for m in engine.roster().members if m.name == "山本"]
    seated = SeatAtTerminal(FACILITY, member, "terminal:yamamoto-no-sumaho")
    told = ChangeMember(FACILITY, member, {"telephone": "+819012345678"})
    for number, order in enumerate((seated, told, Suspend(FACILITY, member))):
        engine.handle(order, actor=CONSOLE, now=now, cause=f"test:{number}")
    home.close()
    words = ("山本", "yamamoto-no-sumaho", "819012345678")
    assert all(word.encode() in bytes_in(prompt.home) for word in words)

    assert prompt.runs("erase", "--home", prompt.home, "--name", "山本", "--json").exit_code == 1  # only suspended
    assert prompt.runs("erase", "--home", prompt.home, "--name", "山本", stdin="n\n").exit_code == 1
    asked = prompt.runs("erase", "--home", prompt.home, "--name", "山本", stdin="y\nn\n")
    assert (asked.exit_code, asked.output.count("[y/N]")) == (1, 2)
    erased = prompt.json("erase", "--home", prompt.home, "--name", "山本", "--yes")
    assert erased["erased"] == member
    assert [word for word in words if word.encode() in bytes_in(prompt.home)] == []
    report = prompt.json("verify", prompt.home)
    assert (report["whole"], report["erased"]) == (True, [erased["entry"]])
    assert f"{erased['entry']}番の記録で" in prompt.runs("verify", prompt.home).stdout
    assert prompt.runs("erase", "--home", prompt.home, "--name", "山本", "--yes").exit_code == 1
    forge(
        prompt.home / JOURNAL_FILE,
        "UPDATE registry SET value = replace(value, '退職した人1', '田辺') WHERE kind = 'member'",
    )
    assert prompt.runs("verify", prompt.home).exit_code == 3


def test_a_link_to_a_page(prompt: Prompt) -> None:
    """Printed with a QR code, for one of those who work here; only where the page is in use; nothing of it lies in the home."""
    prompt.makes_home()
    assert (off := prompt.runs("page", "--home", prompt.home, "--name", "高橋")).exit_code == 1
    assert "on = true" in off.stderr
    settings = prompt.home / "settings.toml"
    settings.write_text(settings.read_text("utf-8").replace("# on = true", "on = true", 1), encoding="utf-8")

    made = prompt.runs("page", "--home", prompt.home, "--name", "高橋")
    [link] = re.findall(r"http://127\.0\.0\.1:8390/in/(\S+)", made.stdout)
    assert (made.exit_code, "▄" in made.stdout) == (0, True)
    assert link.encode() not in bytes_in(prompt.home)
    assert prompt.runs("page", "--home", prompt.home, "--name", "だれか").exit_code == 1
