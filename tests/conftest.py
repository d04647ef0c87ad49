"""What tests share: the real playbooks, loaded once, and small ones written on the spot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.coach.kind import Kind
from bot.coach.kinds import load_kinds
from bot.coach.model import Draft, Playbooks, Review
from bot.coach.playbook import Loaded, load
from bot.coach.review import Coach
from bot.library import builtin_folder, load_folders, read_folders
from tests.small import PRINCIPLE

# Research that lies beside a checkout, or beside the folder that holds several of them.
SHARED = next((p / "shared" for p in Path(__file__).parents if (p / "shared").is_dir()), Path("shared"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--live", action="store_true", help="run the tests that ask slack.com")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--live"):
        skipped = pytest.mark.skip(reason="asks slack.com; `make validate-live` runs it")
        for item in items:
            if "live" in item.keywords:
                item.add_marker(skipped)


@pytest.fixture(scope="session")
def kinds() -> dict[str, Kind]:
    return load_kinds()


@pytest.fixture(scope="session")
def loaded(kinds: dict[str, Kind]) -> Loaded:
    """Our own playbooks as the loader leaves them, with the sources of their rules."""
    return load(read_folders([builtin_folder()]), kinds)


@pytest.fixture(scope="session")
def playbooks(kinds: dict[str, Kind], tmp_path_factory: pytest.TempPathFactory) -> Playbooks:
    """Our own playbooks, loaded as people load them."""
    return load_folders([builtin_folder()], kinds, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def coach(playbooks: Playbooks, kinds: dict[str, Kind]) -> Coach:
    return Coach(playbooks, kinds)


@pytest.fixture
def small(kinds: dict[str, Kind]) -> Callable[..., Loaded]:
    """Load a set with one principle; keyword arguments replace parts of its text."""

    def build(rules: str | None = None, **files: str) -> Loaded:
        text = (
            PRINCIPLE
            if rules is None
            else PRINCIPLE[: PRINCIPLE.index("rules:")] + rules + PRINCIPLE[PRINCIPLE.index("tips:") :]
        )
        names = {name.replace("__", "/") + ".yaml": held for name, held in files.items()}
        return load([{"lists.yaml": "friend: [mate+, pal+]", "principles/fair-price.yaml": text, **names}], kinds)

    return build


@pytest.fixture
def small_coach(small: Callable[..., Loaded], kinds: dict[str, Kind]) -> Callable[..., Review]:
    """Review a text with the small set."""

    def review(text: str, rules: str | None = None, **context: str) -> Review:
        built = small(rules)
        assert not built.problems, built.problems
        return Coach(built.playbooks, kinds).review(Draft(text, **context))

    return review


def shared(path: str) -> Path:
    """Return a file of the shared research, or skip the test where it is absent."""
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"shared/{path} is not here")
    return file


def corpus_folder() -> Path:
    """Return the folder of our labelled drafts."""
    return Path(__file__).parent / "corpus"
