// A bundle opened: a ZIP file or loose files, each with its SHA-256, against the signed list.

const MARK = { end: 0x06054b50, central: 0x02014b50, local: 0x04034b50 };
const JUNK = new Set([".DS_Store", "Thumbs.db", "desktop.ini"]);

const READ_WHOLE = new Set(["manifest.json", "manifest.sig", "journal.jsonl", "seals.jsonl", "people.jsonl", "seal.pub"]);

/** Why a ZIP file is not unpacked, as a kind of finding. */
class Unopened extends Error {
  constructor(kind, detail) { super(detail); this.kind = kind; }
}

/** The files of a ZIP file by name; `twice` are names that stand in it more than once, `more` the bytes that are of none. Throws if it is none. */
async function unzipped(blob) {
  const tail = new Uint8Array(await blob.slice(-65557).arrayBuffer()), view = new DataView(tail.buffer);
  let end = tail.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== MARK.end) end--;
  if (end < 0) throw new Error("no end of a ZIP file");
  const count = view.getUint16(end + 10, true), size = view.getUint32(end + 12, true);
  const start = blob.size - tail.length + end - size, before = start - view.getUint32(end + 16, true);  // what stands in front moves all
  if (start < 0 || before < 0) throw new Error("the directory is not there");
  const directory = new DataView(await blob.slice(start, start + size).arrayBuffer());
  const files = new Map(), twice = [];
  let at = 0, ours = 22, sum = 0, most = 0;
  for (let i = 0; i < count; i++) {
    if (directory.getUint32(at, true) !== MARK.central) throw new Error("the directory is damaged");
    const [length, extra, comment] = [28, 30, 32].map((place) => directory.getUint16(at + place, true));
    const nameBytes = new Uint8Array(directory.buffer, at + 46, length), name = new TextDecoder().decode(nameBytes);
    const method = directory.getUint16(at + 10, true), packed = directory.getUint32(at + 20, true);
    const offset = before + directory.getUint32(at + 42, true), flags = directory.getUint16(at + 8, true);
    const whole = directory.getUint32(at + 24, true);
    if (whole > Math.max(1 << 20, 100 * packed) || (READ_WHOLE.has(name) && whole > 32 << 20)) throw new Unopened("zip_size", name);
    [sum, most] = [sum + packed, Math.max(most, packed)];
    ours += await taken(blob, offset, packed, flags) + 46 + length + extra + comment;
    at += 46 + length + extra + comment;
    if (name.endsWith("/")) continue;
    if (files.has(name)) twice.push(name);
    files.set(name, () => unpacked(blob, nameBytes, method, packed, offset));
  }
  if (sum > blob.size && most <= blob.size) throw new Unopened("zip_size", "…");
  return { files, twice, more: Math.max(0, blob.size - ours) };
}

/** The bytes that a file takes, with what stands before it and behind it; Infinity where it is cut, which shows elsewhere. */
async function taken(blob, offset, packed, flags) {
  const head = new DataView(await blob.slice(offset, offset + 30).arrayBuffer());
  if (head.byteLength < 30) return Infinity;
  const inside = 30 + head.getUint16(26, true) + head.getUint16(28, true) + packed;
  if (!(flags & 8)) return inside;
  const mark = new DataView(await blob.slice(offset + inside, offset + inside + 4).arrayBuffer());
  return inside + (mark.byteLength === 4 && mark.getUint32(0, true) === 0x08074b50 ? 16 : 12);
}

async function unpacked(blob, name, method, packed, offset) {
  const header = new DataView(await blob.slice(offset, offset + 30).arrayBuffer());
  if (header.getUint32(0, true) !== MARK.local) throw new Error("no file begins here");
  const nameLength = header.getUint16(26, true), from = offset + 30 + nameLength + header.getUint16(28, true);
  const local = new Uint8Array(await blob.slice(offset + 30, offset + 30 + nameLength).arrayBuffer());
  if (!sameBytes(local, name)) throw new Error("its name stands otherwise before it");
  const content = blob.slice(from, from + packed);
  if (method === 0) return new Uint8Array(await content.arrayBuffer());
  if (method !== 8) throw new Error("packed in a way that is not known here");
  const stream = content.stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Loose files by their name inside the bundle; the folder that holds the list is where it begins. */
function loose(entries) {
  const list = entries.find(({ path }) => path.split("/").at(-1) === "manifest.json");
  const begin = list ? list.path.length - "manifest.json".length : 0;
  const files = new Map();
  for (const { path, file } of entries) {
    const name = path.slice(begin);
    if (!JUNK.has(name.split("/").at(-1))) files.set(name, async () => new Uint8Array(await file.arrayBuffer()));
  }
  return files;
}

/** Give files that were dropped without their folder the name that the list has for them. */
function withFolders(files, listed) {
  for (const name of listed.keys()) {
    const bare = name.split("/").at(-1);
    if (!files.has(name) && files.has(bare) && !listed.has(bare)) {
      files.set(name, files.get(bare));
      files.delete(bare);
    }
  }
}

const rest = () => new Promise((done) => setTimeout(done));

/** Verify a bundle: what its list says (null if it can't be read) and everything that is wrong. */
async function verified(files, twice, more, progress, cas) {
  const findings = more ? [{ kind: "zip_more", seq: null, detail: String(more) }] : [];
  for (const name of twice) findings.push({ kind: "file_extra", seq: null, detail: name });
  const found = new Map();
  const content = async (name) => {
    try { return files.has(name) ? await files.get(name)() : new Uint8Array(); } catch { return new Uint8Array(); }
  };
  const manifest = await content("manifest.json");
  let said, listed, head;
  try {
    said = JSON.parse(strictText(manifest));
    listed = new Map(Object.entries(said.files));
    head = `${said.head.seq} ${said.head.digest}`;
    if ([...listed.values()].some((told) => typeof told.sha256 !== "string") || !Array.isArray(said.keys)) throw new Error();
  } catch (error) {
    return { said: null, findings: [...findings, { kind: "manifest", seq: null, detail: error.message }] };
  }
  withFolders(files, listed);
  const names = [...files.keys()].sort();
  for (const [done, name] of names.entries()) {
    progress(0.5 * (done / names.length));
    try {
      const bytes = await files.get(name)();
      found.set(name, { bytes: bytes.length, sha256: hex(await bigSha256(bytes)) });
    } catch { found.set(name, { bytes: -1, sha256: "" }); }
  }
  const find = (kind, detail) => findings.push({ kind, seq: null, detail });
  for (const name of [...listed.keys()].sort()) {
    const file = found.get(name);
    if (!file) find("file_missing", name);
    else if (file.bytes !== listed.get(name).bytes || file.sha256 !== listed.get(name).sha256) find("file_altered", name);
  }
  names.filter((name) => !listed.has(name) && !["manifest.json", "manifest.sig"].includes(name)).forEach((name) => find("file_extra", name));
  await checkSignature(manifest, said.key, await content("seal.pub"), await content("manifest.sig"), find);

  const kept = new Map();
  for (const [name, file] of found) if (name.startsWith("evidence/")) kept.set(name.split("/").at(-1).split(".")[0], file);
  const walk = new Walk(said.keys, said.evidence ? kept : null, cas);
  const journal = await content("journal.jsonl");
  for (let start = 0, number = 1; start < journal.length; number++) {
    let end = journal.indexOf(10, start);
    if (end < 0) end = journal.length;
    await walk.line(number, journal.subarray(start, end));
    start = end + 1;
    if (number % 250 === 0) { progress(0.5 + 0.5 * (start / journal.length)); await rest(); }
  }
  walk.files();
  try {
    for (const line of strictText(await content("seals.jsonl")).split("\n").filter(Boolean)) await walk.seal(JSON.parse(line), null);
  } catch (error) { walk.find("seal", null, error.message); }
  try {
    strictText(await content("people.jsonl")).split("\n").filter(Boolean).forEach((line, place) => walk.person(place + 1, line));
  } catch (error) { walk.find("registry", null, error.message); }
  if (walk.names.size) walk.sheet(await content("timeline.csv"));
  if (`${walk.seq} ${hex(walk.digest)}` !== head) walk.find("head", walk.seq);
  progress(1);
  return { said, walk, findings: [...findings, ...walk.findings] };
}

async function checkSignature(manifest, key, publicFile, signatureFile, find) {
  let publicKey;
  try {
    const text = strictText(publicFile);
    publicKey = unhex(text.slice(0, -1), 32);
    if (text.at(-1) !== "\n" || fingerprintOf(publicKey) !== key) throw new Error();
  } catch { find("key", "seal.pub"); return; }
  try {
    const text = strictText(signatureFile);
    const said = `tomoshibi bundle 1\nmanifest: ${hex(sha256(manifest))}\nkey: ${key}\n`;
    if (text.at(-1) === "\n" && await signed(publicKey, unhex(text.slice(0, -1), 64), encoder.encode(said))) return;
  } catch { /* no signature at all */ }
  find("signature", "manifest.json, manifest.sig");
}
