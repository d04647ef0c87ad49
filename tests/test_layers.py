"""Imports point inward: the core knows nothing of Slack, SQL, the clock or the environment."""

import ast
import sys
from pathlib import Path

import pytest

import bot

ROOT = Path(bot.__file__).parent
CORE_MAY_USE = {"re2", "yaml", "pydantic", "py3langid", "bot"}
CORE_NEVER_USES = {
    "os",
    "time",
    "datetime",
    "random",
    "socket",
    "sqlite3",
    "logging",
    "subprocess",
    "tempfile",
    "shutil",
}
ALL = sorted(ROOT.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Return the full names of the modules that a file imports, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", sorted((ROOT / "coach").rglob("*.py")), ids=lambda p: p.stem)
def test_the_core_imports_only_itself_and_what_reads_text(path: Path) -> None:
    for name in imports(path):
        top = name.split(".")[0]

        assert top not in CORE_NEVER_USES
        assert top in CORE_MAY_USE or top in sys.stdlib_module_names, name
        assert top != "bot" or name.startswith("bot.coach"), name


@pytest.mark.parametrize(
    ("layer", "may_use"),
    [
        ("blocks", {"coach", "blocks"}),
        ("store", {"coach", "store"}),
        ("tips", {"coach", "store", "blocks", "tips"}),
        ("slack", {"coach", "store", "blocks", "tips", "slack", "library"}),
        ("web", {"slack", "web"}),
        ("local", {"blocks", "local"}),
    ],
)
def test_imports_point_inward(layer: str, may_use: set[str]) -> None:
    for path in (ROOT / layer).rglob("*.py"):
        ours = {name.split(".")[1] for name in imports(path) if name.startswith("bot.")}

        assert ours <= may_use, path


def test_only_the_settings_and_the_command_line_see_the_environment() -> None:
    readers = {
        p.relative_to(ROOT).as_posix() for p in ALL if "os.environ" in p.read_text() or "getenv" in p.read_text()
    }

    assert readers <= {"settings.py", "cli/inputs.py"}


def test_only_the_command_line_prints() -> None:
    printers = {p for p in ALL if "print(" in p.read_text() or "typer.echo" in p.read_text()}

    assert all(p.is_relative_to(ROOT / "cli") for p in printers), printers


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_module_opens_with_one_sentence_saying_what_it_owns(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_importing_a_module_calls_nothing_of_the_outside(path: Path) -> None:
    calls = [
        node.value
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ]

    assert not calls or path.name in {"__main__.py", "env.py"}  # what Python, and Alembic, run as a script
