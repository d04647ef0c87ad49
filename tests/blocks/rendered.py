"""Every view and message that the app can show, generated from the playbooks: all rules, severities, lengths and empty states."""

from collections.abc import Iterator
from typing import Any

from bot.blocks import voice
from bot.blocks.carry import Carry, Form
from bot.blocks.draft import draft_view, loading_view, parts_of
from bot.blocks.feedback import unhelpful_view
from bot.blocks.home import home_view, preferences_view
from bot.blocks.principles import principle_blocks, principles_blocks, principles_view, why_view
from bot.blocks.review import review_blocks, review_text
from bot.blocks.tip import tip_blocks
from bot.coach.model import Draft, Finding, Pair, Playbooks, Praise, Review, Span
from bot.coach.preferences import Preferences
from bot.coach.review import Coach

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


def _made_up(text: str, severity: Any) -> Review:
    span = Span(0, len(text), text)
    finding = Finding("candour-first", "r" * 60, severity, span, text, text, text, text, text, text)
    return Review((finding, finding, finding), tuple(Praise("p", span, text) for _ in range(5)))


def views(playbooks: Playbooks, coach: Coach) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every modal and Home."""
    yield "loading", loading_view()
    yield "empty", draft_view(Form())
    for name, draft, review in reviews(playbooks, coach):
        for expanded in (False, True):
            form = Form(parts_of(draft.text), "friend", "dm", "U7", "p" * 300, 3, expanded)
            yield f"draft {name}", draft_view(form, review, voice.WORDING_USED)
    yield "principles", principles_view(playbooks)
    for principle in playbooks.principles:
        for muted in (False, True):
            yield f"why {principle.id}", why_view(principle, muted, voice.MUTED)
    yield "not helpful", unhelpful_view(Carry("r", NASTY * 20, NASTY * 50))
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
    for principle in playbooks.principles:
        yield principle.id, {"text": principle.title, "blocks": principle_blocks(principle, False)}
        for tip in principle.tips:
            for pair in (Pair(tip.before, tip.after), *tip.professions.values()):
                yield tip.id, {"text": tip.title, "blocks": tip_blocks(tip, pair)}
    yield "principles", {"text": voice.PRINCIPLES_INTRO, "blocks": principles_blocks(playbooks)}
