"""The library of playbooks on disk: finds the folders, keeps the compiled set in a cache, reloads it when a file changes."""

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from bot.coach.kind import Kind
from bot.coach.model import Playbooks
from bot.coach.problems import PlaybookError, Problem

MOST_CACHED = 6
MOST_BYTES = 4_000_000

Files = dict[str, str]


class Library:
    """Playbooks from folders on disk; a bad edit leaves the last good set in use."""

    def __init__(self, folders: Sequence[Path], kinds: dict[str, Kind], cache: Path | None = None) -> None:
        self._folders = tuple(folders)
        self._kinds = kinds
        self._cache = cache
        self._stamp: object = None
        self._good: Playbooks | None = None
        self.problems: tuple[Problem, ...] = ()

    def playbooks(self) -> Playbooks:
        """Return the newest good set; raise PlaybookError where there never was one."""
        stamp = tuple(_stamp(folder) for folder in self._folders)
        if stamp != self._stamp:
            self._stamp = stamp
            self._reload()
        if self._good is None:
            raise PlaybookError(self.problems)
        return self._good

    def _reload(self) -> None:
        try:
            self._good = load_folders(self._folders, self._kinds, self._cache)
            self.problems = ()
        except PlaybookError as error:
            self.problems = error.problems


def builtin_folder() -> Path:
    """Return the playbooks that come with the package: inside a wheel, beside `bot` in a checkout."""
    package = Path(__file__).parent
    inside = package / "playbooks"
    return inside if inside.is_dir() else package.parent / "playbooks"


def load_folders(folders: Sequence[Path], kinds: dict[str, Kind], cache: Path | None = None) -> Playbooks:
    """Load, check and compile the playbooks of `folders`, or read back what an earlier process made of the same files.

    Raise PlaybookError with every problem found.
    """
    files = read_folders(folders)
    entry = cache / f"{_key(files)}.json" if cache else None
    known = _from_cache(entry) if entry else None
    if known is not None:
        return known
    playbooks = _checked(files, kinds)
    if entry:
        _to_cache(entry, playbooks)
    return playbooks


def read_folders(folders: Sequence[Path]) -> list[Files]:
    """Return the YAML files of each folder by their path in it; raise PlaybookError for what can't be read."""
    problems: list[Problem] = []
    found = [_read_folder(folder, problems) for folder in folders]
    if problems:
        raise PlaybookError(problems)
    return found


def _read_folder(folder: Path, problems: list[Problem]) -> Files:
    if not folder.is_dir():
        problems.append(Problem(str(folder), 1, "there is no such folder", "check --playbooks and BOUNDARY_PLAYBOOKS"))
        return {}
    files: Files = {}
    for path in sorted(folder.rglob("*.yaml")):
        try:
            if path.stat().st_size > MOST_BYTES:
                raise ValueError
            files[path.relative_to(folder).as_posix()] = path.read_text("utf-8")
        except (OSError, ValueError):
            problems.append(
                Problem(
                    str(path),
                    1,
                    "this file can't be read as UTF-8 text of a sensible size",
                    "save it as UTF-8, below 1 MB",
                )
            )
    return files


def _checked(files: Sequence[Files], kinds: dict[str, Kind]) -> Playbooks:
    # The reader of the format is slow to import, and the cache makes it rare.
    from bot.coach.playbook import load
    from bot.coach.proof import prove

    loaded = load(files, kinds)
    problems = loaded.problems or tuple(prove(loaded, kinds))
    if problems:
        raise PlaybookError(problems)
    return loaded.playbooks


def _stamp(folder: Path) -> object:
    return tuple(sorted((str(p), p.stat().st_mtime_ns) for p in folder.rglob("*.yaml")))


def _key(files: Sequence[Files]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for source in sorted((Path(__file__).parent / "coach").rglob("*.py")):
        digest.update(f"{source.name} {source.stat().st_mtime_ns}\n".encode())
    for held in files:
        for name, text in sorted(held.items()):
            digest.update(f"{name}\0{len(text)}\0{text}\0".encode())
    return digest.hexdigest()


def _from_cache(entry: Path) -> Playbooks | None:
    try:
        return msgspec.json.decode(entry.read_bytes(), type=Playbooks)
    except (OSError, msgspec.MsgspecError):
        return None


def _to_cache(entry: Path, playbooks: Playbooks) -> None:
    """Write the cache whole or not at all; a machine without a writable cache only starts more slowly."""
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=entry.parent, delete=False) as file:
            file.write(msgspec.json.encode(playbooks))
        Path(file.name).replace(entry)
        _prune(entry.parent, lambda path: path.stat().st_mtime_ns)
    except OSError:
        return


def _prune(folder: Path, age: Callable[[Path], int]) -> None:
    for old in sorted(folder.glob("*.json"), key=age)[:-MOST_CACHED]:
        old.unlink(missing_ok=True)
