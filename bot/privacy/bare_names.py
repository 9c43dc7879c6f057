"""Patients' names that stand bare, without さん or 様: a whole name, in a sentence of somebody's treatment, of nobody who works."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.privacy.families import family_in, is_ours
from bot.privacy.hits import Hit
from bot.privacy.names import (
    AT_WORK,
    KANJI,
    OF_FIRMS,
    OF_THE_SICK,
    OF_TREATMENT,
    STAFF,
    THEIRS,
    sentence_around,
)

_ENDS_LONG = "郎朗子美男夫雄彦助介之恵香奈樹代江枝乃"
_ENDS_SHORT = (
    _ENDS_LONG + "一二三也哉平吾治司志明洋和信博幸光直正行弘孝浩優真純花菜紀織里穂沙咲輔太斗翔悟貴隆敏範徳義則昭晃晴仁"
    "理絵莉梨衣希佳加実生輝暉史文久広寛康泰裕祐佑雅勝利敬聖潔勉豊稔茂進誠清勲功剛毅健賢憲哲徹陽瑛玲鈴音葉月海空結愛心蘭桜蓮凛郁宏章登"
)
_ALONE = "勇誠茂進実清豊博隆修昇稔勝明学薫忍翔蓮葵凛徹聡健剛浩孝弘守亮潤淳望光昭正武治満貢力巌勲功勉敦崇渉諒駿樹陸悠巧匠仁司均弥操梓泉恵愛円静香雅緑碧茜杏桃桜"
_SAID = (
    r"さくら|みどり|ゆかり|かおり|ひかり|あかり|しおり|ひろし|たかし|まさし|きよし|たけし|つよし|さとし|ただし|ひとし|みつる|まこと|はるか|ゆうこ|けいこ"
    r"|ひろみ|あけみ|なおみ|まゆみ|あゆみ|めぐみ|いずみ|さゆり|かずみ|よしえ|すみれ|なつみ|まさみ"
)
_KANA_GIVEN = rf"(?:{_SAID}|[ぁ-ゖ]{{1,3}}[子美江代枝乃]|[ァ-ヶー]{{1,3}}[子美江代枝乃])"
_BARE = re.compile(
    rf"(?<![一-鿿々〆ヶァ-ヶーA-Za-z])(?P<family>{KANJI}{{1,6}})(?:(?P<gap>[ ・])(?P<second>{KANJI}{{1,3}})|(?P<kana>[ ・]?{_KANA_GIVEN}))?"
    rf"(?!{KANJI}|[ァ-ヶー])"
)
_WORDS = re.compile(
    r".*(?:[管処修料経整代受病心物地原総倫論合推監審]理|[証説不判照透発文究解]明|[通受送返発着所自迷]信|[銀実移発進代先飛運通流執旅歩品]行|[訂修不補改公適]正|[宿当日率正]直|[観日蛍発感]光"
    r"|[紹仲厄媒]介|[補救介援自]助|[様電帽椅因調菓息双原女男分障弟親迷]子|[丈農工]夫|[水公太地]平|[唯統第同単万均択]一|[第再]三|[政自完主退]治|[上行]司|[意有同]志|[確事現誠充]実|[海太遠]洋|[昭令緩飽平]和"
    r"|[時年世交現当数十古近近]代|[知恩]恵|[保]健|[写]真|[不]幸|[講定意]義|[規法原]則|[本文論作]文|[学先衛発新学生人]生|[関中核安良用初]心|[毎先今来正満]月|[各録発低高騒]音|[葉言枝]葉|[勝有便権金]利"
    r"|[学大科入退通休見在]学|[上下出入所]力|[攻防保]守|[希要]望|[不]満|[平]均|[体操]操|[冷安]静|[歴経履]史|[集急夢使]?中)"
)
"""What ends like a given name and is a word."""

_LATER = re.compile(
    r"\s?(?:院長|所長|先生|医師|看護師|薬剤師|師長|主任|部長|課長|社長|店長|係長|事務|技師|記者|担当|スタッフ|職員"
    r"|[(（](?:受付|看護|事務|担当|職員|医師|院長|営業|業者))"
)
_ACTS = re.compile(
    r"(?:が|は|も)[^。\n]{0,16}(?:患者|利用者|[をに](?:[^。\n]{0,10})?(?:しました|します|ました|ます|中です)"
    r"|(?:連絡|電話|対応|確認|担当|作業|説明|案内)(?:し|を|中))"
)
"""What somebody does for a patient."""

_SEEN = re.compile(r"名前|氏名|会計|来て(?:い)?ま|来てない|来ません|連絡(?:が)?つ|待合|歳|才|生(?:まれ)?|呼ん")


_NUMBERED = re.compile(r"(?:ID|No\.?|番号)\D{0,3}\d{3,10}[\s:]?$")


def bare_names(flat: str, ours: Collection[str]) -> Iterator[Hit]:
    """Find them, but for those of ``ours``."""
    for found in _BARE.finditer(flat):
        end = _end_of_name(found)
        name = flat[found.start() : end]
        if not end or is_ours(name, ours) or STAFF.search(flat[max(0, found.start() - 12) : found.start()]):
            continue
        behind = re.split(r"[。\n]", flat[end : end + 40])[0]
        sentence = sentence_around(flat, found.start(), end)
        if _LATER.match(behind) or AT_WORK.match(behind) or _ACTS.match(behind) or OF_FIRMS.search(sentence):
            continue
        sick = OF_THE_SICK.search(sentence) or OF_TREATMENT.search(sentence) or _SEEN.search(sentence)
        if sick or THEIRS.match(behind) or _NUMBERED.search(flat[max(0, found.start() - 20) : found.start()]):
            yield Hit(found.start(), end, "patient")


def _end_of_name(found: re.Match[str]) -> int:
    """Give where a family name with a given one behind it ends; 0 where there is none."""
    signs = found["family"]
    family = family_in(signs)
    given = signs[len(family) :]
    if not family:
        return 0
    if found["kana"] or found["second"]:
        return found.end() if not given and (found["kana"] or _is_given(found["second"], family)) else 0
    return found.end("family") if _is_given(given, family) else 0


def _is_given(given: str, family: str) -> bool:
    if not given or _WORDS.fullmatch(given):
        return False
    if len(family) == 1:
        return len(given) in (2, 3) and given[-1] in _ENDS_LONG
    return given in _ALONE if len(given) == 1 else given[-1] in (_ENDS_SHORT if len(given) == 2 else _ENDS_LONG)
