"""A wheel holds all that is needed: installed into an empty environment, it reviews a draft from another folder."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def test_the_wheel_holds_every_playbook(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    written = {p.relative_to(ROOT / "playbooks").as_posix() for p in (ROOT / "playbooks").rglob("*.yaml")}

    assert {f"bot/playbooks/{name}" for name in written} <= held


def test_the_wheel_holds_what_the_demo_needs(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())

    assert {"bot/local/package.json", "bot/local/package-lock.json", "bot/cli/drafts.jsonl"} <= held


def test_an_installed_wheel_reviews_a_draft_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "empty"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(ROOT / ".ci" / "lock.txt")]
    subprocess.run(install, check=True, capture_output=True)
    subprocess.run(
        [str(python), "-m", "pip", "install", "-q", "--no-deps", str(wheel)], check=True, capture_output=True
    )

    draft = "Hi Sam, as it's you, I'll do it for half price, just don't tell the others."
    done = subprocess.run(
        [str(home / "bin" / "boundary"), "check", "--to", "friend"],
        input=draft,
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1, done.stderr
    assert "don't tell" in done.stdout
