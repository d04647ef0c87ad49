"""What a text must hold for a pattern to match: a word, two words side by side, a number, a time; the keys of the index of rules."""

import itertools
import re
from collections.abc import Iterable

MOST_PAIRS = 400
MOST_NEEDS = 3
NUMBER = "#"
CLOCK = "@"
MONEY = "$"

Need = frozenset[str]

_TOKEN = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_COUNTS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen eighteen twenty thirty forty fifty sixty "
    "seventy eighty ninety hundred thousand couple dozen noon midnight".split()
)
_CLOCK = re.compile(r"\d[:.h]\d|\d\s?[apo]")
_CLOCK_WORDS = frozenset("clock oclock half quarter noon midnight".split())
_MONEY = re.compile(r"[$£€₹]|[a-z]\d|\d[a-z]")
_MONEY_WORDS = frozenset(
    "rs inr usd aud cad gbp eur aed kes ngn r dollar dollars euro euros pound pounds quid buck bucks grand k rupees lakh lakhs rand naira shillings "
    "francs kroner pence cents m million millions".split()
)
_COMMON = frozenset(
    "after asked back before first good got keep last leave let look make more need next off only over put see still take time today want week work "
    "a about all an and any are as at be been but by can could did do does don for from get go had has have he her him his how i if in is it "
    "its just know like ll m me my no not now of on one or our out re s she so some t than that the their them then there they this to "
    "up us ve was we were what when where will with would you your".split()
)


_WRITTEN = {NUMBER: 20.0, CLOCK: 6.0, MONEY: 6.0}


def tokens_of(text: str) -> list[str]:
    """Return the words of lower-case `text` in order."""
    return _TOKEN.findall(text)


def words_of(text: str) -> set[str]:
    """Return what lower-case `text` holds: its words, each two side by side, and NUMBER, CLOCK and MONEY where one is written."""
    words = tokens_of(text)
    found = {*words, *(f"{a} {b}" for a, b in itertools.pairwise(words))}
    if "s" in found:  # phrases skip a genitive: "a friend's price" holds "friend price"
        found.update(f"{a} {b}" for a, s, b in zip(words, words[1:], words[2:], strict=False) if s == "s")
    if _DIGIT.search(text) or not found.isdisjoint(_COUNTS):
        found.add(NUMBER)
        if _CLOCK.search(text) or not found.isdisjoint(_CLOCK_WORDS):
            found.add(CLOCK)
        if _MONEY.search(text) or not found.isdisjoint(_MONEY_WORDS):
            found.add(MONEY)
    return found


def weight(need: Need) -> float:
    """Estimate how often one of `need` turns up; the smaller, the better a key."""
    return sum(_weight(key) for key in need)


def _weight(key: str) -> float:
    if key in _WRITTEN:
        return _WRITTEN[key]
    first, _, second = key.partition(" ")
    if second:
        return {0: 0.05, 1: 0.4, 2: 3.0}[(first in _COMMON) + (second in _COMMON)]
    return 30.0 if first in _COMMON else 3.0 if len(first) <= 3 else 1.0


def side_by_side(before: Need | None, after: Need | None) -> tuple[Need, ...]:
    """Return the need that follows from a word of `before` standing right before one of `after`, if that is worth having."""
    if not before or not after or len(before) * len(after) > MOST_PAIRS:
        return ()
    return (frozenset(f"{a} {b}" for a in before for b in after),)


def rarest(needs: Iterable[Need]) -> Need:
    """Return the need of `needs` that fewest texts meet, or an empty one."""
    return min(needs, key=weight, default=frozenset())


def most_telling(needs: Iterable[Need]) -> tuple[Need, ...]:
    """Return the few of `needs` that sort out most texts."""
    return tuple(sorted(dict.fromkeys(needs), key=weight)[:MOST_NEEDS])


def are_met(needs: Iterable[Need], words: frozenset[str]) -> bool:
    """Tell whether `words` hold one of each of `needs`."""
    return not any(need.isdisjoint(words) for need in needs)
