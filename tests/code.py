"""The project's own code as a tree, read once for all the tests that look at it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@cache
def tree(path: Path) -> ast.Module:
    """Parse a module; ``path`` is absolute or begins at the project's folder."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Give everything that stands in a module, as :func:`ast.walk` comes to it."""
    return tuple(ast.walk(tree(path)))


@cache
def modules(*folders: str) -> tuple[Path, ...]:
    """Give the modules of some folders below the project's, each as an absolute path."""
    return tuple(path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
