"""What the corpus is made of, and what could make a figure flatter: repeats across authors, tell-tale length and politeness, readers who disagree."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import msgspec

from bot.training.corpus import Example

SHINGLE = 5
ALIKE = 0.5
COMMON_SHINGLE = 40  # a run of words that so many messages share is a greeting, not a copy
POLITE = (
    "please thanks thank kind regards sorry happy glad appreciate grateful hope best cheers dear welcome sincerely kindly"
).split()
_WORD = re.compile(r"[^\W\d_]+|\d+")


class SecondReading(msgspec.Struct, frozen=True):
    """What a second reader said of a draft without seeing its labels."""

    id: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agreement:
    """How two readers agree: Cohen's kappa on speak or stay silent, over `count` drafts."""

    kappa: float
    count: int


def near_duplicates(examples: Sequence[Example]) -> list[tuple[str, str]]:
    """Return the pairs of drafts by different authors whose runs of five words overlap by half or more (Jaccard)."""
    shingles = {e.id: _shingles(e.text) for e in examples}
    authors = {e.id: e.author for e in examples}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, own in shingles.items():
        for shingle in own:
            holders[shingle].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        if len(names) <= COMMON_SHINGLE:
            shared.update((a, b) for a, b in combinations(sorted(names), 2) if authors[a] != authors[b])
    return [
        (a, b) for (a, b), count in shared.items() if count / (len(shingles[a]) + len(shingles[b]) - count) >= ALIKE
    ]


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return {tuple(words[i : i + SHINGLE]) for i in range(max(len(words) - SHINGLE + 1, 1))}


def told_by_manner(examples: Sequence[Example]) -> float:
    """Return how well length and politeness alone tell violations from good forms: AUC, each author judged by the others; 0.5 is chance."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    rows = [e for e in examples if e.kind in {"violation", "good-form"}]
    x = np.array([_manner(e.text) for e in rows])
    y = np.array([e.kind == "violation" for e in rows])
    groups = [e.author for e in rows]
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1_000))
    told = cross_val_predict(model, x, y, groups=groups, cv=GroupKFold(5), method="predict_proba")[:, 1]
    return float(roc_auc_score(y, told))


def told_by_words(examples: Sequence[Example]) -> float:
    """Return how well a bag of words tells violations from good forms, in the same way."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    rows = [e for e in examples if e.kind in {"violation", "good-form"}]
    y = [e.kind == "violation" for e in rows]
    model = make_pipeline(TfidfVectorizer(min_df=3, sublinear_tf=True), LogisticRegression(max_iter=1_000))
    groups = [e.author for e in rows]
    told = cross_val_predict(model, [e.text for e in rows], y, groups=groups, cv=GroupKFold(5), method="predict_proba")
    return float(roc_auc_score(y, told[:, 1]))


def _manner(text: str) -> list[float]:
    words = _WORD.findall(text.lower())
    polite = Counter(word for word in words if word in POLITE)
    signs = [text.count(sign) for sign in "!?.,\n"]
    return [float(len(text)), float(len(words)), *map(float, signs), *(float(polite[word]) for word in POLITE)]


def agreement(
    examples: Sequence[Example], readings: Iterable[SecondReading], families: Mapping[str, str]
) -> dict[str, Agreement]:
    """Return how the author's labels and a second reader agree: on speaking at all, and family by family."""
    by_id = {e.id: e for e in examples}
    both = [(by_id[r.id].labels, r.labels) for r in readings if r.id in by_id]
    found = {"speak at all": _kappa([(bool(a), bool(b)) for a, b in both])}
    for family in sorted(set(families.values())):
        found[family] = _kappa([(_in(a, family, families), _in(b, family, families)) for a, b in both])
    return found


def _in(labels: Sequence[str], family: str, families: Mapping[str, str]) -> bool:
    return any(families.get(label) == family for label in labels)


def _kappa(both: Sequence[tuple[bool, bool]]) -> Agreement:
    count = len(both)
    if not count:
        return Agreement(0.0, 0)
    agreed = sum(a == b for a, b in both) / count
    first, second = sum(a for a, _ in both) / count, sum(b for _, b in both) / count
    chance = first * second + (1 - first) * (1 - second)
    return Agreement((agreed - chance) / (1 - chance) if chance < 1 else 1.0, count)
