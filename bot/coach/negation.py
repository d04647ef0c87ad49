"""Whether the words before a match turn it round: 'I won't', 'rather than', 'we never'."""

import re

LOOK_BACK = 160
REACH_WORDS = 7

_HARMLESS = re.compile(
    r"\b(?:no (?:worries|problem|prob|bother|doubt|matter|wonder|idea|rush|pressure|offence)|not only|not (?:a|an) (?:problem|issue)|why not|if not|whether or not|can't wait|cannot wait"
    r"|don't (?:worry|fret|stress|hesitate|forget|be shy)|not to worry|couldn't help|not sure|not bad|not to mention|never mind|nothing to worry about|didn't want to|don't mind|don't tell|do not worry)\b[^,;]{0,4}",
    re.I,
)
_NEGATOR = re.compile(
    r"\b(?:not|never|no|nor|neither|none|nobody|no one|nothing|cannot|cant|dont|wont|doesnt|didnt|shouldnt|wouldnt|couldnt|isnt|arent|without|rather than|instead of|unless"
    r"|declin(?:e|ed|ing)|refus(?:e|ed|ing)|avoid(?:ed|ing|s)?|stop(?:ped|ping|s)?|unable to|against|prevent(?:s|ed|ing)?|forbid(?:s|den)?|prohibit(?:s|ed)?)\b|n't\b",
    re.I,
)
_CLAUSE = re.compile(r"[,;:()]|\s-+\s|\b(?:but|however|although|though|because|so)\b", re.I)


def is_negated(sentence: str, start: int) -> bool:
    """Tell whether a negator stands within seven words before `start`, in the same clause."""
    before = sentence[max(0, start - LOOK_BACK) : start]
    clause = _CLAUSE.split(before)[-1]
    reach = " ".join(clause.split()[-REACH_WORDS:])
    return holds_negator(reach)


def holds_negator(words: str) -> bool:
    """Tell whether `words` hold a negator that means it ('no worries' does not)."""
    return bool(_NEGATOR.search(_HARMLESS.sub(" ", words + " ")))
