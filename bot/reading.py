"""What reads drafts, put together: playbooks from disk, and the model that comes with the package where it can be used."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.coach.kinds import load_kinds
from bot.coach.meaning.meaning import Meaning
from bot.coach.model import ReadBy
from bot.coach.review import Coach
from bot.library import Library, builtin_folder
from bot.models import ModelError, builtin_model, load_meaning
from bot.settings import Settings


def build_library(settings: Settings, more_folders: Sequence[Path] = ()) -> Library:
    """Return the built-in playbooks with those of `settings` and `more_folders` on top."""
    return Library([builtin_folder(), *settings.playbooks, *more_folders], load_kinds(), settings.cache)


def build_coach(library: Library, layer: ReadBy = "rules") -> Coach:
    """Return a coach with the newest good playbooks of `library`; raise PlaybookError where there are none.

    Where the model can't be used, rules read alone.
    """
    playbooks = library.playbooks()
    meaning = None if layer == "rules" else build_meaning()
    if layer == "meaning":
        playbooks = replace(playbooks, rules=())
    return Coach(playbooks, load_kinds(), meaning=meaning)


def build_meaning() -> Meaning | None:
    """Return the model that comes with the package, or nothing where it can't be used."""
    try:
        return load_meaning(builtin_model())
    except ModelError:
        return None


def reads_with() -> str:
    """Say in a few words what reads drafts here: rules and the model, or rules alone and why."""
    try:
        load_meaning(builtin_model())
    except ModelError as error:
        return f"rules alone: of the model, {error}"
    return "rules and the model"
