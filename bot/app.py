"""The composition root: settings in, what runs out; the only module besides the command line that sees everything."""

from collections.abc import Sequence
from pathlib import Path

from bot.coach.kinds import load_kinds
from bot.coach.review import LONGEST_DRAFT, Coach
from bot.library import Library, builtin_folder
from bot.settings import Settings


def build_library(settings: Settings, more_folders: Sequence[Path] = ()) -> Library:
    """Return the built-in playbooks with those of `settings` and `more_folders` on top."""
    return Library([builtin_folder(), *settings.playbooks, *more_folders], load_kinds(), settings.cache)


def build_coach(library: Library, longest: int = LONGEST_DRAFT) -> Coach:
    """Return a coach with the newest good playbooks of `library`; raise PlaybookError where there are none."""
    return Coach(library.playbooks(), load_kinds(), longest)
