"""The proof that rules hold in life: each flag again as people type it, and never in quotes or code."""

from collections.abc import Iterator, Mapping

from bot.coach.kind import Kind
from bot.coach.model import Rule
from bot.coach.playbook import Loaded
from bot.coach.problems import Problem
from bot.coach.proof import Marked, context_of, is_caught, marked, scanner_of
from bot.coach.text import read

_BEFORE = "Hi there, thanks for your note. "
_AFTER = " Thanks, and have a good evening."


def typed_ways(example: Marked) -> Iterator[tuple[str, Marked]]:
    """Yield the same words as others would type them, each with a name."""
    text, start, end = example.text, example.start, example.end
    yield "with curly quotes", Marked(text.replace("'", "’"), start, end)
    if len(text.upper()) == len(text):
        yield "in capitals", Marked(text.upper(), start, end)
    yield "with text around it", Marked(_BEFORE + text + _AFTER, start + len(_BEFORE), end + len(_BEFORE))
    space = text.find(" ", start + (end - start) // 3, end)
    if space > 0:
        yield "with a mention inside", Marked(f"{text[:space]} <@U024BE7LH>{text[space:]}", start, end + 13)
        yield "with a line break inside", Marked(f"{text[:space]}\n{text[space + 1 :]}", start, end)


def others_words(example: Marked) -> Iterator[tuple[str, str]]:
    """Yield the same words as somebody else's, or as code: nothing of it is the author's."""
    text = example.text.replace('"', "").replace("\n", " ")
    yield "in quotation marks", f'Sam wrote: "{text}"'
    yield "in code", f"```{text}```"
    yield "in a block quote", f"> {text}"


def fragile(loaded: Loaded, kinds: Mapping[str, Kind]) -> list[Problem]:
    """Return each flag that is lost when typed another way, or flagged when it is not the author's."""
    rules = {rule.id: rule for rule in loaded.playbooks.rules}
    problems = []
    for source in loaded.sources:
        rule = rules.get(source.fields["id"])
        flags = [marked(flag) for flag in rule.examples.flags] if rule else []
        for index, example in enumerate(flags):
            if rule and example:
                line = source.line("examples", "flags", index)
                problems += [
                    Problem(source.file, line, f"rule '{rule.id}': {what}")
                    for what in _faults(example, rule, loaded, kinds)
                ]
    return problems


def _faults(example: Marked, rule: Rule, loaded: Loaded, kinds: Mapping[str, Kind]) -> Iterator[str]:
    scanner = scanner_of(loaded.playbooks, kinds, [rule])
    for name, way in typed_ways(example):
        if not is_caught(way, rule, scanner):
            yield f"this flags line is lost {name}"
    for name, text in others_words(example):
        draft, professions = context_of(rule, text)
        if any(hit.rule.id == rule.id for hit in scanner.scan(read(text), draft, professions)):
            yield f"this flags line is flagged {name}"
