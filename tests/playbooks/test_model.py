"""The complete form of a playbook: a run keeps it as JSON and must read the same again."""

from __future__ import annotations

from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from playbooks.authoring.lines import Lines
from playbooks.checking.checks import check
from playbooks.checking.known import Known
from playbooks.model import DECISIONS, END, FACILITY_KINDS, Answer, Choice, Playbook, Step, Track
from playbooks.pages.diagram import mermaid
from playbooks.texts import Text, Texts


def filled_in_by_nobody(text: str) -> bool:
    """Say whether a text holds no placeholder: the checker refuses those."""
    return "{{" not in text


texts = st.builds(
    Text,
    ja=st.text("電子カルテ画面線抜く撮", min_size=1, max_size=20),
    en=st.text("abc \"'{}<>&\\/\u2028é", min_size=1, max_size=20)
    .map(lambda text: f"x{text}")
    .filter(filled_in_by_nobody),
)
facts = st.dictionaries(
    st.sampled_from(("leak", "loss", "own_fact")), st.sampled_from(("yes", "no", "unknown", "12")), max_size=2
)


@st.composite
def sound_tracks(draw: st.DrawFn) -> Track:
    """A track whose every step leads on, and sometimes back."""
    names = [f"s{place}" for place in range(draw(st.integers(1, 5)))]
    steps = {}
    for place, name in enumerate(names):
        following = names[place + 1] if place + 1 < len(names) else END
        decision = draw(st.none() | st.sampled_from(DECISIONS))
        reason: Literal["none", "required"] = "required" if decision else "none"
        answers = {"done": Answer(label=draw(texts), to=following, reason=reason, sets=draw(facts))}
        if draw(st.booleans()):
            answers["no"] = Answer(label=draw(texts), to=draw(st.sampled_from((*names, END))), reason=reason)
        answers["unsure"] = Answer(label=draw(texts), to=None, call="vendor:ehr", settles=False)
        steps[name] = Step(
            ask=draw(texts),
            why=draw(st.none() | texts),
            role="commander" if decision else "reporter",
            takes=draw(st.sampled_from(("nothing", "choice"))) if place else "nothing",
            choices={},
            decision=decision,
            within=draw(st.integers(60, 90 * 86400)),
            when=draw(st.none() | st.sampled_from(("leak != none", "not own_fact or persons > 3"))),
            otherwise=following,
            facilities=draw(
                st.sets(st.sampled_from(FACILITY_KINDS), min_size=1).map(lambda kinds: tuple(sorted(kinds)))
            ),
            answers=answers,
            source="our own",
        )
        if steps[name].takes == "choice":
            choice = Choice(label=draw(texts), to=following, sets=draw(facts))
            steps[name] = steps[name].model_copy(update={"choices": {"one": choice, "other": choice}})
    return Track(title=draw(texts), stage="detection", urgency=draw(st.integers(1, 9)), begin=names[0], steps=steps)


@st.composite
def sound_playbooks(draw: st.DrawFn) -> Playbook:
    """A playbook in which the checks find nothing."""
    return Playbook(
        playbook="demo",
        title=draw(texts),
        question=draw(texts),
        event="cyber_attack",
        signs=Texts(ja=("画面",), en=("screen",)),
        facts={"own_fact": "unknown"},
        tracks=draw(st.dictionaries(st.sampled_from(("alarm", "contain", "reports")), sound_tracks(), min_size=1)),
    )


@given(sound_playbooks())
def test_playbook_reads_the_same_from_json(playbook: Playbook) -> None:
    """A sound playbook written as JSON reads the same again, and is sound and drawn as before."""
    known = Known(frozenset({"reporter", "commander"}), frozenset({"vendor:ehr"}), frozenset({"demo"}))
    assert check(playbook, known, Lines("demo.yaml")) == []
    again = Playbook.model_validate_json(playbook.model_dump_json())
    assert again == playbook
    assert list(again.tracks) == list(playbook.tracks)
    assert again.model_dump_json() == playbook.model_dump_json()
    assert mermaid(again, "en") == mermaid(playbook, "en")


def test_step_by_its_name() -> None:
    """A step is found by its track's name and its own."""
    unsure = Answer(label=Text(ja="わからない", en="Not sure"), to=END)
    written = {"ask": {"ja": "見る", "en": "Look"}, "role": "anyone", "source": "our own", "within": "5 min"}
    step = Step.model_validate({**written, "answers": {"unsure": unsure}})
    track = Track(title=Text(ja="例", en="Example"), stage="detection", urgency=1, begin="look", steps={"look": step})
    title = Text(ja="例", en="Example")
    playbook = Playbook(
        playbook="demo", title=title, question=title, event="disaster", signs=Texts(), tracks={"main": track}
    )
    assert playbook.step("main", "look").within == 300


def test_how_loud_it_begins() -> None:
    """A playbook that names no grade, as older versions kept them, is urgent if it calls everybody, else firm."""
    title = Text(ja="例", en="Example")
    written = {"playbook": "demo", "title": title, "question": title, "event": "disaster", "signs": {}, "tracks": {}}
    assert Playbook.model_validate(written).begins_as == "urgent"
    assert Playbook.model_validate(written | {"calls": "deciders"}).begins_as == "firm"
    assert Playbook.model_validate(written | {"grade": "quiet"}).begins_as == "quiet"
