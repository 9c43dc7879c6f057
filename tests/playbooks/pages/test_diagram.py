"""Playbooks as Mermaid flowcharts."""

from __future__ import annotations

import re

from playbooks.model import Playbook
from playbooks.pages.diagram import mermaid


def test_a_whole_diagram(playbook: Playbook) -> None:
    """
    # Every track is a box, every answer an arrow; what is passed over or started is dotted, what takes over is thick.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          look:
            ask: {ja: 画面を見てください, en: 'Look at the "screen" <now> & say #1'}
            when: leak != none
            otherwise: end
            source: our own
            answers:
              yes: {to: reopen, starts: [recovery]}
              no: {to: end, hands_over: blackout}
              not_applicable: {to: end}
          reopen:
            ask: {ja: 再開しますか, en: Reopen?}
            decision: reopen
            source: our own
      recovery:
        title: {ja: 復旧, en: Recovery}
        stage: recovery
        urgency: 2
        role: anyone
        help: vendor:ehr
        starts: later
        steps:
          end_it:
            ask: {ja: 終えてください, en: End it}
            source: our own
    """
    assert mermaid(playbook, "en").splitlines() == [
        "flowchart TD",
        '  p0(["Example"])',
        '  subgraph t1["Example"]',
        '    t1s1["Look at the #quot;screen#quot; #lt;now#gt; #amp; say #35;1 (anyone)"]',
        '    t1s2{{"Reopen? (commander)"}}',
        '    t1e(["End"])',
        "  end",
        '  subgraph t2["Recovery"]',
        '    t2s1["End it (anyone)"]',
        '    t2e(["End"])',
        "  end",
        "  p0 --> t1s1",
        '  t1s1 -->|"Yes"| t1s2',
        '  t1s1 -->|"No / Not applicable"| t1e',
        '  t1s1 -.->|"skip: leak != none"| t1e',
        '  t1s1 -.->|"starts"| t2s1',
        '  t1s1 ==> h_blackout[["blackout"]]',
        '  t1s2 -->|"Done"| t1e',
        '  t2s1 -->|"Done"| t2e',
    ]
    assert "画面を見てください" in mermaid(playbook, "ja")
    assert mermaid(playbook, "ja") == mermaid(playbook.model_copy(deep=True), "ja")


def test_nothing_escapes_its_quotes(playbook: Playbook) -> None:
    """
    # Whatever stands in a text, it stays inside its quotation marks and on its line.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          look:
            ask: {ja: 見てください, en: "`x`\\n\\"] end; click t1s1 \\"javascript:alert(1)\\" %% <script>"}
            source: our own
    """
    drawn = mermaid(playbook, "en")
    assert all(row.count('"') in (0, 2) for row in drawn.splitlines())
    assert not re.search(r"<|`|\\", drawn)
