"""What the registry's fixed choices are called in a table: in Excel, in the contact chart, in a problem."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from playbooks.texts import Text

Labels = Mapping[str, Text]


def _labels(**named: tuple[str, str]) -> Labels:
    return MappingProxyType({key: Text(ja=ja, en=en) for key, (ja, en) in named.items()})


FACILITY_KIND = _labels(
    clinic=("診療所", "clinic"), dental=("歯科診療所", "dental clinic"), pharmacy=("薬局", "pharmacy"),
    visiting_nurse=("訪問看護ステーション", "visiting-nurse station"),
)  # fmt: skip
LANGUAGE = _labels(ja=("日本語", "Japanese"), en=("英語", "English"))
ROLE = _labels(
    director=("院長・管理者", "director"), safety_manager=("安全管理責任者", "safety manager"), doctor=("医師", "doctor"),
    dentist=("歯科医師", "dentist"), pharmacist=("薬剤師", "pharmacist"), nurse=("看護師", "nurse"),
    hygienist=("歯科衛生士", "hygienist"), reception=("受付", "reception"), staff=("職員", "staff"),
)  # fmt: skip
STATUS = _labels(active=("在籍", "active"), suspended=("利用停止", "suspended"), left=("退職", "left"))
CONTACT_KIND = _labels(
    vendor=("事業者", "vendor"), authority=("公的機関", "authority"), adviser=("専門家・支援", "adviser"),
    partner=("連携先", "partner"),
)  # fmt: skip
VENDOR_SERVICE = _labels(
    ehr=("電子カルテ・薬歴", "health records"), receipt=("レセコン", "claims computer"), network=("ネットワーク", "network"),
    remote_maintenance=("遠隔保守", "remote maintenance"), eligibility=("オンライン資格確認", "eligibility check"),
    imaging=("画像・レントゲン", "imaging"), lab=("検査", "laboratory"), backup=("バックアップ", "backup"),
    pc=("パソコン", "computers"), website=("ホームページ", "website"), mail=("メール", "mail"),
)  # fmt: skip
SERVICE: Labels = MappingProxyType({
    **VENDOR_SERVICE,
    **_labels(
        police=("警察", "police"), police_cyber=("警察サイバー相談窓口", "police cyber desk"),
        ppc=("個人情報保護委員会", "Personal Information Protection Commission"),
        mhlw=("厚生労働省", "Ministry of Health"), health_centre=("保健所", "public health centre"),
        eligibility_centre=("資格確認コールセンター", "eligibility call centre"), claims=("支払基金・国保連", "claims bodies"),
        regional_bureau=("地方厚生局", "regional health bureau"), insurer=("サイバー保険", "cyber insurer"),
        lawyer=("弁護士", "lawyer"), forensic=("調査会社（フォレンジック）", "forensic firm"),
        association=("医師会などの団体", "professional association"), adviser=("全体の相談役", "adviser for the whole"),
        connected=("接続している相手", "connected partner"), hospital=("連携病院", "partner hospital"),
        pharmacy=("連携薬局", "partner pharmacy"), care=("介護・ケアマネジャー", "care services"),
    ),
})  # fmt: skip
PLACE = _labels(onpremises=("院内", "on premises"), cloud=("クラウド", "cloud"), both=("院内とクラウド", "both"))
TASK = _labels(
    backup=("バックアップ", "backup"), patching=("更新プログラム", "patching"), logs=("ログの管理", "logs"),
    restoring=("復旧", "restoring"), reporting=("報告", "reporting"),
)  # fmt: skip
ANSWERABLE = _labels(us=("当施設", "we"), vendor=("事業者", "vendor"), both=("両方", "both"))
EQUIPMENT_KIND = _labels(
    mobile_router=("モバイルルーター", "mobile router"), spare_pc=("予備パソコン", "spare PC"), ups=("無停電電源（UPS）", "UPS"),
    paper_kit=("紙の用紙一式", "paper kit"), appointment_list=("印刷した予約表", "printed appointment list"),
    lamp=("懐中電灯・ランプ", "lamp"), other=("その他", "other"),
)  # fmt: skip
YES_NO = _labels(yes=("はい", "yes"), no=("いいえ", "no"))
WEEKDAY = _labels(
    mon=("月", "Mon"), tue=("火", "Tue"), wed=("水", "Wed"), thu=("木", "Thu"), fri=("金", "Fri"), sat=("土", "Sat"),
    sun=("日", "Sun"),
)  # fmt: skip
OCCASION = _labels(
    meeting=("会議・朝礼", "meeting"), before_opening=("診療前", "before opening"), midday=("昼休み", "midday")
)

PREFECTURES: tuple[str, ...] = (
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県",
    "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県",
    "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県",
    "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
)  # fmt: skip
"""The prefectures in the official order, north to south."""

REGIONS: Mapping[str, tuple[Text, tuple[str, ...]]] = {
    "north": (Text(ja="北海道・東北", en="Hokkaidō, Tōhoku"), PREFECTURES[:7]),
    "kanto": (Text(ja="関東", en="Kantō"), PREFECTURES[7:14]),
    "chubu": (Text(ja="甲信越・北陸・東海", en="Chūbu"), PREFECTURES[14:24]),
    "kinki": (Text(ja="近畿", en="Kinki"), PREFECTURES[24:30]),
    "chugoku": (Text(ja="中国・四国", en="Chūgoku, Shikoku"), PREFECTURES[30:39]),
    "kyushu": (Text(ja="九州・沖縄", en="Kyūshū, Okinawa"), PREFECTURES[39:]),
}
"""The prefectures by region, to be chosen with two taps."""
