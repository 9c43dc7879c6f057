"""What comes beside words or in their place: photos, voice, files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.channels.channel import Attachment, Heard
from bot.desks.likely import Triage
from bot.hearing.belonging import Belonging
from bot.hearing.front_desk import FrontDesk
from flows.commands.people import HandIn, Report
from flows.deeds import Deed
from flows.engine import Engine
from flows.messages.hearing import CannotKeep, NotDone
from flows.record.journal import AT_ONCE, Owed
from flows.response.placing import Nowhere, Place, Which, place_media


class HandedIn:
    """Keeps what is handed in where it belongs, and asks for words where it can't be kept."""

    def __init__(
        self,
        engine: Engine,
        triage: Triage,
        desk: FrontDesk,
        belonging: Belonging,
        written: Callable[[str, Heard, str], Deed],
    ) -> None:
        """``desk`` takes the files that it waits for; ``written`` hears words that came with what can't be kept."""
        self.engine, self.triage, self.desk, self.belonging, self.written = engine, triage, desk, belonging, written

    def take(self, heard: Heard, member: str) -> Deed:
        """Keep what came where it belongs; what came while nothing goes on reports."""
        attachment = heard.attachment
        assert attachment is not None  # noqa: S101  (the caller looked)
        if attachment.kind == "other":
            return self._not_kept(attachment.what, heard, member)
        if attachment.kind == "voice":
            return self._spoken(heard, attachment, member)
        if self.desk.takes_file(heard, member):
            return self.desk.handed(heard, member)
        thing = _thing(heard, attachment)
        place = place_media(member, self.belonging.runs_for(heard), self.belonging.replied(heard))
        match place:
            case Nowhere():
                likely = self.triage(heard.text or "")
                candidates = tuple(dict.fromkeys((*likely.playbooks, "unknown")))
                report = Report("", heard.text or "📷", candidates, near=likely.near)
                return Deed(report, lambda: self.beside(heard, member, attachment))
            case Which(runs=runs):
                return self.belonging.held(heard, "which_run", runs=list(runs), thing=thing)
            case Place(run=run_id, shown=shown):
                return Deed(HandIn(run_id, **thing, shown=shown), lambda: self._mention_needed_text(member, run_id))

    def beside(self, heard: Heard, member: str, attachment: Attachment) -> Deed:
        """Keep what came along with the words of a new report in its record, where it can be kept."""
        if attachment.kind == "other":
            return Deed(Owed(member, CannotKeep(attachment.what), priority=AT_ONCE))
        return Deed(HandIn(self.engine.runs()[-1].id, **_thing(heard, attachment)))

    def _spoken(self, heard: Heard, voice: Attachment, member: str) -> Deed:
        """Keep what was spoken where it belongs; nobody here can hear it, so that a line in words is asked for."""
        place = place_media(member, self.belonging.runs_for(heard), self.belonging.replied(heard))
        if not isinstance(place, Place):
            return self._not_kept(voice.kind, heard, member)
        return Deed(HandIn(place.run, **_thing(heard, voice)))

    def _not_kept(self, what: str, heard: Heard, member: str) -> Deed:
        """Ask for words in the place of what can't be kept; words that came with it are heard."""
        text = (heard.text or "").strip()
        words = Deed(lambda: self.written(text, replace(heard, attachment=None), member)) if text else Deed()
        return Deed(Owed(member, CannotKeep(what), priority=AT_ONCE), words)

    def _mention_needed_text(self, member: str, run_id: str) -> Deed:
        """Say so when a photo came where a step waits for words; the photo is kept all the same."""
        run = self.engine.run(run_id)
        shown = run.open_step_of(member) if run else None
        if run is not None and (member in run.asking or (shown and run.at_hand(shown).type.wants == "text")):
            return Deed(Owed(member, NotDone("needs_text"), run_id, priority=AT_ONCE))
        return Deed()


def _thing(heard: Heard, attachment: Attachment) -> dict[str, Any]:
    """Give what was sent along, as it is kept: by its channel's name for it."""
    return {
        "reference": f"{heard.address.partition(':')[0]}:{attachment.reference}",
        "media": attachment.kind,
        "file_name": attachment.file_name,
        "caption": heard.text,
    }
