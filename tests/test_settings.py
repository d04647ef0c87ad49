"""Settings come from the environment, and from nowhere else."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, from_environment


def test_nothing_needs_to_be_set() -> None:
    assert from_environment({}) == Settings((), None)


def test_folders_of_playbooks_are_separated_as_in_path() -> None:
    assert from_environment({"BOUNDARY_PLAYBOOKS": "/a:/b::"}).playbooks == (Path("/a"), Path("/b"))


def test_the_cache_is_where_caches_go() -> None:
    assert from_environment({"HOME": "/home/ana"}).cache == Path("/home/ana/.cache/boundary-coach")
    assert from_environment({"HOME": "/home/ana", "XDG_CACHE_HOME": "/c"}).cache == Path("/c/boundary-coach")


def test_every_value_that_makes_no_sense_is_named_at_once() -> None:
    wrong = {
        "PORT": "99999",
        "LOG_LEVEL": "loud",
        "DATABASE_URL": "mysql://x/y",
        "SLACK_API_URL": "slack.com",
        "SLACK_BOT_TOKEN": "xapp-1",
        "SLACK_APP_TOKEN": "xoxb-1",
    }

    with pytest.raises(SettingsError) as told:
        from_environment(wrong)

    assert all(name in str(told.value) for name in wrong)
    assert "//x/y" not in str(told.value)


def test_everything_that_is_missing_to_talk_to_slack_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as told:
        from_environment({}).require_slack()

    assert all(name in str(told.value) for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"))


@pytest.mark.parametrize("more", [{"SLACK_APP_TOKEN": "xapp-1"}, {"SLACK_SIGNING_SECRET": "s"}])
def test_either_way_to_slack_is_enough(more: dict[str, str]) -> None:
    from_environment({"SLACK_BOT_TOKEN": " xoxb-1\n", **more}).require_slack()
