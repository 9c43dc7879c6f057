// Ed25519 signatures: by the browser's WebCrypto where it knows them, else after RFC 8032 section 5.1.

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const modulo = (n) => ((n % P) + P) % P;

function power(base, exponent) {
  let result = 1n;
  for (base = modulo(base); exponent; exponent >>= 1n, base = (base * base) % P) {
    if (exponent & 1n) result = (result * base) % P;
  }
  return result;
}

const D = modulo(-121665n * power(121666n, P - 2n));

const littleEndian = (bytes) => bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);

function toBytes(number, length) {
  return Uint8Array.from({ length }, (_, i) => Number((number >> BigInt(8 * i)) & 255n));
}

/** Points are [X, Y, Z, T] in extended coordinates. */
function addPoints(p, q) {
  const a = modulo((p[1] - p[0]) * (q[1] - q[0])), b = modulo((p[1] + p[0]) * (q[1] + q[0]));
  const c = modulo(2n * p[3] * q[3] * D), d = modulo(2n * p[2] * q[2]);
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [modulo(e * f), modulo(g * h), modulo(f * g), modulo(e * h)];
}

function timesPoint(n, p) {
  let total = [0n, 1n, 1n, 0n];
  for (; n; n >>= 1n, p = addPoints(p, p)) if (n & 1n) total = addPoints(total, p);
  return total;
}

/** The point that 32 bytes stand for, or null. */
function decodePoint(bytes) {
  const number = littleEndian(bytes), sign = number >> 255n, y = number & (2n ** 255n - 1n);
  const u = modulo(y * y - 1n), v = modulo(D * y * y + 1n);
  let x = modulo(u * v ** 3n * power(u * v ** 7n, (P - 5n) / 8n));
  if (modulo(v * x * x) !== u) x = modulo(x * power(2n, (P - 1n) / 4n));
  if (y >= P || modulo(v * x * x) !== u || (x === 0n && sign)) return null;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, modulo(x * y)];
}

function encodePoint(p) {
  const inverse = power(p[2], P - 2n), x = modulo(p[0] * inverse), y = modulo(p[1] * inverse);
  return toBytes(y | ((x & 1n) << 255n), 32);
}

const BASE = decodePoint(toBytes(modulo(4n * power(5n, P - 2n)), 32));

function signedByRfc(key, signature, text) {
  const s = littleEndian(signature.slice(32)), a = decodePoint(key);
  if (s >= L || a === null) return false;
  const h = littleEndian(sha512(joinBytes(signature.slice(0, 32), key, text))) % L;
  const sum = addPoints(timesPoint(s, BASE), timesPoint(h, [P - a[0], a[1], a[2], P - a[3]]));
  return sameBytes(encodePoint(sum), signature.slice(0, 32));
}

/** Whether the holder of `key` (32 bytes) signed `text`. `ownOnly` passes the browser's own implementation by. */
async function signed(key, signature, text, ownOnly = false) {
  if (key.length !== 32 || signature.length !== 64) return false;
  if (!ownOnly && globalThis.crypto?.subtle) {
    let imported = null;
    try {
      imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    } catch { /* this browser doesn't know Ed25519 */ }
    if (imported) return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, text);
  }
  return signedByRfc(key, signature, text);
}

function joinBytes(...pieces) {
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) { out.set(piece, at); at += piece.length; }
  return out;
}

const sameBytes = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
