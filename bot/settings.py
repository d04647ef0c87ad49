"""Settings: the only reader of the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """What can be set from outside; each field names its variable in README's table."""

    playbooks: tuple[Path, ...] = ()
    cache: Path | None = None


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read `BOUNDARY_PLAYBOOKS` (folders, separated as in PATH) and `XDG_CACHE_HOME`."""
    folders = [
        Path(folder).expanduser() for folder in environ.get("BOUNDARY_PLAYBOOKS", "").split(os.pathsep) if folder
    ]
    cache_home = environ.get("XDG_CACHE_HOME") or (f"{environ['HOME']}/.cache" if environ.get("HOME") else "")
    return Settings(tuple(folders), Path(cache_home) / "boundary-coach" if cache_home else None)
