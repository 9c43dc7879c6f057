"""How the approval of a document is offered and told."""

from __future__ import annotations

from bot.channels.channel import Button
from bot.documents.forms.forms import APPROVED_WHOLE, form_of
from bot.documents.source import Source
from bot.screens.labels import button
from bot.screens.requests.reports import ApprovePaper
from bot.screens.scene import Scene, SceneOf, Screen, shows
from bot.words.explaining import MARK
from flows.messages.reporting import DocumentReady
from flows.powers import CHAIN


def approve_button(scene: Scene, source: Source, kind: str) -> Button | None:
    """Offer to approve a document as it reads, to those who may; None where there is nothing to approve."""
    if kind not in APPROVED_WHOLE or not scene.may(CHAIN):
        return None
    form = form_of(kind, source)
    asked = ApprovePaper(source.run_id, kind, source.language, form.sha256[:MARK])
    return button(scene, asked) if form.draft else None


@shows
def approved(scene: SceneOf[DocumentReady]) -> Screen:
    """Tell that a document is approved, and by what it can be recognised."""
    kind, language = scene.message.kind, scene.message.language
    made, words = scene.here().documents[kind, language], scene.words
    key = f"paper.{kind}.title"
    name = words.say(key) if words.has(key) else kind
    return Screen(words.say("document_approved", name=name, who=words.who(made.by), sha256=made.sha256[:16]))
