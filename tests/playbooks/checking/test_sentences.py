"""Words in both languages, and short enough: each test's docstring is the playbook."""

from __future__ import annotations


def test_list_in_one_language(found: list[str]) -> None:
    """
    # Lists, too, are there in both languages.
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
            never: {ja: [電源を切る]}
    signs: {ja: [], en: []}
    """
    assert found == [
        "demo.yaml:13: `never` has no English text (write `en:` for it too)",
        "demo.yaml:14: `signs` is empty (write the words in which people would tell of this event)",
    ]


def test_nobody_reports_a_drill(found: list[str]) -> None:
    """
    # A playbook for drills alone needs no words by which it is told.
    use: [drill]
    signs: {}
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          look: {ask: {ja: 見てください, en: Look}, source: our own}
    """
    assert found == []


def test_untranslated(found: list[str]) -> None:
    """
    # A text in the wrong language is no translation.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          look:
            ask: {ja: Please look at the screen of the terminal, en: 画面を見てください}
            source: our own
    """
    assert found == [
        "demo.yaml:11: the English text of `ask` is Japanese (translate it)",
    ]


def test_blank(found: list[str]) -> None:
    """
    # A blank is no text.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          look:
            ask: {ja: 画面を見てください, en: " "}
            source: our own
    """
    assert found == [
        "demo.yaml:11: `ask` has no English text (write `en:` for it too)",
    ]


def test_a_prohibition_that_says_not(found: list[str]) -> None:
    """
    # Under a heading that forbids, 「電源を切らない」 would forbid to leave it on; what is forbidden is named as it is.
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
            never:
              ja: [電源を切る, 再起動しない, すぐに答えない（折り返す）, やり方がわからないまま操作する]
              en: [Switch it off, Do not restart it, "Don't answer at once", Operate it without knowing how]
    """
    assert [one.split(" (")[0] for one in found] == [
        "demo.yaml:14: `never` of the step `look` says not: `すぐに答えない（折り返す）`",
        "demo.yaml:14: `never` of the step `look` says not: `再起動しない`",
        "demo.yaml:15: `never` of the step `look` says not: `Do not restart it`",
        "demo.yaml:15: `never` of the step `look` says not: `Don't answer at once`",
    ]


def test_too_long(found: list[str]) -> None:
    """
    # What is asked can be read at a glance, and what is on a button fits.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          look:
            ask:
              ja: 画面を見てください画面を見てください画面を見てください画面を見てください画面を見てください画面を見てください画面を見てください画面を見てください画面を見てください画面を見てください画面を見てください画面を見てください画面を見てください画面を見てください
              en: Look at the screen
            source: our own
            answers:
              done: {label: {ja: 画面を見て、おかしいところを写真に撮りました, en: Looked}}
            takes: nothing
    question: {ja: 電子カルテの画面がいつもとはちがうような気がします, en: The screen looks odd}
    alarm: {ja: 患者さんが先です。パソコンにさわらないでください。電源を切らないでください。線を抜かないでください。続きは紙でお願いします。, en: Hands off}
    """
    assert found == [
        "demo.yaml:12: what is asked has 126 Japanese characters (at most 120: say one thing only)",
        "demo.yaml:16: the button of `done` has 22 Japanese characters (at most 20: say one thing only)",
        "demo.yaml:18: the question has 25 Japanese characters (at most 24: say one thing only)",
        "demo.yaml:19: the alarm has 62 Japanese characters (at most 60: say one thing only)",
    ]


def test_a_placeholder(found: list[str]) -> None:
    """
    # The words of a kind of facility are put in; anything else nobody fills in, and people would read it as it stands.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          look:
            ask: {ja: "{{ head }}と{{ boss }}に話してください。", en: "Tell the {{ head }}."}
            source: our own
            takes: nothing
    """
    assert found == [
        (
            "demo.yaml:11: `ask` holds a placeholder that nobody fills in: `boss` (write the words themselves, or one of "
            "{{ head }}, {{ trade }}, {{ inside }}, {{ records }}, {{ helpers }}, {{ chart }}, {{ patients }}, "
            "{{ clinician }}, {{ desk }}, {{ spoken }})"
        )
    ]
