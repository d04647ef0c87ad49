"""Each kind of rule: what it flags, and what it leaves alone."""

import pytest

from bot.coach.kinds.hours import minutes_in, office_hours
from bot.coach.kinds.numbers import numbers_in

TOGETHER = """\
rules:
  - id: tie-and-price
    kind: together
    severity: 2
    why: It may spread.
    together: [[<friend>, cousin], [half price, discount]]
    rewrites: [I keep one price.]
    examples:
      flags: ["[[mate, half price]]"]
      passes: [ok]
      near: [ok]
"""
UNSAID = """\
rules:
  - id: own-cousin
    kind: unsaid
    severity: 2
    why: They may find out.
    phrases: [use my cousin]
    unless_said: [full disclosure, not independent]
    rewrites: [Three names to compare.]
    examples:
      flags: ["[[use my cousin]]"]
      passes: [ok]
      near: [ok]
"""
NUMBERS = """\
rules:
  - id: large-discount
    kind: numbers
    severity: 2
    why: It may spread.
    phrases: [<percent> off for you]
    above: 15
    rewrites: [I keep one price.]
    examples:
      flags: ["[[20% off for you]]"]
      passes: [ok]
      near: [ok]
"""
HOURS = """\
rules:
  - id: late-call
    kind: hours
    severity: 1
    why: It may wake them.
    phrases: ["call (me)? ... <time>"]
    outside: "08:00-19:00"
    rewrites: [Call me after nine.]
    examples:
      flags: ["[[call me at 22:40]]"]
      passes: [ok]
      near: [ok]
"""


@pytest.mark.parametrize(
    ("rules", "text", "flagged"),
    [
        (TOGETHER, "For my mate it is half price.", "mate it is half price"),
        (TOGETHER, "A discount, as my cousin has.", "discount, as my cousin"),
        (TOGETHER, "For my mate. It is half price.", None),
        (TOGETHER, "For my mate it is no half price.", None),
        (UNSAID, "You could use my cousin for that.", "use my cousin"),
        (UNSAID, "Full disclosure: he is family. You could use my cousin for that.", None),
        (NUMBERS, "20% off for you!", "20% off for you"),
        (NUMBERS, "10% off for you!", None),
        (NUMBERS, "twenty percent off for you", "twenty percent off for you"),
        (HOURS, "Please call me at 22:40 then.", "call me at 22:40"),
        (HOURS, "Please call me at 10:40 then.", None),
        (HOURS, "My hours are 10 to 11pm. Please call me at 22:40.", None),
        (HOURS, "My office hours are 9 to 5. Please call me at 18:00.", "call me at 18:00"),
        (HOURS, "Please call me at 4.15.", None),
        (HOURS, "Please call me at 04:15.", "call me at 04:15"),
        (HOURS, "Please call me at 4am.", "call me at 4am"),
    ],
)
def test_a_kind_flags_its_words_and_no_others(small, kinds, rules: str, text: str, flagged: str | None) -> None:  # type: ignore[no-untyped-def]
    from bot.coach.model import Draft
    from bot.coach.proof import flagged as flagged_by
    from bot.coach.proof import scanner_of

    rules = rules.replace("[ok]", "[ok, ok, ok, ok]").replace('flags: ["', 'flags: [x, x, x, "')
    loaded = small(rules)
    hits = flagged_by(scanner_of(loaded.playbooks, kinds), Draft(text))

    assert [text[h.start : h.end] for h in hits] == ([flagged] if flagged else [])


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("1,500", [1500]),
        ("2k", [2000]),
        ("1.5", [1.5]),
        ("fifty quid", [50]),
        ("two hundred", [200]),
        ("1.500,50", [1500.5]),
        ("none", []),
    ],
)
def test_numbers_are_read_in_digits_and_words(words: str, numbers: list[float]) -> None:
    assert numbers_in(words) == numbers


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("22:40", [1360]),
        ("11pm", [1380]),
        ("12am", [0]),
        ("at midnight", [0]),
        ("noon", [720]),
        ("9.30", [570]),
        ("ten o'clock", [600]),
        ("99:10", []),
    ],
)
def test_clock_times_are_read(words: str, minutes: list[int]) -> None:
    assert minutes_in(words) == minutes


def test_office_hours_past_noon_are_read_from_the_draft() -> None:
    assert office_hours("I'm open 9 to 5 on weekdays.") == (540, 1020)
    assert office_hours("No times here.") is None
