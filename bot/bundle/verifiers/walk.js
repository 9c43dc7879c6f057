// The walk along a bundle's journal: chain, seals and evidence, computed anew.

const encoder = new TextEncoder();
const strictText = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const hex = (bytes) => { let out = ""; for (const byte of bytes) out += HEX[byte]; return out; };

/** Bytes from lower-case hexadecimal; throws for anything else. */
function unhex(text, size) {
  if (typeof text !== "string" || text.length !== 2 * size || !/^[0-9a-f]*$/.test(text)) throw new Error(`no ${size} bytes`);
  const out = new Uint8Array(size);
  for (let i = 0; i < size; i++) out[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return out;
}

const fingerprintOf = (key) => hex(sha256(key)).slice(0, 32);

/** A text as Python's json.dumps writes it, which is how a run's name stands in a seal. */
const asciiJson = (text) => JSON.stringify(text)
  .replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

const TEXTS = ["run", "recorded_at", "occurred_at", "actor", "cause", "kind"], NUMBERS = ["seq", "turn", "part"];

function envelopeOf(text) {
  const said = JSON.parse(text);
  const fits = said && typeof said === "object" && Object.keys(said).length === TEXTS.length + NUMBERS.length
    && TEXTS.every((name) => typeof said[name] === "string") && NUMBERS.every((name) => Number.isInteger(said[name]))
    && ["recorded_at", "occurred_at"].every((name) => said[name].endsWith("+00:00") && !isNaN(Date.parse(said[name])));
  if (!fits) throw new Error("no envelope");
  return said;
}

class Walk {
  /** `keys`: the fingerprints that count; `evidence`: size and SHA-256 of files by the name they should have, or null; `cas`: CA certificates. */
  constructor(keys, evidence, cas = []) {
    Object.assign(this, { stamps: [], stamped: 0, unlooked: 0, recordedAt: "", cas });
    Object.assign(this, { keys, evidence, findings: [], seq: 0, digest: new Uint8Array(32), digests: new Map() });
    Object.assign(this, { turns: new Map(), fromStart: true, leftOut: 0, seals: new Set() });
    Object.assign(this, { run: "", turn: 0, held: [], gone: [], disposed: new Map(), erased: new Set() });
    Object.assign(this, { whole: 0, withheld: 0, proven: new Set(), actors: new Map(), names: new Map() });
  }

  async line(number, bytes) {
    let said, half, previous, digest;
    try {
      said = JSON.parse(strictText(bytes));
      if (!Number.isInteger(said.seq)) throw new Error("no number");
      if ("left_out" in said) {
        said.left_out.map((one) => unhex(one, 32)).forEach((one, place) => {
          this.number(said.seq + place);
          this.digest = sha256(joinBytes(this.digest, one));
          this.leftOut += 1;
          this.digests.set(said.seq + place, hex(this.digest));
        });
        return;
      }
      let nonce, bodyHalf;
      if ("body_digest" in said) {
        nonce = unhex(said.nonce, 32);
        bodyHalf = unhex(said.body_digest, 32);
        this.withheld += 1;
      } else {
        const nonces = unhex(said.nonces, 64);
        if (typeof said.body !== "string") throw new Error("no body");
        nonce = nonces.subarray(0, 32);
        bodyHalf = sha256(joinBytes(nonces.subarray(32), encoder.encode(said.body)));
        this.whole += 1;
      }
      if (typeof said.envelope !== "string") throw new Error("no envelope");
      half = sha256(joinBytes(sha256(joinBytes(nonce, encoder.encode(said.envelope))), bodyHalf));
      previous = unhex(said.previous, 32);
      digest = unhex(said.digest, 32);
    } catch (error) {
      this.find("line", null, `${number}: ${error.message}`);
      return;
    }
    const kind = this.entry(said.seq, said.envelope, previous, digest, sha256(joinBytes(previous, half)));
    if (kind && "body" in said && !("body_digest" in said)) await this.lookInto(said.seq, kind, said.body);
  }

  number(seq) {
    if (seq > this.seq + 1) { this.find("gap", this.seq + 1); this.loseCount(); }
    else if (seq <= this.seq) this.find("order", seq);
    this.seq = Math.max(this.seq, seq);
  }

  entry(seq, envelope, previous, digest, computed) {
    this.number(seq);
    if (!sameBytes(computed, digest)) this.find("altered", seq);
    if (!sameBytes(previous, this.digest)) this.find("previous", seq);
    this.digest = digest;
    this.digests.set(seq, hex(digest));
    let said;
    try { said = envelopeOf(envelope); } catch { this.find("envelope", seq); this.loseCount(); return null; }
    if (said.seq !== seq) this.find("columns", seq);
    this.actors.set(seq, said.actor);
    this.recordedAt = said.recorded_at;
    [this.run, this.turn] = [said.run, said.turn];
    const [last, before] = this.turns.get(said.run) ?? (this.fromStart ? [0, 0] : [said.turn - 1, this.leftOut]);
    this.turns.set(said.run, [said.turn, this.leftOut]);
    if (!(last < said.turn && said.turn <= last + 1 + this.leftOut - before)) this.find("turn", seq);
    return said.kind;
  }

  async lookInto(seq, kind, body) {
    try {
      if (kind === "sealed") await this.seal(JSON.parse(body), seq);
      if (kind === "seal_stamped") await this.stamp(JSON.parse(body), seq);
      if (kind === "registry_baseline") {
        const said = JSON.parse(body);
        for (const [digest] of [...said.held, ...said.past]) this.proven.add(digest);
      }
      if (kind === "registry_proved") for (const digest of JSON.parse(body).held) this.proven.add(digest);
      if (kind === "registry_erased") for (const digest of JSON.parse(body).rows) this.proven.delete(digest);
      if (kind === "evidence_kept" && this.evidence) {
        const said = JSON.parse(body);
        this.held.push({ seq, run: this.run, name: said.sha256, bytes: said.bytes });
      }
      if (kind === "evidence_disposed") {
        const { files } = JSON.parse(body);
        if (!Array.isArray(files)) throw new Error("no files");
        const names = new Set(files), place = JSON.stringify([this.run, this.turn]);
        this.disposed.set(place, { seq, count: names.size });
        const goes = (one) => one.run === this.run && names.has(one.name);
        this.gone.push(...this.held.filter(goes).map((one) => ({ name: one.name, place })));
        this.held = this.held.filter((one) => !goes(one));
      }
      if (kind === "evidence_erased") {
        const { of } = JSON.parse(body);
        if (of === undefined) throw new Error("no turn");
        this.erased.add(JSON.stringify([this.run, of]));
      }
    } catch (error) { this.find("altered", seq, error.message); }
  }

  /** The files that lie there, held against those that were kept; what no run holds any more must not lie there once it was erased. */
  files() {
    if (!this.evidence) return;
    const still = new Set(this.held.map((one) => one.name));
    for (const { seq, name, bytes } of this.held) {
      const found = this.evidence.get(name);
      if (!found) this.find("evidence_missing", seq, name);
      else if (found.bytes !== bytes || found.sha256 !== name) this.find("evidence_altered", seq, name);
    }
    for (const { name, place } of this.gone) {
      if (!this.evidence.has(name) || still.has(name) || !this.erased.has(place)) continue;
      still.add(name);
      this.find("evidence_back", this.disposed.get(place).seq, name);
    }
  }

  async seal(said, at) {
    const seen = JSON.stringify(Object.entries(said ?? {}).sort());
    if (this.seals.has(seen)) return;
    this.seals.add(seen);
    try {
      const key = unhex(said.public_key, 32), signature = unhex(said.signature, 64);
      const text = `tomoshibi seal 1\nrun: ${asciiJson(said.run)}\nentry: ${said.seq}\ndigest: ${said.digest}\n`
        + `at: ${said.at}\nkey: ${said.key_fingerprint}\n`;
      const holds = said.key_fingerprint === fingerprintOf(key) && await signed(key, signature, encoder.encode(text));
      if (!holds) this.find("seal", at);
      else if (!this.keys.includes(said.key_fingerprint)) this.find("seal_key", at, said.key_fingerprint);
      if (!this.digests.has(said.seq)) this.find("seal_cut", at, String(said.seq));
      else if (this.digests.get(said.seq) !== said.digest) this.find("seal_digest", at, String(said.seq));
    } catch (error) { this.find("seal", at, error.message); }
  }

  /** A time stamp of a sealed head, held against the entries so far; a browser that can't check signatures here only counts it. */
  async stamp(said, at) {
    this.stamped += 1;
    try {
      if (!this.digests.has(said.seq) || this.digests.get(said.seq) !== said.digest) { this.find("stamp_other", at, String(said.seq)); return; }
      const token = tokens.fromBase64(said.token);
      if (!tokens.able()) { this.unlooked += 1; return; }
      const shown = await tokens.checked(token, unhex(said.digest, 32), this.cas);
      if (shown.at - Date.parse(this.recordedAt) > 300_000) this.find("stamp_time", at, shown.at.toISOString());
      else this.stamps.push({ seq: said.seq, ...shown });
    } catch (error) { this.find(error.kind ?? "stamp", at, error.message); }
  }

  /** A person's row: its digest is computed from what is shown of it, and an entry must prove it. */
  person(number, line) {
    try {
      const said = JSON.parse(line), first = JSON.parse(said.fields[0].text);
      if (JSON.stringify(first) !== JSON.stringify(["", [said.kind, said.key]])) throw new Error("it is another row");
      const leaves = said.fields.map((one) => "leaf" in one
        ? unhex(one.leaf, 32) : sha256(joinBytes(unhex(one.salt, 32), encoder.encode(one.text))));
      const row = hex(sha256(joinBytes(encoder.encode("tomoshibi registry 1\n"), ...leaves)));
      if (!this.proven.has(row)) this.find("registry", null, `${said.kind} ${said.key}`);
      else if (said.kind === "member") {
        this.names.set(said.key, said.fields.filter((one) => "text" in one).map((one) => JSON.parse(one.text)).find(([name]) => name === "name")[1]);
      }
    } catch (error) { this.find("registry", null, `${number}: ${error.message}`); }
  }

  /** Who did what by the timeline's table, held against the names that were proved; signs that can't be seen count for nothing. */
  sheet(bytes) {
    try {
      const cells = [...new TextDecoder().decode(bytes).matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)];
      let row = [];
      for (const [, cell, end] of cells) {
        row.push(cell.replaceAll('""', '"'));
        if (end === ",") continue;
        const [seq, , , who] = row, name = this.names.get(this.actors.get(Number(seq))) ?? "";
        if (!who.includes(name) && !/\p{C}/u.test(name)) this.find("sheet_name", Number(seq), who);
        row = [];
      }
    } catch (error) { this.find("sheet_name", null, error.message); }
  }

  loseCount() { this.fromStart = false; this.turns.clear(); }

  find(kind, seq, detail = "") { this.findings.push({ kind, seq, detail }); }
}
