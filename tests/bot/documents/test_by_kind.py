"""Papers by kind of facility: each speaks of its own head, people, rooms and days, and of nobody else's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.demo.play import open_demo
from bot.documents.kinds import kinds, make, subject
from bot.documents.source import Source
from flows.record.journal import FACILITY
from playbooks.model import FacilityKind
from playbooks.texts import Language
from tests.clinic import MORNING, Clinic

STRANGE: dict[tuple[FacilityKind, Language], str] = {
    ("clinic", "ja"): "管理薬剤師|当薬局|当ステーション|ご来局|利用者さん|院長・管理者",
    ("dental", "ja"): "管理薬剤師|当薬局|当ステーション|ご来局|利用者さん|院長・管理者|医師か看護師|日本医師会",
    (
        "pharmacy",
        "ja",
    ): "院長|(?<!安全)管理者|当院|ご?来院|院内(?!処方|感染)|診療日|診療時間|医師か看護師|日本医師会|利用者さん",
    (
        "visiting_nurse",
        "ja",
    ): "院長|当院|当薬局|ご?来院|ご来局|院内(?!感染)|診療日|診療時間|医師か看護師|日本医師会|患者さん|管理薬剤師",
    ("pharmacy", "en"): "(?i)the director|our clinic|a doctor or nurse|japan medical|the people you visit",
    (
        "visiting_nurse",
        "en",
    ): "(?i)the director|our clinic|our pharmacy|a doctor or nurse|japan medical|managing pharmacist",
}
"""Words by which a kind of facility sees that its paper was written for somebody else."""


@pytest.mark.parametrize(("kind", "language"), STRANGE)
async def test_no_paper_speaks_of_another_kind(tmp_path: Path, kind: FacilityKind, language: Language) -> None:
    """All papers of a house and of its incident: letters, notices, pack, plan."""
    clinic = Clinic(open_demo(tmp_path, MORNING, lambda _, __: None, kind, language), [])
    run = await clinic.incident()
    sources = [Source.of(clinic.engine, of, language) for of in (FACILITY, run.id)]
    papers = {name: make(source, name).decode() for source in sources for name in kinds(subject(source))}
    clinic.home.close()

    assert len(papers) > 12
    assert [
        f"{name}: {text[max(0, found.start() - 30) : found.end() + 30]}"
        for name, text in papers.items()
        for found in re.finditer(STRANGE[kind, language], text)
    ] == []
