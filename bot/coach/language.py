"""Whether a draft can be judged: English enough, and if not, which language it seems to be in."""

import re

from bot.coach.needs import tokens_of
from bot.coach.text import Reading

FEWEST_WORDS = 5
LEAST_ENGLISH = 0.12

_ENGLISH = frozenset(
    "a about after again all also always am an and any anyone are aren as ask at away back be because been before but by call can cant check client "
    "come could day did didn do does doesn don done dont each email even every everything few file fine first for free friend from full get give go "
    "going good got great had has have haven he hello help her here hey hi him his hope how i if im in into invoice is isn it its job just keep know "
    "last let like ll long look lot make many maybe me meet meeting message monday more most much my need never new next nice no not note nothing now "
    "of off ok okay on once one only or other our out over own pay people please pls price put question quick re ready really right said same say see "
    "send sent she should so some something soon sorry still sure take talk team tell than thank thanks that the their them then there they thing "
    "think this time to today told tomorrow too two u up update ur us use ve very wait want was we week weekend well were what when where which while "
    "who why will with won work would year yes yet you your".split()
)
_BEYOND_LATIN = re.compile("[^\x00-\u024f]")
_NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German",
    "el": "Greek", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gu": "Gujarati", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "lt": "Lithuanian", "lv": "Latvian", "mr": "Marathi", "ms": "Malay", "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian",
    "pa": "Punjabi", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def foreign_language(reading: Reading) -> str | None:
    """Return the name of the language that a draft is in, or nothing where it is English or too short to tell."""
    if _seems_english(reading):
        return None
    # The library takes 0.1 s and 90 MB to load, so it waits for the drafts that need it.
    from py3langid import classify

    code, _ = classify(" ".join(reading.plain.split())[:2000])
    return None if code == "en" else _NAMES.get(code, "another language")


def _seems_english(reading: Reading) -> bool:
    if not _is_latin(reading.plain):
        return False
    held = set(tokens_of(reading.plain.lower()))
    known: int = len(held & _ENGLISH)
    if known >= LEAST_ENGLISH * len(held):
        return True
    words: int = sum(w.isalpha() and (len(w) > 1 or w in "aiu") for w in held)
    return words < FEWEST_WORDS or known >= LEAST_ENGLISH * words


def _is_latin(text: str) -> bool:
    beyond: int = sum(c.isalpha() for c in _BEYOND_LATIN.findall(text))
    return beyond == 0 or beyond * 2 <= sum(c.isalpha() for c in text)
