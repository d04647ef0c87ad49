"""The local Slack is run only if npm and we both find it to be what we pinned."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.local import obtain
from bot.local.obtain import Pinned, UnavailableError, fetch, held, package_for


@pytest.fixture(scope="session")
def fetched(package: Pinned, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that npm has just filled; without npm, or without its registry, there is nothing to test here."""
    cache = tmp_path_factory.mktemp("fetched")
    try:
        fetch(cache, package)
    except UnavailableError as reason:
        pytest.skip(f"no local Slack: {reason}")
    return cache


def test_what_was_fetched_is_held_and_may_be_fetched_again(package: Pinned, fetched: Path) -> None:
    assert held(fetched, package) == fetch(fetched, package)
    assert [path.name for path in (fetched / "local-slack").iterdir()] == [package.sha256[:16]]


def test_a_program_that_changed_in_the_cache_is_fetched_anew(package: Pinned, fetched: Path, tmp_path: Path) -> None:
    shutil.copytree(fetched, tmp_path, dirs_exist_ok=True)
    program = held(tmp_path, package)
    assert program
    program.write_bytes(program.read_bytes() + b"more")

    assert held(tmp_path, package) is None
    assert fetch(tmp_path, package) == held(tmp_path, package) == program


@pytest.mark.usefixtures("fetched")
def test_npm_refuses_what_is_not_in_the_lock_file(package: Pinned, tmp_path: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(obtain.HERE / name, tmp_path / name)
    lock = json.loads((tmp_path / "package-lock.json").read_text())
    entry = lock["packages"][f"node_modules/{package.name}"]
    entry["integrity"] = "sha512-" + "A" * 86 + "=="
    (tmp_path / "package-lock.json").write_text(json.dumps(lock))

    with pytest.raises(UnavailableError, match="EINTEGRITY"):
        fetch(tmp_path / "cache", package, tmp_path)


@pytest.mark.usefixtures("fetched")
def test_we_refuse_a_program_with_another_checksum(package: Pinned, tmp_path: Path) -> None:
    other = replace(package, sha256="0" * 64)

    with pytest.raises(UnavailableError, match="not what we pinned"):
        fetch(tmp_path, other)

    assert held(tmp_path, other) is None and list((tmp_path / "local-slack").iterdir()) == []


def test_a_machine_without_a_package_is_named() -> None:
    with pytest.raises(UnavailableError, match="not packaged for Darwin on arm64"):
        package_for("Darwin", "arm64")


def test_a_machine_without_npm_is_told(package: Pinned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(UnavailableError, match="npm is not installed"):
        fetch(tmp_path, package)
