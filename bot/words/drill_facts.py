"""What the timeline names of a drill's own events."""

from __future__ import annotations

from typing import Any

from bot.words.words import Words
from flows.events.drilling import (
    ExerciseBegun,
    FeedbackReleased,
    InjectHeld,
    InjectSent,
    InjectSkipped,
    ObjectiveRated,
    QuestionAnswered,
)
from flows.events.event import Event
from flows.state.exercise import Exercise
from playbooks.texts import Text


def exercise_facts(words: Words, exercise: Exercise, event: Event | None) -> dict[str, Any]:
    """Give the facts of an event in words; empty for one that is no drill's own."""

    def said(text: Text) -> str:
        return text.in_language(words.language)

    match event:
        case ExerciseBegun():
            scenario = f": {said(exercise.scenario.title)}" if exercise.scenario else ""
            return {"text": f"{said(exercise.kind.title)}{scenario}"}
        case InjectSent() | InjectHeld() | InjectSkipped():
            inject = next(i for i in exercise.injects if i.id == event.inject)
            return {"text": said(inject.text), "people": words.people(getattr(event, "to", ()))}
        case QuestionAnswered():
            question = next(q for q in exercise.questions if q.id == event.question)
            return {"question": said(question.ask)}  # not the answer: nobody's score is shown
        case ObjectiveRated():
            objective = next(o for o in exercise.objectives if o.id == event.objective)
            return {"text": said(objective.text), "answer": words.say(f"rating.{event.rating}")}
        case FeedbackReleased():
            return {"count": len(event.texts), "text": " / ".join(event.texts)}
        case _:
            return {}
