"""Time stamps: that a seal's digest existed at a time, said by a time-stamping authority, somebody else (RFC 3161).

A seal's own time is the machine's. A token shows that the journal up to the sealed entry existed no later than its time; the
authority is told that digest and nothing else. Whose its certificate is shows only by a CA certificate that whoever
verifies brings along.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import new, sha256
from typing import Final, Literal

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, SECP384R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from bot.store.der import BOOLEAN, INTEGER, NULL, OCTETS, OID, OPTION, SEQUENCE, SET, TIME, Der, number, written
from flows.record.chain import parsed
from playbooks.frozen import frozen

STAMPED: Final = "seal_stamped"
"""The kind of the entry that keeps a token; its body is :meth:`KeptToken.body`."""

LONGEST: Final = 64 * 1024
"""Bytes of an authority's answer, at most."""

MAY_DIFFER: Final = timedelta(minutes=5)
"""By so much a token's time may lie after the time at which it was entered: two clocks are never quite the same."""

_CMS: Final = bytes.fromhex("2a864886f70d01")
_SIGNED_DATA, _CONTENT_TYPE, _MESSAGE_DIGEST = _CMS + b"\7\2", _CMS + b"\x09\3", _CMS + b"\x09\4"
_TOLD, _CERTIFICATE, _CERTIFICATE_V2 = (_CMS + b"\x09\x10" + kind for kind in (b"\1\4", b"\2\x0c", b"\2\x2f"))
_SHA: Final = bytes.fromhex("6086480165030402")
_HASHES: Final[dict[bytes, HashAlgorithm]] = {_SHA + b"\1": SHA256(), _SHA + b"\2": SHA384(), _SHA + b"\3": SHA512()}
_RSA: Final = dict(zip((_CMS + b"\1\x0b", _CMS + b"\1\x0c", _CMS + b"\1\x0d"), _HASHES.values(), strict=True))
_PLAIN_RSA, _MASK, _PSS = (_CMS + b"\1" + kind for kind in (b"\1", b"\x08", b"\x0a"))
_ECDSA: Final = {bytes.fromhex("2a8648ce3d0403") + bytes([2 + n]): one for n, one in enumerate(_HASHES.values())}

_PSS_UNKNOWN: Final = "signed with RSASSA-PSS in a way that is not known here: with SHA-1, or another hash for its mask"

_BROKEN: Final = (
    ValueError,
    TypeError,
    LookupError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
)
"""What reading bytes that are no token, or no certificate, may run into."""


Authority = x509.Certificate
"""The certificate of a CA that whoever verifies brings along."""


class NoStamp(Exception):
    """A token doesn't show what it should: a kind of finding, and a reason."""

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(why)
        self.kind, self.why = kind, why


@frozen
class KeptToken:
    """A token as its entry keeps it: of the seal of ``run`` at ``seq`` with ``digest``."""

    run: str
    seq: int
    digest: bytes
    token: bytes

    def body(self) -> str:
        """Write it as JSON, the token in Base64."""
        token = b64encode(self.token).decode()
        return json.dumps({"run": self.run, "seq": self.seq, "digest": self.digest.hex(), "token": token})

    @classmethod
    def from_body(cls, body: str) -> KeptToken:
        """Read it back; ValueError if it is none."""
        said = parsed(body)
        try:
            token = b64decode(said["token"], validate=True)
            return cls(str(said["run"]), int(said["seq"]), bytes.fromhex(said["digest"]), token)
        except (KeyError, TypeError) as error:
            raise ValueError(f"this is no time stamp: {error}") from error


@frozen
class TimeStamp:
    """What a token shows: that the entries up to ``seq`` existed ``at`` (UTC); who says so, by name and SHA-256 of the certificate.

    ``vouched`` is the name of the CA certificate that was brought along and leads to it; empty without one.
    """

    seq: int
    at: datetime
    signer: str
    fingerprint: str
    vouched: str = ""


def request_for(digest: bytes, nonce: int) -> bytes:
    """Write the question for a token over a SHA-256 digest, its certificate to be in it (section 2.4.1)."""
    algorithm = written(SEQUENCE, written(OID, _SHA + b"\1"), written(NULL))
    imprint = written(SEQUENCE, algorithm, written(OCTETS, digest))
    return written(SEQUENCE, number(1), imprint, number(nonce), written(BOOLEAN, b"\xff"))


def token_in(answer: bytes, nonce: int) -> bytes:
    """Give the token of an authority's answer; NoStamp where it refuses, or answers something else or another question."""
    try:
        outer = Der(answer)
        said = outer.inside()
        outer.end()
        status = int.from_bytes(said.inside().take(INTEGER), "big")
        if status not in {0, 1}:
            raise NoStamp("stamp", f"refused ({status})")
        token = said.whole(SEQUENCE)
        said.end()
        if _Token(token).nonce != number(nonce):
            raise NoStamp("stamp", "it answers another question")
    except ValueError as error:
        raise NoStamp("stamp", f"no time stamp: {error}") from error
    return token


def certificates_in(file: bytes) -> list[Authority]:
    """Read certificates, in PEM or one in DER; ValueError if there is none."""
    try:
        return (
            x509.load_pem_x509_certificates(file) if b"-----BEGIN" in file else [x509.load_der_x509_certificate(file)]
        )
    except _BROKEN as error:
        raise ValueError(str(error)) from error


def shown_by(token: bytes, seq: int, digest: bytes, cas: Sequence[Authority] = ()) -> TimeStamp:
    """Say what a token shows of the digest at ``seq``; NoStamp if it doesn't hold.

    Looked at: that it is DER to the last byte; that its imprint is the digest; that the certificate which the signed part
    names by its hash signed it; that this certificate is for time stamps alone and was valid at its time. With ``cas`` one
    of them has to lead to it, each link signed and valid at that time. Further certificates in it serve for that alone.
    """
    try:
        held = _Token(token)
        if held.imprint != digest:
            raise NoStamp("stamp_other", held.imprint.hex())
        certificate = held.signed_by()
        _for_time_stamps(certificate, held.at)
        vouched = _led_to(certificate, held.certificates, cas, held.at) if cas else ""
    except _BROKEN as error:
        raise NoStamp("stamp", f"{error}".partition("\n")[0][:120]) from error
    fingerprint = sha256(held.certificate).hexdigest()
    return TimeStamp(seq, held.at, _name(certificate), fingerprint, vouched)


class _Token:
    """A token, taken apart; ValueError for what is none (RFC 3161 section 2.4.2, RFC 5652 section 5).

    Neither revocation lists nor attributes that nobody signed are taken.
    """

    def __init__(self, token: bytes) -> None:
        outer = Der(token)
        info = outer.inside()
        outer.end()
        _is(info.take(OID), _SIGNED_DATA, "signed data")
        wrapped = info.inside(OPTION)
        signed = wrapped.inside()
        wrapped.end()
        info.end()
        _is(signed.take(INTEGER), b"\3", "the version of a token")
        hashes = signed.inside(SET)
        listed = [_algorithm(hashes)]
        while hashes.more:
            listed.append(_algorithm(hashes))
        content = signed.inside()
        _is(content.take(OID), _TOLD, "what an authority tells")
        wrapped = content.inside(OPTION)
        self.told = wrapped.take(OCTETS)
        wrapped.end()
        content.end()
        certificates, self.certificates = signed.inside(OPTION), list[bytes]()
        while certificates.more:
            self.certificates.append(certificates.whole(SEQUENCE))
        signers = signed.inside(SET)
        signed.end()
        signer = signers.inside()
        signers.end()
        _is(signer.take(INTEGER), b"\1", "the version of a signature")
        self.issued = signer.take(SEQUENCE)
        self.hash = _HASHES.get(_algorithm(signer))
        self.attributes = signer.whole(OPTION)
        self.algorithm, self.pss = _signing(signer)
        self.signature = signer.take(OCTETS)
        signer.end()
        if self.hash is None or any(one not in _HASHES for one in listed):
            raise ValueError("hashed otherwise than with SHA-2")
        if self.hash not in map(_HASHES.get, listed):
            raise ValueError("its hash is not listed")
        self._tell()

    def _tell(self) -> None:
        """Take apart what is told; what stands behind the question's number is signed, and passed over."""
        outer = Der(self.told)
        told = outer.inside()
        outer.end()
        _is(told.take(INTEGER), b"\1", "the version of what is told")
        told.take(OID)
        imprint = told.inside()
        _is(_algorithm(imprint), _SHA + b"\1", "a digest of SHA-256")
        self.imprint = imprint.take(OCTETS)
        imprint.end()
        told.take(INTEGER)
        at = told.take(TIME).decode("ascii")
        if not re.fullmatch(r"\d{14}(\.\d+)?Z", at, re.ASCII):
            raise ValueError("no time")
        self.at = datetime.strptime(at[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        told.maybe(SEQUENCE)
        told.maybe(BOOLEAN)
        self.nonce = told.whole(INTEGER) if told.is_next(INTEGER) else b""

    def signed_by(self) -> x509.Certificate:
        """Give the certificate that signed it; ValueError for none, or another one than it names."""
        said = self._said()
        _is(said[_CONTENT_TYPE].take(OID), _TOLD, "what an authority tells")
        _is(said[_MESSAGE_DIGEST].take(OCTETS), self._hashed(self.told), "the digest of what is told")
        named = said[_CERTIFICATE_V2 if _CERTIFICATE_V2 in said else _CERTIFICATE].inside().inside().inside()
        hashing = named.maybe(SEQUENCE) if _CERTIFICATE_V2 in said else None
        how = "sha1" if _CERTIFICATE_V2 not in said else _HASHES[hashing.take(OID)].name if hashing else "sha256"
        by = named.take(OCTETS)
        self.certificate = next((one for one in self.certificates if _digest(how, one) == by), b"")
        certificate = x509.load_der_x509_certificate(self.certificate)
        issued = Der(self.issued)
        _is(issued.whole(SEQUENCE), certificate.issuer.public_bytes(), "whoever issued the certificate")
        _is(issued.whole(INTEGER), number(certificate.serial_number), "the certificate's number")
        issued.end()
        self._signed(certificate)
        return certificate

    def _signed(self, certificate: x509.Certificate) -> None:
        """Look at the signature: over the attributes, written as the SET that they are (RFC 5652 section 5.4)."""
        text = bytes([SET]) + self.attributes[1:]
        key = certificate.public_key()
        rsa = self.hash if self.algorithm == _PLAIN_RSA else _RSA.get(self.algorithm)
        bound = _key_of(certificate)
        try:
            if isinstance(key, RSAPublicKey) and self.pss is not None:
                if self.pss.hash != self.hash or not self.pss.fits(bound):
                    raise ValueError("a key for other signatures")
                how = PSS(MGF1(self.pss.hash), self.pss.salt)
                key.verify(self.signature, text, how, self.pss.hash)
            elif isinstance(key, RSAPublicKey) and rsa is not None and bound is None:
                key.verify(self.signature, text, PKCS1v15(), rsa)
            elif isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1 | SECP384R1):
                key.verify(self.signature, text, ECDSA(_ECDSA[self.algorithm]))
            else:
                raise ValueError("signed in a way that is not known here")
        except InvalidSignature:
            raise ValueError("the signature doesn't fit") from None

    def _said(self) -> dict[bytes, Der]:
        """Give what was signed, by its kind, each with one value."""
        said: dict[bytes, Der] = {}
        attributes = Der(self.attributes).inside(OPTION)
        while attributes.more:
            attribute = attributes.inside()
            kind, value = attribute.take(OID), attribute.inside(SET)
            attribute.end()
            if kind in said:
                raise ValueError("an attribute stands twice")
            said[kind] = value
        return said

    def _hashed(self, content: bytes) -> bytes:
        return _digest(self.hash.name, content) if self.hash else b""


def _digest(how: str, content: bytes) -> bytes:
    return new(how, content, usedforsecurity=False).digest()


def _algorithm(here: Der) -> bytes:
    """Take the name of an algorithm that has no parameters, or none but NULL."""
    algorithm = here.inside()
    name = algorithm.take(OID)
    nothing = algorithm.maybe(NULL)
    if nothing is not None:
        nothing.end()
    algorithm.end()
    return name


@frozen
class _Pss:
    """How RSASSA-PSS is done (RFC 4055): with a hash, for its mask as well, and so many bytes of salt."""

    hash: HashAlgorithm
    salt: int

    def fits(self, bound: _Pss | Literal["any"] | None) -> bool:
        """Say whether a key may sign so: an RSA key (None) may, one for this alone as it says itself."""
        return bound in (None, "any") or (
            isinstance(bound, _Pss) and bound.hash == self.hash and bound.salt <= self.salt
        )


def _signing(here: Der) -> tuple[bytes, _Pss | None]:
    """Take the name of how something is signed, and its parameters if that is RSASSA-PSS."""
    algorithm = here.whole(SEQUENCE)
    name = Der(algorithm).inside().take(OID)
    if name != _PSS:
        return _algorithm(Der(algorithm)), None
    return name, _pss(Der(algorithm).inside())


def _pss(algorithm: Der) -> _Pss:
    """Read parameters; ValueError for SHA-1, which stands there unless another hash is named, and for a mask with another hash."""
    algorithm.take(OID)
    parameters = algorithm.inside()
    algorithm.end()
    if not parameters.is_next(OPTION):
        raise ValueError(_PSS_UNKNOWN)
    wrapped = parameters.inside(OPTION)
    hashed = _HASHES.get(_algorithm(wrapped))
    wrapped.end()
    if not parameters.is_next(OPTION + 1):
        raise ValueError(_PSS_UNKNOWN)
    wrapped = parameters.inside(OPTION + 1)
    mask = wrapped.inside()
    wrapped.end()
    _is(mask.take(OID), _MASK, "a mask by MGF1")
    masked = _HASHES.get(_algorithm(mask))
    mask.end()
    wrapped = parameters.inside(OPTION + 2)
    salt = wrapped.whole(INTEGER)
    wrapped.end()
    parameters.end()
    size = int.from_bytes(salt[2:], "big")
    if hashed is None or masked != hashed or number(size) != salt:
        raise ValueError(_PSS_UNKNOWN)
    return _Pss(hashed, size)


def _key_of(certificate: x509.Certificate) -> _Pss | Literal["any"] | None:
    """Say for what a certificate's key is: RSASSA-PSS alone, in one way or in any; None for a key that isn't bound to it."""
    here = Der(certificate.tbs_certificate_bytes).inside()
    here.maybe(OPTION)
    here.take(INTEGER)
    for _ in range(4):  # how it is signed, the issuer, how long it is valid, the subject
        here.take(SEQUENCE)
    kind = here.inside().whole(SEQUENCE)
    algorithm = Der(kind).inside()
    if algorithm.take(OID) != _PSS:
        return None
    return _pss(Der(kind).inside()) if algorithm.more else "any"


def _is(found: bytes, expected: bytes, what: str) -> None:
    if found != expected:
        raise ValueError(f"not {what}")


def _for_time_stamps(certificate: x509.Certificate, at: datetime) -> None:
    """Look that a certificate is for time stamps alone (section 2.3) and was valid."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        raise ValueError("a certificate for something else") from None
    if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise ValueError("a certificate for something else, too")
    _valid(certificate, at)


def _valid(certificate: x509.Certificate, at: datetime) -> None:
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise NoStamp("stamp_time", f"{at:%Y-%m-%dT%H:%M:%SZ}")


def _led_to(certificate: x509.Certificate, along: Iterable[bytes], cas: Sequence[Authority], at: datetime) -> str:
    """Give the name of the CA that leads to a certificate, over others that came along; NoStamp if none does."""
    rest, here = [*map(x509.load_der_x509_certificate, along)], certificate
    while True:
        for ca in cas:
            if ca == here or _issued(here, ca):
                _valid(ca, at)
                return _name(ca)
        rest = [one for one in rest if one != here]
        above = next((one for one in rest if _issued(here, one)), None)
        if above is None:
            raise NoStamp("stamp_ca", _name(certificate))
        _valid(above, at)
        here = above


def _issued(certificate: x509.Certificate, ca: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(ca)
        if not _may_sign(ca, certificate):
            return False
        return ca.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (*_BROKEN, InvalidSignature, x509.ExtensionNotFound):
        return False


def _may_sign(ca: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Say whether a CA's key may have signed a certificate as it was: one that is for RSASSA-PSS alone only so."""
    here, bound = Der(certificate.public_bytes(Encoding.DER)).inside(), _key_of(ca)
    here.take(SEQUENCE)
    _, pss = _signing(here)
    return pss.fits(bound) if pss is not None else bound is None


def _name(certificate: x509.Certificate) -> str:
    """Give what a certificate is called: its common name, else all of it."""
    named = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(named[0].value) if named else certificate.subject.rfc4514_string()
