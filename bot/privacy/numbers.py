"""Numbers by which a patient is known: the individual number, insurance, and the chart's, with their check digits; all read in flat text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.privacy.hits import Hit, Kind

_GAP = r"[\s・-]{0,2}"
_BETWEEN = r"[^\d\n。]{0,12}"
_SAYS = r"[はがもをの:;=、,\s「『(\[#」』)\]→とってでいうNo.noisare番号-]{0,9}"
"""What stands between the name of a number and the number."""

_UNIT = r"(?!\s*(?:円|人|名|件|台|枚|個|通|回|冊|本|時|分|秒|年|月|日|歳|才|%|桁|ケタ|文字|つ|か所|ページ|行|番目|[KMGT]?B\b|ms|kg|mg|ml|cm))"

_MY_NUMBER_SAID = re.compile(
    rf"(?:マイナンバー|個人番号|my\s?number|individual\s?number|マイナ(?!ス))(?:カード)?{_BETWEEN}"
    rf"(?P<value>(?<!\d)\d(?:{_GAP}\d){{10,12}}(?!\d))",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?<![A-Za-z])(?:ID|No\.?|№|#|(?<!郵便)番号)[は:\s]{0,2}(?P<value>[A-Za-z]{0,2}-?\d{3,8}(?:-\d{1,4})?)(?![\d.:/-])"
    + _UNIT,
    re.IGNORECASE,
)
_OF_CHARTS = re.compile(
    r"患者|利用者|カルテ|薬歴|処方|診察券|受診|来院|訪問看護|charts?\b|patients?\b|prescription|medical record",
    re.IGNORECASE,
)
_OF_LOGINS = re.compile(
    r"部屋|病室|ロッカー|発行機|受付番号|整理番号|電話番号|ログイン|アカウント|ユーザー|端末|パソコン|保険者|記号|注文|型番|伝票|追跡|契約|エラー|login|account|user|ticket|error|order",
    re.IGNORECASE,
)

_MY_NUMBER_NEAR = re.compile(
    r"(?:マイナンバー|個人番号|my\s?number)[^\d\n]{0,30}(?P<value>\d{4}[\s・-]?\d{4}[\s・-]?\d{4})(?!\d)", re.IGNORECASE
)
_INSURER_NAMED = re.compile(
    rf"(?:(?<!被)保険者|国保|社保|健保|協会けんぽ|けんぽ|後期高齢者?|共済)(?:は|が|:|の|\s){{0,3}}(?P<value>\d{{8}}|\d{{6}})(?!\d){_UNIT}"
)
_TWELVE = re.compile(r"(?<![\d.+A-Za-z])(?<!\d[-\s・])\d{4}[\s・-]?\d{4}[\s・-]?\d{4}(?![\d.A-Za-z])(?![-\s・]\d)")
_EIGHT = re.compile(r"(?<![\d.+A-Za-z:/-])\d{8}(?![\d.A-Za-z:/-])" + _UNIT)

_OF_THINGS = re.compile(
    r"(?:型番|型式|型名|品番|機種|シリアル|製造|S/?N|serial|model|part|注文|発注|納品|伝票|送り状|追跡|配送|お?問い?合わ?せ|お?問合せ|照会|JAN|バーコード"
    r"|契約|口座|受付|受領|整理|管理|請求|領収|ライセンス|キー(?!パーソン)|ロット|lot|認証|会員|お?客(?:様|さま)?|顧客|登録|プロダクト|product|order|invoice|tracking|ticket"
    r"|チケット|案件|事業者|法人|機関|コード|code|ISBN|資産|回線|カード|ミーティング|会議|meeting|リモート|TeamViewer|AnyDesk|遠隔|接続|バージョン"
    r"|version|ver|円|¥|￥)[^\d\n。]{0,12}$",
    re.IGNORECASE,
)
"""What a number that only looks like somebody's is of."""

_OF_TELEPHONES = re.compile(r"(?:電話|TEL|FAX|内線)[^\d\n。]{0,12}$", re.IGNORECASE)

_INSURER_SAID = re.compile(
    rf"(?:(?<!被)保険者(?:の)?(?:番号|No\.?|ナンバー)|負担者番号|insurer(?:'?s)?\s?(?:number|no\.?|id)){_BETWEEN}(?P<value>(?<!\d)\d(?:{_GAP}\d){{5,7}}(?!{_GAP}\d)){_UNIT}",
    re.IGNORECASE,
)

_CODE = r"(?:[一-鿿々ァ-ヶA-Za-z]{0,4}|[ぁ-ゖ])[\s・-]{0,2}\d[\dA-Za-z]{0,12}(?:[・.-][\dA-Za-z]{1,12}){0,3}"
_INSURED = (
    re.compile(
        r"(?:記号|symbol)[\s:は]{0,2}(?P<value>[^\s\d、。,]{0,8}\s?\d{0,10})[\s、,/・]{1,2}(?:番号|number|no\.?)[\s:は]{0,2}\d{2,10}(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"記号{_SAYS}(?P<value>{_CODE}{_UNIT}[\s、,/・」』(で-]{{0,3}}(?:番号{_SAYS})?{_CODE})(?![\dA-Za-z]){_UNIT}"
    ),
    re.compile(
        rf"(?:記号[・･/と、\s]{{0,2}}番号|被保険者等?(?:証|番号|記号)?(?:の|等の)?(?:記号|番号|No\.?)?|(?:健康)?保険証(?:の)?(?:記号|番号|No\.?)|資格確認書(?:の)?(?:記号|番号|No\.?)"
        rf"|受給者(?:証)?(?:の)?番号|介護保険(?:証)?(?:の)?番号|insur(?:ance|ed)\s?(?:card\s?|policy\s?|member\s?)?(?:number|no\.?|id|symbol)|member\s?(?:number|no\.?|id)|policy\s?(?:number|no\.?))"
        rf"{_SAYS}(?P<value>[一-鿿々A-Za-z]{{0,3}}[\s・-]{{0,2}}\d[\dA-Za-z]{{1,12}}(?:[\s・.-][\dA-Za-z]{{1,12}}){{0,3}})(?![\dA-Za-z]){_UNIT}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:保険証|資格確認書|被保険者証)[^\d\n。]{{0,16}}(?:番号|No\.?){_SAYS}(?P<value>\d[\d・-]{{2,14}})(?!\d){_UNIT}",
        re.IGNORECASE,
    ),
)

_CHART = (
    re.compile(
        rf"(?:カルテ|診察券|診療録|患者(?:さん|様)?|薬歴|利用者|受診者|登録患者|新患(?:登録)?|問診票|お?(?:くすり|薬)手帳|カル(?=番)|検体|レセプト|karte|patient(?:'s)?(?:\s(?:record|file))?|(?<![A-Za-z])pt\.?|chart|medical\s?record|MRN)(?:の)?\s?(?:番号|No\b\.?|№|ナンバー|ID|コード|#|numbers?|番|MRN)"
        rf"{_SAYS}(?:\d{{1,2}}[桁ケタ]{{1,2}}[でのは]?)?(?P<value>[A-Za-z]{{0,3}}[\s-]{{0,1}}\d(?:\d{{0,2}}の\d{{2,6}}|[\d-]{{1,11}}))(?!-?\d)(?:番)?{_UNIT}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:カルテ|診察券|診療録|薬歴|karte\s|chart\s|patient\s(?:record\s)?|患者検索で|MRN)[:#№(\s-]{{0,2}}(?P<value>[A-Za-z]{{0,2}}-?(?:\d{{3,10}}(?:-\d{{1,6}})?|\d{{1,2}}-\d{{3,8}}))(?![\d])(?:番)?{_UNIT}",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![A-Za-z一-鿿ァ-ヶ])ID[は:=\s.]{0,3}(?P<value>[A-Za-z]{0,2}-?\d{3,10}(?:-\d{1,6})?)(?!\d)(?:番)?の人(?!に(?:聞|電話|頼)|が(?:ログイン|使|入))"
    ),
    re.compile(
        r"(?<![A-Za-z一-鿿ァ-ヶ])(?:ID|No\.?|№|#|番号)[はが:=\s.(]{0,3}(?P<value>[A-Za-z]{0,2}-?(?:\d{3,10}(?:-\d{1,6})?|\d{1,2}-\d{3,8}))(?!\d)(?:番)?(?=[^。、\n\d]{0,8}(?:患者|の方|様|さん(?:の?(?:カルテ|検査|予約|処方|薬))|patient))",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\d.:/年月-])(?!20[0-3]\dの)(?<![A-Za-z])(?P<value>[A-Za-z]{1,2}-?\d{2,8}|\d{1,3}-\d{3,8}|\d{4,10})の(?:患者(?!数)|(?:カルテ|薬歴|診察券)(?!番号)|[方人]の?(?:検査|カルテ|処方|予約|薬(?!局)|画像|会計|結果))"
    ),
    re.compile(r"(?<![\d.:/-])(?P<value>\d{4,10})番さん"),
    re.compile(r"(?<![\d.:/-])(?P<value>\d{5,10})の(?:検査結果|レントゲン|画像|CT|MRI|エコー|心電図|処方|採血)"),
    re.compile(r"(?:診察|受診)番号[は:\s]{0,2}(?P<value>\d{4,10})(?!\d)"),
    re.compile(
        r"(?:カルテ|診察券|患者|薬歴)(?:(?!機)[^\d\n。、]){0,6}(?:番号|ID)(?:(?!エラー|端末|内線|コード|電話|FAX|版)[^\d\n。、]){0,12}"
        rf"(?P<value>\d{{1,3}}-\d{{3,5}}|\d{{4,8}})(?![\d:/.-]){_UNIT}"
    ),
    re.compile(rf"患者(?:さん|様)?[\s(]{{1,2}}(?P<value>[A-Za-z]?\d{{4,10}})(?!\d){_UNIT}"),
    re.compile(rf"(?:新患|(?<![A-Za-z])pt\.?\s)\s?(?P<value>\d{{4,10}})(?!\d){_UNIT}", re.IGNORECASE),
    re.compile(r"(?:カルテ|薬歴|診察券)の\s?(?!20[0-3]\d(?!\d))(?P<value>\d{4,10}|\d{3}(?=番))(?!\d)" + _UNIT),
    re.compile(
        r"(?:カルテ|患者|診察券|薬歴|利用者)(?:の)?番号[はが:\s]{0,2}(?P<value>[〇一二三四五六七八九]{3,8})(?![一-鿿])"
    ),
    re.compile(
        r"(?<![A-Za-z一-鿿ァ-ヶ])(?:ID|No\.?|№)[は:=\s.]{0,3}(?P<value>[A-Za-z]{0,2}-?\d{3,10}(?:-\d{1,6})?)(?!\d)(?:番)?\s?の(?:検査|カルテ|処方|予約|薬(?!局)|画像|レントゲン|会計|データ|心電図)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\d.:/-])(?P<value>\d{3,10}(?:-\d{1,6})?)番の(?:患者|方|カルテ|利用者|人の?(?:検査|カルテ|処方|予約|薬(?!局)))"
    ),
    re.compile(
        r"(?:患者|利用者)(?:さん|様)?[はが、(\s]{1,2}(?:ID|No\.?|番号)[はが:=\s.]{0,3}(?P<value>[A-Za-z]{0,2}-?\d{2,10}(?:-\d{1,6})?)(?!\d)"
        + _UNIT,
        re.IGNORECASE,
    ),
)


_AND_ANOTHER = re.compile(r"(?:番)?\s?(?:と|、|,|および|及び|/|・)\s?(?P<value>[A-Za-z]?\d{3,10})(?!\d)" + _UNIT)
"""Behind one chart's number: 患者IDが5512と5521で入れ替わった."""

_SAID: Mapping[Kind, Sequence[re.Pattern[str]]] = {
    "my_number": (_MY_NUMBER_SAID,),
    "insurer": (_INSURER_SAID, _INSURER_NAMED),
    "insured": _INSURED,
    "chart": _CHART,
}


def numbers(flat: str, charts: Sequence[re.Pattern[str]]) -> Iterator[Hit]:
    """Find all of them; ``charts`` are the facility's own patterns of chart numbers."""
    said = list(_said(flat))
    yield from said
    for hit in _unsaid(flat, charts):
        own = _OF_TELEPHONES.search(flat[max(0, hit.start - _NEAR) : hit.start]) or is_of_a_thing(flat, hit.start)
        if not own and all(hit.end <= other.start or other.end <= hit.start for other in said):
            yield hit


def _said(flat: str) -> Iterator[Hit]:
    """Find what a word says to be such a number, whatever its check digit: one that was written wrongly is somebody's, too."""
    for found in _NUMBERED.finditer(flat):
        sentence = re.split(r"[。\n]", flat[max(0, found.start() - 40) : found.start()])[-1]
        sentence += re.split(r"[。\n]", flat[found.end() : found.end() + 40])[0]
        if _OF_CHARTS.search(sentence) and not _OF_LOGINS.search(sentence):
            yield Hit(*found.span("value"), "chart")
    for found in _MY_NUMBER_NEAR.finditer(flat):
        if is_my_number(re.sub(r"\D", "", found["value"])):
            yield Hit(*found.span("value"), "my_number")
    for kind, patterns in _SAID.items():
        for pattern in patterns:
            for found in pattern.finditer(flat):
                yield Hit(*found.span("value"), kind)
                end = found.end("value")
                while kind == "chart" and (other := _AND_ANOTHER.match(flat, end)):
                    end = other.end("value")
                    yield Hit(*other.span("value"), kind)


def _unsaid(flat: str, charts: Sequence[re.Pattern[str]]) -> Iterator[Hit]:
    """Find what gives itself away."""
    for found in _TWELVE.finditer(flat):
        if is_my_number(re.sub(r"\D", "", found[0])):
            yield Hit(*found.span(), "my_number")
    for found in _EIGHT.finditer(flat):
        if stands_for_an_insurer(found[0]):
            yield Hit(*found.span(), "insurer")
    for pattern in charts:
        yield from (Hit(*found.span(), "chart") for found in pattern.finditer(flat))


def is_of_a_thing(flat: str, start: int) -> bool:
    """Say whether words before a number tell that it is an order's, a device's or the like."""
    return _OF_THINGS.search(flat[max(0, start - _NEAR) : start]) is not None


_NEAR = 24
"""Signs before a number in which words tell what it is."""

MOST_SIGNS, LEAST_DIGITS = 24, 4
"""Of the shape of a chart number."""

_SHAPE = re.compile(r"[A-Za-z0-9/_-]+")


def pattern_of(shape: str) -> re.Pattern[str]:
    """Compile how a facility writes its chart numbers: ``9`` stands for any digit, ``A`` for any letter, all else for itself.

    ValueError for a shape with other signs, or with less than four digits: it would be found everywhere.
    """
    if not _SHAPE.fullmatch(shape) or len(shape) > MOST_SIGNS or shape.count("9") < LEAST_DIGITS:
        raise ValueError(shape)
    signs = "".join({"9": r"\d", "A": "[A-Za-z]"}.get(sign, re.escape(sign)) for sign in shape)
    return re.compile(rf"(?<![\w.:/-]){signs}(?![\w/-]|[.:]\d){_UNIT}".replace(r"\w", "A-Za-z0-9_"), re.ASCII)


MY_NUMBER, INSURER, NATIONAL_INSURER = 12, 8, 6
"""Digits of an individual number, of an insurer's number, and of that of a municipal health insurance."""

LAWS = frozenset({"01", "02", "03", "04", "06", "07", "31", "32", "33", "34", "39", "63", "67", "72", "73", "74", "75"})
"""The first two digits of insurers' numbers (法別番号), by the law under which people are insured; public payers left out."""

_PREFECTURES = range(1, 48)


def is_my_number(digits: str) -> bool:
    """Say whether twelve digits are an individual number.

    The last is the check digit of the ordinance on individual numbers (平成26年総務省令第85号, article 5): 11 less the rest of
    the weighted sum by 11, and 0 where that rest is 0 or 1. The weights are 2 to 7 from the right, then 2 to 6.
    """
    if len(digits) != MY_NUMBER:
        return False
    weighted = (int(digit) * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(digits[:-1]), start=1))
    rest = sum(weighted) % 11
    return int(digits[-1]) == (0 if rest <= 1 else 11 - rest)


def is_insurers(digits: str) -> bool:
    """Say whether six or eight digits are an insurer's number.

    The digits are weighted 2, 1, 2 … from the right, and those of the products add up to what the check digit fills up to ten
    (the ministry's rules on how insurers' numbers are set).
    """
    if len(digits) not in (INSURER, NATIONAL_INSURER):
        return False
    products = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits[:-1])))
    return (sum(product // 10 + product % 10 for product in products) + int(digits[-1])) % 10 == 0


def stands_for_an_insurer(digits: str) -> bool:
    """Say whether eight digits that no word explains are an insurer's: law, prefecture and check digit all have to fit."""
    return len(digits) == INSURER and digits[:2] in LAWS and int(digits[2:4]) in _PREFECTURES and is_insurers(digits)
