"""The small changes by which the tests themselves are tried."""

from __future__ import annotations

import importlib

from tests.mutants import ROOT, code_of, mutants_of


def test_each_mutant_is_another_program() -> None:
    """Every change of a module compiles, stands under the name of its function, and is not what was there."""
    module = importlib.import_module("flows.scene.circle")
    mutants = list(mutants_of(ROOT / "flows/scene/circle.py"))
    codes = {mutant: code_of(mutant) for mutant in mutants}

    assert len(mutants) > 10
    assert all(code.co_qualname == mutant.place[1] for mutant, code in codes.items())
    assert [str(mutant) for mutant in mutants if codes[mutant] == getattr(module, mutant.place[1]).__code__] == []
