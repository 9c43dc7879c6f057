"""The quick reader of our own YAML gives what the careful one gives."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from playbooks.composing import composed

ROOT = Path(__file__).resolve().parents[2]
OURS = sorted(
    path for package in ("bot", "contacts", "flows", "playbooks") for path in (ROOT / package).rglob("*.yaml")
)
A_FEW = [path for path in OURS if sha256(path.name.encode()).digest()[0] < 20]


def read(node: Any) -> Any:
    """Give all that is asked of a node: tag, line, and what is in it."""
    if node.id == "mapping":
        return node.tag, node.start_mark.line, [(read(key), read(value)) for key, value in node.value]
    if node.id == "sequence":
        return node.tag, node.start_mark.line, [read(item) for item in node.value]
    return node.tag, node.start_mark.line, node.value


def careful(text: str) -> Any:
    """Read as what somebody else wrote is read."""
    return read(YAML(typ="safe", pure=True).compose(text))


@pytest.mark.parametrize(
    "files", [pytest.param(A_FEW, id="a few"), pytest.param(OURS, id="all", marks=pytest.mark.long)]
)
def test_both_read_our_files_alike(files: list[Path]) -> None:
    """Tags, lines and values."""
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert read(composed(text, ours=True)) == careful(text), path


@pytest.mark.parametrize("ours", [True, False])
def test_yaml_is_of_version_1_2(ours: bool) -> None:
    """``yes`` is a text and 010 is ten, whoever reads; a question may end a mapping, which libyaml does not know."""
    text = "a: yes\nb: 010\nc: 8:30\nd: {e: in the next ten seconds?}\n"
    assert read(composed(text, ours=ours)) == careful(text)
