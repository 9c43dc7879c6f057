"""RFC 3161 tokens checked with nothing but whole numbers and SHA-2: imprint, signature, certificate, time, and who vouches for it."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from hashlib import new, sha256
from typing import Any, NamedTuple, Sequence, Tuple  # noqa: UP035 - Python 3.8 is enough for whoever checks a bundle

CMS, SHA2 = "2a864886f70d01", "6086480165030402"
HASHES = {SHA2 + "01": "sha256", SHA2 + "02": "sha384", SHA2 + "03": "sha512"}
MASK, PSS = CMS + "0108", CMS + "010a"
PSS_UNKNOWN = "signed with RSASSA-PSS in a way that is not known here: with SHA-1, or another hash for its mask"
RSA_SIGNED = {CMS + "010b": "sha256", CMS + "010c": "sha384", CMS + "010d": "sha512"}
EC_SIGNED = {"2a8648ce3d040302": "sha256", "2a8648ce3d040303": "sha384", "2a8648ce3d040304": "sha512"}

Curve = Tuple[int, int, int, int, int]  # noqa: UP006 - Python 3.8; prime, b, order, and the base point
CURVES: dict[str, Curve] = {  # FIPS 186-4, D.1.2.3 and D.1.2.4
    "2a8648ce3d030107": (
        2**256 - 2**224 + 2**192 + 2**96 - 1,
        0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
        0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
        0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
        0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    ),
    "2b81040022": (
        2**384 - 2**128 - 2**96 + 2**32 - 1,
        0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
        0xAA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7,
        0x3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F,
    ),
}


class BadToken(ValueError):
    """A token that doesn't show what it should; with the kind of finding."""

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(why)
        self.kind = kind


class Piece(NamedTuple):
    """A piece of DER: its tag, what it holds, and all of it."""

    tag: int
    holds: bytes
    whole: bytes


def pieces(data: bytes) -> list[Piece]:
    """Cut DER into its pieces; ValueError for what DER doesn't allow."""
    found, at = [], 0
    while at < len(data):
        begin, tag, size = at, data[at], data[at + 1] if at + 1 < len(data) else 0x80
        at += 2
        if size >= 0x80:
            length = data[at : at + (size & 0x7F)]
            at, size = at + len(length), int.from_bytes(length, "big")
            if not 0 < len(length) < 5 or not length[0] or size < 0x80:
                raise ValueError("a length is wrong")
        if tag & 0x1F == 0x1F or at + size > len(data):
            raise ValueError("cut off")
        found.append(Piece(tag, data[at : at + size], data[begin : at + size]))
        at += size
    return found


def inside(piece: Piece, *tags: int) -> list[Piece]:
    """Give the pieces inside; ValueError if they have other tags than these."""
    found = pieces(piece.holds)
    if tuple(one.tag for one in found) != tags:
        raise ValueError("it is built otherwise")
    return found


def only(data: bytes, tag: int = 0x30) -> Piece:
    """Give the one piece that these bytes are."""
    return inside(Piece(0, data, data), tag)[0]


def algorithm(piece: Piece) -> str:
    """Give the name of an algorithm without parameters, in hexadecimal."""
    first, *more = pieces(piece.holds)
    if piece.tag != 0x30 or first.tag != 6 or [one.whole for one in more] not in ([], [b"\5\0"]):
        raise ValueError("no such algorithm")
    return first.holds.hex()


def signing(piece: Piece) -> str:
    """Give the name of how something is signed; of RSASSA-PSS with hash and salt (``pss sha256 32``), see :func:`pss`."""
    name, *parameters = pieces(piece.holds)
    if name.whole != b"\6\x09" + bytes.fromhex(PSS):
        return algorithm(piece)
    expect(piece.tag == 0x30 and len(parameters) == 1, "signed in a way that is not known here")
    return pss(parameters[0])


def pss(parameters: Piece) -> str:
    """Read the parameters of RSASSA-PSS (RFC 4055): SHA-2, the same hash for the mask, and how long the salt is."""
    listed = pieces(parameters.holds)
    expect([one.tag for one in listed] == [0xA0, 0xA1, 0xA2], PSS_UNKNOWN)
    hashing, mask, length = listed
    hashed = HASHES.get(algorithm(only(hashing.holds)))
    masked, by = inside(only(mask.holds), 6, 0x30)
    salt = only(length.holds, 2)
    size = int.from_bytes(salt.holds, "big", signed=True)
    fits = (
        parameters.tag == 0x30
        and masked.holds.hex() == MASK
        and hashed is not None
        and HASHES.get(algorithm(by)) == hashed
    )
    shortest = salt.holds == max(size, 0).to_bytes(size.bit_length() // 8 + 1, "big")
    expect(fits and shortest, PSS_UNKNOWN)
    return f"pss {hashed} {size}"


def expect(fits: bool, why: str, kind: str = "stamp") -> None:
    """Say what doesn't fit."""
    if not fits:
        raise BadToken(kind, why)


def moment(piece: Piece) -> datetime:
    """Read a time in UTC."""
    text = piece.holds.decode("ascii")
    if piece.tag == 0x17:
        text = ("20" if text < "5" else "19") + text
    if piece.tag not in (0x17, 0x18) or not re.fullmatch(r"[0-9]{14}(\.[0-9]+)?Z", text):
        raise ValueError("no time")
    return datetime.strptime(text[:14], "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)  # noqa: UP017 - Python 3.8


class Certificate:
    """What is needed of an X.509 certificate."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.signed, how, signature = inside(only(data), 0x30, 0x30, 3)
        self.signature = signature.holds[1:]
        try:
            self.how = signing(how)
        except ValueError:  # nobody is led over it then
            self.how = ""
        version, serial, _, issuer, validity, subject, key, *more = pieces(self.signed.holds)
        expect(version.whole == b"\xa0\3\2\1\2", "a certificate of another version")
        self.serial, self.issuer, self.subject, self.key = serial, issuer.whole, subject, key
        self.since, self.until = map(moment, pieces(validity.holds))
        self.extensions: dict[bytes, list[Piece]] = {}
        for one in pieces(only(more[-1].holds).holds) if more and more[-1].tag == 0xA3 else []:
            name, *rest = pieces(one.holds)
            expect(name.holds not in self.extensions, "an extension stands twice")
            self.extensions[name.holds] = rest

    @property
    def name(self) -> str:
        """What it is called."""
        for part in pieces(self.subject.holds):
            kind, value = pieces(only(part.holds).holds)
            if kind.holds == b"\x55\4\3":
                return value.holds.decode("utf-8", "replace")
        return "?"

    def valid(self, at: datetime) -> None:
        """Look that it was valid at a time."""
        expect(self.since <= at <= self.until, f"{at:%Y-%m-%dT%H:%M:%SZ}", "stamp_time")

    def issued(self, other: Certificate) -> bool:
        """Say whether it is a CA's and signed another certificate."""
        constraints = self.extensions.get(b"\x55\x1d\x13", [])
        is_ca = bool(constraints) and pieces(only(constraints[-1].holds).holds)[:1] == [Piece(1, b"\xff", b"\1\1\xff")]
        fits = self.subject.whole == other.issuer and is_ca
        return fits and is_signed(self.key, other.how, "", other.signature, other.signed.whole)


def is_signed(key: Piece, how: str, hashed: str, signature: bytes, text: bytes) -> bool:
    """Check a signature by RSA (PKCS #1 v1.5 or PSS) or ECDSA (P-256, P-384); ``hashed`` is how, where the algorithm doesn't say."""
    kind, bits = inside(key, 0x30, 3)
    name, *parameters = pieces(kind.holds)
    if name.holds.hex() in (CMS + "0101", PSS):
        n, e = (int.from_bytes(one.holds, "big") for one in inside(only(bits.holds[1:]), 2, 2))
        if how.startswith("pss "):
            bound = pss(parameters[0]).split() if name.holds.hex() == PSS and parameters else []
            return is_signed_pss(n, e, how, hashed, bound, signature, text)
        if name.holds.hex() == PSS:
            return False
        size, hashed = (n.bit_length() + 7) // 8, RSA_SIGNED.get(how) or (hashed if how == CMS + "0101" else "")
        if not hashed or not 1024 <= n.bit_length() <= 8192 or e.bit_length() > 32 or len(signature) != size:
            return False
        oid = next(oid for oid, one in HASHES.items() if one == hashed)
        digest = new(hashed, text).digest()
        info = (
            bytes([0x30, len(digest) + 17, 0x30, 13, 6, 9])
            + bytes.fromhex(oid)
            + bytes([5, 0, 4, len(digest)])
            + digest
        )
        padded = b"\0\1" + b"\xff" * (size - 3 - len(info)) + b"\0" + info
        number = int.from_bytes(signature, "big")
        return number < n and pow(number, e, n).to_bytes(size, "big") == padded
    curve = CURVES.get(parameters[0].holds.hex())
    if name.holds.hex() != "2a8648ce3d0201" or curve is None or how not in EC_SIGNED:
        return False
    return is_signed_on(curve, bits.holds[1:], signature, new(EC_SIGNED[how], text).digest())


def is_signed_pss(n: int, e: int, how: str, hashed: str, bound: list[str], signature: bytes, text: bytes) -> bool:
    """Check a signature by RSASSA-PSS (RFC 8017, sections 8.1.2 and 9.1.2); ``bound`` is what a key for this alone says of itself."""
    _, by, salt_size = how.split()
    salt, width, bits = int(salt_size), new(by).digest_size, n.bit_length() - 1
    size, number = (bits + 7) // 8, int.from_bytes(signature, "big")
    known = 1024 <= n.bit_length() <= 8192 and e.bit_length() <= 32 and hashed in ("", by)
    if not known or (bound and (bound[1] != by or int(bound[2]) > salt)):
        return False
    if len(signature) != (n.bit_length() + 7) // 8 or number >= n or size < width + salt + 2:
        return False
    opened = pow(number, e, n)
    if opened.bit_length() > bits:
        return False
    padded = opened.to_bytes(size, "big")
    masked, found, last = padded[: size - width - 1], padded[size - width - 1 : -1], padded[-1]
    stream = b"".join(new(by, found + bytes([0, 0, 0, count])).digest() for count in range(-(-len(masked) // width)))
    held = int.from_bytes(masked, "big") ^ int.from_bytes(stream[: len(masked)], "big")
    block = (held & ((1 << (bits - 8 * (width + 1))) - 1)).to_bytes(len(masked), "big")
    zeros = len(masked) - salt - 1
    fits = last == 0xBC and block[: zeros + 1] == bytes(zeros) + b"\1"
    return fits and new(by, bytes(8) + new(by, text).digest() + block[zeros + 1 :]).digest() == found


def is_signed_on(curve: Curve, point: bytes, signature: bytes, digest: bytes) -> bool:
    """Check an ECDSA signature (FIPS 186-4, section 6.4)."""
    p, b, n, gx, gy = curve
    size = (p.bit_length() + 7) // 8
    x, y = int.from_bytes(point[1 : 1 + size], "big"), int.from_bytes(point[1 + size :], "big")
    r, s = (int.from_bytes(one.holds, "big", signed=True) for one in inside(only(signature), 2, 2))
    on_curve = x < p and y < p and (y * y - (x * x - 3) * x - b) % p == 0
    if len(point) != 1 + 2 * size or point[0] != 4 or not on_curve or not (0 < r < n and 0 < s < n):
        return False
    z = int.from_bytes(digest, "big") >> max(0, 8 * len(digest) - n.bit_length())
    w = pow(s, -1, n)
    found = plus(p, multiple(p, z * w % n, (gx, gy)), multiple(p, r * w % n, (x, y)))
    return found is not None and found[0] % n == r


def plus(p: int, a: Any, b: Any) -> Any:
    """Add two points of a curve with a = -3; None is the point at infinity."""
    if a is None or b is None:
        return b if a is None else a
    if a[0] == b[0]:
        if (a[1] + b[1]) % p == 0:
            return None
        slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, p)
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, p)
    x = (slope * slope - a[0] - b[0]) % p
    return x, (slope * (a[0] - x) - a[1]) % p


def multiple(p: int, k: int, point: Any) -> Any:
    """Multiply a point by a number."""
    total = None
    for bit in f"{k:b}":
        total = plus(p, total, total)
        total = plus(p, total, point) if bit == "1" else total
    return total


class Stamped(NamedTuple):
    """What a token shows: when (UTC), who says so, the SHA-256 of their certificate, and who vouches for it ("" for nobody)."""

    at: datetime
    signer: str
    fingerprint: str
    vouched: str


def stamped(token: bytes, digest: bytes, cas: Sequence[bytes]) -> Stamped:
    """Check a token of a SHA-256 digest; ``cas`` are CA certificates (DER), of which one has to vouch if there are any."""
    try:
        return checked(token, digest, [Certificate(one) for one in cas])
    except BadToken:
        raise
    except (ValueError, TypeError, IndexError, KeyError, ZeroDivisionError) as error:
        raise BadToken("stamp", str(error)) from error


def checked(token: bytes, digest: bytes, cas: list[Certificate]) -> Stamped:
    """Check it, part by part."""
    kind, content = inside(only(token), 6, 0xA0)
    version, hashes, told, certificates, signers = inside(only(content.holds), 2, 0x31, 0x30, 0xA0, 0x31)
    expect((kind.holds.hex(), version.holds) == (CMS + "0702", b"\3"), "no signed data")
    what, wrapped = inside(told, 6, 0xA0)
    expect(what.holds.hex() == CMS + "0910" + "0104", "no token")
    text = only(wrapped.holds, 4).holds
    version, issued, hashing, attributes, how, signature = inside(only(signers.holds), 2, 0x30, 0x30, 0xA0, 0x30, 4)
    hashed = HASHES[algorithm(hashing)]
    expect(version.holds == b"\1" and hashed in [HASHES[algorithm(one)] for one in pieces(hashes.holds)], "its hashes")

    version, _, imprint, number, at, *_ = pieces(only(text).holds)
    expect((version.whole, number.tag, at.tag) == (b"\2\1\1", 2, 0x18), "built otherwise")
    imprinted_how, imprinted = inside(imprint, 0x30, 4)
    expect(algorithm(imprinted_how) == SHA2 + "01", "another hash")
    expect(imprinted.holds == digest, imprinted.holds.hex(), "stamp_other")

    signed: dict[str, Piece] = {}
    for one in pieces(attributes.holds):
        name, values = inside(one, 6, 0x31)
        expect(name.holds.hex() not in signed, "an attribute stands twice")
        signed[name.holds.hex()] = only(values.holds, pieces(values.holds)[0].tag)
    expect(signed[CMS + "0903"].whole == what.whole, "something else was signed")
    expect(
        signed[CMS + "0904"].whole == b"\4" + bytes([len(new(hashed).digest())]) + new(hashed, text).digest(),
        "something else was signed",
    )
    certificate = named(signed, [one.whole for one in pieces(certificates.holds)])
    expect(issued.holds == certificate.issuer + certificate.serial.whole, "another certificate")
    fits = is_signed(certificate.key, signing(how), hashed, signature.holds, b"\x31" + attributes.whole[1:])
    expect(fits, "the signature doesn't fit")

    usage = [one.whole for one in certificate.extensions.get(b"\x55\x1d\x25", [])]
    only_stamps = [b"\1\1\xff", bytes.fromhex("040c300a06082b06010505070308")]
    expect(usage == only_stamps, "a certificate for something else")
    time = moment(at)
    certificate.valid(time)
    vouched = led_to(certificate, [one.whole for one in pieces(certificates.holds)], cas, time) if cas else ""
    return Stamped(time, certificate.name, sha256(certificate.data).hexdigest(), vouched)


def named(signed: dict[str, Piece], certificates: list[bytes]) -> Certificate:
    """Give the certificate that is named in what is signed, by its hash (RFC 5035, or RFC 2634 with SHA-1)."""
    newer = signed.get(CMS + "0910022f")
    listed = pieces((newer or signed[CMS + "0910020c"]).holds)[0]
    first, how = pieces(pieces(listed.holds)[0].holds), "sha256" if newer else "sha1"
    if newer and first[0].tag == 0x30:
        first, how = first[1:], HASHES[algorithm(first[0])]
    expect(first[0].tag == 4, "no certificate is named")
    for one in certificates:
        if new(how, one).digest() == first[0].holds:
            return Certificate(one)
    raise BadToken("stamp", "the certificate is another one")


def led_to(here: Certificate, along: list[bytes], cas: list[Certificate], at: datetime) -> str:
    """Give the name of the CA that vouches for a certificate, over others that came along."""
    rest = [Certificate(one) for one in along]
    first = here
    while True:
        for ca in cas:
            if ca.data == here.data or ca.issued(here):
                ca.valid(at)
                return ca.name
        rest = [one for one in rest if one.data != here.data]
        above = [one for one in rest if one.issued(here)]
        expect(bool(above), first.name, "stamp_ca")
        here = above[0]
        here.valid(at)
