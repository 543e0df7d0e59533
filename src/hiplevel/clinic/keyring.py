"""Keys: Ed25519 for signing, sealed under a passphrase; fingerprints that people can compare."""

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SCRYPT = {"n": 2**15, "r": 8, "p": 1}  # about 0.1 s and 32 MB a guess
NONCE_BYTES = 12
SALT_BYTES = 16
KEY_BYTES = 32


def new_salt() -> bytes:
    """A salt for one passphrase."""
    return os.urandom(SALT_BYTES)


def key_from(passphrase: str, salt: bytes) -> bytes:
    """The key that a passphrase opens."""
    return Scrypt(salt=salt, length=KEY_BYTES, **SCRYPT).derive(passphrase.encode())


def seal(key: bytes, secret: bytes, purpose: str) -> bytes:
    """`secret` so that only `key` reads it, bound to its purpose."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, secret, purpose.encode())


def unseal(key: bytes, sealed: bytes, purpose: str) -> bytes | None:
    """What `seal` took; None with another key, for another purpose or when it was changed."""
    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode())
    except (InvalidTag, ValueError):
        return None


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of the public half."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def fingerprint_of(public_key: bytes) -> str:
    """Five groups of four characters, to be read out on the telephone: 80 bits of the key's SHA-256."""
    digest = hashlib.sha256(b"hiplevel clinician key\n" + public_key).hexdigest()[:20]
    return "-".join(digest[at : at + 4] for at in range(0, 20, 4))
