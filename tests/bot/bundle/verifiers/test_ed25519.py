"""Ed25519 after RFC 8032, held against another implementation."""

from __future__ import annotations

import pytest

from bot.bundle.verifiers.ed25519 import L, signed
from bot.store.seals import SealingKey

# RFC 8032 section 7.1, tests 1 to 3: public key, message, signature
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


def beyond_the_order(signature: bytes) -> bytes:
    """Write the same signature another way, which RFC 8032 forbids."""
    return signature[:32] + (int.from_bytes(signature[32:], "little") + L).to_bytes(32, "little")


@pytest.mark.parametrize(("key", "text", "signature"), VECTORS)
def test_the_vectors_of_the_rfc(key: str, text: str, signature: str) -> None:
    """Hold; with one bit of any part changed they don't."""
    a, s, t = (bytes.fromhex(part) for part in (key, signature, text))

    assert signed(a, s, t)
    assert not signed(bytes([a[0] ^ 1, *a[1:]]), s, t)
    assert not signed(a, bytes([s[0] ^ 1, *s[1:]]), t)
    assert not signed(a, s, t + b"1")


def test_what_only_looks_like_a_signature() -> None:
    """Of a wrong length, with a number beyond the order, or by what is no point."""
    key, text, signature = (bytes.fromhex(part) for part in VECTORS[0])

    assert not signed(key, beyond_the_order(signature), text)
    assert not signed(key[:31], signature, text)
    assert not signed(key, signature[:63], text)
    assert not signed(b"\xff" * 32, signature, text)


def test_what_our_own_library_signs(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Both agree."""
    key = SealingKey.of(tmp_path_factory.mktemp("key"))

    assert signed(key.public, key.sign(b"text"), b"text")
    assert not signed(key.public, key.sign(b"text"), b"test")
