"""What is real ends the drill for everybody, with one tap, and opens the incident."""

from __future__ import annotations

from flows.commands.drilling import BeginExercise
from flows.commands.facility import ChangeMember
from flows.commands.people import CallOff, Close
from flows.record.journal import FACILITY
from tests.clinic import Clinic


async def begun(clinic: Clinic) -> None:
    """A tabletop drill is running."""
    clinic.orders(BeginExercise("", "tabletop", "partner_ransomware"))
    await clinic.stage.settle()
    clinic.seen.clear()


async def test_one_tap_anywhere(clinic: Clinic) -> None:
    """The drill is aborted, all are told so, and the alarm of the real incident goes out without the banner."""
    await begun(clinic)
    await clinic.does("nurse", button=f"menu|real|{clinic.run().id}")
    drill, incident = clinic.engine.runs()

    assert (drill.state, incident.state, incident.mode) == ("aborted", "responding", "incident")
    assert "訓練中止・実際の障害です" in clinic.read("reception")
    assert any(text.startswith("🚨") for text in clinic.of("director"))


async def test_a_tap_is_no_text_in_anybodys_name(clinic: Clinic) -> None:
    """The report of whoever only tapped holds no words: each reads what it says in their own language."""
    await begun(clinic)
    clinic.orders(ChangeMember(FACILITY, clinic.id("deputy"), {"language": "en"}))
    await clinic.does("nurse", button=f"menu|real|{clinic.run().id}")

    assert clinic.engine.runs()[-1].text == ""
    assert "訓練中に、本物の障害が起きました" in clinic.read("director")
    assert "Something real happened during a drill" in clinic.read("deputy")


async def test_tapped_twice_by_two_people(clinic: Clinic) -> None:
    """One incident, not two; the second tap is told that the drill is over."""
    await begun(clinic)
    run = clinic.run().id
    for who in ("nurse", "deputy", "nurse"):
        await clinic.does(who, button=f"menu|real|{run}")

    assert [r.mode for r in clinic.engine.runs()] == ["drill", "incident"]


async def test_a_text_that_sounds_real_is_asked_about(clinic: Clinic) -> None:
    """Drill or real? Real opens the incident with those very words; drill keeps them in the drill."""
    await begun(clinic)
    shown = await clinic.says("nurse", "電子カルテの画面に英語の脅し文が出て動かない")
    assert "本物の障害ですか" in shown
    await clinic.says("nurse", "訓練のこと")
    assert [n.text for n in clinic.run().notes.values()] == ["電子カルテの画面に英語の脅し文が出て動かない"]

    await clinic.says("deputy", "レセコンの画面に身代金を払えと英語が出た")
    await clinic.does("deputy", button=f"menu|pick|{max(clinic.engine.house.asked)}|real")
    assert clinic.engine.runs()[0].state == "aborted"
    assert clinic.run().text == "レセコンの画面に身代金を払えと英語が出た"


async def test_a_forged_owner(clinic: Clinic) -> None:
    """Nobody gives out tasks with a copied button."""
    await begun(clinic)
    await clinic.does("nurse", button="menu|owner|3|m1")

    assert list(clinic.engine.house.open_tasks()) == []


async def test_a_drill_at_once(clinic: Clinic) -> None:
    """/drills leads to any kind in two taps, a tabletop in three; reception may not begin one with a copied button."""
    await clinic.says("director", "/drills")
    await clinic.says("director", "いま訓練をする")
    await clinic.says("director", "机上訓練")
    await clinic.says("director", "連携先から入ってきた攻撃")
    assert clinic.run().exercise.scenario.id == "partner_ransomware"  # type: ignore[union-attr]

    clinic.orders(CallOff(clinic.run().id, "x"))
    await clinic.does("reception", button="menu|hold|quiz")
    await clinic.does("director", button="menu|hold|juggling")
    assert len(clinic.engine.runs()) == 1


async def test_a_voice_without_a_name_leaves_no_trace_in_the_journal(clinic: Clinic) -> None:
    """Not that it was asked for, nor that it came; an answer to the bot's message counts also after a restart."""
    await begun(clinic)
    run = clinic.run().id
    clinic.orders(Close(run))
    await clinic.stage.settle()
    before = clinic.engine.journal.head()
    await clinic.does("nurse", button=f"menu|nameless|{run}")
    await clinic.says("nurse", "線の色がわからなかった")
    await clinic.does("reception", button=f"menu|nameless|{run}")
    clinic.stage.lamp.desk.drilling.nameless.clear()
    (asked,) = (
        delivery.message_id
        for delivery in clinic.book.of_run(run)
        if delivery.owed.name == "feedback_nameless" and delivery.owed.to.endswith(clinic.id("reception"))
    )
    await clinic.does("reception", text="声が出なかった", replied_to=asked)

    assert clinic.engine.journal.head() == before
    assert clinic.home.journal.laid_aside(run) == ("声が出なかった", "線の色がわからなかった")
    assert "受け取りました" in clinic.read("nurse")


async def test_what_is_real_is_no_feedback(clinic: Clinic) -> None:
    """A plain report of something real is asked about, even from somebody who was about to say something else."""
    await begun(clinic)
    run = clinic.run().id
    clinic.orders(Close(run))
    await clinic.does("nurse", button=f"menu|nameless|{run}")
    shown = await clinic.says("nurse", "電子カルテが動かない、画面に英語が出てる")

    assert "本物の障害ですか" in shown
    assert clinic.home.journal.laid_aside(run) == ()


async def looked_back_on(clinic: Clinic) -> str:
    """A contact drill is over and looked back on; gives its run."""
    await clinic.does("director", button="menu|hold|contact")
    run = clinic.run().id
    await clinic.does("director", button=f"cls|{run}")
    assert clinic.run(run).state == "reviewing"
    return run


async def test_a_tap_and_the_words_behind_it_at_once(clinic: Clinic) -> None:
    """What was tapped and written while nobody listened comes together, and stays without a name."""
    run = await looked_back_on(clinic)
    tap, words = clinic.act("nurse", button=f"menu|nameless|{run}"), clinic.act("nurse", text="指示がわかりにくかった")
    before = clinic.engine.journal.head()
    await clinic.stage.lamp.hear(tap, words)

    assert clinic.engine.journal.head() == before
    assert clinic.home.journal.laid_aside(run) == ("指示がわかりにくかった",)


async def test_who_was_about_to_speak_is_heard_in_an_incident(clinic: Clinic) -> None:
    """What they write then is no voice about the drill: it is kept as a note of what goes on."""
    run = await looked_back_on(clinic)
    await clinic.does("nurse", button=f"menu|nameless|{run}")
    await clinic.does("reception", button=f"menu|real|{run}")
    await clinic.says("nurse", "9:01 患者さんに紙でお会計と伝えた")

    assert [note.text for note in clinic.run().notes.values()] == ["9:01 患者さんに紙でお会計と伝えた"]
    assert clinic.home.journal.laid_aside(run) == ()


async def test_what_is_asked_since_comes_first(clinic: Clinic) -> None:
    """A name that the bot asked for afterwards is that name."""
    run = await looked_back_on(clinic)
    await clinic.does("director", button=f"menu|nameless|{run}")
    await clinic.does("director", button="menu|invite|nurse")
    await clinic.says("director", "山田")

    assert "山田" in [member.name for member in clinic.engine.roster().members]
    assert clinic.home.journal.laid_aside(run) == ()


async def test_real_under_a_drill_that_is_over(clinic: Clinic) -> None:
    """The first tap opens the incident, the second shows where it stands."""
    run = await looked_back_on(clinic)
    clinic.orders(CallOff(run, "x"))
    await clinic.does("reception", button=f"menu|real|{run}")
    assert [(r.mode, r.live) for r in clinic.engine.runs()] == [("drill", False), ("incident", True)]

    clinic.seen.clear()
    await clinic.does("nurse", button=f"menu|real|{run}")
    assert len(clinic.engine.runs()) == 2
    assert "何かおかしい" in clinic.read("nurse")


async def test_nobody_makes_themself_the_judge_of_a_drill(clinic: Clinic) -> None:
    """When it is looked back on, a copied button gives the lead to nobody who doesn't look at what it came to."""
    run = await looked_back_on(clinic)
    await clinic.does("nurse", button=f"led|{run}|")
    await clinic.does("nurse", button=f"rel|{run}")

    assert clinic.entries("facilitator_changed") == clinic.entries("feedback_released") == []
