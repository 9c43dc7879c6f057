"""Phrases: chosen by key, kept without words, read in whatever language there is a folder for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from contacts.phrasing import say
from playbooks.phrasing import LANGUAGES, ROOT, Phrase, read
from playbooks.texts import Text, everywhere, wording

READ = """
import json, sys
from bot.words.words import Words
from contacts.labels import LANGUAGE, ROLE
from contacts.model import Facility, Member
from contacts.phrasing import say
from contacts.roster import Roster
from playbooks.phrasing import Phrase
from playbooks.texts import LANGUAGES, Text

member = Member(id="m1", name="Zamenhof", roles=("nurse",), language="eo")
words = Words(member.language, Roster(Facility(name="x", kind="clinic"), (member,)))
json.dump({
    "languages": LANGUAGES,
    "said": [words.say("task.todo.mend", name="X"), words.say("tasks.none")],
    "labels": [ROLE["nurse"].in_language("eo"), ROLE["doctor"].in_language("eo"), LANGUAGE["eo"].in_language("ja")],
    "nested": say("reminders.deputy_missing", who=ROLE["nurse"]).in_language("eo"),
    "answers": Phrase("playbooks", "answers.done").in_language("eo"),
    "playbook": Text(ja="止まった", en="It stopped").in_language("eo"),
}, sys.stdout)
"""


def test_a_phrase_is_read_in_the_readers_language() -> None:
    """Its facts too: a phrase in a phrase is said in the same language, several things are put in a row."""
    inner = say("labels.role.nurse")

    assert everywhere(inner) == {"ja": "看護師", "en": "nurse"}
    assert say("reminders.deputy_missing", who=inner).en == "name somebody who stands in for the nurse"
    assert (
        Phrase("playbooks", "pages.book.starts", (("titles", ("A", inner)),)).ja
        == "ここから始まる作業の区分：A、看護師"
    )


def test_what_is_kept_holds_no_words() -> None:
    """Key and facts alone, and from them the same phrase again; what older entries hold is read as it stands."""
    phrase = say("written.no_choice", written="x", choices=(say("labels.yes_no.yes"), say("labels.yes_no.no")))
    kept = json.loads(json.dumps(phrase.as_json()))

    assert "はい" not in json.dumps(kept, ensure_ascii=False)
    assert wording(kept) == phrase
    assert wording({"ja": "空です", "en": "is empty"}) == Text(ja="空です", en="is empty")


def test_a_key_that_nobody_wrote_is_a_mistake() -> None:
    """It never comes out as an empty sentence."""
    with pytest.raises(KeyError, match=r"contacts: labels\.role\.king"):
        say("labels.role.king").in_language("en")


def test_keys_below_keys_are_joined(tmp_path: Path) -> None:
    """However deep a file puts them."""
    (tmp_path / "x.yaml").write_text("a: {b: {c: 1}, no: そう}\nd.e: f\n", encoding="utf-8")

    assert read(tmp_path / "x.yaml") == {"a.b.c": "1", "a.no": "そう", "d.e": "f"}


def test_a_third_language_is_a_folder(tmp_path: Path) -> None:
    """Put beside the others it can be chosen and is used; whatever it lacks is said in Japanese."""
    for package in ("bot", "contacts", "flows", "playbooks"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    phrases = {
        "playbooks/phrases": {"answers": "done: Farite\n"},
        "contacts/phrases": {"labels": "role: {nurse: flegisto}\nlanguage: {eo: Esperanto}\n"},
        "bot/words/phrases": {"tasks": 'task.todo.mend: "ripari {{ name }}"\n'},
    }
    for folder, topics in phrases.items():
        (tmp_path / folder / "eo").mkdir()
        for topic, text in topics.items():
            (tmp_path / folder / "eo" / f"{topic}.yaml").write_text(text, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    made = subprocess.run([sys.executable, "-c", READ], cwd=tmp_path, env=environment, capture_output=True, check=True)

    assert LANGUAGES == ("ja", "en")
    assert json.loads(made.stdout) == {
        "languages": ["ja", "en", "eo"],
        "said": ["ripari X", "いま担当していただいていることはありません。"],
        "labels": ["flegisto", "医師", "Esperanto"],
        "nested": "「flegisto」の代行者を決めてください",
        "answers": "Farite",
        "playbook": "止まった",
    }
