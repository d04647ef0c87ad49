"""The review of a draft: read, scan, choose what to say. Silence is the default, and one thought at a time."""

import hashlib
from collections.abc import Mapping, Sequence

from bot.coach.expressions import Expressions, Finder
from bot.coach.kind import Kind
from bot.coach.language import foreign_language
from bot.coach.model import Draft, Finding, Playbooks, Praise, Principle, Profession, Review, Rule, Severity
from bot.coach.quiet import NOTHING_QUIET, Quiet
from bot.coach.rewrite import filled
from bot.coach.scan import Hit, Scanner
from bot.coach.text import Reading, read

LONGEST_DRAFT = 12_000
MOST_FINDINGS = 3

TOO_LONG = "too long: {length:,} characters; give me up to {longest:,} at a time"
NOTHING_OF_YOURS = "nothing here is in your own words: only quotes, code or links"
OTHER_LANGUAGE = "this seems to be in {language}, and I only read English so far"
NOT_TEXT = "this is not text"


class Coach:
    """Reviews drafts with a set of playbooks."""

    def __init__(self, playbooks: Playbooks, kinds: Mapping[str, Kind], longest: int = LONGEST_DRAFT) -> None:
        self._playbooks = playbooks
        self._longest = longest
        self._principles = {p.id: p for p in playbooks.principles}
        expressions = Expressions()
        self._scanner = Scanner(playbooks.rules, {p.id: p.repairs for p in playbooks.principles}, kinds, expressions)
        self._praised = Finder([(p.id, phrase) for p in playbooks.principles for phrase in p.praise], expressions)
        self._known_as = Finder([(p.id, name) for p in playbooks.professions for name in p.known_as], expressions)

    def review(self, draft: Draft, quiet: Quiet = NOTHING_QUIET) -> Review:
        """Say what there is to say about `draft`: findings, praise, or why it can't be judged; nothing that is `quiet`."""
        if len(draft.text) > self._longest:
            return Review(unread=TOO_LONG.format(length=len(draft.text), longest=self._longest))
        reading = read(draft.text)
        unread = _why_unread(reading)
        if unread is not None:
            return Review(unread=unread)
        professions = self._professions(draft.profession)
        hits = self._scanner.scan(reading, draft, [p.id for p in professions])
        unrepaired = [h for h in hits if h.repair is None]
        heard = [h for h in unrepaired if not _is_quiet(h, reading, draft, professions, quiet)]
        marked = [h for h in unrepaired if quiet.is_marked(h.rule.id, reading.span(h.start, h.end).text, draft)]
        open_hits = [h for h in heard if not any(_is_sibling(h, other) for other in marked)]
        findings = self._findings(open_hits, reading, draft, professions)
        return Review(findings, self._praise(hits, reading), held_back=len(open_hits) < len(unrepaired))

    def professions_of(self, described: str) -> list[str]:
        """Return the ids of the professions that `described` names."""
        return [profession.id for profession in self._professions(described)]

    def _professions(self, described: str) -> list[Profession]:
        """Return the professions that `described` ('freelance web developer') names."""
        if not described:
            return []
        named = {described, *(profession for profession, _, _ in self._known_as.find(read(described)))}
        return [p for p in self._playbooks.professions if p.id in named]

    def _findings(
        self, hits: Sequence[Hit], reading: Reading, draft: Draft, professions: Sequence[Profession]
    ) -> tuple[Finding, ...]:
        ranked = sorted(hits, key=lambda h: self._rank(h, severity_of(h.rule, draft, professions)))
        chosen: list[Hit] = []
        for hit in ranked:
            severity = severity_of(hit.rule, draft, professions)
            if len(chosen) == MOST_FINDINGS or (severity == 1 and chosen):
                break
            if not any(_says_the_same(hit, other) for other in chosen):
                chosen.append(hit)
        return tuple(self._finding(hit, reading, draft, professions) for hit in chosen)

    def _rank(self, hit: Hit, severity: Severity) -> tuple[int, int, int]:
        return -severity, self._principles[hit.rule.principle].precedence, hit.start

    def _finding(self, hit: Hit, reading: Reading, draft: Draft, professions: Sequence[Profession]) -> Finding:
        rule, principle = hit.rule, self._principles[hit.rule.principle]
        severity = severity_of(rule, draft, professions)
        span = reading.span(hit.start, hit.end)
        seed = f"{rule.id} {draft.text}"
        reminder = choose(principle.reminders[str(severity)], seed).replace("{quote}", " ".join(span.text.split()))
        notes = [p.policy_note for p in professions] if severity == 3 else []
        return Finding(
            principle=principle.id,
            rule=rule.id,
            severity=severity,
            span=span,
            title=principle.title,
            reminder=reminder,
            why=rule.why,
            question=choose(principle.questions, seed),
            rewrite=filled(choose(rule.rewrites, seed), reading.around(hit.start, hit.end).text, draft.text),
            policy_note=notes[0] if notes else "",
        )

    def _praise(self, hits: Sequence[Hit], reading: Reading) -> tuple[Praise, ...]:
        """Name what was done well, once per principle, and never for a principle that is also found wanting, said or not."""
        wanting = {hit.rule.principle for hit in hits if hit.repair is None}
        told: dict[str, Praise] = {}
        for hit in hits:
            if hit.repair is not None:
                self._add_praise(told, self._principles[hit.rule.principle], hit.repair, reading)
        for principle_id, start, end in self._praised.find(reading):
            self._add_praise(told, self._principles[principle_id], (start, end), reading)
        return tuple(praise for principle, praise in told.items() if principle not in wanting)

    def _add_praise(self, told: dict[str, Praise], principle: Principle, at: tuple[int, int], reading: Reading) -> None:
        if principle.id not in told:
            say = choose(principle.praise_lines, f"{principle.id} {reading.original}")
            told[principle.id] = Praise(principle.id, reading.span(*at), say)


def choose(wordings: Sequence[str], seed: str) -> str:
    """Choose one of `wordings`: always the same for the same `seed`, evenly over many."""
    digest = hashlib.blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return wordings[int.from_bytes(digest, "big") % len(wordings)]


def severity_of(rule: Rule, draft: Draft, professions: Sequence[Profession]) -> Severity:
    """Return how serious a hit of `rule` is in this draft's context and the author's profession."""
    severity: int = max([rule.severity, *(p.raised.get(rule.principle, 1) for p in professions if rule.severity >= 2)])
    known = {
        "relationship": (draft.relationship,),
        "venue": (draft.venue,),
        "profession": tuple(p.id for p in professions),
    }
    if any(value in wanted for key, wanted in rule.raised.items() for value in known[key]):
        severity += 1
    return 3 if severity >= 3 else 2 if severity == 2 else 1


def _is_quiet(hit: Hit, reading: Reading, draft: Draft, professions: Sequence[Profession], quiet: Quiet) -> bool:
    severity = severity_of(hit.rule, draft, professions)
    words = reading.span(hit.start, hit.end).text
    return quiet.silences(hit.rule.principle, hit.rule.id, severity, words, draft)


def _is_sibling(hit: Hit, marked: Hit) -> bool:
    """Tell whether `hit` would only say again, by another rule, what the person marked as not helpful."""
    overlaps = hit.start < marked.end and marked.start < hit.end
    return overlaps and hit.rule.principle == marked.rule.principle and hit.rule.severity <= marked.rule.severity


def _says_the_same(hit: Hit, other: Hit) -> bool:
    overlaps = hit.start < other.end and other.start < hit.end
    return overlaps or hit.rule.principle == other.rule.principle


def _why_unread(reading: Reading) -> str | None:
    if "\x00" in reading.original:
        return NOT_TEXT
    if not any(c.isalpha() for c in reading.plain):
        return NOTHING_OF_YOURS
    language = foreign_language(reading)
    return None if language is None else OTHER_LANGUAGE.format(language=language)
