"""Every view and message that the app can show, generated from the playbooks: all rules, severities, lengths and empty states."""

import re
from collections.abc import Iterator
from typing import Any

from bot.blocks import voice
from bot.blocks.carry import Carry, Form
from bot.blocks.draft import draft_view, loading_view, parts_of
from bot.blocks.feedback import unhelpful_view
from bot.blocks.home import home_view, preferences_view
from bot.blocks.notices import forget_blocks, notice, notice_view, waiting_view
from bot.blocks.principles import principle_blocks, principles_blocks, principles_view, why_view
from bot.blocks.review import review_blocks, review_text
from bot.blocks.tip import tip_blocks
from bot.blocks.words import escaped
from bot.coach.model import Draft, Finding, Pair, Playbooks, Praise, Review, Span
from bot.coach.preferences import Preferences
from bot.coach.review import Coach

FIELDS = re.compile(r"\{(\w+)[^{}]*\}")
NASTY = "<!channel> <@U1> & <https://x.y|z> *bold* _it_ `code` " + "’“”…\u200b🙂" * 20
FULL = Preferences("tax adviser", 2, 2_000_000_000, frozenset({"candour-first"}), frozenset({"m"}), frozenset({"U7"}))


def reviews(playbooks: Playbooks, coach: Coach) -> Iterator[tuple[str, Draft, Review]]:
    """Yield reviews of every example in the playbooks, and made-up ones at every length."""
    for rule in playbooks.rules:
        for flag in rule.examples.flags[:2]:
            text = flag.replace("[[", "").replace("]]", "")
            draft = Draft(text, "friend", "email", rule.profession)
            yield rule.id, draft, coach.review(draft)
    for principle in playbooks.principles:
        for text in principle.praise_examples[:1]:
            yield f"{principle.id} praise", Draft(text), coach.review(Draft(text))
    for length in (1, 80, 3_000, 12_000):
        for severity in (1, 2, 3):
            text = (NASTY * (length // len(NASTY) + 1))[:length]
            yield f"{length} characters, severity {severity}", Draft(text), _made_up(text, severity)
    for text in (
        "",
        "Hola Sam, mañana te mando la factura del proyecto que hablamos, un abrazo fuerte",
        "x" * 13_000,
        "```code```",
    ):
        yield f"unread {text[:9]!r}", Draft(text), coach.review(Draft(text))

    yield "held back", Draft("x"), Review(held_back=True)
    yield "praised and held back", Draft("x"), Review((), (Praise("p", Span(0, 1, "x"), "Good."),), held_back=True)


def _made_up(text: str, severity: Any) -> Review:
    span = Span(0, len(text), text)
    finding = Finding("candour-first", "r" * 60, severity, span, text, text, text, text, text, text)
    return Review((finding, finding, finding), tuple(Praise("p", span, text) for _ in range(5)))


def notices() -> Iterator[str]:
    """Yield everything that the app says about itself in a line, each format filled with long and hostile words."""
    filled = {
        "reference": "0a1b2c3d",
        "word": escaped(NASTY, 80).replace("`", ""),
        "titles": escaped(NASTY * 3),
        "day": "2026-12-31",
        "nearest": "principles",
        "length": 10**9,
        "longest": 12_000,
        "reason": escaped(NASTY),
        "what": "your preferences",
        "number": 4,
        "count": 10**9,
    }
    for name, words in vars(voice).items():
        if name.isupper() and isinstance(words, str) and set(FIELDS.findall(words)) <= set(filled):
            yield words.format(**filled)


def views(playbooks: Playbooks, coach: Coach) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every modal and Home."""
    yield "loading", loading_view()
    yield "empty", draft_view(Form())
    for title in (voice.NAME, voice.UNHELPFUL_TITLE, voice.PREFERENCES_TITLE):
        yield "waiting", waiting_view(title)
        for words in notices():
            yield f"notice {words[:30]}", notice_view(title, words)
    for name, draft, review in reviews(playbooks, coach):
        for expanded in (False, True):
            form = Form(parts_of(draft.text), "friend", "dm", "U7", "p" * 300, 3, expanded)
            yield f"draft {name}", draft_view(form, review, voice.WORDING_USED)
    yield "principles", principles_view(playbooks)
    for principle in playbooks.principles:
        for muted in (False, True):
            for note in ("", voice.MUTED, voice.UNMUTED, voice.NOT_SAVED, voice.MAYBE_SAVED):
                yield f"why {principle.id}", why_view(principle, muted, note)
    yield "not helpful", unhelpful_view(Carry("r", NASTY * 20, NASTY * 50))
    yield from homes(playbooks)


def homes(playbooks: Playbooks) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the preferences, and App Home with every tip and without one."""
    for held in (Preferences(), FULL):
        yield "preferences", preferences_view(playbooks, held, "2026-12-31" if held is FULL else "")
        for principle in playbooks.principles:
            for tip in principle.tips:
                for pair in (Pair(tip.before, tip.after), *tip.professions.values()):
                    yield f"home with {tip.id}", home_view(playbooks, held, (tip, pair), "")
        yield "home without a tip", home_view(playbooks, held, None, "2026-12-31")


def messages(playbooks: Playbooks, coach: Coach) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every message."""
    for name, draft, review in reviews(playbooks, coach):
        for note in ("", voice.SNOOZED.format(day="2026-12-31")):
            yield name, {"text": review_text(review), "blocks": review_blocks(review, draft, False, note=note)}
    for words in notices():
        yield words[:30], {"text": words, "blocks": notice(words)}
    held = ", ".join(name.format(count=10**9) for name in voice.HELD_NAMES.values())
    said = voice.FORGET_HELD.format(what=held)
    yield "forget", {"text": said, "blocks": forget_blocks(said)}
    for principle in playbooks.principles:
        for muted, note in ((False, ""), (True, voice.MUTED), (False, voice.MAYBE_SAVED)):
            yield principle.id, {"text": principle.title, "blocks": principle_blocks(principle, muted, note)}
        for tip in principle.tips:
            for pair in (Pair(tip.before, tip.after), *tip.professions.values()):
                yield tip.id, {"text": tip.title, "blocks": tip_blocks(tip, pair)}
    yield "principles", {"text": voice.PRINCIPLES_INTRO, "blocks": principles_blocks(playbooks)}
