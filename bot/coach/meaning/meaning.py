"""The model at work: a reading and its context in, an opinion out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.coach.meaning.opinion import Opinion, Sight, Thresholds
from bot.coach.meaning.windows import Sentence, Window, windows_of
from bot.coach.meaning.wordpiece import WordPiece
from bot.coach.model import Draft
from bot.coach.text import Reading

if TYPE_CHECKING:
    import numpy as np

MOST_AT_ONCE = 16
TELLING_PIECES = 6  # a sentence is judged by its most telling pieces, so that a long one is not washed out


@dataclass(frozen=True)
class Scores:
    """What the network says of one window: a score for the message, for each principle, each severity, and each piece."""

    message: float
    principles: Sequence[float]
    severities: Sequence[float]
    pieces: Sequence[float]


class Meaning:
    """Reads drafts with a model in ONNX; `principles` names its outputs in order.

    One thread, so that a review never takes more than its share of the machine.
    """

    def __init__(
        self, model: bytes, vocabulary: Sequence[str], principles: Sequence[str], thresholds: Thresholds
    ) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._pieces = WordPiece(vocabulary)
        self._principles = tuple(principles)
        self.thresholds = thresholds

    def opinion(self, reading: Reading, draft: Draft) -> Opinion:
        """Return what the model thinks of a draft."""
        windows = self.windows(reading, draft)
        sights = [self._sight(window, scores) for window, scores in zip(windows, self.scores(windows), strict=True)]
        return Opinion(tuple(sorted(sights, key=lambda s: -s.sure)))

    def windows(self, reading: Reading, draft: Draft) -> list[Window]:
        """Return what the model is shown of a draft."""
        return windows_of(reading, draft, self._pieces)

    def scores(self, windows: Sequence[Window]) -> list[Scores]:
        """Return the network's scores of each window, in order."""
        return [s for at in range(0, len(windows), MOST_AT_ONCE) for s in self._run(windows[at : at + MOST_AT_ONCE])]

    def _run(self, windows: Sequence[Window]) -> list[Scores]:
        ids, mask = _padded(windows)
        names = ["message", "principles", "severities", "pieces"]
        message, principles, severities, pieces = self._session.run(names, {"ids": ids, "mask": mask})
        rows: Any = zip(message.tolist(), principles.tolist(), severities.tolist(), pieces.tolist(), strict=True)
        return [Scores(*row) for row in rows]

    def _sight(self, window: Window, scores: Scores) -> Sight:
        told = [(telling(scores.pieces, sentence), sentence) for sentence in window.sentences]
        words, sentence = max(told, key=lambda pair: pair[0])
        sure = _probability(self.thresholds, scores.message, words)
        best = max(range(len(self._principles)), key=lambda i: scores.principles[i])
        severity = max(range(3), key=lambda i: scores.severities[i]) + 1
        return Sight(sure, self._principles[best], severity, sentence.start, sentence.end)


def telling(pieces: Sequence[float], sentence: Sentence) -> float:
    """Return how much a sentence tells: the mean score of its most telling pieces."""
    most = sorted(pieces[sentence.first : sentence.last], reverse=True)[:TELLING_PIECES]
    return sum(most) / len(most)


def _probability(held: Thresholds, message: float, words: float) -> float:
    score = held.message * message + held.words * words + held.offset
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, score))))


def _padded(windows: Sequence[Window]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    import numpy as np

    longest = max(len(w.ids) for w in windows)
    ids = np.zeros((len(windows), longest), np.int64)
    mask = np.zeros((len(windows), longest), np.int64)
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = window.ids
        mask[row, : len(window.ids)] = 1
    return ids, mask
