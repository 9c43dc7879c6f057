// The page: takes a bundle, shows how far the work is, says whole or altered in big words.

const $ = (id) => document.getElementById(id);

/** An element with a text in both languages, of which one is shown. */
function bilingual(tag, ja, en) {
  const element = document.createElement(tag);
  for (const [lang, text] of [["ja", ja], ["en", en]]) {
    const span = document.createElement("span");
    span.lang = lang;
    span.textContent = text;
    element.append(span);
  }
  return element;
}

function plain(tag, text, name = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = name;
  return element;
}

const grouped = (text) => String(text).match(/.{1,4}/g)?.join(" ") ?? "";

function speak(language) {
  document.documentElement.lang = language;
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  document.title = language === "ja" ? "記録の確認" : "Verify the record";
}

function fact(ja, en, ...value) {
  $("facts").append(bilingual("dt", ja, en));
  const cell = document.createElement("dd");
  cell.append(...value);
  $("facts").append(cell);
}

function findingLine({ kind, seq, detail }) {
  const words = FINDINGS[kind], item = bilingual("li", (seq === null ? "" : `${seq}番の記録: `) + words.ja,
    (seq === null ? "" : `entry ${seq}: `) + words.en);
  item.dataset.kind = kind;
  item.dataset.seq = seq ?? "";
  if (detail) item.append(" ", plain("code", detail));
  return item;
}

function show({ said, walk, findings }) {
  const whole = findings.length === 0;
  $("verdict").className = whole ? "whole" : "altered";
  $("verdict").replaceChildren(whole
    ? bilingual("h2", "✓ 書き換えの跡はありません", "✓ Whole: nothing was altered")
    : bilingual("h2", `✗ 書き換えの跡があります（${findings.length}件）`, `✗ Altered (findings: ${findings.length})`));
  $("findings").replaceChildren(...findings.map(findingLine));
  $("facts").replaceChildren();
  if (said) {
    if (said.open) $("verdict").append(bilingual("p", "【対応中】この記録はまだ終わっていません。", "Still open: this record has not ended."));
    for (const noted of said.findings ?? []) {
      if (FINDINGS[noted.kind]) $("noted").append(findingLine(noted));
    }
    fact("施設", "Facility", said.facility);
    fact("件", "Run", `${said.run}${said.mode === "drill" ? "　【訓練】(drill)" : ""}`);
    fact("提出先", "For", bilingual("span", said.recipient_title?.ja ?? said.recipient, said.recipient_title?.en ?? said.recipient));
    fact("記録", "Entries", bilingual("span",
      `${walk.digests.size}件（全部 ${walk.whole}、一部 ${walk.withheld}、要約値だけ ${walk.leftOut}）`,
      `${walk.digests.size} (${walk.whole} whole, ${walk.withheld} in part, ${walk.leftOut} as digests)`));
    fact("終わり", "Head", `${walk.seq}: `, plain("code", hex(walk.digest)));
    for (const { seq, count } of walk.disposed.values()) {
      fact("削除", "Removed", bilingual("span", `${seq}番の記録で、証拠のファイル${count}点が消されています（そう決めたことが記録されています）`,
        `evidence files removed by entry ${seq}: ${count} (that this was decided is recorded)`));
    }
    fact("封印", "Seals", String(walk.seals.size));
    const stamp = walk.stamps.at(-1), at = stamp?.at.toISOString().slice(0, 19).replace("T", " ");
    if (stamp) {
      fact("時刻の証明", "Time stamps", bilingual("span",
        `${walk.stamps.length}件。${stamp.seq}番までの記録は、${at}（UTC）にはありました。証明した者:`,
        `${walk.stamps.length}; the entries up to ${stamp.seq} existed at ${at} (UTC), says`), " ", plain("code", stamp.signer), " ",
      stamp.vouched ? bilingual("span", `✓ ${stamp.vouched} が保証しています`, `✓ vouched for by ${stamp.vouched}`)
        : bilingual("span", "だれのものかは、確かめていません。証明書の指紋:", "Whose it is was not verified. Its certificate's fingerprint:"),
      " ", plain("code", stamp.vouched ? "" : stamp.fingerprint));
    }
    if (walk.unlooked) fact("時刻の証明", "Time stamps", bilingual("span", `${walk.unlooked}件は、このブラウザーでは確かめられません`, `${walk.unlooked} can't be checked in this browser`));
    $("authority-box").hidden = walk.stamped === walk.unlooked;
    fact("ファイル", "Files", String(Object.keys(said.files).length));
    $("fingerprint").textContent = grouped(said.key);
    $("noted-box").hidden = !(said.findings?.length);
  }
  $("key-box").hidden = !said;
  $("result").hidden = false;
  $("result").dataset.verdict = whole ? "whole" : "altered";
  compare();
  $("verdict").focus();
}

function compare() {
  const given = $("other").value.toLowerCase().replace(/[^0-9a-f]/g, ""), own = $("fingerprint").textContent.replaceAll(" ", "");
  $("compared").replaceChildren(...(given === "" ? [] : [given === own
    ? bilingual("strong", "✓ 同じです", "✓ The same")
    : bilingual("strong", "✗ 違います。この一式は別のだれかが作ったものかもしれません", "✗ Not the same: somebody else may have made this bundle")]));
}

let authorities = [], latest = [];

/** Verify what was dropped or chosen, as [{path, file}]. */
async function take(entries) {
  if (!entries.length) return;
  latest = entries;
  $("result").hidden = true;
  delete $("result").dataset.verdict;
  $("noted").replaceChildren();
  $("working").hidden = false;
  const progress = (done) => { $("progress").value = done; };
  progress(0);
  await rest();
  try {
    let files, twice = [], more = 0;
    if (entries.length === 1 && !/manifest\.json$/.test(entries[0].path)) ({ files, twice, more } = await unzipped(entries[0].file));
    else files = loose(entries);
    show(await verified(files, twice, more, progress, authorities));
  } catch (error) {
    show({ said: null, findings: [{ kind: error.kind ?? "zip", seq: null, detail: error.message }] });
  } finally { $("working").hidden = true; }
}

/** All files of what was dropped, folders included. */
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => ({ path: file.name, file }));
  const out = [];
  const visit = async (entry) => {
    if (entry.isFile) {
      out.push({ path: entry.fullPath.slice(1), file: await new Promise((done, fail) => entry.file(done, fail)) });
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (!some.length) return;
      for (const one of some) await visit(one);
    }
  };
  for (const entry of entries) await visit(entry);
  return out;
}

document.addEventListener("dragover", (event) => { event.preventDefault(); $("drop").classList.add("over"); });
document.addEventListener("dragleave", () => $("drop").classList.remove("over"));
document.addEventListener("drop", async (event) => {
  event.preventDefault();
  $("drop").classList.remove("over");
  take(await dropped(event.dataTransfer));
});
$("chosen").addEventListener("change", (event) => {
  take([...event.target.files].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
  event.target.value = "";
});
$("other").addEventListener("input", compare);
$("authority").addEventListener("change", async (event) => {
  try {
    const files = await Promise.all([...event.target.files].map(async (file) => new Uint8Array(await file.arrayBuffer())));
    authorities = files.flatMap(tokens.certificatesIn);
    event.target.value = "";
    $("authority-wrong").hidden = true;
  } catch { $("authority-wrong").hidden = false; return; }
  await take(latest);
});
for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => speak(button.dataset.language));
}
speak(navigator.language.toLowerCase().startsWith("ja") ? "ja" : "en");
