"""The pages that are made of the playbooks: complete, fresh, and readable."""

from __future__ import annotations

import re
import runpy
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from playbooks.catalogue import Catalogue
from playbooks.kinds import worded
from playbooks.model import Playbook
from playbooks.pages.diagram import mermaid
from playbooks.pages.documents import MOST_STEPS, main, pages, playbook_page, shipped, write
from playbooks.phrasing import Phrase

ROOT = Path(__file__).parent.resolve().parents[2]
DIAGRAM = re.compile(r"```mermaid\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def library() -> Mapping[str, Playbook]:
    """The playbooks that come along."""
    return shipped()[0].playbooks


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """Every page as it would be made now."""
    return pages(*shipped())


def test_the_pages_are_fresh(made: dict[str, str]) -> None:
    """Everything in docs/playbooks is what would be made now, and nothing else lies there."""
    folder = ROOT / "docs" / "playbooks"
    wanted = {name.removeprefix("playbooks/"): text for name, text in made.items() if name.startswith("playbooks/")}
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    stale = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
    assert stale == [], "run `make docs`"


def test_every_playbook_has_its_page(library: Mapping[str, Playbook], made: dict[str, str]) -> None:
    """Title, a row for each track, and every step of every track in a diagram."""
    for name, written in library.items():
        page, playbook = made[f"playbooks/{name}.md"], worded(written, "clinic")
        assert f"# {playbook.title.ja}\n" in page
        drawn = "".join(DIAGRAM.findall(page))
        for track in playbook.tracks.values():
            assert f"\n| {track.title.ja} | " in page
        steps = sum(len(track.steps) for track in playbook.tracks.values())
        assert len(re.findall(r"^    t\d+s\d+[\[{]", drawn, re.MULTILINE)) == steps


def test_every_link_leads_to_a_page(made: dict[str, str]) -> None:
    """From the list to the pages, and from a page to the playbooks that take over."""
    links = {
        link
        for name, text in made.items()
        if name.startswith("playbooks/")
        for link in re.findall(r"\]\(([^)\s]+)\)", text)
    }
    assert {f"playbooks/{link}" for link in links} <= made.keys()
    assert "ransomware.md" in links


def test_the_tool_writes_what_the_test_compares(
    tmp_path: Path, made: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python -m playbooks.pages.documents FOLDER`, which is what `make docs` runs, writes these pages."""
    monkeypatch.setattr("sys.argv", ["documents", str(tmp_path)])
    monkeypatch.delitem(sys.modules, "playbooks.pages.documents")
    runpy.run_module("playbooks.pages.documents", run_name="__main__")
    written = {p.relative_to(tmp_path).as_posix(): p.read_text(encoding="utf-8") for p in tmp_path.rglob("*.md")}
    assert written == made
    assert "python -m playbooks.pages.documents" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_a_page_of_a_playbook_that_is_no_more_goes(tmp_path: Path, made: dict[str, str]) -> None:
    """What was made before is taken away; what somebody wrote by hand stays."""
    old, own = tmp_path / "playbooks" / "gone.md", tmp_path / "playbooks" / "notes.md"
    old.parent.mkdir()
    old.write_text(made["playbooks/unknown.md"], encoding="utf-8")
    own.write_text("# 手書き\n", encoding="utf-8")
    write(tmp_path, made)
    assert (old.exists(), own.exists()) == (False, True)


def test_trouble_is_said_without_a_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table with mistakes ends the tool with their lines, and nothing is written."""
    broken = tmp_path / "coverage.yaml"
    broken.write_text("features: {}\nclauses: {}\nchecklists: {}\n", encoding="utf-8")
    monkeypatch.setattr("playbooks.pages.documents.COVERAGE", broken)
    monkeypatch.setattr("sys.argv", ["documents", str(tmp_path / "docs")])
    with pytest.raises(SystemExit, match=r"coverage\.yaml:\d: "):
        main()
    assert not (tmp_path / "docs").exists()


def test_a_small_playbook_is_one_diagram(playbook: Playbook) -> None:
    """
    # The tracks together, as the diagram of the whole draws them.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          look:
            ask: {ja: 画面を見てください, en: Look at the screen}
            source: our own
            answers:
              yes: {to: end, starts: [recovery]}
              no: {to: end}
      recovery:
        title: {ja: 復旧, en: Recovery}
        stage: recovery
        urgency: 2
        role: director
        help: vendor:ehr
        starts: later
        when: leak != none
        steps:
          finish:
            ask: {ja: 終えてください, en: Finish}
            source: our own
    """
    page = playbook_page(playbook, Catalogue({}))
    assert DIAGRAM.findall(page) == [mermaid(playbook, "ja")]
    assert (
        "| 例 | 検知 | すぐ | だれでも | 1 |\n| 復旧 | 復旧 | 「例」の答えから、`leak != none` のとき | 院長・管理者 | 1 |\n"
        in page
    )


def test_a_large_playbook_is_one_diagram_a_track(library: Mapping[str, Playbook], made: dict[str, str]) -> None:
    """Each below its track's title, entered where the track begins, with the tracks that it starts and what takes over."""
    playbook, page = library["ehr_outage"], made["playbooks/ehr_outage.md"]
    assert sum(len(track.steps) for track in playbook.tracks.values()) > MOST_STEPS
    assert len(DIAGRAM.findall(page)) == len(playbook.tracks)
    recovery = page.split(f"### {playbook.tracks['recovery'].title.ja}\n")[1].split("### ")[0]
    assert f'p0(["「{playbook.tracks["finding_out"].title.ja}」' in recovery
    assert f"ここから始まる作業の区分：{playbook.tracks['cause_and_prevention'].title.ja}\n" in recovery
    assert "引き継ぐ先：[ランサムウェア・不正な侵入の疑い](ransomware.md)" in page


def test_every_role_has_its_word(library: Mapping[str, Playbook]) -> None:
    """Whatever role a step of the library names is explained on its page."""
    roles = {step.role for book in library.values() for track in book.tracks.values() for step in track.steps.values()}
    assert all(Phrase("playbooks", f"pages.role.{role}").ja for role in roles)
