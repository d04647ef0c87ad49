"""One of several wordings: the same for the same draft, so that tests can tell, and another for the next, so that habit does not set in."""

import hashlib
from collections.abc import Sequence


def choose(wordings: Sequence[str], seed: str) -> str:
    """Choose one of `wordings`: always the same for the same `seed`, evenly over many."""
    digest = hashlib.blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return wordings[int.from_bytes(digest, "big") % len(wordings)]
