"""From the texts for patients and what a run knows to a draft: phrases chosen, placeholders filled, gaps named.

The texts come from files that people write, so they are filled in a sandbox; what people typed as values is put in as
it is and never read as a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from playbooks.explanations.shape import (
    PLACEHOLDER,
    ExplanationDraft,
    Explanations,
    Filled,
    Kind,
    Values,
    Variant,
    filled,
    seen,
)
from playbooks.model import Event, FacilityKind
from playbooks.texts import Language

# Nothing is escaped: the drafts are plain text, and each channel escapes what it shows.
_SANDBOX = SandboxedEnvironment(autoescape=False, undefined=StrictUndefined)


def draft(
    explanations: Explanations,
    kind: Kind,
    event: Event,
    facility_kind: FacilityKind,
    values: Values,
    facts: Mapping[str, str],
    language: Language,
) -> ExplanationDraft:
    """Write one text for patients from what is known now; the same input always gives the same text.

    An absent fact counts as ``unknown``. Raises KeyError for a kind or placeholder that ``explanations`` lacks, which
    the reader of the files rules out.
    """
    desk = _Desk(explanations, event, facility_kind, filled(explanations, values, facts, language), facts, language)
    text = ""
    for paragraph in explanations.kinds[kind].paragraphs:
        if paragraph.fits(event, facility_kind, desk.facts):
            between = "" if not text else "\n" if paragraph.tight else "\n\n"
            text += between + desk.write(paragraph)
    return ExplanationDraft(text, tuple(desk.unknown))


class _Desk:
    """The writing of one draft: what has been chosen so far, and what it leaves open."""

    def __init__(
        self,
        explanations: Explanations,
        event: Event,
        facility_kind: FacilityKind,
        values: dict[str, Filled],
        facts: Mapping[str, str],
        language: Language,
    ) -> None:
        self.facts = seen(facts, values)
        self.unknown: dict[str, None] = {}
        self._explanations, self._event, self._facility_kind = explanations, event, facility_kind
        self._values, self._language = values, language

    def write(self, variant: Variant) -> str:
        """Fill a wording; notes each gap that it shows."""
        if variant.unknown is not None:
            self.unknown.setdefault(variant.unknown)
        text = variant.in_language(self._language)
        return _template(text).render({name: self._fill(name) for name in PLACEHOLDER.findall(text)}).strip()

    def _fill(self, name: str) -> str:
        if name in self._values:
            value = self._values[name]
            if not value.known:
                self.unknown.setdefault(name)
            return value.text
        for variant in self._explanations.phrases[name]:
            if variant.fits(self._event, self._facility_kind, self.facts):
                return self.write(variant)
        raise KeyError(name)


@lru_cache(maxsize=1024)
def _template(text: str) -> Template:
    return _SANDBOX.from_string(text)
