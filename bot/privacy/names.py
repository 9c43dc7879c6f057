"""Patients' names: what is called さん or 様 where the words around it say that it is a patient, and nobody who works here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from bot.privacy.families import family_in, is_given, is_ours
from bot.privacy.hits import Hit
from contacts.written.mentions import NOBODY
from playbooks.frozen import frozen

KANJI = "(?:(?![様殿])[一-鿿々〆ヶ])"
KATAKANA = "[ァ-ヶー\u3099\u309a]"
"""With the marks that stand by themselves in half width."""

_GIVEN = (
    rf"(?:[ ・]?[ぁ-ゖ]{{2,4}}|[ ・]?[ァ-ヶー]{{2,6}}|[ ・]{KANJI}{{1,3}}"
    r"|[ ・]?(?:[ァ-ヶー]{1,3}|[ぁ-ゖ]{1,2})[子美江代枝乃])"
)
_NAME = (
    rf"(?:{KANJI}{{1,5}}{_GIVEN}?"
    rf"|{KATAKANA}{{2,10}}(?:[ ・]{KATAKANA}{{2,10}})?|[ぁ-ゖ]{{2,10}}(?: [ぁ-ゖ]{{2,6}})?)"
)
"""What may be a name; of kana that stand for words as well, only what begins or ends like one is taken (:func:`_named`)."""

CALLED = (
    r"\s?(?:のお(?:ばあ|じい)(?:さん|ちゃん)|さん|サン|様(?![子式相態々])|さま|氏(?!名)|くん|クン|君|ちゃん|チャン|殿)"
)
_PATIENT = r"(?:患者|利用者|入居者|受診者|ご利用者|御利用者|妊婦|新患)"
_ILLNESS = (
    r"(?:糖尿病|高血圧|低血圧|がん|癌|インフル(?:エンザ)?|コロナ|肺炎|骨折|捻挫|喘息|認知症|うつ病?|腎不全|心不全|心筋梗塞|脳梗塞|発熱|風邪|かぜ|腰痛|胃腸炎|胃潰瘍|虫歯|歯周病"
    r"|白内障|緑内障|骨粗(?:鬆|しょう)症|てんかん|アトピー|花粉症|痛風|貧血|肝炎|結核|HIV|リウマチ|パーキンソン病?|妊娠|ペースメーカー|人工関節|ワーファリン|インスリン)"
)
_TREATED = (
    r"(?:(?:入院|通院|初診|再診|急患|予約|退院予定|転院|訪問先|往診先|酸素|呼吸器|胃ろう|独居|[一ひ]人暮らし|ひとり暮らし)の"
    rf"|{_ILLNESS}(?:の|で(?:通院|受診|来院|入院)(?:中|し(?:た|ている))?の?|があ?る)"
    r"|(?:点滴|採血|リハビリ|抜歯|妊娠)中の|(?:待合室|待合|\d{1,4}号室|ベッド\s?\d{0,2}|\d{1,2}番ベッド|診察台|ユニット\s?\d{0,2})の"
    r"|(?:入院|来院|受診|通院|透析|治療|診察待ち|会計待ち|検査待ち|待合)(?:中|に来)?(?:で|に)?(?:待って(?:いる|いた|る)|お待ち)?の"
    r"|(?:入院|来院|受診|通院|透析|治療|診察|検査|予約|退院|転院|搬送|会計|処置|手術)(?:を|に|が)?(?:された|した|していた|している|してる|し(?:に|て)来た|済みの|予定の|待ちの|後の|前の|のあった|のある|来た|来られた))"
)
SICK = (
    r"(?:カルテ|診療録|処方|お?薬(?!局|剤)|お薬手帳|薬歴|内服|検査|採血|血液|血圧|血糖|体温|心電図|エコー|内視鏡|胃カメラ|レントゲン|X線|CT|MRI|画像|診察|診断|病名|病状|容体|容態|症状"
    r"|予約(?!表|枠|システム|サイト|画面|アプリ)|受診|来院|会計|診療費|医療費|保険証|資格確認書|診察券|紹介状|既往|アレルギー|点滴|注射|手術|処置|治療|抜歯|入れ歯|義歯|インプラント|補綴|型|透析|リハビリ|往診|入院|退院|転院"
    r"|リコール|はがき|ハガキ|写真|個人情報|訪問記録|住所|健診|検診|生年月日|マイナ|問診|ワクチン|予防接種|母子手帳|ケアプラン|褥瘡|看取り|お?会計|明細|レセ(?!コン)|返戻|お母(?:様|さん)|お父(?:様|さん)|お?(?:嫁|婿|孫)さん|娘さん|息子さん|奥(?:様|さん)|旦那さん|ご家族|ご主人)"
)
NOT_SICK = (
    r"(?!(?:(?:[^。、\s]{0,4}(?:端末|パソコン|PC|システム|機械|ソフト|プリンタ|サーバ|アプリ|画面|担当|当番|係|室|台|棚|車|窓口|手(?!術|帳)|介助|補助"
    r"|準備|対応|片付|業務|仕事|会社|メーカー|業者|屋|練習|訓練|研修|やり方|手順|マニュアル|打ち合わせ))|用|機(?!能)))"
)
THEIRS = re.compile(rf"\s?の(?:\d{{1,2}}(?:人|名)(?:分)?の)?(?:方々?の)?{SICK}{NOT_SICK}")
"""Said behind names: what is a patient's."""

STAFF = re.compile(
    r"(?:会社|業者|ベンダー|メーカー|サポート|営業|担当(?:者|は)?|事務|受付|看護師?|主任|師長|薬剤師|衛生士|助手|技師|栄養士|療法士|医事課|会計課|バイト|うち|SRL|BML|シーメンス|薬局|歯科|センター|訪問看護|代行|税理士|社労士|日立|東芝|パナソニック|PHC|メディコム|ORCA|モリタ|ヨシダ|IBM|ステーション|院長|所長|パート|新人|スタッフ|職員|同僚|当番|夜勤|日勤|早番|遅番|当直|富士通|NTT|NEC|リコー|キヤノン|キャノン"
    r"|システムズ?|商事|電機|電工|警察|署|消防|保健所|役所|弁護士|記者|社長|部長|課長|店長|ヘルパー|ケアマネ|係|工事|警備|大家|(?<!薬)局|[課部庁屋店社]|(?:師|協|商工|自治|組合)会|ヤマト|佐川|郵便|宅配|配達|清掃|掃除|管理(?:人|会社)?|生協|弁当|電力|ガス|水道|銀行|生命|火災|損保|セコム|コピー機|自販機|クリニック|医院|病院)(?:の|、|で|から|・|\s){0,2}$"
)
_MISTAKEN = r"(?:誤|間違|まちが|別の|違う|ちがう|他の|ほかの|取り違)"
_ADMINISTERED = r"(?:薬|処方|注射|点滴|投与|投薬|接種|採血|書類|明細|領収|検査|診断書|紹介状|カルテ|保険証|診察券)"
_TOLD_OF = (
    r"(?:(?:来院|受診|入院|退院|搬送|転院|通院)(?:し(?!た方|て(?:いる|る)方)|され|になり|になった|中(?!の|に)|です)|急変|再診|初診|亡くな|死亡|アナフィラキシー|ショック状態|意識(?:が|を)?(?:な|失|消|低)"
    r"|けいれん|痙攣|吐血|下血|嘔吐|発作)"
)
_AGE = r"[\s、(・]{0,2}(?:\d{1,3}|[一二三四五六七八九十]{1,4})\s?(?:歳|才|代(?:男|女))"

_LED_BY_PATIENT = (
    # 患者の山田太郎さん, 患者さん(田中様), 患者：山田花子様
    re.compile(
        rf"{_PATIENT}(?:(?:さん|様|さま|の方)(?:の|で|:|=|は「|\s?[(「『【])|(?:の|で|:|=|、|・|\s|\(|「|『|【){{1,2}})(?P<name>{_NAME}){CALLED}"
    ),
    re.compile(
        rf"{_PATIENT}(?:さん|様|さま)?の?(?:お?名前|氏名|名)\s?(?:(?:は|が)?\s?[:=「『]|\s|、){{1,2}}(?P<name>{_NAME})(?=$|[\s」』、。,.)(]|{CALLED}|で|と|に|の|が|を)"
    ),
    re.compile(rf"{_PATIENT}(?:さん|様|さま)?の?(?:お?名前|氏名|名)\s?(?:は|が)?\s?(?P<name>{_NAME}){CALLED}"),
    re.compile(
        rf"(?:お?名前|氏名)\s?(?:は|が|:|=|「|『|\s){{1,2}}\s?(?P<name>{_NAME})(?:{CALLED})?(?=$|[\s」』、。,.)(]|で|と)(?=[^\n]{{0,40}}(?:患者|生|歳|才|カルテ|診察|受診|保険|DOB|{_ILLNESS}))"
    ),
)
"""What says outright that it is a patient: whoever has no more than a colleague's family name is another."""

_LED = (
    re.compile(rf"{_TREATED}(?P<name>{_NAME}){CALLED}"),
    re.compile(
        rf"(?:ご?家族|保護者|付き?添いの?(?:方)?|娘さん|息子さん|奥(?:様|さん)|ご主人|お[母父](?:様|さん)|(?<!の)(?:[長次三][男女]|姉|妹|弟|(?<!お)兄|(?<!丈)夫|妻))の(?P<name>{_NAME}){CALLED}"
    ),
    re.compile(rf"(?:お?名前|氏名|宛名|名義|表示)が(?P<name>{_NAME}){CALLED}(?:に|と)な"),
    # 72歳女性の山田さん
    re.compile(
        rf"\d{{1,3}}\s?(?:歳|才|代)(?:の|、|\s)?(?:男性|女性|男の子|女の子|男児|女児|男|女)?(?:の|、|\s|で)?(?P<name>{_NAME}){CALLED}"
    ),
)
_UNCALLED = (
    # 患者鈴木様, 患者の中井康夫(70)が, 患者: 中島 健一 S35.1.5
    re.compile(
        rf"{_PATIENT}(?:(?:さん|様|さま)?の?(?:お?名前|氏名|名)(?:は|が)|(?:の|:|=|、|・|\s|\(|「|『){{0,2}})"
        rf"(?P<name>{KANJI}{{1,5}}(?:[ ・](?:{KANJI}{{1,3}}|[ぁ-ゖ]{{2,4}}|[ァ-ヶー]{{2,6}}))?|[ァ-ヶー]{{4,10}})"
        rf"(?=$|{CALLED}|[\s」』、。,.()]|が|は|に|を|と|の|で)"
    ),
)
_FOLLOWED = (
    # 山田さんのカルテ
    re.compile(
        rf"(?P<name>{_NAME}){CALLED}(?:の|\s?\()(?:今日の|本日の|昨日の|明日の|前回の|次回の|分の|過去の|\d{{1,2}}時の)?{SICK}{NOT_SICK}"
    ),
    re.compile(
        rf"(?P<name>{_NAME}){CALLED}(?:という|っていう|と言う|とおっしゃる|といわれる|と名乗る)(?:お?名前の)?(?:\d{{1,3}}[歳才]の)?(?:女性の|男性の)?(?:{_PATIENT}|方(?:が|の)[^。、]{{0,8}}(?:来院|受診|診察|予約|会計))"
    ),
    re.compile(rf"(?P<name>{_NAME}){CALLED}?\s?[(（]{_PATIENT}"),
    re.compile(rf"(?P<name>{_NAME}){CALLED}{_AGE}"),
    re.compile(
        rf"(?P<name>{_NAME}){CALLED}(?:が|は|も)(?:今|今日|本日|昨日|先ほど|さっき|急に|また|、){{0,2}}[^。、\n]{{0,4}}?{_TOLD_OF}"
    ),
    re.compile(rf"(?P<name>{_NAME}){CALLED}(?:に|へ)[^。\n]{{0,12}}{_MISTAKEN}[^。\n]{{0,12}}{_ADMINISTERED}"),
    re.compile(rf"(?P<name>{_NAME}){CALLED}(?:に|へ)(?:他|ほか)の?人の"),
    re.compile(
        rf"(?P<name>{_NAME}){CALLED}(?:あて|宛て?)の?(?:FAX|ファックス|書類|検査|紹介状|請求書|封筒|手紙|薬(?!局)|処方)"
    ),
    re.compile(rf"(?P<name>{_NAME}){CALLED}に(?:処方|投与|投薬|接種)(?:し|され)"),
    re.compile(rf"{_MISTAKEN}[^。\n]{{0,16}}を(?P<name>{_NAME}){CALLED}(?:に|へ)(?:お?渡|出し|送|打)"),
    re.compile(rf"(?<!電子)カルテの(?P<name>{_NAME}){CALLED}(?:の分|だけ|が)"),
    re.compile(
        rf"(?P<name>{_NAME}){CALLED}(?:が|は)?(?:今|急に|さっき|待合(?:室)?で|トイレで|廊下で){{0,2}}(?:倒れ(?!そう)|転倒|転ん|転び|転落|失神|気を失)"
    ),
    re.compile(rf"(?P<name>{_NAME}){CALLED}宅?(?:へ|に|の|を)(?:訪問(?!看護)|往診|伺)"),
    re.compile(rf"(?P<name>{_NAME}){CALLED}\s?\(\d{{1,3}}\)"),
    re.compile(
        rf"(?P<name>{_NAME}){CALLED}のお子(?:さん|様)(?:の|が|は)[^。、\n]{{0,6}}(?:母子|ワクチン|接種|カルテ|診察|処方|受診|予約|薬)"
    ),
    re.compile(
        rf"(?P<name>{_NAME}){CALLED}(?:と|、|および|及び)(?P<other>{_NAME}){CALLED}(?:の|を|が)[^。\n]{{0,8}}(?:取り違|間違|カルテ|処方|薬(?!局|剤))"
    ),
)
_POLITE = re.compile(rf"(?P<name>{_NAME})\s?(?:様(?![子式相態々])|さま)")
_KNOWN_AS = re.compile(
    rf"(?P<name>{_NAME})(?:{CALLED})?(?:って(?:いう|ゆう)?|という|と言う|と名乗る)(?:お?名前の)?(?:\d{{1,3}}[歳才]の)?"
    r"(?:人|方(?!法|が(?:いい|良|早|安|楽))|かた|患者(?!で|じゃ)|男性|女性|男の|女の|お(?:じい|ばあ|じ|ば)(?:い|あ)?さん)"
)
"""橋本って人の薬: said of whoever the writer doesn't know."""

_OF_MACHINES = re.compile(
    r"再起動|リモート|遠隔|復旧|ログ(?!イン画面)|設定|バックアップ|サーバ|ルーター|ハブ|ケーブル|LAN|回線|ウイルス|駆除|パッチ|プリンタ|パスワード|USB|メール|原因|調査|停電|ブレーカー|シフト|研修|休憩|到着|荷物|配達|折り?返|かけ直|掛け直"
)
"""What is done about machines, or by whom one has called: of whoever does it nothing tells that they are a patient."""

OF_THE_SICK = re.compile(
    r"患者|来院|受診|予約|会計|診察|処方|カルテ|薬(?!局|剤師)|お呼び|具合|痛|熱|倒れ|入院|退院|検査|点滴|注射|お迎え|付き添|ご家族|アレルギー|血圧|診断|保険証|診察券|待合|お待ち|歳|往診|訪問|転倒|急変|症状"
)

CALLED_BY_NAME = re.compile(rf"(?P<name>{_NAME}){CALLED}")
_STAFF_BEHIND = re.compile(
    r"\s?[(（](?:派遣|業者|ベンダー|メーカー|営業|担当|研修|応援|バイト|新人|保守|サポート|職員|スタッフ)|先生|医師|記者"
)
_DUTY_BEFORE = re.compile(
    r"(?:対応は|電話は|電話に出(?:た|て(?:い)?た)のは)$|(?:会計|検査|訪問中?|往診中?|リハビリ|診察|予約|調剤|監査|レジ|カルテ|薬歴|ソフト|ネット|メディカル|テック|サービス)の$"
)
AT_WORK = re.compile(
    r"[はがも、]?[^。\n]{0,16}(?:(?:見れ|見られ|開け|開か|入れ|使え|映ら)(?:ない|ません)(?!人|方)|手書き|ログイン|待機|[早遅夜日]番)|で[^。\n]{0,10}帰し"
    r"|が(?:電話に)?出(?:た|ました|て(?:くれ|いま|ます))|(?:が|は|も)[^。\n]{0,16}(?:対応|見て|みて|配っ|帰し|頼ん|行き|行って|取りに|出しに|付き添|手伝|案内|仕切|戻り|戻っ|終わっ|持って|電話し|連絡し|呼び|確認し|担当|送っ|印刷|運ん|介助)"
    r"|に[^。\n]{0,12}(?:頼|お願い|聞い|任せ|電話し|伝え)|の(?:予約(?:表|枠|システム|サイト|画面)|許可|バッグ|かばん|端末|パソコン|PC|席|手が?|診察介助|検査の手|担当)|から[^。\n]{0,8}(?:システム|端末|業者)|(?:と|、)[^。、\n]{1,8}さんで|で[^。\n]{0,8}対応|って患者でも|宅の(?:ルーター|ネット|タブレット|端末|パソコン)"
    r"|[、, ]?[^。\n]{0,30}(?:持ってきて|手伝って|おいて|数えて|ください|お願い|お願いします|倒れました|急変です)$"
)
"""What somebody does who works here, or is asked to do."""

OF_TREATMENT = re.compile(
    r"フッ素|クラウン|根管|矯正|被せ物|差し歯|ブリッジ|褥瘡|吸引|酸素|健診|検診|手術|オペ|CT|MRI|レントゲン|X線|内服|麻薬|インプラント|抜歯|インスリン|検体|ラベル|採血管|倍量|誤投与|打(?:った|ち忘れ|ってし)|妊娠|死亡|亡くな|転倒|転落|飛び降り|血が|出血|息(?:が|を)|胸痛|請求書|診断書|余命|入れ歯|義歯|歯(?!科医師会)|訪看|指示書|保険者|オン資|資格確認|負担割合|窓口負担|[123]割"
    r"|娘さん|息子さん|奥さん|奥様|旦那さん|お母さん|お父さん|ご主人|お孫|キーパーソン|さんち|転院|飲んで|飲み忘れ|ワーファリン|医療券|在留カード|受給者証|問診票|宅(?!配)|ワクチン|リハビリ|透析|妊娠|出産|がん|癌|病|紹介状|ケアプラン|(?:ID|No)[.:\s]?\d"
)
"""Words of somebody's treatment beside those that :data:`OF_THE_SICK` holds."""

_LONGEST_GIVEN = 4
"""Signs of a given name."""

_NAME_ALONE = 5
"""With so few signs beside it a name is all that is said: the answer to who it was."""

_CHILD = ("ちゃん", "チャン", "くん", "クン", "君")

_BEFORE_A_DATE = re.compile(
    rf"(?P<name>{KANJI}{{2,6}}{_GIVEN}?)[\s,、(（]{{1,2}}(?:(?:19|20)\d\d|(?:明治|大正|昭和|平成|令和|[MTSHR])\.?\d{{1,2}})[/.年-]\d{{1,2}}[/.月-]\d{{1,2}}"
)

_A_NAME = re.compile(rf"{KANJI}{{1,3}}(?!通|電|工|業|商|機|製|社|堂|庵|屋){KANJI}")

OF_FIRMS = re.compile(
    r"業者|ベンダー|メーカー|サポート|保守|会社|富士通|NTT|NEC|リコー|営業|事業者|工事|修理|回線|警察|消防|保健所|役所|医師会|弁護士|保険会社|銀行|株式|御中|各位|社長|取引|契約|見積|請求|納品"
)

_NO_NAME = re.compile(
    r"(?:.*(?:患者|利用者|家族|業者|先生|薬局|医院|病院|会社|メーカー|センター|担当|スタッフ|職員|屋|者|方|人|員|師|士|係|長|側|達|生|官|客|店|宅|社|機|気|業|徒|設|備|堂|局|署|所|院|課|部|班|隊|科|番|性|親|児|婦|老|若)"
    r"|(?:今日|本日|昨日|明日|先日|午前|午後|先程|今朝|次|前|後|別|他|同|全|各|両|当|本|私|僕|俺|誰|何|皆|彼|彼女|如何|姑|舅|赤|親御|複数|匿名|猫|犬|該当|対象|一部|残り|最初|最後|初め|二人|三人|数人|一人|お一人|ヘルパー|ケアマネ|ケアマネージャー|ドクター|ナース|スタッフ|ボランティア|パート|バイト|お姉|お兄|お嬢|お子|お爺|お婆|旦那|奥|お客|おじい|おばあ|おじ|おば|おかあ|おとう|おこ|おく|みな|たく|あか|おつかれ|おまち|おきゃく|こちら|そちら|あちら|どなた|どちら)"
    r")"
)
_UNCALLED_ENDING = re.compile(r"(?:のお(?:ばあ|じい)|さん|さま|くん|ちゃん|サン)$")
_BEFORE_A_NAME = re.compile(
    r"^(?:今日|本日|昨日|明日|先日|午前|午後|先程|先刻|今朝|毎週|毎月|再度|至急|現在|以前|前回|次回|当日|翌日|新規|急患|初診|再診|外来|入院中|通院中|来院中|受診中|待合|主人公)(?=..)"
)
_LONG_ENOUGH = 2
_PARTICLES = "のとはがにをもや"


@frozen
class Ours:
    """Who works here or is called, in hiragana and small letters.

    ``parts`` are whole names, their parts and how those are read, ``whole`` whole names, ``called`` those and the names by which
    firms and their people are called. ``known`` where the registry names those who work here.
    """

    parts: Collection[str] = ()
    whole: Collection[str] = ()
    called: Collection[str] = ()
    known: bool = False


def names(flat: str, our: Ours) -> Iterator[Hit]:
    """Find patients' names but for those of ours: 鈴木様 is no colleague of this name, who is called 鈴木さん."""
    ours, whole = our.parts, our.whole
    for pattern in _LED_BY_PATIENT:
        for found in pattern.finditer(flat):
            yield from _named(flat, *found.span("name"), whole)
    for pattern in _LED:
        for found in pattern.finditer(flat):
            yield from _named(flat, *found.span("name"), ours)
    for pattern in _FOLLOWED:
        for found in pattern.finditer(flat):
            for each in ("name", *(["other"] if "other" in found.groupdict() else [])):
                hits = _named(flat, *found.span(each), ours)
                yield from (hit for hit in hits if not STAFF.search(_before(flat, hit.start)))
    for pattern in _UNCALLED:
        for found in pattern.finditer(flat):
            if len(family_in(found["name"])) >= _LONG_ENOUGH:  # 患者の平均 names nobody
                yield from _named(flat, *found.span("name"), whole)
    for found in _KNOWN_AS.finditer(flat):
        firm = OF_FIRMS.search(sentence_around(flat, *found.span())) or STAFF.search(_before(flat, found.start()))
        if not firm and family_in(found["name"]):
            yield from _named(flat, *found.span("name"), ours)
    yield from _politely(flat, our.called)
    yield from _beside_the_sick(flat, our)
    yield from _dated(flat, ours)


def _politely(flat: str, ours: Collection[str]) -> Iterator[Hit]:
    """Find who is called 様 by a family name: so a patient is, unless the sentence is of a firm or an office and of nobody ill."""
    for found in _POLITE.finditer(flat):
        start, end = found.span("name")
        sentence = sentence_around(flat, start, end)
        ill = OF_THE_SICK.search(sentence) or OF_TREATMENT.search(sentence)
        firm = OF_FIRMS.search(sentence) or STAFF.search(_before(flat, start))
        if (ill and not STAFF.search(_before(flat, start))) or not firm:
            for hit in _named(flat, start, end, ours):
                name = flat[hit.start : hit.end]
                if family_in(name) or (ill and not firm and _A_NAME.fullmatch(name)):
                    yield hit


def _beside_the_sick(flat: str, our: Ours) -> Iterator[Hit]:
    """Find who is called by a family name that nobody here has: by their whole name, or in a sentence of somebody's treatment.

    Of a firm, an office or a helper the sentence, or what stands before the name, says so. Where it is known who works here, whoever
    else is called by name is a patient, unless they work, or it is of machines.
    """
    for found in CALLED_BY_NAME.finditer(flat):
        start, end = found.span("name")
        before, behind = _before(flat, start), re.split(r"[。\n]", flat[found.end() : found.end() + 40])[0]
        if STAFF.search(before) or _STAFF_BEHIND.match(behind):
            continue
        works = _DUTY_BEFORE.search(before) or AT_WORK.match(behind)
        sentence = sentence_around(flat, start, end)
        for hit in _named(flat, start, end, our.parts):
            name = flat[hit.start : hit.end]
            family = family_in(name)
            child = found[0].endswith(_CHILD) and is_given(name)
            if _NO_NAME.fullmatch(name[len(family) :]) or STAFF.search(_before(flat, hit.start)):
                continue  # 山本医院さん
            whole = bool(family) and 0 < len(name.replace(" ", "")) - len(family) <= _LONGEST_GIVEN
            treated = not works and (OF_TREATMENT.search(sentence) or OF_THE_SICK.search(sentence))
            other = our.known and not works and len(sentence) > _NAME_ALONE and not _OF_MACHINES.search(sentence)
            if (family or child) and not OF_FIRMS.search(sentence) and (whole or treated or other):
                yield hit


def _dated(flat: str, ours: Collection[str]) -> Iterator[Hit]:
    """Find whole names before a date of birth or a number that seems to be a chart's: such lines stand in lists of patients."""
    for found in _BEFORE_A_DATE.finditer(flat):
        family = family_in(found["name"])
        if family and len(found["name"]) > len(family):
            yield from _named(flat, *found.span("name"), ours)


_NAME_BEFORE = re.compile(
    rf"(?P<name>{_NAME})(?:{CALLED})?(?:[\s、,(:・]|の|宛て?(?:に|の)?|へ|は|(?=[父母夫妻娘嫁孫]|息子)){{1,3}}"
    r"(?:(?:生年月日|お?電話(?:番号)?|携帯|TEL|連絡先|ご?自宅|メール|アドレス|ID|番号|[父母夫妻娘嫁孫]|息子)(?:番号|アドレス)?[は:が\s]{0,2})?$",
    re.IGNORECASE,
)


def names_before(flat: str, found: Sequence[Hit], ours: Collection[str]) -> Iterator[Hit]:
    """Find the names that stand before what was ``found`` of a patient, as in a line of a list."""
    for data in found:
        before = re.split(r"[。\n]", flat[max(0, data.start - 32) : data.start])[-1]
        if (
            data.kind != "patient"
            and (name := _NAME_BEFORE.search(before))
            and not STAFF.search(before[: name.start()])
        ):
            start = data.start - len(before)
            for hit in _named(flat, start + name.start("name"), start + name.end("name"), ours):
                if family_in(flat[hit.start : hit.end]):
                    yield hit


def _before(flat: str, start: int) -> str:
    return flat[max(0, start - 12) : start]


def sentence_around(flat: str, start: int, end: int) -> str:
    """Give what stands around a place in its sentence, and not further away than a short sentence is long."""
    before, behind = flat[max(0, start - 40) : start], flat[end : end + 40]
    return re.split(r"[。\n]", before)[-1] + re.split(r"[。\n]", behind)[0]


def _named(flat: str, start: int, end: int, ours: Collection[str]) -> Iterator[Hit]:
    end -= len(flat[start:end]) - len(_UNCALLED_ENDING.sub("", flat[start:end]))
    name = _only_name(_trimmed(flat[start:end]))
    start = end - len(name)
    if name and not _is_nobody(name) and not is_ours(name, ours):
        yield Hit(start, end, "patient")


def _only_name(found: str) -> str:
    """Give what of a find is a name: kana behind kanji may be particles, so that a known family name has to stand there."""
    kana = re.search(r"[ぁ-ゖ]+(?: [ぁ-ゖ]+)?$", found)
    if kana is None or (kana.start() > 0 and family_in(found) and (kana[0][0] != "の" or is_given(kana[0]))):
        return found
    read = kana[0]
    return next(
        (read[at:] for at in range(len(read) - 1) if _is_read(read[at:], read[:at] or found[: kana.start()])), ""
    )


def _is_read(read: str, before: str) -> bool:
    """Say whether hiragana are a family name, with a given name or without; a given name alone stands behind a particle."""
    family = family_in(read)
    given = read[len(family) :].strip()
    return (bool(family) and (not given or is_given(given) or read[len(family)] == " ")) or (
        is_given(read) and (not before or before[-1] in _PARTICLES)
    )


def _trimmed(name: str) -> str:
    """Take off a time or the like that stands before a name without a space."""
    return _BEFORE_A_NAME.sub("", name)


def _is_nobody(name: str) -> bool:
    whole = name.strip()
    if family_in(whole) and len(whole) >= _LONG_ENOUGH:
        return False
    return bool(NOBODY.fullmatch(whole) or _NO_NAME.fullmatch(whole))
