// SHA-256 and SHA-512 after FIPS 180-4; the browser's own where there is much to do. The constants are what they are
// defined to be: the first bits of the roots of the first primes.

const PRIMES = [];
for (let n = 2; PRIMES.length < 80; n++) if (PRIMES.every((p) => n % p)) PRIMES.push(n);

/** The first 64 bits behind the point of a prime's square or cube root. */
function rootBits(prime, power) {
  const wanted = BigInt(prime) << BigInt(64 * power);
  let low = 0n, high = 1n << 72n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(power) <= wanted) low = middle; else high = middle;
  }
  return low & ((1n << 64n) - 1n);
}

const K512 = PRIMES.map((prime) => rootBits(prime, 3));
const H512 = PRIMES.slice(0, 8).map((prime) => rootBits(prime, 2));
const K256 = Uint32Array.from(K512.slice(0, 64), (k) => Number(k >> 32n));
const H256 = Uint32Array.from(H512, (h) => Number(h >> 32n));

/** The message with its one bit, its zeros and its length, in blocks of 64 or 128 bytes. */
function padded(bytes, block) {
  const length = bytes.length + 1 + block / 8;
  const out = new Uint8Array(Math.ceil(length / block) * block);
  out.set(bytes);
  out[bytes.length] = 0x80;
  new DataView(out.buffer).setBigUint64(out.length - 8, BigInt(bytes.length) * 8n);
  return out;
}

const SCHEDULE = new Uint32Array(64);

function sha256(bytes) {
  const message = padded(bytes, 64), view = new DataView(message.buffer), hash = H256.slice(), w = SCHEDULE;
  for (let at = 0; at < message.length; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(at + 4 * i);
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15], b = w[i - 2];
      const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
      const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const one = (h + s1 + ((e & f) ^ (~e & g)) + K256[i] + w[i]) | 0;
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => { hash[i] += value; });
  }
  const out = new Uint8Array(32), result = new DataView(out.buffer);
  hash.forEach((value, i) => result.setUint32(4 * i, value));
  return out;
}

function sha512(bytes) {
  const mask = (1n << 64n) - 1n, turn = (x, n) => ((x >> n) | (x << (64n - n))) & mask;
  const message = padded(bytes, 128), view = new DataView(message.buffer), hash = H512.slice();
  for (let at = 0; at < message.length; at += 128) {
    const w = [];
    for (let i = 0; i < 16; i++) w.push(view.getBigUint64(at + 8 * i));
    for (let i = 16; i < 80; i++) {
      const s0 = turn(w[i - 15], 1n) ^ turn(w[i - 15], 8n) ^ (w[i - 15] >> 7n);
      const s1 = turn(w[i - 2], 19n) ^ turn(w[i - 2], 61n) ^ (w[i - 2] >> 6n);
      w.push((w[i - 16] + s0 + w[i - 7] + s1) & mask);
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 80; i++) {
      const s1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n), s0 = turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n);
      const one = (h + s1 + ((e & f) ^ (~e & mask & g)) + K512[i] + w[i]) & mask;
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) & mask;
      h = g; g = f; f = e; e = (d + one) & mask; d = c; c = b; b = a; a = (one + two) & mask;
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => { hash[i] = (hash[i] + value) & mask; });
  }
  const out = new Uint8Array(64), result = new DataView(out.buffer);
  hash.forEach((value, i) => result.setBigUint64(8 * i, value));
  return out;
}

/** SHA-256 of much: the browser does it where it may. */
async function bigSha256(bytes) {
  if (!globalThis.crypto?.subtle || bytes.length < 65536) return sha256(bytes);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
