// RFC 3161 tokens: imprint, signature (by the browser's WebCrypto), certificate, time, and who vouches for it.

const tokens = (() => {
  const CMS = "2a864886f70d01", SHA2 = "6086480165030402";
  const HASHES = { [`${SHA2}01`]: "SHA-256", [`${SHA2}02`]: "SHA-384", [`${SHA2}03`]: "SHA-512" };
  const MASK = `${CMS}0108`, PSS = `${CMS}010a`, PLAIN = `${CMS}0101`;
  const RSA = { [`${CMS}010b`]: "SHA-256", [`${CMS}010c`]: "SHA-384", [`${CMS}010d`]: "SHA-512" };
  const EC = { "2a8648ce3d040302": "SHA-256", "2a8648ce3d040303": "SHA-384", "2a8648ce3d040304": "SHA-512" };
  const CURVES = { "2a8648ce3d030107": ["P-256", 32], "2b81040022": ["P-384", 48] };

  /** A token that doesn't show what it should. */
  class BadToken extends Error {
    constructor(kind, why) { super(why); this.kind = kind; }
  }
  const expect = (fits, why, kind = "stamp") => { if (!fits) throw new BadToken(kind, why); };

  /** DER, cut into its pieces: tag, what each holds, and all of it. */
  function pieces(data) {
    const found = [];
    for (let at = 0; at < data.length;) {
      const begin = at, tag = data[at];
      let size = data[at + 1] ?? 0x80;
      at += 2;
      if (size >= 0x80) {
        const length = data.subarray(at, at + (size & 0x7f));
        at += length.length;
        size = length.reduce((sum, byte) => sum * 256 + byte, 0);
        expect(length.length > 0 && length.length < 5 && length[0] && size >= 0x80, "a length is wrong");
      }
      expect((tag & 0x1f) !== 0x1f && at + size <= data.length, "cut off");
      found.push({ tag, holds: data.subarray(at, at + size), whole: data.subarray(begin, at + size) });
      at += size;
    }
    return found;
  }

  /** The pieces inside, if they have these tags. */
  function inside(data, ...tags) {
    const found = pieces(data);
    expect(found.length === tags.length && found.every(({ tag }, i) => tag === tags[i]), "it is built otherwise");
    return found;
  }
  const only = (data, tag = 0x30) => inside(data, tag)[0].holds;

  function algorithm(piece) {
    const [first, ...more] = pieces(piece.holds);
    expect(piece.tag === 0x30 && first?.tag === 6 && ["", "0500"].includes(more.map((one) => hex(one.whole)).join(",")), "no such algorithm");
    return hex(first.holds);
  }

  /** How something is signed, by name; of RSASSA-PSS with hash and salt ("pss SHA-256 32"). */
  function signing(piece) {
    const [name, ...parameters] = pieces(piece.holds);
    if (hex(name?.whole ?? []) !== `0609${PSS}`) return algorithm(piece);
    expect(piece.tag === 0x30 && parameters.length === 1, "signed in a way that is not known here");
    return pss(parameters[0]);
  }

  /** The same of a certificate: nobody is led over one that is signed in a way that is not known here. */
  function signingOrNone(piece) {
    try { return signing(piece); } catch { return ""; }
  }

  /** The parameters of RSASSA-PSS (RFC 4055): SHA-2, the same hash for the mask, and how long the salt is. */
  function pss({ tag, holds }) {
    const [hashing, mask, length, ...more] = pieces(holds), unknown = "signed with RSASSA-PSS in a way that is not known here: with SHA-1, or another hash for its mask";
    expect(hashing?.tag === 0xa0 && mask?.tag === 0xa1 && length?.tag === 0xa2 && !more.length, unknown);
    const [masking] = inside(mask.holds, 0x30);
    const hash = HASHES[algorithm(inside(hashing.holds, 0x30)[0])], [masked, by] = inside(masking.holds, 6, 0x30);
    const salt = only(length.holds, 2);
    const fits = tag === 0x30 && hash && hex(masked.holds) === MASK && HASHES[algorithm(by)] === hash
      && (salt.length === 1 ? salt[0] < 0x80 : salt.length === 2 && (salt[0] ? salt[0] < 0x80 : salt[1] >= 0x80));
    expect(fits, unknown);
    return `pss ${hash} ${salt.reduce((sum, byte) => sum * 256 + byte, 0)}`;
  }

  function moment({ tag, holds }) {
    let text = strictText(holds);
    if (tag === 0x17) text = (text < "5" ? "20" : "19") + text;
    const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(text);
    expect((tag === 0x17 || tag === 0x18) && parts, "no time");
    const [, year, month, day, hour, minute, second] = parts.map(Number);
    const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
    expect(time.toISOString().replace(/[-T:]/g, "").startsWith(text.slice(0, 14)), "no time");
    return time;
  }

  class Certificate {
    constructor(data) {
      this.data = data;
      const [signed, how, signature] = inside(only(data), 0x30, 0x30, 3);
      const [version, serial, , issuer, validity, subject, key, ...more] = pieces(signed.holds);
      expect(hex(version.whole) === "a003020102", "a certificate of another version");
      Object.assign(this, { signed: signed.whole, how: signingOrNone(how), signature: signature.holds.subarray(1) });
      Object.assign(this, { serial, issuer: issuer.whole, subject, key: key.whole, extensions: new Map() });
      [this.since, this.until] = pieces(validity.holds).map(moment);
      for (const one of more.at(-1)?.tag === 0xa3 ? pieces(only(more.at(-1).holds)) : []) {
        const [name, ...rest] = pieces(one.holds);
        expect(!this.extensions.has(hex(name.holds)), "an extension stands twice");
        this.extensions.set(hex(name.holds), rest);
      }
    }

    get name() {
      for (const part of pieces(this.subject.holds)) {
        const [kind, value] = pieces(only(part.holds));
        if (hex(kind.holds) === "550403") return new TextDecoder().decode(value.holds);
      }
      return "?";
    }

    valid(at) { expect(this.since <= at && at <= this.until, at.toISOString(), "stamp_time"); }

    async issued(other) {
      const constraints = this.extensions.get("551d13")?.at(-1);
      const isCa = constraints && hex(pieces(only(constraints.holds))[0]?.whole ?? []) === "0101ff";
      return Boolean(isCa) && sameBytes(this.subject.whole, other.issuer) && isSigned(this.key, other.how, "", other.signature, other.signed);
    }
  }

  /** An RSA key as WebCrypto takes it: it knows no key that says of itself that it is for RSASSA-PSS alone. */
  function asPlainRsa(bits) {
    const plain = unhex(`300d0609${PLAIN}0500`, 15), size = plain.length + bits.length;
    return joinBytes(Uint8Array.of(0x30, 0x82, size >> 8, size & 0xff), plain, bits);
  }

  /** Whether a key (SubjectPublicKeyInfo) made a signature; `hashed` is how, where the algorithm doesn't say. */
  async function isSigned(key, how, hashed, signature, text) {
    const [kind, bits] = inside(only(key), 0x30, 3), [name, parameter] = pieces(kind.holds);
    const curve = CURVES[hex(parameter?.holds ?? [])], bound = hex(name.holds) === PSS;
    if (how.startsWith("pss ") && (bound || hex(name.holds) === PLAIN)) {
      const [, hash, salt] = how.split(" "), saltLength = Number(salt), [, own, least] = bound && parameter ? pss(parameter).split(" ") : [];
      if (!["", hash].includes(hashed) || (own && (own !== hash || Number(least) > saltLength))) return false;
      const rsa = await crypto.subtle.importKey("spki", asPlainRsa(bits.whole), { name: "RSA-PSS", hash }, false, ["verify"]);
      return crypto.subtle.verify({ name: "RSA-PSS", saltLength }, rsa, signature, text);
    }
    if (hex(name.holds) === PLAIN) {
      const hash = RSA[how] ?? (how === PLAIN ? hashed : "");
      if (!hash) return false;
      const rsa = await crypto.subtle.importKey("spki", key, { name: "RSASSA-PKCS1-v1_5", hash }, false, ["verify"]);
      return crypto.subtle.verify("RSASSA-PKCS1-v1_5", rsa, signature, text);
    }
    if (hex(name.holds) !== "2a8648ce3d0201" || !curve || !EC[how]) return false;
    const [namedCurve, size] = curve;
    const numbers = inside(only(signature), 2, 2).map(({ holds }) => (holds[0] === 0 ? holds.subarray(1) : holds));
    if (numbers.some(({ length }) => length > size)) return false;
    const padded = numbers.map((one) => joinBytes(new Uint8Array(size - one.length), one));  // WebCrypto wants them as long as the curve is wide
    const ec = await crypto.subtle.importKey("spki", key, { name: "ECDSA", namedCurve }, false, ["verify"]);
    return crypto.subtle.verify({ name: "ECDSA", hash: EC[how] }, ec, joinBytes(...padded), text);
  }

  const digestOf = async (how, data) => new Uint8Array(await crypto.subtle.digest(how, data));

  /** What a token of a digest shows: when, who says so, their certificate's SHA-256, who vouches for it; throws if it doesn't hold. */
  async function checked(token, digest, cas) {
    const [kind, content] = inside(only(token), 6, 0xa0);
    const [version, hashes, told, certificates, signers] = inside(only(content.holds), 2, 0x31, 0x30, 0xa0, 0x31);
    expect(hex(kind.holds) === `${CMS}0702` && hex(version.holds) === "03", "no signed data");
    const [what, wrapped] = inside(told.holds, 6, 0xa0);
    expect(hex(what.holds) === `${CMS}09100104`, "no token");
    const text = only(wrapped.holds, 4);
    const [of, issued, hashing, attributes, how, signature] = inside(only(signers.holds), 2, 0x30, 0x30, 0xa0, 0x30, 4);
    const hashed = HASHES[algorithm(hashing)], listed = pieces(hashes.holds).map((one) => HASHES[algorithm(one)]);
    expect(hex(of.holds) === "01" && hashed && listed.every(Boolean) && listed.includes(hashed), "its hashes");

    const [first, , imprint, number, at] = pieces(only(text));
    expect(hex(first.whole) === "020101" && number.tag === 2 && at.tag === 0x18, "built otherwise");
    const [imprintedHow, imprinted] = inside(imprint.holds, 0x30, 4);
    expect(algorithm(imprintedHow) === `${SHA2}01`, "another hash");
    expect(sameBytes(imprinted.holds, digest), hex(imprinted.holds), "stamp_other");

    const signed = new Map();
    for (const one of pieces(attributes.holds)) {
      const [name, values] = inside(one.holds, 6, 0x31), found = pieces(values.holds);
      expect(!signed.has(hex(name.holds)) && found.length === 1, "an attribute stands twice");
      signed.set(hex(name.holds), found[0]);
    }
    const message = signed.get(`${CMS}0904`);
    expect(hex(signed.get(`${CMS}0903`)?.whole ?? []) === hex(what.whole) && message?.tag === 4
      && sameBytes(message.holds, await digestOf(hashed, text)), "something else was signed");
    const all = pieces(certificates.holds).map(({ whole }) => whole), certificate = await named(signed, all);
    expect(sameBytes(issued.holds, joinBytes(certificate.issuer, certificate.serial.whole)), "another certificate");
    const attributesAsSet = joinBytes(Uint8Array.of(0x31), attributes.whole.subarray(1));
    expect(await isSigned(certificate.key, signing(how), hashed, signature.holds, attributesAsSet), "the signature doesn't fit");

    const usage = (certificate.extensions.get("551d25") ?? []).map(({ whole }) => hex(whole)).join(",");
    expect(usage === "0101ff,040c300a06082b06010505070308", "a certificate for something else");
    const time = moment(at);
    certificate.valid(time);
    const vouched = cas.length ? await ledTo(certificate, all, cas.map((one) => new Certificate(one)), time) : "";
    return { at: time, signer: certificate.name, fingerprint: hex(sha256(certificate.data)), vouched };
  }

  /** The certificate that is named in what is signed, by its hash (RFC 5035, or RFC 2634 with SHA-1). */
  async function named(signed, all) {
    const newer = signed.get(`${CMS}0910022f`), listed = pieces((newer ?? signed.get(`${CMS}0910020c`)).holds)[0];
    let by = pieces(pieces(listed.holds)[0].holds), how = newer ? "SHA-256" : "SHA-1";
    if (newer && by[0].tag === 0x30) { how = HASHES[algorithm(by[0])]; by = by.slice(1); }
    expect(by[0].tag === 4, "no certificate is named");
    for (const one of all) if (sameBytes(await digestOf(how, one), by[0].holds)) return new Certificate(one);
    throw new BadToken("stamp", "the certificate is another one");
  }

  async function ledTo(certificate, along, cas, at) {
    let rest = along.map((one) => new Certificate(one)), here = certificate;
    for (;;) {
      for (const ca of cas) {
        if (sameBytes(ca.data, here.data) || await ca.issued(here)) { ca.valid(at); return ca.name; }
      }
      rest = rest.filter((one) => !sameBytes(one.data, here.data));
      let above = null;
      for (const one of rest) if (above === null && await one.issued(here)) above = one;
      expect(above !== null, certificate.name, "stamp_ca");
      above.valid(at);
      here = above;
    }
  }

  /** Certificates of a file, in PEM or one in DER. */
  function certificatesIn(bytes) {
    const text = new TextDecoder("latin1").decode(bytes), found = [...text.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END/g)];
    const all = found.length ? found.map(([, one]) => fromBase64(one.replace(/\s/g, ""))) : [bytes];
    all.forEach((one) => new Certificate(one));
    return all;
  }

  const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

  /** Whether this browser can check signatures here at all. */
  const able = () => Boolean(globalThis.crypto?.subtle);

  return { able, certificatesIn, checked, fromBase64 };
})();
