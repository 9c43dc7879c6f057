"""How the drills of a kind are compared in the chat: a picture, once a drill has been signed off."""

from __future__ import annotations

from bot.screens.drills.running import exercise_of, name_of
from bot.screens.scene import SceneOf, Screen, shows
from flows.messages.drilling import DrillTrend
from flows.response.measuring import series


@shows
def drill_trend(scene: SceneOf[DrillTrend]) -> Screen:
    """Show whoever leads how the drills of this kind went so far, up to this one."""
    run, words = scene.here(), scene.words
    runs = [known.copy() for known in series(run, scene.engine.runs())]

    def made() -> tuple[str, bytes]:
        from bot.documents.records.drill_trend import drill_trend as drawn  # noqa: PLC0415  (matplotlib takes its time to load)

        return f"{run.id}-trend.png", drawn(runs, words)

    return Screen(words.say("drill.trend", name=name_of(scene, exercise_of(scene)), count=len(runs)), picture=made)
