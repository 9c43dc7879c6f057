"""The JSON Schema of the files that authors write, so that their editors complete and check while they type."""

from __future__ import annotations

from typing import Any

from playbooks.authoring.author import SharedTrack, WrittenPlaybook

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def playbook_schema() -> dict[str, Any]:
    """Give the schema of a playbook's file."""
    return {"$schema": DIALECT, **WrittenPlaybook.model_json_schema()}


def track_schema() -> dict[str, Any]:
    """Give the schema of a shared track's file."""
    return {"$schema": DIALECT, **SharedTrack.model_json_schema()}
