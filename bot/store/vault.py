"""Encryption at rest, for the few words that a person asks us to keep: Fernet, with keys that can be changed."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class NoKeyError(Exception):
    """There is no key, so nothing that needs one is kept."""


class UnreadableError(Exception):
    """What was kept can't be read: its key is gone."""


class Vault:
    """Seals and opens words; the first of `keys` seals, all of them open. ValueError for a key that is none."""

    def __init__(self, keys: Sequence[str] = ()) -> None:
        self._ring = MultiFernet([Fernet(key) for key in keys]) if keys else None

    @property
    def is_open(self) -> bool:
        """Whether words can be kept at all."""
        return self._ring is not None

    def seal(self, words: str) -> str:
        """Return `words` unreadable; raise NoKeyError where there is no key."""
        if self._ring is None:
            raise NoKeyError
        return self._ring.encrypt(words.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """Return the words; raise UnreadableError where no key fits."""
        try:
            if self._ring is None:
                raise UnreadableError
            return self._ring.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise UnreadableError from None
