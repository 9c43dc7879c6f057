"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import click
import pytest
from jinja2 import Environment, meta

from playbooks.kinds import NAMES
from playbooks.phrasing import LANGUAGES, read
from tests.code import nodes, tree

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "contacts", "flows", "playbooks")
MOST_MODULES = 16
TOP_LEVEL = {
    *PACKAGES,
    *("tests", "docs", "requirements", ".ci"),
    *("README.md", "README.ja.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "NOTICE.md"),
    *("pyproject.toml", "Makefile", ".gitignore", ".gitattributes"),
}
MADE_BY_TOOLS = re.compile(r"\.venv.*|dist|\.git|__pycache__|\.(hypothesis|import_linter|mypy|pytest|ruff)(_cache)?")

UNTESTED_ROOMS: dict[str, str] = {}
"""Rooms without tests of their own, and why. Empty for ever, we hope."""

PRINTERS = re.compile(r"bot/(command_line(\.py|/.*|_.*)|channels/terminal\.py)")
"""Where ``print`` is the voice itself."""

REGISTRY = re.compile(r"\b(?:pypi|pythonhosted|npmjs|crates|debian|ubuntu)\.(?:org|com|io)\b", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w./~-])/(?:(?:root|work|tmp)/|(?:home|Users)/\w|opt/(?:pypi|wheels))")

SQL = re.compile(
    r"""^\s*(?:SELECT\s+(?:\d|\*|[\w.]+\s*(?:,|\(|\s+FROM\s))|INSERT\s+(?:OR\s+\w+\s+)?INTO\s+\w|UPDATE\s+\w+\s+SET\s
    |DELETE\s+FROM\s+\w|(?:CREATE|DROP|ALTER)\s+(?:UNIQUE\s+)?(?:TABLE|INDEX|TRIGGER|VIEW)\s|PRAGMA\s+\w
    |BEGIN\s+(?:IMMEDIATE|EXCLUSIVE|DEFERRED))""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
"""The beginnings of statements, wherever a line begins."""


# What the rules look at


@cache
def files() -> tuple[Path, ...]:
    """List the project's files relative to its folder: what git knows or would add, all but the made ones without git."""
    known = from_git()
    return tuple(sorted(known if known is not None else from_disk(ROOT)))


def from_git() -> list[Path] | None:
    """Ask git; None if there is none here, or if the project lies unpacked inside another repository."""
    try:
        top = subprocess.run(
            ["git", "rev-parse", "--show-toplevel"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
        if Path(top).resolve() != ROOT:
            return None
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return [Path(name) for name in names.split("\0") if name and (ROOT / name).is_file()]


def from_disk(folder: Path) -> list[Path]:
    """Walk a folder as if git did, leaving out what tools have made."""
    found = []
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not MADE_BY_TOOLS.fullmatch(name)]
        found += [(Path(here) / name).relative_to(folder) for name in names]
    return found


def modules() -> list[Path]:
    """List the modules of the four packages."""
    return [path for path in files() if path.suffix == ".py" and path.parts[0] in PACKAGES]


def does_something(path: Path) -> bool:
    """Say whether a module holds any function with a body; declarations alone leave nothing to prove."""
    functions = (node for node in nodes(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return any(not all(is_silent(line) for line in function.body) for function in functions)


def is_silent(line: ast.stmt) -> bool:
    """Say whether a statement does nothing: a docstring, an ellipsis, a pass."""
    return isinstance(line, ast.Pass) or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))


def rooms() -> dict[Path, list[Path]]:
    """Give each folder of the four packages with its modules, ``__init__`` left out."""
    found: dict[Path, list[Path]] = {}
    for path in modules():
        if path.stem != "__init__":
            found.setdefault(path.parent, []).append(path)
    return found


# The rules


def test_every_module_says_what_it_is() -> None:
    """Each module opens with a docstring."""
    assert [str(path) for path in modules() if not ast.get_docstring(tree(path))] == []


def test_every_room_has_its_tests() -> None:
    """What flows/response does is tested in tests/flows/response, a topic a module, and so is every other room."""
    tested = {path.parent for path in files() if path.parts[0] == "tests" and path.name.startswith("test_")}
    without = {
        room.as_posix()
        for room, inside in rooms().items()
        if any(map(does_something, inside)) and Path("tests") / room not in tested
    }

    assert without == UNTESTED_ROOMS.keys()


def test_every_test_has_its_room() -> None:
    """A folder of tests stands for a room that is there: what moves takes its tests along."""
    named = {Path(*path.parts[1:-1]) for path in files() if path.parts[0] == "tests" and path.name.startswith("test_")}

    assert sorted(str(room) for room in named if room.parts and room.parts[0] in PACKAGES and room not in rooms()) == []


def test_every_test_is_a_promise() -> None:
    """Each test's docstring says what is promised."""
    silent = [
        f"{path}: {node.name}"
        for path in files()
        if path.parts[0] == "tests" and path.suffix == ".py"
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.name.startswith("test_") and not ast.get_docstring(node)
    ]

    assert silent == []


def test_a_room_can_be_looked_over() -> None:
    """A folder holds at most sixteen modules: more, and nobody finds a thing in it by its name."""
    full = {room.as_posix(): len(inside) for room, inside in rooms().items() if len(inside) > MOST_MODULES}

    assert full == {}


def test_nothing_prints_behind_a_persons_back() -> None:
    """Only the command line and the terminal channel print; all else is said through a channel or logged."""
    loud = [
        f"{path}:{node.lineno}"
        for path in modules()
        if not PRINTERS.fullmatch(path.as_posix())
        for node in nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]

    assert loud == []


def test_no_sql_outside_the_store() -> None:
    """What is asked of a database is written in the store and nowhere else."""
    speaking = [
        f"{path}:{node.lineno}: {found.group()}"
        for path in modules()
        if path.parts[:2] != ("bot", "store")
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and (found := SQL.search(node.value))
    ]

    assert speaking == []


@pytest.mark.parametrize(
    "text",
    [
        *("SELECT max(seq) FROM journal", "select seq,\n  body\nfrom journal", "SELECT 1", "SELECT * FROM journal"),
        *("INSERT OR IGNORE INTO registry", "UPDATE deliveries SET state = 'sent'", "DELETE FROM unhandled"),
        *("CREATE TABLE t (a)", "DROP TRIGGER x", "PRAGMA query_only = on", "BEGIN IMMEDIATE"),
    ],
)
def test_the_rule_about_sql_bites(text: str) -> None:
    """Every way in which the store itself speaks is seen."""
    assert SQL.search(text)


@pytest.mark.parametrize("text", ["Select a step from the list.", "Update your settings", "Delete it from the chat"])
def test_the_rule_about_sql_leaves_plain_words_alone(text: str) -> None:
    """A sentence that happens to begin like a statement is none."""
    assert not SQL.search(text)


def made_in(path: Path) -> set[str]:
    """Name the classes that a module makes something of."""
    calls = (node.func for node in nodes(path) if isinstance(node, ast.Call))
    return {called.id for called in calls if isinstance(called, ast.Name) and called.id[0].isupper()}


def test_the_parts_come_together_in_one_place() -> None:
    """Only the wiring makes the parts of a lamp, and only a home makes its engine: whoever starts the bot asks those two."""
    wiring = Path("bot/wiring.py")
    parts = made_in(wiring)
    made_elsewhere = {str(path): found for path in modules() if path != wiring and (found := made_in(path) & parts)}

    assert {"Lamp", "FrontDesk", "Inbound", "Outbox", "Renderer"} <= parts
    assert made_elsewhere == {}
    assert [path.as_posix() for path in modules() if "Engine" in made_in(path)] == ["bot/home.py"]


def test_what_is_frozen_is_quickly_made() -> None:
    """A class whose values nothing changes is made by `frozen`: the standard library's way costs each start a millisecond a class."""
    ours = [path for path in modules() if "verifiers" not in path.parts]  # they go along in a bundle and stand alone
    assert [
        str(path)
        for path in ours
        if "@dataclass(frozen=True)" in (ROOT / path).read_text(encoding="utf-8").splitlines()
    ] == []


def test_the_top_level_stays_small() -> None:
    """At the top lie the four packages and what a visitor expects to find, nothing else."""
    assert sorted({path.parts[0] for path in files()} - TOP_LEVEL) == []


def test_no_registry_and_no_machine_is_named() -> None:
    """No file names the registry or the folders of the machine it was made on."""
    named = [
        f"{path}:{number}: {found.group()}"
        for path in files()
        for number, line in enumerate((ROOT / path).read_bytes().decode("utf-8", "ignore").splitlines(), 1)
        if (found := REGISTRY.search(line) or MACHINE_PATH.search(line))
    ]

    assert named == []


@pytest.mark.parametrize(
    "line",
    ["index: https://pypi" + ".org/simple", "/ro" + "ot/.cache", "see /ho" + "me/somebody", '"/tm' + 'p/x"'],
)
def test_the_rule_about_places_bites(line: str) -> None:
    """A registry or a machine's folder is seen wherever it stands in a line."""
    assert REGISTRY.search(line) or MACHINE_PATH.search(line)


# Locks

PIN = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    """Read name and version of all that a lock pins."""
    return dict(PIN.findall((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")))


def test_what_is_tested_is_what_runs() -> None:
    """The test lock holds each version of the run lock, unchanged."""
    assert pins("run").items() <= pins("test").items()


@pytest.mark.parametrize("name", ["run", "test", "oldest"])
def test_every_pin_has_its_hash(name: str) -> None:
    """Nothing in a lock installs without a hash, and no line says where to fetch it."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]

    assert entries
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert [line for line in text.splitlines() if "://" in line or line.startswith("-")] == []


# Words

JAPANESE = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff]")

READERS = {
    "bot/documents/paper/phrased.py": "after which signs and particles a line may end",
    "bot/channels/terminal.py": "the words by which a line sends a file",
    "bot/desks/drills.py": "how people write every weekday",
    "bot/desks/setup.py": "how a sentence ends that is none of the answers asked for",
    "bot/privacy/addresses.py": "how people write where a patient lives, and say whose it is",
    "bot/privacy/bare_names.py": "what a name that stands alone ends like, and what beside it tells of treatment",
    "bot/privacy/bedside.py": "what is said of a body, beside which a name is a patient's",
    "bot/privacy/births.py": "how people write a birth date",
    "bot/privacy/families.py": "how kana of one kind stand for those of the other",
    "bot/privacy/guard.py": "what stands behind a patient's name in a list",
    "bot/privacy/latin_names.py": "how people are called behind a name in Latin letters",
    "bot/privacy/listed_names.py": "how people write names one after the other",
    "bot/privacy/names.py": "how people name a patient",
    "bot/privacy/numbers.py": "how people call numbers by which a patient is known",
    "bot/privacy/phones.py": "how people say whose telephone number it is",
    "bot/privacy/secrets_said.py": "how people write out a password, and say that it is one",
    "bot/privacy/whose.py": "how people call patients and those whom one calls",
    "bot/invitations.py": "how people call the roles",
    "contacts/defaults.py": "rows of a new registry: Japan's public numbers by the names of those who answer",
    "contacts/prefectures.py": "names that the registry keeps as they are written",
    "contacts/readiness/finding.py": "how people say whom they look for",
    "contacts/written/outsiders.py": "how people call those outside, by what they do",
    "contacts/written/cells.py": "how people write yes, no and numbers",
    "contacts/written/closures.py": "how people write days off",
    "contacts/written/days.py": "how people write days",
    "contacts/written/hours.py": "how people write hours, written back so that they are read again",
    "contacts/written/mentions.py": "how people name each other and houses, and write numbers",
    "contacts/written/likeness.py": "what kinds of companies are called, passed over",
    "contacts/written/signs.py": "numbers in kanji",
    "contacts/written/names.py": "how names are written for each other, and what is put behind them",
    "contacts/written/week_words.py": "how people write the hours of a week",
    "contacts/written/replies.py": "how people write that there is none, or that it is they",
    "contacts/written/phone.py": "how people write an extension, kept so",
    "flows/response/asking.py": "how people write a correction",
    "flows/written/guesses.py": "how people write that they only assume something",
    "flows/written/taking.py": "units that people write behind a number",
    "flows/written/times.py": "how people write times",
    "flows/written/when.py": "how people write on which day, or roughly when, something happened",
    "flows/written/witness.py": "how people write who said so and when, and that something is done",
    "playbooks/checking/privacy.py": "how playbooks name what identifies a patient",
    "playbooks/prohibitions.py": "how a prohibition says *not* by itself",
    "playbooks/triage/danger.py": "signs at which what people write is taken apart",
    "playbooks/triage/speech.py": "how people speak under stress",
    "playbooks/triage/romaji.py": "the syllabary, by its Latin letters",
    "playbooks/triage/traits.py": "signs of the syllabary, counted",
    "playbooks/counting.py": "units behind a count",
    "playbooks/weekdays.py": "how people write weekdays",
}
"""Modules that recognise (or keep as it stands) what is written in Japanese, and what that is."""

PLAIN = ("bot/phrases", "contacts/phrases", "playbooks/phrases")
TEMPLATES = ("bot/words/phrases",)
"""Folders of phrases: placeholders as in `str.format`, and Jinja2 templates, whose facts can never become markup."""

SIDE_BY_SIDE = {
    *(
        "bundle",
        "checks",
        "commands",
        "contacts",
        "drills",
        "files",
        "home",
        "living",
        "making",
        "options",
        "playbooks",
        "records",
    ),
    *("report", "review", "settings"),
}
"""Topics of the bot's that are said in all languages at once: a fact that one of them names is on the screen."""


def literals(path: Path) -> Iterator[str]:
    """Give the texts in a module's code, docstrings and the notes below constants left out."""
    said = {id(node.value) for node in nodes(path) if isinstance(node, ast.Expr)}
    for node in nodes(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def test_words_stand_in_phrase_files() -> None:
    """No module says anything in Japanese; those that recognise what people write are named, each with its reason."""
    speaking = {path.as_posix() for path in modules() if any(JAPANESE.search(text) for text in literals(path))}

    assert speaking == READERS.keys()


SENTENCE = re.compile(r"[A-Za-z]{2,},? [a-z]{2,}")
SPOKEN_TO = {"say", "give_up", "confirm", "BadParameter", "NoHome", "HomeTaken", "Text"}
"""What puts its arguments before a person, and the class that holds a text in its languages."""


def arguments(call: ast.Call) -> Iterator[str]:
    """Give the texts that a call is handed; what it is handed by another call is that one's."""
    waiting: list[ast.AST] = [*call.args, *(keyword.value for keyword in call.keywords)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif not isinstance(node, ast.Call):
            waiting += ast.iter_child_nodes(node)


def test_the_bot_says_by_key() -> None:
    """No sentence is handed to what prints or refuses, and none is written into the code in several languages."""
    said = [
        f"{path}:{node.lineno}: {text}"
        for path in modules()
        if path.parts[0] == "bot"
        for node in nodes(path)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in SPOKEN_TO
        for text in arguments(node)
        if SENTENCE.search(text)
    ]

    assert said == []


def reading(package: str, *ways: str) -> set[str]:
    """Give the modules of a package that read a text in one of these ways."""
    return {
        path.as_posix()
        for path in modules()
        if path.parts[0] == package
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in ways
    }


def test_flows_names_phrases_and_never_reads_one() -> None:
    """What it decides is the same whatever languages there are; only a drill begins with a text of its scenario."""
    assert reading("flows", "in_language", "ja", "en") == {"flows/response/drilling.py"}


def test_the_bot_reads_no_language_by_name() -> None:
    """Each text is read in the language of a reader or in all there are, so that a third one is never passed over."""
    assert reading("bot", "ja", "en") == set()


def phrases(folder: Path) -> dict[str, set[str]]:
    """Read each phrase of a language: topic and key (dotted) with the placeholders that its text takes.

    Words of the kind of facility are no facts: a language may need one where another does not.
    """
    found = {f"{file.stem}.{key}": text for file in sorted(folder.glob("*.yaml")) for key, text in read(file).items()}
    if folder.parent.relative_to(ROOT).as_posix() in TEMPLATES:
        environment = Environment(autoescape=True)
        taken = {key: meta.find_undeclared_variables(environment.parse(text)) for key, text in found.items()}
        return {key: names - {*NAMES} for key, names in taken.items()}
    return {key: {name for _, name, _, _ in Formatter().parse(text) if name} for key, text in found.items()}


@pytest.mark.parametrize("folder", [*PLAIN, *TEMPLATES])
def test_all_languages_say_the_same_things(folder: str) -> None:
    """Every phrase exists in Japanese and in English and takes the same placeholders in both."""
    said = {path.name: phrases(path) for path in (ROOT / folder).iterdir()}
    japanese = said.pop("ja")

    assert japanese
    assert "en" in said
    free = SIDE_BY_SIDE if folder == "bot/phrases" else set()
    for language in said.values():
        assert sorted(japanese.keys() ^ language.keys()) == []
        differ = {key for key in japanese if japanese[key] != language[key] and key.partition(".")[0] not in free}
        assert {key: (japanese[key], language[key]) for key in differ} == {}


def test_no_folder_of_phrases_is_forgotten() -> None:
    """Each has a folder for every language that somebody may choose."""
    found = {
        Path(*path.parts[: path.parts.index("phrases") + 1]).as_posix() for path in files() if "phrases" in path.parts
    }

    assert {folder for folder in found if not folder.startswith("tests")} == {*PLAIN, *TEMPLATES}
    assert {path.name for folder in found for path in (ROOT / folder).iterdir()} == set(LANGUAGES)


# Commands


def commands(command: click.Command, way: tuple[str, ...] = ()) -> Iterator[str]:
    """Name every command a person can give, groups left out: `init`, `contacts import`."""
    if not isinstance(command, click.Group):
        yield " ".join(way)
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        if (below := command.get_command(context, name)) and not below.hidden:
            yield from commands(below, (*way, name))


@pytest.mark.skipif(
    not any((ROOT / "bot" / name).exists() for name in ("command_line.py", "command_line")),
    reason="no command line is written yet",
)
def test_every_command_is_in_the_readme() -> None:
    """Each command stands in README.md as one would type it: `tomoshibi contacts import`."""
    main = importlib.import_module("bot.command_line").main
    assert isinstance(main, click.Group)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [name for name in commands(main) if not re.search(rf"\btomoshibi {re.escape(name)}\b", readme)] == []
