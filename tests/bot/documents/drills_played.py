"""A year of drills played for its documents: a tabletop drill twice, a quiz and a contact drill, and one real incident."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from contacts.shapes.facility import Facility
from flows.commands.drilling import AnswerQuestion, AskFeedback, BeginExercise, RateObjective
from flows.commands.drills import PostponeDrill, StartDrill
from flows.commands.facility import PutRegistry, RegistryRow
from flows.commands.people import Acknowledge, AnswerStep, CallOff, Close, SettleLine, SignOff, TickItem
from flows.commands.upkeep import FinishTask, OpenTask, VerifyTask
from flows.record.journal import FACILITY
from flows.refusals import Refused
from flows.response.lines import open_lines
from flows.state.run import Run, Shown
from tests.clinic import Clinic

EVERYBODY = ("director", "deputy", "reception", "nurse")
WEEK = ("mon", "tue", "wed", "fri", "sat")
LAST_STEPS = 40
"""Answers after which a drill is ended, whatever is left."""


def passes(clinic: Clinic, minutes: float) -> None:
    """Let time go by and do what it has made due; nothing is delivered, which nobody would read here."""
    clinic.clock.advance(minutes=minutes)
    clinic.engine.tick(clinic.clock.now())


async def says(clinic: Clinic, who: str, text: str) -> None:
    """Let somebody type, without what comes of it being delivered."""
    await clinic.stage.lamp.hear(clinic.stage.terminal(clinic.id(who)).heard(text))


async def at(clinic: Clinic, *moment: int) -> None:
    """Let it be a later moment, given as year, month, day, hour, minute in UTC."""
    clinic.clock.set(datetime(*moment, tzinfo=UTC))  # type: ignore[misc, arg-type]
    clinic.engine.tick(clinic.clock.now())


async def tabletop(clinic: Clinic, minutes: tuple[float, ...] = (3, 2, 9), steps: int = 12) -> Run:
    """Play the ransomware story: deputy, reception and nurse confirm after so many minutes; some steps are answered."""
    clinic.orders(BeginExercise("", "tabletop", "partner_ransomware"))
    run = clinic.run().id
    for who, wait in sorted(zip(EVERYBODY[1:], minutes, strict=True), key=lambda pair: pair[1]):
        left = wait - (clinic.clock.now() - clinic.run(run).reported_at).total_seconds() / 60  # type: ignore[operator]
        passes(clinic, max(0, left))
        clinic.orders(Acknowledge(run), who)
    await answers(clinic, run, steps)
    return await debriefed(clinic, run)


async def answers(clinic: Clinic, run: str, most: int = LAST_STEPS, numbers: str = "0") -> None:
    """Let everybody answer the steps on their screens as done, a minute each."""
    for _ in range(most):
        live = clinic.run(run)
        shown = next(iter(live.open_steps()), None)
        if shown is None:
            passes(clinic, 1)
            continue
        step = live.step(shown)
        if step.lines:
            card(clinic, run, shown, numbers)
            passes(clinic, 1)
            continue
        move = f"choice:{next(iter(step.choices))}" if step.type.wants == "choice" else "done"
        given = {
            "number": {"value": numbers},
            "text": {"text": "電池が切れていた懐中電灯"},
            "moment": {"text": "今朝8:40ごろ"},
            "contact": {"promised": "折り返しの電話"},
        }.get(step.takes, {})
        chosen = step.answers.get(move)
        why = "訓練のため" if step.decision or (chosen and chosen.reason == "required") else None
        for item in step.choices if step.type.wants == "ticks" else ():
            clinic.orders(TickItem(run, shown.turn, item), shown.member)
        try:
            clinic.orders(AnswerStep(run, shown.turn, move, given, why), shown.member)
        except Refused:  # a photo that nobody has
            clinic.orders(AnswerStep(run, shown.turn, "cannot", {}, "撮れない"), shown.member)
        passes(clinic, 1)


def card(clinic: Clinic, run: str, shown: Shown, numbers: str = "0") -> None:
    """Let somebody settle each line of a card; a photo is what nobody has."""
    while clinic.run(run).shown[shown.turn].open:
        context = clinic.engine.context(clinic.clock.now(), shown.member, run)
        name, line = next(iter(open_lines(clinic.run(run), context, shown.track, shown.step).items()))
        move = f"choice:{next(iter(line.choices))}" if line.type.wants == "choice" else "done"
        given = {
            "text": {"text": "電池が切れていた懐中電灯"},
            "moment": {"text": "今朝8:40ごろ"},
            "contact": {"promised": "折り返しの電話"},
            "time": {"at": "8:50"},
            "number": {"value": numbers},
        }
        if line.takes == "photo":
            clinic.orders(SettleLine(run, shown.turn, name, "cannot", reason="撮れない"), shown.member)
        else:
            clinic.orders(SettleLine(run, shown.turn, name, move, given=given.get(line.takes, {})), shown.member)


async def debriefed(clinic: Clinic, run: str) -> Run:
    """End a drill, answer its debrief, rate by the proposals, let three speak and sign it off."""
    clinic.orders(Close(run))
    for said in (
        "線を抜いて紙に移る",
        "線は抜けたが、紙の置き場所で迷った",
        "棚が変わっていた",
        "声をかけ合うこと",
        "紙の置き場所を決める",
    ):
        if clinic.run(run).asking:
            await says(clinic, "director", said)
    if clinic.run(run).state == "reviewing":
        if clinic.run(run).exercise.objectives:  # type: ignore[union-attr]
            clinic.orders(RateObjective(run, "all"))
        for who, named, text in (
            ("nurse", "no", "番号の紙が見つからなかった"),
            ("reception", "no", "あわてた。もう一度やりたい"),
            ("deputy", "yes", "次は私が進行役をします"),
        ):
            await may_speak(clinic, run, who, named)
            await says(clinic, who, text)
        clinic.orders(SignOff(run))
    clinic.engine.tick(clinic.clock.now())
    return clinic.run(run)


async def quiz(clinic: Clinic, wrong: tuple[str, ...] = ("nurse",)) -> Run:
    """Play the quiz; those in ``wrong`` choose a wrong answer each time."""
    clinic.orders(BeginExercise("", "quiz"))
    run = clinic.run()
    for who in EVERYBODY:
        passes(clinic, 1)
        for number, question in enumerate(run.exercise.questions):  # type: ignore[union-attr]
            other = next(option for option in question.options if option != question.right)
            option = other if who in wrong else question.right or other
            clinic.orders(AnswerQuestion(run.id, number, option), who)
    return await debriefed(clinic, run.id)


async def contact(clinic: Clinic, wrong: str = "2", planned: str = "") -> Run:
    """Play the contact drill, in which so many numbers are wrong; ``planned`` is its id in the calendar."""
    clinic.orders(BeginExercise("", "contact", "", planned))
    run = clinic.run().id
    if planned:
        clinic.orders(StartDrill(FACILITY, planned, run, outside=True))
    for who in EVERYBODY:
        if clinic.id(who) not in clinic.run(run).acknowledged:
            clinic.orders(Acknowledge(run), who)
        passes(clinic, 4)
    await answers(clinic, run, numbers=wrong)
    return await debriefed(clinic, run)


async def improved(clinic: Clinic, run: Run, text: str = "紙の受付票を棚に置く", *, done: bool = True) -> int:
    """Let an improvement come of a drill, and be seen to; gives its number."""
    clinic.orders(OpenTask(FACILITY, "improvement", {"run": run.id, "text": text}, clinic.id("nurse")))
    task = max(clinic.engine.house.tasks)
    if done:
        clinic.orders(FinishTask(FACILITY, task, "置きました"), "nurse")
    return task


def opens(clinic: Clinic) -> None:
    """Give the facility its hours, so that the calendar can plan the year's drills."""
    was = clinic.home.journal.registry("facility")[FACILITY]
    sessions = {day: [{"start": "09:00", "until": "12:30"}] for day in WEEK}
    midday = {day: [{"start": "12:30", "until": "15:00"}] for day in WEEK}
    row = Facility.model_validate({**json.loads(was), "sessions": sessions, "marked": {"midday": midday}})
    clinic.orders(PutRegistry(FACILITY, (RegistryRow("facility", FACILITY, row.model_dump_json(), was),)))
    passes(clinic, 20)


async def year(clinic: Clinic) -> list[str]:
    """Play fiscal 2027 with its drills and one false alarm; gives the drills that were held to their end."""
    opens(clinic)
    first = await tabletop(clinic)
    task = await improved(clinic, first)
    await improved(clinic, first, "電話番号の紙を新しくする", done=False)
    await at(clinic, 2027, 4, 9, 1)
    planned = next(d for d in clinic.engine.house.calendar.ahead() if d.kind == "contact")
    clinic.orders(PostponeDrill(FACILITY, planned.id, "発熱の患者さんが多い"))
    clinic.clock.set(clinic.engine.house.drills[planned.id].at)
    second = await contact(clinic, planned=planned.id)
    await at(clinic, 2027, 5, 20, 4)
    third = await quiz(clinic)
    await at(clinic, 2027, 8, 3, 1)
    incident = await clinic.incident()
    clinic.orders(CallOff(incident.id, "見まちがい", "vendor"))
    await at(clinic, 2027, 10, 21, 4)
    again = await quiz(clinic, wrong=())
    await at(clinic, 2027, 11, 18, 4)
    clinic.orders(BeginExercise("", "tabletop", "partner_ransomware"))
    clinic.orders(CallOff(clinic.run().id, "患者さんが重なった"))
    await at(clinic, 2027, 11, 25, 4)
    last = await tabletop(clinic, (1, 1, 4), steps=28)
    clinic.orders(VerifyTask(FACILITY, task, last.id, holds=True))
    return [run.id for run in (first, second, third, again, last)]


async def may_speak(clinic: Clinic, run: str, who: str, named: str) -> None:
    """Let somebody tap one of the two buttons under the question what they think."""
    if named == "yes":
        clinic.orders(AskFeedback(run), who)
    else:
        await clinic.does(who, button=f"menu|nameless|{run}")
