"""Whether somebody's words say that a person is in danger, or that this place burns: told apart from everyday words.

What counts stands in ``library/danger.yaml``. A clause is looked at by itself: what happens there, to whom (the nearest
subject before it), and whether something in it makes it talk about what is over, planned, asked or denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Literal, NamedTuple

from playbooks.authoring.folders import LIBRARY
from playbooks.authoring.shipped import shipped
from playbooks.frozen import frozen
from playbooks.texts import Data
from playbooks.triage.gate import gate
from playbooks.triage.sense import sense
from playbooks.triage.speech import SENTENCE, is_english, pattern_of, plainly_folded, remembered

LEXICON = LIBRARY / "danger.yaml"

Kind = Literal["person", "violence", "fire", "despair", "own_despair"]
KINDS: tuple[Kind, ...] = ("fire", "violence", "person", "despair", "own_despair")
"""What may be in danger, in the order in which it is told where a text says several: out first, then away, then help.

Somebody who does not want to live may be another (``despair``) or who writes (``own_despair``).
"""

DESPAIR = frozenset({"despair", "own_despair"})
"""Of these nobody is rung by itself, and others read nothing of what was written."""

OWN_WORDS: dict[str, tuple[str, ...]] = {
    "person": ("eye", "machine", "burn"),
    "fire": ("tsunami", "flood", "gas"),
    "violence": ("voiceless", "wounded"),
}
"""Themes of which whoever wrote is told something else first than of other dangers of the kind."""

CALM = "calm"
"""What the sense for danger calls everything else."""

HARDLY, SUSPECTED, OF_THINGS, OF_TALK, BESIDE_PATTERNS, ALONE = 0.1, 0.4, 0.6, 0.7, 0.2, 0.9
"""How likely danger must be: below the first, what patterns find is none unless somebody is named; from the second on it is suspected without them,
from the third on where only things are named, from the fourth on where something makes it talk; from the fifth on others are rung where
patterns find it plain, from the last on without them. Measured on sentences of writers left out of what was learnt: alone it
reaches 31 of 100 dangers, and of 13,000 everyday and look-alike texts two that are none."""

Question = Literal["asks_whose", "asks_words", "asks_long", "asks_care", "asks_doing", "asks_state"]
"""What is asked amid a danger: who is to call, what to say then, how long help takes, how to help, what to do, how it stands."""

News = Literal["called", "arrived", "eased", "asks_called", "uncalled", "cannot_call", "voiceless"]
"""What may be told of it later: help was called, help is here, it has eased; whether help was called is asked, or it wasn't; who
writes can't call, or must not be heard."""

_CLAUSE = re.compile(
    r"[、,。.!\n]+(?!$)|けれども?|けど|(?<=[たる])ので|ですが|みたいで(?!す)|"
    r"(?<=って言って)(?!い|る)|(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])|\bbut\b"
)
_ASKED_ALOUD = re.compile(r"!+\?")
_BESIDE = re.compile(
    r"の?(?:前|まえ|横|よこ|下|上|裏|うら|中|なか|そば|隣|となり|所|ところ|方|棚|部屋)|[でにからと](?!き)"
)
"""What stands after a thing that tells where something happens, not to what."""
_INFLECTED = re.compile(
    r"(?:[てで](?:い|お)?(?:る|た|ます|ました|ない|ません|り)|ちゃっ?た|ました|ません|ない|とっ?[るた]|んです|んだ|のは|です|ます|し?な?[いくし]|"
    r"[たるんだよねわがけど、,\s])*"
)
"""What may stand between what happens and whom it happens to, where that comes after it (「息してないよ、患者さん」)."""
_ENDED = re.compile(r"[、,]|ます|です|ました")
"""What a verb ends a sentence with: what comes after it is not what it tells of, but where (「倒れました、パソコンの前で」)."""
_NAMED_LAST = re.compile(
    r"(?:さん|ちゃん|くん|様|の方)*(?:[がはをもの、!]|です|だ)*(?:い(?:る|ます|て|た|ました)|お[るり]|発見|見つけ|どう|助け|早く|$)"
    r"|(?: (?:here|in|at|on)\b.*| (?:help|please|hurry|now|come)\b.*)?$"
)
"""What follows a person who is named after what happened, and nobody who merely comes next (「反応ない、患者さん並んでる」)."""
_SAID = re.compile(r"[\s、,。.!?〜~ー…]+|(?:です|だ|や|で|よ)+$")
_SAID_ALONE = re.compile(r"[\s、,。.!〜~ー…]+")
_ONE_SIGN = re.compile(r"(.)\1*", re.DOTALL)
"""A sign again and again says nothing: a key that stuck, or a phone in a pocket."""
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_LONGEST = 1000
_NEAR = 14
"""Signs within which somebody is named after what happened."""


class DangerState(Data):
    """One thing that happens to people or places, ``unless`` it is said of something; see the file.

    ``despite`` names what sounds like a doubt and is none here: of a bomb one is told by telephone. What is ``sure`` is not
    weighed against what was learnt. What goes ``across`` clauses is looked for in all that was said so far. It counts only where
    the text says all that has to stand ``beside`` it, too.
    """

    name: str
    kind: Kind
    words: str
    needs: Literal["person"] | None = None
    unless: str = "(?!)"
    alone: bool = False
    doubtful: bool = False
    despite: str = "(?!)"
    sure: bool = False
    across: bool = False
    beside: tuple[str, ...] = ()


class DangerLexicon(Data):
    """``library/danger.yaml`` in this shape: patterns over folded text."""

    spelt: dict[str, str]
    person: str
    thing: str
    states: tuple[DangerState, ...]
    news: dict[Literal["called", "arrived", "police", "police_here"], str]
    wonders: str
    asks_called: str
    uncalled: str
    cut_off: str
    questions: dict[Question, str]
    asks_beside: str
    voiceless: str
    hiding: str
    cannot_call: str
    returns: str
    hushes: str
    denied: str
    adverse: str
    quotes: str
    contrary: str
    eased: dict[Kind | Literal["anyhow"], str]
    mistaken: str
    practised: str
    slip: str
    slip_alone: str
    about: dict[Kind, str]
    themes: dict[str, str]
    elsewhere: str
    inside: str
    outside: str
    insists: str
    coming: str
    looks_for: str
    waits_for: str
    distress: str
    real: str
    earlier: str
    whether: str
    exposed: str
    idle: str
    answers: str
    beside_cries: str
    bare: dict[Kind, str]
    lifts: str
    stories: str
    moods: str
    moody: str
    past: str
    going_on: str
    asks: str
    pleas: str
    doubts: str
    hedges: str
    calms: str
    quoted: str


@frozen
class Danger:
    """A danger that was told; ``plain`` where there is no doubt, so that others may be rung for it.

    ``told`` says that the words say so themselves, and not only what was learnt of such words; ``named``, that they name
    somebody to whom it happens; ``helped``, that help was called already; ``real``, that it is no drill; ``sure``, that
    what was learnt has no say in it.
    """

    kind: Kind
    plain: bool
    told: bool = True
    named: bool = False
    helped: bool = False
    real: bool = False
    sure: bool = False


class _Pattern(NamedTuple):
    """What a state of the lexicon is found by."""

    state: DangerState
    words: re.Pattern[str]
    unless: re.Pattern[str]
    despite: re.Pattern[str]
    beside: tuple[re.Pattern[str], ...]


class DangerEars:
    """Hears danger in what people write."""

    def __init__(self, lexicon: DangerLexicon) -> None:
        """Compile the lexicon's patterns."""
        self._states = [
            _Pattern(
                state,
                pattern_of(state.words),
                pattern_of(state.unless),
                pattern_of(state.despite),
                tuple(map(pattern_of, state.beside)),
            )
            for state in lexicon.states
        ]
        self._spelt = [(pattern_of(spelt), meant) for spelt, meant in lexicon.spelt.items()]
        self._person, self._thing = pattern_of(lexicon.person), pattern_of(lexicon.thing)
        self._lifts, self._past, self._going_on = map(pattern_of, (lexicon.lifts, lexicon.past, lexicon.going_on))
        self._answers, self._beside_cries = map(pattern_of, (lexicon.answers, lexicon.beside_cries))
        self._bare = {kind: pattern_of(cries) for kind, cries in lexicon.bare.items()}
        self._news = {news: pattern_of(words) for news, words in lexicon.news.items()}
        self._wonders, self._asks_called = pattern_of(lexicon.wonders), pattern_of(lexicon.asks_called)
        self._uncalled, self._cut_off = pattern_of(lexicon.uncalled), pattern_of(lexicon.cut_off)
        self._questions = {question: pattern_of(words) for question, words in lexicon.questions.items()}
        self._asks_beside, self._returns = pattern_of(lexicon.asks_beside), pattern_of(lexicon.returns)
        self._voiceless, self._hiding = pattern_of(lexicon.voiceless), pattern_of(lexicon.hiding)
        self._cannot_call, self._hushes = pattern_of(lexicon.cannot_call), pattern_of(lexicon.hushes)
        self._adverse, self._contrary = pattern_of(lexicon.adverse), pattern_of(lexicon.contrary)
        self._denied = pattern_of(lexicon.denied)
        self._quotes, self._practised = pattern_of(lexicon.quotes), pattern_of(lexicon.practised)
        self._eased: dict[str, re.Pattern[str]] = {kind: pattern_of(words) for kind, words in lexicon.eased.items()}
        self._about = {kind: pattern_of(words) for kind, words in lexicon.about.items()}
        self._themes = {theme: pattern_of(words) for theme, words in lexicon.themes.items()}
        self._mistaken, self._real = pattern_of(lexicon.mistaken), pattern_of(lexicon.real)
        self._slip, self._slip_alone = (
            pattern_of(lexicon.slip),
            pattern_of(lexicon.slip_alone.replace("@", lexicon.slip)),
        )
        self._elsewhere, self._insists = pattern_of(lexicon.elsewhere), pattern_of(f"(?:{lexicon.insists})+")
        self._inside, self._outside = pattern_of(lexicon.inside), pattern_of(lexicon.outside)
        self._coming, self._distress = pattern_of(lexicon.coming), pattern_of(lexicon.distress)
        self._looks_for, self._waits_for = pattern_of(lexicon.looks_for), pattern_of(lexicon.waits_for)
        self._earlier, self._whether = pattern_of(lexicon.earlier), pattern_of(lexicon.whether)
        self._exposed, self._stories = pattern_of(lexicon.exposed), pattern_of(lexicon.stories)
        self._idle = pattern_of(lexicon.idle)
        self._moods, self._moody = map(pattern_of, (lexicon.moods, lexicon.moody))
        self._asks, self._pleas, self._doubts = map(pattern_of, (lexicon.asks, lexicon.pleas, lexicon.doubts))
        self._hedges, self._calms = pattern_of(lexicon.hedges), pattern_of(lexicon.calms)
        self._quoted = pattern_of(lexicon.quoted)
        self._folded = remembered(self._fold)

    def hear(self, text: str) -> Danger | None:
        """Give the danger that a text tells of, the plainest and most pressing first; None for everyday words."""
        folded = whole = self._idle.sub("", self._folded(text))
        idle = whole != self._folded(text)
        told = any(news.search(folded) for news in self._news.values())
        failed = self._cut_off.search(folded) or self._says_plainly(self._uncalled, folded)
        helped = not failed and any(self._says_plainly(news, folded) for news in self._news.values())
        real = bool(self._real.search(folded)) or gate().is_of_no_drill(text[:_LONGEST])
        for words in (*self._news.values(), self._real):
            folded = words.sub("", folded)
        eased, folded = self._what_eased(folded)
        exposed, folded = bool(self._exposed.search(folded)), self._exposed.sub("", folded)
        cried = _SAID.sub("", folded)
        if self._answers.fullmatch(cried):
            return None
        for kind, cries in self._bare.items():
            if cries.fullmatch(cried) or cries.fullmatch(self._beside_cries.sub("", cried)):
                return Danger(kind, plain=True, real=real)
        if _ONE_SIGN.fullmatch(cried):
            return None
        found = list(self._dangers(folded))
        first = min(found, key=_pressing, default=None)
        of_things, talk = self._thing.search(folded) and not self._person.search(folded), self._is_talk(folded)
        least = OF_TALK if talk else OF_THINGS if of_things else SUSPECTED
        over = self._past.search(folded) and not self._going_on.search(folded)
        settled = (
            told
            or exposed
            or eased
            or over
            or idle
            or self._calms.search(folded)
            or gate().is_everyday(text[:_LONGEST])
        )
        sober = not (of_things or talk or settled or self._doubts.search(folded) or self._hedges.search(folded))
        said = folded if real or eased else text
        weighed = None if settled and first is None else _weighed(first, said, least, ALONE if sober else 1)
        weighed = weighed or next((one for one in found if one.sure), None)
        if weighed is None and self._whether.search(whole) and not self._earlier.search(folded):
            return Danger("person", plain=False)
        return replace(weighed, helped=helped, real=real) if weighed is not None else None

    def news(self, text: str, kind: str = "", *, own: bool = False) -> News | None:
        """Give what a text says became of a danger of a kind (empty: nobody wrote of one); ``own``, from who wrote of it."""
        if own and self.takes_back(text, kind):
            return "eased"
        folded = self._elsewhere.sub("", self._folded(text)) if own else self._folded(text)
        if self._earlier.search(folded):
            return None
        if self.is_voiceless(text):
            return "voiceless"
        if self._cannot_call.search(folded) and not self._person.search(folded):
            return "cannot_call"
        if (self._cut_off.search(folded) and "?" not in folded) or self._says_plainly(self._uncalled, folded):
            return "uncalled"
        if any(self._asks_called.search(said) and self._wonders.search(said) for said in _clauses(folded)):
            return "asks_called"
        if self._asks.search(folded):
            return None
        here = [self._news["arrived"], *([self._news["police_here"]] if kind == "violence" else [])]
        if any(self._says_plainly(words, folded) for words in here) and not self._contrary.search(folded):
            return "arrived"
        if kind == "violence" and self._says_plainly(self._news["police"], folded):
            return "called"
        if self._says_plainly(self._news["called"], folded):
            return "called"
        over = self._is_over(folded, kind, own=own)
        return "eased" if over and not (self._is_adverse(folded) or self._contrary.search(folded)) else None

    def question(self, text: str) -> Question | None:
        """Give what a text asks of a danger that goes on, and needs nobody else to answer."""
        folded = self._folded(text)
        return next((question for question, words in self._questions.items() if words.search(folded)), None)

    def tells_beside(self, text: str) -> bool:
        """Say whether a text tells anything beside what it asks: that its writer is out, what they see."""
        rest = self._folded(text)
        for words in (*self._questions.values(), self._asks_beside):
            rest = words.sub("", rest)
        return len(rest) > 1

    def is_voiceless(self, text: str) -> bool:
        """Say whether who writes can't speak, or hides and must not be heard; of a patient it is another matter."""
        said = (clause for clause in _clauses(self._folded(text)) if not self._person.search(clause))
        return any(self._voiceless.search(clause) or self._hiding.search(clause) for clause in said)

    def returns(self, text: str) -> bool:
        """Say whether somebody who was feared is said to be there again, or to come."""
        return bool(self._returns.search(self._folded(text)))

    def hushes(self, text: str) -> bool:
        """Say whether a text says nothing but that somebody is not to be told."""
        return bool(self._hushes.fullmatch(self._folded(text).strip(" 、,。.!")))

    def names_a_thing(self, text: str) -> bool:
        """Say whether a text names a machine, or another thing that may be in trouble."""
        return bool(self._thing.search(self._folded(text)))

    def eased_beside(self, text: str, kind: str) -> bool:
        """Say whether a text that tells of another danger says that one of a kind has eased."""
        folded = self._folded(text)
        return not (self._earlier.search(folded) or self._asks.search(folded)) and self._is_over(
            folded, kind, own=False
        )

    def _is_over(self, folded: str, kind: str, *, own: bool) -> bool:
        eased = [self._eased[k] for k in (kind, "anyhow" if own else "") if k in self._eased]
        return "?" not in folded and any(words.search(folded) for words in eased)

    def _says_plainly(self, words: re.Pattern[str], folded: str) -> bool:
        """Say whether a clause says plainly what is looked for, and neither asks it nor wonders who it was."""
        return any(words.search(clause) and not self._wonders.search(clause) for clause in _clauses(folded))

    def _is_adverse(self, folded: str) -> bool:
        """Say whether something bad, or about words alone, is told beside what eased or was a mistake: a relapse is no all-clear."""
        beside = self._beside_all_clear(folded)
        return any(words.search(beside) for words in (self._denied, self._adverse, self._quotes))

    def _beside_all_clear(self, folded: str) -> str:
        rest = "、".join(clause for clause in _clauses(folded) if not self._slip_alone.fullmatch(clause.strip()))
        for words in (*self._eased.values(), self._mistaken):
            rest = words.sub("", rest)
        return rest

    def worsens(self, text: str) -> bool:
        """Say whether a text that comes after an all-clear tells of somebody, or of a fire, that is bad again; no machine's trouble does."""
        folded = self._folded(text)
        told_of = self._quotes.search(folded) or self._asks.search(folded) or self._earlier.search(folded)
        of_things = self._thing.search(folded) and not self._person.search(folded)
        return bool(self._adverse.search(self._beside_all_clear(folded))) and not (told_of or of_things)

    def _is_mistaken(self, folded: str) -> bool:
        """Say whether something was no danger; a slip counts only where it is all that its clause says."""
        said = self._elsewhere.sub("", folded)
        slips = [clause.strip() for clause in _clauses(said) if self._slip.search(clause)]
        if not all(self._slip_alone.fullmatch(clause) for clause in slips):
            return False
        return bool(slips or self._mistaken.search(said))

    def takes_back(self, text: str, kind: str) -> bool:
        """Say whether who wrote of a danger of a kind says that it is none; what has eased was one, and so was what help was called for.

        That whoever writes is well says nothing of whom they wrote of.
        """
        folded = self._folded(text)
        eased = kind in self._eased and self._eased[kind].search(folded)
        asked = "?" in folded or self._asks.search(folded)
        helped = any(news.search(folded) for news in self._news.values())
        return self._is_mistaken(folded) and not (eased or asked or helped or self._is_adverse(folded))

    def _what_eased(self, folded: str) -> tuple[bool, str]:
        """Take out of a text what it says has eased, and keep what is told beside: 「火は消えました、でも患者さんがやけど」."""
        rest = folded
        for kind in ("person", "fire"):
            rest = self._eased[kind].sub("", rest)
        return rest != folded, rest

    def names(self, text: str, kind: str) -> bool:
        """Say whether a text names what a danger of a kind is about: a patient, smoke, a knife."""
        return kind in self._about and bool(self._about[kind].search(self._folded(text)))

    def themes(self, text: str) -> frozenset[str]:
        """Give what tells one danger from another of its kind: gas is no fire, and another patient is another."""
        folded = self._folded(text)
        return frozenset(theme for theme, words in self._themes.items() if words.search(folded))

    def is_outside(self, text: str, *, visits: bool) -> bool:
        """Say whether nobody here knows where to go: at a patient's home, a call from there, or from who ``visits`` and names no place."""
        folded = self._folded(text)
        return not self._inside.search(folded) and (visits or bool(self._outside.search(folded)))

    def own_words(self, text: str, kind: str) -> str:
        """Give the theme of a text for which there are words of its own, empty for those of its kind."""
        themes = self.themes(text)
        if self.is_voiceless(text):
            themes |= {"voiceless"}
        return next((theme for theme in OWN_WORDS.get(kind, ()) if theme in themes), "")

    def in_english(self, text: str) -> bool:
        """Say whether a text is in English: several Latin words and no other sign of a language."""
        return text.isascii() and len(LATIN_WORD.findall(text)) > 1 and is_english(text)

    def takes_any_back(self, text: str) -> bool:
        """Say whether a text takes back whatever others told of, and names nothing; that it was a drill, only who told of it knows."""
        return (
            self.takes_back(text, "")
            and not self._practised.search(self._folded(text))
            and not any(self.names(text, kind) for kind in KINDS)
        )

    def insists(self, text: str) -> bool:
        """Say whether who was asked whether a danger is real says nothing but that it is."""
        folded = self._folded(text)
        return "?" not in folded and bool(self._insists.fullmatch(_SAID_ALONE.sub("", folded)))

    def is_coming(self, text: str) -> bool:
        """Say whether who was rung says nothing but that they are on their way."""
        return bool(self._coming.fullmatch(_SAID_ALONE.sub("", self._folded(text))))

    def waits_for(self, text: str) -> bool:
        """Say whether who wrote of a danger says nothing but that those who were called are waited for."""
        said = self._folded(text).strip(" 、,。.!〜~ー…")
        return bool(self._waits_for.fullmatch(said) or self._waits_for.fullmatch(_SAID_ALONE.sub("", said)))

    def looks_for(self, text: str) -> bool:
        """Say whether somebody looks for what helps, the AED before all."""
        return bool(self._looks_for.search(self._folded(text)))

    def is_distress(self, text: str) -> bool:
        """Say whether somebody writes that they are at the end of their own strength; a patient's is another matter."""
        folded = self._folded(text)
        return "?" not in folded and bool(self._distress.search(folded)) and not self._person.search(folded)

    def _fold(self, text: str) -> str:
        folded = plainly_folded(gate().beside_a_drill(text[:_LONGEST]))
        for spelt, meant in self._spelt:
            folded = spelt.sub(meant, folded)
        return folded

    def _dangers(self, text: str) -> Iterator[Danger]:
        for sentence in filter(None, SENTENCE.split(text)):
            before = ""
            asked = bool(self._asks.search(sentence)) and not self._pleas.search(sentence)
            doubted = bool(self._lifts.search(sentence))
            clauses = [] if asked or self._stories.search(sentence) else _CLAUSE.split(sentence)
            for place, clause in enumerate(clauses):
                after = "、".join(("", *clauses[place + 1 :]))
                yield from self._in_clause(clause, before, after, text, doubted=doubted)
                before += f"{clause}、"

    def _in_clause(self, clause: str, before: str, after: str, text: str, *, doubted: bool) -> Iterator[Danger]:
        over = self._past.search(clause) and not self._going_on.search(clause)
        if self._lifts.search(clause) or over or self._is_mood(clause):
            return
        for state, words, unless, despite, beside in self._states:
            if happens := words.search(f"{before}{clause}" if state.across else clause):
                start, end = (n - len(before) if state.across else n for n in happens.span())
                said, follows = (before + clause)[: start + len(before)], clause[max(end, 0) :] + after
                who = self._subject(said, happens[0], follows)
                at = max(start, 0)
                hedged = self._hedges.search(despite.sub("", clause[:at]))
                unsure = doubted or bool(hedged or self._doubts.search(despite.sub("", clause[at:])))
                doubt = unsure or state.doubtful
                if (state.kind == "person" and who == "thing") or unless.search(said):
                    continue
                if not all(other.search(text) for other in beside):
                    continue
                if state.kind == "despair":
                    of_another = self._person.search(said + follows) or self._quoted.search(follows)
                    yield Danger("despair" if of_another else "own_despair", plain=False)
                elif state.needs is None or who == "person":
                    named = who == "person" and state.kind != "fire"
                    yield Danger(state.kind, plain=not doubt, named=named, sure=state.sure and not unsure)
                elif who is None and state.alone:
                    yield Danger(state.kind, plain=False, sure=state.sure)

    def _is_talk(self, text: str) -> bool:
        """Say whether something in a text makes it talk of what is over, planned, asked, sold or felt."""
        asked = self._asks.search(text) and not self._pleas.search(text)
        return bool(asked or self._lifts.search(text) or self._stories.search(text)) or self._is_mood(text)

    def _is_mood(self, clause: str) -> bool:
        moody = self._moods.search(clause) and self._moody.search(clause)
        return bool(moody) and not self._person.search(clause)

    def _subject(self, said: str, happens: str, follows: str) -> Literal["person", "thing"] | None:
        """Say what something happens to: the nearest subject before it, or what is named right after it."""
        things = self._thing.finditer(said)
        ends = {
            "person": max((found.end() for found in self._person.finditer(said)), default=-1),
            "thing": max((f.end() for f in things if not _BESIDE.match(said + happens, f.end())), default=-1),
        }
        nearest = max(ends, key=ends.__getitem__)
        if ends["person"] < 0:
            inflected = _INFLECTED.match(follows)
            between = inflected[0] if inflected is not None else ""
            at, of_it = len(between), not _ENDED.search(between)
            thing, person = self._thing.match(follows, at), self._person.search(follows, at, at + _NEAR)
            if thing is not None and (of_it or not _BESIDE.match(follows, thing.end())):
                return "thing"
            if person is not None and ends["thing"] < 0 and _NAMED_LAST.match(follows, person.end()):
                return "person"
        return None if ends[nearest] < 0 else "person" if nearest == "person" else "thing"


def _pressing(danger: Danger) -> tuple[bool, bool, bool, int]:
    """Rank dangers: the plain before the doubtful, of these what is sure, then whoever does not want to live, then what is told first."""
    return (not danger.plain, not danger.sure, danger.kind not in DESPAIR, KINDS.index(danger.kind))


def _weighed(found: Danger | None, text: str, least: float, alone: float) -> Danger | None:
    """Weigh what patterns found against what was learnt: each hears what the other does not.

    From ``least`` on what was learnt is suspected without patterns, from ``alone`` on it is plain; somebody strange is a doubt
    however plainly they are told of.
    """
    if found is not None and found.sure:
        return found
    likely = sense("danger").likelihoods(text)
    much = 1 - likely[CALM]
    kind = max((kind for kind in KINDS if kind in likely), key=likely.__getitem__)
    if found is None:
        return Danger(kind, plain=much >= alone and kind not in DESPAIR, told=False) if much >= least else None
    if found.kind in DESPAIR:
        return found
    plain = (found.plain and much >= BESIDE_PATTERNS) or (much >= alone and found.kind == kind != "violence")
    return replace(found, plain=plain) if much >= HARDLY or (found.plain and found.named) else None


def _clauses(folded: str) -> Iterator[str]:
    """Give the clauses of a text, each with the sign that asks it."""
    return filter(None, _CLAUSE.split(_ASKED_ALOUD.sub("?", folded)))


@cache
def danger_ears() -> DangerEars:
    """Give what hears danger with the lexicon that comes along."""
    return DangerEars(shipped(DangerLexicon, LEXICON))
