"""Playbook files -> Playbooks: the only reader of the format; finds every problem before it refuses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel

from bot.coach import format as shapes
from bot.coach.kind import Kind
from bot.coach.model import (
    Code,
    Examples,
    Limit,
    Pair,
    Pattern,
    Playbooks,
    Principle,
    Profession,
    Rule,
    Seed,
    Signpost,
    Tip,
)
from bot.coach.phrase import Phrasebook, PhraseError
from bot.coach.problems import Problem
from bot.coach.yaml_tree import Tree, read_yaml

Built = TypeVar("Built", Principle, Profession)

Files = Mapping[str, str]
SHAPES: Mapping[str, type[BaseModel]] = {
    "principles": shapes.PrincipleShape,
    "professions": shapes.ProfessionShape,
    "rules": shapes.HouseRulesShape,
}


@dataclass(frozen=True)
class RuleSource:
    """A rule as its author wrote it, and where."""

    fields: Mapping[str, Any]
    principle: str
    profession: str
    phrasebook: Phrasebook
    file: str
    tree: Tree

    def line(self, *path: str | int) -> int:
        """Return the line of a part of the rule."""
        return self.tree.line((*self.fields["path"], *path))


@dataclass(frozen=True)
class Loaded:
    """Playbooks, the sources of their rules, and every problem met on the way."""

    playbooks: Playbooks
    sources: tuple[RuleSource, ...]
    trees: Mapping[str, Tree]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _File:
    """A file that has the right shape."""

    name: str
    tree: Tree
    content: Mapping[str, Any]
    phrasebook: Phrasebook

    @property
    def id(self) -> str:
        return PurePosixPath(self.name).stem


def load(folders: Sequence[Files], kinds: Mapping[str, Kind]) -> Loaded:
    """Load `folders` of playbook files (path -> text); what a later one holds adds to or replaces, by id."""
    problems: list[Problem] = []
    lists = _lists(folders, problems)
    files = _files(folders, lists, kinds, problems)
    sources = _without_replaced([source for file in files for source in _sources(file)], problems)
    principles = tuple(_each(files, "principles/", _principle, problems))
    professions = tuple(_each(files, "professions/", _profession, problems))
    rules = []
    for source in sources:
        try:
            rules.append(compile_rule(source, kinds))
        except PhraseError:
            problems += _phrase_problems(source, kinds)
    seeds = _seeds(folders, problems)
    playbooks = Playbooks(tuple(sorted(principles, key=lambda p: p.precedence)), professions, tuple(rules), seeds)
    problems += _unknown_names(sources, playbooks)
    return Loaded(playbooks, tuple(sources), {file.name: file.tree for file in files}, tuple(problems))


def compile_rule(source: RuleSource, kinds: Mapping[str, Kind]) -> Rule:
    """Compile one rule; raise PhraseError where a phrase can't be read."""
    fields, book = source.fields, source.phrasebook
    compiled = kinds[fields["kind"]].compile(fields, book)
    return Rule(
        id=fields["id"],
        principle=source.principle,
        kind=fields["kind"],
        severity=fields["severity"],
        why=fields["why"],
        triggers=compiled.triggers,
        within=compiled.within,
        negation=fields["negation"],
        unless=_patterns(fields["unless"], book),
        unless_said=compiled.unless_said,
        repairs=_patterns(fields["repairs"], book),
        when={key: tuple(value) for key, value in fields["when"].items() if value},
        raised={key: tuple(value) for key, value in fields["raised"].items() if value},
        settings=compiled.settings,
        rewrites=tuple(fields["rewrites"]),
        examples=Examples(**{key: tuple(value) for key, value in fields["examples"].items()}),
        profession=source.profession,
    )


def _lists(folders: Sequence[Files], problems: list[Problem]) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for files in folders:
        tree, bad = read_yaml(files.get("lists.yaml", "{}"), "lists.yaml")
        problems += bad
        held = tree.data if isinstance(tree.data, dict) else {}
        for name, entries in held.items():
            if isinstance(entries, list) and entries and all(isinstance(e, str) for e in entries):
                lists[name] = entries
            else:
                problems.append(
                    Problem(
                        "lists.yaml",
                        tree.line((name,)),
                        f"the list '{name}' must hold words",
                        f"write {name}: [word, two words]",
                    )
                )
        if tree.data is not None and not isinstance(tree.data, dict):
            problems.append(Problem("lists.yaml", 1, "this file must hold lists by name", "write friend: [mate, pal]"))
    return lists


def _files(
    folders: Sequence[Files], lists: Mapping[str, Sequence[str]], kinds: Mapping[str, Kind], problems: list[Problem]
) -> list[_File]:
    newest = {name: text for files in folders for name, text in files.items()}
    checker = shapes.Format(kinds)
    found = []
    for name, text in sorted(newest.items()):
        shape = SHAPES.get(PurePosixPath(name).parts[0])
        if shape is None:
            continue
        tree, bad = read_yaml(text, name)
        problems += bad
        content, more = (None, []) if bad else checker.check(tree, shape, name)
        problems += more
        if content is not None:
            found.append(_File(name, tree, content, Phrasebook({**lists, **content.get("lists", {})})))
    return found


def _sources(file: _File) -> list[RuleSource]:
    is_principle = file.name.startswith("principles/")
    profession = file.id if file.name.startswith("professions/") else ""
    return [
        RuleSource(
            fields,
            file.id if is_principle else fields["principle"] or "",
            profession,
            file.phrasebook,
            file.name,
            file.tree,
        )
        for fields in file.content.get("rules", ())
    ]


def _without_replaced(sources: Sequence[RuleSource], problems: list[Problem]) -> list[RuleSource]:
    """Keep one rule of each id: house rules replace, two of one id elsewhere are a mistake."""
    kept: dict[str, RuleSource] = {}
    for source in sorted(sources, key=lambda s: s.file.startswith("rules/")):
        rule_id = source.fields["id"]
        known = kept.get(rule_id)
        if known and known.file.startswith("rules/") == source.file.startswith("rules/"):
            problems.append(
                Problem(
                    source.file,
                    source.line("id"),
                    f"the rule id '{rule_id}' is taken by {known.file}",
                    "choose another id",
                )
            )
            continue
        kept[rule_id] = source
    return list(kept.values())


def _each(files: Sequence[_File], folder: str, build: Callable[[_File], Built], problems: list[Problem]) -> list[Built]:
    built: list[Built] = []
    for file in files:
        if file.name.startswith(folder) and "title" in file.content:
            try:
                built.append(build(file))
            except PhraseError as error:
                problems.append(Problem(file.name, 1, str(error), "mend the phrase under repairs, praise or known_as"))
    return built


def _principle(file: _File) -> Principle:
    held = file.content
    return Principle(
        id=file.id,
        title=held["title"],
        family=held["family"],
        precedence=held["precedence"],
        idea=held["idea"],
        never_means=held["never_means"],
        seeds=tuple(held["sources"]["seeds"]),
        codes=tuple(Code(**code) for code in held["sources"]["codes"]),
        reminders={str(n): tuple(held["reminders"][word]) for n, word in ((1, "one"), (2, "two"), (3, "three"))},
        questions=tuple(held["questions"]),
        praise=_patterns(held["praise"]["phrases"], file.phrasebook),
        praise_lines=tuple(held["praise"]["lines"]),
        praise_examples=tuple(held["praise"]["examples"]),
        repairs=_patterns(held["repairs"], file.phrasebook),
        rewrites=tuple(held["rewrites"]),
        pair=Pair(**held["pair"]),
        tips=tuple(_tip(tip) for tip in held["tips"]),
    )


def _tip(held: Mapping[str, Any]) -> Tip:
    return Tip(**{**held, "professions": {name: Pair(**pair) for name, pair in held["professions"].items()}})


def _profession(file: _File) -> Profession:
    held = file.content
    return Profession(
        id=file.id,
        title=held["title"],
        known_as=_patterns(held["known_as"], file.phrasebook),
        raised=held["raised"],
        red_lines=tuple(held["red_lines"]),
        signposts=tuple(Signpost(**s) for s in held["signposts"]),
        model_sentence=held["model_sentence"],
        policy_note=held["policy_note"],
        limits=tuple(Limit(**limit) for limit in held["limits"]),
    )


def _seeds(folders: Sequence[Files], problems: list[Problem]) -> tuple[Seed, ...]:
    text = next((files["seeds.yaml"] for files in reversed(folders) if "seeds.yaml" in files), "{}")
    tree, bad = read_yaml(text, "seeds.yaml")
    problems += bad
    seeds = []
    for seed_id, held in tree.data.items() if isinstance(tree.data, dict) else ():
        try:
            content = shapes.SeedShape.model_validate(held)
            seeds.append(Seed(seed_id, content.claim, content.principle, tuple(content.rules), tuple(content.tips)))
        except ValueError:
            problems.append(
                Problem(
                    "seeds.yaml",
                    tree.line((seed_id,)),
                    f"the seed point {seed_id} is incomplete",
                    "write claim, principle, rules: [..], tips: [..]",
                )
            )
    return tuple(seeds)


def _patterns(phrases: Sequence[str], book: Phrasebook) -> tuple[Pattern, ...]:
    return tuple(book.compile(phrase) for phrase in phrases)


def _phrase_problems(source: RuleSource, kinds: Mapping[str, Kind]) -> list[Problem]:
    """Say of each phrase of a rule that can't be read where it is and what is wrong."""
    problems = []
    for path, phrase in phrases_of(source, kinds):
        try:
            source.phrasebook.compile(phrase)
        except PhraseError as error:
            problems.append(Problem(source.file, source.line(*path), f"rule '{source.fields['id']}': {error}"))
    return problems or [
        Problem(source.file, source.line("id"), f"rule '{source.fields['id']}' is too large", "split it in two")
    ]


def phrases_of(source: RuleSource, kinds: Mapping[str, Kind]) -> list[tuple[tuple[str | int, ...], str]]:
    """Return every phrase of a rule with its path, those of its kind first."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    for name in (*kinds[source.fields["kind"]].fields, "unless", "repairs"):
        held = source.fields.get(name)
        for index, entry in enumerate(held if isinstance(held, list) else ()):
            if isinstance(entry, list):
                found += [((name, index, inner), phrase) for inner, phrase in enumerate(entry)]
            else:
                found.append(((name, index), entry))
    return found


def without(source: RuleSource, path: tuple[str | int, ...]) -> RuleSource:
    """Return the rule without the phrase at `path`."""
    fields = dict(source.fields)
    name, index = str(path[0]), int(path[1])
    entries = list(fields[name])
    if len(path) == 3:
        entries[index] = [phrase for i, phrase in enumerate(entries[index]) if i != path[2]]
    else:
        del entries[index]
    fields[name] = entries
    return replace(source, fields=fields)


def _unknown_names(sources: Sequence[RuleSource], playbooks: Playbooks) -> list[Problem]:
    principles = {p.id for p in playbooks.principles}
    problems = []
    for source in sources:
        if source.principle not in principles:
            what = f"rule '{source.fields['id']}' names the principle '{source.principle}', which is not there"
            problems.append(
                Problem(source.file, source.line("principle"), what, f"use one of: {', '.join(sorted(principles))}")
            )
    return problems
