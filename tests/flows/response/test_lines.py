"""Cards: several small things for one person, each settled by itself, the plain ones together."""

from __future__ import annotations

from typing import Any

import pytest

from flows.commands.clock import ReleaseStep
from flows.commands.people import KeepAsNote, LearnFacts, OpenLine, SettleLine, SettleLines, Write
from flows.events.working import HelpGiven, LineSettled
from flows.response.closing import obstacles
from flows.response.lines import in_bulk, left, line_moves, line_told, open_lines, photo_lines
from flows.response.placing import Place, place_media, place_text
from flows.state.work import CLOCK
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, Clinic, playbook_of, replayed, state_of

CARD = """
facts: {flag: no}
tracks:
  containment:
    title: {ja: 広がりを止める, en: Stop it}
    stage: first_response
    urgency: 1
    help: vendor:network
    role: reporter
    steps:
      machine:
        ask: {ja: このパソコン, en: This machine}
        takes: card
        within: 5 min
        source: own
        lines:
          photo: {ja: 画面を撮る, en: Photograph it, takes: photo}
          lead: {ja: 線を抜く, en: Pull the lead, hands: true, never: {ja: [電源を切る], en: [Switch it off]}}
          sign: {ja: 紙を貼る, en: Put up a sign, hands: true}
          call: {ja: 会社に電話する, en: Call the vendor, takes: contact, contact: vendor:ehr}
          only_later: {ja: 旗を出す, en: Put out the flag, when: flag == yes}
          elsewhere: {ja: 薬局だけ, en: Pharmacies only, facilities: [pharmacy]}
          told: {ja: 話す, en: Tell them, answers: {done: {sets: {flag: yes}}}}
      after:
        ask: {ja: つぎ, en: Next}
        source: own
"""

TWO_PHOTOS = """
tracks:
  only:
    title: {ja: 例, en: Example}
    stage: first_response
    urgency: 1
    help: vendor:ehr
    role: reporter
    steps:
      pictures:
        ask: {ja: 撮る, en: Photograph}
        takes: card
        source: own
        lines:
          router: {ja: ルーター, en: The router, takes: photo}
          screen: {ja: 画面, en: The screen, takes: photo}
"""


@pytest.fixture
def card() -> Clinic:
    """Give the clinic with the card on the receptionist's screen."""
    clinic = Clinic(playbook_of(CARD)).found()
    clinic.reports(SATO)
    return clinic


def settle(clinic: Clinic, line: str, answer: str = "done", who: str = SATO, **more: Any) -> None:
    """Let somebody answer a line of the card on the receptionist's screen."""
    clinic.act(who, SettleLine(clinic.run.id, clinic.screen(SATO).turn, line, answer, **more))


def open_now(clinic: Clinic) -> list[str]:
    """Give the lines of the card that nobody has answered."""
    return list(open_lines(clinic.run, clinic.context(SATO), "containment", "machine"))


def test_a_card_shows_what_concerns_this_case(card: Clinic) -> None:
    """Lines for another kind of facility, or whose condition is certainly false, are not there."""
    assert open_now(card) == ["photo", "lead", "sign", "call", "told"]

    card.act(TAKAHASHI, LearnFacts(card.run.id, {"flag": "yes"}))

    assert "only_later" in open_now(card)


def test_each_line_is_settled_by_itself_and_in_any_order(card: Clinic) -> None:
    """What is done stands as the line's own answer, with who and when; the card stays until the last."""
    settle(card, "sign")

    done = card.run.answered["containment", "machine/sign"]
    assert (done.answer, done.settles, done.by) == ("done", True, SATO)
    assert card.screen(SATO).step == "machine"


def test_all_done_settles_only_what_takes_nothing(card: Clinic) -> None:
    """No photo, no call and no fact is ever true because somebody tapped one button for all; the entries say so."""
    assert in_bulk(card.run, card.context(SATO), card.screen(SATO)) == ["lead", "sign"]

    done = card.act(SATO, SettleLines(card.run.id, card.screen(SATO).turn))

    assert [(e.line, e.in_bulk) for e in done.events if isinstance(e, LineSettled)] == [("lead", True), ("sign", True)]
    assert open_now(card) == ["photo", "call", "told"]
    assert card.refused(SATO, SettleLines(card.run.id, card.screen(SATO).turn)).name == "lines_open"


def test_what_hands_something_over_is_not_done_by_a_tap(card: Clinic) -> None:
    """A line that takes a photo has no [done]; one that takes nothing has, and so has a call, of which a tap says that it was made."""
    lines = card.run.step(card.screen(SATO)).lines
    assert {name for name, line in lines.items() if "done" not in line_moves(line)} == {"photo"}


def test_who_does_not_know_how_is_given_somebody_to_call(card: Clinic) -> None:
    """The line stays open; where its author names nobody else to call, whoever leads is."""
    turn = card.screen(SATO).turn
    asked = card.act(SATO, SettleLine(card.run.id, turn, "sign", "unsure"))

    assert [e.call for e in asked.events if isinstance(e, HelpGiven)] == ["vendor:network"]
    assert "sign" in open_now(card)


def test_the_last_line_settles_the_card(card: Clinic) -> None:
    """The track goes on when no line is open; one that couldn't be done stays open by its own name."""
    card.act(SATO, SettleLines(card.run.id, card.screen(SATO).turn))
    card.photographs(SATO)
    settle(card, "call", "cannot")
    settle(card, "told", "cannot")

    assert card.screen(SATO).step == "after"
    assert [o.step for o in obstacles(card.run, card.context(TAKAHASHI))] == ["machine/call", "machine/told", "after"]


def test_what_was_left_can_still_be_done(card: Clinic) -> None:
    """A line that nobody could do is settled later, by whoever did it, though the card is long gone; only once."""
    turn = card.screen(SATO).turn
    card.act(SATO, SettleLines(card.run.id, turn))
    card.photographs(SATO)
    settle(card, "call", "cannot")
    settle(card, "told")
    settle(card, "only_later")

    card.act(SUZUKI, SettleLine(card.run.id, turn, "call", "done", given={"promised": "10時", "until": None}))

    assert [o.step for o in obstacles(card.run, card.context(TAKAHASHI))] == ["after"]
    assert card.refused(SUZUKI, SettleLine(card.run.id, turn, "call", "done")).name == "already_done"


def test_a_half_ticked_card_goes_to_the_next_as_it_is(card: Clinic) -> None:
    """Whoever gets it sees what is done, and has the rest to do."""
    settle(card, "lead")
    turn = card.screen(SATO).turn
    card.confirms(SUZUKI)
    card.act(CLOCK, ReleaseStep(card.run.id, turn, "overdue"))

    assert card.screens()[SUZUKI] == "machine"
    assert open_now(card) == ["photo", "sign", "call", "told"]
    assert card.refused(SATO, SettleLine(card.run.id, turn, "sign", "done")).data["member"] == SUZUKI


def test_a_photo_goes_to_the_line_that_takes_one(card: Clinic) -> None:
    """Without a tap, since there is only one."""
    card.photographs(SATO)

    assert card.run.answered["containment", "machine/photo"].given["evidence"] in card.run.evidence


def test_a_photo_finds_the_card_that_wants_one_among_other_things(card: Clinic) -> None:
    """One line that takes a photo is enough."""
    assert place_media(SATO, [card.run]) == Place(card.run.id, card.screen(SATO).turn)


def test_two_photos_in_a_row() -> None:
    """Each is asked about; once the first is placed its question closes, and the other's offers what is left."""
    clinic = Clinic(playbook_of(TWO_PHOTOS)).found()
    clinic.reports(SATO)
    turn = clinic.screen(SATO).turn
    for asked in (["which_line", "photos_asked"], ["which_line"]):
        clinic.photographs(SATO)
        assert clinic.told_to(SATO) == asked
    first, second = clinic.run.evidence
    clinic.act(SATO, SettleLine(clinic.run.id, turn, "router", "done", first))
    assert [o.message.facts["evidence"] for o in clinic.told if o.name == "which_line" and o.edits] == [first, second]
    assert photo_lines(clinic.run, clinic.context(SATO), clinic.run.shown[turn]) == ["screen"]


def test_a_photo_more_than_the_card_takes(card: Clinic) -> None:
    """The card has its photo: another is evidence of the run, and nobody is asked whose it is."""
    card.photographs(SATO)
    card.photographs(SATO)
    assert card.told_to(SATO) == ["evidence_received"]
    assert len(card.run.evidence) == 2


def test_a_photo_goes_to_the_line_tapped_last() -> None:
    """Of two lines that take one, the tap says which is meant; without a tap the bot asks, and the photo is kept."""
    clinic = Clinic(playbook_of(TWO_PHOTOS)).found()
    clinic.reports(SATO)
    turn = clinic.screen(SATO).turn
    clinic.photographs(SATO)
    assert "which_line" in clinic.told_to(SATO)
    asked = max(clinic.run.evidence)

    clinic.act(SATO, SettleLine(clinic.run.id, turn, "screen", "done", evidence=asked))
    assert clinic.run.answered["only", "pictures/screen"].given["evidence"] == asked

    clinic.act(SATO, OpenLine(clinic.run.id, turn, "router"))
    clinic.photographs(SATO)
    assert clinic.run.answered["only", "pictures/router"].given["evidence"] > asked


def test_words_belong_to_a_line_only_once_it_was_tapped(card: Clinic) -> None:
    """A plea is never taken as what the vendor promised; after the tap the words are the call's."""
    before = place_text(SATO, card.engine.live_runs())
    card.act(SATO, OpenLine(card.run.id, card.screen(SATO).turn, "call"))
    after = place_text(SATO, card.engine.live_runs())
    assert [getattr(place, "shown", 0) for place in (before, after)] == [None, card.screen(SATO).turn]

    card.act(SATO, Write(card.run.id, "10時に折り返し", card.screen(SATO).turn))

    [promise] = card.run.promises.values()
    assert (promise.text, promise.line) == ("10時に折り返し", "call")


COUNTED = """
tracks:
  only:
    title: {ja: 例, en: Example}
    stage: first_response
    urgency: 1
    help: vendor:ehr
    role: reporter
    steps:
      seen:
        ask: {ja: 見たこと, en: What you see}
        takes: card
        source: own
        lines:
          machines: {ja: 何台, en: How many, takes: number, value: machines_affected, unit: {ja: 台, en: machines}}
          noticed: {ja: 時刻, en: When, takes: time, value: found_at}
          what: {ja: 何を見たか, en: What you saw, takes: text}
"""


def test_what_is_next_is_said_below_what_was_sent_and_not_twice() -> None:
    """After the first text the next line is named; after another, while that line is still next, it isn't named again."""
    clinic = Clinic(playbook_of(COUNTED)).found()
    clinic.reports(SATO)
    said = []
    for line, text in (("what", "英語の画面"), ("noticed", "8:50")):
        clinic.act(SATO, OpenLine(clinic.run.id, clinic.screen(SATO).turn, line))
        clinic.act(SATO, Write(clinic.run.id, text, clinic.screen(SATO).turn))
        said.append("line_taken" in clinic.told_to(SATO))

    assert open_lines(clinic.run, clinic.context(SATO), "only", "seen").keys() == {"machines"}
    assert said == [True, False]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("3台", "machines"),
        ("12", "machines"),
        ("８時５０分です", "noticed"),
        ("8:50", "noticed"),
        ("3", ""),  # it may be the line's own number
        ("3台です、どうしましょう", ""),
        ("9時に来ます", ""),
        ("プリンターが動かない", ""),
    ],
)
def test_a_bare_number_or_time_needs_no_tap(text: str, line: str) -> None:
    """What is nothing else belongs to the one line that takes it."""
    clinic = Clinic(playbook_of(COUNTED)).found()
    clinic.reports(SATO)
    assert line_told(clinic.run, clinic.context(SATO), clinic.screen(SATO), text) == line


def test_a_line_meant_as_a_note_is_open_again(card: Clinic) -> None:
    """Also where it was the last and the track had gone on; the card comes back with the other lines as they were."""
    card.act(SATO, SettleLines(card.run.id, card.screen(SATO).turn))
    card.photographs(SATO)
    settle(card, "told")
    settle(card, "only_later")
    card.act(SATO, OpenLine(card.run.id, card.screen(SATO).turn, "call"))
    card.act(SATO, Write(card.run.id, "混んでいます", card.screen(SATO).turn))
    assert card.screen(SATO).step == "after"

    card.act(SATO, KeepAsNote(card.run.id, card.run.answered["containment", "machine/call"].turn))

    assert card.screen(SATO).step == "machine"
    assert open_now(card) == ["call"]
    assert card.run.promises == {}


def test_a_line_asks_for_the_reason_its_author_wants() -> None:
    """The words that come then are the line's, and nobody else's."""
    text = TWO_PHOTOS.replace(
        "takes: photo}\n          screen", "answers: {cannot: {reason: required}}}\n          screen"
    )
    clinic = Clinic(playbook_of(text)).found()
    clinic.reports(SATO)
    clinic.act(SATO, SettleLine(clinic.run.id, clinic.screen(SATO).turn, "router", "cannot"))
    assert clinic.run.asking[SATO].what == "reason"

    clinic.writes(SATO, "高いところにある")

    assert clinic.run.answered["only", "pictures/router"].reason == "高いところにある"


def test_a_restart_gives_the_same_card(card: Clinic) -> None:
    """A line's state is its entries and nothing else."""
    card.act(SATO, OpenLine(card.run.id, card.screen(SATO).turn, "call"))
    settle(card, "lead")
    settle(card, "sign", "unsure")
    fresh = replayed(card.journal).run(card.run.id)

    assert fresh is not None
    assert state_of(fresh) == state_of(card.run)


def test_a_card_with_nothing_for_us_is_passed_over() -> None:
    """As a step whose condition is false: it never comes to the screen."""
    head, _, lines = CARD.partition("        lines:\n")
    bare = f"{head}        lines:\n          elsewhere: {{ja: 薬局だけ, en: Pharmacies only, facilities: [pharmacy]}}\n"
    clinic = Clinic(playbook_of(bare + lines[lines.index("      after:") :])).found()
    clinic.reports(SATO)

    assert clinic.screen(SATO).step == "after"


def test_a_card_reached_again_begins_anew() -> None:
    """Where an answer leads back to a card, what was done the first time is asked again."""
    back = CARD + "        answers: {again: {label: {ja: もう一度, en: Again}, to: machine}, done: end}\n"
    clinic = Clinic(playbook_of(back)).found()
    clinic.reports(SATO)
    clinic.act(SATO, SettleLines(clinic.run.id, clinic.screen(SATO).turn))
    for line in ("photo", "call", "told"):
        settle(clinic, line, "cannot")

    clinic.answers(SATO, "again")

    assert open_now(clinic) == ["photo", "lead", "sign", "call", "told"]
    assert list(left(clinic.run, clinic.context(SATO), clinic.screen(SATO))) == open_now(clinic)
