"""A labelled draft as the network learns it: windows with a target for the message, the principle, the severity and each piece."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.coach.meaning.windows import Window, windows_of
from bot.coach.meaning.wordpiece import WordPiece
from bot.coach.model import Draft
from bot.coach.text import Reading, read
from bot.training.corpus import Example

NOT_A_WORD = -1
POOLED = 50  # batches are cut from pools of this many, sorted by length, so that little is padding


@dataclass(frozen=True)
class Sample:
    """A window and what it should score; `pieces` holds 1 for marked words, 0 for others, -1 for context; `pair` names its twin's pair."""

    ids: tuple[int, ...]
    pieces: tuple[int, ...]
    bad: bool
    principles: tuple[str, ...] = ()
    severity: int = 0
    pair: str = ""


def samples_of(example: Example, pieces: WordPiece, with_context: bool = True) -> list[Sample]:
    """Return the samples of an example; without its context where people would not have said it."""
    reading = read(example.text)
    draft = example.draft if with_context else Draft(example.text)
    windows = windows_of(reading, draft, pieces)
    targets = [_targets(window, reading, example) for window in windows]
    made = [_sample(w, t, example, len(windows) == 1) for w, t in zip(windows, targets, strict=True)]
    return [replace(s, pair="") for s in made] if len(made) > 1 else made


def _targets(window: Window, reading: Reading, example: Example) -> tuple[int, ...]:
    marked = example.marked
    return tuple(
        NOT_A_WORD
        if start < 0
        else int(any(a <= (reading.kept[start] if reading.kept is not None else start) < b for a, b in marked))
        for start, _ in window.places
    )


def _sample(window: Window, targets: tuple[int, ...], example: Example, alone: bool) -> Sample:
    bad = bool(example.labels) and (alone or 1 in targets)
    pair = "~".join(sorted((example.id, example.pair))) if example.pair else ""
    if not bad:
        return Sample(window.ids, targets, bad=False, pair=pair)
    return Sample(window.ids, targets, True, example.labels, example.severity, pair)


def batches(samples: Sequence[Sample], size: int, chance: random.Random) -> list[list[Sample]]:
    """Return batches of about `size` in random order, both halves of a pair in one batch, similar lengths together."""
    groups = _grouped(samples)
    chance.shuffle(groups)
    made: list[list[Sample]] = []
    for pool in _pools(groups, size * POOLED):
        pool.sort(key=lambda group: max(len(s.ids) for s in group) + 4 * chance.random())
        made += _filled(pool, size)
    chance.shuffle(made)
    return made


def _grouped(samples: Sequence[Sample]) -> list[list[Sample]]:
    pairs: dict[str, list[Sample]] = {}
    for sample in samples:
        if sample.pair:
            pairs.setdefault(sample.pair, []).append(sample)
    return [*pairs.values(), *([sample] for sample in samples if not sample.pair)]


def _pools(groups: Sequence[list[Sample]], size: int) -> Iterable[list[list[Sample]]]:
    pool: list[list[Sample]] = []
    held = 0
    for group in groups:
        pool.append(group)
        held += len(group)
        if held >= size:
            yield pool
            pool, held = [], 0
    if pool:
        yield pool


def _filled(groups: Sequence[list[Sample]], size: int) -> list[list[Sample]]:
    made: list[list[Sample]] = [[]]
    for group in groups:
        if len(made[-1]) >= size:
            made.append([])
        made[-1] += group
    return made
