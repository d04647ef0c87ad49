"""The cards of the corpus and of the model: every number in them is measured when they are written."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.coach.meaning.opinion import Thresholds
from bot.evaluation import Figures, Share
from bot.training.audit import Agreement
from bot.training.corpus import Example

DATA_INTRO = """# Labelled drafts

Written one by one for this project by language models, without templates: each author has the voice, trade and country of another
person, saw the guideline and none of the others' drafts; nothing is taken from real mail and every name is made up. MIT licence,
like the rest. A file is an author: `drafts_*` holds violations, each with its good form (a minimal pair), and messages that only look
suspicious; `ordinary_*` holds the messages of every day that deserve silence. A row: `id, text, labels` (primary first; none means silence), `severity`
0-3, `spans` (the exact words), `kind`, `pair`, `profession`, `relationship`, `venue`.

This page is written by `boundary model cards`.
"""

MODEL_INTRO = """# The model

A small local reader that finds what no phrase list can: all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0) taught on `tests/corpus`
with four heads: does this message need a word, about which principle, how serious, and which words. Eight-bit weights, run by onnxruntime on one core; nothing
leaves the machine. It asks, it never stops anybody, and it is wrong at times: its findings are worded as questions.

`make model` makes it anew; this page is written by `boundary model cards`, and every figure is measured then, on authors whom neither the model nor those who wrote the rules have seen.
"""


def data_card(
    examples: Sequence[Example],
    duplicates: int,
    manner: float,
    words: float,
    agreements: Mapping[str, Agreement],
) -> str:
    """Return the page about the corpus."""
    labelled = [e for e in examples if not e.author.startswith("ordinary")]
    parts = [
        DATA_INTRO,
        f"**{len(examples):,} messages**: {len(labelled):,} labelled drafts by {_authors(labelled)} authors, and "
        f"{len(examples) - len(labelled):,} ordinary ones by {_authors(examples) - _authors(labelled)}.\n",
        _counts("kind", Counter(e.kind for e in examples)),
        _counts("principle (violations)", Counter(e.labels[0] for e in examples if e.labels)),
        _counts("severity (violations)", Counter(str(e.severity) for e in examples if e.labels)),
        _counts("relationship", Counter(e.relationship for e in examples)),
        _counts("venue", Counter(e.venue for e in examples)),
        _counts("length in characters", Counter(_length(e.text) for e in examples)),
        "## What could flatter\n",
        f"- Near-duplicates across authors (half or more of all runs of five words): {duplicates}.",
        f"- Violations told from good forms by length, punctuation and politeness alone, each author by the others: AUC {manner:.3f} (chance is .5).",
        f"- By a bag of all their words: AUC {words:.3f}.",
        *_agreement_lines(agreements),
    ]
    return "\n".join(parts) + "\n"


def _authors(examples: Sequence[Example]) -> int:
    return len({e.author for e in examples})


def _counts(title: str, counts: Mapping[str, int]) -> str:
    rows = "\n".join(f"| {name or 'not said'} | {count:,} |" for name, count in sorted(counts.items()))
    return f"| {title} | messages |\n|---|---|\n{rows}\n"


def _length(text: str) -> str:
    for least in (1_000, 500, 250, 100):
        if len(text) >= least:
            return f"{least:>5,} or more"
    return " below 100"


def _agreement_lines(agreements: Mapping[str, Agreement]) -> list[str]:
    if not agreements:
        return []
    told = ", ".join(f"{name} {a.kappa:.2f}" for name, a in agreements.items())
    count = max(a.count for a in agreements.values())
    return [f"- A second reader labelled {count:,} of them blind. Cohen's kappa with the author's labels: {told}."]


def model_card(
    held_out: Sequence[str], runs: Mapping[str, Figures], real: Mapping[str, Figures], thresholds: Thresholds
) -> str:
    """Return the page about the model; `runs` holds the figures of each layer on the authors held out, `real` those on real mail."""
    rows = "\n".join(_row(name, figures) for name, figures in runs.items())
    parts = [
        MODEL_INTRO,
        f"Held out: {', '.join(held_out)}. It speaks alone from a probability of {thresholds.speak:.3f} on"
        f"{_more(thresholds.principles)}; below {thresholds.fine:.3f} it quiets a weak rule, never one of severity 3.\n",
        "| layer | precision | recall | strict pairs | principle right | span | good forms | hard negatives | ordinary |",
        "|---|---|---|---|---|---|---|---|---|",
        rows,
        "",
        *(_real_line(name, figures) for name, figures in real.items()),
        "\n## By relationship (rules and model)\n",
        "| relationship | recall | false alarms |\n|---|---|---|",
        *(
            f"| {name} | {_share(shares['recall'])} | {_share(shares['false alarms'])} |"
            for name, shares in runs["both"].by_relationship.items()
        ),
        "\n## By principle (rules and model)\n",
        "| principle | recall | precision |\n|---|---|---|",
        *(
            f"| {name} | {_share(shares['recall'])} | {_share(shares['precision'])} |"
            for name, shares in runs["both"].by_principle.items()
        ),
    ]
    return "\n".join(parts) + "\n"


def _row(name: str, figures: Figures) -> str:
    silent = [figures.false_alarms.get(kind, Share(0, 0)) for kind in ("good-form", "hard-negative", "ordinary")]
    shares = [figures.precision, figures.recall, figures.pairs, figures.principle, figures.span, *silent]
    return f"| {name} | {' | '.join(map(_share, shares))} |"


def _share(share: Share) -> str:
    return f"{share.value:.3f} ({share.count}/{share.total})" if share.total else "-"


def _more(principles: Mapping[str, float]) -> str:
    if not principles:
        return ""
    return " (more for " + ", ".join(f"{name} {add:+.2f}" for name, add in sorted(principles.items())) + ")"


def _real_line(name: str, figures: Figures) -> str:
    share = figures.false_alarms.get("real-ordinary", Share(0, 0))
    return (
        f"- It speaks on {_share(share)} of the real messages of `{name}`, which are measured on and never learnt from."
    )
