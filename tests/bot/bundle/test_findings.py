"""What can be wrong with a bundle, in words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from bot.bundle import verifiers
from bot.bundle.findings import FINDINGS, finding_in_words
from bot.store.storage import Finding
from flows.record.chain import FaultKind

HERE = Path(verifiers.__file__).parent


def test_every_finding_has_its_words() -> None:
    """Those of the chain, and whatever any of the verifiers can find."""
    found = set(get_args(FaultKind))
    store = HERE.parents[1] / "store"
    for path in (*HERE.glob("*.py"), *HERE.glob("*.js"), HERE.parent / "verification.py", *store.rglob("*.py")):
        found |= set(re.findall(r'(?:Finding\(|find\(|\[\()"(\w+)"', path.read_text(encoding="utf-8")))

    assert found <= FINDINGS.keys()
    assert len(found) > 15


def test_a_line() -> None:
    """Names entry and detail where there are any."""
    assert finding_in_words(Finding("gap", 3)).ja == "3番の記録: ここから記録が抜けています"
    assert finding_in_words(Finding("file_extra", None, "x")).en == "there is a file that the list doesn't name (x)"
