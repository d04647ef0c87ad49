"""Every view and message that the app can show, generated from the playbooks: all rules, severities, lengths and empty states."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bot.blocks import voice
from bot.blocks.carry import Carry, Form
from bot.blocks.draft import draft_view, loading_view, parts_of
from bot.blocks.feedback import unhelpful_view
from bot.blocks.home import home_view, preferences_view
from bot.blocks.principles import principle_blocks, principles_blocks, principles_view, why_view
from bot.blocks.reminder import Waiting, reminder_blocks, set_blocks, set_line, set_view, waiting_blocks
from bot.blocks.review import review_blocks, review_text
from bot.blocks.subscription import (
    Taken,
    TipForm,
    announcement_blocks,
    announcement_text,
    channel_blocks,
    saved_line,
    taken_blocks,
    tips_view,
    told_view,
)
from bot.blocks.subscription import loading_view as tips_loading_view
from bot.blocks.tip import answerable_tip_blocks, answered, asked_tip_blocks, delivered_tip_blocks, opened, tip_text
from bot.coach.model import Draft, Finding, Pair, Playbooks, Praise, Review, Span, Tip
from bot.coach.preferences import Preferences
from bot.coach.review import Coach
from bot.coach.schedule import Schedule
from bot.coach.tips import Choice

NASTY = "<!channel> <@U1> & <https://x.y|z> *bold* _it_ `code` " + "’“”…\u200b🙂" * 20
FULL = Preferences("tax adviser", 2, 2_000_000_000, frozenset({"candour-first"}), frozenset({"m"}), frozenset({"U7"}))


SETTER = "U7"
LOCAL = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SCHEDULE = Schedule(0, 540, "America/Argentina/ComodRivadavia", "month")
TAKEN = [
    Taken(Schedule(6, 5, "UTC"), LOCAL, None, SETTER),
    Taken(SCHEDULE, LOCAL, LOCAL, SETTER),
]
WAITING = [Waiting(n, LOCAL, NASTY * 20) for n in range(49)] + [Waiting(50, LOCAL), Waiting(51, LOCAL, "", False)]


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
        for taken in (None, *TAKEN):
            yield "home with a subscription", home_view(playbooks, held, None, "", taken_blocks("U1", taken))
    yield from subscription_views()


def subscription_views() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the windows around the weekly tip and reminders."""
    yield "tips loading", tips_loading_view()
    for in_channel, zone in ((False, ""), (True, SCHEDULE.zone)):
        yield "tips", tips_view(TipForm("C1", in_channel, 6, 1439, zone, "month", not in_channel))
    for said in (voice.TIPS_INVITE, voice.TIPS_REFUSED, voice.NOT_SAVED, *map(saved_line, TAKEN)):
        yield "tips told", told_view(said)
    for waiting in WAITING[-2:]:
        yield "reminder set", set_view(waiting)


def messages(playbooks: Playbooks, coach: Coach) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every message."""
    for name, draft, review in reviews(playbooks, coach):
        for note in ("", voice.SNOOZED.format(day="2026-12-31")):
            yield name, {"text": review_text(review), "blocks": review_blocks(review, draft, False, note=note)}
    for principle in playbooks.principles:
        yield principle.id, {"text": principle.title, "blocks": principle_blocks(principle, False)}
        for tip in principle.tips:
            for pair in (Pair(tip.before, tip.after), *tip.professions.values()):
                yield from tip_messages(tip, pair)
    yield from subscription_messages()
    yield "principles", {"text": voice.PRINCIPLES_INTRO, "blocks": principles_blocks(playbooks)}


def tip_messages(tip: Tip, pair: Pair) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a tip as it is asked for, delivered, opened and answered."""
    for takes_it in (False, True):
        yield f"{tip.id} asked for", {"text": tip_text(tip), "blocks": asked_tip_blocks(tip, pair, "U1", takes_it)}
    for asks_first in (False, True):
        for in_channel in (False, True):
            choice = Choice("p", tip, asks_first, tip)
            blocks = delivered_tip_blocks(choice, pair, "U1", in_channel, "week" if in_channel else "month")
            yield f"{tip.id} delivered", {"text": tip_text(tip), "blocks": blocks}
            yield f"{tip.id} opened", {"text": tip_text(tip), "blocks": opened(blocks, "U1", tip, pair)}
            yield f"{tip.id} answered", {"text": tip_text(tip), "blocks": answered(blocks, "U1", voice.TIP_TRIED_SAID)}
    yield f"{tip.id} another", {"text": tip_text(tip), "blocks": answerable_tip_blocks(tip, pair, "U1")}


def subscription_messages() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is said about the weekly tip and reminders, where others may read it or not."""
    for taken in (None, *TAKEN):
        for note in ("", voice.TIPS_STOPPED):
            yield "own tip", {"text": voice.TIPS_TITLE, "blocks": taken_blocks("U1", taken, note)}
    yield "channel without a tip", {"text": voice.TIPS_TITLE, "blocks": channel_blocks("C1", None)}
    for taken in TAKEN:
        text = announcement_text(taken, NASTY)
        yield "announced", {"text": text, "blocks": announcement_blocks("C1", taken, NASTY)}
    for note in ("", NASTY * 5):
        yield "reminder", {"text": voice.REMINDER_TITLE, "blocks": reminder_blocks(note)}
    for waiting in WAITING[-3:]:
        yield "reminder set", {"text": set_line(waiting), "blocks": set_blocks(waiting)}
    for waiting_now in ([], WAITING[:3], WAITING):
        yield "reminders", {"text": voice.REMINDERS_TITLE, "blocks": waiting_blocks(waiting_now)}


def private_messages() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what one person alone sees and what names the member SETTER, which notifies nobody in such a message."""
    for taken in TAKEN:
        yield "channel's tip", {"text": voice.TIPS_TITLE, "blocks": channel_blocks("C1", taken, voice.TIPS_PAST_DAY)}
