"""Reading the handbook: what comes along, over it a home's own files, and its settings on top. All starters use this."""

from __future__ import annotations

from pathlib import Path

from bot.library import catalogue_of
from bot.settings import Settings, with_cadences
from contacts.references import REFERENCES
from contacts.roles import EVERY_ROLE
from flows.handbook import Handbook
from playbooks.authoring.folders import OWN
from playbooks.drills.reading import OWN as OWN_DRILLS
from playbooks.drills.reading import load_drills
from playbooks.duties.reading import load_duties
from playbooks.duties.shape import Duties
from playbooks.explanations.reading import load_explanations
from playbooks.first_words.reading import first_words
from playbooks.problems import Problem

OWN_EXPLANATIONS = "explanations"
"""The folder of a facility's own texts for patients inside its home."""


def read_handbook(home: Path | None = None, settings: Settings | None = None) -> tuple[Handbook, list[Problem]]:
    """Read what comes along, with a home's own on top; gives what is sound, and the problems of all files."""
    folders = [home] if home else []
    settings = settings or Settings()
    catalogue = catalogue_of(*(folder / OWN for folder in folders))
    law = load_duties()
    explanations, in_explanations = load_explanations(*(folder / OWN_EXPLANATIONS for folder in folders))
    own_drills = (folder / OWN_DRILLS for folder in folders)
    library, in_drills = load_drills(
        *own_drills,
        playbooks=catalogue.playbooks,
        roles=EVERY_ROLE,
        contacts=REFERENCES,
        digest=catalogue.digest,
    )
    drills, unknown = with_cadences(library, settings.drills)
    handbook = Handbook(
        playbooks=catalogue.playbooks,
        duties=law if isinstance(law, Duties) else None,
        explanations=explanations,
        drills=drills,
        pace=settings.pace,
        first_words=first_words(),
        weekly_line=settings.heartbeat.weekly_line,
        retention_years=settings.retention.years,
    )
    in_law = () if isinstance(law, Duties) else law
    return handbook, [*in_law, *in_explanations, *in_drills, *unknown, *catalogue.problems]
