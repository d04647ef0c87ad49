"""Words that are kept are kept sealed, through a change of keys, and refused without a key."""

import pytest
from cryptography.fernet import Fernet

from bot.settings import SettingsError, from_environment
from bot.store.vault import NoKeyError, UnreadableError, Vault

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_sealed_words_open_again_and_show_nothing() -> None:
    sealed = Vault([OLD]).seal("ring Sam about the invoice")

    assert "Sam" not in sealed and Vault([NEW, OLD]).unseal(sealed) == "ring Sam about the invoice"


def test_without_a_key_nothing_is_sealed() -> None:
    assert not Vault().is_open
    with pytest.raises(NoKeyError):
        Vault().seal("words")


@pytest.mark.parametrize("vault", [Vault(), Vault([NEW])])
def test_a_lost_key_is_told(vault: Vault) -> None:
    with pytest.raises(UnreadableError):
        vault.unseal(Vault([OLD]).seal("words"))


def test_keys_come_from_the_environment_and_must_be_keys() -> None:
    assert from_environment({"BOUNDARY_SECRET_KEYS": f"{NEW}, {OLD}"}).secret_keys == (NEW, OLD)
    with pytest.raises(SettingsError, match="BOUNDARY_SECRET_KEYS"):
        from_environment({"BOUNDARY_SECRET_KEYS": "password"})
