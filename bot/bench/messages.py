"""Made-up business messages, always the same ones for the same seed; a part of them with a slip planted."""

import random
from dataclasses import dataclass

SEED = 20261124
COUNT = 2_000
LENGTH = 620
SLIP_SHARE = 0.4

_NAMES = "Amara Ben Chidi Dora Elif Femi Greta Hari Ines Jonas Kemi Lina Mateo Noor Olga Pavel Rosa Suda Tara Uwe Vera Wei Yan Zola".split()
_THINGS = (
    "the revised budget|the lease renewal|the homepage copy|the payroll summary|the site survey|the treatment plan|the term report|"
    "the menu cards|the seating plan|the draft contract|the stock list|the backup schedule|the tax calendar|the photo selection"
).split("|")
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|the 9th|the 21st|next week|the end of the month".split("|")
_SUMS = "£450|$1,280|€96|£3,200|$75 an hour|€12,400".split("|")
_OPENINGS = "Hi {n},|Hello {n},|Good morning {n},|Dear {n},|Hey {n}!|Hi {n} and {m},|Hi all,|<@U{u}> hello,|".split("|")
_MIDDLES = [
    "Thanks for the call on {d}; I have written up what we agreed about {t} and put it in the shared folder.",
    "Two small things are still open: who signs off {t}, and whether the deadline of {d} still stands.",
    "The invoice for {s} went out this morning with our usual terms of thirty days.",
    "I checked the figures against last year and the difference comes from the price of materials, not from the hours.",
    "If you would like us to add a second round, that is outside the quote; the rate card on our site has the price.",
    "Please see <https://example.com/{u}|{t}> for the latest version, and leave your comments in the margin.",
    "{m} will join from our side, because she knows the history of the account better than I do.",
    "We test the restore every quarter, and the last one took forty minutes from start to finish.",
    "There is one risk to mention: the supplier has not confirmed the delivery for {d}, so I have asked for a second quote.",
    "As before, I can only speak for the design; whether the permit covers it is a question for the council.",
    "The parents' evening is on {d}, and every family gets the same ten minutes.",
    "Nothing here needs an answer before {d}, so please leave it until you are back at your desk.",
    "You asked how we choose suppliers: three quotes, compared on price, dates and guarantees.",
    "Our office is closed on {d}; the service desk takes urgent calls on the number in your welcome letter.",
    "I would suggest that we keep the old wording for now and look at it again after the review.",
    "The second option costs {s} more over three years, but it needs no deposit up front.",
]
_SLIPS = [
    "As it's you, I'll do it for half price, just don't tell the others.",
    "Between us, another client of mine is about to lose the house.",
    "Honestly, you don't need a lawyer for that, just sign it and you'll be fine.",
    "I could lend you the deposit until {d}, and we sort it out later.",
    "I'll throw in the extra pages for free, no need to put it in the contract.",
    "After everything I did for you, a five-star review is the least I'd expect.",
    "I left the failed test out of the report so that nobody worries before {d}.",
    "Text me any time, day or night, I'm always there for you.",
    "My brother-in-law does that, use him, no need to mention how we know each other.",
    "That customer is hopeless, honestly the client from hell.",
]
_CLOSINGS = "Kind regards,\n{m}|Best,\n{m}|Thanks, and speak soon.|Many thanks :pray:|Have a good evening!|".split("|")


@dataclass(frozen=True)
class Message:
    """A made-up message, and whether a slip was planted in it."""

    text: str
    planted: bool


def make_messages(count: int = COUNT, seed: int = SEED) -> list[Message]:
    """Return `count` messages of about 620 characters each."""
    dice = random.Random(seed)  # noqa: S311 - made-up text, no secret
    return [_message(dice) for _ in range(count)]


def _message(dice: random.Random) -> Message:
    planted = dice.random() < SLIP_SHARE
    target = max(150, dice.gauss(LENGTH, 170))
    parts = [_filled(dice.choice(_OPENINGS), dice)]
    for middle in dice.sample(_MIDDLES, len(_MIDDLES)):
        if sum(map(len, parts)) > target - 80:
            break
        parts.append(_filled(middle, dice))
    if planted:
        parts.insert(dice.randrange(1, len(parts) + 1), _filled(dice.choice(_SLIPS), dice))
    parts.append(_filled(dice.choice(_CLOSINGS), dice))
    return Message((" " if dice.random() < 0.7 else "\n").join(part for part in parts if part), planted)


def _filled(template: str, dice: random.Random) -> str:
    return template.format(
        n=dice.choice(_NAMES),
        m=dice.choice(_NAMES),
        t=dice.choice(_THINGS),
        d=dice.choice(_DAYS),
        s=dice.choice(_SUMS),
        u=f"{dice.getrandbits(32):08X}",
    )
