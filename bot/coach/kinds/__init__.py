"""The kinds of rule: one per file, found by file name."""

from importlib import import_module
from pkgutil import iter_modules

from bot.coach.kind import Kind


def load_kinds() -> dict[str, Kind]:
    """Return every kind of this folder by its name."""
    kinds = [import_module(f"{__name__}.{module.name}").KIND for module in iter_modules(__path__)]
    return {kind.name: kind for kind in kinds}
