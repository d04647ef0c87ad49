"""The proof that rules do what their examples say: every example against all rules, and every phrase by its absence."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from bot.coach.expressions import Expressions, Finder
from bot.coach.kind import Kind
from bot.coach.model import Draft, Pattern, Playbooks, Principle, Rule
from bot.coach.phrase import PhraseError
from bot.coach.playbook import Loaded, RuleSource, compile_rule, phrases_of, without
from bot.coach.problems import Problem
from bot.coach.rewrite import fallback_of
from bot.coach.scan import Hit, Scanner
from bot.coach.text import read

_MARKED = re.compile(r"\[\[(.*?)\]\]", re.S)


@dataclass(frozen=True)
class Marked:
    """An example with the flagged words marked: its plain text, and where they stand."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Message:
    """A message that must stay silent, and where its author wrote it."""

    text: str
    file: str
    line: int
    what: str
    draft: Draft
    professions: tuple[str, ...] = ()


def marked(flag: str) -> Marked | None:
    """Take the [[ ]] out of a flags line; nothing where it has none."""
    found = _MARKED.search(flag)
    if not found:
        return None
    return Marked(flag[: found.start()] + found[1] + flag[found.end() :], found.start(), found.start() + len(found[1]))


def context_of(rule: Rule, text: str) -> tuple[Draft, tuple[str, ...]]:
    """Return `text` as a draft in which `rule` applies."""
    draft = Draft(text, rule.when.get("relationship", ("unknown",))[0], rule.when.get("venue", ("unknown",))[0])
    professions = (rule.profession,) if rule.profession else rule.when.get("profession", ())[:1]
    return draft, professions


def flagged(scanner: Scanner, draft: Draft, professions: tuple[str, ...] = ()) -> list[Hit]:
    """Return the hits in `draft` that nothing repairs."""
    return [hit for hit in scanner.scan(read(draft.text), draft, professions) if hit.repair is None]


def scanner_of(playbooks: Playbooks, kinds: Mapping[str, Kind], rules: Iterable[Rule] | None = None) -> Scanner:
    """Return a scanner for all rules of `playbooks`, or for `rules` alone with the repairs of their principles."""
    repairs = {p.id: p.repairs for p in playbooks.principles}
    return Scanner(tuple(playbooks.rules if rules is None else rules), repairs, kinds, Expressions())


def prove(loaded: Loaded, kinds: Mapping[str, Kind]) -> list[Problem]:
    """Run every example, rewrite and tip against all rules; return what is not as it should be."""
    scanner = scanner_of(loaded.playbooks, kinds)
    rules = {rule.id: rule for rule in loaded.playbooks.rules}
    problems: list[Problem] = []
    for source in loaded.sources:
        rule = rules.get(source.fields["id"])
        if rule is not None:
            problems += _flags_problems(source, rule, scanner) + _near_problems(source, rule)
    for message in _silent_messages(loaded, rules):
        for hit in flagged(scanner, replace(message.draft, text=message.text), message.professions):
            words = message.text[hit.start : hit.end]
            problems.append(
                Problem(
                    message.file,
                    message.line,
                    f"{message.what} is flagged by '{hit.rule.id}' at '{words}'",
                    f"'{message.text[:70]}'",
                )
            )
    return problems


def _flags_problems(source: RuleSource, rule: Rule, scanner: Scanner) -> list[Problem]:
    problems = []
    for index, flag in enumerate(rule.examples.flags):
        line = source.line("examples", "flags", index)
        example = marked(flag)
        if example is None:
            problems.append(
                Problem(
                    source.file,
                    line,
                    f"rule '{rule.id}': no words are marked in this flags line",
                    "put [[ ]] around them",
                )
            )
        elif not is_caught(example, rule, scanner):
            what = f"rule '{rule.id}' does not flag the marked words"
            problems.append(Problem(source.file, line, what, f"'{flag[:90]}': {_instead(example, rule, scanner)}"))
    return problems


def _instead(example: Marked, rule: Rule, scanner: Scanner) -> str:
    draft, professions = context_of(rule, example.text)
    own = [hit for hit in scanner.scan(read(example.text), draft, professions) if hit.rule.id == rule.id]
    if not own:
        return "nothing matches; is it negated, quoted or excepted?"
    words = [f"'{example.text[h.start : h.end]}'" + (" (repaired)" if h.repair else "") for h in own]
    return f"it flags {', '.join(words)}"


def is_caught(example: Marked, rule: Rule, scanner: Scanner) -> bool:
    """Tell whether `rule` flags the marked words of `example`, half of the shorter of the two at least."""
    draft, professions = context_of(rule, example.text)
    reading = read(example.text)
    for hit in scanner.scan(reading, draft, professions):
        if hit.rule.id == rule.id and hit.repair is None:
            span = reading.span(hit.start, hit.end)
            overlap = min(span.end, example.end) - max(span.start, example.start)
            if overlap * 2 >= min(span.end - span.start, example.end - example.start):
                return True
    return False


def _near_problems(source: RuleSource, rule: Rule) -> list[Problem]:
    flags = [_MARKED.sub(r"\1", flag).lower().split() for flag in rule.examples.flags]
    problems = []
    for index, near in enumerate(rule.examples.near):
        words = near.lower().split()
        shared = max((_shared_words(words, flag) / max(len(flag), 1) for flag in flags), default=0.0)
        if shared < 0.5:
            line = source.line("examples", "near", index)
            problems.append(
                Problem(
                    source.file,
                    line,
                    f"rule '{rule.id}': this near line is no near miss of a flags line",
                    "change one thing in a flags line",
                )
            )
    return problems


def _shared_words(words: list[str], other: list[str]) -> int:
    return sum(block.size for block in SequenceMatcher(None, words, other, autojunk=False).get_matching_blocks())


def _silent_messages(loaded: Loaded, rules: Mapping[str, Rule]) -> Iterator[_Message]:
    for source in loaded.sources:
        rule = rules.get(source.fields["id"])
        if rule is None:
            continue
        texts = [(name, i, t) for name in ("passes", "near") for i, t in enumerate(getattr(rule.examples, name))]
        for name, index, text in texts:
            draft, professions = context_of(rule, text)
            yield _Message(
                text,
                source.file,
                source.line("examples", name, index),
                f"rule '{rule.id}': this {name} line",
                draft,
                professions,
            )
        for index, rewrite in enumerate(rule.rewrites):
            draft, professions = context_of(rule, "")
            yield _Message(
                fallback_of(rewrite),
                source.file,
                source.line("rewrites", index),
                f"rule '{rule.id}': this rewrite",
                draft,
                professions,
            )
    for principle in loaded.playbooks.principles:
        yield from _principle_messages(principle, loaded)


def _principle_messages(principle: Principle, loaded: Loaded) -> Iterator[_Message]:
    file = f"principles/{principle.id}.yaml"
    tree = loaded.trees[file]
    texts: list[tuple[tuple[str | int, ...], str, str]] = [
        (("pair", "after"), principle.pair.after, "the pair's 'after'")
    ]
    texts += [(("rewrites", i), fallback_of(t), "this rewrite") for i, t in enumerate(principle.rewrites)]
    texts += [(("praise", "examples", i), t, "this praise example") for i, t in enumerate(principle.praise_examples)]
    texts += [(("tips", i, "after"), tip.after, f"the 'after' of tip {tip.id}") for i, tip in enumerate(principle.tips)]
    for path, text, what in texts:
        yield _Message(text, file, tree.line(path), what, Draft(text))


def untested(loaded: Loaded, kinds: Mapping[str, Kind]) -> list[Problem]:
    """Take out each phrase and each exception in turn; return those whose absence no example notices."""
    rules = {rule.id: rule for rule in loaded.playbooks.rules}
    problems = [
        Problem(
            source.file,
            source.line(*path),
            f"rule '{source.fields['id']}': no example fails without '{phrase}'",
            _remedy(path),
        )
        for source in loaded.sources
        if source.fields["id"] in rules
        for path, phrase in phrases_of(source, kinds)
        if not _is_noticed(source, path, loaded.playbooks, kinds)
    ]
    for principle in loaded.playbooks.principles:
        problems += _untested_of(principle, loaded, kinds)
    return problems


def _remedy(path: tuple[str | int, ...]) -> str:
    if path[0] in {"unless", "repairs", "unless_said"}:
        return "add a passes line that is fine only because of it"
    return "add a flags line that only it catches"


def _is_noticed(
    source: RuleSource, path: tuple[str | int, ...], playbooks: Playbooks, kinds: Mapping[str, Kind]
) -> bool:
    shorter = without(source, path)
    if path[0] not in {"unless", "repairs", "unless_said"} and not _still_compiles(shorter, path):
        return True
    try:
        rule = compile_rule(shorter, kinds)
    except PhraseError:
        return True
    scanner = scanner_of(playbooks, kinds, [rule])
    flags = [marked(flag) for flag in rule.examples.flags]
    if any(flag and not is_caught(flag, rule, scanner) for flag in flags):
        return True
    return any(flagged(scanner, *context_of(rule, text)) for text in (*rule.examples.passes, *rule.examples.near))


def _still_compiles(source: RuleSource, path: tuple[str | int, ...]) -> bool:
    held = source.fields[str(path[0])]
    return bool(held) and all(entry for entry in held)


def _untested_of(principle: Principle, loaded: Loaded, kinds: Mapping[str, Kind]) -> list[Problem]:
    file = f"principles/{principle.id}.yaml"
    tree = loaded.trees[file]
    own = [rule for rule in loaded.playbooks.rules if rule.principle == principle.id]
    problems = []
    for index, repair in enumerate(principle.repairs):
        others = tuple(p for p in principle.repairs if p != repair)
        scanner = Scanner(own, {principle.id: others}, kinds, Expressions())
        texts = [context_of(rule, text) for rule in own for text in (*rule.examples.passes, *rule.examples.near)]
        if not any(flagged(scanner, draft, professions) for draft, professions in texts):
            problems.append(
                Problem(
                    file,
                    tree.line(("repairs", index)),
                    "no passes line needs this repair",
                    "add one that is fine only because of it",
                )
            )
    for index, phrase in enumerate(principle.praise):
        if not any(is_said(phrase, text) for text in principle.praise_examples):
            problems.append(
                Problem(
                    file,
                    tree.line(("praise", "phrases", index)),
                    "no praise example shows this phrase",
                    "add a message that holds it",
                )
            )
    return problems


def is_said(pattern: Pattern, text: str) -> bool:
    """Tell whether `text` holds `pattern` in the author's own words."""
    return any(True for _ in Finder([("", pattern)], Expressions()).find(read(text)))
