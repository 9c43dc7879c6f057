"""What editors are told about the files that authors write."""

from __future__ import annotations

import json

from playbooks.authoring.schema import playbook_schema, track_schema
from playbooks.model import DECISIONS


def test_shorthands_are_allowed() -> None:
    """An editor accepts the shorthands: `done: next_step`, `within: 5 min`, a number as a fact."""
    shapes = playbook_schema()["$defs"]
    answer = shapes["WrittenStep"]["properties"]["answers"]["additionalProperties"]
    assert {"type": "string"} in answer["anyOf"]
    assert shapes["WrittenStep"]["properties"]["within"]["pattern"] == r"^\d{1,4} ?(min|h|d)$"
    assert {"type": "integer"} in shapes["WrittenAnswer"]["properties"]["sets"]["additionalProperties"]["anyOf"]


def test_an_editor_can_complete() -> None:
    """Keys are listed, unknown ones refused, and choices of words are spelled out."""
    schema = playbook_schema()
    assert schema["additionalProperties"] is False
    assert {"playbook", "title", "question", "event", "signs", "tracks"} == set(schema["required"])
    decision = json.dumps(schema["$defs"]["WrittenStep"]["properties"]["decision"])
    assert all(f'"{name}"' in decision for name in DECISIONS)


def test_tracks_have_a_schema_of_their_own() -> None:
    """A shared track's file is described as well."""
    assert "track" in track_schema()["required"]
    assert json.loads(json.dumps(track_schema())) == track_schema()
