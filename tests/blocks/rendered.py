"""Every view and message that the app can show, generated from the playbooks: all rules, severities, lengths and empty states."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import available_timezones

from bot.blocks import voice
from bot.blocks.carry import Carry, Form
from bot.blocks.draft import draft_view, loading_view, parts_of
from bot.blocks.feedback import unhelpful_view
from bot.blocks.home import home_view, preferences_view
from bot.blocks.notices import forget_blocks, notice, notice_view, waiting_view
from bot.blocks.principles import principle_blocks, principles_blocks, principles_view, why_view
from bot.blocks.reminder import Waiting, reminder_blocks, set_blocks, set_line, set_view, waiting_blocks
from bot.blocks.review import review_blocks, review_text
from bot.blocks.subscription import (
    Taken,
    TipForm,
    announcement_blocks,
    announcement_text,
    beside,
    channel_blocks,
    controls,
    saved_line,
    taken_blocks,
    tips_view,
    told_view,
    zone_options,
)
from bot.blocks.subscription import loading_view as tips_loading_view
from bot.blocks.tip import (
    answerable_tip_blocks,
    answered,
    asked_tip_blocks,
    delivered_tip_blocks,
    opened,
    tip_blocks,
    tip_text,
)
from bot.blocks.words import escaped
from bot.coach.model import Draft, Finding, Pair, Playbooks, Praise, Review, Span, Tip
from bot.coach.preferences import Preferences
from bot.coach.review import Coach
from bot.coach.schedule import Schedule
from bot.coach.tips import Choice

FIELDS = re.compile(r"\{(\w+)[^{}]*\}")
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
        "most": 10**9,
        "name": escaped(NASTY, 80),
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
    yield (
        f"{tip.id} another",
        {"text": tip_text(tip), "blocks": [*answerable_tip_blocks(tip, pair, "U1"), controls("U1")]},
    )
    yield f"{tip.id} answer", {"text": tip_text(tip), "blocks": tip_blocks(tip, pair)}


def subscription_messages() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is said about the weekly tip and reminders, where others may read it or not."""
    zones: dict[str, Any] = {"type": "static_select", "action_id": "zone"}
    zones["options"] = zone_options(sorted(available_timezones())[:100])
    yield "zones", {"text": voice.TIPS_ZONE_LABEL, "blocks": [{"type": "actions", "elements": [zones]}]}
    for own in (None, *TAKEN):
        both = beside(taken_blocks("U1", own), channel_blocks("C1", None))
        yield "own tip and a channel's", {"text": voice.TIPS_TITLE, "blocks": both}
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
