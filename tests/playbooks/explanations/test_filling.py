"""Promises of a draft for patients: it says what is known, names what is not, and never claims more."""

import re
from datetime import date, datetime
from itertools import product

import pytest

from playbooks.duties.reading import load_duties
from playbooks.duties.shape import Duties
from playbooks.explanations.filling import draft
from playbooks.explanations.reading import load_explanations, read_explanations
from playbooks.explanations.shape import EVENTS, KINDS, ExplanationDraft, Explanations, Kind, Values
from playbooks.model import FACILITY_KINDS, Event, FacilityKind
from playbooks.texts import LANGUAGES, Language

NOTHING = Values()
EVERYTHING = Values(
    facility="Aoba Clinic",
    day=date(2026, 11, 24),
    found_at=datetime(2026, 11, 23, 8, 50),  # noqa: DTZ001
    not_working="the chart system",
    data_kinds=("records", "cards"),
    cause="a wrong setting",
    contact="Aoba desk",
    next_information="Friday at five",
)
KNOWN = {
    "leak": "confirmed",
    "loss": "confirmed",
    "damage": "confirmed",
    "financial": "yes",
    "malicious": "yes",
    "crime_suspected": "yes",
    "persons": "1200",
    "care_affected": "yes",
    "service": "limited",
    "reopened": "no",
    "cause_known": "confirmed",
    "secondary_harm": "no",
    "police_told": "yes",
    "ppc_told": "yes",
    "published": "yes",
}
PUBLISHED = {"published": "yes"}

EVERYWHERE = list(product(KINDS, EVENTS, FACILITY_KINDS, LANGUAGES))

NOT_LEAKED = re.compile(
    r"漏れて(いません|おりません|いない)|漏(れ|えい|洩)(等)?(は|の心配は)?(ありません|ございません|ない)"
    r"|流出(は|して)(いません|おりません|ありません|ございません)|出て(いません|おりません)|事実は(ありません|ございません|見つかって)"
    r"|(心配|影響|問題|おそれ)は(ありません|ございません)|ご安心|大丈夫|安全です"
    r"|\b(?:not|never|n't) (?:been )?(?:leak|stolen|get out|got out|left)|\bno (?:leak|sign|evidence|information was|danger)|\bdid not leave"
    r"|\bis safe\b|\brest assured\b|\bdon't worry\b|\bnothing (?:got|was|has)",
    re.IGNORECASE,
)
ATTACKER = re.compile(
    r"身代金|要求額|脅迫|ビットコイン|暗号資産|ランサム|ウイルス|VPN|脆弱性|フィッシング|侵入|攻撃|犯人|ハッカー"
    r"|\bransom|\bbitcoin|\bvirus|\bmalware|\bhacker|\bphishing|\bvulnerab|\bcriminals?\b|\battack",
    re.IGNORECASE,
)
APOLOGY = {"ja": re.compile("お詫び|申し訳"), "en": re.compile("apologise|sorry")}
STAND_IN = re.compile(r"調査中|記入）|under investigation|\(enter ")


@pytest.fixture(scope="module")
def texts() -> Explanations:
    """The texts that come along."""
    explanations, _ = load_explanations()
    assert explanations is not None
    return explanations


def write(
    texts: Explanations,
    kind: Kind,
    facts: dict[str, str],
    values: Values = NOTHING,
    event: Event = "cyber_attack",
    facility: FacilityKind = "clinic",
    language: Language = "ja",
) -> ExplanationDraft:
    """A draft, with what a test does not care about left at its default."""
    return draft(texts, kind, event, facility, values, facts, language)


@pytest.mark.parametrize(("kind", "event", "facility", "language"), EVERYWHERE)
def test_a_text_is_there_when_nothing_is_known(
    texts: Explanations, kind: Kind, event: Event, facility: FacilityKind, language: Language
) -> None:
    """It says so, names the gaps, apologises, and leaves no placeholder."""
    written = draft(texts, kind, event, facility, NOTHING, PUBLISHED, language)
    assert not re.search(r"[{}]|None|unknown", written.text)
    assert ("調査中" if language == "ja" else "under investigation") in written.text
    assert {"facility", "contact", "found_at", "leak"} <= set(written.unknown)
    assert set(written.unknown) <= set(texts.unknowns)
    assert APOLOGY[language].search(written.text)
    assert not NOT_LEAKED.search(written.text)
    assert "\n\n\n" not in written.text
    assert all(written.text.splitlines()[place] for place in (0, 1, -1))


@pytest.mark.parametrize(("kind", "event", "facility", "language"), EVERYWHERE)
def test_nothing_is_left_open_when_everything_is_known(
    texts: Explanations, kind: Kind, event: Event, facility: FacilityKind, language: Language
) -> None:
    """No gap, no stand-in, no placeholder; who is speaking and where to ask are said."""
    written = draft(texts, kind, event, facility, EVERYTHING, KNOWN, language)
    assert written.unknown == ()
    assert not STAND_IN.search(written.text)
    assert not re.search(r"[{}]|None|unknown", written.text)
    assert "Aoba Clinic" in written.text
    assert "Aoba desk" in written.text
    assert APOLOGY[language].search(written.text)
    assert bool(re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", written.text)) == (language == "ja")


@pytest.mark.parametrize("leak", ["suspected", "confirmed", "unknown", "none"])
def test_no_text_says_too_early_that_nothing_got_out(texts: Explanations, leak: str) -> None:
    """Not while it is suspected, not when it is known to have got out, and not where `none` is a mere beginning."""
    checks = ["no", "unknown"] if leak == "none" else ["no", "unknown", "yes"]
    for (kind, event, facility, language), checked in product(EVERYWHERE, checks):
        for values, facts in ((NOTHING, {}), (EVERYTHING, KNOWN)):
            known = {**facts, "leak": leak, "leak_checked": checked}
            assert not NOT_LEAKED.search(draft(texts, kind, event, facility, values, known, language).text)


def test_once_checked_it_may_be_said(texts: Explanations) -> None:
    """With `leak` none and `leak_checked` yes; which proves that the list of words above bites."""
    for kind, language in product(KINDS, LANGUAGES):
        written = write(texts, kind, PUBLISHED | {"leak": "none", "leak_checked": "yes"}, language=language)
        assert NOT_LEAKED.search(written.text)
        assert "leak" not in written.unknown


def test_what_was_decided_is_not_told_as_being_looked_into(texts: Explanations) -> None:
    """All came back unseen, or nobody's information was concerned: each text says so as our judgement, with no gap left."""
    for kind, end in product(KINDS, ({"all_back": "yes"}, {"assessed": "nothing"})):
        facts = {"playbook": "lost_device", "lost": "phone", "leak": "none", "loss": "none", "found": "yes", **end}
        written = write(texts, kind, facts, event="information_leak")
        assert "外部に出たおそれはないと、当院で判断しております" in written.text
        assert "悪用されるなどの被害については、調査中" not in written.text
        assert "leak" not in written.unknown


def test_nobody_is_told_that_care_goes_on_as_usual_on_a_playbooks_word(texts: Explanations) -> None:
    """Where a playbook begins is no fact; once a person has said so it is told."""
    assumed = {"care_affected": "no"}
    for kind in ("poster", "phone", "web"):
        assert "いつもどおり" not in write(texts, kind, assumed, event="information_leak").text
        assert "いつもどおり" in write(texts, kind, {**assumed, "care_said": "yes"}, event="information_leak").text


def test_nothing_of_the_attacker_is_told(texts: Explanations) -> None:
    """Neither demands nor methods nor blame, whatever is known."""
    for (kind, event, facility, language), (values, facts) in product(EVERYWHERE, ((NOTHING, {}), (EVERYTHING, KNOWN))):
        assert not ATTACKER.search(draft(texts, kind, event, facility, values, facts, language).text)


@pytest.mark.parametrize(
    ("fact", "kind", "says"),
    [
        ("leak", "poster", "患者さまの情報への影響は調査中です。"),
        ("care_affected", "poster", "診療への影響は調査中です。"),
        ("cause", "poster", "原因：調査中です。"),
        ("found_at", "poster", "判明した日時：調査中"),
        ("loss", "web", "情報をなくしたかどうかは調査中です。"),
        ("damage", "web", "記録が壊れたかどうかは調査中です。"),
        ("data_kinds", "letter", "2. 対象となる情報\n調査中"),
        ("secondary_harm", "letter", "情報が悪用されるなどの被害については、調査中です。"),
    ],
)
def test_what_is_unknown_reads_under_investigation(texts: Explanations, fact: str, kind: Kind, says: str) -> None:
    """Each fact by itself, and named among the gaps."""
    for facts in ({}, {fact: "unknown"}):
        written = write(texts, kind, PUBLISHED | facts)
        assert says in written.text
        assert fact in written.unknown


def test_the_number_of_people_is_the_most_or_under_investigation(texts: Explanations) -> None:
    """「最大N人」 once there is a number; nothing in between."""
    leaked = {"leak": "suspected"}
    assert "最大1,200人" in write(texts, "web", {**leaked, "persons": "1200"}).text
    assert "up to 1,200" in write(texts, "web", {**leaked, "persons": "1200"}, language="en").text
    for persons in ({}, {"persons": "unknown"}, {"persons": "about 100"}):
        written = write(texts, "web", {**leaked, **persons})
        assert "対象となる方の人数：調査中" in written.text
        assert "最大" not in written.text
        assert "persons" in written.unknown


def test_an_assumed_cause_is_told_as_one_and_to_the_persons_alone(texts: Explanations) -> None:
    """The letter owes a cause (rules art. 10): established it is said, assumed it is said to be; a wall never guesses."""
    values = Values(cause="設定の誤り")
    assumed, unknown, known = ({"cause_known": state, **PUBLISHED} for state in ("assumed", "unknown", "confirmed"))
    letter = write(texts, "letter", assumed, values)

    assert "確認中ですが、いまのところの見立ては次のとおりです。設定の誤り" in letter.text
    assert "cause" in letter.unknown
    assert "3. 原因\n調査中です。" in write(texts, "letter", unknown, values).text
    assert "3. 原因\n設定の誤り" in write(texts, "letter", known, values).text
    assert "cause" in write(texts, "letter", {"cause_known": "confirmed"}).unknown
    for kind in ("poster", "phone", "web"):
        assert "設定の誤り" not in write(texts, kind, assumed, values).text
        assert ("設定の誤り" in write(texts, kind, known, values).text) is (kind != "poster")


def test_the_letter_says_that_what_was_lost_came_back(texts: Explanations) -> None:
    """Once it is found; and an English one says that a cause in Japanese is still to be translated."""
    lost = {"playbook": "lost_device", "lost": "phone", "loss": "confirmed", "leak": "suspected"}
    assert "その後見つかりました" not in write(texts, "letter", lost, event="information_leak").text
    assert "その後見つかりました" in write(texts, "letter", {**lost, "found": "yes"}, event="information_leak").text
    cause = {**lost, "cause_known": "confirmed", "cause_written": "ja"}
    letter = write(texts, "letter", cause, Values(cause="置き忘れ"), event="information_leak", language="en").text
    assert "(To be translated into English before this goes out) 置き忘れ" in letter


@pytest.mark.parametrize(
    ("facts", "event", "says"),
    [
        ({"playbook": "ransomware", "malicious": "yes"}, "cyber_attack", "不正アクセスを受けた疑いがあり"),
        (
            {"playbook": "ransomware", "malicious": "yes", "cause_known": "confirmed"},
            "cyber_attack",
            "不正アクセスを受けたことが判明いたしました",
        ),
        ({"playbook": "ransomware", "malicious": "no"}, "cyber_attack", "システムに異常が見つかったため"),
        ({"playbook": "lost_device", "lost": "phone"}, "information_leak", "端末や記録媒体の所在が分からなく"),
        ({"playbook": "lost_device", "lost": "papers"}, "information_leak", "書類の所在が分からなく"),
        ({"playbook": "mis_sent", "way": "fax"}, "information_leak", "FAXで、本来とは異なる宛先"),
        ({"playbook": "insider"}, "information_leak", "取り扱いに関わる問題が見つかったため"),
    ],
)
def test_the_letter_says_what_happened(texts: Explanations, facts: dict[str, str], event: Event, says: str) -> None:
    """An intrusion is called one, a loss a loss, as far as it is known; nobody in the house is accused."""
    assert says in write(texts, "letter", facts, event=event).text


def test_a_wall_does_not_frighten_before_the_matter_is_public(texts: Explanations) -> None:
    """In the first hours the poster says how things go today; of a leak only once whoever decides made it public."""
    feared = {"leak": "suspected", "damage": "suspected", "malicious": "yes", "playbook": "ransomware"}
    for facility, language in product(FACILITY_KINDS, LANGUAGES):
        early = write(texts, "poster", feared, facility=facility, language=language).text
        public = write(texts, "poster", feared | PUBLISHED, facility=facility, language=language).text
        frightening = re.compile("情報|壊れ|原因|不正|[Ii]nformation|damaged|Cause|authority")
        assert not frightening.search(early)
        assert frightening.search(public)
    assert "職員にお声がけください" in write(texts, "poster", feared).text


def test_what_has_to_be_entered_is_a_hole(texts: Explanations) -> None:
    """「（お問い合わせ先を記入）」 is nothing to approve; 「調査中」 is."""
    assert set(write(texts, "poster", {}).holes) == {"facility", "day", "contact"}
    assert write(texts, "poster", {}, EVERYTHING).holes == ()


def test_a_vendors_word_of_a_fault_is_told_as_such(texts: Explanations) -> None:
    """And only in a system failure that nobody thinks was meant."""
    fault = {"cause": "fault", "malicious": "no"}
    told = write(texts, "poster", fault, event="system_failure")
    assert "システム会社から説明を受けて" in told.text
    assert "cause" in told.unknown
    assert "システム会社" not in write(texts, "poster", {**fault, "malicious": "yes"}, event="system_failure").text
    assert "システム会社" not in write(texts, "poster", fault, event="cyber_attack").text


@pytest.mark.parametrize(
    ("facts", "police", "commission"),
    [
        ({}, False, False),
        ({"police_told": "unknown", "ppc_told": "no"}, False, False),
        ({"police_told": "yes"}, True, False),
        ({"ppc_told": "yes"}, False, True),
        ({"police_told": "yes", "ppc_told": "yes"}, True, True),
    ],
)
def test_authorities_are_named_once_they_have_been_told(
    texts: Explanations, facts: dict[str, str], police: bool, commission: bool
) -> None:
    """Police and commission each by itself, in the texts that go out."""
    for kind in ("web", "letter"):
        text = write(texts, kind, facts).text
        assert ("警察に相談" in text) == police
        assert ("個人情報保護委員会に報告" in text) == commission


def test_care_reads_as_the_facility_speaks(texts: Explanations) -> None:
    """Each kind of facility has its own words for what is limited, and its own request."""
    facts = {"care_affected": "yes", "service": "limited"}
    texts_by_kind = {kind: write(texts, "poster", facts, facility=kind).text for kind in FACILITY_KINDS}
    assert "ご予約の方" in texts_by_kind["clinic"]
    assert "歯科の診療" in texts_by_kind["dental"]
    assert "処方箋とお薬手帳" in texts_by_kind["pharmacy"]
    assert "訪問は、処置が必要な方を先に" in texts_by_kind["visiting_nurse"]
    assert len(set(texts_by_kind.values())) == len(FACILITY_KINDS)


def test_a_closed_house_asks_nobody_to_come(texts: Explanations) -> None:
    """With the service stopped it says whom to call, not what to bring; when it has reopened, neither."""
    stopped = write(texts, "poster", {"care_affected": "yes", "service": "stopped"}).text
    assert "休止しております" in stopped
    assert "お見せください" not in stopped
    assert "救急車" in stopped
    reopened = write(texts, "poster", {"care_affected": "yes", "service": "stopped", "reopened": "yes"}).text
    assert "再開しております" in reopened
    assert "救急車" not in reopened


def test_every_event_has_its_own_words(texts: Explanations) -> None:
    """Nobody reads of a disaster when a letter went astray."""
    for kind, language in product(KINDS, LANGUAGES):
        written = {write(texts, kind, {}, event=event, language=language).text for event in EVENTS}
        assert len(written) == len(EVENTS)


def test_a_wall_is_silent_on_information_after_a_mere_fault(texts: Explanations) -> None:
    """With `leak` none at its beginning a poster raises no worry; asked on the phone, we say it is looked into."""
    fault = {"leak": "none", "loss": "none", "damage": "none"}
    assert "情報" not in write(texts, "poster", fault, event="system_failure").text
    assert "情報への影響は調査中" in write(texts, "phone", fault, event="system_failure").text


def test_the_letter_answers_the_items_of_the_law(texts: Explanations) -> None:
    """All items of the duty to tell the persons concerned, at any time."""
    duties = load_duties()
    assert isinstance(duties, Duties)
    assert texts.kinds["letter"].items == duties.duties["persons_notice"].items
    for event, facility in product(EVENTS, FACILITY_KINDS):
        text = write(texts, "letter", {}, event=event, facility=facility).text
        assert [line[0] for line in text.splitlines() if re.match(r"\d\. ", line)] == list("12345")


def test_what_people_typed_is_no_template(texts: Explanations) -> None:
    """Braces in a name stay what they are."""
    written = write(texts, "poster", {}, Values(facility="{{ contact }}{% if 1 %}<b>&", contact="窓口"))
    assert "{{ contact }}{% if 1 %}<b>&" in written.text


def test_the_same_input_gives_the_same_text(texts: Explanations) -> None:
    """Whatever was written in between."""
    first = write(texts, "web", KNOWN, EVERYTHING)
    write(texts, "web", {}, NOTHING, event="disaster", language="en")
    assert write(texts, "web", KNOWN, EVERYTHING) == first


def test_a_facilitys_own_words_are_used(texts: Explanations) -> None:
    """One phrase replaced changes every text that holds it, and nothing else."""
    own = read_explanations("phrases: {we: [{ja: あおば医院, en: Aoba}]}", "jp.yaml", texts)
    assert isinstance(own, Explanations)
    assert write(own, "poster", {}).text == write(texts, "poster", {}).text.replace("当院", "あおば医院")
