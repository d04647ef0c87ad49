"""How good the reviews are: the figures of labelled drafts, exactly as the corpus README defines them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from bot.coach.model import Draft, Review

SILENT_KINDS = ("good-form", "hard-negative", "ordinary")


class Labelled(msgspec.Struct):
    """A row of a labelled file; one without labels that was never read counts as ordinary."""

    id: str
    text: str
    labels: list[str] = []
    spans: list[str] = []
    kind: str = ""
    pair: str | None = None
    profession: str = ""
    relationship: str = "unknown"
    venue: str = "unknown"
    source: str = ""
    reader1: dict[str, Any] | None = None
    reader2: dict[str, Any] | None = None


class Judged(msgspec.Struct, frozen=True):
    """What was said of one labelled draft; never its text."""

    id: str
    kind: str
    relationship: str
    labels: tuple[str, ...]
    speaks: bool
    principle: str
    rule: str
    span_hit: bool
    pair: str = ""


@dataclass(frozen=True)
class Share:
    """A count out of a total."""

    count: int
    total: int

    @property
    def value(self) -> float:
        return self.count / self.total if self.total else 0.0


@dataclass(frozen=True)
class Figures:
    """The figures of a set of judged drafts."""

    precision: Share
    recall: Share
    principle: Share
    micro_f1: float
    span: Share
    pairs: Share
    false_alarms: dict[str, Share]
    by_principle: dict[str, dict[str, Share]]
    by_relationship: dict[str, dict[str, Share]]


def judge(rows: Iterable[Labelled], review: Callable[[Draft], Review]) -> list[Judged]:
    """Review each row and keep what the figures need."""
    return [_judged(row, review(Draft(row.text, row.relationship, row.venue, row.profession))) for row in rows]


def _judged(row: Labelled, review: Review) -> Judged:
    labels = tuple(row.labels)
    kind = row.kind or "ordinary"
    spans = row.spans
    if row.reader1 is not None and row.reader2 is not None:
        agreed = bool(row.reader1.get("labels")) and bool(row.reader2.get("labels"))
        labels = (
            tuple(dict.fromkeys([*row.reader1.get("labels", []), *row.reader2.get("labels", [])])) if agreed else ()
        )
        spans = [*row.reader1.get("spans", []), *row.reader2.get("spans", [])]
        silent = not row.reader1.get("labels") and not row.reader2.get("labels")
        kind = "real-violation" if agreed else "real-ordinary" if silent else "real-disputed"
    elif not row.kind:
        kind = "real-ordinary"
    first = review.findings[0] if review.findings else None
    hit = bool(first) and any(_overlaps(row.text, span, first.span.start, first.span.end) for span in spans if first)
    pair = _pair_key(row)
    return Judged(
        row.id,
        kind,
        row.relationship,
        labels,
        first is not None,
        first.principle if first else "",
        first.rule if first else "",
        hit,
        pair,
    )


def _pair_key(row: Labelled) -> str:
    return "~".join(sorted((row.id, row.pair))) if row.pair else ""


def _overlaps(text: str, labelled: str, start: int, end: int) -> bool:
    at = text.find(labelled)
    while at >= 0:
        if at < end and start < at + len(labelled):
            return True
        at = text.find(labelled, at + 1)
    return False


def figures(judged: Sequence[Judged]) -> Figures:
    """Return the figures of `judged`; disputed rows count nowhere."""
    rows = [row for row in judged if row.kind != "real-disputed"]
    spoken = [row for row in rows if row.speaks]
    bad = [row for row in rows if row.labels]
    hits = [row for row in spoken if row.labels]
    right = [row for row in hits if row.principle in row.labels]
    primary = [row for row in hits if row.principle == row.labels[0]]
    return Figures(
        precision=Share(len(hits), len(spoken)),
        recall=Share(len(hits), len(bad)),
        principle=Share(len(right), len(hits)),
        micro_f1=2 * len(primary) / (len(spoken) + len(bad)) if spoken or bad else 0.0,
        span=Share(sum(row.span_hit for row in hits), len(hits)),
        pairs=_pairs(rows),
        false_alarms={kind: _spoken_share([r for r in rows if r.kind == kind]) for kind in _kinds(rows)},
        by_principle={
            name: _of_principle(rows, name)
            for name in sorted({r.labels[0] for r in bad} | {r.principle for r in spoken})
        },
        by_relationship={name: _of_relationship(rows, name) for name in sorted({r.relationship for r in rows})},
    )


def _kinds(rows: Sequence[Judged]) -> list[str]:
    return [kind for kind in (*SILENT_KINDS, "real-ordinary") if any(row.kind == kind for row in rows)]


def _spoken_share(rows: Sequence[Judged]) -> Share:
    return Share(sum(row.speaks for row in rows), len(rows))


def _pairs(rows: Sequence[Judged]) -> Share:
    pairs: dict[str, list[Judged]] = {}
    for row in rows:
        if row.pair:
            pairs.setdefault(row.pair, []).append(row)
    whole = [pair for pair in pairs.values() if len(pair) == 2 and bool(pair[0].labels) != bool(pair[1].labels)]
    return Share(sum(all(row.speaks == bool(row.labels) for row in pair) for pair in whole), len(whole))


def _of_principle(rows: Sequence[Judged], name: str) -> dict[str, Share]:
    labelled = [row for row in rows if row.labels and row.labels[0] == name]
    named = [row for row in rows if row.principle == name]
    return {
        "recall": _spoken_share(labelled),
        "named": Share(sum(row.principle == name for row in labelled), len(labelled)),
        "precision": Share(sum(bool(row.labels) for row in named), len(named)),
    }


def _of_relationship(rows: Sequence[Judged], name: str) -> dict[str, Share]:
    own = [row for row in rows if row.relationship == name]
    return {
        "recall": _spoken_share([r for r in own if r.labels]),
        "false alarms": _spoken_share([r for r in own if not r.labels]),
    }


@dataclass(frozen=True)
class Change:
    """A draft on which two runs differ."""

    id: str
    what: str


def compare(before: Sequence[Judged], after: Sequence[Judged]) -> list[Change]:
    """Return the drafts on which two runs differ, lost true positives first."""
    then = {row.id: row for row in before}
    changes = [Change(row.id, _change(then[row.id], row)) for row in after if row.id in then]
    order = ("lost", "new false alarm", "gained", "silenced", "other")
    found = [change for change in changes if change.what]
    return sorted(found, key=lambda c: (next(i for i, word in enumerate(order) if c.what.startswith(word)), c.id))


def _change(before: Judged, after: Judged) -> str:
    if before.speaks != after.speaks:
        if after.labels:
            return f"gained by {after.rule}" if after.speaks else f"lost: was {before.rule}"
        return f"new false alarm by {after.rule}" if after.speaks else f"silenced: was {before.rule}"
    return f"other principle: {before.principle} -> {after.principle}" if before.principle != after.principle else ""
