"""A time-stamping authority for tests: a CA made here, its tokens (RFC 3161), and its service on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.store.der import INTEGER, NULL, OCTETS, OID, OPTION, SEQUENCE, SET, TIME, Der, number, written

YEARS = timedelta(days=3650)
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_CMS = bytes.fromhex("2a864886f70d01")
_SHA256 = written(SEQUENCE, written(OID, bytes.fromhex("608648016503040201")), written(NULL))
_TOLD = written(OID, _CMS + bytes.fromhex("09100104"))


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    """Make a key, once: that takes long."""
    return rsa.generate_private_key(65537, 2048)


@cache
def elliptic_key(curve: type[ec.EllipticCurve] = ec.SECP256R1) -> ec.EllipticCurvePrivateKey:
    """Make a key, once a curve."""
    return ec.generate_private_key(curve())


def certificate(
    name: str,
    key: Key,
    *,
    by: tuple[x509.Certificate, Key] | None = None,
    since: datetime,
    until: datetime,
    usage: Sequence[x509.ObjectIdentifier] = (),
) -> x509.Certificate:
    """Make a certificate: a CA's, or with a ``usage`` one for that alone."""
    called = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Test"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(by[0].subject if by else called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
    )
    if usage:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usage), critical=True)
    else:
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return builder.sign(by[1] if by else key, SHA256())


@dataclass
class Authority:
    """A CA, one between, and the authority with a certificate for time stamps; ``answer`` may be replaced by a test."""

    now: datetime
    key: Key = field(default_factory=elliptic_key)
    usage: Sequence[x509.ObjectIdentifier] = (ExtendedKeyUsageOID.TIME_STAMPING,)
    valid_for: timedelta = YEARS
    asked: list[bytes] = field(default_factory=list)
    status: int = 0
    wait: float = 0
    padding: bytes = b""

    def __post_init__(self) -> None:
        """Make the certificates."""
        since = self.now - YEARS
        root = elliptic_key(ec.SECP384R1)
        self.ca = certificate("Test Root", root, since=since, until=self.now + YEARS)
        between = certificate("Test Issuer", rsa_key(), by=(self.ca, root), since=since, until=self.now + YEARS)
        self.own = certificate(
            "Test Authority",
            self.key,
            by=(between, rsa_key()),
            since=since,
            until=self.now + self.valid_for,
            usage=self.usage,
        )
        self.chain = (self.own, between)

    @property
    def ca_pem(self) -> bytes:
        """Give the CA's certificate as a file."""
        return self.ca.public_bytes(Encoding.PEM)

    def token(self, digest: bytes, at: datetime, nonce: bytes = b"", *, alone: bool = False) -> bytes:
        """Make the token of a digest; ``alone`` without the certificate between."""
        imprint = written(SEQUENCE, _SHA256, written(OCTETS, digest))
        time = written(TIME, f"{at.astimezone(UTC):%Y%m%d%H%M%SZ}".encode())
        told = written(SEQUENCE, number(1), written(OID, b"\x2a\3\4"), imprint, number(7), time, nonce)
        content = written(SEQUENCE, _TOLD, written(OPTION, written(OCTETS, told)))
        own = self.own.public_bytes(Encoding.DER)
        named = written(SEQUENCE, written(SEQUENCE, written(SEQUENCE, written(OCTETS, sha256(own).digest()))))
        attributes = b"".join(
            written(SEQUENCE, written(OID, _CMS + bytes.fromhex(kind)), written(SET, value))
            for kind, value in (
                ("0903", _TOLD),
                ("0904", written(OCTETS, sha256(told).digest())),
                ("0910022f", named),
            )
        )
        text = written(SET, attributes)
        if isinstance(self.key, rsa.RSAPrivateKey):
            how, signature = _CMS + b"\1\x0b", self.key.sign(text, padding.PKCS1v15(), SHA256())
            algorithm = written(SEQUENCE, written(OID, how), written(NULL))
        else:
            signature = self.key.sign(text, ec.ECDSA(SHA256()))
            algorithm = written(SEQUENCE, written(OID, bytes.fromhex("2a8648ce3d040302")))
        issued = written(SEQUENCE, self.own.issuer.public_bytes(), number(self.own.serial_number))
        signer = written(
            SEQUENCE, number(1), issued, _SHA256, written(OPTION, attributes), algorithm, written(OCTETS, signature)
        )
        along = (own,) if alone else [one.public_bytes(Encoding.DER) for one in self.chain]
        signed = written(
            SEQUENCE, number(3), written(SET, _SHA256), content, written(OPTION, *along), written(SET, signer)
        )
        return written(SEQUENCE, written(OID, _CMS + b"\7\2"), written(OPTION, signed))

    async def answers(self, request: Request) -> Response:
        """Answer a question as the protocol has it (section 3.4)."""
        asked = await request.body()
        self.asked.append(asked)
        await asyncio.sleep(self.wait)
        assert request.headers["content-type"] == "application/timestamp-query"
        question = Der(asked).inside()
        question.take(INTEGER)
        imprint = question.inside()
        imprint.inside()
        token = self.token(imprint.take(OCTETS), self.now, question.whole(INTEGER))
        status = written(SEQUENCE, number(self.status))
        answer = written(SEQUENCE, status, b"" if self.status else token) + self.padding
        return Response(answer, media_type="application/timestamp-reply")

    @property
    def service(self) -> Starlette:
        """Give its service."""
        return Starlette(routes=[Route("/tsr", self.answers, methods=["POST"])])
