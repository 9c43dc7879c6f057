"""Files of data that come along with the program: read and checked once, remembered between starts."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from playbooks.authoring.lines import read_yaml
from playbooks.remembering import remembered

_Model = TypeVar("_Model", bound=BaseModel)


def shipped(model: type[_Model], path: Path) -> _Model:
    """Read a file of data that comes along; ValueError, a line for each problem, if it is wrong."""
    text = path.read_bytes()

    def read() -> _Model:
        data, _, problems = read_yaml(text.decode(), path.name, ours=True)
        if problems:
            raise ValueError("\n".join(map(str, problems)))
        return model.model_validate(data)

    found = remembered(model, [text], read)
    assert found is not None  # noqa: S101  (reading gives one or raises)
    return found
