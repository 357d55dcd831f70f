"""Passwords as scrypt hashes, and secrets as plain hashes.

A password is short and guessable, so its hash must be slow; a session or an API token has 256
random bits, so a fast hash of it cannot be turned back.
"""

import hashlib
import hmac
import secrets

SHORTEST, LONGEST = 10, 256
"""Fewest and most characters of a password."""
_COST, _BLOCK, _PARALLEL = 2**15, 8, 1
"""32 MiB and about a tenth of a second; OWASP's advice for scrypt with this block size."""
_MEMORY = 64 * 2**20
_SALT_BYTES = 16
_SCHEME = "scrypt"


def hash_password(password: str) -> str:
    """Return ``scrypt$N$r$p$salt$hash``, salted anew each time."""
    salt = secrets.token_bytes(_SALT_BYTES)
    made = _scrypt(password, salt, _COST, _BLOCK, _PARALLEL)
    return "$".join([_SCHEME, str(_COST), str(_BLOCK), str(_PARALLEL), salt.hex(), made.hex()])


def password_matches(password: str, stored: str) -> bool:
    """Return whether a password is the one of a stored hash, in time that does not tell where."""
    _, cost, block, parallel, salt, made = stored.split("$")
    tried = _scrypt(password, bytes.fromhex(salt), int(cost), int(block), int(parallel))
    return hmac.compare_digest(tried, bytes.fromhex(made))


def new_secret() -> str:
    """Return 256 random bits that a URL or a header can carry."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """Return what is kept of a session or an API token."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    typed = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(typed, salt=salt, n=cost, r=block, p=parallel, maxmem=_MEMORY, dklen=32)
