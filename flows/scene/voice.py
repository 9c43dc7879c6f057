"""Who runs the scene until somebody leads, and who is to call by voice those who decide and haven't answered."""

from __future__ import annotations

from datetime import timedelta

from flows.scene.presence import HOLDS, asks_presence, has_no_hands, where_is
from flows.scene.pulled import leads_wait, pulls
from flows.state.run import Run, VoiceCall
from flows.state.work import Context

PATIENCE = timedelta(minutes=3)
"""So long a call may take, whoever was reached may need to take charge, and whoever reported is left to the machine."""


def runs_scene(run: Run, context: Context) -> str | None:
    """Give who runs the scene, as long as nobody leads: who took it on, whoever reported, else the first with free hands there."""
    if run.playbook is None or not run.live or run.commander is not None or not run.calls_everybody or run.small:
        return None
    first = (run.scene, run.reporter) if run.scene else (run.reporter,)
    there = [m for m in (*first, *in_house(run, context)) if context.can_act(m)]
    return next((m for m in there if not has_no_hands(run, context, m)), run.scene or run.reporter)


def in_house(run: Run, context: Context) -> list[str]:
    """Give who is known to be in the house with free hands, by when they answered; in a drill, whoever answered."""
    asked = asks_presence(run)
    return [
        m
        for m in sorted(run.acknowledged, key=lambda m: run.acknowledged[m])
        if context.can_act(m) and not run.spares(m) and (not asked or where_is(run, context, m) == "here")
    ]


def there(run: Run, context: Context) -> list[str]:
    """Give who is known to be in the house with free hands: who said so, and who did something there with their hands, but said nothing."""
    by_hand = dict.fromkeys((run.reporter, *run.acknowledged))
    unsaid = (m for m in by_hand if where_is(run, context, m) is None and _by_hand(run, context, m))
    return [*in_house(run, context), *(m for m in unsaid if context.can_act(m) and not run.spares(m))]


def still_wanted(run: Run, call: VoiceCall) -> bool:
    """Say whether a call has still to be made: nobody leads, and nobody has said what came of it, or spoke with them."""
    spoken = any(other.reached for other in run.voice_calls.values() if other.whom == call.whom)
    return run.live and run.commander is None and call.told is None and not spoken


def call_in_hand(run: Run, context: Context, of: VoiceCall) -> bool:
    """Say whether somebody is still calling."""
    fresh = context.now < of.at + PATIENCE
    return still_wanted(run, of) and fresh and not has_no_hands(run, context, of.caller)


def call_wanted(run: Run, context: Context, by: str = "") -> tuple[str, str] | None:
    """Give who is to call whom by voice now, ``by`` before others; None where nobody is, or can.

    Whoever reported is left to the machine as long as somebody else is there, and until one thing is done with hands. A lead
    that somebody has in hand, or that waits for the only one who has them free, comes before the call.
    """
    if not _by_voice(run):
        return None
    calls = run.voice_calls.values()
    reached = any(call.reached and call.told and context.now < call.told + PATIENCE for call in calls)
    if reached or any(call_in_hand(run, context, call) for call in calls):
        return None
    whom = next_called(run, context)
    if whom is None:
        return None
    tried = {call.caller for call in calls if call.whom == whom}
    deciding = {m.id for m in context.chain()}  # who can lead is free for that
    others = [m for m in in_house(run, context) if m != run.reporter and m not in deciding]
    free = context.can_act(run.reporter) and not has_no_hands(run, context, run.reporter)
    free = free and not leads_wait(run, context)
    mine = [run.reporter] if free and run.reporter not in deciding and _has_cut(run, context) else []
    able = (m for m in (*others, *mine) if m not in tried and m not in context.busy and not pulls(run, m))
    caller = next(iter(sorted(able, key=lambda m: m != by)), None)
    return None if caller is None else (caller, whom)


def next_called(run: Run, context: Context) -> str | None:
    """Give who is to be called next, of those who decide: nobody who has answered, and nobody twice who was tried."""
    told = {call.whom for call in run.voice_calls.values() if call.told is not None}
    chain = (m.id for m in context.chain())
    return next((m for m in chain if m not in told and m not in run.acknowledged), None)


def _by_voice(run: Run) -> bool:
    """Say whether those who decide are called by voice here: it is urgent, everybody may know, and nobody leads yet."""
    talked_over = run.exercise is not None and (run.exercise.scenario is not None or bool(run.exercise.questions))
    begun = run.playbook is not None and run.live and run.state != "reviewing"
    return begun and run.grade == "urgent" and run.calls_everybody and run.commander is None and not talked_over


def _has_cut(run: Run, context: Context) -> bool:
    """Say whether whoever reported has done one thing with hands, or has none of that kind before them for long."""
    if _by_hand(run, context, run.reporter):
        return True
    shown = run.open_step_of(run.reporter)
    track = run.playbook.tracks.get(shown.track) if shown and run.playbook else None
    ahead = track is not None and any(one.hands for s in track.steps.values() for one in (s, *s.lines.values()))
    return not ahead and run.declared_at is not None and context.now >= run.declared_at + PATIENCE


def _by_hand(run: Run, context: Context, member: str) -> bool:
    """Say whether somebody did a step or a line with their hands, no longer ago than is believed of who said that they are there."""
    since = context.now - HOLDS["here"]
    return any(
        how.member == member and how.at >= since and run.text_of(*place).hands for place, how in run.answered.items()
    )
