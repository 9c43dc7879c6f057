"""What to ask: a vendor about emergencies, oneself at a renewal, and both at the end of a contract."""

from __future__ import annotations

from types import MappingProxyType

from contacts.labels import Labels
from playbooks.texts import Text

VENDOR_QUESTIONS: tuple[Text, ...] = (
    Text(
        ja="システムが止まったとき、サイバー攻撃が疑われるときに、御社は何をしてくださいますか。していただけないことは何ですか。",
        en="What do you do for us when the system stops, or when an attack is suspected? What do you not do?",
    ),
    Text(
        ja="緊急時の電話番号と受付時間（夜間・休日・連休を含む）、つながらないときの次の連絡先を教えてください。",
        en="Which numbers do we call and when (nights, weekends, long holidays), and whom next if nobody answers?",
    ),
    Text(
        ja="連絡してから対応が始まるまで、また来院いただくまで、どれくらいかかりますか。",
        en="How soon after our call do you start, and how soon can you be here?",
    ),
    Text(
        ja="遠隔保守はどの回線・機器を通りますか。こちらで切るにはどうすればよいですか。御社側でも止められますか。",
        en="Which line and device does remote maintenance use? How do we cut it, and can you stop it from your side?",
    ),
    Text(
        ja="バックアップはどこにあり、何日分ありますか。ネットワークから切り離した控えはありますか。",
        en="Where are the backups, how many days do they reach back, and is one of them kept off the network?",
    ),
    Text(
        ja="バックアップから戻すのに、どれくらいかかりますか。最後に試したのはいつですか。",
        en="How long does restoring from the backup take, and when was it last tried?",
    ),
    Text(
        ja="原因の調査と記録（ログ）の保全は、どこまでお願いできますか。ログは何日分残りますか。",
        en="How far do you look into the cause and preserve logs? How many days of logs are kept?",
    ),
    Text(
        ja="個人情報が漏れたおそれがあるとき、届け出や報告は、どちらが何をいつまでに行いますか。",
        en="If personal data may have leaked, which of us reports what to whom, and by when?",
    ),
    Text(
        ja="契約が終わるとき、データはどの形で返していただけますか。消したことの証明書は出ますか。",
        en="When the contract ends, in what form do we get our data back, and do you certify its deletion?",
    ),
)
"""What a vendor is asked once a year, in an order in which it can be read over the telephone."""

RENEWAL_POINTS: tuple[Text, ...] = (
    Text(ja="使っているシステムや範囲は変わっていませんか", en="Have the systems, or what is covered, changed?"),
    Text(
        ja="担当者と緊急時の連絡先は変わっていませんか", en="Have the persons in charge or emergency contacts changed?"
    ),
    Text(ja="料金は変わりませんか", en="Does the price change?"),
    Text(ja="非常時の対応についての取り決めはありますか", en="Does it say what they do in an emergency?"),
    Text(ja="終わるときのデータの返却・削除は書かれていますか", en="Does it settle the return or deletion of data?"),
    Text(
        ja="責任の分担（ふだんと非常時）は今のままでよいですか",
        en="Is the split of responsibilities, normally and in an emergency, still right?",
    ),
    Text(
        ja="自動更新ですか。解約を申し出る期限はいつですか",
        en="Does it renew itself, and until when can notice be given?",
    ),
)
"""What may have changed since a contract was last renewed; the vendor explains, the facility checks (guidance §3.5.2)."""

END_STEPS: Labels = MappingProxyType({
    "received": Text(ja="返却されたデータを受け取った", en="the returned data has arrived"),
    "readable": Text(ja="受け取ったデータを開いて読めた", en="the returned data opens and can be read"),
    "deleted": Text(ja="事業者側で消したと確認した", en="the vendor has confirmed the deletion"),
    "certificate": Text(ja="削除の証明書を受け取った", en="the certificate of deletion has arrived"),
    "cut": Text(ja="アカウントと遠隔の回線を止めた", en="accounts and remote lines are cut"),
    "devices": Text(ja="借りていた機器を返した", en="lent devices are returned"),
})  # fmt: skip
"""What is done when a contract has ended (guidance §3.5.2), by the names under which it is kept."""
