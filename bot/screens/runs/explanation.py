"""How the texts for patients are shown: the draft with its gaps, the approval, and where it was used."""

from __future__ import annotations

from typing import cast

from bot.screens.labels import button
from bot.screens.requests.runs import ApproveText, MarkUsed, ShowText
from bot.screens.scene import SceneOf, Screen, rows, shows
from bot.words.explaining import draft_for, kinds_of, mark_of
from flows.commands.explaining import ApproveExplanation
from flows.messages.reporting import ExplanationReady, ExplanationShown, ExplanationsOffered
from playbooks.explanations.shape import Kind
from playbooks.texts import WRITTEN


@shows
def choose(scene: SceneOf[ExplanationsOffered]) -> Screen:
    """Offer the kinds of texts, each in both languages."""
    run = scene.here()
    buttons = [button(scene, ShowText(run.id, kind, language)) for kind in kinds_of(run) for language in WRITTEN]
    return Screen(scene.words.say("explain"), rows(*buttons, width=2))


@shows
def show(scene: SceneOf[ExplanationShown]) -> Screen:
    """Show a text as it reads now; what is approved can be marked as used, a new wording has to be approved first."""
    run, words = scene.here(), scene.words
    kind, language = cast("Kind", scene.message.kind), scene.message.language
    texts = scene.engine.handbook.explanations
    if texts is None or run.playbook is None:
        return Screen(words.say("refused.not_sorted" if run.playbook is None else "refused.not_now"))
    draft = draft_for(texts, run, scene.context, kind, language)
    approved = run.explanations.get((kind, language))
    fresh = approved is None or approved.text != draft.text
    unknown = [texts.unknowns[name].in_language(words.language) for name in draft.unknown if name in texts.unknowns]
    text = words.say(
        "explanation", name=words.say(f"explain.{kind}.{language}"), draft=draft.text, unknown=unknown, fresh=fresh
    )
    may_approve = scene.may(ApproveExplanation(run.id, kind, language, draft.text))
    approve = button(scene, ApproveText(run.id, kind, language, mark_of(draft.text)))
    return Screen(
        text,
        rows(
            approve if fresh and may_approve else None,
            button(scene, MarkUsed(run.id, kind, language)) if approved else None,
        ),
    )


@shows
def approved(scene: SceneOf[ExplanationReady]) -> Screen:
    """Tell that a text may be used, with the text itself to copy."""
    kind, language = cast("Kind", scene.message.kind), scene.message.language
    run, words = scene.here(), scene.words
    text = run.explanations[kind, language]
    used = button(scene, MarkUsed(run.id, kind, language))
    name = words.say(f"explain.{kind}.{language}")
    return Screen(words.say("explanation_approved", name=name, who=words.who(text.by), text=text.text), rows(used))
