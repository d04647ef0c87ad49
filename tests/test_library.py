"""Playbooks on disk: read back from the cache, reloaded when edited, the last good set kept."""

from pathlib import Path

import pytest

from bot.coach.kind import Kind
from bot.coach.problems import PlaybookError
from bot.library import Library, load_folders
from tests.small import PRINCIPLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "playbooks"
    (home / "principles").mkdir(parents=True)
    (home / "lists.yaml").write_text("friend: [mate+, pal+]")
    (home / "principles" / "fair-price.yaml").write_text(PRINCIPLE)
    return home


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / "principles" / "fair-price.yaml"
    file.write_text(file.read_text().replace(old, new))


def test_what_the_cache_gives_back_is_what_was_loaded(folder: Path, kinds: dict[str, Kind], tmp_path: Path) -> None:
    first = load_folders([folder], kinds, tmp_path / "cache")
    second = load_folders([folder], kinds, tmp_path / "cache")

    assert first == second
    assert len(list((tmp_path / "cache").glob("*.json"))) == 1


def test_a_broken_cache_is_read_past(folder: Path, kinds: dict[str, Kind], tmp_path: Path) -> None:
    first = load_folders([folder], kinds, tmp_path)
    next(tmp_path.glob("*.json")).write_bytes(b"{broken")

    assert load_folders([folder], kinds, tmp_path) == first


def test_without_a_writable_cache_it_still_loads(folder: Path, kinds: dict[str, Kind], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert load_folders([folder], kinds, tmp_path / "file" / "cache").rules


def test_an_edit_is_seen_while_running(folder: Path, kinds: dict[str, Kind]) -> None:
    library = Library([folder], kinds)
    before = library.playbooks().principles[0].title
    edit(folder, "title: One price for all", "title: A price for everyone")

    assert (before, library.playbooks().principles[0].title) == ("One price for all", "A price for everyone")


def test_a_bad_edit_leaves_the_last_good_set_in_use_and_says_so(folder: Path, kinds: dict[str, Kind]) -> None:
    library = Library([folder], kinds)
    good = library.playbooks()
    edit(folder, "why: Others", "whyy: Others")

    assert library.playbooks() == good
    assert any("unknown key 'whyy'" in p.what for p in library.problems)
    edit(folder, "whyy: Others", "why: Others")
    assert library.playbooks() == good
    assert not library.problems


def test_an_example_that_does_not_hold_is_refused_at_load(folder: Path, kinds: dict[str, Kind]) -> None:
    edit(folder, "See the price list.", "A mate price for you.")

    with pytest.raises(PlaybookError, match="this passes line is flagged"):
        load_folders([folder], kinds)


def test_a_folder_that_is_not_there_is_named(kinds: dict[str, Kind], tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match="there is no such folder"):
        load_folders([tmp_path / "nowhere"], kinds)


def test_a_file_that_is_not_utf8_is_named(folder: Path, kinds: dict[str, Kind]) -> None:
    (folder / "principles" / "bad.yaml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(PlaybookError, match=r"bad\.yaml.*UTF-8"):
        load_folders([folder], kinds)


def test_the_cache_keeps_only_the_newest(folder: Path, kinds: dict[str, Kind], tmp_path: Path) -> None:
    for number in range(9):
        edit(folder, f"title: One price{' x' * number}", f"title: One price{' x' * (number + 1)}")
        load_folders([folder], kinds, tmp_path / "cache")

    assert len(list((tmp_path / "cache").glob("*.json"))) == 6
