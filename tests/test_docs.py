"""What is documented is there, and what is there is documented."""

import re
from pathlib import Path

import pytest

from bot.cli import command_names
from bot.coach.kind import Kind
from bot.coach.phrase import BUILT_IN
from bot.coach.playbook import load
from bot.coach.proof import prove, untested
from bot.coach.robust import fragile
from bot.library import builtin_folder, read_folders
from bot.slack.command import load_subcommands
from bot.slack.greeting import REFUSALS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGE = (ROOT / "playbooks" / "README.md").read_text("utf-8")


def test_the_readme_names_every_subcommand() -> None:
    missing = [name for name in command_names() if f"`boundary {name}" not in README]

    assert not missing


def test_the_readme_names_every_subcommand_of_the_slack_app() -> None:
    assert [name for name in load_subcommands() if f"| `{name}" not in README and f", `{name}" not in README] == []


def test_the_readme_names_every_setting() -> None:
    read = set(re.findall(r'environ(?:\.get\(|\[)["\']([A-Z_]+)', (ROOT / "bot" / "settings.py").read_text("utf-8")))

    assert {"DATABASE_URL", "SLACK_BOT_TOKEN"} <= read
    assert [name for name in sorted(read - {"HOME"}) if f"`{name}`" not in README] == []


def test_the_readme_says_what_to_do_about_every_refusal_of_slack() -> None:
    assert [code for code in REFUSALS if f"`{code}`" not in README] == []


def test_the_page_for_authors_names_every_kind_and_its_keys(kinds: dict[str, Kind]) -> None:
    missing = [word for kind in kinds.values() for word in (kind.name, *kind.fields) if f"`{word}" not in PAGE]

    assert not missing


def test_the_page_for_authors_names_every_built_in_list() -> None:
    assert [name for name in BUILT_IN if f"`<{name}>`" not in PAGE] == []


def test_the_example_of_the_page_for_authors_works_as_printed(kinds: dict[str, Kind]) -> None:
    example = re.search(r"```yaml\n(.*?)```", PAGE, re.S)
    assert example
    loaded = load([*read_folders([builtin_folder()]), {"rules/salon.yaml": example[1]}], kinds)

    mistakes = [*loaded.problems, *prove(loaded, kinds), *untested(loaded, kinds), *fragile(loaded, kinds)]

    assert [m for m in mistakes if m.file == "rules/salon.yaml"] == []


@pytest.mark.parametrize("target", ["demo", "test", "bench", "load", "validate-live"])
def test_the_readme_names_the_commands_of_the_house(target: str) -> None:
    assert f"`make {target}`" in README or f"make {target}\n" in README


def test_every_file_that_the_readme_points_to_is_there() -> None:
    named = re.findall(r"`((?:bot|playbooks|tests|\.ci)/[\w./-]+)`", README)

    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
