"""What is done to machines and to what they keep, and the signs that make a whisper of it: secrecy, a witness, what is gone for good."""

from __future__ import annotations

from playbooks.texts import Data


class Harm(Data):
    """The words of one language (``harm`` in ``library/whispers.yaml``): what is done to which things, and how.

    Of those that are ``vital`` it may be harm though nothing tells. ``secret``, ``unasked`` and ``witnessed`` make a whisper of it,
    ``openly`` makes it none. What is ``meddled`` with is one only in secret, ``alone`` or where somebody saw it, and ``backups`` that
    are ``erased`` always are.
    """

    things: str
    vital: str
    undone: str
    meddled: str
    alone: str
    openly: str
    secret: str
    unasked: str
    witnessed: str
    backups: str
    erased: str


def undone(harm: Harm, things: str, *, english: bool = False) -> str:
    """Give the pattern of what is done to some things."""
    if english:
        return rf"(?:{harm.undone}) (?:\w+ ){{0,4}}{things}"
    return rf"{things}[^。、]{{0,8}}?(?:{harm.undone})"


def erased(harm: Harm, things: str, *, english: bool = False) -> str:
    """Give the pattern of some things that are erased."""
    if english:
        return rf"{harm.erased} (?:\w+ ){{0,4}}{things}"
    return rf"{things}[^。、]{{0,6}}(?:{harm.erased})"


def seen_at_it(english: Harm) -> str:
    """Give the English pattern of who was seen at it; "@" stands for one of those who work here."""
    done = rf"(?:{english.undone}|{english.meddled}) (?:\w+ ){{0,4}}{english.things}"
    return rf"\b{english.witnessed} (?:the |our )?@ (?:\w+ ){{0,2}}?{done}"


def in_secret(harm: Harm, *, english: bool = False) -> str:
    """Give the pattern of what is no order: done in secret or unasked, seen by a witness, or a backup that is gone."""
    deed, gone = undone(harm, harm.things, english=english), erased(harm, harm.backups, english=english)
    if english:
        touched = rf"(?:{harm.meddled}) (?:\w+ ){{0,4}}{harm.things} (?:\w+ ){{0,3}}(?:{harm.secret}|{harm.alone})"
        return rf"(?:{harm.secret}) {deed}|{deed} (?:\w+ ){{0,3}}(?:{harm.secret}|{harm.unasked})|{touched}|{gone}"
    furtive = f"(?:{harm.secret}|{harm.unasked})"
    return "|".join(
        (
            f"{furtive}[^。、]{{0,14}}{deed}~",
            f"{harm.things}[^。、]{{0,6}}{furtive}[^。、]{{0,6}}(?:{harm.undone}|{harm.meddled})~",
            f"(?:{furtive}|{harm.alone})[^。、]{{0,14}}{harm.things}[^。、]{{0,6}}(?:{harm.meddled})~",
            f"{deed}~[^。]{{0,8}}(?:{harm.unasked})",
            f"{harm.things}[^。、]{{0,8}}?(?:{harm.undone}|{harm.meddled})[^。、]{{0,4}}?(?:{harm.witnessed})",
            gone,
        )
    )
