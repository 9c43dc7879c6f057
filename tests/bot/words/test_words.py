"""Every sentence the bot says: in both languages, each used, none missing, and nothing people type is ever markup."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from bot.invitations import INVITABLE
from bot.screens.buttons import VERBS
from bot.screens.runs.end import ended
from bot.screens.scene import VIEWS
from bot.words.step_types import SAID
from bot.words.words import Words, phrases
from contacts.model import Facility, Member
from contacts.references import REFERENCES
from contacts.roles import ROLES
from contacts.roster import Roster
from flows.events.event import KINDS, RunEvent
from flows.events.papers import WITHHELD_FOR
from flows.leading.briefing import DANGERS, THINGS
from flows.listening.pleas import CANNOT, IRREPARABLE, ORDER, RAISED, TOLD, UNCLEAR
from flows.messages.message import MESSAGES, Plain
from flows.naming import kept_name
from flows.response.closing import DRILL_QUESTIONS, REVIEW_QUESTIONS, SOURCES
from flows.response.debriefing import RATINGS
from flows.response.steps import GONE
from flows.scene.presence import LEFT, PLACES
from flows.scene.undoing import STANDS
from flows.state.machines import RUN_STATES
from flows.state.run import TAKE_LEAD
from flows.written.free_text import FREE_TEXT, KEPT_HERE
from flows.written.taking import TAKING
from playbooks.drills.shape import HOWS
from playbooks.model import DECISIONS
from playbooks.texts import LANGUAGES, Language
from playbooks.triage.sense import sense
from playbooks.wants.names import names_that_come_along
from tests.code import modules, nodes
from tests.requests import EVERY

ROOT = Path(__file__).parent.resolve().parents[2]
ROSTER = Roster(
    Facility(name="あかり", kind="clinic"),
    (
        Member(id="m1", name="高橋", roles=("director",)),
        Member(id="m2", name="<b>田中</b>", stands_in_for=("director",)),
        Member(id="m3", name="役なし"),
    ),
)
WITHOUT_ADVICE = frozenset(
    {"worse", "warned", "hand_over", "undo", "found", "nobody_reached", "other_thing", CANNOT, ORDER}
)
"""Of what whoever leads is told, what says itself what is to be done, or is answered with buttons."""
JA, EN = Words("ja", ROSTER), Words("en", ROSTER)


def calls(*folders: str) -> Iterator[ast.Call]:
    """Give every call in the code of some packages."""
    for folder in folders:
        for path in modules(folder):
            for node in nodes(path):
                if isinstance(node, ast.Call):
                    yield node


def called(call: ast.Call) -> str:
    """Give the last name of what is called."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def words_in(node: ast.AST | None) -> set[str]:
    """Give every constant text in an expression."""
    return {n.value for n in ast.walk(node or ast.Pass()) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def given(call: ast.Call, place: int, name: str) -> ast.AST | None:
    """Give an argument of a call by place or by name."""
    if len(call.args) > place:
        return call.args[place]
    return next((k.value for k in call.keywords if k.arg == name), None)


def literals() -> set[str]:
    """Give every dotted or plain word that the code of the bot holds as a text of its own."""
    found: set[str] = set()
    for path in modules("bot"):
        inside = {id(v) for n in nodes(path) if isinstance(n, ast.JoinedStr) for v in n.values}
        found |= {
            n.value
            for n in nodes(path)
            if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in inside
        }
    return found | in_templates()


def in_templates() -> set[str]:
    """Give every phrase that a document's template says."""
    texts = (
        path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "documents" / "paper" / "templates").glob("*.j2")
    )
    return {key for text in texts for key in re.findall(r"""\bsay\(["']([\w.]+)["']""", text)}


def on_buttons() -> set[str]:
    """Give every phrase by which a button asks the bot itself."""
    return {made.phrase for made in EVERY if made.label}


def families() -> dict[str, set[str]]:
    """Give the keys that the code puts together, each family from what it is put together of."""
    refused = {
        w
        for c in calls("flows", "bot")
        if called(c) in ("Refused", "Power", "NotDone") and c.args
        for w in words_in(c.args[0])
    }
    takes = {name for name, taking in TAKING.items() if taking.done_without == "is_refused"}
    asked = {w for c in calls("flows") if called(c) == "Asked" for w in words_in(given(c, 1, "what"))}
    why = {w for c in calls("flows") if called(c) in ("StepReleased", "ReleaseStep") for w in words_in(c.args[-1])}
    lapsed = {
        "silent",
        "away",
        "left",
        "facilitates",
        "patients",
        "no_hands",
        GONE,
    }  # reasons that are handed on to the step
    labels = {kept_name(command) for command in VERBS.values()} & {
        key.removeprefix("button.") for key in phrases("ja") if key.startswith("button.")
    }
    return {
        "advice": {f"plea.advice.{about}" for about in ("monitor", "vendor_inside")},
        "more": {f"asking.{takes}.more" for takes in ("moment",)},
        "role": {f"role.{r}" for r in (*ROLES, *INVITABLE) if r != "director"},
        "person": {"person.clock", "person.console"},
        "service": {f"service.{r}" for r in REFERENCES if not r.startswith("role:")},
        "text_of": {f"text_of.{kind}" for kind in FREE_TEXT.keys() - KEPT_HERE},
        "withheld": {f"withheld.{reason}" for reason in WITHHELD_FOR},
        "decision": {f"decision.{d}{end}" for d in DECISIONS for end in ("", ".about")},
        "review": {f"review.{q}" for q in (*REVIEW_QUESTIONS, *DRILL_QUESTIONS)},
        "state": {f"state.{s}" for s in RUN_STATES},
        "event": {f"event.{kind}" for kind, cls in KINDS.items() if issubclass(cls, RunEvent)},
        "refused": {
            f"refused.{r}" for r in (refused - {"needs_", "close"}) | {f"needs_{t}" for t in takes} | {*STANDS}
        },
        "asking": {f"asking.{a}" for a in asked}
        | {"asking.false_alarm_by.again", "asking.receipt.again", "asking.where_to_ask.again"}
        | {"asking.reason", *(f"asking.{name}" for name, taking in TAKING.items() if taking.done_without == "asks")},
        "released": {f"step.released.{w}" for w in why | lapsed | {"again", "reopened"}},
        "hint": {f"hint.{name}" for name, said in SAID.items() if said.hint} | {"hint.photo.welcome"},
        "mark": {f"mark.{m}" for m in ("done", "going", "waiting", "overdue")},
        "button": {f"button.{name}" for name in labels}
        | {f"button.take_command{end}" for end in ("", ".back")}
        | {f"button.{of}.{v}" for of in ("confirm_deed", "tell_call", "tell_of_photos") for v in ("yes", "no")}
        | {f"button.confirm_false.{source}" for source in SOURCES}
        | {f"button.ratify.{v}" for v in ("yes", "no")}
        | {f"button.tell_presence.{where}" for where in (*PLACES, LEFT)}
        | {f"button.danger.{said}" for said in ("back.plain", "ring.plain", "ring.again")}
        | {"button.leave_undone.machine"}
        | {"button.rate_all", *(f"button.settle_circle.{who}" for who in ("but", "none", "too"))}
        | {"button.close_drill", "button.lead.no", "button.lead.yes"}
        | {w for w in literals() if w.startswith("button.") and "{" not in w},
        "verdict": {"ratified.yes", "ratified.no"},
        "inject": {f"inject.how.{how}" for how in HOWS}
        | {f"inject.{r}" for r in ("everybody", "commander", "reporter", "own")},
        "rating": {f"rating.{r}" for r in RATINGS},
        "things": {f"cannot_keep.{w}" for w in ("sticker", "location", "spoken")},
        "reminders": {"step.reminder", "step.waiting"},
        "obstacles": {"close.sheets", "close.ratify"},
        "hints": {f"hint.{it}" for it in ("power", "on", "pull", "back_in", "pay", "use", "restore", "copy", "delete")},
        "pleas": {f"plea.what.{want}" for want in RAISED | {"number", TAKE_LEAD, UNCLEAR}}
        | {f"plea.advice.{want}" for want in TOLD - WITHOUT_ADVICE}
        | {"plea.advice.solved.attacked", "plea.advice.alone.attacked", "plea.advice.which_line"}
        | {f"plea.advice.{harm}" for harm in IRREPARABLE}
        | {
            f"plea.advice.{harm}"
            for meaning in (*sense("wants").meanings, *names_that_come_along().above_all)
            if (harm := meaning.partition(":")[2])
        },
        "briefing": {f"briefing.danger.{danger}" for danger in DANGERS} | {f"briefing.{thing}" for thing in THINGS},
        "plain": {message.kept_as for message in MESSAGES.values() if issubclass(message, Plain)},
    }


def patterns() -> list[re.Pattern[str]]:
    """Give the shapes of the keys that the bot puts together with a placeholder: ``duty.{x}`` is ``duty.`` and anything."""
    found = []
    for path in modules("bot"):
        for node in nodes(path):
            if isinstance(node, ast.JoinedStr):
                parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"[\w.:]+" for v in node.values]
                if re.match(r"[a-z_]+\\\.", parts[0]):
                    found.append(re.compile("".join(parts)))
    return found


def test_no_phrase_is_missing() -> None:
    """Whatever the code can say has its words; a missing key would be a message that nobody gets."""
    wanted = set().union(*families().values())
    wanted |= {
        c.args[0].value
        for c in calls("bot")
        if called(c) in ("say", "label") and isinstance(c.func, ast.Attribute)
        if c.args and isinstance(c.args[0], ast.Constant) and isinstance(c.args[0].value, str)
    }

    assert sorted((wanted | in_templates() | on_buttons()) - phrases("ja").keys()) == []


def test_no_phrase_is_unused() -> None:
    """A sentence that nobody says is one that nobody keeps true."""
    known = set().union(*families().values())
    precise = {key.partition(".")[0] for key in known if "." in key}
    shapes = [shape for shape in patterns() if shape.pattern.partition("\\.")[0] not in precise]
    used = literals() | known | on_buttons() | MESSAGES.keys()
    left = {key for key in phrases("ja") if key not in used and not any(shape.fullmatch(key) for shape in shapes)}

    assert sorted(left) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_can_be_read(language: Language) -> None:
    """None is empty, and none holds a word of the other language's script where there should be none."""
    for key, text in phrases(language).items():
        assert text.strip(), key
        bare = re.sub(r"[（(「“].*?[）)」”]|{.*?}|・", "", text)  # a Japanese name may be given in brackets
        if language == "en" and key not in ("language.choose", "help.commands"):
            assert not any("\u3040" <= sign <= "\u30ff" for sign in bare), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_are_short(language: Language) -> None:
    """A label longer than a phone's width is cut by Telegram, so none is longer than twenty signs (thirty in English)."""
    most = {"ja": 20, "en": 30}[language]
    labels = {k: t for k, t in phrases(language).items() if k.startswith("button.") and "{" not in t}

    assert {key: text for key, text in labels.items() if len(text) > most} == {}


def test_what_is_put_in_is_escaped() -> None:
    """Brackets stay brackets, braces stay braces; only our own markup is markup."""
    said = JA.say("note_shared", who=JA.who("m2"), time="9:10", text="<i>&</i> {{ 1 + 1 }}")

    assert said == Markup("📣 &lt;b&gt;田中&lt;/b&gt;さん（代行者）から（9:10）\n&lt;i&gt;&amp;&lt;/i&gt; {{ 1 + 1 }}")


def test_a_fact_that_is_missing_is_a_mistake() -> None:
    """No sentence is ever said with a hole in it; nor one that nobody wrote."""
    with pytest.raises(UndefinedError):
        JA.say("note_shared", who="x")
    with pytest.raises(KeyError):
        JA.say("no.such.phrase")
    assert not JA.has("no.such.phrase")
    assert JA.has("note_shared")


def test_people_are_named_with_what_they_are() -> None:
    """Members by name and role; the clock, the command line and the unknown have names, too."""
    assert [JA.who(m) for m in ("m1", "m3", "clock", "console", "gone", None)] == [
        "高橋さん（院長）",
        "役なしさん",
        "（自動）",
        "（管理画面）",
        "登録のない方",
        "登録のない方",
    ]
    assert EN.who("m1") == "高橋 (Director)"
    assert (JA.role_of("m2"), JA.role_of("m3"), JA.role_of("gone")) == ("代行者", "", "")
    assert EN.people(["m1", "m3"]) == "高橋 (Director), 役なし"


def test_a_label_is_plain_text() -> None:
    """On a button nothing is escaped, and it is never longer than 64 characters."""
    assert JA.label("button.tell_by_mouth", name="<田中>") == "<田中>さんに口頭で伝えた"
    assert len(JA.label("button.claim", track="長" * 100)) == 64


def test_times_are_the_facilitys() -> None:
    """In the file UTC, on the screen the clock on the wall."""
    assert JA.clock_time(datetime(2027, 3, 31, 23, 50, tzinfo=UTC)) == "08:50"


def test_a_language_that_nobody_speaks() -> None:
    """Is Japanese."""
    assert Words("fr", ROSTER).language == "ja"


def test_the_views_are_all_registered() -> None:
    """Whatever module says how a message is said is loaded where messages are rendered, without a list to forget it in."""
    written = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "bot").rglob("*.py")
        if "\n@shows\n" in path.read_text(encoding="utf-8")
    }

    assert ended in VIEWS.values()
    assert {function.__module__ for function in VIEWS.values()} == written
