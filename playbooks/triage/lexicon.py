"""The lexicon that comes along, and the triage made of it and of a catalogue's signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from playbooks.authoring.folders import LIBRARY
from playbooks.authoring.shipped import shipped
from playbooks.model import Playbook
from playbooks.remembering import digest_of, remembered
from playbooks.texts import WRITTEN, Data, Texts
from playbooks.triage.ranking import CALM, Knowledge, Sign, Triage
from playbooks.triage.scales import remembered_as
from playbooks.triage.speech import Speech

LEXICON = LIBRARY / "triage.yaml"


class Lexicon(Data):
    """What helps to understand people and belongs to no single playbook; ``library/triage.yaml`` in this shape.

    ``means`` are words that mean much the same in this place. ``settles`` names those groups after which a clause
    tells no trouble however it is worded ("restored", "drill", "at a friend's"), unless one of those given with it is in
    the same clause ("ours, too"); ``lasting`` names
    those that hold for the rest of the sentence, too; ``undoes`` names groups that take back those beside them in what was said before
    ("found it" after "lost"); ``hushes`` those that only make it less likely (a
    question, an order, a deed done) unless one of ``alarms`` is in the same clause (``a+b``: only where both meet). ``vague`` names playbooks that give way to
    a more definite one that is nearly as near, ``doubted`` those that give way where one of these is told, too.
    """

    same: dict[str, str] = {}
    stop: tuple[str, ...] = ()
    fine: tuple[str, ...] = ()
    means: dict[str, Texts] = {}
    settles: dict[str, tuple[str, ...]] = {}
    lasting: tuple[str, ...] = ()
    undoes: dict[str, tuple[str, ...]] = {}
    hushes: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    doubted: dict[str, tuple[str, ...]] = {}
    calm: Texts = Texts()


def triage_of(playbooks: Mapping[str, Playbook]) -> Triage:
    """Make the triage that knows the signs of these playbooks, a facility's own among them, but for those of drills alone."""
    return _knowing(_signs_of(playbooks))


def weighed_as(playbooks: Mapping[str, Playbook]) -> str:
    """Give the name under which the scales of these playbooks' signs are remembered."""
    return _name(_signs_of(playbooks))


def triage_with(signs: Mapping[str, Texts], lexicon: Lexicon) -> Triage:
    """Make the triage that knows these signs by this lexicon, and remember nothing of it."""
    return Triage(knowledge_of(lexicon), _said(lexicon, signs.items()))


def known() -> Knowledge:
    """Give what the lexicon that comes along knows; remembered, since to fold its words takes its time."""
    return remembered(Knowledge, [LEXICON.read_bytes()], lambda: knowledge_of(_lexicon())) or knowledge_of(_lexicon())


def knowledge_of(lexicon: Lexicon) -> Knowledge:
    """Make a lexicon ready."""
    speech = Speech(lexicon.same, lexicon.stop, lexicon.fine)
    words = {name: [speech.term(word) for word in (*t.ja, *t.en)] for name, t in lexicon.means.items()}
    return Knowledge(words=words, **lexicon.model_dump(exclude={"means", "calm"}))


_Signs = tuple[tuple[str, Texts], ...]


def _signs_of(playbooks: Mapping[str, Playbook]) -> _Signs:
    return tuple((name, book.signs) for name, book in playbooks.items() if "incident" in book.use)


@lru_cache(maxsize=4)
def _knowing(signs: _Signs) -> Triage:
    return Triage(known(), _said(_lexicon(), signs), remembered_as(_name(signs)))


def _name(signs: _Signs) -> str:
    texts = (part for name, texts in signs for part in (name, texts.model_dump_json()))
    return digest_of(part.encode() for part in (_lexicon().model_dump_json(), *texts)).hex()


def _said(lexicon: Lexicon, signs: Iterable[tuple[str, Texts]]) -> list[Sign]:
    return [
        (name, language, sign)
        for name, texts in (*signs, (CALM, lexicon.calm))
        for language in WRITTEN
        for sign in texts.in_language(language)
    ]


@cache
def _lexicon() -> Lexicon:
    return shipped(Lexicon, LEXICON)
