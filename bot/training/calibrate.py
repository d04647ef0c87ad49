"""Thresholds from data: two scores into one probability, then how sure the model must be before anything is said."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.coach.meaning.meaning import Meaning, Scores, telling
from bot.coach.meaning.opinion import Thresholds
from bot.coach.meaning.windows import Window
from bot.coach.text import read
from bot.training.corpus import Example

PRECISION = 0.90
MOST_FALSE_ALARMS = 0.008  # of ordinary messages; people keep an app that is silent when it should be
PRINCIPLE_PRECISION = 0.85
FEWEST_SPOKEN = 8
MOST_ADDED = 0.2
MOST_VIOLATIONS_QUIETED = 0.02


@dataclass(frozen=True)
class Scored:
    """An example with the scores of its most suspicious window."""

    example: Example
    message: float
    words: float
    principle: str

    @property
    def bad(self) -> bool:
        return bool(self.example.labels)


def scored(examples: Sequence[Example], meaning: Meaning, principles: Sequence[str]) -> list[Scored]:
    """Return `examples` with their scores; those with nothing to read are left out."""
    found = []
    for example in examples:
        windows = meaning.windows(read(example.text), example.draft)
        if windows:
            both = [(window, scores) for window, scores in zip(windows, meaning.scores(windows), strict=True)]
            window, scores = max(both, key=lambda pair: pair[1].message + _words(*pair))
            best = principles[int(np.argmax(scores.principles))]
            found.append(Scored(example, scores.message, _words(window, scores), best))
    return found


def _words(window: Window, scores: Scores) -> float:
    return max(telling(scores.pieces, sentence) for sentence in window.sentences)


def calibrated(held_out: Sequence[Scored], made_by: str, also_silent: Sequence[Scored] = ()) -> Thresholds:
    """Return thresholds measured on examples that the model has not learnt from; `also_silent` are real messages, nearly all fine."""
    message, words, offset = _combined(held_out)
    sure = _sure(held_out, message, words, offset)
    silent = [*sure[[not s.bad and s.example.kind == "ordinary" for s in held_out]]]
    real = _sure(also_silent, message, words, offset) if also_silent else np.array([])
    speak = _speaks_at(held_out, sure, [np.array(silent), real])
    bad = np.array([s.bad for s in held_out])
    fine = float(np.quantile(sure[bad], MOST_VIOLATIONS_QUIETED))
    return Thresholds(
        made_by, message, words, offset, speak, min(fine, 0.05), _principle_thresholds(held_out, sure, speak)
    )


def _combined(held_out: Sequence[Scored]) -> tuple[float, float, float]:
    from sklearn.linear_model import LogisticRegression

    x = np.array([[s.message, s.words] for s in held_out])
    fitted = LogisticRegression(C=10.0).fit(x, [s.bad for s in held_out])
    return float(fitted.coef_[0][0]), float(fitted.coef_[0][1]), float(fitted.intercept_[0])


def _sure(
    rows: Sequence[Scored], message: float, words: float, offset: float
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    x = np.array([[s.message, s.words] for s in rows])
    return np.asarray(1 / (1 + np.exp(-np.clip(x @ np.array([message, words]) + offset, -60, 60))))


def _speaks_at(
    rows: Sequence[Scored], sure: "np.ndarray[tuple[int], np.dtype[np.float64]]", silent: Sequence[object]
) -> float:
    """Return the lowest threshold that is precise enough on drafts and silent enough on each set of ordinary messages."""
    bad = np.array([s.bad for s in rows])
    for threshold in np.arange(0.30, 0.995, 0.005):
        spoken = sure >= threshold
        quiet = all(float(np.mean(np.asarray(s) >= threshold)) <= MOST_FALSE_ALARMS for s in silent if len(s))  # type: ignore[arg-type]
        if spoken.any() and bad[spoken].mean() >= PRECISION and quiet:
            return round(float(threshold), 3)
    return 0.995


def _principle_thresholds(
    rows: Sequence[Scored], sure: "np.ndarray[tuple[int], np.dtype[np.float64]]", speak: float
) -> dict[str, float]:
    """Return what a principle needs on top of `speak` where it cries wolf."""
    added: dict[str, float] = {}
    for name in sorted({s.principle for s in rows}):
        own = np.array([s.principle == name for s in rows])
        bad = np.array([s.bad for s in rows])
        for more in np.arange(0.0, MOST_ADDED + 0.001, 0.02):
            spoken = own & (sure >= min(speak + more, 0.999))
            if spoken.sum() < FEWEST_SPOKEN or bad[spoken].mean() >= PRINCIPLE_PRECISION:
                break
        if more > 0:
            added[name] = round(float(more), 2)
    return added
