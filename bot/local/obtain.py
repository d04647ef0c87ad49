"""Gets the local Slack from npm, once, into the cache, and hands it out only if it is byte for byte what we pinned."""

import hashlib
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
NPM = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
SECONDS_FOR_NPM = 180


class UnavailableError(Exception):
    """There is no local Slack to be had here; the message is the reason, the rest of a sentence."""


@dataclass(frozen=True)
class Pinned:
    """An npm package of package-lock.json, and the checksum of the program in it."""

    name: str
    sha256: str


# By system and processor, as Python's platform module names them.
PACKAGES = {
    ("Linux", "x86_64"): Pinned(
        "local-slack-linux-x64", "3332007b797969d835f694b463ac526f7ef1fc66afac93f950f585105fe4815f"
    )
}


def package_for(system: str, machine: str) -> Pinned:
    """Return the package for this kind of machine."""
    package = PACKAGES.get((system, machine))
    if package is None:
        raise UnavailableError(f"it is not packaged for {system} on {machine}")
    return package


def held(cache: Path, package: Pinned) -> Path | None:
    """Return the program if the cache holds it unchanged."""
    program = _program(_home(cache, package), package)
    return program if _is_unchanged(program, package) else None


def fetch(cache: Path, package: Pinned, source: Path = HERE) -> Path:
    """Let npm put the package into the cache and return the program; `source` holds package.json and package-lock.json."""
    if shutil.which(NPM[0]) is None:
        raise UnavailableError("npm is not installed (it comes with Node.js)")
    home = _home(cache, package)
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent, prefix="fetching-", ignore_cleanup_errors=True) as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(source / name, Path(folder) / name)
        _run_npm(Path(folder))
        modules = Path(folder) / "node_modules"
        if not _is_unchanged(_program(modules, package), package):
            raise UnavailableError(f"what npm sent as {package.name} is not what we pinned, so it is not run")
        _move(modules, home, package)
    return _program(home, package)


def _run_npm(folder: Path) -> None:
    try:
        done = subprocess.run(
            NPM, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS_FOR_NPM
        )
    except subprocess.TimeoutExpired:
        raise UnavailableError(f"npm did not end within {SECONDS_FOR_NPM} seconds") from None
    if done.returncode != 0:
        said = next((line for line in done.stderr.splitlines() if line.strip()), "it gave no reason")
        raise UnavailableError(f"npm could not get it ({said.removeprefix('npm error ').strip()})")


def _move(modules: Path, home: Path, package: Pinned) -> None:
    """Put finished `modules` into their place; another process that was faster may have put the same bytes there."""
    try:
        modules.rename(home)
    except OSError:
        if _is_unchanged(_program(home, package), package):
            return
        shutil.rmtree(home, ignore_errors=True)
        modules.rename(home)


def _home(cache: Path, package: Pinned) -> Path:
    return cache / "local-slack" / package.sha256[:16]


def _program(modules: Path, package: Pinned) -> Path:
    return modules / package.name / "bin" / "local-slack"


def _is_unchanged(program: Path, package: Pinned) -> bool:
    try:
        with program.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == package.sha256
    except OSError:
        return False
