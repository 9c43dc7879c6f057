"""What a play leaves: each document of its run in every form it takes on paper, and the evidence bundle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot.bundle.contents import export
from bot.bundle.papers import papers
from bot.demo.play import Cast
from bot.documents.forms.forms import concerns
from bot.documents.kinds import Format, kinds, make, subject
from bot.documents.source import Source
from bot.words.free_texts import free_texts
from flows.commands.papers import LookAtTexts
from flows.state.run import Run

FORMS: Final[tuple[Format, ...]] = ("pdf", "docx", "xlsx")
DOCUMENTS: Final = "documents"
BUNDLE: Final = "evidence.zip"


def look_through(cast: Cast, run: Run) -> tuple[int, int]:
    """Let the director look at what was written: plain words go out, what seems to name somebody doesn't; gives both counts."""
    engine, now, director = cast.stage.home.engine, cast.stage.clock.now(), cast.members["director"]
    texts = [(t.turn, t.stands_out(engine.roster())) for t in free_texts(engine.journal.entries(run=run.id))]
    kept, withheld = [turn for turn, marks in texts if not marks], [turn for turn, marks in texts if marks]
    for turns, keep in ((kept, True), (withheld, False)):
        if turns:
            order = LookAtTexts(run.id, tuple(turns), keep, "" if keep else "names")
            engine.handle(order, actor=director, now=now, cause=f"demo:looked:{keep}")
    return len(kept), len(withheld)


def leave_papers(cast: Cast, run: Run, folder: Path, watch: Callable[[str], None]) -> int:
    """Write every document of a run and the house's own evidence bundle; gives how many documents. ``watch`` hears each name."""
    home, language = cast.stage.home, cast.language
    source = Source.of(home.engine, run.id, language, photos=home.own_photo)
    (folder / DOCUMENTS).mkdir(exist_ok=True)
    known = {kind: of for kind, of in kinds(subject(source)).items() if concerns(kind, source.run)}
    made = [(kind, form) for kind, of in known.items() for form in FORMS if form in of.formats]
    for kind, form in made:
        watch(f"{kind}.{form}")
        (folder / DOCUMENTS / f"{kind}.{form}").write_bytes(make(source, kind, form))
    watch(BUNDLE)
    export(home.path, run.id, folder / BUNDLE, recipient="internal", language=language, documents=papers)
    return len(made)
