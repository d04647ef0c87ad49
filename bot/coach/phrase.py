"""The little language of phrases: words, <lists>, (a|b), gaps and forms -> a pattern that matches in linear time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from bot.coach.inflect import forms
from bot.coach.model import Pattern
from bot.coach.needs import CLOCK, MONEY, NUMBER, Need, most_telling, rarest, side_by_side, tokens_of, weight
from bot.coach.variants import contractions, pairs, spellings

GAP_WORDS = 5
LONGEST_GAP = 12
DEEPEST = 8
LONGEST_SOURCE = 60_000
KEYLESS = 1e9

_SPACE = r"(?:'s?)?(?:,|\.\.+)?[\s\-/]+"
_GAP_WORD = r"[^\s\-]+[\s\-]+"
_CLAUSE_START = r"(?:^[\s\-]*|[,;:.!?(\-–]\s*(?:(?:and|but|so|or|then|also|please|just)\s+)?)"
_CLAUSE_END = r"\s*(?:$|[,;:.!?)\-])"
_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_COUNT = (
    rf"(?:\d[\d,.]*\d|\d|{_SMALL}|thirteen|fourteen|fifteen|sixteen|eighteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|(?:a |two |three |five )?hundred|(?:a |two |three |five |ten )?thousand|a couple of|a dozen)"
)
BUILT_IN = {
    "number": rf"\b{_COUNT}\b",
    "money": (
        r"(?:(?:[$£€₹]|\b(?:rs|inr|usd|aud|cad|gbp|eur|aed|kes|ngn|r)\.?)\s?\d[\d,.]*\s?(?:k|m|grand|lakhs?|million)?\b"
        rf"|\b{_COUNT}\s?(?:dollars?|euros?|pounds?|quid|bucks?|grand|k|rupees|lakhs?|rand|naira|shillings|francs|kroner|pence|cents|usd|eur|gbp)\b)"
    ),
    "percent": rf"\b{_COUNT}\s?(?:%|per cent\b|percent\b|pc\b)",
    "time": (
        r"\b(?:\d{1,2}[:.h]\d{2}(?:\s?[ap]\.?m\b)?|\d{1,2}\s?[ap]\.?m\b|midnight\b|noon\b"
        rf"|(?:{_SMALL}|\d{{1,2}})\s?o'?clock\b|(?:half|quarter)\s(?:past\s|to\s)?(?:{_SMALL}|\d{{1,2}})\b)"
    ),
    "day": (
        r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:mon|tue|wed|thu|fri|sat|sun)\b|\b(?:today|tomorrow|tmrw|tonight|2nite|weekends?)\b"
    ),
    "name": r"\b(?-i:\p{Lu}[\p{L}']+)",
}
_TOKEN = re.compile(
    r"\.\.\.(?P<gap>\d*)|<(?P<list>[a-z][a-z0-9-]*)>|(?P<mark>[()|?^$])|(?P<word>[^\s()|?<>^$]+)|(?P<bad>\S)"
)
_FORMS_OF_ALL = re.compile(r"\(([\w' |-]+)\)\+")
_DAYS = frozenset(
    "monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday sundays mon tue wed thu fri "
    "sat sun today tomorrow tmrw tonight 2nite weekend weekends".split()
)
_BUILT_IN_NEEDS = {
    "number": (frozenset({NUMBER}),),
    "percent": (frozenset({NUMBER}),),
    "money": (frozenset({MONEY}),),
    "time": (frozenset({CLOCK}),),
    "day": (_DAYS,),
}


class PhraseError(Exception):
    """A phrase that can't be read; the message says what to write instead."""


@dataclass(frozen=True)
class _Node:
    """A piece of a pattern: its source, what a text must hold for it, its first and last words, whether it may be absent or is a gap."""

    source: str
    needs: tuple[Need, ...] = ()
    first: Need | None = None
    last: Need | None = None
    stands_for: int = 1
    optional: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Phrasebook:
    """Compiles phrases with the word lists that they may use."""

    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def _compiled_lists(self) -> dict[str, _Node]:
        return {}

    @cached_property
    def _other_spellings(self) -> dict[str, tuple[str, ...]]:
        return spellings()

    def compile(self, phrase: str) -> Pattern:
        """Compile one `phrase`; raise PhraseError with what to write instead."""
        if phrase.startswith("regex:"):
            return Pattern(f"({phrase.removeprefix('regex:').strip()})", (), commonness=KEYLESS)
        return _finished(self._parse(phrase, ()))

    def compile_any(self, phrases: Sequence[str]) -> Pattern:
        """Compile `phrases` into one pattern that matches where any of them does."""
        plain = [self._parse(p, ()) for p in phrases if not p.startswith("regex:")]
        written = [_Node(self.compile(p).source) for p in phrases if p.startswith("regex:")]
        return _finished(_either([*plain, *written]))

    def _parse(self, phrase: str, inside: tuple[str, ...]) -> _Node:
        spread = _FORMS_OF_ALL.sub(lambda m: "(" + "|".join(f"{way}+" for way in m[1].split("|")) + ")", phrase.lower())
        tokens = list(_TOKEN.finditer(spread))
        for token in tokens:
            if token["bad"]:
                raise PhraseError(f"'{token['bad']}' can't stand in a phrase; write words, <list>, (a|b), ... or give+")
        node, rest = self._alternatives(tokens, inside, 0)
        if rest:
            raise PhraseError(f"unexpected '{rest[0].group()}' in '{phrase}'; is a bracket missing?")
        if node.optional or node.gap:
            raise PhraseError(f"'{phrase}' would match anything; at least one word must always be there")
        return node

    def _alternatives(
        self, tokens: list[re.Match[str]], inside: tuple[str, ...], depth: int
    ) -> tuple[_Node, list[re.Match[str]]]:
        if depth > DEEPEST:
            raise PhraseError(f"brackets are nested more than {DEEPEST} deep; use a list")
        branches: list[_Node] = []
        while True:
            node, tokens = self._sequence(tokens, inside, depth)
            branches.append(node)
            if not tokens or tokens[0].group() != "|":
                return _either(branches), tokens
            tokens = tokens[1:]

    def _sequence(
        self, tokens: list[re.Match[str]], inside: tuple[str, ...], depth: int
    ) -> tuple[_Node, list[re.Match[str]]]:
        nodes: list[_Node] = []
        while tokens and tokens[0].group() not in {"|", ")"}:
            token, tokens = tokens[0], tokens[1:]
            if token.group() == "(":
                node, tokens = self._bracket(tokens, inside, depth)
            elif token["word"] and tokens and (joined := pairs().get(f"{token['word']} {tokens[0].group()}")):
                node, tokens = _words([f"{token['word']} {tokens[0].group()}", joined]), tokens[1:]
            else:
                node = self._single(token, inside)
            nodes.append(node)
        return _joined(nodes), tokens

    def _bracket(
        self, tokens: list[re.Match[str]], inside: tuple[str, ...], depth: int
    ) -> tuple[_Node, list[re.Match[str]]]:
        node, tokens = self._alternatives(tokens, inside, depth + 1)
        if not tokens:
            raise PhraseError("a '(' is never closed; add ')'")
        tokens = tokens[1:]
        if tokens and tokens[0].group() == "?":
            return replace(node, needs=(), stands_for=node.stands_for + 1, optional=True), tokens[1:]
        return node, tokens

    def _single(self, token: re.Match[str], inside: tuple[str, ...]) -> _Node:
        if token["list"]:
            return self._list(token["list"], inside)
        if token["gap"] is not None:
            return _gap(int(token["gap"] or GAP_WORDS))
        if token["mark"] == "^":
            return _Node(_CLAUSE_START, gap=True)
        if token["mark"] == "$":
            return _Node(_CLAUSE_END, gap=True)
        if token["mark"]:
            raise PhraseError(f"'{token['mark']}' stands in the wrong place; '?' follows a bracket: (very)?")
        return self._word(token["word"])

    def _word(self, word: str) -> _Node:
        stem = word.replace("’", "'").strip(".,;:!\"“”*_[]{}'")
        if "+" in stem and not stem.strip("+"):
            raise PhraseError(f"'{word}' stands alone; '+' follows a single word: give+")
        if stem.endswith("+"):
            return _words([way for form in sorted(forms(stem[:-1].replace("-", " "))) for way in self._ways(form)])
        if not tokens_of(stem) and stem != "&":
            raise PhraseError(f"'{word}' is no word; punctuation is not written in phrases")
        return _words(self._ways(stem))

    def _ways(self, word: str) -> list[str]:
        ways = contractions(word) if "'" in word else (word,)
        return [word, *ways, *self._other_spellings.get(word, ())]

    def _list(self, name: str, inside: tuple[str, ...]) -> _Node:
        if name in BUILT_IN:
            return _Node(BUILT_IN[name].join(("(?:", ")")), _BUILT_IN_NEEDS.get(name, ()))
        if name in inside:
            raise PhraseError(f"the list <{name}> contains itself; take it out of <{inside[-1]}>")
        if name not in self.lists:
            raise PhraseError(
                f"there is no list <{name}>; add it under lists: or use one of {', '.join(sorted(self.lists)[:40])}"
            )
        if name not in self._compiled_lists:
            node = _either([self._parse(entry, (*inside, name)) for entry in self.lists[name]])
            self._compiled_lists[name] = replace(node, source=node.source + "(?:'s|')?")
        return self._compiled_lists[name]


def _words(ways: Sequence[str]) -> _Node:
    unique = list(dict.fromkeys(ways))
    source = "|".join(_SPACE.join(re.escape(w) for w in way.replace("-", " ").split()) for way in unique)
    tokens = [tokens_of(way) for way in unique]
    needs = _any_of([_needs_of(words) for words in tokens])
    bounded = (
        rf"\b(?:{source})\b" if "&" not in source else rf"(?:\b(?:{source.replace('|' + re.escape('&'), '')})\b|&)"
    )
    if not all(tokens):
        return _Node(bounded, needs)
    return _Node(bounded, needs, frozenset(words[0] for words in tokens), frozenset(words[-1] for words in tokens))


def _needs_of(words: Sequence[str]) -> tuple[Need, ...]:
    return tuple(frozenset({key}) for key in (*words, *(f"{a} {b}" for a, b in pairwise(words))))


def _any_of(alternatives: Sequence[tuple[Need, ...]]) -> tuple[Need, ...]:
    keys = [rarest(needs) for needs in alternatives]
    return (frozenset().union(*keys),) if all(keys) else ()


def _gap(longest: int) -> _Node:
    if longest > LONGEST_GAP:
        raise PhraseError(f"a gap of {longest} words is too wide; {LONGEST_GAP} at most")
    return _Node(f"((?:{_GAP_WORD}){{0,{longest}}}?)", gap=True)


def _either(nodes: Sequence[_Node]) -> _Node:
    if len(nodes) == 1:
        return nodes[0]
    if any(node.optional or node.gap for node in nodes):
        raise PhraseError("each side of '|' needs a word that must be there")
    return _Node(
        "(?:" + "|".join(n.source for n in nodes) + ")",
        _any_of([node.needs for node in nodes]),
        _union([node.first for node in nodes]),
        _union([node.last for node in nodes]),
        sum(n.stands_for for n in nodes),
    )


def _union(sets: Sequence[Need | None]) -> Need | None:
    known = [s for s in sets if s is not None]
    return frozenset().union(*known) if len(known) == len(sets) else None


def _joined(nodes: Sequence[_Node]) -> _Node:
    """Join `nodes` with spaces so that an absent one takes its space with it."""
    if not nodes:
        raise PhraseError("a bracket, a side of '|' or a phrase is empty; write a word")
    if len(nodes) == 1:
        return nodes[0]
    if all(node.optional or node.gap for node in nodes):
        raise PhraseError("at least one word of a phrase must always be there")
    parts: list[str] = []
    spaced = True
    for index, node in enumerate(nodes):
        parts.append(_placed(node, spaced, first=index == 0))
        spaced = (spaced and node.optional) or (node.gap and node.source != _CLAUSE_END)
    _refuse_loose_gaps(nodes)
    stands_for = 1
    for node in nodes:
        stands_for = min(stands_for * node.stands_for, 10_000)
    firsts, lasts = _firsts(nodes), _lasts(nodes)
    held = [need for node in nodes for need in node.needs]
    for index, node in enumerate(nodes):
        if not node.optional and not node.gap:
            held += side_by_side(node.last, _firsts(nodes[index + 1 :]))
            held += side_by_side(_lasts(nodes[:index]), node.first)
    return _Node("".join(parts), tuple(held), firsts, lasts, stands_for)


def _firsts(nodes: Sequence[_Node]) -> Need | None:
    """Return the words that can come first; nothing where a gap, a number or nothing can."""
    found: list[Need | None] = []
    for node in nodes:
        found.append(None if node.gap else node.first)
        if not node.optional:
            return _union(found)
    return None


def _lasts(nodes: Sequence[_Node]) -> Need | None:
    return _firsts([replace(node, first=node.last) for node in reversed(nodes)])


def _placed(node: _Node, spaced: bool, first: bool) -> str:
    if node.source == _CLAUSE_END:
        return node.source
    if node.gap:
        return node.source if first or spaced else _SPACE + node.source
    if node.optional:
        return f"(?:{node.source}{_SPACE})?" if spaced else f"(?:{_SPACE}{node.source})?"
    return node.source if spaced else _SPACE + node.source


def _refuse_loose_gaps(nodes: Sequence[_Node]) -> None:
    gaps = [node.gap and node.source not in {_CLAUSE_START, _CLAUSE_END} for node in nodes]
    if gaps[0] or gaps[-1] or any(a and b for a, b in pairwise(gaps)):
        raise PhraseError("a gap stands between two words; take '...' away from the end, or one of two in a row")


def _finished(node: _Node) -> Pattern:
    start = _CLAUSE_START if node.source.startswith(_CLAUSE_START) else ""
    end = _CLAUSE_END if node.source.endswith(_CLAUSE_END) else ""
    source = f"{start}({node.source.removeprefix(start).removesuffix(end)}){end}"
    if len(source) > LONGEST_SOURCE:
        raise PhraseError("the phrase stands for too many wordings; use smaller lists")
    needs = most_telling(node.needs)
    return Pattern(source, needs, node.stands_for, weight(needs[0]) if needs else KEYLESS)
