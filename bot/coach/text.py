"""What there is to read in a draft: the author's own words, sentence by sentence, each at its place in the original."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from bot.coach.model import Span
from bot.coach.needs import words_of

SENTENCE_CAP = 600

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")
_ONE_TO_ONE = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "´": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "—": "-",
        "–": "-",
        "‑": "-",
        "…": ",",
    }
    | dict.fromkeys("\u00a0\u2007\u202f\u2009\u3000", " ")
)
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]+`", re.S)
_QUOTED_LINE = re.compile(r"^[ \t]*(?:>|&gt;)[^\n]*", re.M)
_FORWARDED = re.compile(
    r"^[ \t]*(?:-{2,} ?(?:original message|forwarded (?:message|by)|begin forwarded)|begin forwarded message"
    r"|on [^\n]{6,80} wrote: *$|from: [^\n]+\n(?:sent|date|to): )",
    re.I | re.M,
)
_TAG = re.compile(r"<(?:[@#!][^>\n]*|(?:https?|mailto|tel):[^>|\n]*)(?:\|(?P<label>[^>\n]*))?>", re.I)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|#39);")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>]+", re.I)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_SHORTCODE = re.compile(r":[a-z0-9_+'-]+:(?:skin-tone-\d:)?")
_EMPHASIS = re.compile(r"(?<![^\W_])[*_~]+|[*_~]+(?![^\W_])")
_PICTURE = re.compile("[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff]")
_ENTITIES = {"&amp;": "&", "&quot;": '"', "&#39;": "'"}
_SENTENCE_END = re.compile(r"(?P<stop>[.!?]+)[\"')\]]*(?=\s)|\n[ \t\r]*\n|\n(?=[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t])")
_ABBREVIATION = re.compile(
    r"(?:^|\n)[ \t]*\d{1,2}$|(?:^|[\s(])(?:[a-z]|mr|mrs|ms|dr|prof|rev|st|no|nos|vs|approx|etc|e\.g|i\.e|inc|ltd|co|jr|sr|hon|est|dept|fig|tel|ext|cf|al|a\.m|p\.m)$",
    re.I,
)
_DOUBLE_QUOTED = re.compile(r'"[^"\n]{1,600}"')
_SINGLE_QUOTED = re.compile(r"(?:(?<=^)|(?<=[\s(:,]))'(?=[\w<])(?:[^'\n]|'(?=\w)){1,600}'(?=[\s.,;:!?)]|$)", re.M)
_REPORTED = re.compile(
    r"(?:\b(?:said|says|saying|wrote|writes|written|asked|asks|asking|told|replied|quote|quoting|quoted|texted|reads?|title|titled|called|headed|slide|example)\b"
    r"[^.!?\"]{0,30}|:\s*)$",
    re.I,
)


@dataclass(frozen=True)
class Stretch:
    """A sentence of the readable text, or several: what its words are, and the form in which patterns search it."""

    start: int
    end: int
    text: str
    words: frozenset[str]

    @cached_property
    def searched(self) -> bytes | str:
        """The text as bytes where a byte is a character, which saves RE2 the look-up of offsets."""
        return self.text.encode() if self.text.isascii() else self.text


@dataclass(frozen=True)
class Reading:
    """A draft made ready: `plain` holds the author's words and blanks; `kept` maps its offsets where characters were dropped."""

    original: str
    plain: str
    kept: tuple[int, ...] | None

    @cached_property
    def sentences(self) -> tuple[Stretch, ...]:
        lowered = self.plain.lower()
        if len(lowered) != len(self.plain):  # a few capitals grow when lowered; offsets matter more than they do
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in self.plain)
        return tuple(
            Stretch(start, end, self.plain[start:end], frozenset(words_of(lowered[start:end])))
            for start, end in _sentence_bounds(self.plain)
        )

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset().union(*(s.words for s in self.sentences))

    @cached_property
    def whole(self) -> Stretch:
        return Stretch(0, len(self.plain), self.plain, self.words)

    def stretch(self, first: Stretch, last: Stretch) -> Stretch:
        """Return the text from the sentence `first` to its neighbour `last`."""
        return Stretch(first.start, last.end, self.plain[first.start : last.end], first.words | last.words)

    @cached_property
    def _quotes(self) -> tuple[tuple[int, int], ...]:
        return _quoted(self.plain)

    def is_quoted(self, start: int, end: int) -> bool:
        """Tell whether plain[start:end] stands in somebody else's words."""
        return any(a <= start and end <= b for a, b in self._quotes)

    def around(self, start: int, end: int) -> Stretch:
        """Return the sentences that hold `start` and `end` with one neighbour on each side."""
        starts = [s.start for s in self.sentences]
        first = self.sentences[max(bisect_right(starts, start) - 2, 0)]
        last = self.sentences[min(bisect_right(starts, max(end - 1, start)), len(starts) - 1)]
        return self.stretch(first, last)

    @property
    def bounds(self) -> list[tuple[int, int]]:
        """Where each sentence stands in the original."""
        spans = (self.span(s.start, s.end) for s in self.sentences)
        return [(span.start, span.end) for span in spans]

    def span(self, start: int, end: int) -> Span:
        """Return plain[start:end] as the author typed it."""
        if self.kept is not None:
            start, end = self.kept[start], self.kept[end - 1] + 1
        return Span(start, end, self.original[start:end])


def read(text: str) -> Reading:
    """Read `text`: blank out what is not the author's own words, offset for offset."""
    plain, kept = text, None
    if not text.isascii() and _INVISIBLE.search(text):
        kept = tuple(i for i, c in enumerate(text) if not _INVISIBLE.match(c))
        plain = "".join(text[i] for i in kept)
    plain = _CODE.sub(_blank, plain) if "`" in plain else plain
    if ">" in plain or "&gt;" in plain:
        plain = _QUOTED_LINE.sub(_blank, plain)
    if forwarded := _FORWARDED.search(plain):
        plain = plain[: forwarded.start()] + _blanks(plain[forwarded.start() :])
    plain = _without_markup(plain)
    return Reading(text, plain if plain.isascii() else plain.translate(_ONE_TO_ONE), kept)


def _without_markup(plain: str) -> str:
    """Blank out tags, links, addresses, emoji and emphasis; look for each only where its sign is there."""
    if "<" in plain:
        plain = _TAG.sub(_label, plain)
    if "&" in plain:
        plain = _ENTITY.sub(lambda m: _ENTITIES.get(m.group(), "").ljust(len(m.group())), plain)
    if "://" in plain or "www." in plain:
        plain = _LINK.sub(_blank, plain)
    if "@" in plain:
        plain = _ADDRESS.sub(_blank, plain)
    if ":" in plain:
        plain = _SHORTCODE.sub(_blank, plain)
    if "*" in plain or "_" in plain or "~" in plain:
        plain = _EMPHASIS.sub(_blank, plain)
    return plain if plain.isascii() else _PICTURE.sub(" ", plain)


def _blanks(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _blank(match: re.Match[str]) -> str:
    return _blanks(match.group())


def _label(match: re.Match[str]) -> str:
    found, label = match.group(), match["label"]
    if not label:
        return " " * len(found)
    before = match.start("label") - match.start()
    return " " * before + label + " " * (len(found) - before - len(label))


def _sentence_bounds(plain: str) -> list[tuple[int, int]]:
    cuts = [m.end() for m in _SENTENCE_END.finditer(plain) if not _goes_on(plain, m)]
    bounds = []
    for start, end in zip([0, *cuts], [*cuts, len(plain)], strict=True):
        bounds += _capped(plain, start, end)
    return [(a, b) for a, b in bounds if not plain[a:b].isspace()]


def _goes_on(plain: str, end: re.Match[str]) -> bool:
    stop = end["stop"]
    if stop is None:
        return False
    if stop == ".":
        return bool(_ABBREVIATION.search(plain, max(end.start() - 8, 0), end.start()))
    following = plain[end.end() : end.end() + 3].lstrip()
    return stop.startswith("..") and following[:1].islower()


def _capped(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    bounds = []
    while end - start > SENTENCE_CAP:
        space = plain.rfind(" ", start + SENTENCE_CAP // 2, start + SENTENCE_CAP)
        cut = space + 1 if space > 0 else start + SENTENCE_CAP
        bounds.append((start, cut))
        start = cut
    if start < end:
        bounds.append((start, end))
    return bounds


def _quoted(plain: str) -> tuple[tuple[int, int], ...]:
    """Find the quotations: four words or more, or any after a word of reporting; scare quotes are the author's."""
    found = []
    patterns = [p for p, mark in ((_DOUBLE_QUOTED, '"'), (_SINGLE_QUOTED, "'")) if mark in plain]
    for match in (m for pattern in patterns for m in pattern.finditer(plain)):
        long_enough = len(match.group().split()) >= 4
        if long_enough or _REPORTED.search(plain, max(match.start() - 60, 0), match.start()):
            found.append(match.span())
    return tuple(found)
