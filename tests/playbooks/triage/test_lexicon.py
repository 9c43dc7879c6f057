"""The lexicon that comes along, and the triage made of it and of a catalogue's signs."""

from __future__ import annotations

from array import array
from dataclasses import replace
from pathlib import Path

import pytest

from playbooks.model import Playbook
from playbooks.remembering import folder
from playbooks.triage import lexicon
from playbooks.triage.lexicon import LEXICON, triage_of
from playbooks.triage.ranking import Match, Triage
from playbooks.triage.scales import Scales
from tests.library import shipped_catalogue


@pytest.fixture(scope="module")
def library() -> dict[str, Playbook]:
    """Every playbook that comes along."""
    return dict(shipped_catalogue().playbooks)


@pytest.fixture(scope="module")
def triage(library: dict[str, Playbook]) -> Triage:
    """The triage of all of them."""
    return triage_of(library)


@pytest.mark.parametrize(
    ("text", "playbook"),
    [
        ("電子カルテが動かない、画面に英語が出てる", "ransomware"),
        ("身代金を払えと書いてある", "ransomware"),
        ("電子カルテの画面が固まって動きません", "ehr_outage"),
        ("there is a ransom note on the screen", "ransomware"),
    ],
)
def test_what_people_say_leads_to_a_playbook(triage: Triage, text: str, playbook: str) -> None:
    """Among the first three, which are the buttons that the reporter gets."""
    assert playbook in [match.playbook for match in triage.rank(text)[:3]]


@pytest.mark.parametrize("text", ["おはようございます", "了解です", "ありがとうございました", "good morning"])
def test_everyday_talk_leads_nowhere(triage: Triage, text: str) -> None:
    """Nobody is alarmed by a greeting."""
    assert triage.rank(text) == []


def test_a_facilitys_own_signs_count(library: dict[str, Playbook]) -> None:
    """A playbook with signs of its own is found by them; without it the words mean nothing to anybody."""
    own = library["ehr_outage"].model_copy(
        update={
            "playbook": "kettle",
            "signs": library["ehr_outage"].signs.model_copy(update={"ja": ("ボイラー君が止まった",)}),
        }
    )
    found = triage_of({**library, "kettle": own}).rank("ボイラー君が止まった")

    assert found[0].playbook == "kettle"


def test_a_drills_playbook_is_no_incident(library: dict[str, Playbook]) -> None:
    """What is for drills alone is never taken for what somebody reports, whatever its signs."""
    drill = library["ransomware"].model_copy(update={"use": ("drill",)})
    assert triage_of({"ransomware": drill}).rank("身代金を払えと書いてある") == []


def test_only_playbooks_that_there_are_are_found(library: dict[str, Playbook]) -> None:
    """Of an empty catalogue nothing is, and nothing breaks."""
    assert triage_of({}).rank("身代金を払えと書いてある") == []
    few = {"ransomware": library["ransomware"]}
    assert {m.playbook for m in triage_of(few).rank("身代金を払えと書いてある")} == {"ransomware"}


def test_a_lexicon_that_can_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is our mistake, and says where."""
    bad = tmp_path / "triage.yaml"
    bad.write_text("a: [\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "LEXICON", bad)

    with pytest.raises(ValueError, match=r"triage\.yaml:\d"):
        lexicon._lexicon.__wrapped__()
    assert LEXICON.is_file()


def test_what_was_weighed_is_remembered_and_deletable(
    library: dict[str, Playbook], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next start says the same from its memory, from none, and beside one that doesn't fit together."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    few = {name: library[name] for name in ("support_scam", "ehr_outage")}
    said = "画面に警告の電話番号が出て、電子カルテが開きません"

    def after_a_start() -> list[Match]:
        lexicon._knowing.cache_clear()
        return triage_of(few).rank(said, "ja")

    first = after_a_start()
    [kept] = folder().glob("scales-*.json")
    weighed = Scales.model_validate_json(kept.read_bytes())
    assert first == after_a_start()

    def counted(*_: object) -> Scales:
        raise AssertionError("weighed again")

    with monkeypatch.context() as patched:
        patched.setattr(Triage, "_weighed", counted)
        assert first == after_a_start()
    kept.write_text(replace(weighed, owners=array("I")).model_dump_json(exclude_unset=True), encoding="utf-8")
    assert first == after_a_start()
    kept.unlink()
    assert first == after_a_start()
    lexicon._knowing.cache_clear()
