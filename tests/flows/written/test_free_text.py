"""Free text: every field that holds what people wrote is in one table, and what is not handed on is held to the recipients."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from bot.bundle.table import shipped_table
from flows.events.event import KINDS
from flows.events.papers import TextsLookedAt
from flows.events.telling import EvidenceReceived, NoteTaken, PleaHeard
from flows.events.working import FactsLearned, StepAnswered
from flows.record.lines import entry_of
from flows.written.free_text import FREE_TEXT, KEPT_HERE, rewritten, veiled, written

JOURNALS = sorted((Path(__file__).parents[2] / "recorded/a1988d0/journals").glob("*.jsonl.gz"))

IDS_AND_NAMES = frozenset(
    (
        *("reporter", "candidates", "mode", "near", "member", "ring", "quiet", "where", "whom", "until"),
        *("after", "why", "grade", "left_out", "named", "track", "step", "passed", "shown", "answer", "to"),
        *("line", "source", "was", "forgets", "ends", "steps", "what", "playbook", "title"),
        *("asked", "over", "call", "picture", "item", "drill", "scenario", "measures", "questions", "facilitator"),
        *("called", "deciding", "verifies", "inject", "question", "option", "objective", "rating", "of"),
        *("kind", "kinds", "body", "language", "sha256", "duty", "document", "day", "at", "others", "wants"),
        *("reference", "media", "decision", "choice", "occurred_at", "duties", "basis", "unplaced", "cause"),
        *("before", "run", "every_months", "weekdays", "role", "code", "expires", "channel", "changed"),
        *("contact", "danger", "news", "state", "task", "owner", "due", "by", "key", "matters", "mark", "runs"),
        *("telephone", "signs", "now", "made_at", "digest", "written", "since", "files", "service", "field"),
    )
)
"""Fields that hold ids, names of ours, moments and digests: none of them is ever filled with what somebody typed."""

OURS_IN_SPITE_OF_THE_NAME = {
    ("registry_changed", "how"),
    ("vendor_came", "how"),
    ("backup_made", "name"),
    ("backup_tried", "name"),
}
"""Fields that hold a name of ours, although others of that name hold people's words."""

ONLY_IN_DOCUMENTS = {"duty_filed", "explanation_used"}
"""Kinds whose words no bundle gives to anybody, but documents do."""


def test_every_field_is_in_the_table_or_holds_no_words() -> None:
    """A new field that may hold what people write has to be put into the table; its name alone makes it none of ours."""
    open_ = {
        f"{kind}.{field.name}"
        for kind, event in KINDS.items()
        for field in fields(event)
        if any(word in str(field.type) for word in ("str", "Any"))
        and field.name not in FREE_TEXT.get(kind, ())
        and field.name not in IDS_AND_NAMES
        and (kind, field.name) not in OURS_IN_SPITE_OF_THE_NAME
    }

    assert open_ == {"explanation_approved.text"}  # approved word for word, so looked at
    assert not IDS_AND_NAMES & {"text", "texts", "reason", "given", "about", "caption", "file_name", "receipt", "how"}


def test_the_table_names_nothing_that_is_not_there() -> None:
    """Each kind and field of it exists."""
    there = {kind: {field.name for field in fields(event)} for kind, event in KINDS.items()}

    assert all(set(names) <= there[kind] for kind, names in FREE_TEXT.items())
    assert FREE_TEXT.keys() >= KEPT_HERE


def test_what_is_kept_here_goes_to_nobody() -> None:
    """The kinds that are never looked at are the house's own in the table of recipients; all others go to somebody."""
    table = shipped_table()
    outside = [name for name, recipient in table.recipients.items() if not recipient.inside]
    handed = {k for k, names in FREE_TEXT.items() if any(table.sees(r, k, n) for r in outside for n in names)}

    assert handed | ONLY_IN_DOCUMENTS == FREE_TEXT.keys() - KEPT_HERE


def test_only_words_count() -> None:
    """A number that was read as such, a tick and an empty reason are no words; a call's promise and a file's name are."""
    assert written("step_answered", {"given": {"value": 12, "text": "12枚"}, "reason": None}) == {}
    assert written("line_settled", {"given": {"ticked": ["names"]}, "reason": "—"}) == {}
    assert written("step_answered", {"given": {"promised": "10時に山田さんから", "until": "2027-01-01"}}) == {
        "given": "10時に山田さんから"
    }
    assert written("evidence_received", {"file_name": "山田.png", "caption": None}) == {"file_name": "山田.png"}
    assert (
        written("facts_learned", {"sets": {"leak": "none", "persons": "120", "at": "2027-04-01T08:50:00+09:00"}}) == {}
    )
    assert written("duty_filed", {"facts": {"leak": "none", "found": "山田さん"}}) == {"facts": "山田さん"}
    assert written("closed", {}) == written("unheard_of", {"text": "a"}) == {}


KEYS = {
    "line": "unplug_machine",
    "who": "m3",
    "harm": "power",
    "places": [["care", "oxygen_first"]],
    "reference": "member:m3",
    "given": {"ticked": ["maps"], "choice": "down", "until": "2027-04-01T09:53:00+09:00"},
    "runs": ["incident-1"],
    "said": "2027-04-01T09:53:00+09:00",
    "of": 4,
}
"""What stands in events under keys: ids, moments and names of ours."""

FACTS = {"leak": "none", "persons": "12", "back_at": "2027-04-01T08:15:00+09:00"}


@pytest.mark.parametrize("kind", KINDS)
def test_no_key_is_anybody_s_words(kind: str) -> None:
    """Of no kind of event: what stands in no field for words, and the keys in one that holds several things, whatever else it holds."""
    of = {field.name: str(field.type) for field in fields(KINDS[kind])}
    body = {
        name: _keys(name, holds) if name in FREE_TEXT.get(kind, ()) else "山田さんの話" for name, holds in of.items()
    }

    assert written(kind, body) == {}
    several = {name for name in FREE_TEXT.get(kind, ()) if _keys(name, of[name]) is KEYS}
    assert written(kind, {name: {**KEYS, "text": "山田さん"} for name in several}) == dict.fromkeys(several, "山田さん")


def _keys(name: str, holds: str) -> object:
    """Give what isn't anybody's words and may stand in a field of free text."""
    return FACTS if name in ("sets", "facts", "restores") else KEYS if "dict" in holds else None


def test_nor_in_what_was_recorded() -> None:
    """In every journal that an older version left, what people wrote never reads like a name of ours."""
    lines = (line for path in JOURNALS for line in gzip.decompress(path.read_bytes()).decode().splitlines())
    entries = [entry_of(line) for line in lines]
    said = [text for entry in entries for text in written(entry.kind, json.loads(entry.body)).values()]

    assert len(said) > 100
    assert [text for text in said if re.fullmatch(r"[a-z]+(_[a-z]+)+|m\d+|[a-z]+:\S+", text)] == []


def test_reasons_of_ours() -> None:
    """What a tap or the program gives as a reason is no word of anybody's; other reasons are."""
    assert written("texts_looked_at", {"reason": "names"}) == written("drill_cancelled", {"reason": "left"}) == {}
    assert written("drill_cancelled", {"reason": "忙しい"}) == {"reason": "忙しい"}


def test_keys_stay_under_a_veil() -> None:
    """What is read in the place of a plea still says which line it is about, and who; an unknown name is covered."""
    plea = PleaHeard(3, ("done",), about={"line": "unplug_machine", "who": "m3", "unknown": "やまだ"})

    assert veiled(plea, "▒").about == {"line": "unplug_machine", "who": "m3", "unknown": "▒"}
    assert (
        rewritten(plea, lambda text: text.replace("m3", "▒")).about["who"] == "▒"
    )  # whatever is a patient's is covered


def test_a_veil() -> None:
    """Covers the words and nothing else, wherever in the event they stand."""
    typed = StepAnswered(1, "t", "s", "done", "m1", "end", True, given={"value": "山田", "text": "山田"}, reason="山田")
    timed = StepAnswered(1, "t", "s", "done", "m1", "end", True, given={"value": "2027-01-01", "text": "山田が9:10"})

    assert "山田" not in repr(veiled(typed, "▒"))
    assert veiled(timed, "▒").given == {"value": "2027-01-01", "text": "▒"}
    assert veiled(EvidenceReceived("x:1", "photo", None, "山田"), "▒") == EvidenceReceived("x:1", "photo", None, "▒")
    learned = veiled(FactsLearned({"leak": "none", "found": "山田さん"}), "▒")
    assert learned == FactsLearned({"leak": "none", "found": "▒"})
    assert veiled(NoteTaken(""), "▒") == NoteTaken("")
    assert veiled(TextsLookedAt((1,), keep=False), "▒").of == (1,)
