"""What people type under stress, folded to plain clauses: width, kana, polite and dialect endings, slang, numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast
from weakref import WeakSet

from playbooks.triage.romaji import in_kana

_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_SMALL = str.maketrans("ぁぃぅぇぉゃゅょゎ", "あいうえおやゆよわ", "っー〜～")
_TO_A_ROW = str.maketrans("いきぎしちにびみり", "わかがさたなばまら")

_ENDINGS: tuple[tuple[str, str], ...] = (
    (r"(?:て(?:しま|しも)|ちゃ|ちま|ても)(?:いました|った|うた|いそう|た)", "てしまった"),
    (r"(?:でしま|じゃ)(?:いました|った)", "でしまった"),
    (r"(?<=[てでがもに])いません", "いない"),
    (r"ましょう", "よう"),
    (r"(?<=[てで])(?:い?ます|いる|おります|おる|はる|いました|いた)", ""),
    (
        r"(?<=[っいれえけめべせしきちみりてね出来見])(?:と(?:る|った|って|ります|んねん|んの|う)|よ(?:る|った|んねん|んの))(?!と)",
        "て",
    ),
    (r"(?<!でき)(?<!起き)きました", "いた"),
    (
        r"(?<=[らかさなまわけせきえれがばでへ])(?:へん|(?<!さ)(?<!処方せ)ん)(?=$|で|の|わ|ねん|けど|けん|き$|し|よう|く|かった|とよ|ばい|ちゃ|と$)",
        "ない",
    ),
    (r"(?<=[てで])こん(?=$|かった|の|で|かっ)", "こない"),
    (r"(?<!落)(?<=\w)[りち]ました", "った"),
    (r"ました", "た"),
    (
        r"(?:(?:(?<!さ)ん|の)?(?:です|や|だ|じゃ|やねん|ねん)|ます)?(?:よ|ね|わ|な|けど|が|さ|ぞ|のう|の|わい|とです|(?<=[うくすつぬむるい])ばい)*$",
        "",
    ),
)
"""Endings in hiragana and what stays of them; in this order, each once."""

_ENDING_RULES = tuple((re.compile(rule), plain) for rule, plain in _ENDINGS)
_POLITE_NO = re.compile(r"(?<!で)(?<!落)(?<!起)([いきぎしちにびみり])ません")
_LATIN_NO = re.compile(r"\b(?:can ?not|can['’]?t)\b")
_LATIN_NOT = re.compile(r"\b(?:(?:wo|is|are|was|were|do|does|did|has|have|would|should)n['’]?t)\b")
_TURN = re.compile(
    r"[。.!?！？\n\r…]+|けれども?|けど|けん(?=[^さかし])|ですが|(?<=[いたる])が(?=[^っ])|\bbut\b|\balthough\b|\bthough\b"
)
"""Where a sentence ends, or turns to something else."""
_BREAK = re.compile(r"[、，,;；:：「」『』【】()（）\[\]\"“”]+|(?<=[いたるてすんかよねだわでど])[ ](?=[^a-z ])")
_FILLER = re.compile(
    r"えーと|えっと|ええと|えーっと|あのー+|あのう|そのー+|うーんと?|んーと?|(?<![あ-んァ-ヶー])えー+|ですね(?=.)"
)
_JUNK = re.compile(r"[^\w\s]|[\d_]")
_GAP = re.compile(r"(?<![a-z])\s+|\s+(?![a-z])")
LATIN = re.compile(r"[a-z]")
_OF_SOMEBODY = re.compile(
    r"\b(?:i|i.m|i.ve|i.ll|we|we.re|he|she|they|me|my|us|our|please|pls|what|where|when|how|who|which|can|should|someone|somebody|anyone|nobody"
    r"|patients?|director|deputy|doctor|nurse|everyone|everybody|help|here|sorry|bp|pulse|sats?)\b"
    r"|^(?:the|a|one|another|all(?: the)?) (?:screens?|computers?|pcs?|laptop|machines?|cables?|printer|phones?|charts?|internet|wi-?fi) \w+"
)
"""Words of somebody who tells or asks something in English."""
_OF_A_SCREEN = re.compile(
    r"\byour (?:\w+ ){0,2}(?:files?|data|documents?|computers?|network|system|pc|device|password|account|administrator)\b|\bcontact (?:us|your|the)\b"
    r"|\b(?:try again|error code|access denied|has occurred|could not be|please (?:wait|enter|restart|sign))\b"
)
"""What speaks to whoever reads a screen; somebody copied it."""
_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
SENTENCE = re.compile(r"(?<=[?!。！？\n])|\n")
"""Where one sentence ends as it was written, before anything is folded."""
QUESTION_IN_FRONT = re.compile(r"(?<=[^。、]か[、,])|(?<=かな[、,])|(?<=ええの[、,])|(?<=いいの[、,])")
"""Where a question ends that something is told after in the same breath."""
PATTERN = re.compile(r"[…()|^$?]")
"""Signs that make a pattern of a lexicon's word: "昨日の…(停電|地震)", "っけ$"; "…" stands for a few words between."""


_Heard = TypeVar("_Heard", bound=Callable[[str], object])

_memories = WeakSet[Any]()
"""All that remembers texts: of patients' data there must be no memory but the one that says how long."""


def remembered(hears: _Heard) -> _Heard:
    """Remember what the last texts came to: while one is heard, a dozen ears ask for the same."""
    memory = lru_cache(maxsize=256)(hears)
    _memories.add(memory)
    return cast("_Heard", memory)


def forget_texts() -> None:
    """Forget every text that was heard."""
    for memory in list(_memories):
        memory.cache_clear()


def is_english(text: str) -> bool:
    """Say whether a text is written in Latin letters and holds nothing Japanese."""
    return LATIN.search(text.lower()) is not None and _JAPANESE.search(unify(text)) is None


def writes_japanese(text: str) -> bool:
    """Say whether a text holds anything Japanese, in Latin letters too."""
    return _JAPANESE.search(unify(text)) is not None


def writes_english(text: str) -> bool:
    """Say whether somebody writes English of their own: some words that tell or ask, not a name, a label or what a screen says."""
    said = unify(text)
    several = len(said.split()) > 1 and is_english(text)
    return several and _OF_SOMEBODY.search(said) is not None and _OF_A_SCREEN.search(said) is None


def fold(text: str) -> str:
    """Fold width, capitals and katakana of a text; drop signs, digits and hyphens. Endings stay."""
    plain = _LATIN_NOT.sub("not", _LATIN_NO.sub("cannot", text.translate(_KATAKANA)))
    return _GAP.sub("", _JUNK.sub("", plain.replace("-", " "))).strip()


@remembered
def plainly_folded(text: str) -> str:
    """Fold width, capitals and katakana of a text and the gaps between its Japanese signs; everything else stays."""
    plain = unify(text).translate(_KATAKANA).replace("’", "'").replace("...", "")
    return re.sub(r"(?<![a-z])[ \t]+|[ \t]+(?![a-z])", "", plain)


def pattern_of(written: str) -> re.Pattern[str]:
    """Compile a pattern that stands in a file over several lines; its katakana is folded as the text is that it meets."""
    return re.compile(written.replace("| ", "|").translate(_KATAKANA))


def _plainly(clause: str) -> str:
    """Take the politeness, the dialect and the aspect from a folded clause's verbs."""
    plain = clause.replace("ませんでした", "ません").replace("ありません", "ない")
    plain = _POLITE_NO.sub(lambda found: found[1].translate(_TO_A_ROW) + "ない", plain).replace("ません", "ない")
    for rule, stays in _ENDING_RULES:
        plain = rule.sub(stays, plain)
    return plain


@remembered
def unify(text: str) -> str:
    """Fold width and capitals of a text; Japanese in Latin letters stands in kana then."""
    return in_kana(unicodedata.normalize("NFKC", text).lower())


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Compile the words to one pattern, the longest first; Latin words only match whole."""
    parts = [
        (rf"(?<![a-z]){re.escape(word)}(?![a-z])" if LATIN.search(word) else re.escape(word))
        for word in sorted(set(words), key=lambda word: (-len(word), word))
        if word
    ]
    return re.compile("|".join(parts) or r"(?!)")


def _letters(word: str) -> str:
    return fold(unify(word)).translate(_SMALL)


class Speech:
    """Folds sentences with a lexicon: ``same`` (spelling to word), ``stop`` (words that say nothing), ``fine``.

    ``fine`` holds words of working order: a clause with one of them ("the internet works") tells no trouble.
    """

    def __init__(self, same: Mapping[str, str], stop: Sequence[str] = (), fine: Sequence[str] = ()) -> None:
        kept = {_letters(word): _letters(word) for word in same.values()}
        self._same = kept | {_letters(written): _letters(word) for written, word in same.items()}
        self._same_rule = any_of(self._same)
        self._stop = any_of(said for word in stop if len(said := _letters(word)) > 1)
        self._fine = re.compile(rf"(?:{any_of(self.term(word) for word in fine).pattern})(?!な)")

    def term(self, word: str) -> str:
        """Say a word or a pattern of the lexicon, or a part of one, as it stands in folded clauses."""
        parts = re.split(f"({PATTERN.pattern})", word)
        return "".join(part if PATTERN.match(part) else self._in_own_words(_letters(part)) for part in parts)

    def clauses(self, text: str) -> list[str]:
        """Split a text into folded clauses, without empty ones."""
        return [clause for sentence in self.sentences(text) for clause in sentence]

    def sentences(self, text: str) -> list[list[str]]:
        """Split a text where it ends or turns, and each of these parts into folded clauses."""
        return [self._clauses(part) for part in _TURN.split(_FILLER.sub("", unify(text))) if part]

    def _clauses(self, sentence: str) -> list[str]:
        said = (self._in_own_words(_plainly(fold(part)).translate(_SMALL)) for part in _BREAK.split(sentence) if part)
        return [clause for clause in said if clause]

    def is_fine(self, clause: str) -> bool:
        """Tell whether a folded clause says that something works."""
        return bool(self._fine.search(clause))

    def _in_own_words(self, folded: str) -> str:
        said = self._same_rule.sub(lambda found: self._same[found[0]], folded)
        return " ".join(self._stop.sub(" ", said).split()) if LATIN.search(said) else self._stop.sub("", said)
