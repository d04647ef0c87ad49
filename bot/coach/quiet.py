"""What a person has asked not to hear again: principles, rules in a context, small things told this week. Never a draft's words."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Literal

from bot.coach.model import Draft, Severity

# A mark is made from words that a button carried, which may be cut: long passages are known by how they begin.
MOST_CHARACTERS = 120

Reason = Literal["quoting", "agreed", "policy", "wrong"]


@dataclass(frozen=True)
class Quiet:
    """What is not said to one person: below a severity, for muted principles, for marked contexts, twice a week."""

    least: Severity = 1
    principles: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    told_this_week: frozenset[str] = frozenset()
    salt: str = ""

    def silences(self, principle: str, rule: str, severity: Severity, words: str, draft: Draft) -> bool:
        """Tell whether a finding of `rule` over `words` of `draft` is kept back."""
        if severity < self.least or principle in self.principles:
            return True
        if severity == 1 and principle in self.told_this_week:
            return True
        return self.is_marked(rule, words, draft)

    def is_marked(self, rule: str, words: str, draft: Draft) -> bool:
        """Tell whether the person said that `rule` is not helpful over these words, in this context, or at all."""
        return bool(self.marks) and not self.marks.isdisjoint(marks_of(rule, words, draft, self.salt).values())


NOTHING_QUIET = Quiet()


def marks_of(rule: str, words: str, draft: Draft, salt: str) -> dict[Reason, str]:
    """Return for each reason of *Not helpful* the mark that quiets `rule` where that reason holds.

    quoting and wrong: these words; agreed: this kind of relationship and place; policy: everywhere. A mark is a keyed hash: the
    words can't be read back from it.
    """
    these = " ".join(words.lower().split())[:MOST_CHARACTERS]
    return {
        "quoting": _mark(salt, rule, "words", these),
        "wrong": _mark(salt, rule, "words", these),
        "agreed": _mark(salt, rule, "context", draft.relationship, draft.venue),
        "policy": _mark(salt, rule, "always"),
    }


def _mark(salt: str, *parts: str) -> str:
    return hmac.new(salt.encode(), "\0".join(parts).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]
