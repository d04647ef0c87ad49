"""Settings come from the environment, and from nowhere else."""

from pathlib import Path

from bot.settings import Settings, from_environment


def test_nothing_needs_to_be_set() -> None:
    assert from_environment({}) == Settings((), None)


def test_folders_of_playbooks_are_separated_as_in_path() -> None:
    assert from_environment({"BOUNDARY_PLAYBOOKS": "/a:/b::"}).playbooks == (Path("/a"), Path("/b"))


def test_the_cache_is_where_caches_go() -> None:
    assert from_environment({"HOME": "/home/ana"}).cache == Path("/home/ana/.cache/boundary-coach")
    assert from_environment({"HOME": "/home/ana", "XDG_CACHE_HOME": "/c"}).cache == Path("/c/boundary-coach")
