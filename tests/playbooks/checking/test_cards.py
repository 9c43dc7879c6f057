"""What may stand on a card, and how much: each test's docstring is the playbook."""

from __future__ import annotations


def test_a_card_is_short(found: list[str]) -> None:
    """
    # A line has at most thirty characters, and its name fits into a button.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          card:
            ask: {ja: このパソコン, en: This machine}
            source: our own
            takes: card
            lines:
              one: {ja: あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほま, en: Too long}
              a_name_that_does_not_fit_into_any_button: {ja: みじかい, en: Short}
    """
    assert found == [
        "demo.yaml:15: the line `card/one` has 31 Japanese characters (at most 30)",
        "demo.yaml:16: the names of the line `a_name_that_does_not_fit_into_any_button` and its answers do not fit into a button (choose shorter names)",
    ]


def test_a_card_has_seven_lines(found: list[str]) -> None:
    """
    # Eight are two cards; what another kind of facility sees doesn't count.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          card:
            ask: {ja: このパソコン, en: This machine}
            source: our own
            takes: card
            lines:
              a: {ja: あ, en: A}
              b: {ja: い, en: B}
              c: {ja: う, en: C}
              d: {ja: え, en: D}
              e: {ja: お, en: E}
              f: {ja: か, en: F}
              g: {ja: き, en: G, facilities: [pharmacy, dental]}
              h: {ja: く, en: H, facilities: [pharmacy]}
    """
    assert found == ["demo.yaml:14: the card `card` shows 8 lines to a pharmacy (at most 7: make two cards of it)"]


def test_what_must_not_be_done_counts(found: list[str]) -> None:
    """
    # 220 characters in all, with what stands beside the lines.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          card:
            ask: {ja: このパソコン, en: This machine}
            source: our own
            takes: card
            lines:
              a:
                ja: 線を抜く
                en: Pull the lead
                never:
                  ja: [あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんあいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんあいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんあいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんあいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほ]
                  en: [all of it]
    """
    assert found == [
        "demo.yaml:14: the card `card` has 224 Japanese characters for a clinic (at most 220: make two cards of it)"
    ]


def test_what_is_no_line(found: list[str]) -> None:
    """
    # Decisions, sign-offs, facts that lift a duty, other playbooks and ways on are steps of their own.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          card:
            ask: {ja: 決めること, en: To decide}
            source: our own
            takes: card
            lines:
              signed: {ja: 承認する, en: Sign it off, takes: sign_off}
              lifted: {ja: 漏れていない, en: Nothing leaked, answers: {done: {sets: {leak: none}}}}
              counted: {ja: 人数, en: How many, takes: number, value: persons}
              leads: {ja: もどる, en: Back, answers: {done: card}}
              twice: {ja: 二度, en: Twice}
          twice:
            ask: {ja: もう一度, en: Again}
            source: our own
    """
    assert found == [
        "demo.yaml:15: the line `card/signed` takes a sign_off (make it a step)",
        "demo.yaml:16: the line `card/lifted` lifts a reporting duty (`leak: none`) (make it a step for whoever decides)",
        "demo.yaml:17: the line `card/counted` counts the persons concerned (make it a step)",
        "demo.yaml:18: the line `card/leads` leads on (let the card lead on)",
        "demo.yaml:19: the name `twice` stands twice in its track (choose another)",
    ]


def test_a_card_needs_lines_and_lines_a_card(found: list[str]) -> None:
    """
    # Neither is shown without the other.
    tracks:
      main:
        title: {ja: 例, en: Example}
        stage: detection
        urgency: 1
        role: anyone
        help: vendor:ehr
        steps:
          card:
            ask: {ja: このパソコン, en: This machine}
            source: our own
            takes: card
          plain:
            ask: {ja: このパソコン, en: This machine}
            source: our own
            lines:
              a: {ja: あ, en: A}
    """
    assert found == [
        "demo.yaml:13: the card `card` has no lines (add `lines:`)",
        "demo.yaml:17: the lines of the step `plain` are never shown (write `takes: card`)",
    ]
