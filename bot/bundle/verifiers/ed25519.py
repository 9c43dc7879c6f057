"""Ed25519 signatures checked after RFC 8032 section 5.1, with nothing but whole numbers and SHA-512."""

from __future__ import annotations

from hashlib import sha512
from typing import Tuple  # noqa: UP035 - Python 3.8 is enough for whoever checks a bundle

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = Tuple[int, int, int, int]  # noqa: UP006 - Python 3.8; extended coordinates X, Y, Z, T


def add(p: Point, q: Point) -> Point:
    """Add two points."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(n: int, p: Point) -> Point:
    """Multiply a point by a number."""
    total = (0, 1, 1, 0)
    while n:
        if n & 1:
            total = add(total, p)
        p, n = add(p, p), n >> 1
    return total


def point(encoded: bytes) -> Point:
    """Decode a point; ValueError if it is none."""
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P != u:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or v * x * x % P != u or (x == 0 and sign):
        raise ValueError("not a point of the curve")
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


def encoded(p: Point) -> bytes:
    """Encode a point."""
    inverse = pow(p[2], P - 2, P)
    x, y = p[0] * inverse % P, p[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(key: bytes, signature: bytes, text: bytes) -> bool:
    """Say whether the holder of ``key`` signed ``text``."""
    s = int.from_bytes(signature[32:], "little")
    if len(key) != 32 or len(signature) != 64 or s >= L:
        return False
    try:
        a = point(key)
    except ValueError:
        return False
    h = int.from_bytes(sha512(signature[:32] + key + text).digest(), "little") % L
    minus_a = (P - a[0], a[1], a[2], P - a[3])
    return encoded(add(times(s, BASE), times(h, minus_a))) == signature[:32]
