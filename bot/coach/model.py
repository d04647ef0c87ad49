"""The words of the project: frozen records that cross every boundary."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal[1, 2, 3]
Layer = Literal["rules", "meaning"]
ReadBy = Literal["rules", "meaning", "both"]
Within = Literal["sentence", "neighbours", "message"]
Negation = Literal["drops", "keeps"]
Outcome = Literal["speaks", "well-handled", "fine", "could-not-judge"]

RELATIONSHIPS = ("client", "friend", "family", "neighbour", "ex-client", "prospect", "unknown")
VENUES = ("dm", "email", "shared-channel", "internal-channel", "public", "unknown")


@dataclass(frozen=True)
class Draft:
    """A message as its author would send it, with what is known of its context."""

    text: str
    relationship: str = "unknown"
    venue: str = "unknown"
    profession: str = ""


@dataclass(frozen=True)
class Span:
    """A slice of the draft as typed: `draft.text[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Finding:
    """A line that blurs: the exact words, why they may land badly, a question and a way out."""

    principle: str
    rule: str
    severity: Severity
    span: Span
    title: str
    reminder: str
    why: str
    question: str
    rewrite: str
    policy_note: str = ""
    layer: Layer = "rules"


@dataclass(frozen=True)
class Praise:
    """What the draft did well, with the words that did it."""

    principle: str
    span: Span
    say: str


@dataclass(frozen=True)
class Review:
    """All that is said about one draft: the lead finding first, at most two more; whether the person's wishes held something back."""

    findings: tuple[Finding, ...] = ()
    praise: tuple[Praise, ...] = ()
    unread: str | None = None
    held_back: bool = False

    @property
    def outcome(self) -> Outcome:
        if self.findings:
            return "speaks"
        if self.unread is not None:
            return "could-not-judge"
        return "well-handled" if self.praise else "fine"


@dataclass(frozen=True)
class Pattern:
    """A compiled phrase: an RE2 source, and what a text must hold one of from each set, the rarest set first."""

    source: str
    needs: tuple[frozenset[str], ...]
    stands_for: int = 1
    commonness: float = 0.0


@dataclass(frozen=True)
class Trigger:
    """Patterns that must all match in one window of a draft."""

    patterns: tuple[Pattern, ...]


Context = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Examples:
    """Messages that show a rule at work; `flags` mark the flagged words with [[ ]]."""

    flags: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One way in which a principle is broken, compiled and ready to scan."""

    id: str
    principle: str
    kind: str
    severity: Severity
    why: str
    triggers: tuple[Trigger, ...]
    within: Within = "sentence"
    negation: Negation = "drops"
    unless: tuple[Pattern, ...] = ()
    unless_said: tuple[Pattern, ...] = ()
    repairs: tuple[Pattern, ...] = ()
    when: dict[str, tuple[str, ...]] = field(default_factory=dict)
    raised: dict[str, tuple[str, ...]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    rewrites: tuple[str, ...] = ()
    examples: Examples = Examples()
    profession: str = ""


@dataclass(frozen=True)
class Pair:
    """One example: the words before, and the words after."""

    before: str
    after: str


@dataclass(frozen=True)
class Code:
    """A code, law or study that a principle rests on, in our words, with its date."""

    what: str
    where: str
    date: str


@dataclass(frozen=True)
class Tip:
    """A weekly tip: one behaviour, a before and an after, an if-then plan, a two-minute practice."""

    id: str
    title: str
    text: str
    before: str
    after: str
    plan: str
    practice: str
    question: str
    source: str
    professions: dict[str, Pair] = field(default_factory=dict)


@dataclass(frozen=True)
class Principle:
    """One of the lines that the coach keeps an eye on, and all that it can say about it."""

    id: str
    title: str
    family: str
    precedence: int
    idea: str
    never_means: str
    seeds: tuple[str, ...]
    codes: tuple[Code, ...]
    reminders: dict[str, tuple[str, ...]]
    questions: tuple[str, ...]
    praise: tuple[Pattern, ...]
    praise_lines: tuple[str, ...]
    praise_examples: tuple[str, ...]
    repairs: tuple[Pattern, ...]
    rewrites: tuple[str, ...]
    pair: Pair
    tips: tuple[Tip, ...]


@dataclass(frozen=True)
class Signpost:
    """Where a person is sent when the matter is not the author's to settle."""

    about: str
    to: str


@dataclass(frozen=True)
class Limit:
    """A limit with a number or a rule behind it; true where and when its source says."""

    topic: str
    who: str
    limit: str
    source: str
    date: str


@dataclass(frozen=True)
class Profession:
    """What differs for a profession: severities, extra rules, sign-posts, a model sentence, limits."""

    id: str
    title: str
    known_as: tuple[Pattern, ...]
    raised: dict[str, Severity]
    red_lines: tuple[str, ...]
    signposts: tuple[Signpost, ...]
    model_sentence: str
    policy_note: str
    limits: tuple[Limit, ...]


@dataclass(frozen=True)
class Seed:
    """A point of the founding articles, and the principle, rules and tips that carry it."""

    id: str
    claim: str
    principle: str
    rules: tuple[str, ...]
    tips: tuple[str, ...]


@dataclass(frozen=True)
class Playbooks:
    """Everything that the coach knows, loaded and checked."""

    principles: tuple[Principle, ...] = ()
    professions: tuple[Profession, ...] = ()
    rules: tuple[Rule, ...] = ()
    seeds: tuple[Seed, ...] = ()

    def principle(self, principle_id: str) -> Principle | None:
        """Return the principle called `principle_id`, or nothing."""
        return next((p for p in self.principles if p.id == principle_id), None)
