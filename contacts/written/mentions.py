"""Mentions: where a text seems to name a person or a house, or holds a number by which somebody is found.

A help for whoever looks at texts before they are handed on, and no more: what isn't marked may still name somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from contacts.roster import Roster
from contacts.shapes.outside import NUMBER_FIELDS
from contacts.written.signs import flat
from playbooks.frozen import frozen

What = Literal["name", "place", "number"]


@frozen
class Mention:
    """A place in a text, from ``start`` to before ``end``, and what it seems to name."""

    start: int
    end: int
    what: What


_CALLED = r"(?:さん|サン|様(?![子式相態々])|さま|氏|くん|クン|君|ちゃん|チャン|先生|せんせい|ドクター|殿)"
_TITLE = (
    r"(?:院長|副院長|所長|薬局長|医師|歯科医師|看護師|師長|薬剤師|衛生士|技師|事務長|事務|受付|主任|課長|部長|社長)"
)
_NATURE = (
    r"(?:[^。、\n]{0,6}(?:見え|崩れ|燃え|焼け|揺れ|通れ|近[いくす]|遠[いくす]|高[いくす]|深[いくす]|広[いくが]|多[いくす]|雪|火|煙|危な|危険|赤|暗|明る"
    r"|停電|浸水|続|つづ|向[いきこか])|側|方|ある|あり|ない|なく)"
)
_STANDS_FOR_SOMEBODY = (
    rf"(?:(?:が|は|も)(?!{_NATURE})"
    r"|(?:に|と|とは|には|とも|にも)(?:[^。、\n]{0,14}[をでが])?(?:確認|点検|電話|連絡(?!通路|道|橋|口)|報告|相談|依頼|説明|指示|頼|聞[いかきく]|訊|話し|話を"
    r"|言[いっわ]|伝え|任せ|渡し|替わ|代わ|交代|見てもら|来てもら|謝)"
    r"|を(?:呼|疑|責|待|帰)|から(?:電話|連絡|聞|報告|相談|メール|FAX|受)|へ(?:引き?継|連絡|電話|報告|渡|交代|相談)|の(?:携帯|電話番号|席|机|パスワード|アカウント|ID|家族|自宅|家に|私物|スマホ))"
)
"""What stands behind a name: 「森が対応」 is somebody, 「森が見える」 a wood. In doubt it is somebody: a mark costs a tap."""

_PERSON = re.compile(
    rf"([一-鿿々〆ヶ]{{1,5}}[ぁ-ゖ]{{0,4}}?|[ァ-ヶー]{{2,10}}|[ぁ-ゖ]{{1,4}}(?![のはがをにでと])[ぁ-ゖ]){_CALLED}"
)
NOBODY = re.compile(
    r"""(?:お|ご|御)?(?:皆|みな|患者|業者|看護師|看護|利用者|家族|担当|担当者|客|得意|先方|相手|本人|奥|嫁|婿|母|父|娘|息子|子|兄|姉|弟|妹
    |孫|祖母|祖父|かあ|とう|ばあ|じい|ねえ|にい|まわり|医者|医師|薬剤師|衛生士|技師|事務|事務員|受付|院長|副院長|所長|薬局長|師長|主任|社長
    |店長|警察|警官|消防|救急|救急隊|配達|配送|電気屋|電話屋|保険屋|工事|大家|店員|職員|隣|近所|付添|付き添い|保護者|施設|会社
    |同|一|模|仕|異|多|有|今|神|王|両|諸|各位|たく|外|皆皆|どちら|何|なに)""",
    re.VERBOSE,
)
"""Before 「さん」 or 「様」 these name nobody, or make another word (模様, たくさん)."""

_HOUSE = re.compile(
    r"([ぁ-ゖ]{2,6}|[一-鿿々ァ-ヶーA-Za-zＡ-Ｚａ-ｚ]{1,12}?)"
    r"(?:総合病院|医療センター|病院|医院|クリニック|診療所|歯科|薬局|訪問看護ステーション|ホスピタル"
    r"|(?:整形外|産婦人|耳鼻咽喉|泌尿器|小児|内|外|眼|皮膚|耳鼻|婦人)科|[整接]骨院|鍼灸院|老人ホーム|デイサービス)"
)
_HOUSE_EN = re.compile(
    r"\b(?!(?:The|A|An|Our|Your|Their|This|That|Another|Which|Some|Every|No|At|In|From|To|Called|Call|Told|Another) )"
    r"[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2} (?:[Gg]eneral |[Mm]emorial |[Dd]ental )?(?:[Hh]ospital|[Cc]linic|[Pp]harmacy)\b"
)
_GROUP = re.compile(r"済生会|徳洲会|日赤|赤十字|厚生連|民医連")
"""Houses that are named by whose they are."""
_NO_HOUSE = re.compile(
    r".*[のなにはがをでもてたるいっ]|(?:当|総合|大学|市民|県立|市立|国立|公立|近隣|提携|連携|協力|紹介|紹介先|転院先|搬送先|救急|別|他|地域"
    r"|大|中核|動物|調剤|門前|隣|精神科|外科|内科|小児|眼科|各|同|他院"
    r"|循環器|消化器|呼吸器|脳神経|神経|腎臓|糖尿病|内分泌|代謝|血液|腫瘍|一般|心療|老年|心臓|血管|形成|美容|乳腺|肛門|口腔|胸部|脳|第[一二三]|整形|リウマチ|アレルギー|有料|特別養護|近所|専門|担当)+"
)

_BY_ITSELF = re.compile(
    r"(?<!\w)(?!(?:それ|そこ|ここ|あと|さき|ほか|よそ|べつ|いつも|どこ|ちか|もより|かかりつけ|まだ|もう|でき|すぐ|また)[ぁ-ゖ]*(?:総合)?(?:病|医|診|歯|薬|訪))[ぁ-ゖ]{3,6}(?![ぁ-ゖ])"
)
"""A word of the syllabary that begins a text or clause: ひので総合病院 is a name, though it ends like a particle."""

_DIGITS = r"\d(?:[\s()./·・-]{0,2}\d)"
_NUMBERS = (
    re.compile(rf"(?<!\d)(?:\+81|0){_DIGITS[2:]}{{8,10}}(?!\d)"),  # as telephone numbers are written
    re.compile(r"(?<![\d.,:/-])\d{5,}(?![\d.,:/-])(?!\s*(?:円|人|名|件|台|枚|個|通|時|分|秒|年|月|日|[KMGT]?B\b|ms))"),
    re.compile(
        r"(?:カルテ|患者|診察券|保険証|被保険者|利用者|(?<![A-Za-z])ID|(?<!受付)(?<!整理)(?<!照会)番号)[^\d\n]{0,5}(\d[\d-]+)",
        re.IGNORECASE,
    ),
    re.compile(r"(?:明治|大正|昭和|平成|令和|\b[MTSHR])\s?\d{1,2}[年./-]\d{1,2}[月./-]\d{1,2}"),
    re.compile(r"\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?\s*(?:生|うまれ|産まれ)"),
    re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
)


def mentions(text: str, roster: Roster) -> tuple[Mention, ...]:
    """Give what a text seems to name, in order and without overlaps: what the registry knows, and what looks like it."""
    plain = flat(text)
    found = sorted(
        (*_names(plain, roster), *_people(plain), *_houses(plain, roster), *_numbers(plain, roster)),
        key=lambda one: (one.start, -one.end),
    )
    return tuple(_apart(found))


def _apart(found: Iterable[Mention]) -> Iterator[Mention]:
    """Give those that overlap as one: what is left of a number would find its owner as well."""
    last: Mention | None = None
    for one in found:
        if last is not None and one.start < last.end:
            last = replace(last, end=max(last.end, one.end))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _names(text: str, roster: Roster) -> Iterator[Mention]:
    """Find the people of the house; a name of one sign is a word as well (山, 森), unless it stands for somebody."""
    for word in {part for member in roster.members for part in _parts(member.name)}:
        name = re.escape(word)
        pattern = name
        if word.isascii():
            pattern = rf"\b{name}\b"
        elif len(word) == 1:
            pattern = (
                rf"(?:(?<!\w)|(?<=[ぁ-ゖァ-ヶ])){name}(?={_CALLED}|{_TITLE}|{_STANDS_FOR_SOMEBODY})|(?<!\w){name}(?!\w)"
            )
        yield from (Mention(hit.start(), hit.end(), "name") for hit in re.finditer(pattern, text))


def _parts(name: str) -> Iterator[str]:
    """Give the words by which a person is named: the whole name, its parts, and the family name of one written in one."""
    parts = flat(name).split()
    yield "".join(parts) if not name.isascii() else " ".join(parts)
    yield from (part for part in parts if len(part) > 1 or not part.isascii())
    if len(parts) == 1 and not name.isascii() and len(name) > 2:
        yield parts[0][: 1 if len(name) == 3 else 2]  # 森太郎 is a 森, 山田太郎 a 山田


def _people(text: str) -> Iterator[Mention]:
    for hit in _PERSON.finditer(text):
        if not NOBODY.fullmatch(hit[1]):
            yield Mention(hit.start(), hit.end(), "name")
    yield from (Mention(h.start(), h.end(), "name") for h in re.finditer(r"\b(?:Mr|Mrs|Ms|Dr)\.? [A-Z][\w'-]+", text))


def _houses(text: str, roster: Roster) -> Iterator[Mention]:
    names = {flat(contact.name) for contact in roster.contacts if contact.kind != "authority"}
    for name in names:
        yield from (Mention(h.start(), h.end(), "place") for h in re.finditer(re.escape(name), text) if len(name) > 1)
    for hit in _HOUSE.finditer(text):
        if not _NO_HOUSE.fullmatch(hit[1]) or _BY_ITSELF.match(text, hit.start()):
            yield Mention(hit.start(), hit.end(), "place")
    for pattern in (_HOUSE_EN, _GROUP):
        yield from (Mention(hit.start(), hit.end(), "place") for hit in pattern.finditer(text))


def _numbers(text: str, roster: Roster) -> Iterator[Mention]:
    for pattern in _NUMBERS:
        yield from (Mention(hit.start(), hit.end(), "number") for hit in pattern.finditer(text))
    known = {m.telephone for m in roster.members} | {getattr(c, f) for c in roster.contacts for f in NUMBER_FIELDS}
    for number in filter(None, known):
        digits = re.sub(r"\D", "", number.partition("内線")[0])
        if len(digits) > 4:
            written = r"(?<!\d)" + r"[\s()./-]{0,2}".join(digits) + r"(?!\d)"
            yield from (Mention(hit.start(), hit.end(), "number") for hit in re.finditer(written, text))
