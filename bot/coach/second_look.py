"""Where the model and the rules meet: what the model adds on its own, as a question, and which weak rule it quiets."""

from collections.abc import Mapping, Sequence

from bot.coach.choose import choose
from bot.coach.meaning.opinion import Opinion, Sight, Thresholds
from bot.coach.model import Draft, Finding, Principle, Severity
from bot.coach.quiet import Quiet
from bot.coach.rewrite import filled
from bot.coach.text import Reading

RULE = "second-look"
MOST_QUOTED = 160
WORDINGS = (
    "This may be worth a second look: “{quote}”.",
    "I'm less sure here, but “{quote}” may land in a way you don't mean.",
    "Perhaps read this once more: “{quote}”.",
)


def is_doubted(severity: Severity, at: tuple[int, int], opinion: Opinion, held: Thresholds) -> bool:
    """Tell whether the model is so sure that the words `at` are fine that a weak rule keeps quiet; never one of severity 3."""
    return severity < 3 and opinion.at(*at) < held.fine


def second_looks(
    opinion: Opinion,
    held: Thresholds,
    reading: Reading,
    draft: Draft,
    principles: Mapping[str, Principle],
    quiet: Quiet,
    settled: Sequence[tuple[int, int]],
) -> list[Finding]:
    """Return what the model alone would say, the surest first; nothing over words that are `settled` already."""
    found: list[Finding] = []
    for sight in opinion.sights:
        principle = principles.get(sight.principle)
        severity = severity_of(sight)
        if principle is None or sight.sure < held.needed(sight.principle):
            continue
        if any(sight.start < end and start < sight.end for start, end in settled):
            continue
        finding = _finding(sight, severity, principle, reading, draft)
        if not quiet.silences(principle.id, finding.rule, severity, finding.span.text, draft):
            found.append(finding)
    return found


def severity_of(sight: Sight) -> Severity:
    """Return how serious a sight is; the model alone never stops anybody, so 2 at most."""
    return 1 if sight.severity <= 1 else 2


def _finding(sight: Sight, severity: Severity, principle: Principle, reading: Reading, draft: Draft) -> Finding:
    span = reading.span(sight.start, sight.end)
    seed = f"{RULE} {draft.text}"
    words = " ".join(span.text.split())
    quote = words if len(words) <= MOST_QUOTED else words[: MOST_QUOTED - 1].rsplit(" ", 1)[0] + "…"
    return Finding(
        principle=principle.id,
        rule=f"{RULE}/{principle.id}",
        severity=severity,
        span=span,
        title=principle.title,
        reminder=choose(WORDINGS, seed).replace("{quote}", quote),
        why=principle.idea,
        question=choose(principle.questions, seed),
        rewrite=filled(choose(principle.rewrites, seed), span.text, draft.text),
        layer="meaning",
    )
